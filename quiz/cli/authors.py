"""Commands for those who write and review decks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from quiz.cli.open import material_of, one_deck
from quiz.deck import Deck, Place, Problem

SEED = 0
"""The bank that is looked at when no seed is named."""


def as_json(data: object) -> str:
    """Data as indented JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def one_of_the_kinds(_context: click.Context, _parameter: click.Parameter, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse kinds of question that do not exist. Imported late, since most commands need no questions."""
    if kinds:
        from quiz.questions import KINDS

        for kind in kinds:
            if kind not in KINDS:
                raise click.BadParameter(f'there is no kind "{kind}"; the kinds are {", ".join(KINDS)}')
    return kinds


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--json", "json_", is_flag=True, help="Problems as JSON.")
def check(paths: tuple[str, ...], json_: bool) -> int:
    """Check decks: format, contradictions, and a proof of every question.

    Prints each problem as path:line: message and ends with exit code 1 if there is any. Without PATH, the shipped
    decks are checked.
    """
    from quiz.shelf import find, shipped

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
    from quiz.interchange import bank_as_data
    from quiz.loader import load
    from quiz.proof import check as prove
    from quiz.questions import Material, bank
    from quiz.reasoning import Knowledge

    deck, loaded = load(folder)
    if deck is None:
        return list(loaded), f"{folder}: {_counted(len(loaded), 'problem')}"
    knowledge = Knowledge(deck)
    problems = [*loaded, *knowledge.conflicts()]
    questions = [] if problems else list(bank(Material(knowledge), SEED))
    if not problems:
        objections = prove(deck, bank_as_data(deck, SEED, questions))
        problems += [Problem(Place(deck.path, 1), objection) for objection in objections]
    found = _counted(len(problems), "problem") if problems else "no problems"
    size = f"{_counted(len(deck.facts), 'fact')}, {_counted(len(questions), 'question')}"
    return problems, f"{folder}: {found} in {size}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@click.command()
@click.argument("deck", required=False)
@click.option("--json", "json_", is_flag=True, help="As JSON; docs/bank-format.md describes it.")
def facts(deck: str | None, json_: bool) -> None:
    """List all facts of a deck, with claims, strength, hedge and citations."""
    from quiz.interchange import facts_as_data

    loaded = one_deck(deck)
    if json_:
        click.echo(as_json(facts_as_data(loaded)))
        return
    for line in _fact_lines(loaded):
        click.echo(line)


def _fact_lines(deck: Deck) -> Iterator[str]:
    from quiz.citation import spelled
    from quiz.facts import claims_of

    for fact in deck.facts.values():
        yield f"{fact.id}  ({fact.weight}, {fact.strength}{', ' + fact.hedge if fact.hedge else ''})"
        yield f"    {fact.text}"
        for claim in claims_of(fact):
            verb = "has" if claim.holds else "has not"
            yield f"    {claim.subject} {verb} {claim.feature}"
        if fact.dated:
            yield f"    today: {fact.dated.text}"
        yield f"    {spelled(deck, fact.cites)}"


@click.command()
@click.argument("deck", required=False)
@click.option("--kind", "kinds", multiple=True, callback=one_of_the_kinds, help="Only this kind; may be repeated.")
@click.option("--fact", metavar="ID", help="Only questions that rest on this fact.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Draws wording, distractors and their order.")
@click.option("--json", "json_", is_flag=True, help="As JSON; docs/bank-format.md describes it.")
def bank(deck: str | None, kinds: tuple[str, ...], fact: str | None, seed: int, json_: bool) -> None:
    """Print every question of a deck with key, distractors, reasons and sources."""
    from quiz.errors import UsageError
    from quiz.interchange import bank_as_data
    from quiz.questions import bank as questions_of

    material = material_of(one_deck(deck))
    if fact is not None and fact not in material.deck.facts:
        raise UsageError(f'deck {material.deck.id} has no fact "{fact}"; `quiz facts` lists them')
    questions = (each for each in questions_of(material, seed, kinds) if fact is None or fact in each.facts)
    if json_:
        click.echo(as_json(bank_as_data(material.deck, seed, questions)))
        return
    from quiz.citation import spelled
    from quiz.terminal.text import LETTERS

    for question in questions:
        click.echo(f"{question.id}\n  {question.stem}")
        for letter, option in zip(LETTERS, question.options, strict=False):
            click.echo(f"   {'*' if option.key else ' '} {letter}) {option.text}")
            click.echo(f"        {option.reason.rule}: {option.reason.text}")
        if question.accepts:
            click.echo(f"   * {' | '.join(question.accepts)}\n        {question.explanation}")
        click.echo(f"  {spelled(material.deck, question.cites)}\n")


@click.command()
@click.argument("subject")
@click.argument("feature")
@click.argument("deck", required=False)
def claim(subject: str, feature: str, deck: str | None) -> None:
    """Say whether it is known that SUBJECT has FEATURE, and why.

    Both are given by id or by name, for example: quiz claim ms "butterfly rash"
    """
    from quiz.lookup import feature as find_feature
    from quiz.lookup import subject as find_subject

    material = material_of(one_deck(deck))
    one, what = find_subject(material.deck, subject), find_feature(material.deck, feature)
    for line in _verdict_lines(material, one.id, what.id):
        click.echo(line)


def _verdict_lines(material: object, subject: str, feature: str) -> Iterator[str]:
    from quiz.citation import spelled
    from quiz.questions.material import Material

    assert isinstance(material, Material)
    deck, knowledge = material.deck, material.knowledge
    judgement = knowledge.judge(subject, feature)
    yield f"{judgement.verdict}  {deck.subjects[subject].short} · {deck.features[feature].noun}"
    if judgement.ground:
        ground = judgement.ground
        yield ground.text
        yield f"Rule: {ground.rule}. Facts: {', '.join(ground.ids)}."
        yield f"Source: {spelled(deck, material.cites(ground.ids))}"
        return
    yield judgement.note
    known = [
        f"{each.short} {'yes' if knowledge.judge(each.id, feature).verdict == 'TRUE' else 'no'}"
        for each in deck.subjects.values()
        if each.id != subject and knowledge.judge(each.id, feature).ground
    ]
    if known:
        yield f"Known: {', '.join(known)}."


@click.command()
@click.argument("a")
@click.argument("b")
@click.argument("deck", required=False)
@click.option("--cite", is_flag=True, help="Show the source of each line.")
def compare(a: str, b: str, deck: str | None, cite: bool) -> None:
    """Set two subjects side by side: what only A has, both, only B, and what is not known.

    Both are given by id or by name, for example: quiz compare lupus MS
    """
    import shutil

    from quiz.errors import UsageError
    from quiz.lookup import subject as find_subject
    from quiz.terminal.table import comparison

    material = material_of(one_deck(deck))
    first, second = find_subject(material.deck, a), find_subject(material.deck, b)
    if first.id == second.id:
        raise UsageError(f'"{a}" and "{b}" are the same subject, {first.name}; name two')
    columns = shutil.get_terminal_size().columns
    for line in comparison(material, first, second, columns, cite=cite):
        click.echo(line)


@click.command()
@click.argument("deck", required=False)
@click.option("--most", type=click.IntRange(min=1), default=30, show_default=True, help="How many to print.")
@click.option("--json", "json_", is_flag=True, help="All of them, as JSON.")
def unknowns(deck: str | None, most: int, json_: bool) -> None:
    """List the gaps of a deck, those first that would unlock most questions."""
    from quiz.gaps import Gap, gaps

    material = material_of(one_deck(deck))
    found = gaps(material)
    if json_:
        names = ("subject", "feature", "if_present", "if_absent", "rivals")
        rows = [{name: getattr(gap, name) for name in names} for gap in found]
        click.echo(as_json({"deck": material.deck.id, "unknowns": rows}))
        return

    def lines(some: Iterable[Gap]) -> Iterator[str]:
        subjects, features = material.deck.subjects, material.deck.features
        for gap in some:
            rivals = ", ".join(subjects[rival].short for rival in gap.rivals)
            yield f"{subjects[gap.subject].short} · {features[gap.feature].noun}  ({gap.subject} {gap.feature})"
            unlocked = f"{gap.if_present} questions if present, {gap.if_absent} if absent"
            yield f"    known of {rivals}; would unlock {unlocked}"

    for line in lines(found[:most]):
        click.echo(line)
    if len(found) > most:
        click.echo(f"… and {len(found) - most} more (--most {len(found)} shows all)")
