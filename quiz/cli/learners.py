"""Commands for those who study."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def decks(json_: bool) -> None:
    """List the shipped decks with facts, cards, and what is new or due today."""
    from quiz.cli.open import material_of, some_decks
    from quiz.cli.progress import reading, today
    from quiz.questions import cards

    rows = []
    with reading() as past_of:
        for deck in some_decks(()):
            found = cards(material_of(deck))
            past = past_of(deck.id)
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
                    "due": sum(card.id in past.memories and past.memories[card.id].due <= today() for card in live),
                }
            )
    if json_:
        click.echo(json.dumps({"decks": rows}, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['title']}")
        click.echo(f"    {row['facts']} facts · {row['cards']} cards · {row['new']} new · {row['due']} due")


@click.command()
def where() -> None:
    """Say where progress, decks, configuration and cache lie."""
    from quiz.cli.progress import places
    from quiz.shelf import shipped_folder

    found = places()
    click.echo(f"progress  {found.progress}")
    click.echo(f"decks     {shipped_folder()}")
    click.echo(f"config    {found.config}")
    click.echo(f"cache     {found.cache}")
