"""The log as lines of JSON, and back: what comes from a file is checked before anything is done with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from quiz.errors import StorageError
from quiz.memory import Mode
from quiz.scheduling import LEAST_RETENTION, MOST_RETENTION
from quiz.store.rows import COLUMNS, RANKED, Row, response_of

HEAD = {"tellapart": "progress", "version": 1}
"""The first line; the rows follow, one a line, each an object with all columns of the log."""

LONGEST_LINE = 1_000_000
"""In bytes; a row of ours takes about one thousand."""

_MOST = 10**15
"""Of times and ranks in milliseconds, so that neither these nor what is added to them leaves the range of SQLite."""

Check = Callable[[Any], bool]


def _number(least: int, most: int) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def _text(least: int = 0, pattern: str = "") -> Check:
    return lambda value: (
        isinstance(value, str)
        and len(value) >= least
        and not any("\ud800" <= each <= "\udfff" for each in value)
        and (not pattern or re.fullmatch(pattern, value) is not None)
    )


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _retention(value: object) -> bool:
    return isinstance(value, float | int) and LEAST_RETENTION <= value <= MOST_RETENTION


_EVENTS = ("response", "undo", "suspend", "unsuspend", "rename", "note", "flag", "reset", "unreset")
_CHECKS: dict[str, Check] = {
    "uuid": _text(1),
    "device": _text(),
    "time": _number(-_MOST, _MOST),
    "offset": _number(-1_440, 1_440),
    "day": _number(-700_000, 2_900_000),  # in the years 1 to 9999
    "event": _EVENTS.__contains__,
    "deck": _text(1),
    "card": _text(1),
    "kind": _or_none(_text()),
    "seed": _or_none(_text(1, r"-?\d{1,4000}")),
    "options": _or_none(_text()),
    "chosen": _or_none(_number(0, 1_000)),
    "typed": _or_none(_text()),
    "claims": _or_none(_text()),
    "took": _or_none(_number(0, _MOST)),
    "confidence": _or_none(_text()),
    "right": _or_none(_number(0, 1)),
    "rating": _or_none(_number(1, 4)),
    "counts": _or_none(_number(0, 1)),
    "retention": _or_none(_retention),
    "target": _or_none(_text(1)),
    "mode": _or_none(_text()),
    "sitting": _or_none(_text()),
    "turn": _or_none(_number(0, _MOST)),
    "most": _or_none(_number(0, _MOST)),
    "text": _or_none(_text()),
    "rank": _number(-_MOST, 2 * _MOST),
}
_NEEDED = {
    "response": ("kind", "seed", "options", "typed", "claims", "took", "confidence", "counts", "retention", "mode"),
    "undo": ("target",),
    "rename": ("target",),
    "unreset": ("target",),
    "note": ("text",),
    "flag": ("text",),
}
"""What a row may not leave open."""


def lines_of(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a file with these rows, without line ends."""
    yield json.dumps(HEAD)
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)


def is_ours(first: bytes) -> bool:
    """Whether a file that begins with this line was written here."""
    try:
        return bool(json.loads(first).get("tellapart") == HEAD["tellapart"])
    except (ValueError, AttributeError, RecursionError):
        return False


def read_rows(file: BinaryIO, name: str) -> Iterator[tuple[str, Row]]:
    """The rows in a file, each with its place as "name:line". Raises StorageError at the first that is not sound."""
    first = file.readline(LONGEST_LINE)
    if not is_ours(first):
        raise StorageError(f"{name}:1: this is no progress of quiz; `quiz progress export` writes such files")
    if json.loads(first).get("version") != HEAD["version"]:
        raise StorageError(f"{name}:1: written by a newer version of quiz; upgrade quiz")
    number = 1
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        place = f"{name}:{number}"
        if len(line) > LONGEST_LINE:
            raise StorageError(f"{place}: longer than any line that quiz writes; export the file anew")
        if line.strip():
            yield place, _row(line, place)


def _row(line: bytes, place: str) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise StorageError(f"{place}: no JSON, or cut short; export the file anew") from error
    if not isinstance(row, dict) or row.keys() != set(RANKED):
        raise StorageError(f"{place}: not the columns of a row of the log; export the file anew")
    if wrong := wrong_column(row):
        raise StorageError(f'{place}: "{wrong}" is nothing that quiz writes there; export the file anew')
    return row


def wrong_column(row: Row) -> str | None:
    """The first column of a row of the log that holds what quiz never writes there; None if there is none."""
    wrong = next((column for column, check in _CHECKS.items() if not check(row[column])), None)
    if wrong is None:
        wrong = next((column for column in _NEEDED.get(row["event"], ()) if row[column] is None), None)
    if wrong is None and row["event"] == "response":
        wrong = _unlike_a_response(row)
    return wrong


def _unlike_a_response(row: Row) -> str | None:
    """The column by which a row is no response; None if it is one."""
    try:
        response = response_of({name: row[name] for name in COLUMNS})
    except (TypeError, ValueError, RecursionError):
        return "response"
    if not all(isinstance(option, str) for option in response.options):
        return "options"
    if not all(isinstance(a, str) and isinstance(b, str) and isinstance(c, bool) for a, b, c in response.claims):
        return "claims"
    return None if response.mode in Mode else "mode"
