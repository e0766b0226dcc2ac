"""Reads the JSON of a bank into plain frozen values, trusting nothing of its shape, for the checker of banks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from quiz.deck import Deck

T = TypeVar("T")

RULES = frozenset({"stated", "closed", "apart", "inherited", "true-of-both", "more-often", "not-listed"})

Said = tuple[str, str, str, bool]  # subject, feature, "holds" or "listed", yes or no
Spot = tuple[str, str, str, str]  # source, section, paragraph, tier


class UnreadableError(Exception):
    """The bank, or one question of it, is not of the shape agreed on; the text says where."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What would make an option right. ``subjects`` are in the order of A and B; what a relation lacks is empty."""

    relation: str
    subjects: tuple[str, ...]
    aspect: str
    feature: str
    fact: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An option with what it claims, and the rule and facts that are said to decide it."""

    text: str
    key: bool
    claims: tuple[Said, ...]
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


# relation: the kind of question that asks it, and its fields beside "relation" in the order of A and B
RELATIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "separates": ("contrast", ("subject", "from", "aspect")),
    "likelier": ("contrast", ("subject", "than", "aspect")),
    "listed": ("contrast", ("subject", "from", "comparison", "aspect")),
    "both": ("shared", ("subjects", "aspect")),
    "place": ("sort", ("subjects", "feature")),
    "statement": ("true-false", ("subject", "feature")),
    "cloze": ("recall", ("fact",)),
}


def read_bank(deck: Deck, bank: object) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """The readable questions of a bank, and one objection for each thing that cannot be read. Raises nothing."""
    items: list[Item] = []
    objections: list[str] = []
    try:
        top = _mapping(bank, "the bank")
        questions = _list(_field(top, "questions", "the bank"), "questions")
        if _text(top, "deck", "the bank") != deck.id:
            objections.append(f"bank: it is of deck {top['deck']!r}, not of {deck.id!r}")
        if type(_field(top, "seed", "the bank")) is not int:
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


def on_one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def normal(text: str) -> str:
    """The text as compared: compatible letters, no capitals, single spaces, no full stop at the end."""
    return on_one_line(unicodedata.normalize("NFKC", text).casefold()).rstrip(". ")


def _item(deck: Deck, value: object) -> Item:
    question = _mapping(value, "the question")
    kind = _text(question, "kind", "the question")
    return Item(
        id=_text(question, "id", "the question"),
        card=_text(question, "card", "the question"),
        kind=kind,
        stem=_text(question, "stem", "the question"),
        explanation=_text(question, "explanation", "the question"),
        asked=_asked(deck, kind, _mapping(_field(question, "asks", "the question"), "asks")),
        choices=_all(question, "options", "the question", lambda one, where: _choice(deck, one, where)),
        accepts=_all(question, "accepts", "the question", _string),
        facts=_facts(deck, question, "the question"),
        cites=_all(question, "cite", "the question", lambda one, where: _spot(deck, one, where)),
    )


def _asked(deck: Deck, kind: str, asks: Mapping[str, object]) -> Asked:
    relation = _text(asks, "relation", "asks")
    of_kind, fields = RELATIONS.get(relation, ("", ()))
    if of_kind != kind:
        raise UnreadableError(f"relation {relation!r} is not one that kind {kind!r} asks")
    if set(asks) != {"relation", *fields}:
        raise UnreadableError(f"asks of relation {relation!r} must have the fields {', '.join(fields)} and no other")
    known: Mapping[str, Container[str]] = {
        "subject": deck.subjects, "from": deck.subjects, "than": deck.subjects, "subjects": deck.subjects,
        "aspect": deck.aspects, "feature": deck.features, "fact": deck.facts, "comparison": deck.facts,
    }  # fmt: skip
    found: dict[str, tuple[str, ...]] = {}
    for field in fields:
        values = _all(asks, field, "asks", _string) if field == "subjects" else (_text(asks, field, "asks"),)
        for value in values:
            _known(value, known[field], f"asks.{field}")
        found[field] = values
    subjects = tuple(v for field in ("subjects", "subject", "from", "than") for v in found.get(field, ()))
    if relation not in ("statement", "cloze") and len(set(subjects)) != 2 or len(subjects) > 2:
        raise UnreadableError("asks must name two different subjects")
    only = {field: values[0] for field, values in found.items() if field != "subjects"}
    fact = only.get("fact", only.get("comparison", ""))
    return Asked(relation, subjects, only.get("aspect", ""), only.get("feature", ""), fact)


def _choice(deck: Deck, value: object, where: str) -> Choice:
    option = _mapping(value, where)
    key = _field(option, "key", where)
    if not isinstance(key, bool):
        raise UnreadableError(f"{where}: key is neither true nor false")
    reason = _mapping(_field(option, "reason", where), f"{where}.reason")
    _text(reason, "text", f"{where}.reason")
    rule = _text(reason, "rule", f"{where}.reason")
    _known(rule, RULES, f"{where}.reason.rule")
    return Choice(
        text=_text(option, "text", where),
        key=key,
        claims=_all(option, "claims", where, lambda one, spot: _said(deck, one, spot)),
        rule=rule,
        facts=_facts(deck, reason, f"{where}.reason"),
        cites=_all(option, "cite", where, lambda one, spot: _spot(deck, one, spot)),
    )


def _said(deck: Deck, value: object, where: str) -> Said:
    claim = _mapping(value, where)
    subject, feature = _text(claim, "subject", where), _text(claim, "feature", where)
    _known(subject, deck.subjects, f"{where}.subject")
    _known(feature, deck.features, f"{where}.feature")
    for verb in ("holds", "listed"):
        if set(claim) == {"subject", "feature", verb}:
            yes = claim[verb]
            if not isinstance(yes, bool):
                raise UnreadableError(f"{where}: {verb} is neither true nor false")
            return subject, feature, verb, yes
    raise UnreadableError(f"{where} must have the fields subject, feature and either holds or listed")


def _spot(deck: Deck, value: object, where: str) -> Spot:
    cite = _mapping(value, where)
    source, tier = _text(cite, "source", where), _text(cite, "tier", where)
    _known(source, deck.sources, f"{where}.source")
    if tier != deck.sources[source].tier.value:
        raise UnreadableError(f"{where}: source {source!r} is not of tier {tier!r}")
    section, paragraph = _field(cite, "section", where), _field(cite, "paragraph", where)
    if not (isinstance(section, str) and isinstance(paragraph, str)):
        raise UnreadableError(f"{where}: section and paragraph must be texts")
    return source, section, paragraph, tier


def _facts(deck: Deck, value: Mapping[str, object], where: str) -> tuple[str, ...]:
    facts = _all(value, "facts", where, _string)
    for fact in facts:
        _known(fact, deck.facts, f"{where}.facts")
    if not facts or len(set(facts)) < len(facts):
        raise UnreadableError(f"{where}: facts must be named, and each once")
    return facts


def _all(value: Mapping[str, object], field: str, where: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    members = _list(_field(value, field, where), f"{where}.{field}")
    return tuple(read(member, f"{field}[{index}]") for index, member in enumerate(members))


def _field(value: Mapping[str, object], field: str, where: str) -> Any:
    if field not in value:
        raise UnreadableError(f"{where} has no {field}")
    return value[field]


def _text(value: Mapping[str, object], field: str, where: str) -> str:
    return _string(_field(value, field, where), f"{where}.{field}")


def _string(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UnreadableError(f"{where} is not a text, or is empty")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise UnreadableError(f"{where} is not a list")
    return value


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise UnreadableError(f"{where} is not a mapping")
    return value


def _known(value: str, among: Container[str], where: str) -> None:
    if value not in among:
        raise UnreadableError(f"{where}: {value!r} is not known")
