"""A scripted learner who takes some subjects for others: the stated model, the same under every kind of practice.

What the learner knows is claims, (subject, feature), each with a strength: the chance that its truth comes to mind.

- **At first** a claim has the strength `KNOWN`. Where ``actual`` is taken for ``taken``, and only one of the two has
  the feature, the claim on ``taken`` has the strength `MISTAKEN`.
- **Where the truth does not come to mind**, what is ``actual``'s is believed of ``taken``; any other claim is an even
  chance, and so is a claim of which the deck says that it is not known.
- **An answer** is the option with most claims believed, one of them at random where there are several. With the chance
  `SLIP` the learner takes any option without a thought.
- **Feedback** on a claim takes away the share `LESSON` of what is missing; set side by side on the screen with the
  subject it was mixed up with, the share `SIDE_BY_SIDE`. Taught are the claims of the key and of the chosen option.
- **Forgetting** halves what was learned, after `HALF_LIFE` days at first, and twice as long after each further day on
  which the claim was taught.

The learner sees questions and feedback and knows nothing of how they were chosen. Nothing in the model rewards that two
questions stand near each other, and nothing learned of one feature helps with another.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import pow
from random import Random
from typing import NamedTuple

from quiz.deck import Claim
from quiz.questions.model import Option, Question
from quiz.reasoning import Knowledge
from quiz.verdict import Verdict

KNOWN = 0.8
MISTAKEN = 0.1
SLIP = 0.05
LESSON = 0.4
SIDE_BY_SIDE = 0.6
HALF_LIFE = 8.0


class Confused(NamedTuple):
    """Cases of ``actual`` are taken for ``taken``: what the one has is believed of the other."""

    actual: str
    taken: str


class Trace(NamedTuple):
    """What was learned of a claim: how much was there on the day of the latest lesson, and how fast it goes."""

    learned: float
    half_life: float
    day: int

    def left(self, day: int) -> float:
        """What is left of it on a day."""
        return self.learned * pow(0.5, (day - self.day) / self.half_life)


class Learner:
    """Answers questions and learns from feedback; all chance comes from the seed."""

    def __init__(self, knowledge: Knowledge, confused: Iterable[Confused], seed: int) -> None:
        self._knowledge = knowledge
        self._partner = {each.taken: each.actual for each in confused}
        self._traces: dict[tuple[str, str], Trace] = {}
        self._chance = Random(seed)

    def answer(self, question: Question, day: int) -> int:
        """The index of the option taken. The learner is left as it was, but for its chances."""
        if self._chance.random() < SLIP:
            return self._chance.randrange(len(question.options))
        mind: dict[tuple[str, str], bool] = {}
        worth = [self._worth(option, day, mind) for option in question.options]
        return self._chance.choice([index for index, each in enumerate(worth) if each == max(worth)])

    def _worth(self, option: Option, day: int, mind: dict[tuple[str, str], bool]) -> float:
        """The share of the option's claims that is believed; within a question the learner keeps to a belief."""
        claims = _claims(option)
        for subject, feature, _ in claims:
            if (subject, feature) not in mind:
                mind[subject, feature] = self._belief(subject, feature, day)
        return sum(mind[subject, feature] is holds for subject, feature, holds in claims) / max(1, len(claims))

    def _belief(self, subject: str, feature: str, day: int) -> bool:
        truth = self._truth(subject, feature)
        if truth is not None and self._chance.random() < self.strength(subject, feature, day):
            return truth
        image = self._truth(self._partner[subject], feature) if subject in self._partner else None
        return self._chance.random() < 0.5 if image is None else image

    def strength(self, subject: str, feature: str, day: int) -> float:
        """The chance that the truth of a claim comes to mind on a day."""
        first = MISTAKEN if self._is_mistaken(subject, feature) else KNOWN
        trace = self._traces.get((subject, feature))
        return first + (1 - first) * trace.left(day) if trace else first

    def _is_mistaken(self, subject: str, feature: str) -> bool:
        partner = self._partner.get(subject)
        return partner is not None and self._truth(partner, feature) is (not self._truth(subject, feature))

    def _truth(self, subject: str, feature: str) -> bool | None:
        verdict = self._knowledge.judge(subject, feature).verdict
        return None if verdict is Verdict.UNKNOWN else verdict is Verdict.TRUE

    def feedback(self, question: Question, chosen: int, beside: Iterable[tuple[str, str]], day: int) -> None:
        """Learn from the screen after an answer; ``beside`` are the claims it set side by side."""
        shown = set(beside)
        shown_plainly = {
            (subject, feature)
            for index in {question.key, chosen}
            for subject, feature, _ in _claims(question.options[index])
        }
        for claim in sorted(shown | shown_plainly):
            self._learn(claim, SIDE_BY_SIDE if claim in shown else LESSON, day)

    def _learn(self, claim: tuple[str, str], share: float, day: int) -> None:
        before = self._traces.get(claim)
        left = before.left(day) if before else 0.0
        half_life = before.half_life * (2 if day > before.day else 1) if before else HALF_LIFE
        self._traces[claim] = Trace(left + share * (1 - left), half_life, day)


def _claims(option: Option) -> list[Claim]:
    return [claim for claim in option.claims if isinstance(claim, Claim)]
