"""Checks typed questions against the cloze or the figure they are made from, for the checker of banks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.deck import Deck, Fact, States, Tells, Weight
from quiz.proof.bank import Item
from quiz.proof.claims import Laws
from quiz.proof.figure import figured
from quiz.proof.shape import normal


def typed(deck: Deck, laws: Laws, item: Item) -> Iterator[str]:
    """Objections to a typed question: its fact may be asked, its stem asks for it, its replies are right."""
    fact = deck.facts[item.asked.fact]
    if item.choices:
        yield "a typed question has no options"
    if fact.weight is Weight.BACKGROUND:
        yield f"fact {fact.id} is background, which is never asked"
    if fact.dated is not None:
        if "According to" not in item.stem or fact.dated.text not in item.explanation:
            yield f"fact {fact.id} is dated: the stem must say whose it is, and the explanation what holds today"
    elif isinstance(fact.form, States) and (fact.form.claim.subject, fact.form.claim.feature) in laws.silent:
        yield f"what fact {fact.id} states is disputed"
    yield from figured(deck, item) if item.asked.relation == "figure" else _cloze(deck, item, fact)


def _cloze(deck: Deck, item: Item, fact: Fact) -> Iterator[str]:
    """Objections to a cloze: the stem must be it without its answer, the replies right."""
    gap = re.search(r"\{([^{}]+)\}", fact.cloze)
    if gap is None:
        yield f"fact {fact.id} has no cloze"
        return
    before, after = fact.cloze[: gap.start()], fact.cloze[gap.end() :]
    blank = re.search(re.escape(before) + r"((?:[^\w\s]|_)[\W_]*)" + re.escape(after), item.stem)
    if blank is None:
        yield "the stem is not the cloze with its gap blanked"
    elif re.search(rf"(?<!\w){re.escape(normal(gap[1]))}(?!\w)", normal(_without(item.stem, blank))):
        yield "the stem shows what is to be recalled"
    needed = {_bare(gap[1]), *map(_bare, fact.accepts)}
    accepted = {_bare(reply) for reply in item.accepts}
    if not needed <= accepted:
        yield "a reply that the fact accepts is not among the accepted"
    for reply in sorted(accepted - _synonyms(deck, fact, gap[1], needed)):
        yield f"nothing in the deck makes {reply!r} a right reply"


def _without(stem: str, blank: re.Match[str]) -> str:
    return f"{stem[: blank.start(1)]} \N{HORIZONTAL ELLIPSIS} {stem[blank.end(1) :]}"


def _bare(text: str) -> str:
    """The text as replies are compared: without an article before it."""
    return re.sub(r"^(?:an?|the) (?=\S)", "", normal(text))


def _synonyms(deck: Deck, fact: Fact, gap: str, replies: set[str]) -> set[str]:
    """The replies, with all that the deck gives as other names of the same thing, or as other spellings of a figure."""
    families = [*deck.terms, *((s.name, s.short, *s.also) for s in deck.subjects.values())]
    families += [(feature.noun, *feature.also) for feature in deck.features.values()]
    names = [{_bare(member) for member in family} for family in families]
    found, size = set(replies), 0
    while size < len(found):
        size = len(found)
        found |= {member for family in names if family & found for member in family}
    if isinstance(fact.form, Tells) and fact.form.figure is not None and fact.form.figure.value in gap:
        figure = fact.form.figure
        found |= {_bare(f"{figure.value}{unit}") for unit in ("", figure.unit, f" {figure.unit}")}
    return found
