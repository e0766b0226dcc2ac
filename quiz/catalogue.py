"""Where a sitting finds cards and what they are made from: a deck in memory, or a large one read piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from quiz.deck import Deck
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.rivals import FEW

PIECES = ".pieces"
"""The ending of a cache entry with the pieces of a large deck."""


def is_large(deck: Deck) -> bool:
    """Whether a deck has a group so large that it falls into families, and so into parts."""
    sizes = dict.fromkeys(deck.groups, 0)
    for subject in deck.subjects.values():
        sizes[subject.group] += 1
    return max(sizes.values(), default=0) > FEW


class Catalogue(Protocol):
    """The cards of a deck. Whatever gives several of them gives them in deck order."""

    @property
    def id(self) -> str:
        """The id of the deck."""

    @property
    def is_large(self) -> bool:
        """Whether to look through all cards takes long."""

    @property
    def deck(self) -> Deck:
        """The whole deck."""

    def all(self) -> Sequence[Card]:
        """All cards."""

    def find(self, ids: Iterable[str]) -> Sequence[Card]:
        """The cards of these ids, of those that there are."""

    def of_pairs(self, *pairs: frozenset[str]) -> Sequence[Card]:
        """The cards about just the subjects of one of these pairs."""

    def renamed(self) -> Sequence[Card]:
        """The cards that had another id before."""

    def part(self, card: Card) -> Material:
        """What the questions of a card are made from."""

    def close(self) -> None:
        """Be done with it."""


class Whole:
    """The catalogue of a deck that is in memory as a whole."""

    is_large = False

    def __init__(self, material: Material, cards: Sequence[Card]) -> None:
        self.deck = material.deck
        self.id = material.deck.id
        self.material = material
        self._cards = cards

    def all(self) -> Sequence[Card]:
        """All cards."""
        return self._cards

    def find(self, ids: Iterable[str]) -> Sequence[Card]:
        """The cards of these ids."""
        wanted = frozenset(ids)
        return [card for card in self._cards if card.id in wanted]

    def of_pairs(self, *pairs: frozenset[str]) -> Sequence[Card]:
        """The cards about just the subjects of one of these pairs."""
        return [card for card in self._cards if frozenset(card.about) in pairs]

    def renamed(self) -> Sequence[Card]:
        """The cards that had another id before."""
        return [card for card in self._cards if card.was]

    def part(self, card: Card) -> Material:
        """The whole material: every card is made from it."""
        return self.material

    def close(self) -> None:
        """Nothing is open."""
