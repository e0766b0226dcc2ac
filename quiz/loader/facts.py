"""The facts of a deck: the entries under a feature, and the sections in which authors name facts themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from quiz.deck import (
    Bound,
    Claim,
    Closes,
    DeniesUniversal,
    Disputes,
    Fact,
    Figure,
    Form,
    Likelier,
    Parts,
    SideBySide,
    States,
    Strength,
    Tells,
    Ways,
    Weight,
)
from quiz.loader.shapes import (
    Entry,
    Shape,
    entries,
    fact_identifier,
    known,
    listed,
    one_of,
    phrase,
    reference,
    take,
    text,
)
from quiz.loader.wording import all_cites, citations, cloze, frame, question, reading, sentence
from quiz.yamltree import Mapping, Node

Values = dict[str, Any]

_subject, _feature = reference("subject"), reference("feature")

LEAST_WAYS = 3
"""A question about ways has one key and at least two distractors."""


def amount(node: Node, entry: Entry, name: str) -> str:
    """A number without a unit, not below zero."""
    words = text(node, entry, name)
    if words and not re.fullmatch(r"\d+(\.\d+)?", words):
        entry.flag(node.line, f'{name} must be a plain number, like 5 or 0.5, not "{words}"')
    return words


def figure(node: Node, entry: Entry, name: str) -> Figure:
    """A number with its unit and bound."""
    values = take(node, entry.called(f"{entry.label}: {name}"), FIGURE)
    if values["value"] and not any(character.isdigit() for character in values["value"]):
        entry.flag(node.line, f'{name} has the value "{values["value"]}": write it in figures')
    if values["value"] and re.search(rf"(?<![\w.,]){re.escape(values['value'])}(?![\w])", values.get("ask", "")):
        entry.flag(node.line, f'{name} asks for "{values["value"]}" and shows it: take the figure out of "ask"')
    return Figure(**values)


def relation(node: Node, entry: Entry, name: str) -> tuple[str, str]:
    """Two different subjects, from the one to the other."""
    values = take(node, entry.called(f"{entry.label}: {name}"), RELATION)
    if values["from"] and values["from"] == values["to"]:
        entry.flag(node.line, f"{name} runs from a subject to itself: name two")
    return values["from"], values["to"]


def mechanism(node: Node, entry: Entry, name: str) -> tuple[str, str]:
    """A cause and its effect."""
    values = take(node, entry.called(f"{entry.label}: {name}"), MECHANISM)
    return values["cause"], values["effect"]


def exclusive_values(node: Node, entry: Entry, name: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a subject and its own value, of at least two subjects."""
    pairs = tuple(
        (known(key.text, key.line, entry, "subject"), _feature(value, entry, f'{name} "{key.text}"'))
        for key, value in entries(node, entry, name)
    )
    if isinstance(node, Mapping) and len(pairs) < 2:
        entry.flag(node.line, f"{name} must hold at least two subjects")
    elif len(pairs) > 1 and len({value for _, value in pairs}) == 1 and pairs[0][1]:
        entry.flag(node.line, f"{name} gives every subject the same value: a set needs at least two")
    return pairs


def only_under(node: Node, entry: Entry, name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Exactly two subjects with the features that are listed under each alone."""
    columns = tuple(
        (known(key.text, key.line, entry, "subject"), listed(_feature)(value, entry, f'{name} "{key.text}"'))
        for key, value in entries(node, entry, name)
    )
    if isinstance(node, Mapping):
        if len(columns) != 2:
            entry.flag(node.line, f"{name} must hold exactly two subjects, not {len(columns) or 'none'}")
        elif not any(features for _, features in columns):
            entry.flag(node.line, f"{name} lists no feature: list at least one")
    return columns


FIGURE = Shape({"value": text, "unit": text, "bound": one_of(Bound)}, {"ask": question, "within": amount})
RELATION = Shape({"from": _subject, "to": _subject})
MECHANISM = Shape({"cause": phrase, "effect": phrase})
FACT = Shape(
    {"says": sentence, "cite": citations},
    {
        "strength": one_of(Strength),
        "hedge": text,
        "weight": one_of(Weight),
        "cloze": cloze,
        "accepts": listed(text),
        "dated": reading,
        "was": listed(fact_identifier),
    },
)
# The sources of a disputed matter stand with its readings.
DISPUTED = Shape(
    {"says": sentence, "readings": listed(reading, least=2, distinct=False)},
    {**FACT.optional, "cite": citations},
)
CLOSURE = FACT.joined(Shape({"subject": _subject, "excludes": listed(_feature, least=1)}))
APART = FACT.joined(Shape({"values": exclusive_values}))
MORE_OFTEN = FACT.joined(Shape({"feature": _feature, "in": _subject, "than": _subject}))
SIDE_BY_SIDE = FACT.joined(Shape({"title": text, "only": only_under}))
STATEMENT = FACT.joined(
    Shape({}, {"about": listed(_subject), "number": figure, "relation": relation, "mechanism": mechanism})
)
HOW = FACT.joined(Shape({"ask": listed(frame(("cause",)), least=1), "of": listed(fact_identifier, least=LEAST_WAYS)}))


def _tells(values: Values) -> Tells:
    return Tells(
        about=values.get("about", ()),
        figure=values.get("number"),
        relation=values.get("relation"),
        mechanism=values.get("mechanism"),
    )


# Section, what one entry of it is called, its shape, and what it says; in the order in which they are read.
AUTHORED: tuple[tuple[str, str, Shape, Callable[[Values], Form]], ...] = (
    ("closures", "closure", CLOSURE, lambda values: Closes(values["subject"], values["excludes"])),
    ("apart", "apart", APART, lambda values: Parts(values["values"])),
    (
        "more-often",
        "more-often",
        MORE_OFTEN,
        lambda values: Likelier(values["feature"], more=values["in"], less=values["than"]),
    ),
    ("side-by-side", "side-by-side", SIDE_BY_SIDE, lambda values: SideBySide(values["title"], values["only"])),
    ("facts", "fact", STATEMENT, _tells),
    ("how", "how", HOW, lambda values: Ways(values["ask"], values["of"])),
)

# The same for what stands under a feature; with the end of the fact's id.
UNDER: dict[str, tuple[Shape, str, Callable[[str, str, Values], Form]]] = {
    "present": (FACT, "", lambda subject, feature, _: States(Claim(subject, feature, True))),
    "absent": (FACT, "", lambda subject, feature, _: States(Claim(subject, feature, False))),
    "not-always": (FACT, ".not-always", lambda subject, feature, _: DeniesUniversal(subject, feature)),
    "disputed": (DISPUTED, "", lambda subject, feature, values: Disputes(subject, feature, values["readings"])),
}


def authored(id: str, line: int, node: Node, entry: Entry, shape: Shape, form: Callable[[Values], Form]) -> Fact:
    """A fact whose id the author wrote."""
    values = take(node, entry, shape)
    match made := form(values):
        case Likelier(_, more, less) if more and more == less:
            entry.flag(line, f'"in" and "than" are both "{more}": name two subjects')
    return _fact(id, line, values, made, entry)


def under(feature: str, node: Node, entry: Entry) -> Iterator[Fact]:
    """The facts that stand under a feature."""
    for section, facts in node.entries if isinstance(node, Mapping) else ():
        if section.text not in UNDER:
            continue
        for key, value in entries(facts, entry, f'"{section.text}"'):
            known(key.text, key.line, entry, "subject")
            yield _under(feature, section.text, key.text, key.line, value, entry)


def _under(feature: str, section: str, subject: str, line: int, node: Node, entry: Entry) -> Fact:
    shape, suffix, form = UNDER[section]
    inner = entry.called(f'{entry.label}: {section} "{subject}"')
    values = take(node, inner, shape)
    if section == "absent":
        values.setdefault("strength", Strength.EVERY)
    if section == "disputed":
        own = values.get("cite", ())
        values["cite"] = tuple(dict.fromkeys((*own, *all_cites(values["readings"]))))
    return _fact(f"{feature}.{subject}{suffix}", line, values, form(subject, feature, values), inner)


def _fact(id: str, line: int, values: Values, form: Form, entry: Entry) -> Fact:
    if "accepts" in values and "cloze" not in values:
        entry.flag(line, '"accepts" holds replies to a cloze, and there is none: add "cloze" or take it out')
    common = {key: values[key] for key in FACT.optional if key in values}
    return Fact(id=id, text=values["says"], cites=values["cite"], form=form, place=entry.place(line), **common)


def clash(first: Fact, second: Fact) -> str:
    """What to say when two facts have one id."""
    ways = tuple(_way(fact) for fact in (first, second))
    match second.form:
        case States(Claim(subject, _, _)) | Disputes(subject, _, _) if ways[0] != ways[1]:
            remedy = "keep one; where sources disagree, only disputed"
            return f'"{subject}" is both {ways[0]} ({first.place}) and {ways[1]}: {remedy}'
    return f'the fact "{second.id}" stands a second time (first at {first.place}): give it another id'


def _way(fact: Fact) -> str:
    match fact.form:
        case States(Claim(_, _, holds)):
            return "present" if holds else "absent"
        case Disputes():
            return "disputed"
    return "stated"
