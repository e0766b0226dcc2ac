"""`quiz check`: problems of decks, as path:line: message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from quiz.cli.bar import bar, watched
from quiz.cli.options import SEED, as_json
from quiz.conflicts import conflicts
from quiz.deck import Deck, Place, Problem
from quiz.flaws import Score, flaws, scores, table
from quiz.flaws.model import BANK
from quiz.interchange import bank_as_data
from quiz.loader import load
from quiz.proof import check as prove
from quiz.questions import Material, Question, cards
from quiz.questions import bank as questions_of
from quiz.questions.wording import counted
from quiz.reasoning import Knowledge
from quiz.shelf import find, shipped

SEEDS = (SEED, SEED + 1, SEED + 2)
"""Draws that are looked at for flaws: an option is flawed beside some others, which another draw may bring."""


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--bots", is_flag=True, help="Print how often bots that know nothing of the matter guess the key.")
@click.option("--json", "json_", is_flag=True, help="Problems as JSON.")
def check(paths: tuple[str, ...], bots: bool, json_: bool) -> int:
    """Check decks: format, contradictions, a proof of every question, and flaws in its wording.

    Prints each problem as path:line: message and ends with exit code 1 if there is any. Without PATH, the shipped
    decks are checked.
    """
    reports = [_checked(find(path)) for path in paths] if paths else [_checked(folder) for folder in shipped()]
    problems = [problem for report in reports for problem in report.problems]
    if json_:
        rows = [{"path": p.place.path, "line": p.place.line, "message": p.message} for p in problems]
        guessed = {str(report.folder): [_score_as_data(each) for each in report.scores] for report in reports}
        click.echo(as_json({"problems": rows, **({"bots": guessed} if bots else {})}))
    else:
        for problem in problems:
            click.echo(str(problem))
        for report in reports:
            for line in (report.sum, *(table(report.scores) if bots else ())):
                click.echo(line)
    return 1 if problems else 0


class Report(NamedTuple):
    """What was found in one deck: its problems, a line that sums it up, and what bots score in its bank."""

    folder: Path
    problems: list[Problem]
    sum: str
    scores: tuple[Score, ...] = ()


def _checked(folder: Path) -> Report:
    deck, loaded = load(folder)
    if deck is None:
        return Report(folder, list(loaded), f"{folder}: {counted(len(loaded), 'problem')}")
    knowledge = Knowledge(deck)
    problems = [*loaded, *conflicts(knowledge)]
    if not deck.facts:
        problems.append(Problem(Place(deck.path, 1), "the deck has no facts; files in folders below it are not read"))
    material = Material(knowledge)
    questions: list[Question] = []
    if not problems:
        dealt = sum(len(card.kinds) for card in cards(material))
        with bar(f"Making questions of {deck.id}", dealt) as advance:
            questions = list(watched(questions_of(material, SEED), advance))
    if not questions and not problems:
        remedy = "say of two subjects of one group what one has and the other lacks, or add a cloze"
        problems.append(Problem(Place(deck.path, 1), f"the deck gives no questions yet: {remedy}"))
    if questions:
        with bar(f"Checking {deck.id}", len(questions) * (1 + len(SEEDS))) as advance:
            problems += _objections(deck, questions, advance)
            problems += _flaws(material, questions, advance)
    found = counted(len(problems), "problem") if problems else "no problems"
    size = f"{counted(len(deck.facts), 'fact')}, {counted(len(questions), 'question')}"
    return Report(folder, problems, f"{folder}: {found} in {size}", scores(questions))


def _flaws(material: Material, questions: Sequence[Question], advance: Callable[[int], None]) -> Iterator[Problem]:
    """The flaws of the bank and of further draws of it, each once; a bot's luck counts in the first only."""
    seen: set[tuple[str, str]] = set()
    for seed in SEEDS if questions else ():
        asked = questions if seed == SEED else questions_of(material, seed)
        for flaw in flaws(material.deck, watched(asked, advance)):
            if (flaw.question, flaw.check) not in seen and (seed == SEED or flaw.question != BANK):
                seen.add((flaw.question, flaw.check))
                yield Problem(flaw.place, flaw.text)


def _objections(deck: Deck, questions: Sequence[Question], advance: Callable[[int], None]) -> Iterator[Problem]:
    places = {each.id: deck.facts[each.facts[0]].place for each in questions}
    for objection in prove(deck, bank_as_data(deck, SEED, watched(questions, advance))):
        about = objection.partition(": ")[0]
        yield Problem(places.get(about, Place(deck.path, 1)), objection)


def _score_as_data(score: Score) -> dict[str, object]:
    figures = {name: round(getattr(score, name), 4) for name in ("score", "chance", "limit")}
    return {"bot": score.bot, "kind": score.kind, "asked": score.asked, **figures}
