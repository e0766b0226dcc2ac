"""The banks of the shipped decks: large enough, complete, free of flaws, and of no use to who knows only how tests are made."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from quiz.deck import Disputes, Weight
from quiz.flaws import flaws, scores
from quiz.interchange import bank_as_data
from quiz.loader import load
from quiz.proof import check
from quiz.questions import KINDS, Draw, Material, Question, bank, cards
from quiz.reasoning import Knowledge

DECKS = Path(__file__).parents[2] / "decks"
PAIRS = (*permutations(("sle", "ms", "fm", "ssc"), 2), *permutations(("lcssc", "dcssc")))
PAIRS += tuple(permutations(("peripheral", "sfn", "mm"), 2))


def material_of(name: str) -> Material:
    deck, problems = load(DECKS / name)
    assert deck is not None, "\n".join(map(str, problems))
    return Material(Knowledge(deck))


@pytest.fixture(scope="module", params=["lupus-look-alikes", "python-collections"])
def material(request: pytest.FixtureRequest) -> Material:
    return material_of(request.param)


@pytest.fixture(scope="module")
def medical() -> Material:
    return material_of("lupus-look-alikes")


def asked_claim(question: Question) -> tuple[object, ...]:
    """A question's kind and what it claims, whatever its wording and distractors."""
    return question.kind, str(question.asks), question.options[question.key].claims if question.options else ()


@pytest.mark.parametrize(("name", "all_", "chosen"), [("lupus-look-alikes", 600, 250), ("python-collections", 100, 80)])
def test_there_are_enough_questions(name: str, all_: int, chosen: int) -> None:
    """Counted by kind and claim asked, and those of three or more options among them; no kind but has some."""
    questions = list(bank(material_of(name), 0))
    assert len({asked_claim(each) for each in questions}) >= all_
    assert len({asked_claim(each) for each in questions if len(each.options) > 2}) >= chosen
    assert {each.kind for each in questions} == set(KINDS)


def test_every_fact_that_is_not_background_is_asked(material: Material) -> None:
    """Some question rests on it; what the sources dispute, or the field has left behind, need not be asked."""
    questions = list(bank(material, 0))
    used = {fact for each in questions for fact in each.facts}
    used |= {fact for each in questions for option in each.options for fact in option.reason.facts}
    unasked = [
        fact.id
        for fact in material.deck.facts.values()
        if fact.weight is not Weight.BACKGROUND and not (fact.dated or isinstance(fact.form, Disputes))
        if fact.id not in used
    ]
    assert unasked == []


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_each_pair_has_enough_contrasts_and_sorts_in_each_direction(medical: Material, pair: tuple[str, str]) -> None:
    """At least eight cards that turn on what speaks for the one rather than the other."""
    a, b = pair
    found = {
        card.feature
        for card in cards(medical)
        if card.about == pair and {"contrast", "sort"} & set(card.kinds) and card.feature
        if card.id.startswith("likelier") or medical.lacks(b, card.feature)
    }
    assert len(found) >= 8


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_bot_does_better_than_chance(material: Material, seed: int) -> None:
    """Over the whole bank each scores at most 1.645 standard errors above chance, and nowhere far above it."""
    found = scores(bank(material, seed))
    assert [score for score in found if score.is_flaw] == []
    assert Counter(score.kind for score in found)["all kinds"] >= 6


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_no_question_has_a_flaw(material: Material, seed: int) -> None:
    """Every check is silent."""
    assert [str(flaw) for flaw in flaws(material.deck, bank(material, seed))] == []


@pytest.mark.parametrize("turn", [0, 1, 3])
def test_the_whole_bank_is_proven(material: Material, turn: int) -> None:
    """From the raw facts, by the checker that shares no code with the generator, with three options and with four."""
    most = 3 + turn % 2
    asked = [
        KINDS[kind](card, material, Draw(turn, card.id, turn, most)) for card in cards(material) for kind in card.kinds
    ]
    assert check(material.deck, bank_as_data(material.deck, turn, asked)) == ()
