"""`quiz where`: where everything lies."""

from __future__ import annotations

import click

from quiz.places import places_here
from quiz.shelf import shipped_folder


@click.command()
def where() -> None:
    """Say where progress, decks, configuration and cache lie."""
    found = places_here()
    for name, path in (
        ("progress", found.progress),
        ("decks", shipped_folder()),
        ("config", found.config),
        ("cache", found.cache),
    ):
        click.echo(f"{name:<9} {path}{'' if path.exists() else '  (not there yet)'}")
