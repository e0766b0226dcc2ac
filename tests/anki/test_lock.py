"""The lock file: an unchanged note keeps its time, whoever exports it."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.anki.lock import NAME, locked, read_lock, write_lock
from quiz.anki.notes import Note
from quiz.errors import DeckError


def reworded(note: Note) -> Note:
    return note._replace(fields={**note.fields, "Stem": "Otherwise?"})


def test_an_unchanged_note_keeps_its_time_and_a_changed_one_gets_a_later(made: list[Note]) -> None:
    first = locked({}, made, 1000)
    assert {entry.changed for entry in first.values()} == {1000}
    assert locked(first, made, 5000) == first
    again = locked(first, [reworded(made[0]), *made[1:]], 5000)
    assert again[made[0].name].changed == 5000
    assert all(again[note.name] == first[note.name] for note in made[1:])


def test_a_change_is_newer_even_by_a_clock_that_was_set_back(made: list[Note]) -> None:
    """Anki takes only what is newer than what it has."""
    first = locked({}, made, 1000)
    assert locked(first, [reworded(made[0])], 10)[made[0].name].changed == 1001


def test_a_note_whose_card_is_gone_changes_once(made: list[Note]) -> None:
    """So that its retirement reaches Anki; and if the card comes back, that is a change again."""
    first = locked({}, made, 1000)
    gone = locked(first, made[1:], 2000)
    assert gone[made[0].name].changed == 2000
    assert locked(gone, made[1:], 3000) == gone
    assert locked(gone, made, 4000)[made[0].name].changed == 4000


def test_the_file_gives_back_what_was_written(made: list[Note], tmp_path: Path) -> None:
    assert read_lock(tmp_path) == {}
    lock = locked({}, made, 1000)
    write_lock(tmp_path, lock)
    assert read_lock(tmp_path) == lock
    text = (tmp_path / NAME).read_text(encoding="utf-8")
    write_lock(tmp_path, dict(reversed(lock.items())))
    assert (tmp_path / NAME).read_text(encoding="utf-8") == text
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".new"] == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"notes": []}', '{"notes": {"a": ["x"]}}', '{"notes": {"a": [1, 2, 3, 4, 5]}}']
)
def test_a_file_that_is_no_lock_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(DeckError, match="cannot be used") as caught:
        read_lock(tmp_path)
    assert "\n" not in str(caught.value)
