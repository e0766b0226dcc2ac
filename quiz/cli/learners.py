"""Commands for those who study."""

from __future__ import annotations

import click


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def decks(json_: bool) -> None:
    """List the shipped decks with facts, cards, and what is new or due today."""
    from quiz.cli.authors import as_json
    from quiz.cli.open import material_of, some_decks
    from quiz.cli.progress import past_of, read_progress, today
    from quiz.questions import cards

    rows = []
    day = today()
    with read_progress() as store:
        for deck in some_decks(()):
            past = past_of(store, deck.id, day)
            found = cards(material_of(deck))
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
                    "due": sum(card.id in past.memories and past.memories[card.id].due <= day for card in live),
                }
            )
    if json_:
        click.echo(as_json({"decks": rows}))
        return
    for row in rows:
        click.echo(f"{row['id']} {row['version']}  {row['title']}")
        click.echo(f"    {row['facts']} facts · {row['cards']} cards · {row['new']} new · {row['due']} due today")


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def stats(json_: bool) -> None:
    """Reviews so far, how many were remembered, and what falls due in the next two weeks."""
    from quiz.cli.authors import as_json
    from quiz.cli.progress import read_progress, today
    from quiz.insight import figures

    day = today()
    with read_progress() as store:
        found = figures(store.responses(), store.forecast(day), day)
    if json_:
        click.echo(as_json(found.as_data()))
        return
    for line in found.lines():
        click.echo(line)


@click.command()
def where() -> None:
    """Say where progress, decks, configuration and cache lie."""
    from quiz.places import places_here
    from quiz.shelf import shipped_folder

    found = places_here()
    for name, path in (
        ("progress", found.progress),
        ("decks", shipped_folder()),
        ("config", found.config),
        ("cache", found.cache),
    ):
        click.echo(f"{name:<9} {path}{'' if path.exists() else '  (not there yet)'}")
