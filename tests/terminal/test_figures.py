"""The figures of progress, at any width."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.confusion import Confusion
from quiz.deck import Deck
from quiz.insight import FORECAST_DAYS, Figures, Mastery, OfDeck, Overview, Pace
from quiz.terminal.figures import SHOWN, overview_lines
from quiz.terminal.style import Style, width

DECK = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
features:
  white: {aspect: sign, noun: a white belly, present: {gull: {says: Gulls are white., cite: book Gulls ¶3}, tern: {says: Terns are white., cite: book Terns ¶3}}}
"""


def figures(due: dict[int, int] | None = None, reviews: int = 5, practice: int = 0) -> Figures:
    """Five reviews, with so much falling due in so many days."""
    counts = [(due or {}).get(day, 0) for day in range(FORECAST_DAYS)]
    return Figures(
        reviews=reviews,
        cards=2,
        days=3,
        today=1,
        streak=2,
        practice=practice,
        repeated=4,
        retained=3,
        predicted=0.9,
        pace=6500.0,
        paces=(Pace("sort", 4, 6000.0), Pace("recall", 1, 9000.0)),
        forecast=tuple(((date(2024, 10, 4) + timedelta(day)).isoformat(), count) for day, count in enumerate(counts)),
    )


@pytest.fixture
def birds(deck_of: Callable[[str], Deck]) -> OfDeck:
    return OfDeck(
        deck_of(DECK),
        (Mastery(("gull",), 12, 8, 6), Mastery(("tern",), 4, 0, 0)),
        (Mastery(("gull", "tern"), 4, 2, 1),),
        (Confusion("gull", "tern", 3, 8, 2.5, lately=1, before=2, features=("white",)),),
        1,
    )


def lines(found: Overview, columns: int = 80, *, plain: bool = False) -> list[str]:
    return list(overview_lines(found, columns, Style(False), plain=plain))


def test_nothing_studied_is_said_in_one_line() -> None:
    """With what to do about it."""
    assert lines(Overview(figures(reviews=0), ())) == ["Nothing studied yet; `quiz` starts."]


def test_practice_alone_is_not_nothing() -> None:
    """A log with practice only is told as such."""
    assert lines(Overview(figures(reviews=0, practice=1), ()))[1] == "1 response more as practice or unrated"


def test_all_figures_at_80_columns(birds: OfDeck) -> None:
    """What was reviewed, what falls due as a chart, what is mastered with bars, what is mixed up, and leeches."""
    assert lines(Overview(figures({0: 4, 1: 2, 29: 1}), (birds,)), 80) == [
        "5 reviews of 2 cards on 3 days, 1 today · 2 days in a row",
        "Remembered: 75 % (3 of 4 repeated reviews); FSRS predicted 90 %",
        "Median time: 6.5 s a question (sort 6.0 s · recall 9.0 s)",
        "",
        "Due today 4, tomorrow 2, in the next 7 days 6, in the next 30 days 7",
        "  4 ██",
        "    ██",
        "    ████",
        "  0 ████" + 54 * " " + "██",
        "    4 Oct" + 50 * " " + "2 Nov",
        "",
        "sample",
        "Subject     seen  mastered",
        "  gulls  8 of 12      50 %  ████████░░░░░░░░",
        "  1 subject not begun",
        "Pair                 seen  mastered",
        "  gulls and terns  2 of 4      25 %  ████░░░░░░░░░░░░",
        "Mixed up",
        "  gulls taken for terns (3 of 8, falling)",
        "1 card is forgotten again and again (leeches)",
    ]


def test_in_a_narrow_terminal_shares_stand_below_the_names(birds: OfDeck) -> None:
    """The chart has one column a day, and a table becomes lines of words."""
    shown = lines(Overview(figures({0: 4, 1: 2, 29: 1}), (birds,)), 40)
    assert "  0 ██" + 27 * " " + "█" in shown
    at = shown.index("Subject")
    assert shown[at : at + 3] == ["Subject", "  gulls", "    8 of 12 seen, 50 % mastered"]


def test_plain_has_words_and_no_bars(birds: OfDeck) -> None:
    """Nothing that a screen reader would spell out as blocks."""
    shown = "\n".join(lines(Overview(figures({0: 4}), (birds,)), plain=True))
    assert not set("█░▁▂▃▄▅▆▇") & set(shown)
    assert "Due today 4" in shown
    assert "50 % mastered" in shown


def test_nothing_due_has_no_chart() -> None:
    """No division by the longest bar."""
    assert lines(Overview(figures(), ()))[-1] == "Due today 0, tomorrow 0, in the next 7 days 0, in the next 30 days 0"


def test_the_least_that_is_due_can_be_seen() -> None:
    """One card beside a thousand is not nothing."""
    assert "▁▁" in "".join(lines(Overview(figures({0: 1000, 3: 1}), ())))


def test_a_deck_not_begun_says_how_to_begin_it(birds: OfDeck) -> None:
    """One line stands for its tables."""
    unseen = birds._replace(subjects=(Mastery(("gull",), 12, 0, 0),), pairs=(), confused=(), leeches=0)
    assert lines(Overview(figures(), (unseen,)))[-1] == "Nothing of it seen yet; `quiz study sample` begins it."


def test_of_many_pairs_the_least_mastered_are_shown(birds: OfDeck) -> None:
    """The rest is counted, and the report has it all."""
    many = tuple(Mastery(("gull", "tern"), 20, 20, mastered) for mastered in range(20, 0, -1))
    shown = lines(Overview(figures(), (birds._replace(pairs=many),)))
    assert sum("gulls and terns" in line for line in shown) == SHOWN
    assert "  gulls and terns  20 of 20       5 %  ░░░░░░░░░░░░░░░░" in shown
    assert "  10 more in `quiz report`" in shown


def test_decks_that_were_not_found_are_named() -> None:
    """Their reviews are in the figures; without a folder, their subjects are not known. Their names are made safe."""
    shown = " ".join(lines(Overview(figures(), (), ("my\x1b[31mbirds",))))
    assert "Counted above, but not found here: mybirds." in shown


@given(
    st.integers(20, 220),
    st.dictionaries(st.integers(0, FORECAST_DAYS - 1), st.integers(0, 10**6)),
    st.booleans(),
    st.integers(1, 10**6),
)
def test_no_line_is_longer_than_the_terminal(columns: int, due: dict[int, int], plain: bool, reviews: int) -> None:
    """Whatever the width and the counts."""
    assert all(
        width(line) < max(21, columns) for line in lines(Overview(figures(due, reviews), ()), columns, plain=plain)
    )


@pytest.mark.parametrize("columns", [24, 40, 59, 60, 61, 80, 200])
def test_tables_fit_their_terminal(birds: OfDeck, columns: int) -> None:
    """With long names, too."""
    long = birds.deck.subjects["gull"]._replace(short="gulls of the northern and the southern coast " * 3)
    deck = birds.deck._replace(subjects={**birds.deck.subjects, "gull": long})
    shown = lines(Overview(figures({1: 3}), (birds._replace(deck=deck),)), columns)
    assert max(map(width, shown)) < columns
