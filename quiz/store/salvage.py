"""Makes a damaged database anew from its log, as long as that is whole."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from sqlite3 import DatabaseError

from quiz.errors import StorageError
from quiz.store import deriving
from quiz.store.database import (
    Connection,
    atomic,
    fill,
    new_file,
    one_line,
    open_as_it_is,
    put_in_place,
    remove_new,
    writing_to,
)
from quiz.store.rows import RANKED

_COLUMNS = ", ".join(f'"{name}"' for name in ("seq", *RANKED))
_READ = f"SELECT {_COLUMNS} FROM log NOT INDEXED ORDER BY seq"
_WRITE = f"INSERT INTO log ({_COLUMNS}) VALUES ({', '.join('?' * (len(RANKED) + 1))})"


def salvage(path: Path, device: str) -> Path | None:
    """Put a database made from the log in the place of the damaged one; returns where that is kept aside.

    ``device`` is the id of this machine from now on. Raises StorageError where the log cannot be read whole, and while
    another program has the file open.
    """
    with one_line(path):
        new = new_file(path)
        try:
            with open_as_it_is(path, wait=5.0) as damaged, writing_to(new) as database:
                fill(database, _device(damaged) or device)
                with atomic(database):
                    read = database.executemany(_WRITE, damaged.execute(_READ)).rowcount
                    (last,) = database.execute("SELECT max(seq) FROM log").fetchone()
                    if read != (last or 0):
                        raise StorageError(f"{path} has lost rows of its log; `quiz restore` brings a backup back")
                    deriving.rebuild(database)
            return put_in_place(new, path)
        finally:
            remove_new(new)


def _device(database: Connection) -> str | None:
    with suppress(DatabaseError):
        row = database.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
        return None if row is None else str(row[0])
    return None
