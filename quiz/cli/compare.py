"""`quiz compare`: two subjects side by side."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from quiz.cli.open import deck_knowing, material_of
from quiz.errors import UsageError
from quiz.lookup import subject as find_subject
from quiz.terminal.style import safe
from quiz.terminal.table import comparison


@click.command()
@click.argument("a")
@click.argument("b")
@click.argument("deck", required=False)
@click.option("--cite", is_flag=True, help="Show the source of each line.")
@click.option("-o", "--output", metavar="FILE", help="Write a study sheet instead, as a page to read or to print.")
@click.option("--force", is_flag=True, help="Overwrite FILE even if quiz did not make it.")
def compare(a: str, b: str, deck: str | None, cite: bool, output: str | None, force: bool) -> None:
    """Set two subjects side by side: what only A has, both, only B, and what is not known.

    Both are given by id or by name, for example: quiz compare lupus MS

    Without DECK, it is the shipped deck that knows them.

    The study sheet gives the reason and the source of every line; it is one file that loads nothing, and prints on A4:
    quiz compare lupus MS -o sheet.html
    """
    material = material_of(deck_knowing(deck, lambda each: find_subject(each, a), lambda each: find_subject(each, b)))
    first, second = find_subject(material.deck, a), find_subject(material.deck, b)
    if first.id == second.id:
        raise UsageError(f'"{a}" and "{b}" are the same subject, {first.name}; name two')
    if output is not None:
        from quiz.report import keep, study_sheet

        keep(Path(output), study_sheet(material, first, second), force=force)
        click.echo(f"Wrote {safe(output)}; open it in a browser.")
        return
    columns = shutil.get_terminal_size().columns
    for line in comparison(material, first, second, columns, cite=cite):
        click.echo(line)
