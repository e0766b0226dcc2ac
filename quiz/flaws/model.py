"""The nouns of item-writing flaws: families of kinds, what a check finds, and where an author can mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from quiz.deck import Claim, Deck, Place, States
from quiz.questions.model import Link, Listing, Option, Question

BANK = "bank"
"""What a flaw names in place of a question when it is the bank's as a whole."""


class Family(StrEnum):
    """What the options of a kind are; which checks fit a kind hangs on it."""

    TEXTS = "texts"
    NAMES = "names"
    FIXED = "fixed"
    TYPED = "typed"


FAMILIES = {
    "contrast": Family.TEXTS,
    "shared": Family.TEXTS,
    "which-feature": Family.TEXTS,
    "how": Family.TEXTS,
    "which-subject": Family.NAMES,
    "case": Family.NAMES,
    "sort": Family.FIXED,
    "true-false": Family.FIXED,
    "recall": Family.TYPED,
    "number": Family.TYPED,
}
"""Texts are an author's own, so their wording can be mended; names are those of subjects; fixed ones stand in every
question of the kind, in the same order; a typed question has none."""


class Flaw(NamedTuple):
    """What is wrong with a question (or the bank), by which check, and the line to change."""

    question: str
    check: str
    message: str
    place: Place

    @property
    def text(self) -> str:
        """All but the line."""
        return f"{self.question}: {self.check}: {self.message}"

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class Found(NamedTuple):
    """What a check has to say of a question: about one of its options or, with none, about the stem."""

    message: str
    option: Option | None = None


def family_of(question: Question) -> Family:
    """The family of a question's kind; a kind not listed is judged by whether it has options."""
    return FAMILIES.get(question.kind, Family.TEXTS if question.options else Family.TYPED)


def key_of(question: Question) -> Option:
    """The key. Raises StopIteration if there is none."""
    return next(option for option in question.options if option.key)


def distractors_of(question: Question) -> list[Option]:
    """All options but the key."""
    return [option for option in question.options if not option.key]


def feature_of(question: Question) -> str | None:
    """The feature that the stem asks about, if it names one."""
    feature = question.asks.get("feature")
    return feature if isinstance(feature, str) else None


def subjects_of(question: Question) -> tuple[str, ...]:
    """The subjects that the stem asks about; where it weighs one against another, the one asked for comes first."""
    one, several = question.asks.get("subject"), question.asks.get("subjects")
    named = (one, *rivals_of(question), *(several if isinstance(several, list | tuple) else ()))
    return tuple(dict.fromkeys(each for each in named if isinstance(each, str)))


def rivals_of(question: Question) -> tuple[str, ...]:
    """The subject that the one asked for is weighed against, if there is one."""
    return tuple(each for each in (question.asks.get("from"), question.asks.get("than")) if isinstance(each, str))


def claimed(deck: Deck, option: Option) -> Claim | Listing | None:
    """The first claim of an option whose subject and feature the deck knows."""
    for claim in option.claims:
        if isinstance(claim, Claim | Listing) and claim.subject in deck.subjects and claim.feature in deck.features:
            return claim
    return None


def place_of(deck: Deck, question: Question, option: Option | None) -> tuple[str, Place]:
    """Where the text of an option or, with none, the stem was written: in words ("feature crest") and as a line."""
    claim = claimed(deck, option) if option else None
    if claim and family_of(question) is Family.NAMES:
        return f"subject {claim.subject}", deck.subjects[claim.subject].place
    if claim and family_of(question) is Family.TEXTS:
        return f"feature {claim.feature}", deck.features[claim.feature].place
    feature = deck.features.get(feature_of(question) or "")
    aspect = deck.aspects.get(feature.aspect if feature else str(question.asks.get("aspect")))
    if aspect and not option:
        return f"aspect {aspect.id}", aspect.place
    effects = [each.effect for each in option.claims if isinstance(each, Link)] if option else []
    for fact in (*effects, *(option.reason.facts if option else ()), *question.facts):
        if fact in deck.facts:
            return f"fact {fact}", deck.facts[fact].place
    return f"deck {deck.id}", Place(deck.path, 1)


def kinship(deck: Deck, question: Question) -> frozenset[str]:
    """What a question has in common with its sisters, of which a learner meets one a day: first fact and feature."""
    fact = deck.facts.get(question.facts[0]) if question.facts else None
    claim = claimed(deck, key_of(question)) if question.options else None
    features = {feature_of(question), claim.feature if claim else None}
    if fact and isinstance(fact.form, States):
        features.add(fact.form.claim.feature)
    return frozenset({f"feature {each}" for each in features if each} | ({f"fact {fact.id}"} if fact else set()))
