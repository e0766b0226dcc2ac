"""Recall: a sentence with a gap, and what is accepted in it."""

from __future__ import annotations

from quiz.questions import KINDS, Draw, Material, Question, cards
from quiz.questions.recall import GAP


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
    assert recall(gulls, "eyes").accepts == ("ultraviolet light", "UV")


def test_a_dated_statement_says_whose_it_is_and_what_holds_today(gulls: Material) -> None:
    """It is asked as the source's view, and the present reading follows."""
    asked = recall(gulls, "old-name")
    assert "(According to Sample Press 2020:)" in asked.stem
    assert asked.explanation.endswith("Today: Terns are no swallows.")
    assert len(asked.cites) == 2
