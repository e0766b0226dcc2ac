"""What is read from a sealed file is what was written, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.cache.sealed import read, write

TEXT = st.text(max_size=5) | st.text(st.characters(categories=["Cs"]), max_size=2)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT | st.binary(max_size=5)
KEYS = PLAIN | st.tuples(PLAIN, PLAIN) | st.frozensets(PLAIN, max_size=2)
VALUES = st.recursive(
    KEYS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2) | st.tuples(inner, inner),
    max_leaves=6,
)


@given(value=VALUES)
@settings(max_examples=50, deadline=None)
def test_plain_values_come_back_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    """However deep; half a character too, as names of files may have it."""
    path = tmp_path_factory.mktemp("sealed") / "file"
    write(path, value)
    assert read(path) == value


VALUE = (1, "two", {("three", "four"): ((5, 0.25, "six"),)}, frozenset({"seven"}), None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "cache" / "file"
    write(file, VALUE)
    assert repr(read(file)) == repr(VALUE)  # types included
    return file


def test_any_changed_byte_gives_nothing(path: Path) -> None:
    content = path.read_bytes()
    for at in range(len(content)):
        for changed in (content[at] ^ 1, content[at] ^ 0x80, 255 - content[at]):
            path.write_bytes(content[:at] + bytes([changed]) + content[at + 1 :])
            assert read(path) is None


def test_any_missing_or_added_byte_gives_nothing(path: Path) -> None:
    content = path.read_bytes()
    for at in range(len(content)):
        for broken in (content[:at], content[:at] + content[at + 1 :], content[:at] + b"\0" + content[at:]):
            path.write_bytes(broken)
            assert read(path) is None
    path.write_bytes(content + b"\0")
    assert read(path) is None


def test_no_file_and_a_folder_in_its_place_give_nothing(path: Path) -> None:
    assert read(path.with_name("missing")) is None
    path.with_name("folder").mkdir()
    assert read(path.with_name("folder")) is None


def test_a_file_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Below a file there can be no folder; in the place of a folder, no file."""
    (tmp_path / "file").write_text("here", encoding="utf-8")
    write(tmp_path / "file" / "sealed", VALUE)
    assert read(tmp_path / "file" / "sealed") is None
    (tmp_path / "folder" / "in-the-way").mkdir(parents=True)
    write(tmp_path / "folder", VALUE)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


def test_a_later_value_takes_the_place_of_an_earlier(path: Path) -> None:
    write(path, "later")
    assert read(path) == "later"
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o077 == 0
