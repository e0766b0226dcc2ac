"""The nouns of reasoning: what is known of a claim, and on what ground."""

from enum import StrEnum
from typing import NamedTuple

from quiz.deck import Fact, Strength


class Verdict(StrEnum):
    """What is known of a claim."""

    TRUE = "TRUE"
    FALSE = "FALSE"
    UNKNOWN = "UNKNOWN"


class Rule(StrEnum):
    """Why a claim is known, or an option known wrong."""

    STATED = "stated"
    CLOSED = "closed"
    APART = "apart"
    INHERITED = "inherited"
    MORE_OFTEN = "more-often"
    TRUE_OF_BOTH = "true-of-both"
    NOT_LISTED = "not-listed"


class Ground(NamedTuple):
    """Why a claim holds or fails: rule, facts it rests on, how widely it holds, and the steps, a sentence each."""

    rule: Rule
    facts: tuple[Fact, ...]
    strength: Strength
    steps: tuple[str, ...]

    @property
    def text(self) -> str:
        """The steps as one paragraph."""
        return " ".join(self.steps)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the facts it rests on."""
        return tuple(fact.id for fact in self.facts)


class Judgement(NamedTuple):
    """A verdict with its ground; ``note`` says why an unknown claim is unknown."""

    verdict: Verdict
    ground: Ground | None = None
    note: str = ""


class Comparison(NamedTuple):
    """What is known of two subjects, as feature ids in deck order, umbrella features included.

    ``only_a`` holds what ``a`` has and ``b`` is known to lack; ``half_a`` what ``a`` has and of ``b`` is not known.
    """

    only_a: tuple[str, ...]
    both: tuple[str, ...]
    only_b: tuple[str, ...]
    half_a: tuple[str, ...]
    half_b: tuple[str, ...]
