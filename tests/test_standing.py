"""How a card stands, and why it comes when it comes."""

from __future__ import annotations

import pytest

from quiz.deck import Weight
from quiz.memory import Memory
from quiz.planning import Past, Wishes, is_leech
from quiz.questions.model import Card
from quiz.standing import difficulty_in_words, percent, stability_in_words, state, why

TODAY = 20_000


def card(name: str, fact: str = "") -> Card:
    return Card(id=name, fact=fact or name, about=("a", "b"), feature=None, kinds=("contrast",), weight=Weight.CORE)


def memory(due: int, stability: float = 3.0, lapses: int = 0, difficulty: float = 5.0) -> Memory:
    return Memory(stability, difficulty, last=due - 3, due=due, reviews=2, lapses=lapses)


CARDS = [card("x", "f"), card("sister", "f"), card("other")]


def reason(past: Past, planned: tuple[str, ...] = (), wishes: Wishes | None = None) -> str:
    return why(CARDS[0], CARDS, past, wishes or Wishes(new=7, reviews=40), TODAY, planned)


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (Past({}), "new"),
        (Past({}, answered={"x"}), "answered today, not counted"),
        (Past({"x": memory(TODAY)}), "due today"),
        (Past({"x": memory(TODAY - 1)}), "due for 1 day"),
        (Past({"x": memory(TODAY + 1)}), "due tomorrow"),
        (Past({"x": memory(TODAY + 12)}), "due in 12 days"),
        (Past({"x": memory(TODAY)}, suspended={"x"}), "suspended"),
    ],
)
def test_the_state_is_said_in_a_few_words(past: Past, said: str) -> None:
    assert state("x", past, TODAY) == said


@pytest.mark.parametrize(
    ("past", "planned", "said"),
    [
        (Past({}, suspended={"x"}), (), "until `quiz unsuspend x`"),
        (Past({}, answered={"x"}), (), "as practice, or its reply was not rated, so it comes on another day"),
        (Past({"x": memory(TODAY)}, answered={"x"}), (), "answered today as practice"),
        (Past({}), ("x",), "It is part of today's sitting."),
        (Past({}), (), "7 new cards come a day"),
        (Past({}, answered={"sister"}), (), "sister hangs on the same fact and was asked today"),
        (Past({"x": memory(TODAY)}), ("sister",), "sister hangs on the same fact and is asked today"),
        (Past({"x": memory(TODAY)}), ("x",), "has sunk to 90 %. It is asked today."),
        (Past({"x": memory(TODAY)}), (), "at most 40 reviews come a day"),
        (Past({"x": memory(TODAY + 2)}), (), "Last asked yesterday, with a stability of 3.0 days: on 2024-10-06"),
        (Past({"x": memory(TODAY + 2)}), (), "will have sunk to 90 %"),
    ],
)
def test_why_names_the_one_reason_that_holds(past: Past, planned: tuple[str, ...], said: str) -> None:
    assert said in reason(past, planned)


def test_figures_of_a_memory_come_in_words() -> None:
    assert stability_in_words(memory(TODAY, stability=2.34)) == "2.3 days"
    assert stability_in_words(memory(TODAY, stability=45.6)) == "46 days"
    assert difficulty_in_words(memory(TODAY, difficulty=2.0)) == "low (2.0 of 10)"
    assert difficulty_in_words(memory(TODAY, difficulty=9.5)) == "high (9.5 of 10)"
    assert percent(memory(TODAY), TODAY - 9) == "100 %"  # a clock that went back


def test_a_leech_is_a_card_failed_four_times_after_the_first() -> None:
    assert is_leech(memory(TODAY, lapses=4))
    assert not is_leech(memory(TODAY, lapses=3))
    assert not is_leech(None)
