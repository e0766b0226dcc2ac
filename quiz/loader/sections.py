"""The sections of a deck and the keys that each allows: from entries to the nouns of a deck."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from quiz.deck import Aspect, Citation, Feature, Group, Paragraph, Silence, Source, SourceMap, Subject, Tier
from quiz.loader.shapes import (
    Entry,
    Shape,
    entries,
    identifier,
    known,
    listed,
    one_of,
    phrase,
    reference,
    take,
    text,
    yes_no,
)
from quiz.loader.wording import frame
from quiz.yamltree import Mapping, Node, Scalar, Sequence

DECK = Shape(
    {"id": identifier, "version": text, "title": text, "licence": text, "notice": text},
    {"about": text},
)
SOURCE = Shape(
    {"tier": one_of(Tier), "title": text, "publisher": text, "date": text},
    {"address": text, "read": text},
)
GROUP = Shape(
    {"noun": text, "plural": text},
    {"case": listed(frame(("findings",), ("noun", "nouns", "subjects")))},
)
SUBJECT = Shape(
    {"group": reference("group"), "name": text, "short": text},
    {
        "also": listed(text),
        "kind_of": reference("subject"),
        "manifestation_of": reference("subject"),
        "was": listed(identifier),
    },
)
_OF_A_PAIR = frame(("a", "b"), ("aspect", "aspects"))
ASPECT = Shape(
    {"noun": text, "plural": text, "statement": frame(("subject", "feature"))},
    {
        "contrast": listed(_OF_A_PAIR),
        "likelier": listed(_OF_A_PAIR),
        "shared": listed(_OF_A_PAIR),
        "sort": listed(frame(("a", "b", "feature"))),
        "oftener": listed(frame(("a", "b", "feature"))),
        "which_subject": listed(frame(("feature",), ("noun", "nouns"))),
        "which_feature": listed(frame(("subject",), ("aspect", "aspects"))),
    },
)


def _elsewhere(node: Node, entry: Entry, name: str) -> Node:
    """The facts under a feature are read by quiz.loader.facts."""
    return node


FEATURE = Shape(
    {"aspect": reference("aspect"), "noun": phrase},
    {
        "plural": yes_no,
        "patient": phrase,
        "also": listed(text),
        "near": identifier,
        "broader": listed(reference("feature")),
        "umbrella": yes_no,
        "was": listed(identifier),
        "present": _elsewhere,
        "absent": _elsewhere,
        "not-always": _elsewhere,
        "disputed": _elsewhere,
    },
)
PARAGRAPH = Shape({"topic": text}, {"none": one_of(Silence)})
UNDER_A_FEATURE = ("present", "absent", "not-always", "disputed")


def read_source(id: str, line: int, node: Node, entry: Entry) -> Source:
    """A source; one that was looked up beside the deck must say where it stands and how much of it was read."""
    values = take(node, entry, SOURCE)
    if values["tier"] is Tier.REFERENCE:
        for key in ("address", "read"):
            if key not in values:
                entry.flag(line, f'"{key}" is missing: a reference source needs it')
    return Source(id=id, place=entry.place(line), **values)


def read_source_map(id: str, line: int, node: Node, entry: Entry) -> SourceMap:
    """The paragraphs of a source, each under its spot ("Opening ¶1"): the topic alone, or topic and ``none``."""
    known(id, line, entry, "source")
    paragraphs = []
    for key, value in entries(node, entry, ""):
        section, mark, number = (part.strip() for part in key.text.partition("¶"))
        if not (section and mark and number) or "¶" in number:
            entry.flag(key.line, f'"{key.text}" is no spot: write section, "¶" and paragraph, as in "cite"')
        inner = entry.called(f'{entry.label}: "{key.text}"')
        alone = isinstance(value, Scalar)
        values = {"topic": text(value, inner, "the topic")} if alone else take(value, inner, PARAGRAPH)
        paragraphs.append(Paragraph(Citation(id, section, number), place=entry.place(key.line), **values))
    return SourceMap(id, entry.place(line), tuple(paragraphs))


def read_group(id: str, line: int, node: Node, entry: Entry) -> Group:
    """A group of subjects."""
    return Group(id=id, place=entry.place(line), **take(node, entry, GROUP))


def read_subject(id: str, line: int, node: Node, entry: Entry) -> Subject:
    """A subject; a blank parent, which was a problem, counts as none."""
    values = take(node, entry, SUBJECT)
    parents = {key: values.get(key) or None for key in ("kind_of", "manifestation_of")}
    return Subject(id=id, place=entry.place(line), **{**values, **parents})


def read_aspect(id: str, line: int, node: Node, entry: Entry) -> Aspect:
    """An aspect with its frames."""
    return Aspect(id=id, place=entry.place(line), **take(node, entry, ASPECT))


def read_feature(id: str, line: int, node: Node, entry: Entry) -> Feature:
    """A feature without the facts that stand under it."""
    values = take(node, entry, FEATURE)
    for key in UNDER_A_FEATURE:
        values.pop(key, None)
    return Feature(id=id, place=entry.place(line), **values)


# What makes a noun of an entry: its id, the line of its key, its node and its surroundings.
NounReader = Callable[[str, int, Node, Entry], Any]

# Section, what one entry of it is called, and its reader; in the order in which they are read.
NOUNS: tuple[tuple[str, str, NounReader], ...] = (
    ("sources", "source", read_source),
    ("groups", "group", read_group),
    ("subjects", "subject", read_subject),
    ("aspects", "aspect", read_aspect),
    ("features", "feature", read_feature),
    ("paragraphs", "paragraphs", read_source_map),
)


def names_of(node: Node) -> Iterator[str]:
    """Words by which an author might call an entry instead of by its id: its names, read without any check."""
    for key, value in node.entries if isinstance(node, Mapping) else ():
        if key.text in ("name", "short", "noun", "title", "also"):
            for item in value.items if isinstance(value, Sequence) else (value,):
                if isinstance(item, Scalar):
                    yield item.text
