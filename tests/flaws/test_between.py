"""Checks between options: each fires on a flawed question and is silent on a clean one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.deck import Claim, Deck
from quiz.flaws import CHECKS
from quiz.flaws.between import are_opposite
from quiz.flaws.words import plain
from tests.flaws.build import question

STEM = "Which sign points to gulls rather than to terns?"


@pytest.mark.parametrize(
    ("check", "flawed", "clean"),
    [
        ("duplicate-options", ("*a hooked bill", "The hooked bills"), ("*a hooked bill", "a bent bill")),
        ("synonymous-options", ("*a web", "the membrane"), ("*a web", "a nest")),
        ("containing-options", ("*a bill", "a hooked bill"), ("*a straight bill", "a hooked bill")),
        ("exhaustive-pair", ("*hooked bills", "no hooked bills", "a nest"), ("*hooked bills", "no nest")),
        ("exhaustive-pair", ("*a normal bill", "an abnormal bill"), ("*a normal bill", "an abnormal foot")),
        ("exhaustive-pair", ("*a ringed leg", "an unringed leg"), ("*a ringed leg", "a leg")),
        ("exhaustive-pair", ("*a hook", "the lack of a hook"), ("*a hook", "a hook of bone")),
        (
            "converging-key",
            ("*a long red bill", "a long tail", "red feet"),
            ("*a long red bill", "a long tail", "feet"),
        ),
        ("converging-key", ("*a red bill", "a red tail", "a long bill"), ("*a red bill", "a red tail", "red feet")),
    ],
)
def test_fires_on_a_flaw_and_not_without(
    gulls: Deck, check: str, flawed: tuple[str, ...], clean: tuple[str, ...]
) -> None:
    """The first set of options has the flaw and the second has not."""
    examine = CHECKS[check].examine
    assert list(examine(gulls, question(STEM, *flawed)))
    assert not list(examine(gulls, question(STEM, *clean)))


def test_options_that_the_deck_calls_by_one_name_are_synonyms(gulls: Deck) -> None:
    """A feature's noun and one of its further names do not stand side by side."""
    claims = Claim("gull", "bill", True), Claim("gull", "feet", True)
    asked = question(STEM, "*a hooked bill", "a bent beak", claims=claims)
    assert list(CHECKS["synonymous-options"].examine(gulls, asked))


def test_options_of_two_aspects_or_groups_are_mixed(gulls: Deck) -> None:
    """The odd one out is named, with the sort of the others."""
    mixed = CHECKS["mixed-options"].examine
    claims = Claim("gull", "bill", True), Claim("gull", "feet", True), Claim("gull", "coast", True)
    (found,) = mixed(gulls, question(STEM, "*a hooked bill", "webbed feet", "a rocky coast", claims=claims))
    assert found.option is not None
    assert found.option.text == "a rocky coast"
    assert "aspect place" in found.message
    assert not list(mixed(gulls, question(STEM, "*a hooked bill", "webbed feet", claims=claims[:2])))
    birds = Claim("gull", "tail", True), Claim("tern", "tail", True)
    assert not list(mixed(gulls, question(STEM, "*gulls", "terns", kind="case", claims=birds)))
    things = (*birds, Claim("fork", "tail", True))
    assert list(mixed(gulls, question(STEM, "*gulls", "terns", "forks", kind="case", claims=things)))


words = st.lists(
    st.sampled_from(["bill", "hooked", "red", "no", "not", "normal", "abnormal", "of", "with"]), max_size=5
)


@given(words, words)
def test_being_opposite_goes_both_ways_and_never_to_oneself(one: list[str], other: list[str]) -> None:
    """Whether X is the opposite of Y does not hang on their order, and nothing is the opposite of itself."""
    first, second = " ".join(one), " ".join(other)
    assert are_opposite(first, second) is are_opposite(second, first)
    assert not are_opposite(first, first)


@given(st.text())
def test_plain_words_are_plain_already(text: str) -> None:
    """Case, articles and punctuation are gone after the first time."""
    once = plain(text)
    assert all(word == word.casefold() for word in once)
    assert not {"a", "an", "the"} & set(once)
