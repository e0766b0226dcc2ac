"""The lock file beside a deck: when the content of each note last changed, so that two exporters agree.

Anki takes an update only for a note with a newer time of change. A package must therefore not carry the time of the
export, but that of the change; the file keeps it, and is kept with the deck.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from quiz.anki.notes import Note
from quiz.anki.notetypes import NOTE_TYPES
from quiz.errors import DeckError
from quiz.private import put

NAME = "anki-lock.json"
WHOLE, GIVEN = "notes", "given"
"""The parts of the file: notes of the whole deck, and as its given sources alone tell them."""

_LATEST = 4_102_444_800
"""The year 2100: no note changed later."""

_TYPES = {each.key for each in NOTE_TYPES}

RETIRED = "retired"
"""In the place of the hash of a note whose card left the deck."""


class Entry(NamedTuple):
    """What is known of a note: a hash of its content, when that last changed (seconds since 1970), and what to say of
    it should its card leave the deck."""

    digest: str
    changed: int
    type: str
    stem: str
    answer: str


Lock = Mapping[str, Entry]


def read_lock(folder: Path, part: str = WHOLE) -> Lock:
    """The lock of a deck folder by card id; empty when there is none. Raises DeckError for a file it cannot use."""
    return _read(folder / NAME).get(part, {})


def _read(path: Path) -> dict[str, Lock]:
    """All parts of a lock file."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {
            part: {_name(card): _entry(entry) for card, entry in entries.items()}
            for part, entries in {WHOLE: {}, **table}.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        remedy = "take it from the deck's last version; only if nobody imported the deck yet may it be deleted"
        raise DeckError(f"{path} cannot be used ({error}); {remedy}", ()) from error


def _entry(entry: list[object]) -> Entry:
    digest, changed, type_, stem, answer = entry
    if type(changed) is not int or not 0 <= changed <= _LATEST or type_ not in _TYPES:
        raise ValueError("an entry is no hash, time, type, stem and answer")
    return Entry(_text(digest), changed, _text(type_), _field(stem), _field(answer))


def _name(value: object) -> str:
    """A card's id, which also stands in an attribute."""
    if {'"', "&"} & set(_field(value)):
        raise ValueError("a key is no id of a card")
    return str(value)


def _field(value: object) -> str:
    """What stands in a field of a note, where `escape` leaves no tag and no bracket; the deck may be a stranger's."""
    text = _text(value)
    if "<" in text or "[" in text or "\\(" in text:
        raise ValueError("an entry holds more than text")
    return text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("there is something else where a text belongs")
    value.encode()  # half characters, which no package can hold, are refused
    return value


def locked(lock: Lock, notes: Iterable[Note], now: int) -> dict[str, Entry]:
    """The lock after an export.

    An unchanged note keeps its time. A new one gets ``now``, and so does a changed one, but always a later time than it
    had. A note whose card is gone stays in it, as changed when it was first missed.
    """
    made = list(notes)
    living = {note.name for note in made}
    found = {
        card: entry
        if card in living or entry.digest == RETIRED
        else entry._replace(digest=RETIRED, changed=max(now, entry.changed + 1))
        for card, entry in lock.items()
    }
    for note in made:
        known = lock.get(note.name)
        if known is None or known.digest != note.digest:
            changed = now if known is None else max(now, known.changed + 1)
            stem = note.fields.get("Stem") or note.fields.get("Text", "")
            answer = note.fields.get("Answer") or note.fields.get("Reply", "")
            found[note.name] = Entry(note.digest, changed, note.type.key, stem, answer)
    return found


def write_lock(folder: Path, lock: Lock, part: str = WHOLE) -> None:
    """Write the lock, a note a line, in the order of card ids; other parts stay. Raises OSError, and as `read_lock`."""
    path = folder / NAME
    parts = {WHOLE: {}, **_read(path), part: lock}
    blocks = (
        f'"{name}": {{\n'
        + ",\n".join(f"{json.dumps(card)}: {json.dumps(list(of[card]), ensure_ascii=False)}" for card in sorted(of))
        + "\n}"
        for name, of in sorted(parts.items(), reverse=True)
    )
    put(path, ("{" + ",\n".join(blocks) + "}\n").encode(), private=False)
