"""`quiz sources`: what a deck was made from, paragraph by paragraph."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import click

from quiz.citation import NOT_STATED
from quiz.cli.open import one_deck
from quiz.cli.options import as_json
from quiz.coverage import Covered, coverage, facts_from
from quiz.deck import Deck, Source, Tier
from quiz.questions.wording import counted
from quiz.terminal.style import safe, wrap

WIDEST = 110


@click.command()
@click.argument("deck", required=False)
@click.option("--facts", "ids", is_flag=True, help="Name the facts of each paragraph instead of counting them.")
@click.option("--json", "json_", is_flag=True, help="As JSON, with the ids of the facts.")
def sources(deck: str | None, ids: bool, json_: bool) -> None:
    """Show what a deck was made from, paragraph by paragraph.

    Each paragraph of the given sources, with the facts it gave or the reason why none; then the references.

    Without DECK, it is the first shipped deck; `quiz decks` lists them.
    """
    loaded = one_deck(deck)
    if json_:
        click.echo(as_json({"deck": loaded.id, "sources": [_as_data(loaded, each) for each in _in_order(loaded)]}))
        return
    columns = min(shutil.get_terminal_size().columns - 1, WIDEST)
    for line in _lines(loaded, columns, ids=ids):
        click.echo(line)


def _in_order(deck: Deck) -> list[Source]:
    """Given sources first."""
    return sorted(deck.sources.values(), key=lambda source: source.tier is not Tier.GIVEN)


def _as_data(deck: Deck, source: Source) -> dict[str, object]:
    data: dict[str, object] = {**source._asdict(), "tier": str(source.tier), "facts": facts_from(deck)[source.id]}
    del data["place"]
    if source.id in deck.paragraphs:
        data["paragraphs"] = [
            {"spot": each.at.spot, "topic": each.topic, "facts": list(facts), "none": each.none and str(each.none)}
            for each, facts in coverage(deck)[source.id]
        ]
    return data


def _lines(deck: Deck, columns: int, *, ids: bool) -> Iterator[str]:
    covered, cited = coverage(deck), facts_from(deck)
    for source in _in_order(deck):
        yield from _wrapped(f"{source.title}  ({source.id})", columns, hanging="    ")
        stated = [
            f"{name} {NOT_STATED}" if value == NOT_STATED else value
            for name, value in (("publisher", source.publisher), ("date", source.date))
        ]
        yield from _wrapped("; ".join(stated), columns, "  ", "  ")
        if source.read:
            yield from _wrapped(f"read: {source.read}", columns, "  ", "  ")
        total = counted(cited[source.id], "fact")
        if source.id in covered:
            yield from _paragraphs(covered[source.id], total, columns, ids=ids)
        else:
            yield f"  {total}"
        yield ""


def _paragraphs(covered: tuple[Covered, ...], total: str, columns: int, *, ids: bool) -> Iterator[str]:
    gave = sum(bool(each.facts) for each in covered)
    yield from _wrapped(
        f"{gave} of {len(covered)} paragraphs gave {total}, {len(covered) - gave} gave none", columns, "  ", "  "
    )
    section = None
    for paragraph, facts in covered:
        if paragraph.at.section != section:
            section = paragraph.at.section
            yield from _wrapped(section, columns, "    ", "      ")
        found = counted(len(facts), "fact") if facts else f"none ({paragraph.none})"
        line = f"¶{paragraph.at.paragraph}  {paragraph.topic}: {', '.join(facts) if ids and facts else found}"
        yield from _wrapped(line, columns, "      ", "          ")


def _wrapped(text: str, columns: int, indent: str = "", hanging: str = "") -> list[str]:
    return wrap(safe(text), columns, indent, hanging)
