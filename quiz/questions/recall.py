"""Recall: an author's sentence with one gap, to be typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quiz.deck import Deck, Fact
from quiz.draw import Draw
from quiz.questions.material import Material
from quiz.questions.model import Card, Question
from quiz.questions.names import names_of_things, normal
from quiz.questions.told import present_cites, today, whose
from quiz.questions.wording import paragraph
from quiz.reasoning import upper_first

KIND = "recall"

STEMS = ("Fill the gap. {sentence}", "Which word or words are missing? {sentence}")
GAP = "_____"

_CLOZE = re.compile(r"\{([^{}]+)\}")


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a cloze card; a dated statement says whose it is and is followed by the present reading."""
    deck, fact = material.deck, material.deck.facts[card.fact]
    sentence = whose(deck, fact) + _CLOZE.sub(GAP, fact.cloze)
    answer = gap(fact)
    return Question(
        id=f"{card.id}/{KIND}",
        card=card.id,
        kind=KIND,
        seed=draw.seed,
        stem=draw.turned(STEMS, "frame").replace("{sentence}", upper_first(sentence)),
        asks={"relation": "cloze", "fact": fact.id},
        accepts=tuple(dict.fromkeys((answer, *fact.accepts, *_synonyms(deck, (answer, *fact.accepts))))),
        explanation=paragraph(fact.text, today(fact)),
        facts=(fact.id,),
        cites=present_cites(fact),
    )


def gap(fact: Fact) -> str:
    """The words in the gap of a fact's cloze. Raises ValueError when it has none."""
    found = _CLOZE.search(fact.cloze)
    if found is None:
        raise ValueError(f"fact {fact.id} has no cloze")
    return found.group(1)


def _synonyms(deck: Deck, answers: Iterable[str]) -> Iterator[str]:
    """Other names of what the answers name; of a feature's noun, which describes, only what holds an answer's words."""
    wanted = {normal(answer) for answer in answers}
    nouns = {feature.noun for feature in deck.features.values()}
    for names in names_of_things(deck):
        if any(normal(name) in wanted for name in names):
            yield from (name for name in names if name not in nouns or _holds(name, wanted))


def _holds(name: str, answers: Iterable[str]) -> bool:
    words = set(normal(name).split())
    return any(words.issuperset(answer.split()) for answer in answers)
