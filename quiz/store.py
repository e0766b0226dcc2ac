"""Keeps the log of responses and the memories derived from it in one SQLite file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quiz import scheduling
from quiz.errors import StorageError, UsageError
from quiz.memory import Confidence, Memory, Rating, Response, Review, Stamp

APPLICATION_ID = 0x74656C6C
"""Marks the file as ours ("tell"), where SQLite and ``file`` look for it."""

MIGRATIONS = (Path(__file__).with_name("schema.sql"),)
"""Scripts, each of which brings the database up by one version; an empty database has version 0."""

_COLUMNS = (
    "uuid, device, time, offset, day, event, deck, card, kind, seed, options, chosen, typed, claims, took, confidence,"
    " right, rating, counts, retention, target"
).split(", ")
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_APPEND = f"INSERT INTO log ({_NAMES}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"

_BACKUP = "put a backup in its place, or move it away to begin anew"
_TROUBLES = {
    sqlite3.SQLITE_BUSY: "is in use by another program; close the other quiz and try again",
    sqlite3.SQLITE_LOCKED: "is in use by another program; close the other quiz and try again",
    sqlite3.SQLITE_READONLY: "cannot be written; check the permissions of the file and its folder",
    sqlite3.SQLITE_PERM: "cannot be written; check the permissions of the file and its folder",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the permissions of the file and its folder",
    sqlite3.SQLITE_FULL: "cannot be written since the disk is full; make room and try again",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk and try again",
    sqlite3.SQLITE_CORRUPT: f"is damaged and was left as it is; {_BACKUP}",
    sqlite3.SQLITE_NOTADB: f"is no progress of quiz, or damaged, and was left as it is; {_BACKUP}",
}


class Store:
    """Progress in an open file. Every method that writes is one transaction, safe on disk when it returns.

    Every method raises StorageError, with one line that names the file and the remedy, when the file fails it.
    """

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        """For `open` and `open_to_read`, which see to it that the database is sound."""
        self.path = path
        self._database = database

    @classmethod
    def open(cls, path: Path, device: str, *, wait: float = 5.0) -> Self:
        """Open for reading and writing; a missing file is made, readable by its owner only.

        ``device`` is an id for this machine that a new file keeps; one that exists has its own already. ``wait`` is how
        many seconds to wait for another program's write to end. A file that is not sound progress of a version known
        here is refused and stays as it is.
        """
        with _one_line(path):
            if not path.exists():
                _create(path, device)
            return cls(path, _open(path, "mode=rw", wait, write=True))

    @classmethod
    def open_to_read(cls, path: Path, *, wait: float = 5.0) -> Self:
        """Open for reading. A missing file is not made but taken for one without progress."""
        with _one_line(path):
            if path.exists():
                return cls(path, _open(path, _reading_mode(path), wait, write=False))
            database = _connect(Path(":memory:"), wait)
            _fill(database, "")
            database.execute("PRAGMA query_only = ON")
            return cls(path, database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Nothing is lost without it."""
        with _one_line(self.path):
            self._database.close()

    @property
    def device(self) -> str:
        """The id of the machine that made the file; empty for a missing file opened to read."""
        return str(self._rows("SELECT value FROM meta WHERE key = 'device'")[0][0])

    # Writing

    def record(self, response: Response, retention: float = scheduling.DEFAULT_RETENTION) -> Memory | None:
        """Write a response and the memory it leaves, and return the latter: None for a card not reviewed so far.

        Only a rated response that counts moves the memory. Raises ValueError for a retention outside 0.80 to 0.97.
        """
        scheduling.check_retention(retention)
        with self._transaction():
            self._append(_row_of(response, retention))
            return self._refold(response.deck, response.card)

    def undo(self, uuid: str, stamp: Stamp) -> Memory | None:
        """Strike out a response, and return the memory that its card has without it.

        Raises UsageError for a response that is not in the log or was struck out before.
        """
        with self._transaction():
            deck, card = self._card_of(uuid)
            self._append(_event("undo", stamp, deck, card, uuid))
            return self._refold(deck, card)

    def replace(
        self, uuid: str, response: Response, retention: float = scheduling.DEFAULT_RETENTION
    ) -> Memory | None:
        """Strike out a response and record another in its place. Returns and raises as `record` and `undo` do."""
        scheduling.check_retention(retention)
        with self._transaction():
            struck = self._card_of(uuid)
            self._append(_row_of(response, retention) | {"target": uuid})
            self._refold(*struck)
            return self._refold(response.deck, response.card)

    def suspend(self, deck: str, card: str, stamp: Stamp) -> None:
        """Leave a card out of sittings; its memory stays."""
        with self._transaction():
            self._append(_event("suspend", stamp, deck, card))

    def unsuspend(self, deck: str, card: str, stamp: Stamp) -> None:
        """Take a card in again."""
        with self._transaction():
            self._append(_event("unsuspend", stamp, deck, card))

    def rename(self, deck: str, old: str, new: str, stamp: Stamp) -> bool:
        """Give all that is known of a card to its new id, on top of what that one has.

        False, with nothing written, where nothing is known of the old id.
        """
        if old == new or not self._is_known(deck, old):
            return False
        with self._transaction():
            self._append(_event("rename", stamp, deck, old, new))
            self._refold(deck, old)
            self._refold(deck, new)
            return True

    def rebuild(self) -> None:
        """Derive everything from the log anew."""
        with self._transaction():
            for table in ("living", "memory", "suspended"):
                self._database.execute(f"DELETE FROM {table}")
            events = "SELECT seq, event, deck, card, target FROM log ORDER BY seq"
            for seq, event, deck, card, target in self._database.execute(events):
                self._apply(seq, event, deck, card, target)
            for deck, card in self._rows("SELECT DISTINCT deck, card FROM living WHERE review"):
                self._refold(deck, card)

    def _append(self, row: dict[str, object]) -> None:
        seq = self._database.execute(_APPEND, row).lastrowid
        self._apply(seq, row["event"], row["deck"], row["card"], row["target"])

    def _apply(self, seq: object, event: object, deck: object, card: object, target: object) -> None:
        """What a row of the log does to the living responses and the suspended cards."""
        run = self._database.execute
        if event in ("undo", "response") and target is not None:
            run("DELETE FROM living WHERE seq = (SELECT seq FROM log WHERE uuid = ?)", (target,))
        if event == "response":
            run(
                "INSERT INTO living (deck, card, time, seq, day, review)"
                " SELECT deck, card, time, seq, day, counts AND rating IS NOT NULL FROM log WHERE seq = ?",
                (seq,),
            )
        elif event == "suspend":
            run("INSERT OR IGNORE INTO suspended (deck, card) VALUES (?, ?)", (deck, card))
        elif event == "unsuspend":
            run("DELETE FROM suspended WHERE deck = ? AND card = ?", (deck, card))
        elif event == "rename":
            run("UPDATE living SET card = ? WHERE deck = ? AND card = ?", (target, deck, card))
            run("UPDATE OR REPLACE suspended SET card = ? WHERE deck = ? AND card = ?", (target, deck, card))

    def _refold(self, deck: str, card: str) -> Memory | None:
        """Derive a card's memory from its reviews, in order of time, which is not that of writing on several machines."""
        memory = None
        for day, rating, retention in self._rows(
            "SELECT log.day, rating, retention FROM living JOIN log USING (seq)"
            " WHERE living.deck = ? AND living.card = ? AND review ORDER BY living.time, seq",
            deck,
            card,
        ):
            memory = scheduling.review(memory, Review(day, Rating(rating)), retention)
        self._database.execute("DELETE FROM memory WHERE deck = ? AND card = ?", (deck, card))
        if memory is not None:
            self._database.execute(
                "INSERT INTO memory (deck, card, stability, difficulty, last, due, reviews, lapses)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (deck, card, memory.stability, memory.difficulty, memory.last, memory.due, memory.reviews, memory.lapses),
            )
        return memory

    def _card_of(self, uuid: str) -> tuple[str, str]:
        rows = self._rows(
            "SELECT living.deck, living.card FROM living JOIN log USING (seq) WHERE uuid = ? ", uuid
        )
        if not rows:
            raise UsageError(f'there is no response "{uuid}" to undo; it may have been undone already')
        return rows[0]

    def _is_known(self, deck: str, card: str) -> bool:
        known = "SELECT 1 FROM {} WHERE deck = ?1 AND card = ?2"
        return bool(self._rows(f"{known.format('living')} UNION {known.format('suspended')}", deck, card))

    # Reading

    def memories(self, deck: str) -> dict[str, Memory]:
        """The memories of a deck by card, of cards reviewed at least once."""
        rows = self._rows(
            "SELECT card, stability, difficulty, last, due, reviews, lapses FROM memory WHERE deck = ?", deck
        )
        return {
            card: Memory(stability=stability, difficulty=difficulty, last=last, due=due, reviews=reviews, lapses=lapses)
            for card, stability, difficulty, last, due, reviews, lapses in rows
        }

    def suspended(self, deck: str) -> set[str]:
        """The cards of a deck that are left out of sittings."""
        return self._cards("SELECT card FROM suspended WHERE deck = ?", deck)

    def responses(self, deck: str | None = None, since: int | None = None) -> Iterator[Response]:
        """The responses that were not struck out, practice too, in order of time, under the ids that cards have now.

        Those of one deck, or of all; from the study day ``since`` on, or all.
        """
        names = ", ".join(f'living."{name}"' if name in ("deck", "card") else f'log."{name}"' for name in _COLUMNS)
        with _one_line(self.path):
            for row in self._database.execute(
                f"SELECT {names} FROM living JOIN log USING (seq)"
                " WHERE (?1 IS NULL OR living.deck = ?1) AND (?2 IS NULL OR living.day >= ?2)"
                " ORDER BY living.time, seq",
                (deck, since),
            ):
                yield _response_of(self.path, dict(zip(_COLUMNS, row, strict=True)))

    def answered_on(self, deck: str, day: int) -> set[str]:
        """The cards of a deck that were reviewed on a study day."""
        return self._cards("SELECT card FROM living WHERE deck = ? AND day = ? AND review", deck, day)

    def introduced_on(self, deck: str, day: int) -> int:
        """How many cards of a deck were reviewed for the first time on a study day."""
        return len(
            self._cards(
                "SELECT card FROM living WHERE deck = ? AND day = ? AND review AND NOT EXISTS (SELECT 1 FROM"
                " living AS earlier WHERE earlier.deck = living.deck AND earlier.card = living.card"
                " AND earlier.review AND earlier.day < living.day)",
                deck,
                day,
            )
        )

    def confidently_wrong(self, deck: str) -> set[str]:
        """The cards of a deck whose latest review was wrong though the learner was sure."""
        return self._cards(
            "SELECT living.card FROM log JOIN living USING (seq)"
            " WHERE log.\"right\" = 0 AND log.confidence = 'sure' AND living.deck = ? AND review AND NOT EXISTS"
            " (SELECT 1 FROM living AS later WHERE later.deck = living.deck AND later.card = living.card"
            " AND later.review AND (later.time, later.seq) > (living.time, living.seq))",
            deck,
        )

    def reviews_per_day(self, deck: str | None = None) -> dict[int, tuple[int, int]]:
        """By study day, the number of reviews and how many of them were not failed; of one deck, or of all."""
        rows = self._rows(
            "SELECT living.day, count(*), sum(rating > 1) FROM living JOIN log USING (seq)"
            " WHERE review AND (?1 IS NULL OR living.deck = ?1) GROUP BY living.day ORDER BY living.day",
            deck,
        )
        return {day: (reviews, passed) for day, reviews, passed in rows}

    def forecast(self, today: int, deck: str | None = None) -> dict[int, int]:
        """By study day, how many cards fall due, without those suspended; the overdue are counted to today."""
        return dict(
            self._rows(
                "SELECT max(due, ?1) AS falls, count(*) FROM memory WHERE (?2 IS NULL OR deck = ?2)"
                " AND (deck, card) NOT IN (SELECT deck, card FROM suspended) GROUP BY falls ORDER BY falls",
                today,
                deck,
            )
        )

    def _cards(self, query: str, *values: object) -> set[str]:
        return {card for (card,) in self._rows(query, *values)}

    def _rows(self, query: str, *values: object) -> list[Any]:
        with _one_line(self.path):
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of the block or nothing; another program's write is waited for."""
        with _one_line(self.path), _atomic(self._database):
            yield


@contextmanager
def _atomic(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


@contextmanager
def _one_line(path: Path) -> Iterator[None]:
    """Say what SQLite or the system could not do in one line for the user."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a mistake of this program
        raise
    except sqlite3.Error as error:
        trouble = _TROUBLES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        raise StorageError(f"{path} {trouble or f'cannot be used ({error}); {_BACKUP}'}") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be used ({error.strerror}); check the path and its permissions") from error


def _connect(path: Path, wait: float, query: str = "") -> sqlite3.Connection:
    name = f"{path.absolute().as_uri()}?{query}" if query else str(path)
    return sqlite3.connect(name, uri=bool(query), timeout=wait, isolation_level=None)


def _open(path: Path, query: str, wait: float, *, write: bool) -> sqlite3.Connection:
    if path.is_dir():
        raise StorageError(f"{path} is a folder, but progress is kept in a file; move it away")
    if path.stat().st_size == 0:  # SQLite would take it for a new one, and throw away the last writes beside it
        raise StorageError(f"{path} is empty, so progress has been lost from it; {_BACKUP}")
    database = _connect(path, wait, query)
    try:
        _check(path, database)
        database.execute("PRAGMA synchronous = FULL")
        if write:
            database.execute("PRAGMA journal_mode = WAL")
            with _atomic(database):  # better refused now than after the first response
                pass
        else:
            database.execute("PRAGMA query_only = ON")
    except BaseException:
        database.close()
        raise
    return database


def _reading_mode(path: Path) -> str:
    """How to open for reading: in a folder that cannot be written SQLite can read only what nobody else writes."""
    log = path.with_name(path.name + "-wal")
    return "mode=rw" if os.access(path.parent, os.W_OK) or log.exists() else "immutable=1"


def _check(path: Path, database: sqlite3.Connection) -> None:
    """Refuse what is not ours or newer than this program, and bring up what is older."""
    (owner,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if owner != APPLICATION_ID:
        raise StorageError(f"{path} is the database of another program and was left as it is; move it away")
    if version > len(MIGRATIONS):
        raise StorageError(f"{path} was written by a newer version of quiz and was left as it is; upgrade quiz")
    if version < len(MIGRATIONS):
        _migrate(database)


def _create(path: Path, device: str) -> None:
    """Make the file aside and move it into place once it is whole; if another program was faster, its file stays."""
    from tempfile import mkstemp

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    os.close(handle)
    try:
        database = _connect(Path(name), 0)
        try:
            database.execute("PRAGMA journal_mode = WAL")
            _fill(database, device)
        finally:
            database.close()
        _put(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _put(new: Path, path: Path) -> None:
    try:
        path.hardlink_to(new)
    except FileExistsError:
        pass
    except (OSError, NotImplementedError):  # a file system without hard links
        if not path.exists():
            new.rename(path)


def _fill(database: sqlite3.Connection, device: str) -> None:
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _migrate(database)
    database.execute("INSERT INTO meta (key, value) VALUES ('device', ?)", (device,))


def _migrate(database: sqlite3.Connection) -> None:
    """Bring the database to the newest version in one transaction."""
    with _atomic(database):
        (version,) = database.execute("PRAGMA user_version").fetchone()
        for script in MIGRATIONS[version:]:
            for statement in _statements(script.read_text(encoding="utf-8")):
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit a transaction under way."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _event(event: str, stamp: Stamp, deck: str, card: str, target: str | None = None) -> dict[str, object]:
    """A row of the log that is no response."""
    row: dict[str, object] = dict.fromkeys(_COLUMNS)
    return row | {
        "event": event,
        "uuid": stamp.uuid,
        "device": stamp.device,
        "time": stamp.time,
        "offset": stamp.offset,
        "day": stamp.day,
        "deck": deck,
        "card": card,
        "target": target,
    }


def _row_of(response: Response, retention: float) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(response, name, None) for name in _COLUMNS}
    return row | {
        "event": "response",
        "seed": str(response.seed),
        "options": json.dumps(response.options),
        "typed": response.typed.encode("utf-8", "replace").decode(),  # a terminal may hand over half a character
        "claims": json.dumps(response.claims),
        "confidence": str(response.confidence),
        "retention": retention,
    }


def _response_of(path: Path, row: dict[str, Any]) -> Response:
    shared = {name: row[name] for name in _COLUMNS if name not in ("event", "retention", "target")}
    try:
        return Response(
            **shared
            | {
                "seed": int(row["seed"]),
                "options": tuple(json.loads(row["options"])),
                "claims": tuple((subject, feature, holds) for subject, feature, holds in json.loads(row["claims"])),
                "confidence": Confidence(row["confidence"]),
                "right": None if row["right"] is None else bool(row["right"]),
                "rating": None if row["rating"] is None else Rating(row["rating"]),
                "counts": bool(row["counts"]),
            }
        )
    except (TypeError, ValueError) as error:
        raise StorageError(f"{path} is damaged and was left as it is; {_BACKUP}") from error
