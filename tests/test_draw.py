"""Lots depend on nothing but the names given."""

from __future__ import annotations

import hashlib
import sys
from importlib.util import find_spec, module_from_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.draw import Draw, lot

NAMES = st.lists(st.text(max_size=6), unique=True, max_size=12)
DRAWS = st.builds(Draw, seed=st.integers(), card=st.text(max_size=8), turn=st.integers(0, 50))


def test_lots_are_the_same_for_ever() -> None:
    """Another hash would change every bank and the wording of every card: these numbers may not change."""
    assert lot("statement", "tremor", "sle") == 2063197376126793257
    assert lot(0, "pair:gull~tern:hooked-bill", 1, "options", "x") == 13063489490669077633


def test_an_order_is_the_same_for_ever() -> None:
    """So may not the way in which lots become an order."""
    assert Draw(7, "card", 2).shuffled("abcdef", "options") == ["d", "e", "a", "f", "c", "b"]


@given(st.lists(st.one_of(st.text(), st.integers()), max_size=4))
def test_a_lot_has_64_bits(names: list[object]) -> None:
    """A lot is a number from 0 to 2⁶⁴ − 1, and the same for the same names."""
    assert 0 <= lot(*names) < 2**64
    assert lot(*names) == lot(*names)


def test_names_do_not_run_together() -> None:
    """Where one name ends and the next begins matters."""
    assert lot("ab", "c") != lot("a", "bc")


@given(DRAWS, NAMES)
def test_a_shuffle_loses_and_adds_nothing(draw: Draw, names: list[str]) -> None:
    """Every name stands in the order once."""
    assert sorted(draw.shuffled(names, "options")) == sorted(names)


@given(DRAWS, NAMES)
def test_the_order_does_not_hang_on_how_names_were_written(draw: Draw, names: list[str]) -> None:
    """An author who sorts a file anew changes no question."""
    assert draw.shuffled(names, "options") == draw.shuffled(reversed(names), "options")


@given(DRAWS, NAMES, st.text(min_size=7, max_size=7))
def test_a_new_name_leaves_the_others_in_their_order(draw: Draw, names: list[str], new: str) -> None:
    """A new feature moves in between; the others keep their order."""
    grown = draw.shuffled([*names, new], "options")
    assert [name for name in grown if name != new] == draw.shuffled(names, "options")


@pytest.mark.parametrize(
    "other", [Draw(2, "card"), Draw(1, "another"), Draw(1, "card", turn=1)], ids=["seed", "card", "turn"]
)
def test_seed_card_and_turn_change_the_order(other: Draw) -> None:
    """Each of them draws afresh."""
    names = "abcdefghijklmnop"
    assert other.shuffled(names, "options") != Draw(1, "card").shuffled(names, "options")


def test_the_purpose_changes_the_order() -> None:
    """Distractors are not drawn in the order in which options are shown."""
    draw = Draw(1, "card")
    assert draw.shuffled("abcdefghijklmnop", "options") != draw.shuffled("abcdefghijklmnop", "distractors")


@given(DRAWS, st.lists(st.text(max_size=4), min_size=1, max_size=6, unique=True))
def test_the_choices_come_in_turn(draw: Draw, choices: list[str]) -> None:
    """In as many turns as there are choices each comes once, in their order, and then the first again."""
    drawn = [draw._replace(turn=draw.turn + i).turned(choices, "frame") for i in range(len(choices) + 1)]
    start = choices.index(drawn[0])
    assert drawn == [*choices[start:], *choices[:start], drawn[0]]


def test_nothing_cannot_be_drawn_from() -> None:
    """No choices are an error, not a silent None."""
    with pytest.raises(IndexError, match="nothing to draw from"):
        Draw(0, "card").turned([], "frame")


def test_another_python_draws_the_same_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without CPython's own module, hashlib gives the hash."""
    monkeypatch.setitem(sys.modules, "_blake2", None)
    spec = find_spec("quiz.draw")
    assert spec is not None
    assert spec.loader is not None
    other = module_from_spec(spec)
    spec.loader.exec_module(other)
    assert other.blake2b is hashlib.blake2b
    assert other.lot(1, "a", 2**70) == lot(1, "a", 2**70)
