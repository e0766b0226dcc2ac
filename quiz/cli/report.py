"""`quiz report`: progress as a page."""

from __future__ import annotations

from pathlib import Path

import click

from quiz.cli.opening import today
from quiz.cli.stats import overview
from quiz.report import keep, progress_page
from quiz.studyday import day_to_date
from quiz.terminal.style import safe


@click.command()
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("-o", "--output", default="report.html", show_default=True, metavar="FILE", help="The page to write.")
@click.option("--force", is_flag=True, help="Overwrite FILE even if quiz did not make it.")
def report(decks: tuple[str, ...], output: str, force: bool) -> None:
    """Write a page with your progress: what `quiz stats` tells, and who is taken for whom as a matrix.

    The page is one file that loads nothing and runs nothing. It can be read on a phone, printed, and sent to a
    teacher. A page of an earlier day is replaced; a file that quiz did not make is left alone unless --force is given.

    DECK is a shipped deck's name or the path of a deck folder; without it, all that `quiz stats` shows.
    """
    keep(Path(output), progress_page(overview(decks), day_to_date(today())), force=force)
    click.echo(f"Wrote {safe(output)}; open it in a browser.")
