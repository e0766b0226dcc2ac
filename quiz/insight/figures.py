"""Figures over a log: reviews, retention true and predicted, time per question, and what falls due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from statistics import fmean, median
from typing import NamedTuple

from quiz.memory import Memory, Mode, Rating, Response, Review
from quiz.scheduling import retrievability, review
from quiz.studyday import day_to_date

FORECAST_DAYS = 30


class Pace(NamedTuple):
    """How long questions of a kind took: the median, in milliseconds, over so many responses."""

    kind: str
    responses: int
    median: float


class Figures(NamedTuple):
    """Counts over the log. Reviews are responses that moved the memory of a card; ``practice`` counts all others.

    ``retained`` of ``repeated`` reviews of cards seen on an earlier day were remembered; ``predicted`` is the mean
    chance that FSRS gave them. ``streak`` counts the days in a row on which anything was answered, up to today or
    yesterday. ``pace`` is the median time of a question in milliseconds, ``paces`` the same by kind, most asked first.
    """

    reviews: int
    cards: int
    days: int
    today: int
    streak: int
    practice: int
    repeated: int
    retained: int
    predicted: float | None
    pace: float | None
    paces: tuple[Pace, ...]
    forecast: tuple[tuple[str, int], ...]

    @property
    def retention(self) -> float | None:
        """The share of repeated reviews that were remembered; None before the first."""
        return self.retained / self.repeated if self.repeated else None

    def as_data(self) -> dict[str, object]:
        """As plain data, for JSON."""
        return {
            "reviews": self.reviews,
            "cards": self.cards,
            "days": self.days,
            "reviews_today": self.today,
            "streak": self.streak,
            "practice": self.practice,
            "retention": {
                "reviews": self.repeated,
                "remembered": self.retained,
                "share": self.retention,
                "predicted": self.predicted,
            },
            "median_ms": self.pace,
            "median_ms_by_kind": {
                each.kind: {"responses": each.responses, "median_ms": each.median} for each in self.paces
            },
            "forecast": [{"day": day, "due": due} for day, due in self.forecast],
        }


def figures(responses: Iterable[Response], forecast: Mapping[int, int], today: int) -> Figures:
    """Figures over the living responses of a log, and cards falling due by study day (the overdue counted to today).

    The responses to each card come in order of time.
    """
    answered = list(responses)
    moving = list(reviews(answered))
    chances, retained = _repeated(moving)
    took: dict[str, list[int]] = {}
    for response in answered:
        if response.mode is not Mode.PROBE:  # a probe sets its own pace
            took.setdefault(response.kind, []).append(response.took)
    paces = [Pace(kind, len(times), median(times)) for kind, times in took.items()]
    ahead = range(today, today + FORECAST_DAYS)
    return Figures(
        reviews=len(moving),
        cards=len({(each.deck, each.card) for each in moving}),
        days=len({each.day for each in moving}),
        today=sum(each.day == today for each in moving),
        streak=_streak({each.day for each in answered}, today),
        practice=len(answered) - len(moving),
        repeated=len(chances),
        retained=retained,
        predicted=fmean(chances) if chances else None,
        pace=median(time for times in took.values() for time in times) if took else None,
        paces=tuple(sorted(paces, key=lambda each: (-each.responses, each.kind))),
        forecast=tuple((day_to_date(day).isoformat(), forecast.get(day, 0)) for day in ahead),
    )


def reviews(responses: Iterable[Response]) -> Iterator[Response]:
    """The responses that moved the memory of their card: rated, counting, and the first of their study day.

    Of reviews in Anki, those that follow on the same day as well.
    """
    latest: dict[tuple[str, str], int] = {}
    for response in responses:
        card = response.deck, response.card
        bound = response.day + response.every
        if response.counts and response.rating is not None and latest.get(card, response.day - 1) < bound:
            latest[card] = response.day
            yield response


def _repeated(moving: Iterable[Response]) -> tuple[list[float], int]:
    """The chance that FSRS gave to every review of a card seen on an earlier day, and how many were remembered.

    What was seen minutes ago says nothing of retention.
    """
    memories: dict[tuple[str, str], Memory] = {}
    chances: list[float] = []
    retained = 0
    for response in moving:
        assert response.rating is not None
        card = response.deck, response.card
        memory = memories.get(card)
        if memory is not None and memory.last < response.day:
            chances.append(retrievability(memory, response.day))
            retained += response.rating is not Rating.AGAIN
        memories[card] = review(memory, Review(response.day, response.rating, response.every))
    return chances, retained


def _streak(days: set[int], today: int) -> int:
    last = today if today in days else today - 1
    first = last
    while first in days:
        first -= 1
    return last - first
