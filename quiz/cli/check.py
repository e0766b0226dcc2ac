"""`quiz check`: problems of decks, as path:line: message."""

from __future__ import annotations

from pathlib import Path

import click

from quiz.cli.options import SEED, as_json
from quiz.conflicts import conflicts
from quiz.deck import Place, Problem
from quiz.interchange import bank_as_data
from quiz.loader import load
from quiz.proof import check as prove
from quiz.questions import Material
from quiz.questions import bank as questions_of
from quiz.reasoning import Knowledge
from quiz.shelf import find, shipped


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--json", "json_", is_flag=True, help="Problems as JSON.")
def check(paths: tuple[str, ...], json_: bool) -> int:
    """Check decks: format, contradictions, and a proof of every question.

    Prints each problem as path:line: message and ends with exit code 1 if there is any. Without PATH, the shipped
    decks are checked.
    """
    folders = [find(path) for path in paths] if paths else list(shipped())
    problems: list[Problem] = []
    reports: list[str] = []
    for folder in folders:
        found, report = _checked(folder)
        problems += found
        reports.append(report)
    if json_:
        rows = [{"path": p.place.path, "line": p.place.line, "message": p.message} for p in problems]
        click.echo(as_json({"problems": rows}))
    else:
        for line in (*problems, *reports):
            click.echo(str(line))
    return 1 if problems else 0


def _checked(folder: Path) -> tuple[list[Problem], str]:
    """The problems of one deck, and a line that sums it up."""
    deck, loaded = load(folder)
    if deck is None:
        return list(loaded), f"{folder}: {_counted(len(loaded), 'problem')}"
    knowledge = Knowledge(deck)
    problems = [*loaded, *conflicts(knowledge)]
    if not deck.facts:
        problems.append(Problem(Place(deck.path, 1), "the deck has no facts; files in folders below it are not read"))
    questions = [] if problems else list(questions_of(Material(knowledge), SEED))
    if not problems:
        places = {each.id: deck.facts[each.facts[0]].place for each in questions}
        for objection in prove(deck, bank_as_data(deck, SEED, questions)):
            about = objection.partition(": ")[0]
            problems.append(Problem(places.get(about, Place(deck.path, 1)), objection))
    found = _counted(len(problems), "problem") if problems else "no problems"
    size = f"{_counted(len(deck.facts), 'fact')}, {_counted(len(questions), 'question')}"
    return problems, f"{folder}: {found} in {size}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
