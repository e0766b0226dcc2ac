"""Typed replies: what is right, what nearly is, what is known to be wrong, and what the deck merely does not cite."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from quiz.deck import Deck, Figure, Tells
from quiz.questions.amounts import Amount, amount, matches, overlaps, same_unit
from quiz.questions.model import Question
from quiz.questions.names import names_of_things, normal
from quiz.questions.recall import gap
from quiz.questions.spelling import folded, new_words, opposed, slip, vocabulary


class Worth(StrEnum):
    """What a typed reply is worth; near ones count as right."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"
    UNCITED = "uncited"


class Judgement(NamedTuple):
    """What a reply is worth, and for a near one the accepted reply that it is near to."""

    worth: Worth
    near_to: str = ""

    @property
    def right(self) -> bool | None:
        """Whether it counts as right; None for what is not rated."""
        return {Worth.RIGHT: True, Worth.NEAR: True, Worth.WRONG: False}.get(self.worth)


RIGHT, WRONG, UNCITED = Judgement(Worth.RIGHT), Judgement(Worth.WRONG), Judgement(Worth.UNCITED)


def judge(question: Question, deck: Deck, reply: str) -> Judgement:
    """What a reply to a typed question of the deck is worth. An empty one says "I don't know", which is wrong."""
    given = normal(reply)
    if not given:
        return WRONG
    if given in map(normal, question.accepts):
        return RIGHT
    figure = _figure(question, deck)
    wanted = _wanted(question, figure)
    return _of_amount(question, reply, wanted, figure) if wanted else _of_words(question, deck, reply)


# figures


def _figure(question: Question, deck: Deck) -> Figure | None:
    """The figure of the fact that the question is about, if it asks for it."""
    fact = deck.facts.get(str(question.asks.get("fact")))
    if fact is None or not isinstance(fact.form, Tells) or fact.form.figure is None:
        return None
    return fact.form.figure


def _wanted(question: Question, figure: Figure | None) -> list[Amount]:
    """The amounts that are accepted; where the figure of the fact is among them, with its unit."""
    texts = [*question.accepts]
    found = [each for each in map(amount, texts) if each]
    own = amount(f"{figure.value} {figure.unit}") if figure else None
    if own and (question.asks.get("relation") == "figure" or any(matches(own, each) for each in found)):
        found.append(own)
    return found


def _of_amount(question: Question, reply: str, wanted: list[Amount], figure: Figure | None) -> Judgement:
    given = amount(reply)
    if given is None and folded(reply) in map(folded, question.accepts):
        return RIGHT
    if given is None or not same_unit(given, {each.unit for each in wanted}):
        return UNCITED
    within = float(figure.within.replace(",", ".")) if figure else 0.0
    if any(matches(given, each, within) for each in wanted):
        meant = amount(f"{figure.bound} {figure.value}") if figure else None
        other_way = meant and {given.bound, meant.bound} == {"up", "down"}
        return UNCITED if other_way else RIGHT
    return UNCITED if any(overlaps(given, each, within) for each in wanted) else WRONG


# words


def _of_words(question: Question, deck: Deck, reply: str) -> Judgement:
    same = folded(reply)
    ours, others = _sorted_out(question, deck)
    if same in ours:
        return RIGHT
    if same in map(folded, others) or any(opposed(reply, each) for each in question.accepts):
        return WRONG
    near = _nearest(reply, question.accepts)
    if near is None:
        misspelt = _nearest(reply, others)
        return WRONG if misspelt and not _is_a_word(deck, reply, misspelt[1]) else UNCITED
    edits, wanted = near
    rival = _nearest(reply, (*others, *_answers(deck, ours)))
    if rival and rival[0] <= edits:
        return WRONG if rival[0] < edits else UNCITED
    return UNCITED if _is_a_word(deck, reply, wanted) else Judgement(Worth.NEAR, wanted)


def _sorted_out(question: Question, deck: Deck) -> tuple[set[str], tuple[str, ...]]:
    """The folded names of the thing that is asked for, and the names of all other things."""
    ours = {folded(each) for each in question.accepts}
    families = [(names, {folded(name) for name in names}) for names in names_of_things(deck)]
    others = [names for names, same in families if not same & ours]
    ours = ours.union(*(same for _, same in families if same & ours))
    return ours, tuple(name for names in others for name in names)


def _answers(deck: Deck, ours: set[str]) -> Iterator[str]:
    """What fills the gaps of the deck's other sentences; not what stands beside a reply that is accepted here.

    A reply that is spelt so is no slip. But neither is it known to be wrong here, where the sentence is another one.
    """
    for fact in deck.facts.values():
        if fact.cloze:
            answers = (gap(fact), *fact.accepts)
            if not ours & set(map(folded, answers)):
                yield from answers


def _nearest(reply: str, names: tuple[str, ...]) -> tuple[int, str] | None:
    """The name that a reply is the least slip away from, after how many edits; None where it is too far from all."""
    found = [(edits, name) for name in names if (edits := slip(reply, name)) is not None]
    return min(found, key=lambda each: each[0], default=None)


def _is_a_word(deck: Deck, reply: str, wanted: str) -> bool:
    """Whether a word that looks like a slip for the one wanted stands in the deck as a word of its own."""
    words = new_words(reply, wanted)
    texts = [name for names in names_of_things(deck) for name in names]
    texts += [text for fact in deck.facts.values() for text in (fact.text, fact.cloze, fact.hedge, *fact.accepts)]
    return any(words & vocabulary(text) for text in texts)
