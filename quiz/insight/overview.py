"""All figures together: those of the whole log, and those of each deck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from quiz.confusion import Confusion
from quiz.deck import Deck
from quiz.insight.figures import Figures
from quiz.insight.mastery import Mastery, by_pair, by_subject, known_today, remembered
from quiz.memory import Memory, Response
from quiz.questions.model import Card


class OfDeck(NamedTuple):
    """What is mastered of a deck, what is mixed up in it (heaviest first), and how many cards are forgotten anew."""

    deck: Deck
    subjects: tuple[Mastery, ...]
    pairs: tuple[Mastery, ...]
    confused: tuple[Confusion, ...]
    leeches: int

    @property
    def mixed_up(self) -> tuple[Confusion, ...]:
        """The confusions that are still in force."""
        return tuple(each for each in self.confused if each.weight)

    def names(self, about: Iterable[str]) -> list[str]:
        """What these subjects are called in a sentence."""
        return [self.deck.subjects[subject].short for subject in about]

    def as_data(self) -> dict[str, object]:
        """As plain data, for JSON."""
        return {
            "deck": self.deck.id,
            "subjects": [each.as_data() for each in self.subjects],
            "pairs": [each.as_data() for each in self.pairs],
            "confusions": [{**each._asdict(), "trend": each.trend} for each in self.mixed_up],
            "leeches": self.leeches,
        }


class Overview(NamedTuple):
    """The figures of all that is looked at, and those of each deck; ``elsewhere`` names decks counted but not here."""

    figures: Figures
    decks: tuple[OfDeck, ...]
    elsewhere: tuple[str, ...] = ()

    def as_data(self) -> dict[str, object]:
        """As plain data, for JSON."""
        return {**self.figures.as_data(), "decks": [each.as_data() for each in self.decks], "elsewhere": self.elsewhere}


def of_deck(
    deck: Deck,
    cards: Sequence[Card],
    memories: Mapping[str, Memory],
    responses: Iterable[Response],
    confused: Sequence[Confusion],
    leeches: int,
    today: int,
) -> OfDeck:
    """The figures of one deck, over the cards that are not suspended and the living responses in order of time."""
    known = known_today(memories, remembered(responses), today)
    pairs = by_pair(cards, known, list(deck.subjects))
    return OfDeck(deck, by_subject(cards, known), pairs, tuple(confused), leeches)
