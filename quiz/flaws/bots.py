"""Answer-blind bots: what somebody scores who knows the habits of test writers and nothing of the matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import NamedTuple

from quiz.flaws.model import distractors_of, key_of
from quiz.flaws.words import content
from quiz.questions.model import Question

WHOLE = "all kinds"
POSITION = "position-"

FEWEST = 20
"""Kinds with fewer questions are not judged: too little to tell a habit from luck."""

Z = 1.645
"""How many standard errors above chance a bot may score: one side of a 5 % test."""

TOGETHER = ("contrast", "shared")
"""Kinds that are dealt together: what two subjects share is never what parts them, so over one of the two alone it is
always wrong, or always right. Whoever knows which is asked has read the stem, and whoever then avoids it knows the
matter; so these two are held against a bank together, not each on its own."""

Z_OF_A_KIND = 3.0
"""The same for a flaw in one kind. Some fifty scores are looked at, and at 1.645 two or three of a fair bank would
be over the limit by luck; an author could do nothing about them."""

Value = Callable[[Question, int], float]
"""How much a bot likes the option of a question that has that index."""

Bot = Callable[[Sequence[Question]], list[float]]
"""What a bot scores in each question of a bank, between 0 and 1; ties count as the chance of a lucky pick."""


class Score(NamedTuple):
    """How a bot does over ``asked`` questions of a kind: the share it gets right, and what chance would give.

    ``error`` is the standard error of chance: the root of the sum of p(1 − p) over the questions, by their number.
    """

    bot: str
    kind: str
    asked: int
    score: float
    chance: float
    error: float

    @property
    def limit(self) -> float:
        """The highest score that still passes for chance."""
        return self.chance + Z * self.error

    @property
    def is_above(self) -> bool:
        """Whether the bot does better than the limit."""
        return self.score > self.limit + 1e-9

    @property
    def is_flaw(self) -> bool:
        """Whether that is held against the bank: over the limit in the whole, or far over it in one kind."""
        far = self.score > self.chance + Z_OF_A_KIND * self.error + 1e-9
        return self.is_above if self.kind == WHOLE else far and self.kind not in TOGETHER


def scores(questions: Iterable[Question]) -> tuple[Score, ...]:
    """Every bot over every kind with enough questions that have options, and over all of them, kind by kind."""
    chosen = [question for question in questions if len(question.options) > 1]
    groups = {kind: [each for each in chosen if each.kind == kind] for kind in dict.fromkeys(q.kind for q in chosen)}
    if set(TOGETHER) <= set(groups):
        groups[" + ".join(TOGETHER)] = [each for each in chosen if each.kind in TOGETHER]
    if len(groups) > 1:
        groups[WHOLE] = chosen
    return tuple(
        score
        for kind, group in groups.items()
        if len(group) >= FEWEST
        for score in (*(_score(name, kind, group, bot(group)) for name, bot in BOTS.items()), _positions(kind, group))
    )


def _score(bot: str, kind: str, group: Sequence[Question], points: Sequence[float]) -> Score:
    count = len(group)
    chances = [1 / len(question.options) for question in group]
    error = sqrt(sum(p * (1 - p) for p in chances)) / count
    return Score(bot, kind, count, sum(points) / count, sum(chances) / count, error)


def _positions(kind: str, group: Sequence[Question]) -> Score:
    """The best of the bots that always take the same place, each over the questions that have so many options."""
    found = []
    for place in range(max(len(question.options) for question in group)):
        asked = [question for question in group if len(question.options) > place]
        if len(asked) >= FEWEST:
            points = [float(question.key == place) for question in asked]
            found.append(_score(f"{POSITION}{place + 1}", kind, asked, points))
    return max(found, key=lambda each: (each.score - each.chance) / each.error)


def _points(questions: Sequence[Question], value: Value) -> list[float]:
    """What it scores in each question to take the option of the highest value; one by lot if there are several."""
    points = []
    for question in questions:
        values = [value(question, index) for index in range(len(question.options))]
        best = max(values)
        points.append(1 / values.count(best) if values[question.key] == best else 0.0)
    return points


def longest(questions: Sequence[Question]) -> list[float]:
    """Takes the longest option."""
    return _points(questions, lambda question, index: len(question.options[index].text))


def overlap(questions: Sequence[Question]) -> list[float]:
    """Takes the option that shares most words with the stem."""
    return _points(
        questions, lambda question, index: len(content(question.stem) & content(question.options[index].text))
    )


def converging(questions: Sequence[Question]) -> list[float]:
    """Takes the option that shares most words with the other options."""

    def shared(question: Question, index: int) -> int:
        own = content(question.options[index].text)
        return sum(len(own & content(other.text)) for i, other in enumerate(question.options) if i != index)

    return _points(questions, shared)


def usual_key(questions: Sequence[Question]) -> list[float]:
    """Takes the option that is the key most often in the bank."""
    keys = Counter(key_of(each).text for each in questions)
    return _points(questions, lambda question, index: keys[question.options[index].text])


def rarest(questions: Sequence[Question]) -> list[float]:
    """Takes the option that is a distractor least often in the bank."""
    wrong = Counter(option.text for each in questions for option in distractors_of(each))
    return _points(questions, lambda question, index: -wrong[question.options[index].text])


BOTS: dict[str, Bot] = {
    "longest": longest,
    "overlap": overlap,
    "convergence": converging,
    "usual-key": usual_key,
    "rarest": rarest,
}
"""The bots by name; those that always take the same place come on top, the best of them as `position-2`, say."""
