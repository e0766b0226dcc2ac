"""`quiz compare`: two subjects side by side."""

from __future__ import annotations

import shutil

import click

from quiz.cli.open import deck_knowing, material_of
from quiz.errors import UsageError
from quiz.lookup import subject as find_subject
from quiz.terminal.table import comparison


@click.command()
@click.argument("a")
@click.argument("b")
@click.argument("deck", required=False)
@click.option("--cite", is_flag=True, help="Show the source of each line.")
def compare(a: str, b: str, deck: str | None, cite: bool) -> None:
    """Set two subjects side by side: what only A has, both, only B, and what is not known.

    Both are given by id or by name, for example: quiz compare lupus MS

    Without DECK, it is the shipped deck that knows them.
    """
    material = material_of(deck_knowing(deck, lambda each: find_subject(each, a), lambda each: find_subject(each, b)))
    first, second = find_subject(material.deck, a), find_subject(material.deck, b)
    if first.id == second.id:
        raise UsageError(f'"{a}" and "{b}" are the same subject, {first.name}; name two')
    columns = shutil.get_terminal_size().columns
    for line in comparison(material, first, second, columns, cite=cite):
        click.echo(line)
