"""The settings file: what is written is read back, and a broken one is named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.configuration import load_settings, save_settings
from quiz.errors import StorageError
from quiz.settings import Settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "config.toml") == Settings()


@given(
    st.builds(
        Settings,
        new=st.integers(0, 9999),
        reviews=st.integers(1, 9999),
        retention=st.floats(0.8, 0.97),
        recall=st.booleans(),
        plain=st.booleans(),
    )
)
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    """Any settings, in a folder that is made for them, and nothing else is left there."""
    path = tmp_path_factory.mktemp("config") / "new" / "config.toml"
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("new = 5\nreviews = many\n", 2),
        ("new = 5\n\n# of mine\nreviews = 0\n", 4),
        ("nwe = 5\n", 1),
        ("new = 5\nnew = 6\n", 2),
        ('new = 5\n"plain" = 3\n', 2),
        ("new = 5\n[recall]\non = true\n", 2),
        ("new = 5\nplain =", 2),
    ],
)
def test_a_broken_file_is_named_with_the_line_and_a_remedy(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match=rf"^{re.escape(str(path))}:{line}: [^\n]+; mend it, or delete the file"):
        load_settings(path)


def test_a_mark_before_the_first_letter_is_no_fault(tmp_path: Path) -> None:
    """Windows editors put it there."""
    (tmp_path / "config.toml").write_text("\ufeffnew = 5\n", encoding="utf-8")
    assert load_settings(tmp_path / "config.toml").new == 5


def test_a_file_that_is_no_text_and_a_folder_that_is_none_are_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StorageError, match="is not UTF-8 text; mend it"):
        load_settings(path)
    with pytest.raises(StorageError, match="cannot be read"):
        load_settings(path / "below" / "config.toml")
    with pytest.raises(StorageError, match="cannot be written"):
        save_settings(path / "below" / "config.toml", Settings())
