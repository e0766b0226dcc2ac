"""Reads the review history out of a package or collection of Anki, which is untrusted input throughout.

The layouts: legacy exports hold ``collection.anki21`` or ``collection.anki2`` (schema 11), modern ones a protobuf
``meta`` with the version and ``collection.anki21b``, compressed with Zstandard (schema 18). Nothing is unpacked under a
name that the file chooses.
"""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, NamedTuple

from quiz.errors import UsageError

LARGEST = 4 << 30
"""Bytes of an unpacked collection; a hundred times what ten years of study leave."""

MOST_FOLD = 200
"""A collection does not shrink to less than a two-hundredth; what claims to is made to fill the disk."""

MOST_REVIEWS = 2_000_000
"""Reviews of our notes: a thousand a day for five years. More are not held in memory."""

NEWEST_VERSION = 3
_STEPS, _MOST_STEPS = 100_000, 20_000
"""SQLite instructions between two looks, and how many looks until a query is given up (after some ten seconds)."""

_LONGEST = 1 << 26
"""Bytes of the longest value that SQLite may make."""

_MOST_SAID = 200
"""Characters of an error that are shown."""

_WAYS_TO_PACK = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that Anki uses; the others can ask for gigabytes before the first byte is out."""

_COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
_BY_VERSION = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
_LEARN, _REVIEW, _RELEARN, _CRAM = range(4)
_EARLIEST, _LATEST = 946_684_800_000, 4_102_444_800_000
"""The years 2000 to 2100, in milliseconds: a review at another time is no review."""


class AnkiReview(NamedTuple):
    """A rated answer in Anki: note, time in milliseconds since 1970, rating from 1 to 4, milliseconds taken."""

    guid: str
    time: int
    ease: int
    took: int


def read_reviews(path: Path, guids: Collection[str]) -> tuple[AnkiReview, ...]:
    """The reviews of the notes with these guids, in order of time. Raises UsageError for a file of another sort."""
    with _unpacked(path) as collection, _one_line(path), closing(_opened(collection)) as database:
        return tuple(sorted(_reviews(path, database, guids), key=lambda each: (each.time, each.guid)))


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """The collection of a package, in a file of its own for as long as it is needed."""
    if not path.is_file():  # a pipe would be waited for, without end
        raise UsageError(printable(f"{path} is no file; name one that Anki wrote with File, Export"))
    with TemporaryDirectory(prefix="quiz-") as folder:
        target = Path(folder) / "collection.db"
        with _one_line(path), zipfile.ZipFile(path) as archive:
            member = _member(path, archive)
            if archive.getinfo(member).compress_type not in _WAYS_TO_PACK:
                raise UsageError(f"{path} is packed in a way that Anki does not use; export it again in Anki")
            with archive.open(member) as packed, target.open("wb") as plain:
                limit = min(LARGEST, path.stat().st_size * MOST_FOLD + (1 << 20))
                _copy(path, _plain(member, packed), plain, limit)
        yield target


def _member(path: Path, archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "meta" in names:
        with archive.open("meta") as meta:
            version = _version(meta.read(64))
        if version > NEWEST_VERSION:
            raise UsageError(f"{path} was written by a newer Anki; export it again with “Support older Anki versions”")
        wanted = _BY_VERSION.get(version, "")
        if wanted in names:
            return wanted
    else:
        for name in _COLLECTIONS[1:]:
            if name in names:
                return name
    raise UsageError(f"{path} holds no Anki collection; export a deck (.apkg) or a collection (.colpkg) in Anki")


def _version(meta: bytes) -> int:
    """The number in field 1 of a protobuf message; 0 where there is none."""
    if len(meta) < 2 or meta[0] != 0x08:
        return 0
    value = 0
    for place, byte in enumerate(meta[1:6]):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            break
    return value


def _plain(member: str, packed: IO[bytes]) -> Any:
    if not member.endswith("b"):
        return packed
    import zstandard  # for modern exports only

    return zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(packed)


def _copy(path: Path, source: Any, target: IO[bytes], limit: int) -> None:
    written = 0
    while block := source.read(1 << 20):
        written += len(block)
        if written > limit:
            raise UsageError(f"{path} unpacks to far more than it should and was not read")
        target.write(block)


@contextmanager
def _one_line(path: Path) -> Iterator[None]:
    """Turn what is wrong with the file into one printable line that says so.

    Whatever goes wrong here is the file's doing, and the libraries raise errors of a dozen sorts over a damaged one.
    """
    try:
        yield
    except UsageError as error:
        raise UsageError(printable(str(error))) from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise UsageError(printable(f"{path} is no Anki package, or damaged; export it again in Anki")) from error
    except OSError as error:
        raise UsageError(printable(f"{path} cannot be read ({error.strerror or error})")) from error
    except Exception as error:
        line = f"{path} is damaged or made to do harm ({str(error)[:_MOST_SAID]}); export it again in Anki"
        raise UsageError(printable(line)) from error


def printable(text: str) -> str:
    """The text in one line, without what could steer a terminal: error texts may quote what a package holds."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _opened(collection: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{collection.as_uri()}?mode=ro&immutable=1", uri=True)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    database.execute("PRAGMA cell_size_check = ON")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.text_factory = bytes  # text of other notes may be no UTF-8, and is no business of ours
    database.create_collation("unicase", _unicase)
    looks = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: next(looks, None) is None, _STEPS)
    return database


def _unicase(one: str, other: str) -> int:
    """Anki's order of names, without which SQLite would refuse its tables."""
    return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())


def _reviews(path: Path, database: sqlite3.Connection, guids: Collection[str]) -> Iterator[AnkiReview]:
    """The rows that are reviews: not those of rescheduling by hand, nor of cramming that leaves the schedule alone."""
    plain = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %'"  # no virtual tables
    if not {b"notes", b"cards", b"revlog"} <= {name for (name,) in database.execute(plain)}:
        raise UsageError(f"{path} is no Anki collection; export it again in Anki")
    ours = {guid.encode(): guid for guid in guids}
    note_of = {id: ours[guid] for id, guid in database.execute("SELECT id, guid FROM notes") if guid in ours}
    card_of = {
        id: note_of[note] for id, note in database.execute("SELECT id, nid FROM cards WHERE ord = 0") if note in note_of
    }
    found = 0
    for row in database.execute("SELECT id, cid, ease, time, type, factor FROM revlog"):
        if not all(isinstance(each, int) for each in row):
            continue
        time, card, ease, took, kind, factor = row
        counts = kind in (_LEARN, _REVIEW, _RELEARN) or (kind == _CRAM and factor)
        if card in card_of and 1 <= ease <= 4 and counts and _EARLIEST <= time <= _LATEST:
            found += 1
            if found > MOST_REVIEWS:
                raise UsageError(f"{path} holds more reviews than anybody could do and was not read")
            yield AnkiReview(card_of[card], time, ease, max(0, min(took, 3_600_000)))
