"""A page is kept whole, and nothing that is not a page of ours is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import StorageError, UsageError
from quiz.report import keep
from quiz.report.page import page

PAGE = page("One", [])


def test_a_new_file_is_written_and_nothing_else_left(tmp_path: Path) -> None:
    """The page that was written aside is gone."""
    keep(tmp_path / "one.html", PAGE)
    assert (tmp_path / "one.html").read_text(encoding="utf-8") == PAGE
    assert [each.name for each in tmp_path.iterdir()] == ["one.html"]


def test_an_earlier_page_is_replaced(tmp_path: Path) -> None:
    """Without a question: it can be made again."""
    keep(tmp_path / "one.html", PAGE)
    keep(tmp_path / "one.html", page("Two", []))
    assert "<title>Two</title>" in (tmp_path / "one.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["<!doctype html><p>my own page", "", "thesis"])
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, content: str) -> None:
    """It says which file, and how to overwrite it; --force does."""
    mine = tmp_path / "mine.html"
    mine.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.html is not a page made by quiz; .*--force"):
        keep(mine, PAGE)
    assert mine.read_text(encoding="utf-8") == content
    keep(mine, PAGE, force=True)
    assert mine.read_text(encoding="utf-8") == PAGE


def test_what_is_no_file_is_refused_even_by_force(tmp_path: Path) -> None:
    """A folder, or a device."""
    for path in (tmp_path, Path("/dev/null")):
        if path.exists():
            with pytest.raises(UsageError, match="is not a file"):
                keep(path, PAGE, force=True)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file it leads to is replaced."""
    (tmp_path / "real.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    keep(tmp_path / "link.html", page("Two", []))
    assert (tmp_path / "link.html").is_symlink()
    assert "Two" in (tmp_path / "real.html").read_text(encoding="utf-8")


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    """One line with the remedy."""
    with pytest.raises(StorageError, match="cannot be written.*check that the folder exists"):
        keep(tmp_path / "no" / "one.html", PAGE)
