"""Opening progress for a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from quiz.cli.guard import complain
from quiz.confusion import Confusion, confusions
from quiz.errors import StorageError
from quiz.journal import new_id, stamp_now
from quiz.places import places_here
from quiz.planning import Past
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.shelf import shipped
from quiz.store import Store

LOOKED_BACK = 120
"""Days after which a mix-up weighs next to nothing."""

LONG_WAIT = 5.0
"""Seconds to wait for another sitting's write; each takes a few milliseconds."""


@contextmanager
def open_progress() -> Iterator[Store]:
    """Progress for reading and writing; made if there is none. Raises StorageError when it cannot be used.

    Afterwards it is backed up, if anything was written and there is no backup of this study day.
    """
    with Store.open(places_here().progress, new_id(), wait=LONG_WAIT) as store:
        failed = False
        try:
            yield store
        except Exception:
            failed = True
            raise
        finally:
            if not failed and store.has_written():
                _back_up_daily(store)


def _back_up_daily(store: Store) -> None:
    """What was learned is safe already, so that a backup which fails is told and no more."""
    from quiz.store.backups import back_up_daily
    from quiz.studyday import day_to_date

    try:
        back_up_daily(store, day_to_date(today()))
    except StorageError as error:
        complain(f"everything is kept, but no backup was made: {error}")


def read_progress() -> Store:
    """Progress for reading; none is made. Raises StorageError when it cannot be read."""
    return Store.open_to_read(places_here().progress, wait=LONG_WAIT)


def begun() -> tuple[str, ...]:
    """The shipped decks that the learner has begun; before that, the first of them. A folder is called as its deck."""
    names = tuple(folder.name for folder in shipped())
    with read_progress() as store:
        return tuple(name for name in names if store.has_begun(name)) or names[:1]


def today() -> int:
    """The study day of this moment."""
    return stamp_now("").day


def past_of(store: Store, material: Material, cards: Iterable[Card], day: int) -> Past:
    """What the log says of a deck that matters for the plan of a study day."""
    deck = material.deck.id
    introduced = store.introduced_on(deck, day)
    return Past(
        memories=store.memories(deck),
        suspended=store.suspended(deck),
        answered=store.answered_on(deck, day),
        introduced=introduced,
        reviewed=store.reviews_on(deck, day) - introduced,
        misled=store.confidently_wrong(deck),
        confused=confused(store, material, cards, day),
    )


def confused(store: Store, material: Material, cards: Iterable[Card], day: int) -> tuple[Confusion, ...]:
    """Who was taken for whom in a deck of late, heaviest first."""
    by_id = {card.id: card for card in cards}
    return confusions(material, by_id, store.responses(material.deck.id, since=day - LOOKED_BACK), day)


def adopt_renamed(store: Store, deck: str, cards: Iterable[Card]) -> None:
    """Let cards whose subject or feature got a new id keep what was learned under the old one."""
    for card in cards:
        for former in card.was:
            store.rename(deck, former, card.id, stamp_now(store.device))
