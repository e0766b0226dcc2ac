"""Opening progress for a command."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.confusion import Confusion, confusions
from quiz.journal import new_id, stamp_now
from quiz.places import places_here
from quiz.planning import Past
from quiz.questions.model import Card
from quiz.reasoning import Knowledge
from quiz.store import Store

LOOKED_BACK = 120
"""Days after which a mix-up weighs next to nothing."""

LONG_WAIT = 5.0
"""Seconds to wait for another sitting's write; each takes a few milliseconds."""


def open_progress() -> Store:
    """Progress for reading and writing; made if there is none. Raises StorageError when it cannot be used."""
    return Store.open(places_here().progress, new_id(), wait=LONG_WAIT)


def read_progress() -> Store:
    """Progress for reading; none is made. Raises StorageError when it cannot be read."""
    return Store.open_to_read(places_here().progress, wait=LONG_WAIT)


def today() -> int:
    """The study day of this moment."""
    return stamp_now("").day


def past_of(store: Store, knowledge: Knowledge, cards: Iterable[Card], day: int) -> Past:
    """What the log says of a deck that matters for the plan of a study day."""
    deck = knowledge.deck.id
    introduced = store.introduced_on(deck, day)
    return Past(
        memories=store.memories(deck),
        suspended=store.suspended(deck),
        answered=store.answered_on(deck, day),
        introduced=introduced,
        reviewed=store.reviews_on(deck, day) - introduced,
        misled=store.confidently_wrong(deck),
        confused=confused(store, knowledge, cards, day),
    )


def confused(store: Store, knowledge: Knowledge, cards: Iterable[Card], day: int) -> tuple[Confusion, ...]:
    """Who was taken for whom in a deck of late, heaviest first."""
    by_id = {card.id: card for card in cards}
    return confusions(knowledge, by_id, store.responses(knowledge.deck.id, since=day - LOOKED_BACK), day)


def adopt_renamed(store: Store, deck: str, cards: Iterable[Card]) -> None:
    """Let cards whose subject or feature got a new id keep what was learned under the old one."""
    for card in cards:
        for former in card.was:
            store.rename(deck, former, card.id, stamp_now(store.device))
