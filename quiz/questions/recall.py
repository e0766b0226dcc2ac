"""Recall: an author's sentence with one gap, to be typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from quiz.citation import named
from quiz.deck import Deck, Fact
from quiz.draw import Draw
from quiz.questions.material import Material
from quiz.questions.model import Card, Question
from quiz.questions.wording import paragraph
from quiz.reasoning import upper_first

KIND = "recall"

STEMS = ("Fill the gap. {sentence}", "Which word or words are missing? {sentence}")
GAP = "_____"

_CLOZE = re.compile(r"\{([^{}]+)\}")
_FIGURE = re.compile(r"(\d+(?:[.,]\d+)?)(?: (\w+))?")


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a cloze card; a dated statement says whose it is and is followed by the present reading."""
    deck, fact = material.deck, material.deck.facts[card.fact]
    sentence = _CLOZE.sub(GAP, fact.cloze)
    if fact.dated:
        sentence = f"(According to {named(deck.sources[fact.cites[0].source])}:) {sentence}"
    answer = gap(fact)
    today = f"Today: {fact.dated.text}" if fact.dated else ""
    return Question(
        id=f"{card.id}/{KIND}",
        card=card.id,
        kind=KIND,
        seed=draw.seed,
        stem=draw.turned(STEMS, "frame").replace("{sentence}", upper_first(sentence)),
        asks={"relation": "cloze", "fact": fact.id},
        accepts=tuple(dict.fromkeys((answer, *fact.accepts, *_synonyms(deck, (answer, *fact.accepts))))),
        explanation=paragraph(fact.text, today),
        facts=(fact.id,),
        cites=tuple(dict.fromkeys((*fact.cites, *(fact.dated.cites if fact.dated else ())))),
    )


def gap(fact: Fact) -> str:
    """The words in the gap of a fact's cloze. Raises ValueError when it has none."""
    found = _CLOZE.search(fact.cloze)
    if found is None:
        raise ValueError(f"fact {fact.id} has no cloze")
    return found.group(1)


def normal(text: str) -> str:
    """A reply as it is compared: no case, accents kept apart from letters, punctuation, articles or doubled spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("%", " percent ").replace("per cent", "percent")
    spaced = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", plain)  # 300g is 300 g
    words = re.sub(r"[^\w.,]+|(?<!\d)[.,]|[.,](?!\d)", " ", spaced).split()
    kept = [word for word in words if word not in {"a", "an", "the"}]
    return " ".join(kept or words)


def is_right(question: Question, reply: str) -> bool:
    """Whether a typed reply is among those accepted."""
    return normal(reply) in {normal(each) for each in question.accepts}


def is_known_wrong(question: Question, deck: Deck, reply: str) -> bool:
    """Whether a reply that is not accepted is known to be wrong: another figure, or the name of something else.

    Anything else is merely not what the deck cites, and stays unrated.
    """
    given, right = normal(reply), [normal(each) for each in question.accepts]
    if not given:
        return True
    figures = [found for each in right if (found := _FIGURE.fullmatch(each))]
    other = _FIGURE.fullmatch(given)
    if figures:
        units = {found[2] for found in figures} | {None}
        return other is not None and other[2] in units and other[1] not in {found[1] for found in figures}
    return given in {normal(name) for names in _names(deck) for name in names}


def _names(deck: Deck) -> Iterator[tuple[str, ...]]:
    for subject in deck.subjects.values():
        yield (subject.name, subject.short, *subject.also)
    for feature in deck.features.values():
        yield (feature.noun, *feature.also)
    yield from deck.terms


def _synonyms(deck: Deck, answers: Iterable[str]) -> Iterator[str]:
    wanted = {normal(answer) for answer in answers}
    for names in _names(deck):
        if any(normal(name) in wanted for name in names):
            yield from names
