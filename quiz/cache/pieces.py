"""A large deck in the cache, in pieces, so that a sitting reads but the cards and parts that it asks about.

An entry is an SQLite database beside the one of `quiz.cache.compiled`, by the same name; here too nothing but our own
nouns is unpickled. Should a piece turn out to be damaged later on, the deck is read as a whole instead.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from quiz.cache.compiled import unpickled
from quiz.catalogue import PIECES, Whole
from quiz.deck import Deck, Weight
from quiz.draw import blake2b
from quiz.parts import Part, parts
from quiz.private import make_folder, put
from quiz.questions.material import Material
from quiz.questions.model import TYPED, Card
from quiz.questions.rivals import set_families
from quiz.reasoning import Knowledge

MANY = 900
"""For more cards than this all are read; older versions of SQLite take no more values than 999 in one statement."""

_SCHEMA = """
CREATE TABLE deck (id TEXT NOT NULL, cards INTEGER NOT NULL, digest BLOB NOT NULL);
CREATE TABLE part (number INTEGER PRIMARY KEY, pickle BLOB NOT NULL, digest BLOB NOT NULL);
CREATE TABLE card (
    place   INTEGER PRIMARY KEY,  -- in deck order
    id      TEXT NOT NULL UNIQUE,
    fact    TEXT NOT NULL,
    about   TEXT NOT NULL,        -- ids with spaces between them, as in kinds and was
    feature TEXT,
    kinds   TEXT NOT NULL,
    weight  TEXT NOT NULL,
    was     TEXT NOT NULL,
    pair    TEXT NOT NULL,        -- what the card is about, sorted
    part    INTEGER NOT NULL,
    digest  BLOB NOT NULL         -- of all the rest but the place
);
CREATE INDEX card_by_pair ON card (pair);
CREATE INDEX card_renamed ON card (place) WHERE was <> '';
"""
_COLUMNS = "id, fact, about, feature, kinds, weight, was, pair, part, digest"


class _DamagedError(Exception):
    """A piece is not what was written."""


class Pieces:
    """The catalogue (see `quiz.catalogue.Catalogue`) of a large deck."""

    is_large = True

    def __init__(self, database: sqlite3.Connection, whole: Callable[[], Whole]) -> None:
        """``whole`` reads the whole deck, for the rare case that it is needed.

        Raises sqlite3.Error, or TypeError, for a database that `made` did not make.
        """
        self._database = database
        self._is_damaged = False
        self._read_whole = whole
        self._parts: dict[int, Material] = {}
        self._part_of: dict[str, int] = {}
        self.id, self._count, digest = database.execute("SELECT id, cards, digest FROM deck").fetchone()
        if _digest_of(self.id, self._count) != digest:
            raise TypeError("the entry is damaged")

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    @cached_property
    def _whole(self) -> Whole:
        return self._read_whole()

    @property
    def deck(self) -> Deck:
        """The whole deck."""
        return self._whole.deck

    def all(self) -> Sequence[Card]:
        """All cards."""
        return self._cards("1", lambda whole: whole.all(), least=self._count)

    def find(self, ids: Iterable[str]) -> Sequence[Card]:
        """The cards of these ids, of those that there are."""
        wanted = frozenset(ids)
        if len(wanted) > MANY:
            return [card for card in self.all() if card.id in wanted]
        return self._cards(f"id IN ({', '.join('?' * len(wanted))})", lambda whole: whole.find(wanted), *wanted)

    def of_pairs(self, *pairs: frozenset[str]) -> Sequence[Card]:
        """The cards about just the subjects of one of these pairs."""
        wanted = [" ".join(sorted(pair)) for pair in pairs]
        return self._cards(f"pair IN ({', '.join('?' * len(wanted))})", lambda whole: whole.of_pairs(*pairs), *wanted)

    def renamed(self) -> Sequence[Card]:
        """The cards that had another id before."""
        return self._cards("was <> ''", lambda whole: whole.renamed())

    def part(self, card: Card) -> Material:
        """The part that a card was made from; the whole for a card whose reply is typed.

        To tell a slip from another name, all names of the deck are needed.
        """
        if TYPED.isdisjoint(card.kinds):
            with suppress(_DamagedError):
                return self._part(card)
        return self._whole.part(card)

    def _part(self, card: Card) -> Material:
        if card.id not in self._part_of:
            self.find([card.id])
        number = self._part_of.get(card.id)
        if number is None:
            raise _DamagedError
        if number not in self._parts:
            self._parts[number] = self._unpickled(number)
        return self._parts[number]

    def _unpickled(self, number: int) -> Material:
        for pickled, digest in self._rows("SELECT pickle, digest FROM part WHERE number = ?", number):
            if part := _part_in(pickled, digest):
                material = Material(Knowledge(part.deck))
                set_families(material, part.families)
                return material
        raise _DamagedError

    def _cards(
        self, condition: str, otherwise: Callable[[Whole], Sequence[Card]], *values: str, least: int = 0
    ) -> Sequence[Card]:
        """The cards that meet a condition, in deck order, ``least`` of them at least.

        ``otherwise`` takes them from the whole deck, should they not be as they were written.
        """
        try:
            rows = self._rows(f"SELECT {_COLUMNS} FROM card WHERE {condition} ORDER BY place", *values)
            cards = [_card(*row) for row in rows]
        except (_DamagedError, TypeError, ValueError, AttributeError):
            cards = []
            least = max(least, 1)
        if len(cards) < least:
            self._is_damaged = True
            return otherwise(self._whole)
        self._part_of.update((row[0], row[8]) for row in rows)
        return cards

    def _rows(self, query: str, *values: object) -> list[Any]:
        if self._is_damaged:
            raise _DamagedError
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _DamagedError from error


def _card(
    id: str, fact: str, about: str, feature: str | None, kinds: str, weight: str, was: str, *rest: object
) -> Card:
    """The card of a row. Raises ValueError for a row that is not as it was written."""
    *more, digest = rest
    if _digest_of(id, fact, about, feature, kinds, weight, was, *more) != digest:
        raise ValueError("the row is damaged")
    former = tuple(was.split(" ")) if was else ()
    return Card(id, fact, tuple(about.split()), feature, tuple(kinds.split(" ")), Weight(weight), former)


def opened(cache: Path, name: str, whole: Callable[[], Whole]) -> Pieces | None:
    """The entry of that name; None when there is none, or it cannot be used. ``whole`` as in `Pieces`."""
    path = cache / f"{name}{PIECES}"
    try:
        if not path.exists():
            return None
        database = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        return Pieces(database, whole)
    except (sqlite3.Error, TypeError, ValueError):
        database.close()
        return None


def made(whole: Whole) -> sqlite3.Connection:
    """A database in memory with the pieces of a deck."""
    database = sqlite3.connect(":memory:")
    database.executescript(_SCHEMA)
    head = whole.id, len(whole.all())
    database.execute("INSERT INTO deck VALUES (?, ?, ?)", (*head, _digest_of(*head)))
    place = {card.id: number for number, card in enumerate(whole.all())}
    for number, (part, cards) in enumerate(parts(whole.material, whole.all())):
        pickled = pickle.dumps(part, protocol=5)
        database.execute("INSERT INTO part VALUES (?, ?, ?)", (number, pickled, _digest_of_pickle(pickled)))
        rows = ((place[card.id], *row, _digest_of(*row)) for card in cards for row in [(*_row(card), number)])
        database.executemany("INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    database.commit()
    return database


def _row(card: Card) -> tuple[str | None, ...]:
    about, pair, kinds, was = (" ".join(each) for each in (card.about, sorted(card.about), card.kinds, card.was))
    return card.id, card.fact, about, card.feature, kinds, str(card.weight), was, pair


def keep(cache: Path, name: str, database: sqlite3.Connection) -> None:
    """Put the pieces into the cache, as far as it can be written."""
    with suppress(OSError, AttributeError):  # some builds of SQLite cannot give a database as bytes
        make_folder(cache)
        put(cache / f"{name}{PIECES}", database.serialize())


def is_sound(path: Path) -> bool:
    """Whether every piece of an entry can be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as database:
            ((verdict,),) = database.execute("PRAGMA integrity_check(1)").fetchall()
            ((cards,),) = database.execute("SELECT cards FROM deck").fetchall()
            found = [_card(*row) for row in database.execute(f"SELECT {_COLUMNS} FROM card")]
            parts_ = database.execute("SELECT pickle, digest FROM part").fetchall()
            lost = database.execute("SELECT 1 FROM card WHERE part NOT IN (SELECT number FROM part)").fetchall()
            are_whole = all(_part_in(*row) for row in parts_)
            return verdict == "ok" and len(found) == cards and not lost and are_whole
    except (sqlite3.Error, TypeError, ValueError, AttributeError):
        return False


def _part_in(pickled: object, digest: bytes) -> Part | None:
    """The part in a pickle; None for one that is not as it was written."""
    if isinstance(pickled, bytes) and _digest_of_pickle(pickled) == digest:
        part = unpickled(pickled)
        return part if isinstance(part, Part) else None
    return None


def _digest_of_pickle(pickled: bytes) -> bytes:
    return blake2b(pickled, digest_size=16).digest()


def _digest_of(*values: object) -> bytes:
    """What tells that values are as they were written."""
    return blake2b("\x1f".join(map(str, values)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
