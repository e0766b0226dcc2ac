"""Typed replies: what is right, what nearly is, what is known to be wrong, and what the deck merely does not cite."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from quiz.deck import Deck, Fact, Figure, Tells
from quiz.questions.amounts import Amount, amount, matches, overlaps, same_unit
from quiz.questions.model import Question
from quiz.questions.names import names_of_things, normal
from quiz.questions.recall import gap
from quiz.questions.spelling import difference, folded, new_words, opposed, slip, vocabulary

__all__ = ["Judgement", "Worth", "difference", "judge"]


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
    fact = deck.facts.get(str(question.asks.get("fact")))
    wanted = _wanted(question, fact)
    return _of_amount(question, fact, wanted, reply) if wanted else _of_words(question, deck, reply)


# figures


def _wanted(question: Question, fact: Fact | None) -> list[Amount]:
    """The amounts that are accepted, and with the unit of the figure, or with the word that follows the gap."""
    found = [each for each in map(amount, question.accepts) if each]
    if found and fact:
        figure = _figure(fact)
        if _asks_for_figure(question) and figure:
            whole = f"{figure.value} {figure.unit}"
        else:
            whole = " ".join([gap(fact), *fact.cloze.partition("}")[2].split()[:1]])
        found += filter(None, [amount(whole)])
    return found


def _asks_for_figure(question: Question) -> bool:
    return question.asks.get("relation") == "figure"


def _figure(fact: Fact) -> Figure | None:
    return fact.form.figure if isinstance(fact.form, Tells) else None


def _of_amount(question: Question, fact: Fact | None, wanted: list[Amount], reply: str) -> Judgement:
    given = amount(reply)
    if given is None:
        return RIGHT if folded(reply) in map(folded, question.accepts) else UNCITED
    if not same_unit(given, {each.unit for each in wanted}):
        return UNCITED
    figure = _figure(fact) if fact else None
    within = float(figure.within.replace(",", ".")) if figure and _asks_for_figure(question) else 0.0
    if any(matches(given, each, within) for each in wanted):
        meant = amount(f"{figure.bound} {figure.value}") if figure else None
        against = meant is not None and {given.bound, meant.bound} == {"up", "down"}
        return UNCITED if against else RIGHT
    return UNCITED if any(overlaps(given, each, within) for each in wanted) else WRONG


# words


def _of_words(question: Question, deck: Deck, reply: str) -> Judgement:
    same = folded(reply)
    ours, others = _sorted_out(question, deck)
    if same in ours:
        return RIGHT
    if same in map(folded, others):
        return WRONG
    near = _nearest(reply, question.accepts)
    if near is None:
        misspelt = _nearest(reply, others)
        other = misspelt is not None and not _is_a_word(deck, reply, misspelt[1])
        return WRONG if other or any(opposed(reply, each) for each in question.accepts) else UNCITED
    edits, wanted = near
    rival = _nearest(reply, (*others, *_answers(deck, ours)))
    if rival and rival[0] <= edits:
        return WRONG if rival[0] < edits else UNCITED
    return UNCITED if _is_a_word(deck, reply, wanted) else Judgement(Worth.NEAR, wanted)


def _sorted_out(question: Question, deck: Deck) -> tuple[set[str], tuple[str, ...]]:
    """The folded names of the thing that is asked for, and the names of all other things."""
    ours, size = {folded(each) for each in question.accepts}, 0
    families = [(names, {folded(name) for name in names}) for names in names_of_things(deck)]
    while size < len(ours):  # a name may stand in two families
        size = len(ours)
        ours |= {name for _, same in families if same & ours for name in same}
    return ours, tuple(name for names, same in families if not same & ours for name in names)


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
