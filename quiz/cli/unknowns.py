"""`quiz unknowns`: what a deck does not know, the most valuable first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from quiz.cli.open import material_of, one_deck
from quiz.cli.options import as_json
from quiz.gaps import Gap, gaps


@click.command()
@click.argument("deck", required=False)
@click.option("--most", type=click.IntRange(min=1), default=30, show_default=True, help="How many to print.")
@click.option("--json", "json_", is_flag=True, help="All of them, as JSON.")
def unknowns(deck: str | None, most: int, json_: bool) -> None:
    """List the gaps of a deck, those first that would unlock most questions.

    Without DECK, it is the first shipped deck; `quiz decks` lists them.
    """
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
