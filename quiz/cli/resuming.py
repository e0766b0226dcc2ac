"""What the log says of a deck, taken up where the last sitting left it: neither log nor deck is read from its start."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from quiz.cache import checkpoint
from quiz.cache.checkpoint import Checkpoint
from quiz.catalogue import Catalogue
from quiz.cli.opening import LOOKED_BACK
from quiz.confusion import Confusion, History, pair_weights, probed
from quiz.errors import StorageError
from quiz.newcards import Asked, asked_of, fresh
from quiz.planning import Past
from quiz.questions.model import Card
from quiz.store import Store

PAIRS = 6
"""Of so many pairs that are being mixed up, the worst ones, new cards are looked for in a large deck."""


class Resumed:
    """A deck and its log on a study day."""

    def __init__(self, store: Store, catalogue: Catalogue, path: Path | None, day: int) -> None:
        """``path`` is that of the checkpoint, from which this goes on where it can; None keeps nothing."""
        self._store, self._catalogue, self._path, self._day = store, catalogue, path, day
        found = checkpoint.read(path) if path else None
        self._found = found if found and store.has_only_grown(*found[:3]) else None
        self._now = self._caught_up(self._found)
        self._chose = False
        self._found_few = False

    def _caught_up(self, before: Checkpoint | None) -> Checkpoint:
        """The state at the end of the log; from its start, as far as it matters still, where nothing is known before.

        New cards are kept ready for large decks only: to rank all of them takes a while.
        """
        position = self._store.position()
        if before and position == before[:3]:
            return before
        store, catalogue, since = self._store, self._catalogue, self._day - LOOKED_BACK
        # What is new is read from before as well: a card may be new no longer, however long ago it was answered.
        responses = list(
            store.responses(catalogue.id, after=before.seq, until=position[0])
            if before
            else store.responses(catalogue.id, since=since, until=position[0])
        )
        cards = {card.id: card for card in catalogue.find(response.card for response in responses)}
        history = History(before.mixed) if before else History()
        for response in responses:
            card = cards.get(response.card) or probed(response)
            if card is not None:
                history.take(catalogue.part(card), card, response)
        ahead = None
        if before and before.fresh:
            reviewed = {each.card for each in responses if each.counts and each.rating}
            ahead = before.fresh.without(card for card in cards.values() if card.id in reviewed)
        return Checkpoint(*position, history.kept(since), ahead)

    def past(self, *, every: bool, new: int) -> tuple[Sequence[Card], Past]:
        """The cards among which to plan, and what the log says of them.

        All of them if ``every`` one is asked for. Otherwise of a large deck those that are due, those answered today,
        those of the pairs that are mixed up worst, and the new ones that were kept ready, if these are enough for
        ``new`` ones a day.
        """
        store, deck, day = self._store, self._catalogue.id, self._day
        introduced = store.introduced_on(deck, day)
        past = Past(
            memories={},
            suspended=store.suspended(deck),
            answered=store.answered_on(deck, day),
            introduced=introduced,
            reviewed=store.reviews_on(deck, day) - introduced,
            misled=store.confidently_wrong(deck, due_by=day),
            confused=self._confused(self._now),
        )
        ahead = self._now.fresh
        self._found_few = self._chose and every
        if self._catalogue.is_large and not every and ahead and ahead.are_enough(new):
            self._chose = not ahead.are_all
            weights = pair_weights(past.confused)
            worst = sorted(weights, key=lambda pair: -weights[pair])[:PAIRS]
            mixed_up = {card.id: card for card in self._catalogue.of_pairs(*worst)}
            memories = store.due(deck, day) | store.memories_of(deck, {*past.answered, *mixed_up, *ahead.cards})
            cards = self._catalogue.find({*memories, *past.answered, *ahead.cards, *mixed_up})
            of_mixed = asked_of(mixed_up.values(), memories)
            asked = Asked({**of_mixed.pairs, **ahead.asked.pairs}, {*of_mixed.subjects, *ahead.asked.subjects})
            return cards, past._replace(memories=memories, asked=asked)
        return self._catalogue.all(), past._replace(memories=store.memories(deck))

    @property
    def may_find_more(self) -> bool:
        """Whether new cards were chosen from those kept ready alone, so that ``every`` one may give more."""
        return self._chose and not self._found_few

    def _confused(self, at: Checkpoint) -> tuple[Confusion, ...]:
        return History(at.mixed).confusions(self._day, since=self._day - LOOKED_BACK)

    def keep(self, new: int) -> None:
        """Keep where the log stands now for the next time, with new cards of a large deck for ``new`` ones a day.

        As far as that can be done: it only saves time.
        """
        with suppress(StorageError):
            self._keep(new)

    def _keep(self, new: int) -> None:
        has_only_grown = self._store.has_only_grown(*self._now[:3])  # another sitting may have done more
        now = self._caught_up(self._now if has_only_grown else None)
        if self._catalogue.is_large and (self._found_few or not (now.fresh and now.fresh.are_enough(new))):
            store, deck = self._store, self._catalogue.id
            now = now._replace(fresh=fresh(self._catalogue.all(), store.memories(deck), store.suspended(deck)))
        if self._path and now is not self._found:
            checkpoint.write(self._path, now)
