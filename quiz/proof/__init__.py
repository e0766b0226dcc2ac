"""Proves a bank from the raw facts of its deck, sharing no code with what made the bank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from quiz.deck import Deck
from quiz.proof.asked import TYPED
from quiz.proof.bank import Item, read_bank
from quiz.proof.claims import Basis, basis
from quiz.proof.form import formed, sourced, stand_together
from quiz.proof.shape import on_one_line
from quiz.proof.typed import typed
from quiz.proof.verdicts import decided

__all__ = ["check"]


def check(deck: Deck, bank: Mapping[str, object]) -> tuple[str, ...]:
    """Objections to a bank, one line each, beginning with the question's id; empty when everything is proven.

    ``deck`` is the deck that the bank was made from, with no facts beyond those that it might use. ``bank`` is the
    parsed JSON of a bank. Whatever is missing or of the wrong type is an objection; nothing is raised.
    """
    items, unread = read_bank(deck, bank)
    held = basis(deck)
    counts = Counter(item.id for item in items)
    repeated = (f"{on_one_line(one)}: the id stands {times} times" for one, times in counts.items() if times > 1)
    found = (f"{on_one_line(item.id)}: {on_one_line(why)}" for item in items for why in _examine(held, item))
    return (*unread, *repeated, *found)


def _examine(held: Basis, item: Item) -> Iterator[str]:
    """Objections to one question; of verdicts only where its form is right, which they take for granted."""
    yield from sourced(held.deck, item)
    if item.kind in TYPED:
        yield from typed(held.deck, held.laws, item)
        return
    faults = tuple(formed(held.deck, item))
    yield from faults
    if not faults:
        yield from stand_together(held, item)
        yield from decided(held, item)
