"""Packages and collections of Anki: made from a recipe, then damaged, or not."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from random import Random

import zstandard

from quiz.anki.notes import guid_of
from tests.anki.test_reading import MODERN_META, NOW, SCHEMA
from tests.fuzz import garbage
from tests.fuzz.program import call
from tests.fuzz.target import Input, Target

CARD = "claim:teal:crest"
NAMES = (
    "collection.anki2",
    "collection.anki21",
    "collection.anki21b",
    "meta",
    "media",
    "../x",
    "/x",
    "collection.anki21/",
    "",
)
STATEMENTS = (
    "DROP TABLE cards",
    "DROP TABLE revlog; CREATE VIEW revlog AS SELECT 1 AS id, 10 AS cid, 3 AS ease, 9 AS time, 1 AS type, 1 AS factor",
    "DROP TABLE notes; CREATE TABLE notes (id TEXT, guid BLOB)",
    "ALTER TABLE revlog RENAME COLUMN ease TO x",
    "DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c) SELECT id, '' AS guid FROM c",
    "INSERT INTO notes SELECT 100 + value, 'x' FROM (WITH RECURSIVE c(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM c LIMIT 2000) SELECT value FROM c)",
    "UPDATE notes SET guid = CAST(x'ff00fe' AS TEXT)",
    "UPDATE notes SET guid = x'ff'",
    "UPDATE cards SET nid = 'x'",
    "CREATE TRIGGER t AFTER INSERT ON revlog BEGIN DELETE FROM notes; END",
    "PRAGMA user_version = 99",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET name = '\x1b]0;owned\x07', sql = 'CREATE x' WHERE name = 'cards'",
    "PRAGMA encoding = 'UTF-16'",
)
VALUES = (0, 1, -1, 3, 5, 2**62, -(2**62), 1.5, "x", None, b"\xff", NOW)


def draw(chance: Random) -> Input:
    """Statements, rows of the review log, members of the archive with the sort of their content, and a seed of damage."""
    statements = [chance.choice(STATEMENTS) for _ in range(chance.choice((0, 0, 1, 2)))]
    if chance.random() < 0.2:
        name = garbage.text(chance).replace('"', "").replace("\x00", "")[:100]
        statements.append(
            chance.choice(
                (
                    'DROP TABLE revlog; CREATE VIEW revlog AS SELECT "{0}" FROM "{0}"',
                    'DROP TABLE cards; CREATE VIEW cards AS SELECT * FROM "{0}"',
                )
            ).format(name or "x")
        )
    rows = [
        (
            NOW + chance.randrange(10**9),
            10,
            chance.choice((1, 2, 3, 4)),
            chance.choice((0, 500)),
            chance.randrange(10**5),
            chance.choice((0, 1, 2, 3, 4)),
        )
        if chance.random() < 0.7
        else tuple(chance.choice(VALUES) for _ in range(6))
        for _ in range(chance.randrange(6))
    ]
    members = [
        (chance.choice(NAMES), chance.choice(("plain", "zstd", "meta", "junk", "bomb", "empty")))
        for _ in range(chance.choice((1, 2, 3)))
    ]
    if chance.random() < 0.7:
        members = [chance.choice((("collection.anki21", "plain"), ("collection.anki2", "plain")))]
        if chance.random() < 0.3:
            members = [("meta", "meta"), ("collection.anki21b", "zstd")]
    damage = chance.choice((None, None, ("inside", chance.randrange(10**9)), ("outside", chance.randrange(10**9))))
    return tuple(statements), tuple(rows), tuple(members), damage


@cache
def _guid() -> str:
    return guid_of("ducks", CARD)


def _collection(folder: Path, statements: tuple[str, ...], rows: tuple[tuple[object, ...], ...]) -> bytes:
    path = folder / "made.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SCHEMA.replace("'ours'", f"'{_guid()}'"))
        for row in rows:
            with suppress(sqlite3.Error):
                database.execute("INSERT INTO revlog VALUES (?, ?, 0, ?, 1, 1, ?, ?, ?)", row)
        for statement in statements:
            with suppress(sqlite3.Error, UnicodeError):
                database.executescript(statement)
        database.commit()
    return path.read_bytes()


def run(given: Input, folder: Path) -> None:
    """Make the package, and bring it in: first only shown, then for good."""
    statements, rows, members, damage = given
    content = _collection(folder, statements, rows)
    if damage and damage[0] == "inside":
        content = garbage.damaged(Random(damage[1]), content)
    made = {
        "plain": lambda: content,
        "zstd": lambda: zstandard.compress(content),
        "meta": lambda: MODERN_META,
        "junk": lambda: content[::-1],
        "bomb": lambda: zstandard.compress(bytes(30 << 20)),
        "empty": lambda: b"",
    }
    path = folder / "given.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, sort in dict(members).items():
            archive.writestr(name or "x", made[sort]())
    if damage and damage[0] == "outside":
        path.write_bytes(garbage.damaged(Random(damage[1]), path.read_bytes()))
    ducks = str(folder / "ducks")
    call(["import", "progress", str(path), ducks], codes={0, 2})
    if len(rows) % 2:
        call(["import", "progress", str(path), ducks, "--apply"], codes={0, 2})
        call(["stats", ducks], codes={0})


PACKAGES = Target("package", 2500, draw, run)
