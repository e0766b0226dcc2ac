"""Progress: a database with damaged bytes or with rows that quiz never wrote, and, as far as there is the command, logs to merge."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from quiz.cli.program import COMMANDS as NAMES
from tests.fuzz import garbage
from tests.fuzz.program import call, home
from tests.fuzz.target import Input, Target

READING = (
    ("stats",),
    ("confusions",),
    ("flags",),
    ("find", "teal", "--deck"),
    ("card", "claim:teal:crest", "--deck"),
    ("study",),
)
VALUES = (0, 1, -1, 2**63 - 1, -(2**63), 1.5, 1e308, "", None, b"\xff\xfe", "[", "[1, 2]", "{}", "nan")


def draw(chance: Random) -> Input:
    """What is done to the database, a seed for it, which command reads it, and what is done to a log of it."""
    cells = tuple((chance.random(), chance.random(), _cell(chance)) for _ in range(chance.choice((1, 2, 6))))
    how = chance.choice(("bytes", "cells", "cells", "log", "log"))
    return how, chance.randrange(10**9), cells, chance.choice(READING)


def _cell(chance: Random) -> object:
    return chance.choice(VALUES) if chance.random() < 0.5 else garbage.text(chance).encode("utf-8", "ignore").decode()


def _studied(folder: Path) -> Path:
    """A fresh database with a few responses, notes and flags in it, kept ready from the first time on."""
    kept, path = folder / "kept.db", folder / "home" / "progress.db"
    if not kept.exists():
        home(folder)
        typed = b"a\n:note x\nb\n:flag y\na\nc\n:suspend\nb\n:guess\na\n:undo\na\nb\n"
        call(["study", str(folder / "ducks"), "--new", "20"], typed)
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute("PRAGMA journal_mode = DELETE")
        kept.write_bytes(path.read_bytes())
    for each in (folder / "home").glob("progress.db*"):
        each.unlink()
    path.write_bytes(kept.read_bytes())
    return path


def _overwrite(path: Path, cells: tuple[tuple[float, float, object], ...]) -> None:
    """Put values into cells, as far as the tables take them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute("PRAGMA ignore_check_constraints = ON")
        tables = [
            name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        for where, which, value in cells:
            table = tables[int(where * len(tables))]
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
            column = columns[int(which * len(columns))]
            with suppress(sqlite3.Error):
                database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE abs(random()) % 2', (value,))


def run(given: Input, folder: Path) -> None:
    """Damage it, and let a command read it, and one write to it; or damage its log, and merge it."""
    how, seed, cells, (command, *options) = given
    path = _studied(folder)
    deck = str(folder / "ducks")
    if how == "log" and "progress" in NAMES:
        log = folder / "work" / "log.jsonl"
        log.unlink(missing_ok=True)
        call(["progress", "export", str(log)])
        data = _changed(Random(seed), log.read_bytes(), cells)
        log.write_bytes(data)
        call(["progress", "merge", str(log)])
        call(["progress", "merge", str(log), "--apply"])
    elif how == "bytes":
        path.write_bytes(garbage.damaged(Random(seed), path.read_bytes()))
    else:
        _overwrite(path, cells)
    call([command, *options, deck], b"a\nb\n:quit\n")
    call(["study", deck, "--new", "20"], b"a\nb\n:undo\n:quit\n")


def _changed(chance: Random, data: bytes, cells: tuple[tuple[float, float, object], ...]) -> bytes:
    """A log with other values in its lines, or with damaged bytes."""
    import json

    if chance.random() < 0.3:
        return garbage.damaged(chance, data)
    lines = data.decode().splitlines()
    for where, which, value in cells:
        place = int(where * len(lines))
        with suppress(ValueError, TypeError):
            row = json.loads(lines[place])
            keys = list(row) if isinstance(row, dict) else range(len(row))
            row[list(keys)[int(which * len(row))]] = value if not isinstance(value, bytes) else [value.hex()]
            lines[place] = json.dumps(row)
    chance.shuffle(lines) if chance.random() < 0.1 else None
    return "\n".join(lines).encode() + b"\n"


PROGRESS = Target("progress", 2000, draw, run)
