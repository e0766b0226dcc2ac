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
from quiz.errors import DeckError

NAME = "anki-lock.json"
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


def read_lock(folder: Path) -> Lock:
    """The lock of a deck folder by card id; empty when there is none. Raises DeckError for a file it cannot use."""
    path = folder / NAME
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {card: Entry(*_checked(entry)) for card, entry in table["notes"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        remedy = "take it from the deck's last version, or delete it: all notes then count as changed now"
        raise DeckError(f"{path} cannot be used ({error}); {remedy}", ()) from error


def _checked(entry: list[object]) -> tuple[str, int, str, str, str]:
    digest, changed, type_, stem, answer = entry
    texts = (digest, type_, stem, answer)
    if not isinstance(changed, int) or not all(isinstance(each, str) for each in texts):
        raise ValueError("an entry is no hash, time, type, stem and answer")
    return str(digest), changed, str(type_), str(stem), str(answer)


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


def write_lock(folder: Path, lock: Lock) -> None:
    """Write the lock, a note a line, in the order of card ids. Raises OSError."""
    lines = (f"{json.dumps(card)}: {json.dumps(list(lock[card]), ensure_ascii=False)}" for card in sorted(lock))
    path = folder / NAME
    aside = path.with_suffix(".new")
    try:
        aside.write_text('{"notes": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
