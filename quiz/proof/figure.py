"""Checks typed questions for a figure against the fact that tells it, for the checker of banks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quiz.deck import Deck, Figure, Tells
from quiz.proof.bank import Item
from quiz.proof.shape import normal

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def figured(deck: Deck, item: Item) -> Iterator[str]:
    """Objections to a question for a figure: its stem must ask without showing it, its replies be that figure."""
    fact = deck.facts[item.asked.fact]
    figure = fact.form.figure if isinstance(fact.form, Tells) else None
    if figure is None or not figure.ask:
        yield f"fact {fact.id} has no figure to ask for"
        return
    if figure.ask not in item.stem:
        yield "the stem is not the question that the figure answers"
    if re.search(rf"(?<![\w.,]){re.escape(normal(figure.value))}(?!\w|[.,]\d)", normal(item.stem)):
        yield "the stem shows the figure"
    accepted = {normal(reply) for reply in item.accepts}
    if not {normal(figure.value), normal(f"{figure.value} {figure.unit}")} <= accepted:
        yield "the figure, bare or with its unit, is not among the accepted"
    beside = _beside(deck, figure) | {_words(reply) for reply in fact.accepts}
    for reply in sorted(accepted):
        if _numbers(reply) != _numbers(figure.value) or _words(reply) not in beside:
            yield f"{reply!r} is not the figure {figure.value} {figure.unit}"


def _numbers(text: str) -> tuple[Decimal, ...]:
    """The numbers that stand in the text, in their order."""
    return tuple(Decimal(found.replace(",", "")) for found in NUMBER.findall(normal(text)))


def _words(text: str) -> str:
    """The text beside its numbers."""
    return normal(NUMBER.sub(" ", normal(text)))


def _beside(deck: Deck, figure: Figure) -> set[str]:
    """What may stand beside the numbers of a reply: the unit, by any name that the deck has for it, and the bound."""
    units = {"", figure.unit, *(term for line in deck.terms if figure.unit in line for term in line)}
    return {_words(f"{bound} {figure.value} {unit}") for bound in ("", figure.bound.value) for unit in units}
