"""How much of what a deck asks is mastered, by subject and by pair of subjects."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from quiz.insight.figures import reviews
from quiz.memory import Memory, Rating, Response
from quiz.questions.model import Card
from quiz.scheduling import retrievability

MASTERED = 0.9
"""A card is mastered when it was remembered the last time, and with at least this chance would be so today.

The chance alone will not do: on the day of a review it is 1, even if the card was just forgotten.
"""


Known = Mapping[str, bool]
"""The cards that were seen, and whether each is mastered."""


class Mastery(NamedTuple):
    """Of the cards about a subject, or about both of a pair, how many were seen and how many are mastered."""

    about: tuple[str, ...]
    cards: int
    seen: int
    mastered: int

    @property
    def share(self) -> float:
        """The share of the cards that is mastered."""
        return self.mastered / self.cards

    def as_data(self) -> dict[str, object]:
        """As plain data, for JSON."""
        return {"about": self.about, "cards": self.cards, "seen": self.seen, "mastered": self.mastered}


def remembered(responses: Iterable[Response]) -> frozenset[str]:
    """The cards of a deck that were remembered at their latest review; the responses to a card in order of time."""
    latest = {each.card: each.rating for each in reviews(responses)}
    return frozenset(card for card, rating in latest.items() if rating is not Rating.AGAIN)


def by_subject(cards: Iterable[Card], known: Known) -> tuple[Mastery, ...]:
    """Mastery by subject, in the order in which the cards first speak of them."""
    return _tallied((((subject,), card) for card in cards for subject in card.about), known)


def by_pair(cards: Iterable[Card], known: Known, order: Sequence[str]) -> tuple[Mastery, ...]:
    """Mastery by pair of subjects, over the cards that are about both, in the order of the cards.

    ``order`` holds the subjects in the order in which a pair names them.
    """
    pairs = ((tuple(sorted(card.about, key=order.index)), card) for card in cards if len(card.about) == 2)
    return _tallied(pairs, known)


def known_today(memories: Mapping[str, Memory], remembered: Collection[str], today: int) -> Known:
    """Which cards were seen, and which are mastered on a study day."""
    return {card: card in remembered and retrievability(memory, today) >= MASTERED for card, memory in memories.items()}


def _tallied(cards: Iterable[tuple[tuple[str, ...], Card]], known: Known) -> tuple[Mastery, ...]:
    tallies: dict[tuple[str, ...], list[Card]] = {}
    for about, card in cards:
        tallies.setdefault(about, []).append(card)
    return tuple(
        Mastery(
            about=about,
            cards=len(those),
            seen=sum(card.id in known for card in those),
            mastered=sum(known.get(card.id, False) for card in those),
        )
        for about, those in tallies.items()
    )
