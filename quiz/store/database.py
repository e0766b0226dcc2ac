"""Opens, creates and migrates the file, and says in one line what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection as Connection

from quiz.errors import StorageError
from quiz.private import make_folder

APPLICATION_ID = 0x74656C6C
"""Marks the file as ours ("tell"), where SQLite and ``file`` look for it."""

MIGRATIONS = tuple(Path(__file__).with_name(name) for name in ("schema.sql", "schema-2.sql", "schema-3.sql"))
"""Scripts, each of which brings the database up by one version; an empty database has version 0."""

_BEGINNING, _OWNER_AT = b"SQLite format 3\0", 68
"""How a database begins, and where in it the id of the program is: https://sqlite.org/fileformat2.html"""

_LEAST_SIZE = 512
"""One page of the smallest kind, in bytes."""

_BACKUP = "`quiz doctor` mends what can be mended, and `quiz restore` puts a backup in its place"
_AWAY = "let `quiz restore` keep it aside and put a backup in its place"
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


class DamageError(StorageError):
    """What is in the file is at fault, and not what is around it."""


def damaged(path: Path) -> DamageError:
    """The error for a file with content that quiz never wrote."""
    return DamageError(f"{path} {_TROUBLES[sqlite3.SQLITE_CORRUPT]}")


@contextmanager
def one_line(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system could not do into a StorageError of one line."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a mistake of this program
        raise
    except sqlite3.Error as error:
        trouble = _TROUBLES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, f"cannot be used ({error}); {_BACKUP}")
        raise (DamageError if _BACKUP in trouble else StorageError)(f"{path} {trouble}") from error
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
        _bring_up(path, database)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        with atomic(database):  # writes nothing, but is refused where the first response would be
            database.execute("DELETE FROM log WHERE 0")
        return database


def open_to_read(path: Path, wait: float) -> Connection:
    """The database in a file, or an empty one in memory if it is missing. Waits and raises as `open_to_write`."""
    if not path.exists():
        database = sqlite3.connect(":memory:", isolation_level=None)
        fill(database, "")
    else:
        database = _connect_to(path, _reading_mode(path), wait)
    with _closed_on_error(database):
        _bring_up(path, database)
        database.execute("PRAGMA query_only = ON")
        return database


@contextmanager
def open_as_it_is(path: Path, wait: float) -> Iterator[Connection]:
    """The database in a file as it is, not brought up from an older version. Waits and raises as `open_to_write`."""
    database = _connect_to(path, _reading_mode(path), wait)
    with closing(database):
        _check(path, database)
        database.execute("PRAGMA query_only = ON")
        yield database


@contextmanager
def writing_to(path: Path) -> Iterator[Connection]:
    """A file to be filled from scratch."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        yield database


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
    """A whole copy of the database in one file, put into place once it is complete."""
    new = new_file(path)
    try:
        with writing_to(new) as copy:
            database.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # nothing beside the file: it may be read where none can write
        new.replace(path)
    finally:
        remove_new(new)


def put_in_place(new: Path, path: Path) -> Path | None:
    """Let a new whole file take the place of the one at ``path``, which is kept aside; returns where, if there was one.

    Raises StorageError while another program has the file open: what it writes would go aside as well.
    """
    if not path.exists():
        new.replace(path)
        return None
    _must_be_free(path)
    aside = _free(path.with_name(f"{path.stem}-aside-{datetime_of_names()}{path.suffix}"))
    if latest_writes(path).exists():  # first of all: they must never be taken for those of the new file
        latest_writes(path).replace(latest_writes(aside))
    try:
        aside.hardlink_to(path)  # so that there is a file at ``path`` at every moment
    except (OSError, NotImplementedError):  # a file system without hard links
        path.replace(aside)
    new.replace(path)
    return aside


def _free(path: Path) -> Path:
    """The path, or one much like it where something is there already."""
    number, free = 1, path
    while free.exists() or latest_writes(free).exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free


def _must_be_free(path: Path) -> None:
    """Only who has the file alone gets it as its own. What is no database of ours is open in no sitting."""
    if not (_is_database(path) and _is_ours(path)):
        return
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)
    with closing(database):
        try:
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA application_id").fetchone()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise


def new_file(path: Path) -> Path:
    """An empty file beside ``path`` that only the owner can read."""
    from tempfile import mkstemp

    make_folder(path.parent)
    handle, name = mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    os.close(handle)
    return Path(name)


def remove_new(new: Path) -> None:
    """Remove what is left of a file that `new_file` made, once it was moved into place or could not be filled."""
    for left in (new, new.with_name(f"{new.name}-journal")):
        left.unlink(missing_ok=True)


def _reading_mode(path: Path) -> str:
    """How to open for reading: where it cannot write, SQLite reads a file only when told that nobody changes it."""
    return "mode=rw" if os.access(path.parent, os.W_OK) or latest_writes(path).exists() else "immutable=1"


def latest_writes(path: Path) -> Path:
    """Where SQLite keeps what was written of late, until it is moved into the file."""
    return path.with_name(f"{path.name}-wal")


def _connect_to(path: Path, mode: str, wait: float) -> Connection:
    if path.is_dir():
        raise StorageError(f"{path} is a folder, but progress is kept in a file; move it away")
    if path.stat().st_size < _LEAST_SIZE:  # SQLite would begin anew, and throw away the latest writes beside it
        raise DamageError(f"{path} is empty or cut short, so its progress was lost; {_BACKUP}")
    if not _is_database(path):
        raise DamageError(f"{path} {_TROUBLES[sqlite3.SQLITE_NOTADB]}")
    if not _is_ours(path):
        raise StorageError(f"{path} is the database of another program and was left as it is; move it away, or {_AWAY}")
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=wait, isolation_level=None)


def _is_database(path: Path) -> bool:
    """Whether the file begins as SQLite's do. If not, SQLite is kept away: it might throw away what is beside it."""
    with path.open("rb") as file:
        return file.read(len(_BEGINNING)) == _BEGINNING


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(_OWNER_AT)
        return file.read(4) == APPLICATION_ID.to_bytes(4, "big")


@contextmanager
def _closed_on_error(database: Connection) -> Iterator[Connection]:
    try:
        yield database
    except BaseException:
        database.close()
        raise


def _bring_up(path: Path, database: Connection) -> None:
    """Refuse what `_check` refuses, and bring up what is older, after a backup."""
    version = _check(path, database)
    if version < len(MIGRATIONS):
        if version:
            copy_to(database, backup_folder(path) / f"before-version-{len(MIGRATIONS)}-{datetime_of_names()}.db")
        _migrate(database)


def backup_folder(path: Path) -> Path:
    """Where the backups of the progress in a file are."""
    return path.with_name("backups")


def datetime_of_names() -> str:
    """This moment as the names of files have it."""
    from datetime import datetime

    return f"{datetime.now():%Y-%m-%d-%H%M%S}"


def _check(path: Path, database: Connection) -> int:
    """The version of the database. Refuses what is newer than this program, or cut short."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StorageError(f"{path} was written by a newer version of quiz and was left as it is; upgrade quiz")
    if _is_cut_short(path, database):
        raise damaged(path)
    return int(version)


def _is_cut_short(path: Path, database: Connection) -> bool:
    """Whether the end of the last page is missing; where whole pages are, SQLite sees it itself."""
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    (page_size,) = database.execute("PRAGMA page_size").fetchone()
    beside = latest_writes(path)
    if not path.exists() or (beside.exists() and beside.stat().st_size > 0):
        return False
    return path.stat().st_size < int(pages) * int(page_size)


def _create(path: Path, device: str) -> None:
    """Make the file aside and move it into place once it is whole."""
    new = new_file(path)
    try:
        with writing_to(new) as database:
            fill(database, device)  # without a write-ahead log, whose last writes a full disk would lose in silence
        _put(new, path)
    finally:
        remove_new(new)


def _put(new: Path, path: Path) -> None:
    try:
        path.hardlink_to(new)
    except FileExistsError:  # another program was faster, and its file stays
        return
    except (OSError, NotImplementedError):  # a file system without hard links
        if not path.exists():
            new.rename(path)


def fill(database: Connection, device: str) -> None:
    """Make an empty database one without progress, of the newest version."""
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
