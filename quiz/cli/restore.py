"""`quiz restore`: a backup in the place of the progress, after a preview."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from quiz.cli.cards import counted, say
from quiz.errors import StorageError, UsageError
from quiz.places import places_here
from quiz.store.backups import Inside, backups, look_into
from quiz.store.backups import restore as put_back
from quiz.store.database import DamageError, backup_folder

LISTED = 12
"""Up to so many other backups are named."""


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path | None, yes: bool) -> None:
    """Bring progress back from a backup.

    First it is shown what is in the backup, and what would be lost. Without FILE it is the latest sound one in the
    folder of backups; FILE is the path of another, or its name in that folder.

    The progress there is now, damaged or not, is kept aside under a name that is printed, so that
    `quiz restore` with that file takes everything back.
    """
    path = places_here().progress
    others = backups(path)
    chosen, inside = _latest_sound(path, others) if file is None else _named(path, file)
    say(f"{chosen}: {_told(inside)}")
    say(_loss(path, inside))
    if file is None and len(others) > 1:
        names = [each.name for each in others if each != chosen]
        more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
        say(f"Other backups: {', '.join(names[:LISTED])}{more}")
    if not yes and not (sys.stdin.isatty() and click.confirm("Bring this backup back?")):
        say("Nothing was changed; --yes does it.")
        return
    aside = put_back(path, chosen)
    say(f"Done: {_told(inside)}.")
    if aside is not None:
        say(f"What was there before is kept in {aside}")


def _named(path: Path, file: Path) -> tuple[Path, Inside]:
    chosen = next((each for each in (file, backup_folder(path) / file) if each.is_file()), None)
    if chosen is None:
        raise UsageError(f"there is no file {file}, here or among the backups in {backup_folder(path)}")
    if path.exists() and chosen.samefile(path):
        raise UsageError(f"{file} is the progress in use; name a backup")
    try:
        return chosen, look_into(chosen)
    except DamageError as error:
        raise StorageError(
            f"{chosen} is no sound backup; `quiz restore` without a name takes the latest one"
        ) from error


def _latest_sound(path: Path, found: list[Path]) -> tuple[Path, Inside]:
    for each in found:
        try:
            return each, look_into(each)
        except StorageError as error:
            say(str(error))
    where = backup_folder(path)
    raise UsageError(f"no backup is in {where}; name the file of one, or move {path} away to begin anew")


def _told(inside: Inside) -> str:
    if inside.latest is None:
        return "no responses"
    moment = datetime.fromtimestamp(inside.latest / 1000)
    responses = counted(len(inside.responses), "response")
    return f"{responses} on {counted(inside.cards, 'card')}, the latest of {moment:%Y-%m-%d %H:%M}"


def _loss(path: Path, backup: Inside) -> str:
    """What the progress that there is now has beyond the backup."""
    if not path.exists():
        return "There is no progress now, so nothing would be lost."
    try:
        now = look_into(path)
    except StorageError as error:
        return f"What there is now cannot be read, so nobody can say what it has beyond the backup: {error}"
    lost = len(now.responses - backup.responses)
    if not lost:
        return "Nothing would be lost: the backup has every response that there is now."
    return f"There are now {_told(now)}: {counted(lost, 'response')} would be lost."
