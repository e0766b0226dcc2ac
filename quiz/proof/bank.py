"""Reads the JSON of a bank into plain frozen values, for the checker of banks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quiz.deck import Deck
from quiz.proof.asked import Asked, Link, Often, Said, read_asked, read_claims
from quiz.proof.shape import (
    UnreadableError,
    all_of,
    field_of,
    known,
    list_of,
    mapping,
    on_one_line,
    one_of,
    string,
    text_of,
    truth_of,
)

RULES = frozenset({"stated", "closed", "apart", "inherited", "true-of-both", "more-often", "not-listed"})

Spot = tuple[str, str, str, str]  # source, section, paragraph, tier


@dataclass(frozen=True, slots=True)
class Choice:
    """An option with what it claims (claims of one sort), and the rule and facts that are said to decide it."""

    text: str
    key: bool
    claims: tuple[Said, ...]
    often: tuple[Often, ...]
    links: tuple[Link, ...]
    rule: str
    facts: tuple[str, ...]
    cites: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A question as the bank has it."""

    id: str
    card: str
    kind: str
    stem: str
    explanation: str
    asked: Asked
    choices: tuple[Choice, ...]
    accepts: tuple[str, ...]
    facts: tuple[str, ...]
    cites: tuple[Spot, ...]


def read_bank(deck: Deck, bank: object) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """The readable questions of a bank, and one objection for each thing that cannot be read. Raises nothing."""
    items: list[Item] = []
    objections: list[str] = []
    try:
        top = mapping(bank, "the bank")
        questions = list_of(field_of(top, "questions", "the bank"), "questions")
        if text_of(top, "deck", "the bank") != deck.id:
            objections.append(f"bank: it is of deck {top['deck']!r}, not of {deck.id!r}")
        if type(field_of(top, "seed", "the bank")) is not int:
            objections.append("bank: seed is not a whole number")
    except UnreadableError as error:
        return (), (f"bank: {error}",)
    for number, question in enumerate(questions, 1):
        try:
            items.append(_item(deck, question))
        except UnreadableError as error:
            objections.append(f"{name(question, number)}: {error}")
    return tuple(items), tuple(objections)


def name(question: object, number: int) -> str:
    """The id of a question on one line, or its number where it has none."""
    given = question.get("id") if isinstance(question, Mapping) else None
    return on_one_line(given) if isinstance(given, str) and given.strip() else f"question {number}"


def _item(deck: Deck, value: object) -> Item:
    question = mapping(value, "the question")
    kind = text_of(question, "kind", "the question")
    asked = read_asked(deck, kind, field_of(question, "asks", "the question"))
    return Item(
        id=text_of(question, "id", "the question"),
        card=text_of(question, "card", "the question"),
        kind=kind,
        stem=text_of(question, "stem", "the question"),
        explanation=text_of(question, "explanation", "the question"),
        asked=asked,
        choices=all_of(question, "options", "the question", lambda one, where: _choice(deck, asked, one, where)),
        accepts=all_of(question, "accepts", "the question", string),
        facts=_facts(deck, question, "the question"),
        cites=all_of(question, "cite", "the question", lambda one, where: _spot(deck, one, where)),
    )


def _choice(deck: Deck, asked: Asked, value: object, where: str) -> Choice:
    option = mapping(value, where)
    reason = mapping(field_of(option, "reason", where), f"{where}.reason")
    text_of(reason, "text", f"{where}.reason")
    claims, often, links = read_claims(deck, asked.relation, option, where)
    return Choice(
        text=text_of(option, "text", where),
        key=truth_of(option, "key", where),
        claims=claims,
        often=often,
        links=links,
        rule=one_of(reason, "rule", f"{where}.reason", RULES),
        facts=_facts(deck, reason, f"{where}.reason"),
        cites=all_of(option, "cite", where, lambda one, spot: _spot(deck, one, spot)),
    )


def _spot(deck: Deck, value: object, where: str) -> Spot:
    cite = mapping(value, where)
    source, tier = one_of(cite, "source", where, deck.sources), text_of(cite, "tier", where)
    if tier != deck.sources[source].tier.value:
        raise UnreadableError(f"{where}: source {source!r} is not of tier {tier!r}")
    section, paragraph = field_of(cite, "section", where), field_of(cite, "paragraph", where)
    if not (isinstance(section, str) and isinstance(paragraph, str)):
        raise UnreadableError(f"{where}: section and paragraph must be texts")
    return source, section, paragraph, tier


def _facts(deck: Deck, value: Mapping[str, object], where: str) -> tuple[str, ...]:
    facts = all_of(value, "facts", where, string)
    for fact in facts:
        known(fact, deck.facts, f"{where}.facts")
    if not facts or len(set(facts)) < len(facts):
        raise UnreadableError(f"{where}: facts must be named, and each once")
    return facts
