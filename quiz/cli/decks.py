"""`quiz decks`: the shipped decks, and what waits in them."""

from __future__ import annotations

import click

from quiz.cli.cards import opened, progress_of, say
from quiz.cli.opening import today
from quiz.cli.options import as_json
from quiz.scheduling import is_due


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def decks(json_: bool) -> None:
    """List the shipped decks with facts, cards, and what is new or due today."""
    rows = []
    day = today()
    shelf = opened(None)
    with progress_of(shelf) as store:
        for deck, found in shelf:
            memories, suspended = store.memories(deck.id), store.suspended(deck.id)
            live = [card for card in found if card.id not in suspended]
            rows.append(
                {
                    "id": deck.id,
                    "title": deck.title,
                    "version": deck.version,
                    "path": deck.path,
                    "facts": len(deck.facts),
                    "cards": len(found),
                    "new": sum(card.id not in memories for card in live),
                    "due": sum(card.id in memories and is_due(memories[card.id], day) for card in live),
                }
            )
    if json_:
        click.echo(as_json({"decks": rows}))
        return
    for row in rows:
        say(f"{row['id']} {row['version']}  {row['title']}", "", "    ")
        counts = f"{row['facts']} facts · {row['cards']} cards · {row['new']} new · {row['due']} due today"
        say(counts, "    ", "    ")
