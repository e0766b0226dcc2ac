"""Typed replies: what is accepted, what is known wrong, and what is merely not cited."""

from __future__ import annotations

import pytest

from quiz.questions import KINDS, Draw, Material, Question, cards
from quiz.questions.recall import GAP, is_known_wrong, is_right, normal


def recall(material: Material, fact: str) -> Question:
    card = next(card for card in cards(material) if card.id == f"recall:{fact}")
    return KINDS["recall"](card, material, Draw(0, card.id))


def test_the_gap_is_blank_and_the_answer_accepted(gulls: Material) -> None:
    """The stem shows the sentence without the word; the author's other replies are accepted too."""
    asked = recall(gulls, "hooked-bill.gull")
    assert f"The tip of a gull's bill is {GAP}." in asked.stem
    assert asked.accepts == ("hooked", "hook-shaped")


def test_terms_bring_their_synonyms(gulls: Material) -> None:
    """An abbreviation listed among the terms is as good as the words."""
    assert is_right(recall(gulls, "eyes"), "uv")
    assert is_right(recall(gulls, "eyes"), " the Ultraviolet  light. ")


@pytest.mark.parametrize(
    ("typed", "same_as"),
    [
        ("The Butterfly-Rash.", "butterfly rash"),
        ("30%", "30 percent"),
        ("30 per cent", "30 %"),
        ("a 1.5 mm gap", "1.5 mm gap"),
        ("Raynaud’s", "raynaud's"),
        ("A", "a"),
        ("300g", "300 g"),
    ],
)
def test_replies_are_compared_without_case_articles_or_punctuation(typed: str, same_as: str) -> None:
    """What a reader would call the same reply is the same."""
    assert normal(typed) == normal(same_as)


@pytest.mark.parametrize(("one", "other"), [("1.5", "15"), ("myelinated", "unmyelinated"), ("ANA", "A")])
def test_different_replies_stay_different(one: str, other: str) -> None:
    """Nothing that changes the meaning is normalised away."""
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    ("fact", "typed", "wrong"),
    [
        ("weight-of-a-tern", "200 g", True),  # another figure
        ("weight-of-a-tern", "about 120 g", False),  # no bare figure: it may say the same
        ("weight-of-a-tern", "4 ounces", False),  # another unit
        ("weight-of-a-tern", "quite light", False),  # not cited, yet not known to be wrong
        ("eyes", "webbed feet", True),  # the name of something else in the deck
        ("eyes", "", True),  # I don't know
        ("eyes", "short waves", False),
    ],
)
def test_known_wrong_or_merely_not_cited(gulls: Material, fact: str, typed: str, wrong: bool) -> None:
    """Only another figure, another thing's name or nothing at all is known to be wrong."""
    asked = recall(gulls, fact)
    assert not is_right(asked, typed)
    assert is_known_wrong(asked, gulls.deck, typed) is wrong


def test_a_dated_statement_says_whose_it_is_and_what_holds_today(gulls: Material) -> None:
    """It is asked as the source's view, and the present reading follows."""
    asked = recall(gulls, "old-name")
    assert "(According to Sample Press 2020:)" in asked.stem
    assert asked.explanation.endswith("Today: Terns are no swallows.")
    assert len(asked.cites) == 2
