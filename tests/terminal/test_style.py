"""Text layout and colours."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quiz.terminal.style import Style, bar, clip, flow, pad, safe, width, wrap

LETTERS = "ab é漢字ｗ한e\u0301"
words = st.text(alphabet=LETTERS, max_size=60)
anything = st.text(max_size=80)
indents = st.sampled_from(["", " ", "   a  ", "          ", "   the deck has: ", "漢字  "])


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("lupus", 5),
        ("Sjögren", 7),
        ("Sjo\u0308gren", 7),
        ("狼瘡", 4),
        ("ｗｉｄｅ", 8),
        ("🦋", 2),
        ("a\u200db", 2),
        ("\u1112\u1161\u11ab", 2),
        ("✓ ≥ 30 %", 8),
    ],
)
def test_width_counts_columns_and_not_characters(text: str, columns: int) -> None:
    assert width(text) == columns


def test_flow_breaks_behind_a_dot() -> None:
    """So that the end of a line is not read on as one part with the beginning of the next."""
    assert flow(["a one", "a two", "a three"], 18, " - ", "   ") == [" - a one · a two ·", "   a three"]
    assert flow(["a one", "a two", "a three"], 17, " - ", "   ") == [" - a one ·", "   a two ·", "   a three"]
    assert flow(["a very long part", "b"], 10, " ", " ") == [" a very", " long part", " ·", " b"]
    assert flow([], 10, " ", " ") == []


@given(st.lists(words, max_size=6), st.integers(8, 40))
def test_flow_keeps_to_the_columns_and_loses_nothing(parts: list[str], columns: int) -> None:
    lines = flow(parts, columns, " ", "  ")
    assert all(width(line) <= columns for line in lines)
    assert re.sub(r"[ ·]", "", "".join(lines)) == re.sub(r"[ ·]", "", "".join(parts))


def test_wrap_breaks_at_spaces_and_hangs_the_other_lines() -> None:
    lines = wrap("a rash over the cheeks and nose", 16, indent=" a) ", hanging="    ")
    assert lines == [" a) a rash over", "    the cheeks", "    and nose"]


def test_wrap_fills_a_line_to_its_last_column() -> None:
    assert wrap("abcd ef gh", 7) == ["abcd ef", "gh"]


def test_wrap_keeps_the_spaces_inside_a_line() -> None:
    assert wrap("the key  ✓ right", 40) == ["the key  ✓ right"]


def test_wrap_does_not_break_at_a_no_break_space() -> None:
    assert wrap("up to 30\u00a0% of people", 9) == ["up to", "30\u00a0% of", "people"]


def test_wrap_breaks_a_word_that_is_longer_than_a_line() -> None:
    assert wrap("see hypergammaglobulinaemia", 10) == ["see", "hypergamma", "globulinae", "mia"]


def test_wrap_puts_a_long_word_on_the_next_line_if_it_fits_there() -> None:
    assert wrap("lupus", 10, indent="typed:  ", hanging="  ") == ["typed:  ", "  lupus"]


def test_wrap_gives_an_indent_without_room_lines_of_its_own() -> None:
    assert wrap("lupus", 8, indent="  the deck has: ", hanging=" ") == ["  the de", "ck has:", " lupus"]


@pytest.mark.parametrize("text", ["", "   "])
def test_wrap_of_nothing_is_one_line(text: str) -> None:
    assert wrap(text, 10, indent="> ") == ["> "]


@given(words, st.integers(2, 30), indents, indents.filter(str.isspace))
def test_wrapped_lines_never_overflow(text: str, columns: int, indent: str, hanging: str) -> None:
    assert all(width(line) <= columns for line in wrap(text, columns, indent, hanging))


@given(words, st.integers(-1, 30), indents, st.sampled_from(["", " ", "      "]))
def test_wrap_loses_nothing_but_spaces(text: str, columns: int, indent: str, hanging: str) -> None:
    wrapped = "".join(wrap(text, columns, indent, hanging))
    assert wrapped.replace(" ", "") == (indent + text).replace(" ", "")


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=8), min_size=1), st.integers(8, 30))
def test_words_that_fit_are_not_broken(some: list[str], columns: int) -> None:
    assert " ".join(wrap(" ".join(some), columns)) == " ".join(some)


@given(st.lists(st.sampled_from(["e\u0301", "漢\u0301\u0308", "a"]), min_size=1), st.integers(1, 10))
def test_a_mark_stays_on_its_letter(letters: list[str], columns: int) -> None:
    assert not any(unicodedata.combining(line[0]) for line in wrap("".join(letters), columns))


@given(words, st.integers(0, 30))
def test_pad_fills_up_and_never_cuts(text: str, columns: int) -> None:
    assert pad(text, columns).startswith(text)
    assert width(pad(text, columns)) == max(columns, width(text))


@pytest.mark.parametrize(
    ("text", "columns", "clipped"),
    [("lupus", 5, "lupus"), ("lupus", 4, "lup…"), ("lupus", 1, "…"), ("lupus", 0, ""), ("狼瘡狼瘡", 6, "狼瘡…")],
)
def test_clip_cuts_with_an_ellipsis(text: str, columns: int, clipped: str) -> None:
    assert clip(text, columns) == clipped


@given(words, st.integers(-2, 30))
def test_clipped_text_never_overflows(text: str, columns: int) -> None:
    assert width(clip(text, columns)) <= max(0, columns)


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a new title\x07text", "text"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b2Jcleared", "cleared"),
        ("\x1bcreset", "reset"),
        ("\x1b(0line", "line"),
        ("\x1b]no end\nnext", " next"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("a\x00b\x07c\x08d\x7fe\x85f", "abcde f"),
        ("\u202eright to left\u202c \u2066x\u2069", "right to left x"),
        ("soft\u00adhyphen \ufeffmark \ud800", "softhyphen mark "),
        ("Sjögren ≥ 30\u00a0% 狼瘡 می\u200cشود", "Sjögren ≥ 30\u00a0% 狼瘡 می\u200cشود"),
    ],
)
def test_safe_takes_away_what_steers_a_terminal(hostile: str, harmless: str) -> None:
    assert safe(hostile) == harmless


@given(st.text(alphabet="\x1b[]0;m\x07\\P a\x9b\x9d\n\u202e", max_size=40) | anything)
@example("\x1b\x1b[[0m")
def test_safe_text_has_no_control_characters_and_stays_as_it_is(text: str) -> None:
    once = safe(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") for char in once)
    assert safe(once) == once


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S"]), max_size=40))
def test_safe_leaves_ordinary_text_alone(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("env", "is_tty", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "dumb"}, True, False),
        ({"TERM": "xterm"}, True, True),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1"}, False, True),
        ({"CLICOLOR_FORCE": "0"}, True, True),
        ({"CLICOLOR": "0"}, True, False),
    ],
)
def test_the_environment_decides_on_colour(env: dict[str, str], is_tty: bool, colour: bool) -> None:
    assert Style.for_terminal(env, is_tty).colour is colour


ROLES = ["key", "wrong", "warn", "title", "strong", "dim", "plain"]


@pytest.mark.parametrize("role", ROLES)
def test_without_colour_every_role_is_plain_text(role: str) -> None:
    assert getattr(Style(False), role)("text") == "text"


@pytest.mark.parametrize("role", ROLES)
def test_colour_adds_codes_that_are_ended_and_leave_the_text_alone(role: str) -> None:
    painted = getattr(Style(True), role)("text")
    assert safe(painted) == "text"
    assert painted == "text" or painted.endswith("\x1b[0m")


def test_key_is_bold_green_and_wrong_bold_red() -> None:
    assert Style(True).key("a") == "\x1b[1;32ma\x1b[0m"
    assert Style(True).wrong("a") == "\x1b[1;31ma\x1b[0m"


def test_nothing_is_painted_as_nothing() -> None:
    assert Style(True).title("") == ""


def test_bar_shows_the_share_done() -> None:
    assert bar(3, 6, 8, plain=False) == "████░░░░"
    assert bar(3, 6, 8, plain=True) == "####----"
    assert bar(0, 0, 4, plain=True) == "----"


@given(st.integers(-5, 500), st.integers(0, 300), st.integers(0, 40))
def test_bar_has_its_columns_and_is_full_only_at_the_end(done: int, total: int, columns: int) -> None:
    drawn = bar(done, total, columns, plain=True)
    assert len(drawn) == columns
    if columns and total:
        assert (drawn == "#" * columns) == (done >= total)
