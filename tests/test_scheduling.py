"""Memories follow FSRS-6, counted in whole study days."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.memory import Memory, Rating, Review
from quiz.scheduling import is_due, replay, retrievability, review
from quiz.studyday import study_day

DAY = 19_800
RATINGS = st.sampled_from(Rating)
RETENTIONS = st.floats(min_value=0.80, max_value=0.97)


@st.composite
def histories(draw: st.DrawFn, least: int = 1, *, every: bool = False) -> list[Review]:
    """Reviews in order, each on a day of its own; with ``every`` some fall on one day, and all count."""
    gaps = draw(st.lists(st.integers(min_value=0 if every else 1, max_value=400), min_size=least, max_size=12))
    days = [DAY + sum(gaps[: i + 1]) for i in range(len(gaps))]
    return [Review(day, draw(RATINGS), every) for day in days]


def remembered(reviews: list[Review]) -> Memory:
    memory = replay(reviews)
    assert memory is not None
    return memory


@given(histories() | histories(every=True), RETENTIONS)
def test_a_memory_agrees_with_the_fsrs_package_used_directly(reviews: list[Review], retention: float) -> None:
    scheduler = fsrs.Scheduler(
        desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
    )
    card = fsrs.Card(card_id=7)
    start = datetime(2001, 5, 5, tzinfo=UTC)
    for each in reviews:
        card, _ = scheduler.review_card(card, fsrs.Rating(each.rating), start + timedelta(days=each.day - DAY))
    memory = replay(reviews, retention)
    assert memory is not None
    assert (memory.stability, memory.difficulty) == (card.stability, card.difficulty)
    assert memory.due - DAY == (card.due - start).days
    later = memory.last + 40
    assert retrievability(memory, later) == scheduler.get_card_retrievability(card, start + timedelta(days=later - DAY))


def test_a_first_good_has_the_published_initial_stability() -> None:
    assert remembered([Review(DAY, Rating.GOOD)]).stability == 2.3065


@given(histories(least=0), RETENTIONS)
def test_replay_is_review_after_review(reviews: list[Review], retention: float) -> None:
    memory = None
    for each in reviews:
        memory = review(memory, each, retention)
    assert replay(reviews, retention) == memory


@given(histories(), RETENTIONS)
def test_stability_is_positive_and_difficulty_from_one_to_ten(reviews: list[Review], retention: float) -> None:
    memory = replay(reviews, retention)
    assert memory is not None
    assert memory.stability > 0
    assert 1 <= memory.difficulty <= 10
    assert memory.last == reviews[-1].day
    assert memory.due > memory.last
    assert memory.reviews == len(reviews)


@given(histories(least=0), st.integers(min_value=1, max_value=400), RETENTIONS)
def test_a_better_rating_is_never_due_earlier(reviews: list[Review], gap: int, retention: float) -> None:
    memory = replay(reviews)
    day = (memory.last if memory else DAY) + gap
    after = [review(memory, Review(day, rating), retention) for rating in Rating]
    assert [each.due for each in after] == sorted(each.due for each in after)
    assert after[0].stability < after[2].stability


@given(histories(), st.lists(RATINGS, min_size=1, max_size=3))
def test_only_the_first_review_of_a_day_counts(reviews: list[Review], more: list[Rating]) -> None:
    memory = remembered(reviews)
    for rating in more:
        assert review(memory, Review(memory.last, rating)) == memory
    doubled = [each for first in reviews for each in (first, *(Review(first.day, rating) for rating in more))]
    assert replay(doubled) == memory


@given(histories(), st.integers(min_value=1, max_value=3), RATINGS)
def test_a_review_on_an_earlier_day_changes_nothing(reviews: list[Review], back: int, rating: Rating) -> None:
    memory = remembered(reviews)
    assert review(memory, Review(memory.last - back, rating)) == memory


def test_good_at_ten_in_the_evening_and_good_at_eight_next_morning_are_one_whole_day_apart() -> None:
    """By spans of 24 hours both would fall on one day, and the stability would stay at about 2.3."""
    evening = int(datetime(2024, 3, 1, 22, tzinfo=UTC).timestamp() * 1000)
    morning = int(datetime(2024, 3, 2, 8, tzinfo=UTC).timestamp() * 1000)
    memory = remembered([Review(study_day(evening, 0), Rating.GOOD), Review(study_day(morning, 0), Rating.GOOD)])
    assert memory.reviews == 2
    assert memory.stability == pytest.approx(7.32, abs=0.01)


def test_lapses_are_failed_reviews_after_the_first() -> None:
    ratings = [Rating.AGAIN, Rating.GOOD, Rating.AGAIN, Rating.HARD, Rating.AGAIN]
    assert remembered([Review(DAY + i, rating) for i, rating in enumerate(ratings)]).lapses == 2


@pytest.mark.parametrize("retention", [0.79, 0.98, 0.0, 1.0, -1.0, float("nan")])
def test_a_retention_out_of_range_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match=r"from 0\.80 to 0\.97"):
        review(None, Review(DAY, Rating.GOOD), retention)


@given(histories())
def test_a_higher_desired_retention_is_never_due_later(reviews: list[Review]) -> None:
    dues = [memory.due for retention in (0.80, 0.9, 0.97) if (memory := replay(reviews, retention))]
    assert dues == sorted(dues, reverse=True)
    assert len(dues) == 3


@given(histories())
def test_retrievability_sinks_from_one_to_about_ninety_percent_when_due(reviews: list[Review]) -> None:
    memory = remembered(reviews)
    chances = [retrievability(memory, memory.last + days) for days in (0, 1, 10, 100, 1000)]
    assert chances[0] == 1
    assert all(a > b > 0 for a, b in zip(chances, chances[1:], strict=False))
    if memory.due - memory.last > 20:
        assert retrievability(memory, memory.due) == pytest.approx(0.9, abs=0.005)


def test_a_card_is_due_on_its_day_and_after() -> None:
    memory = remembered([Review(DAY, Rating.GOOD)])
    assert [is_due(memory, memory.due + days) for days in (-1, 0, 1)] == [False, True, True]


def test_fsrs_is_not_imported_before_a_review() -> None:
    """It would double the time to the first question."""
    code = "import sys, quiz.scheduling, quiz.store; sys.exit('fsrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
