"""`quiz stats`: reviews, retention, and what falls due."""

from __future__ import annotations

import click

from quiz.cli.options import as_json
from quiz.cli.progress import read_progress, today
from quiz.insight import figures


@click.command()
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def stats(json_: bool) -> None:
    """Reviews so far, how many were remembered, and what falls due in the next two weeks."""
    day = today()
    with read_progress() as store:
        found = figures(store.responses(), store.forecast(day), day)
    if json_:
        click.echo(as_json(found.as_data()))
        return
    for line in found.lines():
        click.echo(line)
