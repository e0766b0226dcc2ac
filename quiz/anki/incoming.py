"""What reviews in Anki add to the log: a union, so that nothing counts twice and the order of imports is irrelevant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from quiz.anki.notes import guid_of
from quiz.anki.reading import AnkiReview
from quiz.memory import Confidence, Mode, Rating, Response
from quiz.questions.model import Card
from quiz.studyday import study_day

KIND = "anki"
NUDGE = 1_000
"""Milliseconds by which the time of a review of ours may have been moved on when it was exported."""


class Known(NamedTuple):
    """A response that the log holds, struck out or not: what it takes to know it again.

    One that was given here may have gone to Anki, with its time moved on where two fell together.
    """

    uuid: str
    card: str
    time: int
    rating: Rating | None
    given_here: bool = True


def card_of_guids(deck: str, cards: Iterable[Card]) -> dict[str, tuple[str, str]]:
    """Deck and card by the guid of its note, also under the ids that the card had before a rename."""
    return {guid_of(deck, name): (deck, card.id) for card in cards for name in (card.id, *card.was)}


def additions(
    reviews: Iterable[AnkiReview],
    cards: Mapping[str, tuple[str, str]],
    known: Mapping[str, Iterable[Known]],
    offset: Callable[[int], int],
) -> Iterator[Response]:
    """The responses that the log lacks, in order of time.

    ``cards`` are by guid, ``known`` by deck; ``offset`` gives the local offset from UTC in minutes at a time. A review
    that was exported from here is known by its card, rating and time.
    """
    uuids = {each.uuid for of_deck in known.values() for each in of_deck}
    ours: dict[tuple[str, str, int], list[int]] = {}
    for deck, of_deck in known.items():
        for each in of_deck:
            if each.rating is not None and each.given_here:
                ours.setdefault((deck, each.card, int(each.rating)), []).append(each.time)
    for review in reviews:
        deck, card = cards[review.guid]
        uuid = uuid_of(review)
        times = ours.get((deck, card, review.ease), ())
        if uuid not in uuids and not any(0 <= review.time - time < NUDGE for time in times):
            uuids.add(uuid)
            yield _response(review, uuid, deck, card, offset(review.time))


def uuid_of(review: AnkiReview) -> str:
    """The id of a review in the log: the same in every copy of the collection, and on every machine."""
    return blake2b(f"anki {review.guid} {review.time}".encode(), digest_size=16).hexdigest()


def _response(review: AnkiReview, uuid: str, deck: str, card: str, offset: int) -> Response:
    rating = Rating(review.ease)
    return Response(
        uuid=uuid,
        device="anki",
        time=review.time,
        offset=offset,
        day=study_day(review.time, offset),
        deck=deck,
        card=card,
        kind=KIND,
        seed=0,
        options=(),
        chosen=None,
        typed="",
        claims=(),
        took=review.took,
        confidence=Confidence.PLAIN,
        right=rating is not Rating.AGAIN,
        rating=rating,
        counts=True,
        mode=Mode.ANKI,
    )
