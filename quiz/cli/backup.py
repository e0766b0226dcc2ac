"""`quiz backup`: a copy of the progress."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from quiz.cli.opening import LONG_WAIT
from quiz.errors import UsageError
from quiz.places import places_here
from quiz.store import Store


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path | None) -> None:
    """Copy your progress into FILE, which must not exist yet.

    Without FILE, into the folder of backups beside the progress. A backup is made there by itself on every day on which
    you study; those of the last seven days on which you did are kept, and of four weeks before. Sittings under way are
    not disturbed.

    `quiz restore` brings a backup back.
    """
    path = places_here().progress
    if not path.exists():
        raise UsageError("there is no progress yet, so there is nothing to back up; answer a question first")
    if file is not None and file.exists():
        raise UsageError(f"{file} exists already; name another file")
    with Store.open_to_read(path, wait=LONG_WAIT) as store:
        made = store.back_up(f"by-hand-{datetime.now():%Y-%m-%d-%H%M%S}.db") if file is None else file
        if file is not None:
            store.copy_to(file)
    click.echo(f"Copied to {made}; `quiz restore {made}` brings it back.")
