"""`quiz facts`: what a deck says, and where it has that from."""

from __future__ import annotations

from collections.abc import Iterator

import click

from quiz.citation import spelled
from quiz.cli.open import one_deck
from quiz.cli.options import as_json
from quiz.deck import Deck
from quiz.facts import claims_of
from quiz.interchange import facts_as_data


@click.command()
@click.argument("deck", required=False)
@click.option("--json", "json_", is_flag=True, help="As JSON; docs/bank-format.md describes it.")
def facts(deck: str | None, json_: bool) -> None:
    """List all facts of a deck, with claims, strength, hedge and citations.

    Without DECK, it is the first shipped deck; `quiz decks` lists them.
    """
    loaded = one_deck(deck)
    if json_:
        click.echo(as_json(facts_as_data(loaded)))
        return
    for line in _fact_lines(loaded):
        click.echo(line)


def _fact_lines(deck: Deck) -> Iterator[str]:
    for fact in deck.facts.values():
        yield f"{fact.id}  ({fact.weight}, {fact.strength}{', ' + fact.hedge if fact.hedge else ''})"
        yield f"    {fact.text}"
        for claim in claims_of(fact):
            verb = "has" if claim.holds else "has not"
            yield f"    {claim.subject} {verb} {claim.feature}"
        if fact.dated:
            yield f"    today: {fact.dated.text}"
        yield f"    {spelled(deck, fact.cites)}"
