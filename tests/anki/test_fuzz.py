"""Packages damaged at random, with fixed seeds, are read or refused in one printable line, and nothing else happens."""

from __future__ import annotations

import io
import random
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
import zstandard

from quiz.anki.reading import _EARLIEST, _LATEST, read_reviews
from quiz.errors import UsageError

NOW = 1_790_000_000_000
OURS = frozenset(f"ours-{number}" for number in range(20))
SCHEMA = """
CREATE TABLE col (id INTEGER PRIMARY KEY, crt INTEGER, conf TEXT);
CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT NOT NULL, mid INTEGER, flds TEXT);
CREATE TABLE cards (id INTEGER PRIMARY KEY, nid INTEGER, ord INTEGER);
CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid INTEGER, usn INTEGER, ease INTEGER, ivl INTEGER, lastIvl INTEGER,
                     factor INTEGER, time INTEGER, type INTEGER);
CREATE INDEX ix_notes_guid ON notes (guid);
CREATE INDEX ix_cards_nid ON cards (nid);
"""

ODD = (
    None, "", "x", "\x1b[2J\x1b]0;title\x07", "ours-1\x00", b"ours-1", b"\xff\xfe\x80", "ours-1\n", 0, -1, 1, 3, 2**63 - 1,
    -(2**63), 1e308, -1e-308, float("inf"), float("nan"), 3.5, "3", "1790000000000", NOW, 4_102_444_800_001, "\U0010ffff" * 50,
)  # fmt: skip
COLUMNS = {
    "notes": ("guid", "mid", "flds"),
    "cards": ("nid", "ord"),
    "revlog": ("cid", "ease", "ivl", "factor", "time", "type"),
}
SCHEMES = (
    'ALTER TABLE cards RENAME COLUMN ord TO "\x1b[31mord"',
    'CREATE TABLE "\x1b[2J" (x)',
    "DROP TABLE revlog",
    "ALTER TABLE notes DROP COLUMN mid",
    "CREATE TRIGGER t AFTER INSERT ON revlog BEGIN DELETE FROM notes; END",
    "DROP TABLE cards; CREATE VIEW cards AS SELECT id, id AS nid, 0 AS ord FROM notes",
    "DROP TABLE cards; CREATE TABLE cards (id, nid, ord)",
    "DROP TABLE revlog; CREATE TABLE revlog (id, cid, ease, time, type, factor); INSERT INTO revlog VALUES ('\x1b', 1, 3, 9, 1, 1)",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
    " 'CREATE TABLE notes (id INTEGER PRIMARY KEY, guid TEXT AS (''ours-'' || id))' WHERE name = 'notes'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
    " 'CREATE TABLE notes (id INTEGER PRIMARY KEY, guid AS (hex(zeroblob(1 << 28))))' WHERE name = 'notes'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE \x1b[31m(' WHERE name = 'cards'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 1 WHERE name = 'revlog'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'notes'",
    "PRAGMA user_version = -1; PRAGMA application_id = 7",
)  # fmt: skip

Mutation = Callable[[random.Random, Path], bytes]


def collection(folder: Path, change: Callable[[sqlite3.Connection], object] = lambda _database: None) -> bytes:
    path = folder / "made.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA)
        database.executemany(
            "INSERT INTO notes VALUES (?, ?, 1, ?)", ((i, f"ours-{i}", "text " * 30) for i in range(1, 60))
        )
        database.executemany("INSERT INTO cards VALUES (?, ?, 0)", ((100 + i, i) for i in range(1, 60)))
        database.executemany(
            "INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 1, 500, 900, 1)",
            ((NOW + i, 101 + i % 59, 1 + i % 4) for i in range(300)),
        )
        database.commit()
        change(database)
        database.commit()
    return path.read_bytes()


def packed(lot: random.Random, inner: bytes, damage: Callable[[bytes], bytes] = lambda content: content) -> bytes:
    """A package of any of the three layouts; ``damage`` is done to the member as it is stored."""
    layout = lot.randrange(3)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", lot.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        if layout == 0:
            archive.writestr("meta", b"\x08\x03")
            archive.writestr("collection.anki21b", damage(zstandard.compress(inner)))
        elif layout == 1:
            archive.writestr("meta", b"\x08\x02")
            archive.writestr("collection.anki21", damage(inner))
        else:
            archive.writestr("collection.anki2", damage(inner))
        archive.writestr("media", b"{}")
    return buffer.getvalue()


def damaged(lot: random.Random, content: bytes) -> bytes:
    """Some bytes changed, taken away, put in or doubled, at random and at the ends where lengths stand."""
    found = bytearray(content)
    for _ in range(lot.choice([1, 1, 2, 8, 64])):
        place = lot.choice([lot.randrange(len(found)), lot.randrange(min(120, len(found))), -lot.randrange(1, 90)])
        match lot.randrange(5):
            case 0 | 1:
                found[place % len(found)] = lot.choice([0, 1, 0x7F, 0x80, 0xFF, lot.randrange(256)])
            case 2:
                del found[place : place + lot.choice([1, 4, 500])]
            case 3:
                found[place:place] = lot.randbytes(lot.choice([1, 4, 500]))
            case _:
                found[place : place + 8] = lot.choice([bytes(8), b"\xff" * 8, lot.randbytes(8)])
        if not found:
            return b""
    return bytes(found)


def outer_bytes(lot: random.Random, folder: Path) -> bytes:
    return damaged(lot, packed(lot, collection(folder)))


def stored_bytes(lot: random.Random, folder: Path) -> bytes:
    return packed(lot, collection(folder), lambda content: damaged(lot, content))


def inner_bytes(lot: random.Random, folder: Path) -> bytes:
    return packed(lot, damaged(lot, collection(folder)))


def values(lot: random.Random, folder: Path) -> bytes:
    def change(database: sqlite3.Connection) -> None:
        for _ in range(lot.choice([1, 5, 40])):
            table = lot.choice(list(COLUMNS))
            some = f"id % 7 = {lot.randrange(7)}" if lot.random() < 0.7 else "1"
            try:
                database.execute(
                    f"UPDATE {table} SET {lot.choice(COLUMNS[table])} = ? WHERE {some}", (lot.choice(ODD),)
                )
            except sqlite3.Error:  # some values some columns do not take
                continue

    return packed(lot, collection(folder, change))


def schemes(lot: random.Random, folder: Path) -> bytes:
    def change(database: sqlite3.Connection) -> None:
        with suppress(sqlite3.Error):  # what comes before stands
            database.executescript(lot.choice(SCHEMES))

    return packed(lot, collection(folder, change))


def run(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One damaged package read; how that ended."""
    lot = random.Random(seed)
    temporary = tmp_path / "temporary"
    temporary.mkdir(exist_ok=True)
    mutation = (outer_bytes, stored_bytes, inner_bytes, values, schemes)[seed % 5]
    path = tmp_path / "x.apkg"
    path.write_bytes(mutation(lot, tmp_path))
    beside = set(tmp_path.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(temporary))
        try:
            found = read_reviews(path, OURS)
        except UsageError as refused:
            assert str(refused).isprintable()
            assert len(str(refused)) < len(str(path)) + 400
            outcome = "refused"
        else:
            assert all(each.guid in OURS and 1 <= each.ease <= 4 and 0 <= each.took <= 3_600_000 for each in found)
            assert all(_EARLIEST <= each.time <= _LATEST for each in found)
            outcome = "read"
    assert list(temporary.iterdir()) == []
    assert set(tmp_path.iterdir()) == beside
    return outcome


def test_a_sound_package_is_read(tmp_path: Path) -> None:
    """So that the damage below is damage to something that would be read."""
    for seed in range(6):
        (tmp_path / "x.apkg").write_bytes(packed(random.Random(seed), collection(tmp_path)))
        assert len(read_reviews(tmp_path / "x.apkg", OURS)) == 100


@pytest.mark.slow
def test_damaged_packages_are_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {run(seed, tmp_path, monkeypatch) for seed in range(150)} == {"read", "refused"}


@pytest.mark.slow
def test_two_thousand_damaged_packages_are_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {run(seed, tmp_path, monkeypatch) for seed in range(1000, 3000)} == {"read", "refused"}
