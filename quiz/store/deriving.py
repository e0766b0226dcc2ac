"""Derives from the log what else the database holds: living responses, suspended cards, memories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from quiz import scheduling
from quiz.memory import Memory, Mode, Rating, Response
from quiz.store.database import Connection
from quiz.store.rows import COLUMNS, Row, response_row

DERIVED = {
    "living": "deck, card, time, seq",
    "memory": "deck, card",
    "suspended": "deck, card",
    "remark": "deck, card, event",
}
"""The tables that `rebuild` fills, and their keys."""

PARTS = 100
"""By so many in all `rebuild` and what calls it advance a progress bar."""

Advance = Callable[[int], None]

_NAMES = ", ".join(f'"{name}"' for name in COLUMNS)
_VALUES = ", ".join(f":{name}" for name in COLUMNS)
_APPLIED = ("event", "deck", "card", "target", "time", "text")
_APPEND = (  # above all that was written before, even if the clock was set back: an undo comes after its response
    f"INSERT INTO log ({_NAMES}, rank) VALUES ({_VALUES}, max(:time, (SELECT coalesce(max(rank), 0) + 1 FROM log)))"
)
_MERGE = f"INSERT INTO log ({_NAMES}, rank) VALUES ({_VALUES}, :rank)"

_LIVING = "deck, card, time, seq, day, review"
_LIVES = "SELECT deck, card, time, seq, day, counts AND rating IS NOT NULL FROM log"
_SAME = (  # by the sign + SQLite finds the living row by day, next to that of the row of the log before
    "log.event = 'response' AND log.deck = living.deck AND log.day = living.day AND log.card = living.card"
    " AND (log.counts AND log.rating IS NOT NULL) = living.review AND log.time = living.time AND log.seq = +living.seq"
)
"""That a row of the log is a response, and a living row what it leaves where nothing disturbs it."""

_RESPONDED = (
    "log.day, CASE WHEN log.counts THEN log.rating END, log.retention,"
    f" log.mode = '{Mode.ANKI}'"  # there each review moves the memory
)
_Responded = tuple[int, int | None, float, int, str, str, int]
"""What `_RESPONDED` says of a response, the rating None if it was no review; deck and card; whether it is living."""

_RATINGS = {rating.value: rating for rating in Rating}
_REMEMBER = (
    "INSERT INTO memory (deck, card, stability, difficulty, last, due, reviews, lapses) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_REMEMBER_ANEW = _REMEMBER.replace("INSERT", "INSERT OR REPLACE", 1)
_STRIKE = (  # what comes before its response strikes nothing, as a file from elsewhere may have it
    "INSERT OR IGNORE INTO struck SELECT log.seq FROM log AS other NOT INDEXED JOIN log ON log.uuid = other.target"
    " WHERE other.event IN ('undo', 'response') AND log.event = 'response'"
    " AND (other.rank, other.uuid) > (log.rank, log.uuid)"
)
_DISTURB = (
    "WITH other AS (SELECT deck, card, event, target FROM log NOT INDEXED WHERE event NOT IN ('response', 'undo'))"
    " INSERT OR IGNORE INTO disturbed SELECT deck, card FROM other"
    " UNION SELECT deck, target FROM other WHERE event = 'rename'"
)
_UNDISTURBED = (  # not by NOT IN, for which SQLite goes over all pairs each time
    "event = 'response' AND seq NOT IN temp.struck AND NOT EXISTS"
    " (SELECT 1 FROM temp.disturbed AS other WHERE other.deck = log.deck AND other.card = log.card)"
)


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


def merge(database: Connection, rows: Iterable[Row], advance: Advance) -> int:
    """Add rows of another log, which keep their rank, and derive everything anew. Returns how many there were."""
    added = database.executemany(_MERGE, rows).rowcount
    if added:
        rebuild(database, advance)
    return added


def agrees(database: Connection, advance: Advance) -> bool:
    """Whether everything derived is what the log gives. It is derived anew: for a copy that is thrown away."""
    before = _digest(database)
    rebuild(database, advance)
    return _digest(database) == before


def _digest(database: Connection) -> bytes:
    """What stands for everything derived: a log of a million rows gives too much to hold twice."""
    from hashlib import blake2b  # not needed for a sitting

    digest = blake2b()
    for table, key in DERIVED.items():
        for row in database.execute(f"SELECT * FROM {table} ORDER BY {key}"):
            digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.digest()


def rebuild(database: Connection, advance: Advance = lambda _: None) -> None:
    """Derive everything from the log anew: from its rows, and not from the order in which they came here.

    Most cards were only ever answered. What lives of theirs is the log as it stands, less what was struck out: so it is
    read once, sorted by card, and what is living already is left as it is. A card of which the log says more, as that
    it was renamed, is **disturbed**: its rows are applied one by one. ``advance`` is told of `PARTS` parts in all.
    """
    database.execute("CREATE TEMP TABLE struck (seq INTEGER PRIMARY KEY)")
    database.execute("CREATE TEMP TABLE disturbed (deck TEXT, card TEXT, PRIMARY KEY (deck, card)) WITHOUT ROWID")
    database.execute(_STRIKE)
    database.execute(_DISTURB)
    database.execute("DELETE FROM memory")
    undisturbed = _Undisturbed(database, advance)
    database.executemany(_REMEMBER, undisturbed)
    _set_right(database, undisturbed)
    _replay_disturbed(database)
    for table in ("struck", "disturbed"):
        database.execute(f"DROP TABLE temp.{table}")


class _Undisturbed:
    """The memories of the undisturbed cards as rows; when all were taken, how many responses should live, and do."""

    def __init__(self, database: Connection, advance: Advance) -> None:
        self.responses = 0
        self.living = 0
        self._database = database
        self._advance = advance

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        responses: Iterator[_Responded] = self._database.execute(
            f"SELECT {_RESPONDED}, deck, card, EXISTS (SELECT 1 FROM living WHERE {_SAME})"
            f" FROM log NOT INDEXED WHERE {_UNDISTURBED}"
            " ORDER BY deck, card, time, rank, uuid"
        )
        (rows,) = self._database.execute("SELECT count(*) FROM log").fetchone()
        parts = 0
        for (deck, card), of_card in groupby(responses, itemgetter(4, 5)):
            each = list(of_card)
            self.responses += len(each)
            self.living += sum(map(itemgetter(6), each))
            memory = _folded(each)
            if memory is not None:
                yield deck, card, *memory
            if (done := self.responses * PARTS // rows) > parts:
                self._advance(done - parts)
                parts = done
        self._advance(PARTS - parts)


def _set_right(database: Connection, undisturbed: _Undisturbed) -> None:
    """Let of the responses to undisturbed cards live those that should, and of others none."""
    database.execute("DELETE FROM living WHERE (deck, card) IN temp.disturbed")
    (living,) = database.execute("SELECT count(*) FROM living").fetchone()
    if living != undisturbed.living:
        database.execute(f"DELETE FROM living WHERE seq IN temp.struck OR NOT EXISTS (SELECT 1 FROM log WHERE {_SAME})")
    if undisturbed.living < undisturbed.responses:
        database.execute(
            f"INSERT INTO living ({_LIVING}) {_LIVES} NOT INDEXED WHERE {_UNDISTURBED}"
            " AND seq NOT IN (SELECT seq FROM living)"
        )


def _replay_disturbed(database: Connection) -> None:
    """Derive what the disturbed cards have, row by row of the log in its order."""
    for table in ("suspended", "remark"):
        database.execute(f"DELETE FROM {table}")
    in_force = (  # what is struck out by them is left out, so that undos and replies in place of others strike no more
        "SELECT seq, event, deck, card, CASE event WHEN 'rename' THEN target END, time, text FROM log NOT INDEXED"
        " WHERE (deck, card) IN temp.disturbed AND seq NOT IN temp.struck AND event <> 'undo'"
        " AND (event <> 'reset' OR uuid NOT IN (SELECT target FROM log WHERE event = 'unreset')) ORDER BY rank, uuid"
    )
    for row in database.execute(in_force):
        _apply(database, *row)
    for deck, card in database.execute("SELECT deck, card FROM temp.disturbed").fetchall():
        refold(database, deck, card)


def remember(database: Connection, response: Response, retention: float) -> Memory | None:
    """Derive the memory of a card after a response that was appended just now; returns it as `refold` does.

    As a rule it is the latest one. Then it is added to what the memory was, which comes to the same.
    """
    card = response.deck, response.card
    not_before = "SELECT 1 FROM living WHERE deck = ? AND card = ? AND time >= ? LIMIT 2"  # itself, and what is later
    known = database.execute(
        "SELECT stability, difficulty, last, due, reviews, lapses FROM memory WHERE deck = ? AND card = ?", card
    ).fetchone()
    if known is None or len(database.execute(not_before, (*card, response.time)).fetchall()) > 1:
        return refold(database, *card)
    memory: Memory | None = Memory(*known)
    if response.counts and response.rating is not None:
        every = response.mode is Mode.ANKI
        memory = scheduling.fold(memory, [(response.day, response.rating, every, retention)])
        if memory is not None:
            database.execute(_REMEMBER_ANEW, (*card, *memory))
    return memory


def refold(database: Connection, deck: str, card: str) -> Memory | None:
    """Derive the memory of a card from its reviews, and return it; None for a card without any.

    The order is that of time, then of rank, and not that of writing.
    """
    memory = _folded(
        database.execute(
            f"SELECT {_RESPONDED}, living.deck, living.card, 1 FROM living JOIN log USING (seq)"
            " WHERE living.deck = ? AND living.card = ? AND living.review ORDER BY living.time, log.rank, log.uuid",
            (deck, card),
        )
    )
    database.execute("DELETE FROM memory WHERE deck = ? AND card = ?", (deck, card))
    if memory is not None:
        database.execute(_REMEMBER, (deck, card, *memory))
    return memory


def _folded(responses: Iterable[_Responded]) -> Memory | None:
    """The memory after the responses to a card in order; None when none is a review."""
    return scheduling.fold(
        None,
        (
            (day, _RATINGS[rating], every == 1, retention)
            for day, rating, retention, every, _, _, _ in responses
            if rating is not None
        ),
    )


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
            database.execute(f"INSERT INTO living ({_LIVING}) {_LIVES} WHERE seq = ?", (seq,))
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
