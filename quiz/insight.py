"""What the log tells about a learner: how much was reviewed, how much remembered, what falls due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from quiz.memory import Rating, Response
from quiz.studyday import day_to_date

FORECAST_DAYS = 14


class Figures(NamedTuple):
    """Counts over the log. ``retained`` of ``repeated`` reviews of cards seen on an earlier day were remembered."""

    reviews: int
    cards: int
    days: int
    today: int
    practice: int
    repeated: int
    retained: int
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
            "practice": self.practice,
            "retention": {"reviews": self.repeated, "remembered": self.retained, "share": self.retention},
            "forecast": [{"day": day, "due": due} for day, due in self.forecast],
        }

    def lines(self) -> Iterator[str]:
        """As text."""
        if not self.reviews and not self.practice:
            yield "Nothing studied yet; `quiz` starts."
            return
        counts = (_counted(self.reviews, "review"), _counted(self.cards, "card"), _counted(self.days, "day"))
        yield "{} of {} on {}".format(*counts) + f", {self.today} today"
        if self.practice:
            yield f"{_counted(self.practice, 'response')} more as practice or unrated"
        if self.retention is None:
            yield "Retention: not known before a card was reviewed on a second day"
        else:
            yield f"Retention: {100 * self.retention:.0f} % ({self.retained} of {self.repeated} repeated reviews)"
        yield "Due:"
        widest = max(due for _, due in self.forecast)
        for day, due in self.forecast:
            yield f"  {day}  {due:4}  {'█' * round(24 * due / widest) if widest else ''}".rstrip()


def figures(responses: Iterable[Response], forecast: Mapping[int, int], today: int) -> Figures:
    """Figures over the living responses of a log, and cards falling due by study day (the overdue counted to today)."""
    met: dict[tuple[str, str], int] = {}
    latest: dict[tuple[str, str], int] = {}
    days: set[int] = set()
    reviews = of_today = practice = repeated = retained = 0
    for response in responses:
        card = response.deck, response.card
        # Two sittings at once may both have asked a card; only its first review of a study day moves the memory.
        if response.rating is None or not response.counts or latest.get(card) == response.day:
            practice += 1
            continue
        latest[card] = response.day
        if met.setdefault(card, response.day) < response.day:
            repeated += 1
            retained += response.rating is not Rating.AGAIN
        days.add(response.day)
        reviews += 1
        of_today += response.day == today
    ahead = range(today, today + FORECAST_DAYS)
    return Figures(
        reviews=reviews,
        cards=len(met),
        days=len(days),
        today=of_today,
        practice=practice,
        repeated=repeated,
        retained=retained,
        forecast=tuple((day_to_date(day).isoformat(), forecast.get(day, 0)) for day in ahead),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
