"""Cards forgotten again and again are named with what may help."""

from __future__ import annotations

import pytest

from quiz.deck import Aspect, Deck, Feature, Group, Place, Subject, Weight
from quiz.questions.model import Card
from quiz.terminal.forgotten import MOST, forgotten
from quiz.terminal.style import Style, width
from quiz.terminal.text import Page

AT = Place("deck.yaml", 1)
DECK = Deck(
    *("birds", "1.0.0", "Birds", "MIT", "", "birds"),
    groups={"birds": Group("birds", "bird", "birds", AT)},
    subjects={each: Subject(each, "birds", each, f"{each}s", AT) for each in ("teal", "smew")},
    aspects={"sign": Aspect("sign", "sign", "signs", "", AT)},
    features={"wing": Feature("wing", "sign", "a green \x1b[31mwing patch that can be seen from far away", AT)},
)


def card(name: str, *about: str) -> tuple[Deck, Card]:
    return DECK, Card(name, "f", about, "wing", ("contrast",), Weight.CORE)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_at_most_three_are_named_each_with_one_advice_and_no_line_is_too_long(columns: int) -> None:
    cards = [card(f"pair:{i}", "teal", "smew") for i in range(5)]
    lines = forgotten(cards, " birds", Page(columns, Style(False)))
    assert sum("quiz drill teal smew birds" in line for line in lines) == MOST
    assert all(width(line) <= columns and "\x1b" not in line for line in lines)


def test_a_card_without_a_pair_gets_a_note_instead_of_a_drill() -> None:
    lines = forgotten([card("claim:teal:wing", "teal")], "", Page(80, Style(False)))
    assert lines[-1].strip() == "quiz note claim:teal:wing TEXT"


def test_nothing_is_said_where_nothing_is_forgotten() -> None:
    assert forgotten([], "", Page(80, Style(False))) == []
