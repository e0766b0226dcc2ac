"""What a probe came to: hits, false alarms, and how well the subject is told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist, median
from typing import NamedTuple

from quiz.probe.findings import FEWEST
from quiz.probe.taking import Outcome

_NORMAL = NormalDist()


class Score(NamedTuple):
    """How many findings of the subject were found, and how many of rivals were taken for its own.

    What was not said in time is a miss where it belongs; else it is neither a false alarm nor a rejection. ``late``
    counts both.
    """

    hits: int
    misses: int
    false_alarms: int
    rejections: int
    late: int
    others: int

    @property
    def own(self) -> int:
        """How many findings belonged."""
        return self.hits + self.misses

    @property
    def measures(self) -> bool:
        """Whether there was enough of each half to speak of discrimination."""
        return min(self.own, self.others) >= FEWEST

    @property
    def d_prime(self) -> float:
        """Discrimination: 0 for guessing, and for always saying the same.

        The rates are those with half a response added to each cell (log-linear; Hautus 1995), so that it is finite.
        """
        found, taken = self._rates
        return _NORMAL.inv_cdf(found) - _NORMAL.inv_cdf(taken)

    @property
    def variance(self) -> float:
        """How far chance may move ``d_prime``, as a variance (Gourevitch & Galanter 1967)."""
        parts = zip(self._rates, (self.own, self.others), strict=True)
        return sum(rate * (1 - rate) / (count * _NORMAL.pdf(_NORMAL.inv_cdf(rate)) ** 2) for rate, count in parts)

    @property
    def _rates(self) -> tuple[float, float]:
        return (self.hits + 0.5) / (self.own + 1), (self.false_alarms + 0.5) / (self.others + 1)


def score(outcomes: Iterable[Outcome]) -> Score:
    """Hits, misses, false alarms and rejections."""
    said = Counter((each.finding.belongs, each.said) for each in outcomes)
    late = {belongs: said[belongs, None] for belongs in (True, False)}
    alarms, rejections = said[False, True], said[False, False]
    return Score(
        hits=said[True, True],
        misses=said[True, False] + late[True],
        false_alarms=alarms,
        rejections=rejections,
        late=sum(late.values()),
        others=alarms + rejections + late[False],
    )


def differs(one: Score, other: Score) -> bool:
    """Whether the discrimination of two probes differs by more than chance would have it 19 times out of 20."""
    return abs(one.d_prime - other.d_prime) > 1.96 * sqrt(one.variance + other.variance)


def median_took(outcomes: Iterable[Outcome]) -> int | None:
    """The median time of what was said in time, in milliseconds; None where nothing was."""
    took = [each.took for each in outcomes if each.said is not None]
    return round(median(took)) if took else None


def taken_for_own(outcomes: Iterable[Outcome]) -> list[tuple[str, int]]:
    """The rivals that the false alarms belong to, with how many each, most first; one may belong to several."""
    alarms = [each for each in outcomes if each.said and not each.finding.belongs]
    return Counter(rival for each in alarms for rival in each.finding.rivals).most_common()
