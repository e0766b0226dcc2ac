"""Writes packages with genanki. Ids, times and file dates hang on the content, so that equal notes give equal bytes."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import genanki

from quiz.anki.notes import Note
from quiz.anki.notetypes import MODIFIED, NOTE_TYPES, NoteType, style

_FIRST_ID, _IDS = 10**12, 45 * 10**10
"""Ids of notes and cards look like times of the years 2001 to 2015, so that none collides with what a learner makes."""

_FIRST_DECK, _DECKS = 1_600_000_000_000, 10**11
_LEVEL = 3
"""How hard to compress: the usual 6 takes a large part of an export's time, for files an eighth smaller."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_EPOCH = 1_577_880_000
"""2020-01-01 12:00 UTC, the day from which Anki is to count the days of what is exported."""


class Standing(NamedTuple):
    """The progress of a card as Anki keeps it: memory (see `Memory`), the day it is due counted from 2020-01-01, the
    interval in days, and its reviews as rows of the review log."""

    stability: float
    difficulty: float
    retention: float
    decay: float
    last_review: int
    due: int
    interval: int
    reviews: int
    lapses: int
    log: tuple[tuple[int, int, int, int, int, int, int], ...]


class Entry(NamedTuple):
    """A note to be written: when its content last changed (seconds since 1970), and its progress if it has any.

    A note without a card updates the one that a learner has, and gives nobody else a card to learn.
    """

    note: Note
    changed: int
    standing: Standing | None = None
    is_suspended: bool = False
    has_card: bool = True


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type whose time of change is its own, so that a learner's own style is kept."""

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        data: dict[str, Any] = super().to_json(MODIFIED, deck_id)
        data["did"] = None
        return data


def _model(type_: NoteType) -> _Model:
    fields = [{"name": name, "id": type_.field_id(place)} for place, name in enumerate(type_.fields)]
    template = {"name": "Card", "qfmt": type_.front, "afmt": type_.back, "id": type_.template_id}
    kind = genanki.Model.CLOZE if type_.is_cloze else genanki.Model.FRONT_BACK
    model = _Model(type_.id, type_.name, fields=fields, templates=[template], css=style(), model_type=kind)
    model.__dict__["_req"] = [[0, "any", [type_.fields.index("Id")]]]  # what genanki would find out by rendering
    return model


class _Deck(genanki.Deck):  # type: ignore[misc]
    """A deck that holds no notes: those are written one by one, so that a hundred thousand need no memory."""


def id_of(name: str, first: int, count: int) -> int:
    """A number from ``first`` on that hangs on nothing but the name."""
    return first + int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") % count


def is_ours(path: Path) -> bool:
    """Whether a file is a package as written here, and not one in which Anki keeps what a learner did."""
    try:
        with zipfile.ZipFile(path) as archive:
            return all(info.date_time == _ZIP_DATE for info in archive.infolist()) and "meta" not in archive.namelist()
    except (OSError, ValueError, zipfile.BadZipFile):
        return False


def write_package(
    path: Path,
    entries: Iterable[Entry],
    descriptions: Mapping[str, str],
    rollover: int = 4,
) -> None:
    """Write a package of the notes, in the order in which new ones are to be learned.

    ``descriptions`` are shown with the decks of these names; ``rollover`` is the hour at which the day begins.
    Raises OSError; a file that was there before stays as it was then.
    """
    try:
        _write(path, entries, descriptions, rollover)
    except sqlite3.Error as error:  # such as a full disk
        raise OSError(str(error)) from error


def _write(path: Path, entries: Iterable[Entry], descriptions: Mapping[str, str], rollover: int) -> None:
    with TemporaryDirectory(prefix=".quiz-", dir=path.parent) as aside:
        collection = Path(aside) / "collection.anki2"
        with closing(sqlite3.connect(collection)) as database:
            _fill(database, entries, descriptions, rollover)
            (holds_progress,) = database.execute("SELECT EXISTS (SELECT 1 FROM revlog)").fetchone()
        package = Path(aside) / path.name
        with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "collection.anki2", collection)
            archive.writestr(_info("media"), "{}")
        if holds_progress:
            package.chmod(0o600)
        os.replace(package, path)  # noqa: PTH105 - both are paths already


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info._compresslevel = _LEVEL  # type: ignore[attr-defined]  # there is no other way where the date is set too
    info.external_attr = 0o600 << 16
    return info


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    with path.open("rb") as source, archive.open(_info(name), "w", force_zip64=True) as target:
        while block := source.read(1 << 20):
            target.write(block)


def _fill(
    database: sqlite3.Connection,
    entries: Iterable[Entry],
    descriptions: Mapping[str, str],
    rollover: int,
) -> None:
    cursor = database.cursor()
    genanki.Package([]).write_to_db(cursor, float(MODIFIED), iter(()))
    indexes = _without_indexes(cursor)
    decks: dict[str, int] = {}
    cursor.executemany("INSERT INTO notes VALUES (?,?,?,?,?,?,?,?,?,?,?)", _rows(cursor, entries, decks))
    for index in indexes:
        cursor.execute(index)
    _describe(cursor, decks, descriptions, rollover)
    database.commit()


def _without_indexes(cursor: sqlite3.Cursor) -> list[str]:
    """Drop the indexes, to be made anew once all rows are there, which takes half the time."""
    found = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _rows(cursor: sqlite3.Cursor, entries: Iterable[Entry], decks: dict[str, int]) -> Iterator[tuple[object, ...]]:
    """The rows of the notes; that of its card, and its reviews, are written on the way."""
    cards = cursor.connection.cursor()
    taken: set[int] = set()
    for place, entry in enumerate(entries):
        note, standing = entry.note, entry.standing
        id = id_of(note.guid, _FIRST_ID, _IDS)
        while id in taken:
            id += 1
        taken.add(id)
        if entry.has_card:
            name = "::".join(note.path)
            deck = decks.setdefault(name, id_of(name, _FIRST_DECK, _DECKS))
            cards.execute(_CARD, _card_row(id, deck, place, entry))
        if standing:
            cards.executemany(
                "INSERT INTO revlog VALUES (?,?,-1,?,?,?,?,?,?)",
                ((time, id, ease, interval, last, factor, took, kind)
                 for time, ease, interval, last, factor, took, kind in standing.log),
            )  # fmt: skip
        tags = f" {' '.join(note.tags)} "
        fields = note.values
        yield id, note.guid, note.type.id, entry.changed, -1, tags, "\x1f".join(fields), fields[0], 0, 0, ""


_SUSPENDED = -1
_CARD = "INSERT INTO cards VALUES (?,?,?,0,?,-1,?,?,?,?,?,?,?,0,0,0,0,?)"


def _card_row(id: int, deck: int, place: int, entry: Entry) -> tuple[object, ...]:
    standing = entry.standing
    if standing is None:
        queue = _SUSPENDED if entry.note.is_extra or entry.is_suspended else 0
        return id, id, deck, entry.changed, 0, queue, place + 1, 0, 0, 0, 0, ""
    queue = _SUSPENDED if entry.is_suspended else 2
    memory = {
        "s": standing.stability,
        "d": standing.difficulty,
        "dr": standing.retention,
        "decay": standing.decay,
        "lrt": standing.last_review,
    }
    data = json.dumps(memory, separators=(",", ":"))
    return (
        *(id, id, deck, entry.changed, 2, queue, standing.due, standing.interval, 2500),
        *(standing.reviews, standing.lapses, data),
    )


def _describe(cursor: sqlite3.Cursor, decks: Mapping[str, int], descriptions: Mapping[str, str], rollover: int) -> None:
    """Put note types, decks and the scheduler's settings into the one row of the collection."""
    all_decks = dict(decks)
    for name in list(decks):
        parts = name.split("::")
        for depth in range(1, len(parts)):
            parent = "::".join(parts[:depth])
            all_decks.setdefault(parent, id_of(parent, _FIRST_DECK, _DECKS))
    (known, conf) = cursor.execute("SELECT decks, conf FROM col").fetchone()
    table = json.loads(known)
    for name, id in sorted(all_decks.items()):
        table[str(id)] = {**_Deck(id, name, descriptions.get(name, "")).to_json(), "mod": MODIFIED}
    models = {str(type_.id): _model(type_).to_json(MODIFIED, 1) for type_ in NOTE_TYPES}
    settings = {**json.loads(conf), "schedVer": 2, "sched2021": True, "creationOffset": 0, "rollover": rollover}
    cursor.execute(
        "UPDATE col SET crt = ?, mod = ?, scm = ?, models = ?, decks = ?, conf = ?",
        (_EPOCH, MODIFIED * 1000, MODIFIED * 1000, json.dumps(models), json.dumps(table), json.dumps(settings)),
    )
