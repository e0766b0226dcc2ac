"""The table of confusions: counts readable without colour, and a list where there is no room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.confusion import Confusion
from quiz.deck import Deck
from quiz.terminal.heatmap import heatmap, shade_of
from quiz.terminal.style import Style, safe, width

DECK = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: long-tailed Arctic terns}
  skua: {group: birds, name: skua, short: "鷗 skuas"}
"""

FOUND = (
    Confusion("gull", "tern", 8, 40, 8.0, 8, 0, ()),
    Confusion("tern", "gull", 4, 40, 0.0, 0, 4, ()),
    Confusion("gull", "skua", 1, 1, 1.0, 1, 0, ()),
)


def confusion(times: int, chances: int) -> Confusion:
    return Confusion("a", "b", times, chances, 1.0, 1, 0, ())


@pytest.mark.parametrize(
    ("times", "chances", "shade"), [(1, 1, "░"), (3, 3, "▒"), (8, 40, "▒"), (4, 10, "▓"), (30, 40, "█"), (40, 40, "█")]
)
def test_shades_go_by_the_share_but_once_of_once_is_no_habit(times: int, chances: int, shade: str) -> None:
    assert shade_of(confusion(times, chances)) == shade


def test_rows_are_what_it_was_and_columns_what_it_was_taken_for(deck_of: Callable[[str], Deck]) -> None:
    """With the count beside the shade, the sum of the row at its end, and a mark for what is told apart since."""
    lines = list(heatmap(FOUND, deck_of(DECK), 80, Style(False), as_list=False))
    assert lines == [
        "                            long-tailed",
        " taken for →         gulls  Arctic terns  鷗 skuas",
        " gulls                      ▒ 8           ░ 1       9 of 41",
        " long-tailed Arctic  ✓ 4                  ·         4 of 40",
        " terns",
        "",
        " ░ ▒ ▓ █ the darker, the more often · 8 of 41: mix-ups among comparisons ·",
        " ✓ told apart since, 6 times running",
        "",
    ]


@pytest.mark.parametrize("columns", [12, 40, 80, 200])
@pytest.mark.parametrize("colour", [True, False])
def test_no_line_is_wider_than_the_terminal(deck_of: Callable[[str], Deck], columns: int, colour: bool) -> None:
    lines = list(heatmap(FOUND, deck_of(DECK), columns, Style(colour), as_list=False))
    assert all(width(safe(line)) < columns for line in lines)


def test_a_list_says_the_same_in_words(deck_of: Callable[[str], Deck]) -> None:
    """Where the table does not fit, or none is wanted; without shades, and so without their legend."""
    wanted = list(heatmap(FOUND, deck_of(DECK), 100, Style(False), as_list=True))
    assert wanted == [
        " gulls taken for long-tailed Arctic terns: 8 of 40, new",
        " long-tailed Arctic terns taken for gulls: 4 of 40, told apart since",
        " gulls taken for 鷗 skuas: 1 of 1, new",
        "",
    ]
    narrow = " ".join(" ".join(heatmap(FOUND, deck_of(DECK), 40, Style(False), as_list=False)).split())
    assert narrow == " ".join(" ".join(wanted).split())


def test_a_long_list_is_cut_and_says_so(deck_of: Callable[[str], Deck]) -> None:
    """What is rarest is left to the JSON."""
    lines = list(heatmap(FOUND * 4, deck_of(DECK), 80, Style(False), as_list=True))
    assert lines[-2] == " … and 2 more (--json shows all)"
    assert len(lines) == 12
