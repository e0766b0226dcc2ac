"""Turns what the log holds into plain rows, and back."""

from __future__ import annotations

from typing import Any

from quiz.memory import Confidence, Mode, Rating, Response, Stamp

Row = dict[str, Any]

COLUMNS = (
    *("uuid", "device", "time", "offset", "day", "event", "deck", "card", "kind", "seed", "options", "chosen", "typed"),
    *("claims", "took", "confidence", "right", "rating", "counts", "retention", "target"),
    *("mode", "sitting", "turn", "most", "text"),
)
"""The columns of the log, but for the number that the database gives to each row."""

RANKED = (*COLUMNS, "rank")
"""The columns of the log with the place of a row in its order, which a row that is written here is given then."""

_NOT_OF_RESPONSE = {"event", "retention", "target", "text"}


def event_row(
    event: str, stamp: Stamp, deck: str, card: str, target: str | None = None, text: str | None = None
) -> Row:
    """The row of an event that is no response."""
    row: Row = {name: getattr(stamp, name, None) for name in COLUMNS}
    return row | {"event": event, "deck": deck, "card": card, "target": target, "text": _whole(text)}


def response_row(response: Response, retention: float, instead_of: str | None = None) -> Row:
    """The row of a response; ``instead_of`` is the id of the one that it strikes out."""
    import json  # not needed before the first response

    row: Row = {name: getattr(response, name, None) for name in COLUMNS}
    return row | {
        "event": "response",
        "seed": str(response.seed),
        "options": json.dumps(response.options),
        "typed": _whole(response.typed),
        "claims": json.dumps(response.claims),
        "confidence": str(response.confidence),
        "mode": str(response.mode),
        "retention": retention,
        "target": instead_of,
    }


def _whole(text: str | None) -> str | None:
    """A text without the half characters that a terminal may hand over."""
    return text if text is None else text.encode("utf-8", "replace").decode()


def response_of(row: Row) -> Response:
    """The response that a row holds. Raises TypeError or ValueError for a row that `response_row` did not make."""
    import json

    plain = {name: value for name, value in row.items() if name not in _NOT_OF_RESPONSE}
    read = {
        "seed": int(row["seed"]),
        "options": tuple(json.loads(row["options"])),
        "claims": tuple((subject, feature, holds) for subject, feature, holds in json.loads(row["claims"])),
        "confidence": Confidence(row["confidence"]),
        "mode": Mode(row["mode"]),
        "right": None if row["right"] is None else bool(row["right"]),
        "rating": None if row["rating"] is None else Rating(row["rating"]),
        "counts": bool(row["counts"]),
    }
    return Response(**plain | read)
