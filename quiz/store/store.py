"""The progress of a learner: responses go in, memories and what planning and statistics ask come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quiz import scheduling
from quiz.errors import QuizError, StorageError, UsageError
from quiz.memory import Memory, Mode, Remark, Response, Stamp
from quiz.store import deriving
from quiz.store.database import (
    Connection,
    DamageError,
    atomic,
    backup_folder,
    copy_in_memory,
    copy_to,
    damaged,
    one_line,
    open_to_read,
    open_to_write,
)
from quiz.store.deriving import Advance
from quiz.store.rows import COLUMNS, RANKED, Row, event_row, response_of, response_row

_OF_CARD = {"deck", "card"}
_RANKED = ", ".join(f'"{name}"' for name in RANKED)
_RESPONSE = ", ".join(f'{"living" if name in _OF_CARD else "log"}."{name}"' for name in COLUMNS)


_MOST_VALUES = 900
"""Older versions of SQLite take no more than 999 in one statement."""


def _batched(cards: Iterable[str]) -> Iterator[list[str]]:
    """The ids in lists short enough for one statement."""
    left = iter(cards)
    while some := list(islice(left, _MOST_VALUES)):
        yield some


class Store:
    """Progress in an open file. Every method that writes is one transaction, safe on disk when it returns.

    Every method raises StorageError, with one line that names the file and the remedy, when the file fails it.
    A review is a rated response that counts; it moves the memory of its card. Days are study days.
    """

    def __init__(self, path: Path, database: Connection) -> None:
        """For `open` and `open_to_read`, which see to it that the database is sound."""
        self.path = path
        self._database = database

    @classmethod
    def open(cls, path: Path, device: str, *, wait: float = 5.0) -> Self:
        """Open for reading and writing; a missing file is made, and only its owner can read it.

        ``device`` is an id for this machine, kept in a file that is made now; one that exists has its own already.
        ``wait`` is how many seconds to wait for another program's write to end. A file that is not sound progress of
        a version known here is refused and left as it is.
        """
        with one_line(path):
            return cls(path, open_to_write(path, device, wait))

    @classmethod
    def open_to_read(cls, path: Path, *, wait: float = 5.0) -> Self:
        """Open for reading. A missing file is not made, but taken for one without progress."""
        with one_line(path):
            return cls(path, open_to_read(path, wait))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the file. An error that damage to it accounts for becomes a StorageError that says so."""
        try:
            if isinstance(error, LookupError | TypeError | ValueError | ArithmeticError) and not self._is_sound():
                raise damaged(self.path) from error
        finally:
            self.close()

    def _is_sound(self) -> bool:
        """Whether the log can be read and gives what is derived from it; too slow to ask while all goes well."""
        try:
            return not self.damage() and self.agrees()
        except (QuizError, LookupError, TypeError, ValueError, ArithmeticError):
            return False

    def close(self) -> None:
        """Close the file."""
        with one_line(self.path):
            self._database.close()

    @property
    def device(self) -> str:
        """The id of the machine on which the file was made; empty for a missing file opened to read."""
        found = self._rows("SELECT value FROM meta WHERE key = 'device'")
        if not found:
            raise damaged(self.path)
        return str(found[0][0])

    def record(self, response: Response, retention: float = scheduling.DEFAULT_RETENTION) -> Memory | None:
        """Write a response and the memory it leaves, and return the latter: None for a card not reviewed so far.

        Practice is logged and leaves the memory as it is. Raises ValueError for a retention not from 0.80 to 0.97.
        """
        scheduling.check_retention(retention)
        with self._transaction():
            deriving.append(self._database, response_row(response, retention))
            return deriving.remember(self._database, response, retention)

    def add(self, responses: Iterable[Response], retention: float = scheduling.DEFAULT_RETENTION) -> None:
        """Write many responses in one step. Raises ValueError for a retention not from 0.80 to 0.97."""
        scheduling.check_retention(retention)
        with self._transaction():
            deriving.extend(self._database, responses, retention)

    def rehearse(
        self, responses: Iterable[Response], retention: float = scheduling.DEFAULT_RETENTION
    ) -> dict[tuple[str, str], Memory | None]:
        """The memories that `add` would leave, by deck and card, with nothing written."""
        with one_line(self.path), copy_in_memory(self._database) as copy:
            return deriving.extend(copy, responses, retention)

    def back_up(self, name: str) -> Path:
        """Copy the progress into a file of that name in the folder ``backups`` beside it, and return its path."""
        path = backup_folder(self.path) / name
        self.copy_to(path)
        return path

    def copy_to(self, path: Path) -> None:
        """Copy the progress into a file, in the place of what it held."""
        with one_line(path):
            copy_to(self._database, path)

    def undo(self, uuid: str, stamp: Stamp) -> Memory | None:
        """Strike out a response, and return the memory that its card has without it.

        Raises UsageError for a response that is not in the log or was struck out before.
        """
        with self._transaction():
            deck, card = self._card_of(uuid)
            deriving.append(self._database, event_row("undo", stamp, deck, card, uuid))
            return deriving.refold(self._database, deck, card)

    def replace(self, uuid: str, response: Response, retention: float = scheduling.DEFAULT_RETENTION) -> Memory | None:
        """Strike out a response and record another in its place. Returns and raises as `record` and `undo` do."""
        scheduling.check_retention(retention)
        with self._transaction():
            struck = self._card_of(uuid)
            deriving.append(self._database, response_row(response, retention, instead_of=uuid))
            deriving.refold(self._database, *struck)
            return deriving.refold(self._database, response.deck, response.card)

    def suspend(self, deck: str, card: str, stamp: Stamp) -> None:
        """Leave a card out of sittings; its memory stays."""
        with self._transaction():
            deriving.append(self._database, event_row("suspend", stamp, deck, card))

    def unsuspend(self, deck: str, card: str, stamp: Stamp) -> None:
        """Take a card in again."""
        with self._transaction():
            deriving.append(self._database, event_row("unsuspend", stamp, deck, card))

    def rename(self, deck: str, old: str, new: str, stamp: Stamp) -> bool:
        """Give all that is known of a card to its new id, on top of what that one has.

        False, with nothing written, when nothing is known of the old id.
        """
        if old == new or not self._is_known(deck, old):
            return False
        with self._transaction():
            deriving.append(self._database, event_row("rename", stamp, deck, old, new))
            deriving.refold(self._database, deck, old)
            deriving.refold(self._database, deck, new)
            return True

    def reset(self, deck: str, cards: Mapping[str, Stamp]) -> None:
        """Forget all responses to cards, each with a stamp of its own, so that they are new again.

        The responses stay in the log; `unreset` brings them back.
        """
        with self._transaction():
            for card, stamp in cards.items():
                deriving.append(self._database, event_row("reset", stamp, deck, card))
                deriving.refold(self._database, deck, card)

    def unreset(self, deck: str, cards: Mapping[str, Stamp]) -> set[str]:
        """Take the latest reset of each card back, also one from before a rename.

        Returns the cards that had one in force; of others nothing is written.
        """
        latest = (
            "WITH RECURSIVE name (card) AS (SELECT ?2 UNION"
            " SELECT log.card FROM log JOIN name ON log.target = name.card"
            " WHERE log.event = 'rename' AND log.deck = ?1)"
            " SELECT uuid FROM log WHERE event = 'reset' AND deck = ?1 AND card IN name AND uuid NOT IN"
            " (SELECT target FROM log WHERE event = 'unreset') ORDER BY rank DESC, uuid DESC LIMIT 1"
        )
        with self._transaction():
            found = {card: self._database.execute(latest, (deck, card)).fetchone() for card in cards}
            back = {card: row[0] for card, row in found.items() if row is not None}
            for card, target in back.items():
                deriving.append(self._database, event_row("unreset", cards[card], deck, card, target))
            if back:
                deriving.rebuild(self._database)
            return set(back)

    def note(self, deck: str, card: str, text: str, stamp: Stamp) -> None:
        """Keep a note with a card, in the place of an earlier one; an empty text takes it away."""
        self._remark("note", deck, card, text, stamp)

    def flag(self, deck: str, card: str, text: str, stamp: Stamp) -> None:
        """Keep what is wrong with a card, in the place of an earlier flag; an empty text takes it away."""
        self._remark("flag", deck, card, text, stamp)

    def _remark(self, event: str, deck: str, card: str, text: str, stamp: Stamp) -> None:
        with self._transaction():
            deriving.append(self._database, event_row(event, stamp, deck, card, text=text.strip()))

    def notes(self, deck: str) -> dict[str, str]:
        """The notes of a deck by card."""
        return {each.card: each.text for each in self._remarks("note", deck)}

    def flags(self, deck: str | None = None) -> list[Remark]:
        """The flagged cards of one deck, or of all, in order of time."""
        return self._remarks("flag", deck)

    def _remarks(self, event: str, deck: str | None) -> list[Remark]:
        rows = self._rows(
            "SELECT deck, card, text, time FROM remark WHERE event = ?1 AND (?2 IS NULL OR deck = ?2)"
            " ORDER BY time, deck, card",
            event,
            deck,
        )
        found = [Remark(*row) for row in rows]
        if not all(isinstance(each.text, str) and isinstance(each.time, int) for each in found):
            raise damaged(self.path)
        return found

    def rows(self) -> Iterator[Row]:
        """All rows of the log, in the order that they have on every machine."""
        with one_line(self.path):
            for row in self._database.execute(f"SELECT {_RANKED} FROM log ORDER BY rank, uuid"):
                yield dict(zip(RANKED, row, strict=True))

    def unknown(self, rows: Iterable[tuple[str, Row]]) -> Iterator[Row]:
        """Those of the rows of another log that this one lacks.

        Each row comes with the place where it was read. Raises StorageError, which names the place, where a row has
        the id of another one. A review in Anki that was brought in on both machines is one, whatever else it holds.
        """
        seen: dict[str, int] = {}
        for place, row in rows:
            uuid, values = row["uuid"], tuple(row[name] for name in RANKED)
            known = self._rows(f"SELECT {_RANKED} FROM log WHERE uuid = ?", uuid)
            same = (known[0] == values) if known else seen.get(uuid, hash(values)) == hash(values)
            if not same and row["mode"] != Mode.ANKI:
                raise StorageError(f"{place}: another row has this id already; the file was changed, export it anew")
            if not known and uuid not in seen:
                yield row
            seen[uuid] = hash(values)

    def merge(self, rows: Iterable[tuple[str, Row]], advance: Advance = lambda _: None) -> int:
        """Add what this log lacks of another, in one step; returns how many rows. Raises as `unknown` does.

        What comes out depends on the rows alone: not on the order, nor on which log was merged into which.
        ``advance`` is told as by `rebuild`.
        """
        with self._transaction():
            return deriving.merge(self._database, self.unknown(rows), advance)

    def settle(self) -> None:
        """Let SQLite move what was written into the file itself, which it else does amid a response now and then.

        What was written is safe before and after.
        """
        self._rows("PRAGMA wal_checkpoint(PASSIVE)")

    def has_written(self) -> bool:
        """Whether anything was written since the file was opened."""
        return self._database.total_changes > 0

    def size(self) -> int:
        """How many rows the log has."""
        return self.position()[0]

    def damage(self, advance: Advance = lambda _: None) -> str:
        """What is wrong with the file, by SQLite's own check and that every row of the log is there and can be read.

        Empty when nothing is. ``advance`` is told of each row.
        """
        from quiz.store.exchange import wrong_column  # not needed for a sitting

        try:
            found: list[str] = [line for (line,) in self._rows("PRAGMA integrity_check(1)") if line != "ok"]
            rows, last = self._rows("SELECT count(*), coalesce(max(seq), 0) FROM log NOT INDEXED")[0]
            if not found and rows != last:
                found.append(f"{last - rows} rows of the log are missing")
            if not self._rows("SELECT 1 FROM meta WHERE key = 'device'"):
                found.append("the id of this machine is missing")
            for row in self.rows():
                advance(1)
                if column := wrong_column(row):
                    found.append(f'row {row["uuid"]} holds in "{column}" what quiz never writes')
                    break
        except (DamageError, TypeError, ValueError) as error:
            return str(error)
        return "; ".join(found)

    def agrees(self, advance: Advance = lambda _: None) -> bool:
        """Whether all that is derived from the log is what the log gives. ``advance`` is told as by `rebuild`."""
        with one_line(self.path), copy_in_memory(self._database) as copy:
            return deriving.agrees(copy, advance)

    def rebuild(self, advance: Advance = lambda _: None) -> None:
        """Derive everything from the log anew; ``advance`` is told how many more of `deriving.PARTS` are done."""
        with self._transaction():
            deriving.rebuild(self._database, advance)

    def has_begun(self, deck: str) -> bool:
        """Whether anything of the deck was answered, and not struck out since."""
        return bool(self._rows("SELECT 1 FROM living WHERE deck = ? LIMIT 1", deck))

    def memories(self, deck: str) -> dict[str, Memory]:
        """The memories of a deck by card, of cards reviewed at least once."""
        return self._memories("deck = ?", deck)

    def memories_of(self, deck: str, cards: Iterable[str]) -> dict[str, Memory]:
        """The memories of these cards of a deck, of those reviewed at least once."""
        found: dict[str, Memory] = {}
        for some in _batched(cards):
            found |= self._memories(f"deck = ? AND card IN ({', '.join('?' * len(some))})", deck, *some)
        return found

    def due(self, deck: str, day: int) -> dict[str, Memory]:
        """The memories of the cards of a deck that are due on a day or before."""
        return self._memories("deck = ? AND due <= ?", deck, day)

    def _memories(self, condition: str, *values: object) -> dict[str, Memory]:
        columns = "card, stability, difficulty, last, due, reviews, lapses"
        return {
            card: Memory(stability=stability, difficulty=difficulty, last=last, due=due, reviews=reviews, lapses=lapses)
            for card, stability, difficulty, last, due, reviews, lapses in self._rows(
                f"SELECT {columns} FROM memory WHERE {condition}", *values
            )
        }

    def suspended(self, deck: str) -> set[str]:
        """The cards of a deck that are left out of sittings."""
        return self._cards("SELECT card FROM suspended WHERE deck = ?", deck)

    def responses(
        self, deck: str | None = None, since: int | None = None, after: int | None = None, until: int | None = None
    ) -> Iterator[Response]:
        """The responses that were not struck out, practice too, in order of time, under the ids that cards have now.

        Those of one deck, or of all; from the day ``since`` on, or all; those written ``after`` a
        row and ``until`` another, itself included, or all.
        """
        wanted = {"living.deck = ?": deck, "living.day >= ?": since, "living.seq > ?": after, "living.seq <= ?": until}
        given = {condition: value for condition, value in wanted.items() if value is not None}
        where = " AND ".join(given) or "1"  # spelled out, so that SQLite finds the index that suits
        with one_line(self.path):
            for row in self._database.execute(
                f"SELECT {_RESPONSE} FROM living JOIN log USING (seq) WHERE {where}"
                " ORDER BY living.time, log.rank, log.uuid",
                tuple(given.values()),
            ):
                try:
                    yield response_of(dict(zip(COLUMNS, row, strict=True)))
                except (TypeError, ValueError) as error:
                    raise damaged(self.path) from error

    def logged(self, deck: str) -> list[tuple[str, str, int, int | None, str]]:
        """Id, card, time, rating and mode of every response of a deck that was ever written, struck out or not.

        The card is under the id that it had at that time.
        """
        return self._rows("SELECT uuid, card, time, rating, mode FROM log WHERE event = 'response' AND deck = ?", deck)

    def answered_on(self, deck: str, day: int) -> set[str]:
        """The cards of a deck that were answered on a day, rated or not; a probe explains nothing on the way."""
        return self._cards(
            "SELECT living.card FROM living JOIN log USING (seq)"
            " WHERE living.deck = ? AND living.day = ? AND log.mode <> 'probe'",
            deck,
            day,
        )

    def introduced_on(self, deck: str, day: int) -> int:
        """How many cards of a deck were reviewed for the first time on a day."""
        first = (  # by the sign + SQLite finds earlier reviews by card, not all of the deck by day
            "SELECT card FROM living WHERE deck = ? AND day = ? AND review AND NOT EXISTS"
            " (SELECT 1 FROM living AS earlier WHERE earlier.deck = living.deck AND earlier.card = living.card"
            " AND earlier.review AND +earlier.day < living.day)"
        )
        return len(self._cards(first, deck, day))

    def reviews_on(self, deck: str, day: int) -> int:
        """How many cards of a deck were reviewed on a day, new ones among them."""
        return len(self._cards("SELECT card FROM living WHERE deck = ? AND day = ? AND review", deck, day))

    def confidently_wrong(self, deck: str, due_by: int | None = None) -> set[str]:
        """The cards of a deck whose latest review was wrong though the learner was sure.

        Of the cards that are due on a day or before, or of all.
        """
        latest = (
            "SELECT log.\"right\" = 0 AND log.confidence = 'sure' FROM living JOIN log USING (seq)"
            " WHERE living.deck = memory.deck AND living.card = memory.card AND living.review"
            " ORDER BY living.time DESC, living.seq DESC LIMIT 1"
        )
        if due_by is None:
            return self._cards(f"SELECT card FROM memory WHERE deck = ? AND ({latest})", deck)
        return self._cards(f"SELECT card FROM memory WHERE deck = ? AND due <= ? AND ({latest})", deck, due_by)

    def coming(self, deck: str, after: int) -> Iterator[tuple[int, list[str]]]:
        """The days after a day on which cards of a deck fall due, the soonest first, with the cards."""
        with one_line(self.path):
            rows = self._database.execute(
                "SELECT due, card FROM memory WHERE deck = ? AND due > ? ORDER BY due", (deck, after)
            )
            for day, of_day in groupby(rows, key=lambda row: int(row[0])):
                yield day, [card for _, card in of_day]

    def position(self) -> tuple[int, str, int]:
        """Where the log ends: number and id of its last row, and the highest rank of all; zeros when it is empty."""
        rows = self._rows("SELECT seq, uuid, (SELECT max(rank) FROM log) FROM log ORDER BY seq DESC LIMIT 1")
        return rows[0] if rows else (0, "", 0)

    def has_only_grown(self, seq: int, uuid: str, rank: int) -> bool:
        """Whether what came after a position only adds to what was there: later responses, and what leaves them alone.

        If so, whoever knows the living responses up to there needs but those written after it. No rank is below the
        time of its row: what has a later time than the highest rank comes after all rows.
        """
        changed = (
            "SELECT 1 FROM log AS later WHERE seq > ?1 AND"
            " (event IN ('rename', 'reset', 'unreset', 'unsuspend') OR time < ?2"
            " OR EXISTS (SELECT 1 FROM log AS struck WHERE struck.uuid = later.target AND struck.seq <= ?1)) LIMIT 1"
        )
        known = not seq or self._rows("SELECT 1 FROM log WHERE seq = ? AND uuid = ?", seq, uuid)
        return bool(known) and not self._rows(changed, seq, rank)

    def forecast(self, today: int, deck: str | None = None) -> dict[int, int]:
        """By day, how many cards fall due, without those suspended; the overdue are counted to today."""
        rows = self._rows(
            "SELECT max(due, ?1) AS falls, count(*) FROM memory WHERE (?2 IS NULL OR deck = ?2)"
            " AND (deck, card) NOT IN (SELECT deck, card FROM suspended) GROUP BY falls ORDER BY falls",
            today,
            deck,
        )
        return dict(rows)

    def _card_of(self, uuid: str) -> tuple[str, str]:
        rows = self._rows("SELECT living.deck, living.card FROM living JOIN log USING (seq) WHERE log.uuid = ?", uuid)
        if not rows:
            raise UsageError(f'there is no response "{uuid}" to undo; it may have been undone already')
        deck, card = rows[0]
        return deck, card

    def _is_known(self, deck: str, card: str) -> bool:
        tables = ("living", "suspended", "remark")
        known = " UNION ".join(f"SELECT 1 FROM {table} WHERE deck = ?1 AND card = ?2" for table in tables)
        return bool(self._rows(known, deck, card))

    def _cards(self, query: str, *values: object) -> set[str]:
        return {card for (card,) in self._rows(query, *values)}

    def _rows(self, query: str, *values: object) -> list[Any]:
        with one_line(self.path):
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with one_line(self.path), atomic(self._database):
            yield
