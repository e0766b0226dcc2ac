"""What becomes of a memory when its card is reviewed, by FSRS-6 over whole study days.

The formulas are those of the package ``fsrs`` (https://github.com/open-spaced-repetition/py-fsrs). Its `review_card`
counts floored spans of 24 hours, by which Good at 22:00 and Good at 08:00 next morning fall on one day; here it is
study days that are counted, as Anki does. So the steps of `review_card` are taken here one by one, which also spares a
copy of the card, a log and two dates at each review: more than half of the time where a long log is replayed. The test
holds them against `review_card` itself. The package is imported at first use, since that takes longer than all else at
start-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from quiz.memory import Memory, Rating, Review

if TYPE_CHECKING:
    from fsrs import Card, Scheduler
    from fsrs import Rating as FsrsRating

DEFAULT_RETENTION = 0.9
LEAST_RETENTION, MOST_RETENTION = 0.80, 0.97
"""Desired retention below this forgets more than it saves, and above it the reviews multiply."""

DECAY = 0.1542
"""How fast the chance to remember sinks: the last of the default parameters of FSRS-6."""

_AGAIN = Rating.AGAIN  # to look it up each time takes longer than to compare it

_LAST_REVIEW = datetime.min.replace(tzinfo=UTC)
"""When a card was last reviewed, as far as FSRS hears of it: it asks for the days since then alone."""


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
    after = fold(memory, ((review.day, review.rating, review.every, retention),))
    assert after is not None
    return after


def replay(reviews: Iterable[Review], retention: float = DEFAULT_RETENTION) -> Memory | None:
    """The memory after all the reviews, given in order of time; None when there are none. Raises as `review` does."""
    return fold(None, ((day, rating, every, retention) for day, rating, every in reviews))


def fold(memory: Memory | None, reviews: Iterable[tuple[int, Rating, bool, float]]) -> Memory | None:
    """The memory after reviews in order of time: day, rating and ``every`` as in `Review`, and the desired retention.

    The memory itself where no review counted. What each does is said at `review`, and what is raised. The due day is
    worked out once in the end, since nothing but the last review that counted bears on it.
    """
    stability, difficulty, last, _, count, lapses = memory or Memory(0, 0, 0, 0, 0, 0)
    latest = None
    for day, rating, every, retention in reviews:
        scheduler = _scheduler(retention)
        if not count:
            stability, difficulty = _first(rating)
        elif day < last or (day == last and not every):
            continue
        else:
            if day == last:
                stability = scheduler._short_term_stability(stability=stability, rating=_rating(rating))
            else:
                chance = _chance(scheduler, stability, day - last)
                stability = scheduler._next_stability(
                    difficulty=difficulty, stability=stability, retrievability=chance, rating=_rating(rating)
                )
            difficulty = _next_difficulty(difficulty, rating)
            lapses += rating is _AGAIN
        last, count, latest = day, count + 1, scheduler
    if latest is None:
        return memory
    return Memory(stability, difficulty, last, last + latest._next_interval(stability=stability), count, lapses)


def retrievability(memory: Memory, day: int) -> float:
    """The chance, from 0 to 1, that the card is remembered on a study day; 1 on the day of the last review."""
    return _chance(_scheduler(DEFAULT_RETENTION), memory.stability, max(0, day - memory.last))


def is_due(memory: Memory, day: int) -> bool:
    """Whether the card is to be reviewed on a study day."""
    return memory.due <= day


@cache
def _scheduler(retention: float) -> Scheduler:
    check_retention(retention)
    from fsrs import Scheduler

    return Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@cache
def _rating(rating: Rating) -> FsrsRating:
    from fsrs import Rating as FsrsRating

    return FsrsRating(rating)


@cache
def _first(rating: Rating) -> tuple[float, float]:
    """Stability and difficulty after the first review of a card."""
    scheduler, given = _scheduler(DEFAULT_RETENTION), _rating(rating)
    return scheduler._initial_stability(rating=given), scheduler._initial_difficulty(rating=given, clamp=True)


@lru_cache(maxsize=10_000)
def _next_difficulty(difficulty: float, rating: Rating) -> float:
    """Kept, since it follows from the ratings alone: many cards share theirs."""
    return _scheduler(DEFAULT_RETENTION)._next_difficulty(difficulty=difficulty, rating=_rating(rating))


def _chance(scheduler: Scheduler, stability: float, days: int) -> float:
    """The chance that a card of this stability is remembered so many days after its last review."""
    card = _card()
    card.stability = stability
    return scheduler.get_card_retrievability(card, _after(days))


@cache
def _card() -> Card:
    """One card for all, since to make one takes longer than what is asked of it: its stability alone differs."""
    from fsrs import Card

    return Card(card_id=1, due=_LAST_REVIEW, last_review=_LAST_REVIEW)


@lru_cache(maxsize=10_000)
def _after(days: int) -> datetime:
    return _LAST_REVIEW + timedelta(days=days)
