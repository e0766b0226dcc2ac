"""Facts and questions as plain data: the JSON of docs/bank-format.md."""

from __future__ import annotations

from collections.abc import Iterable

from quiz.deck import (
    Citation,
    Closes,
    Deck,
    DeniesUniversal,
    Disputes,
    Fact,
    Likelier,
    Parts,
    Reading,
    SideBySide,
    States,
    Tells,
    Ways,
)
from quiz.facts import claims_of
from quiz.questions.model import Frequency, Link, Listing, Question, Saying

Plain = dict[str, object]


def facts_as_data(deck: Deck) -> Plain:
    """All facts of a deck."""
    return {"deck": deck.id, "facts": [fact_as_data(deck, fact) for fact in deck.facts.values()]}


def fact_as_data(deck: Deck, fact: Fact) -> Plain:
    """One fact, with its claims and citations."""
    form, extra = _form(deck, fact)
    return {
        "id": fact.id,
        "text": fact.text,
        "weight": str(fact.weight),
        "form": form,
        "claims": [{**_claim(claim), "aspect": deck.features[claim.feature].aspect} for claim in claims_of(fact)],
        "strength": str(fact.strength),
        "hedge": fact.hedge,
        "disputed": None,
        "dated": _reading(deck, fact.dated) if fact.dated else None,
        "cite": cites_as_data(deck, fact.cites),
        **extra,
    }


def _form(deck: Deck, fact: Fact) -> tuple[str, Plain]:
    """The name of a fact's form, and what only this form has to say."""
    match fact.form:
        case States(claim):
            return "present" if claim.holds else "absent", {}
        case DeniesUniversal(subject, feature):
            return "not-always", {"not_always": {"subject": subject, "feature": feature}}
        case Disputes(_, _, readings):
            return "disputed", {"disputed": [_reading(deck, reading) for reading in readings]}
        case Closes():
            return "closure", {}
        case Parts(values):
            return "apart", {"values": [{"subject": subject, "feature": feature} for subject, feature in values]}
        case Likelier(feature, more, less):
            return "more-often", {"more_often": {"feature": feature, "in": more, "than": less}}
        case SideBySide(_, only):
            return "side-by-side", {"listed": _listings(only)}
        case Tells(figure=figure, relation=relation, mechanism=mechanism):
            told: Plain = {}
            if figure:
                told["number"] = {**figure._asdict(), "bound": str(figure.bound)}
            if relation:
                told["relation"] = {"from": relation[0], "to": relation[1]}
            if mechanism:
                told["mechanism"] = {"cause": mechanism[0], "effect": mechanism[1]}
            return "statement", told
        case Ways(ask, members):
            return "how", {"how": {"ask": list(ask), "of": list(members)}}


def _listings(only: tuple[tuple[str, tuple[str, ...]], ...]) -> list[Plain]:
    subjects = [subject for subject, _ in only]
    return [
        {"subject": subject, "feature": feature, "listed": subject == owner}
        for owner, features in only
        for feature in features
        for subject in subjects
    ]


def _reading(deck: Deck, reading: Reading) -> Plain:
    return {"text": reading.text, "cite": cites_as_data(deck, reading.cites)}


def cites_as_data(deck: Deck, cites: Iterable[Citation]) -> list[Plain]:
    """Citations, each with the tier of its source."""
    return [
        {
            "source": cite.source,
            "tier": str(deck.sources[cite.source].tier),
            "section": cite.section,
            "paragraph": cite.paragraph,
        }
        for cite in cites
    ]


def bank_as_data(deck: Deck, seed: int, questions: Iterable[Question]) -> Plain:
    """A bank of questions."""
    return {"deck": deck.id, "seed": seed, "questions": [question_as_data(deck, each) for each in questions]}


def question_as_data(deck: Deck, question: Question) -> Plain:
    """One question, with all that proves it."""
    return {
        "id": question.id,
        "card": question.card,
        "kind": question.kind,
        "stem": question.stem,
        "asks": dict(question.asks),
        "options": [
            {
                "text": option.text,
                "key": option.key,
                "claims": [_claim(claim) for claim in option.claims],
                "reason": {
                    "rule": str(option.reason.rule),
                    "facts": list(option.reason.facts),
                    "text": option.reason.text,
                },
                "cite": cites_as_data(deck, option.cites),
            }
            for option in question.options
        ],
        "accepts": list(question.accepts),
        "explanation": question.explanation,
        "facts": list(question.facts),
        "cite": cites_as_data(deck, question.cites),
    }


def _claim(claim: Saying) -> Plain:
    if isinstance(claim, Frequency):
        return {"feature": claim.feature, "in": claim.more, "than": claim.less, "holds": claim.holds}
    if isinstance(claim, Link):
        return {"cause": claim.cause, "effect": claim.effect}
    if isinstance(claim, Listing):
        return {"subject": claim.subject, "feature": claim.feature, "listed": claim.listed}
    return {"subject": claim.subject, "feature": claim.feature, "holds": claim.holds}
