"""Packages: equal content gives equal bytes, and nothing is left behind."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quiz.anki.notes import Note
from quiz.anki.package import Entry, write_package

Write = Callable[..., Path]


def tables(path: Path, tmp_path: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(path) as archive:
        archive.extract("collection.anki2", tmp_path / "unpacked")
    return sqlite3.connect(tmp_path / "unpacked" / "collection.anki2")


def test_the_same_notes_give_the_same_bytes(package: Write) -> None:
    assert package().read_bytes() == package().read_bytes()


def test_the_package_is_compressed_and_nothing_else_is_left(package: Write, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    path = package()
    assert set(tmp_path.iterdir()) - before == {path}
    with zipfile.ZipFile(path) as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}
        assert archive.namelist() == ["collection.anki2", "media"]


def test_new_cards_are_in_the_order_of_the_notes_and_extras_suspended(
    package: Write, made: list[Note], tmp_path: Path
) -> None:
    with closing(tables(package(), tmp_path)) as database:
        rows = database.execute(
            "SELECT guid, due, queue FROM cards JOIN notes ON notes.id = nid ORDER BY due"
        ).fetchall()
    assert [guid for guid, _, _ in rows] == [note.guid for note in made]
    assert [queue for _, _, queue in rows] == [-1 if note.is_extra else 0 for note in made]


def test_ids_and_times_do_not_hang_on_the_clock(package: Write, tmp_path: Path) -> None:
    with closing(tables(package(), tmp_path)) as database:
        ids = database.execute("SELECT id FROM notes UNION SELECT id FROM cards").fetchall()
        times = {mod for (mod,) in database.execute("SELECT mod FROM notes UNION SELECT mod FROM cards")}
    assert all(10**12 <= id < 1.5 * 10**12 for (id,) in ids)
    assert times == {1_790_000_000}


def test_notes_whose_ids_fall_together_get_different_ones(
    made: list[Note], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quiz.anki.package._IDS", 1)
    path = tmp_path / "x.apkg"
    write_package(path, (Entry(note, 1) for note in made), {})
    with closing(tables(path, tmp_path)) as database:
        assert database.execute("SELECT count(DISTINCT id) FROM notes").fetchone() == (len(made),)


def test_the_deck_is_described_with_sources_licence_and_notice(package: Write, tmp_path: Path) -> None:
    with closing(tables(package(), tmp_path)) as database:
        (decks,) = database.execute("SELECT decks FROM col").fetchone()
    top = next(deck for deck in json.loads(decks).values() if deck["name"] == "Sample")
    assert "The Book" in top["desc"]
    assert "For study." in top["desc"]
    assert "MIT" in top["desc"]


def test_a_package_that_cannot_be_finished_leaves_the_old_one(package: Write, made: list[Note]) -> None:
    path = package()
    old = path.read_bytes()

    def broken() -> list[Entry]:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_package(path, (entry for entry in broken()), {})
    assert path.read_bytes() == old
    assert [each.name for each in path.parent.iterdir() if each.name.startswith(".quiz-")] == []
