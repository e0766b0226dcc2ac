"""Backups beside the progress: made once a study day, worn out in turn, looked into, put back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from quiz.errors import StorageError
from quiz.store.database import (
    Connection,
    backup_folder,
    copy_to,
    new_file,
    one_line,
    open_as_it_is,
    put_in_place,
    remove_new,
)
from quiz.store.store import Store

DAYS, WEEKS = 7, 4
"""So many backups are kept of the latest days, and of weeks before these."""

_DAILY = re.compile(r"daily-(\d{4}-\d\d-\d\d)\.db")


class Inside(NamedTuple):
    """In a file of progress: the ids of all responses ever written, how many cards, the latest in milliseconds."""

    responses: frozenset[str]
    cards: int
    latest: int | None


def back_up_daily(store: Store, day: date) -> Path | None:
    """Make the backup of a study day unless there is one, and remove what is worn out; the path, if one was made."""
    folder, name = backup_folder(store.path), f"daily-{day}.db"
    if (folder / name).exists():
        return None
    made = store.back_up(name)
    with one_line(folder):
        for worn in worn_out(path.name for path in folder.iterdir()) - {name}:
            (folder / worn).unlink(missing_ok=True)
    return made


def worn_out(names: Iterable[str]) -> set[str]:
    """Of the files in the folder of backups, the daily ones that need be kept no longer; all others stay."""
    found = {}
    for name in names:
        if match := _DAILY.fullmatch(name):
            try:
                found[date.fromisoformat(match[1])] = name
            except ValueError:
                continue
    days = sorted(found, reverse=True)
    weeks: dict[tuple[int, int], date] = {}
    for day in days[DAYS:]:
        year, week, _ = day.isocalendar()
        weeks.setdefault((year, week), day)
    kept = {*days[:DAYS], *list(weeks.values())[:WEEKS]}
    return {found[day] for day in days if day not in kept}


def backups(path: Path) -> list[Path]:
    """The backups of the progress in a file, the latest first."""
    with one_line(backup_folder(path)):
        found = [(each.stat().st_mtime_ns, each.name, each) for each in backup_folder(path).glob("*.db")]
        return [each for _, _, each in sorted(found, reverse=True)]


def look_into(path: Path) -> Inside:
    """What is in a file of progress, which is left as it is. Raises StorageError for one that is not sound."""
    with one_line(path), open_as_it_is(path, wait=5.0) as database:
        return _look_into(path, database)


def _look_into(path: Path, database: Connection) -> Inside:
    if (said := database.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise StorageError(f"{path} is damaged ({said}); name another one")
    cards, latest = database.execute(
        "SELECT count(DISTINCT deck || char(0) || card), max(time) FROM log WHERE event = 'response'"
    ).fetchone()
    ids = database.execute("SELECT uuid FROM log WHERE event = 'response'").fetchall()
    return Inside(frozenset(uuid for (uuid,) in ids), cards, latest)


def restore(path: Path, backup: Path) -> Path | None:
    """Put a copy of a backup in the place of the progress in ``path``; returns where that is kept aside, if any.

    Raises StorageError for a backup that is not sound, and while another program has the progress open.
    """
    with one_line(backup), open_as_it_is(backup, wait=5.0) as database:
        _look_into(backup, database)
        with one_line(path):
            new = new_file(path)
            try:
                copy_to(database, new)
                return put_in_place(new, path)
            finally:
                remove_new(new)
