"""Opens, creates and migrates the file, and says in one line what is wrong with it. Nothing else imports sqlite3."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as Connection

from quiz.errors import StorageError

APPLICATION_ID = 0x74656C6C
"""Marks the file as ours ("tell"), where SQLite and ``file`` look for it."""

MIGRATIONS = tuple(Path(__file__).with_name(name) for name in ("schema.sql", "schema-2.sql"))
"""Scripts, each of which brings the database up by one version; an empty database has version 0."""

_LEAST_SIZE = 512
"""One page of the smallest kind, in bytes."""

_BACKUP = "put a backup in its place, or move it away to begin anew"
_BUSY = "is in use by another program; close the other quiz and try again"
_READ_ONLY = "cannot be written; check the permissions of the file and its folder"
_TROUBLES = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the permissions of the file and its folder",
    sqlite3.SQLITE_FULL: "cannot be written since the disk is full; make room and try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk, and the room on it, and try again",
    sqlite3.SQLITE_CORRUPT: f"is damaged and was left as it is; {_BACKUP}",
    sqlite3.SQLITE_NOTADB: f"is no progress of quiz, or damaged, and was left as it is; {_BACKUP}",
}


def damaged(path: Path) -> StorageError:
    """The error for a file with content that quiz never wrote."""
    return StorageError(f"{path} {_TROUBLES[sqlite3.SQLITE_CORRUPT]}")


@contextmanager
def one_line(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system could not do into a StorageError of one line."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a mistake of this program
        raise
    except sqlite3.Error as error:
        trouble = _TROUBLES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        raise StorageError(f"{path} {trouble or f'cannot be used ({error}); {_BACKUP}'}") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be used ({error.strerror}); check the path and its permissions") from error


@contextmanager
def atomic(database: Connection) -> Iterator[None]:
    """All of the block or nothing, with no other program writing meanwhile."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def open_to_write(path: Path, device: str, wait: float) -> Connection:
    """The database in a file, which is made if it is missing and then keeps ``device``.

    ``wait`` is how many seconds to wait for another program. Raises StorageError, or what `one_line` turns into it.
    """
    if not path.exists():
        _create(path, device)
    with _closed_on_error(_connect_to(path, "mode=rw", wait)) as database:
        _check(path, database)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        with atomic(database):  # writes nothing, but is refused where the first response would be
            database.execute("DELETE FROM log WHERE 0")
        return database


def open_to_read(path: Path, wait: float) -> Connection:
    """The database in a file, or an empty one in memory if it is missing. Waits and raises as `open_to_write`."""
    if not path.exists():
        database = sqlite3.connect(":memory:", isolation_level=None)
        _fill(database, "")
    else:
        database = _connect_to(path, _reading_mode(path), wait)
    with _closed_on_error(database):
        _check(path, database)
        database.execute("PRAGMA query_only = ON")
        return database


@contextmanager
def copy_in_memory(database: Connection) -> Iterator[Connection]:
    """A copy of the database that is gone afterwards, to try something out."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.backup(copy)
        yield copy
    finally:
        copy.close()


def copy_to(database: Connection, path: Path) -> None:
    """A whole copy of the database in a new file, put into place once it is complete."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.new")
    try:
        aside.touch(mode=0o600)
        copy = sqlite3.connect(aside)
        try:
            database.backup(copy)
        finally:
            copy.close()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _reading_mode(path: Path) -> str:
    """How to open for reading: where it cannot write, SQLite reads a file only when told that nobody changes it."""
    return "mode=rw" if os.access(path.parent, os.W_OK) or _latest_writes(path).exists() else "immutable=1"


def _latest_writes(path: Path) -> Path:
    """Where SQLite keeps what was written of late, until it is moved into the file."""
    return path.with_name(f"{path.name}-wal")


def _connect_to(path: Path, mode: str, wait: float) -> Connection:
    if path.is_dir():
        raise StorageError(f"{path} is a folder, but progress is kept in a file; move it away")
    if path.stat().st_size < _LEAST_SIZE:  # SQLite would begin anew, and throw away the latest writes beside it
        raise StorageError(f"{path} is empty or cut short, so its progress was lost; {_BACKUP}")
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=wait, isolation_level=None)


@contextmanager
def _closed_on_error(database: Connection) -> Iterator[Connection]:
    try:
        yield database
    except BaseException:
        database.close()
        raise


def _check(path: Path, database: Connection) -> None:
    """Refuse what is not ours or newer than this program, and bring up what is older."""
    (owner,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if owner != APPLICATION_ID:
        raise StorageError(f"{path} is the database of another program and was left as it is; move it away")
    if version > len(MIGRATIONS):
        raise StorageError(f"{path} was written by a newer version of quiz and was left as it is; upgrade quiz")
    if _is_cut_short(path, database):
        raise damaged(path)
    if version < len(MIGRATIONS):
        _migrate(database)


def _is_cut_short(path: Path, database: Connection) -> bool:
    """Whether the end of the last page is missing; where whole pages are, SQLite sees it itself."""
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    (page_size,) = database.execute("PRAGMA page_size").fetchone()
    latest_writes = _latest_writes(path)
    if not path.exists() or (latest_writes.exists() and latest_writes.stat().st_size > 0):
        return False
    return path.stat().st_size < int(pages) * int(page_size)


def _create(path: Path, device: str) -> None:
    """Make the file aside and move it into place once it is whole."""
    from tempfile import mkstemp

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        database = sqlite3.connect(new, isolation_level=None)
        try:
            _fill(database, device)  # without a write-ahead log, whose last writes a full disk would lose in silence
        finally:
            database.close()
        _put(new, path)
    finally:
        for left in (new, new.with_name(f"{new.name}-journal")):
            left.unlink(missing_ok=True)


def _put(new: Path, path: Path) -> None:
    try:
        path.hardlink_to(new)
    except FileExistsError:  # another program was faster, and its file stays
        return
    except (OSError, NotImplementedError):  # a file system without hard links
        if not path.exists():
            new.rename(path)


def _fill(database: Connection, device: str) -> None:
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _migrate(database)
    database.execute("INSERT INTO meta (key, value) VALUES ('device', ?)", (device,))


def _migrate(database: Connection) -> None:
    """Bring the database to the newest version in one transaction."""
    with atomic(database):
        (version,) = database.execute("PRAGMA user_version").fetchone()
        for script in MIGRATIONS[version:]:
            for statement in _statements(script.read_text(encoding="utf-8")):
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit the transaction under way."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
