"""The generator against the independent checker, over random decks: whatever it asks is proven."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.conflicts import conflicts
from quiz.deck import Deck
from quiz.facts import given_only
from quiz.interchange import bank_as_data, facts_as_data
from quiz.loader import load
from quiz.proof import check
from quiz.questions import KINDS, Draw, Material, bank, cards
from quiz.reasoning import Knowledge
from tests.strategies import decks

SHIPPED = Path(__file__).parents[1] / "decks"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deck=decks(), seed=st.integers(0, 2**32))
def test_every_question_of_a_random_deck_is_proven(deck: Deck, seed: int) -> None:
    """Exactly one key, each distractor wrong by a legal rule that its facts imply."""
    data = bank_as_data(deck, seed, bank(Material(Knowledge(deck)), seed))
    assert check(deck, json.loads(json.dumps(data))) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deck=decks(), seed=st.integers(0, 2**32), turn=st.integers(1, 5), most=st.integers(3, 4))
def test_later_turns_are_proven_as_well(deck: Deck, seed: int, turn: int, most: int) -> None:
    """Other wording and other options, the same soundness."""
    material = Material(Knowledge(deck))
    asked = [
        KINDS[kind](card, material, Draw(seed, card.id, turn, most)) for card in cards(material) for kind in card.kinds
    ]
    assert check(deck, bank_as_data(deck, seed, asked)) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deck=decks(), seed=st.integers(0, 2**32))
def test_the_given_sources_alone_prove_their_questions(deck: Deck, seed: int) -> None:
    """A deck without its reference tier asks less, and nothing that it cannot prove."""
    narrowed = given_only(deck)
    assert check(narrowed, bank_as_data(narrowed, seed, bank(Material(Knowledge(narrowed)), seed))) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deck=decks(consistent=False), seed=st.integers(0, 2**32))
def test_a_deck_that_contradicts_itself_is_found_out_or_harmless(deck: Deck, seed: int) -> None:
    """Where no conflict is reported, the bank is proven."""
    knowledge = Knowledge(deck)
    if not conflicts(knowledge):
        assert check(deck, bank_as_data(deck, seed, bank(Material(knowledge), seed))) == ()


@pytest.mark.parametrize("name", ["lupus-look-alikes", "python-collections"])
def test_the_shipped_decks_are_proven_whatever_the_seed_and_turn(name: str) -> None:
    """At early and late turns, with three options and with four."""
    deck, problems = load(SHIPPED / name)
    assert deck is not None, "\n".join(map(str, problems))
    material = Material(Knowledge(deck))
    for seed, turn, most in ((11, 0, 3), (12, 1, 4), (13, 2, 3), (14, 9, 4)):
        asked = [
            KINDS[kind](card, material, Draw(seed, card.id, turn, most))
            for card in cards(material)
            for kind in card.kinds
        ]
        assert check(deck, bank_as_data(deck, seed, asked)) == ()


@settings(max_examples=40, deadline=None)
@given(deck=decks())
def test_facts_of_a_random_deck_are_plain_data(deck: Deck) -> None:
    """Whatever the form of a fact, it can be written as JSON and read back."""
    data = facts_as_data(deck)
    assert json.loads(json.dumps(data)) == data
