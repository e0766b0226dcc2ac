"""Questions made by hand, for checks to look at."""

from __future__ import annotations

from quiz.deck import Claim
from quiz.questions.model import Link, Listing, Option, Question, Reason
from quiz.verdict import Rule


def question(
    stem: str,
    *texts: str,
    kind: str = "contrast",
    id: str = "card/kind",
    claims: tuple[Claim | Listing | Link, ...] = (),
    accepts: tuple[str, ...] = (),
    facts: tuple[str, ...] = (),
    **asks: object,
) -> Question:
    """A question with these options, of which the one marked by a star is the key.

    ``claims`` holds the claim of each option, in their order; ``asks`` what the stem asks.
    """
    reason = Reason(Rule.STATED, facts, "")
    options = tuple(
        Option(text.removeprefix("*"), text.startswith("*"), claims[i : i + 1], reason, ())
        for i, text in enumerate(texts)
    )
    return Question(id, "card", kind, 0, stem, asks, "", facts, (), options, accepts)
