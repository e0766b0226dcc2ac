"""The nouns of a question bank: cards to remember, and the questions built from them."""

from collections.abc import Mapping
from typing import NamedTuple

from quiz.deck import Citation, Claim, Weight
from quiz.verdict import Rule


class Reason(NamedTuple):
    """Why an option is right or wrong for what the stem asks, and the facts that prove it."""

    rule: Rule
    facts: tuple[str, ...]
    text: str


class Listing(NamedTuple):
    """A comparison lists the feature under the subject, or does not; never a claim about the subject itself."""

    subject: str
    feature: str
    listed: bool


class Frequency(NamedTuple):
    """The feature is, or is not, found more often in one subject than in another."""

    feature: str
    more: str
    less: str
    holds: bool


class Link(NamedTuple):
    """The cause that one fact tells has the effect that another tells; true where the two are one fact."""

    cause: str
    effect: str


Saying = Claim | Listing | Frequency | Link
"""What an option can claim."""


class Option(NamedTuple):
    """One choice: its text, whether it is the key, and what taking it claims."""

    text: str
    key: bool
    claims: tuple[Saying, ...]
    reason: Reason
    cites: tuple[Citation, ...]


class Card(NamedTuple):
    """One thing to remember. ``fact`` is the fact it hangs on; cards of one fact or feature are sisters.

    ``about`` names the subjects it speaks of; ``feature`` is None where it is about none in particular.
    ``was`` holds ids that the card had before a rename.
    """

    id: str
    fact: str
    about: tuple[str, ...]
    feature: str | None
    kinds: tuple[str, ...]
    weight: Weight
    was: tuple[str, ...] = ()

    @property
    def sisterhood(self) -> frozenset[str]:
        """What it shares with its sisters: two cards are sisters when these overlap."""
        return frozenset({f"fact {self.fact}"} | ({f"feature {self.feature}"} if self.feature else set()))


TYPED = frozenset({"recall", "number"})
"""Kinds without options: their replies are typed."""


class Question(NamedTuple):
    """What is asked now. A typed question has no options and says in ``accepts`` which replies are right."""

    id: str
    card: str
    kind: str
    seed: int
    stem: str
    asks: Mapping[str, object]
    explanation: str
    facts: tuple[str, ...]
    cites: tuple[Citation, ...]
    options: tuple[Option, ...] = ()
    accepts: tuple[str, ...] = ()

    @property
    def key(self) -> int:
        """Index of the key among the options."""
        return next(i for i, option in enumerate(self.options) if option.key)
