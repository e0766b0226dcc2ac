"""The nouns of remembering: what a learner did, and what is thought to be left of it."""

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Rating(IntEnum):
    """How well a card was remembered, numbered as in FSRS and Anki."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Confidence(StrEnum):
    """What the learner said of the response; plain when nothing was said."""

    PLAIN = "plain"
    SURE = "sure"
    GUESSED = "guessed"


class Mode(StrEnum):
    """Where a response was given: studying, here or in Anki, or a mode that as a rule leaves the schedule alone."""

    STUDY = "study"
    DRILL = "drill"
    EXAM = "exam"
    PROBE = "probe"
    ANKI = "anki"


class Memory(NamedTuple):
    """What FSRS thinks of a card that was reviewed at least once.

    Days are study days, counted from 1970-01-01. Stability is in days, difficulty from 1 to 10.
    ``lapses`` counts failed reviews after the first.
    """

    stability: float
    difficulty: float
    last: int
    due: int
    reviews: int
    lapses: int


class Response(NamedTuple):
    """One thing that a learner did at one question, as it stands in the log.

    ``time`` is UTC in milliseconds, ``offset`` the local offset from UTC in minutes, ``day`` the study day.
    ``options`` holds the texts as shown, ``chosen`` the index of the one taken (None for typed replies and
    "don't know"), ``claims`` what the choice says, as (subject, feature, holds). ``took`` is in milliseconds.
    ``counts`` tells a review that moves the schedule from practice. ``rating`` is None where nothing was rated.
    The responses of one sitting share ``sitting``; ``turn`` and ``most`` say how the question was drawn (see `Turn`).
    """

    uuid: str
    device: str
    time: int
    offset: int
    day: int
    deck: str
    card: str
    kind: str
    seed: int
    options: tuple[str, ...]
    chosen: int | None
    typed: str
    claims: tuple[tuple[str, str, bool], ...]
    took: int
    confidence: Confidence
    right: bool | None
    rating: Rating | None
    counts: bool
    mode: Mode = Mode.STUDY
    sitting: str = ""
    turn: int = 0
    most: int = 0

    @property
    def every(self) -> bool:
        """Whether it moves the memory even if it is not the first of its study day."""
        return self.mode is Mode.ANKI


class Remark(NamedTuple):
    """What a learner wrote to a card: a note shown with it, or what is wrong with it. ``time`` as in Response."""

    deck: str
    card: str
    text: str
    time: int


class Review(NamedTuple):
    """A rated response as the scheduler sees it: the study day and the rating.

    ``every`` holds for reviews in Anki, where not only the first of a study day moves the memory.
    """

    day: int
    rating: Rating
    every: bool = False


class Stamp(NamedTuple):
    """What every row of the log carries: an id of its own, who wrote it, and when (units as in Response)."""

    uuid: str
    device: str
    time: int
    offset: int
    day: int
