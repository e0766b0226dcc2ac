"""Derives from the log what else the database holds: living responses, suspended cards, memories."""

from __future__ import annotations

from collections.abc import Iterable

from quiz import scheduling
from quiz.memory import Memory, Mode, Rating, Response, Review
from quiz.store.database import Connection
from quiz.store.rows import COLUMNS, Row, response_row

DERIVED = ("living", "memory", "suspended", "remark")
"""The tables that `rebuild` fills."""

_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_VALUES = ", ".join(f":{name}" for name in COLUMNS)
_APPLIED = ("event", "deck", "card", "target", "time", "text")
_APPEND = (  # above all that was written before, even if the clock was set back: an undo comes after its response
    f"INSERT INTO log ({_NAMES}, rank) VALUES ({_VALUES}, max(:time, (SELECT coalesce(max(rank), 0) + 1 FROM log)))"
)
_MERGE = f"INSERT INTO log ({_NAMES}, rank) VALUES ({_VALUES}, :rank)"


def append(database: Connection, row: Row) -> None:
    """Add a row to the log, with what it does to living responses and suspended cards."""
    seq = database.execute(_APPEND, row).lastrowid
    _apply(database, seq, *(row[name] for name in _APPLIED))


def extend(
    database: Connection, responses: Iterable[Response], retention: float
) -> dict[tuple[str, str], Memory | None]:
    """Add many responses to the log; returns the memories that they leave, by deck and card."""
    cards: dict[tuple[str, str], None] = {}
    for response in responses:
        append(database, response_row(response, retention))
        cards[response.deck, response.card] = None
    return {card: refold(database, *card) for card in cards}


def merge(database: Connection, rows: Iterable[Row]) -> int:
    """Add rows of another log, which keep their rank, and derive everything anew. Returns how many there were."""
    added = database.executemany(_MERGE, rows).rowcount
    if added:
        rebuild(database)
    return added


def agrees(database: Connection) -> bool:
    """Whether everything derived is what the log gives. It is derived anew: for a copy that is thrown away."""
    before = _derived(database)
    rebuild(database)
    return _derived(database) == before


def _derived(database: Connection) -> list[list[tuple[object, ...]]]:
    return [sorted(database.execute(f"SELECT * FROM {table}")) for table in DERIVED]


def rebuild(database: Connection) -> None:
    """Derive everything from the log anew: from its rows, and not from the order in which they came here."""
    for table in DERIVED:
        database.execute(f"DELETE FROM {table}")
    in_force = (
        f"SELECT seq, {', '.join(_APPLIED)} FROM log WHERE event <> 'reset' OR uuid NOT IN"
        " (SELECT target FROM log WHERE event = 'unreset') ORDER BY rank, uuid"
    )
    for row in database.execute(in_force):
        _apply(database, *row)
    for deck, card in database.execute("SELECT DISTINCT deck, card FROM living WHERE review").fetchall():
        refold(database, deck, card)


def refold(database: Connection, deck: str, card: str) -> Memory | None:
    """Derive the memory of a card from its reviews, and return it; None for a card without any.

    The order is that of time, then of rank. It may not be that of writing, and so the last review is not just added.
    """
    memory = None
    for day, rating, retention, mode in database.execute(
        "SELECT log.day, log.rating, log.retention, log.mode FROM living JOIN log USING (seq)"
        " WHERE living.deck = ? AND living.card = ? AND living.review ORDER BY living.time, log.rank, log.uuid",
        (deck, card),
    ).fetchall():
        memory = scheduling.review(memory, Review(day, Rating(rating), mode == Mode.ANKI), retention)
    database.execute("DELETE FROM memory WHERE deck = ? AND card = ?", (deck, card))
    if memory is not None:
        fields = (memory.stability, memory.difficulty, memory.last, memory.due, memory.reviews, memory.lapses)
        database.execute(
            "INSERT INTO memory (deck, card, stability, difficulty, last, due, reviews, lapses)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (deck, card, *fields),
        )
    return memory


def _apply(
    database: Connection,
    seq: int | None,
    event: str,
    deck: str,
    card: str,
    target: str | None,
    time: int,
    text: str | None,
) -> None:
    match event:
        case "response":
            _strike(database, target)
            database.execute(
                "INSERT INTO living (deck, card, time, seq, day, review)"
                " SELECT deck, card, time, seq, day, counts AND rating IS NOT NULL FROM log WHERE seq = ?",
                (seq,),
            )
        case "undo":
            _strike(database, target)
        case "suspend":
            database.execute("INSERT OR IGNORE INTO suspended (deck, card) VALUES (?, ?)", (deck, card))
        case "unsuspend":
            database.execute("DELETE FROM suspended WHERE deck = ? AND card = ?", (deck, card))
        case "reset":
            database.execute("DELETE FROM living WHERE deck = ? AND card = ?", (deck, card))
        case "note" | "flag" if text:
            database.execute(
                "INSERT OR REPLACE INTO remark (deck, card, event, text, time) VALUES (?, ?, ?, ?, ?)",
                (deck, card, event, text, time),
            )
        case "note" | "flag":
            database.execute("DELETE FROM remark WHERE deck = ? AND card = ? AND event = ?", (deck, card, event))
        case "rename":
            database.execute(
                "DELETE FROM remark WHERE deck = ? AND card = ? AND event IN"
                " (SELECT event FROM remark WHERE deck = ? AND card = ?)",
                (deck, card, deck, target),
            )
            database.execute("UPDATE remark SET card = ? WHERE deck = ? AND card = ?", (target, deck, card))
            for table in ("living", "suspended"):
                move = f"UPDATE OR REPLACE {table} SET card = ? WHERE deck = ? AND card = ?"
                database.execute(move, (target, deck, card))


def _strike(database: Connection, uuid: str | None) -> None:
    database.execute("DELETE FROM living WHERE seq = (SELECT seq FROM log WHERE uuid = ?)", (uuid,))
