"""What becomes of a memory when its card is reviewed, by FSRS-6 over whole study days.

The formulas are those of the package ``fsrs`` (https://github.com/open-spaced-repetition/py-fsrs). It counts floored
spans of 24 hours, by which Good at 22:00 and Good at 08:00 next morning fall on one day. So it is given study days,
each as midnight UTC: then whole days are counted, as Anki does. It is imported at first use, since that takes longer
than all else at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from quiz.memory import Memory, Rating, Review

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

DEFAULT_RETENTION = 0.9
LEAST_RETENTION, MOST_RETENTION = 0.80, 0.97
"""Desired retention below this forgets more than it saves, and above it the reviews multiply."""

DECAY = 0.1542
"""How fast the chance to remember sinks: the last of the default parameters of FSRS-6."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def check_retention(retention: float) -> None:
    """Raises ValueError for a desired retention that is not from 0.80 to 0.97."""
    if not LEAST_RETENTION <= retention <= MOST_RETENTION:
        raise ValueError(f"desired retention is from {LEAST_RETENTION:.2f} to {MOST_RETENTION:.2f}, not {retention}")


def review(memory: Memory | None, review: Review, retention: float = DEFAULT_RETENTION) -> Memory:
    """The memory after a review; None stands for a card never reviewed before.

    ``due`` is the study day on which the chance to remember has sunk to the desired retention, the next day at the
    earliest. Only the first review of a study day counts, unless it says otherwise: after a second one, or one on an
    earlier day (as when travelling over the date line), the memory is what it was. Raises ValueError for a retention
    not from 0.80 to 0.97.
    """
    check_retention(retention)
    if memory is not None and (review.day < memory.last or (review.day == memory.last and not review.every)):
        return memory
    from fsrs import Rating as FsrsRating

    reviewed, _ = _scheduler(retention).review_card(_card(memory), FsrsRating(review.rating), _midnight(review.day))
    assert reviewed.stability is not None
    assert reviewed.difficulty is not None
    failed_again = memory is not None and review.rating is Rating.AGAIN
    return Memory(
        stability=reviewed.stability,
        difficulty=reviewed.difficulty,
        last=review.day,
        due=(reviewed.due - _EPOCH).days,
        reviews=(memory.reviews if memory else 0) + 1,
        lapses=(memory.lapses if memory else 0) + failed_again,
    )


def replay(reviews: Iterable[Review], retention: float = DEFAULT_RETENTION) -> Memory | None:
    """The memory after all the reviews, given in order of time; None when there are none. Raises as `review` does."""
    memory = None
    for each in reviews:
        memory = review(memory, each, retention)
    return memory


def retrievability(memory: Memory, day: int) -> float:
    """The chance, from 0 to 1, that the card is remembered on a study day; 1 on the day of the last review."""
    return _scheduler(DEFAULT_RETENTION).get_card_retrievability(_card(memory), _midnight(day))


def is_due(memory: Memory, day: int) -> bool:
    """Whether the card is to be reviewed on a study day."""
    return memory.due <= day


@cache
def _scheduler(retention: float) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def _card(memory: Memory | None) -> Card:
    """The memory as FSRS sees it; with an id and a due date, since without them it sleeps and asks the clock."""
    from fsrs import Card, State

    if memory is None:
        return Card(card_id=1, due=_EPOCH)
    return Card(
        card_id=1,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_midnight(memory.due),
        last_review=_midnight(memory.last),
    )


def _midnight(day: int) -> datetime:
    return _EPOCH + timedelta(days=day)
