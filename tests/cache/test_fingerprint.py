"""The name of a deck follows its files and the program, whether they are read or known to be as they were."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.cache import fingerprint as module
from quiz.cache import sealed
from quiz.cache.fingerprint import ENDING, fingerprint

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "birds"
    here.mkdir()
    (here / "deck.yaml").write_text("deck: {}", encoding="utf-8")
    (here / "facts.yaml").write_text("facts: {}", encoding="utf-8")
    return here


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled at once; by the clock a test would have to wait some seconds."""
    monkeypatch.setattr(module, "_SETTLED", -(10**18))


def kept(cache: Path) -> Path:
    (file,) = cache.glob(f"*{ENDING}")
    return file


def poisoned(cache: Path) -> None:
    """Let the name that is kept be another one, so that it shows whether it is taken."""
    known_by, read_at, _ = sealed.read(kept(cache))
    sealed.write(kept(cache), (known_by, read_at, "kept"))


CHANGES = pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "facts.yaml").write_text("facts: {} ", encoding="utf-8"),
        lambda folder: (folder / "more.yaml").write_text("", encoding="utf-8"),
        lambda folder: (folder / "more.yml").write_text("", encoding="utf-8"),
        lambda folder: (folder / "facts.yaml").unlink(),
        lambda folder: (folder / "facts.yaml").rename(folder / "facts-2.yaml"),
    ],
    ids=["content", "new file", "new yml", "gone", "renamed"],
)


# what a name follows


def test_the_name_stays_while_the_files_stay(folder: Path) -> None:
    """Reading twice gives one name; so does touching a file without changing it, or adding one that is no deck's."""
    before = fingerprint(folder)
    os.utime(folder / "deck.yaml", (1, 1))
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert fingerprint(folder) == before
    assert len(before) == 32


@CHANGES
def test_a_changed_deck_has_another_name(folder: Path, change: Change) -> None:
    """Whatever changes what is read changes the name."""
    before = fingerprint(folder)
    change(folder)
    assert fingerprint(folder) != before


def test_text_moved_from_file_to_file_changes_the_name(folder: Path) -> None:
    """The same bytes cut in another place are another deck."""
    (folder / "deck.yaml").write_bytes(b"ab")
    (folder / "facts.yaml").write_bytes(b"c")
    before = fingerprint(folder)
    (folder / "deck.yaml").write_bytes(b"a")
    (folder / "facts.yaml").write_bytes(b"bc")
    assert fingerprint(folder) != before


def test_another_folder_has_another_name(folder: Path) -> None:
    """Places in a deck name its files, so a copy elsewhere is an entry of its own."""
    before = fingerprint(folder)
    assert fingerprint(folder.rename(folder.with_name("others"))) != before


def changed_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program in another folder, with one file of another size."""
    program = tmp_path / "program"
    for part in ("questions", "cache"):
        (program / part).mkdir(parents=True)
    (program / "reasoning.py").write_text("# changed", encoding="utf-8")
    monkeypatch.setattr(module, "_PROGRAM", program)


@pytest.mark.parametrize("is_cached", [False, True])
def test_another_version_has_another_name(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, settled: None, is_cached: bool
) -> None:
    """A new version of the program may have other nouns; a name that is kept is not that of the new version."""
    before = fingerprint(folder, cache if is_cached else None)
    monkeypatch.setattr(module, "__version__", "99.0")
    assert fingerprint(folder, cache if is_cached else None) != before


@pytest.mark.parametrize("is_cached", [False, True])
def test_a_changed_program_has_another_name(
    folder: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settled: None, is_cached: bool
) -> None:
    """Without a new version as well: who works on it sees what was changed."""
    before = fingerprint(folder, cache if is_cached else None)
    changed_program(monkeypatch, tmp_path)
    assert fingerprint(folder, cache if is_cached else None) != before


def test_a_folder_whose_name_is_no_text_has_a_name(tmp_path: Path, cache: Path) -> None:
    """File names need not be UTF-8."""
    folder = tmp_path / os.fsdecode(b"v\xf6gel")
    try:
        folder.mkdir()
        (folder / os.fsdecode(b"v\xf6gel.yaml")).write_text("deck: {}", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    assert len(fingerprint(folder)) == 32
    assert fingerprint(folder, cache) == fingerprint(folder, cache) == fingerprint(folder)


@pytest.mark.parametrize("is_cached", [False, True])
def test_a_file_that_cannot_be_read_is_an_error(folder: Path, cache: Path, is_cached: bool) -> None:
    """The caller says so in one line."""
    (folder / "broken.yaml").symlink_to(folder / "nowhere")
    with pytest.raises(OSError, match="nowhere|broken"):
        fingerprint(folder, cache if is_cached else None)


# names that are kept


@CHANGES
def test_with_a_cache_the_name_is_the_same_as_without(folder: Path, cache: Path, settled: None, change: Change) -> None:
    """At first sight, known again, and after a change."""
    assert fingerprint(folder, cache) == fingerprint(folder)
    assert fingerprint(folder, cache) == fingerprint(folder)
    change(folder)
    assert fingerprint(folder, cache) == fingerprint(folder)


def test_files_that_are_as_they_were_are_not_read_again(folder: Path, cache: Path, settled: None) -> None:
    fingerprint(folder, cache)
    poisoned(cache)
    assert fingerprint(folder, cache) == "kept"
    os.utime(folder / "deck.yaml")
    assert fingerprint(folder, cache) == fingerprint(folder) != "kept"


@pytest.mark.skipif(os.name == "nt", reason="there the other time is that of creation")
def test_a_change_that_leaves_size_and_time_as_they_were_is_noticed(folder: Path, cache: Path, settled: None) -> None:
    """Whoever sets the time of a change back cannot set back when that was done."""
    before, state = fingerprint(folder, cache), (folder / "facts.yaml").stat()
    (folder / "facts.yaml").write_text("facts: []", encoding="utf-8")
    os.utime(folder / "facts.yaml", ns=(state.st_atime_ns, state.st_mtime_ns))
    after = (folder / "facts.yaml").stat()
    assert (after.st_size, after.st_mtime_ns) == (state.st_size, state.st_mtime_ns)
    assert fingerprint(folder, cache) == fingerprint(folder) != before


def test_a_file_put_in_the_place_of_another_is_noticed(folder: Path, cache: Path, settled: None) -> None:
    """Of the same size and time."""
    before, state = fingerprint(folder, cache), (folder / "facts.yaml").stat()
    (folder / "other").write_text("facts: []", encoding="utf-8")
    os.utime(folder / "other", ns=(state.st_atime_ns, state.st_mtime_ns))
    (folder / "other").replace(folder / "facts.yaml")
    assert fingerprint(folder, cache) == fingerprint(folder) != before


def test_files_just_written_are_read_again(folder: Path, cache: Path) -> None:
    """Another change might have the same time, where times are kept in steps."""
    fingerprint(folder, cache)
    poisoned(cache)
    assert fingerprint(folder, cache) == fingerprint(folder) != "kept"


def test_files_written_after_they_were_read_are_read_again(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is how long they had been left alone when they were read, not how long ago that was."""
    fingerprint(folder, cache)
    poisoned(cache)
    monkeypatch.setattr(time, "time_ns", lambda: 2 * 10**18)
    assert fingerprint(folder, cache) != "kept"
    poisoned(cache)
    assert fingerprint(folder, cache) == "kept"


def test_a_folder_has_a_name_of_its_own_in_the_cache(folder: Path, cache: Path, settled: None) -> None:
    other = folder.with_name("others")
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    names = fingerprint(folder, cache), fingerprint(other, cache)
    assert (fingerprint(folder, cache), fingerprint(other, cache)) == names
    assert names[0] != names[1]
    assert len(list(cache.glob(f"*{ENDING}"))) == 2


@pytest.mark.parametrize("content", [b"", b"\0" * 40, b"garbage", None])
def test_a_broken_name_is_passed_over(folder: Path, cache: Path, settled: None, content: bytes | None) -> None:
    """None stands for a file cut short."""
    fingerprint(folder, cache)
    poisoned(cache)
    kept(cache).write_bytes(kept(cache).read_bytes()[:-1] if content is None else content)
    assert fingerprint(folder, cache) == fingerprint(folder)
    poisoned(cache)
    assert fingerprint(folder, cache) == "kept", "it was written anew"


def test_a_cache_that_cannot_be_written_is_no_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert fingerprint(folder, tmp_path / "file" / "cache") == fingerprint(folder)
