"""Derives from the log what else the database holds: living responses, suspended cards, memories."""

from __future__ import annotations

from quiz import scheduling
from quiz.memory import Memory, Rating, Review
from quiz.store.database import Connection
from quiz.store.rows import COLUMNS, Row

_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_APPEND = f"INSERT INTO log ({_NAMES}) VALUES ({', '.join(f':{name}' for name in COLUMNS)})"


def append(database: Connection, row: Row) -> None:
    """Add a row to the log, with what it does to living responses and suspended cards."""
    seq = database.execute(_APPEND, row).lastrowid
    _apply(database, seq, row["event"], row["deck"], row["card"], row["target"])


def rebuild(database: Connection) -> None:
    """Derive everything from the log anew."""
    for table in ("living", "memory", "suspended"):
        database.execute(f"DELETE FROM {table}")
    for row in database.execute("SELECT seq, event, deck, card, target FROM log ORDER BY seq"):
        _apply(database, *row)
    for deck, card in database.execute("SELECT DISTINCT deck, card FROM living WHERE review").fetchall():
        refold(database, deck, card)


def refold(database: Connection, deck: str, card: str) -> Memory | None:
    """Derive the memory of a card from its reviews, and return it; None for a card without any.

    The order is that of time. It may not be that of writing, and so the last review is not just added to what was.
    """
    memory = None
    for day, rating, retention in database.execute(
        "SELECT log.day, log.rating, log.retention FROM living JOIN log USING (seq)"
        " WHERE living.deck = ? AND living.card = ? AND living.review ORDER BY living.time, living.seq",
        (deck, card),
    ).fetchall():
        memory = scheduling.review(memory, Review(day, Rating(rating)), retention)
    database.execute("DELETE FROM memory WHERE deck = ? AND card = ?", (deck, card))
    if memory is not None:
        fields = (memory.stability, memory.difficulty, memory.last, memory.due, memory.reviews, memory.lapses)
        database.execute(
            "INSERT INTO memory (deck, card, stability, difficulty, last, due, reviews, lapses)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (deck, card, *fields),
        )
    return memory


def _apply(database: Connection, seq: int | None, event: str, deck: str, card: str, target: str | None) -> None:
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
        case "rename":
            for table in ("living", "suspended"):
                move = f"UPDATE OR REPLACE {table} SET card = ? WHERE deck = ? AND card = ?"
                database.execute(move, (target, deck, card))


def _strike(database: Connection, uuid: str | None) -> None:
    database.execute("DELETE FROM living WHERE seq = (SELECT seq FROM log WHERE uuid = ?)", (uuid,))
