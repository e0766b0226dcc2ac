"""The line being typed: each key does its own thing, marks stay with their letters, nothing harmful gets in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal.keyparser import Key
from quiz.terminal.line import CARET, Line
from quiz.terminal.style import width

CAFE = "cafe\u0301"
"""With its accent as a mark of its own."""


@pytest.mark.parametrize(
    ("line", "key", "after"),
    [
        (Line("ab", "cd"), Key("x", "x"), Line("abx", "cd")),
        (Line("ab", "cd"), Key("backspace"), Line("a", "cd")),
        (Line("", "cd"), Key("backspace"), Line("", "cd")),
        (Line("ab", "cd"), Key("delete"), Line("ab", "d")),
        (Line("ab", "cd"), Key("left"), Line("a", "bcd")),
        (Line("ab", "cd"), Key("right"), Line("abc", "d")),
        (Line("ab", ""), Key("right"), Line("ab", "")),
        (Line("ab", "cd"), Key("home"), Line("", "abcd")),
        (Line("ab", "cd"), Key("end-key"), Line("abcd", "")),
        (Line("ab", "cd"), Key("ctrl-a"), Line("", "abcd")),
        (Line("ab", "cd"), Key("ctrl-e"), Line("abcd", "")),
        (Line("ab", "cd"), Key("ctrl-u"), Line("", "cd")),
        (Line("one two ", ""), Key("ctrl-w"), Line("one ", "")),
        (Line("one", ""), Key("ctrl-w"), Line("", "")),
        (Line("ab", ""), Key("paste", "c d"), Line("abc d", "")),
        (Line("ab", ""), Key("tab"), Line("ab", "")),
        (Line(CAFE, ""), Key("backspace"), Line("caf", "")),
        (Line(CAFE, ""), Key("left"), Line("caf", "e\u0301")),
        (Line("caf", "e\u0301s"), Key("right"), Line(CAFE, "s")),
        (Line("caf", "e\u0301s"), Key("delete"), Line("caf", "s")),
        (Line("漢", ""), Key("字", "字"), Line("漢字", "")),
    ],
)
def test_a_key_changes_the_line(line: Line, key: Key, after: Line) -> None:
    """Typing, deleting and moving, with accents as marks and with wide characters."""
    assert line.typed(key, 80) == after


def test_no_more_is_taken_than_there_is_room_for() -> None:
    """A paste is cut, a further letter dropped."""
    assert Line("ab").typed(Key("paste", "cdefg"), 4) == Line("abcd")
    assert Line("abcd").typed(Key("e", "e"), 4) == Line("abcd")


def test_a_paste_brings_no_escapes() -> None:
    """Only its text."""
    assert Line().typed(Key("paste", "a\x1b[2Jb\u202e"), 80).text == "ab"


texts = st.text(st.sampled_from("abc é漢字\u0301 "), max_size=60)


@given(texts, texts, st.integers(4, 80))
def test_what_is_shown_fits_and_has_the_caret(before: str, after: str, columns: int) -> None:
    """However long the line is on either side."""
    shown = Line(before, after).shown(columns)
    assert width(shown) <= columns
    assert shown.count(CARET) == 1


@given(texts)
def test_going_left_all_the_way_and_back_loses_nothing(text: str) -> None:
    """Moving never changes what was typed."""
    line = Line(text)
    for key in (*[Key("left")] * 60, *[Key("right")] * 60):
        line = line.typed(key, 80)
        assert line.text == text
