"""`quiz decks`: the shipped decks, and what waits in them."""

from __future__ import annotations

import click

from quiz.cli.open import ready
from quiz.cli.options import as_json
from quiz.cli.progress import past_of, read_progress, today
from quiz.scheduling import is_due


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def decks(json_: bool) -> None:
    """List the shipped decks with facts, cards, and what is new or due today."""
    rows = []
    day = today()
    with read_progress() as store:
        for deck, found in ready(()):
            past = past_of(store, deck.id, day)
            live = [card for card in found if card.id not in past.suspended]
            rows.append(
                {
                    "id": deck.id,
                    "title": deck.title,
                    "version": deck.version,
                    "path": deck.path,
                    "facts": len(deck.facts),
                    "cards": len(found),
                    "new": sum(card.id not in past.memories for card in live),
                    "due": sum(card.id in past.memories and is_due(past.memories[card.id], day) for card in live),
                }
            )
    if json_:
        click.echo(as_json({"decks": rows}))
        return
    for row in rows:
        click.echo(f"{row['id']} {row['version']}  {row['title']}")
        click.echo(f"    {row['facts']} facts · {row['cards']} cards · {row['new']} new · {row['due']} due today")
