"""The nouns of a deck: frozen values that say what an author wrote, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Tier(StrEnum):
    """How near a source stands to the deck: the documents it was made from, or works looked up beside them."""

    GIVEN = "given"
    REFERENCE = "reference"


class Weight(StrEnum):
    """How much a fact matters to a learner; background is cited in explanations but never asked."""

    CORE = "core"
    DETAIL = "detail"
    BACKGROUND = "background"


class Strength(StrEnum):
    """How widely a statement holds among the cases of its subject."""

    EVERY = "every"
    OFTEN = "often"
    CAN = "can"
    RARELY = "rarely"


class Bound(StrEnum):
    """How a figure is meant: exactly, about, at most or at least."""

    EXACTLY = "exactly"
    ABOUT = "about"
    UP_TO = "up to"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a deck file, counted from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something an author must mend; printed as ``path:line: message``."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A work that facts are cited from. ``read`` says how much of it the author read."""

    id: str
    tier: Tier
    title: str
    publisher: str
    date: str
    place: Place
    address: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A spot in a source: its section heading and the paragraph (or table row) below it, counted from 1."""

    source: str
    section: str
    paragraph: str

    def __str__(self) -> str:
        spot = f"¶{self.paragraph}" if self.paragraph else ""
        return " ".join(part for part in (self.source, self.section, spot) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Subjects that may be mistaken for one another, and the noun that names their kind in questions."""

    id: str
    noun: str
    plural: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One of the things to tell apart. ``short`` is how it is called inside a sentence."""

    id: str
    group: str
    name: str
    short: str
    place: Place
    also: tuple[str, ...] = ()
    kind_of: str | None = None
    manifestation_of: str | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """A family of features, with the wording of questions about it; an empty tuple means the program's own wording."""

    id: str
    noun: str
    plural: str
    statement: str
    place: Place
    contrast: tuple[str, ...] = ()
    likelier: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What a subject may have: a noun phrase together with its context or purpose.

    ``near`` names a set whose members are too alike to stand as options of one question. ``broader`` names the
    features that contain this one. An ``umbrella`` feature takes part in reasoning but is never offered as an option.
    """

    id: str
    aspect: str
    noun: str
    place: Place
    plural: bool = False
    umbrella: bool = False
    near: str | None = None
    broader: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    patient: str = ""
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """Subject has feature, or has it not."""

    subject: str
    feature: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One of two or more readings of a disputed matter, or the present-day reading of a dated one."""

    text: str
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class States:
    """The source says of a subject that it has, or has not, a feature."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class DeniesUniversal:
    """The source says that not every case of the subject has the feature; its absence does not follow."""

    subject: str
    feature: str


@dataclass(frozen=True, slots=True)
class Disputes:
    """The sources disagree whether the subject has the feature; nothing follows from it."""

    subject: str
    feature: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Closes:
    """A sentence closes the subject against the features listed, as reviewed by the author."""

    subject: str
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A signed set of exclusive values: pairs of (subject, the one feature of the set that it has)."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Likelier:
    """The feature is found more often in one subject than in another; it may well occur in both."""

    feature: str
    more: str
    less: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One source sets two subjects side by side; pairs of (subject, features it lists under that subject alone)."""

    title: str
    only: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its unit and how it is meant."""

    value: str
    unit: str
    bound: Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Tells:
    """A statement that is not a claim: a figure, a relation between subjects, a mechanism, a definition."""

    about: tuple[str, ...] = ()
    figure: Figure | None = None
    relation: tuple[str, str] | None = None
    mechanism: tuple[str, str] | None = None


Form = States | DeniesUniversal | Disputes | Closes | Parts | Likelier | SideBySide | Tells


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A sourced statement with a permanent id. ``text`` is one plain sentence.

    ``cloze`` is a sentence with the words to recall in braces; ``accepts`` holds further right replies.
    ``dated`` is the present-day reading of a statement that medicine (or the field at hand) has left behind.
    """

    id: str
    text: str
    form: Form
    cites: tuple[Citation, ...]
    place: Place
    weight: Weight = Weight.DETAIL
    strength: Strength = Strength.CAN
    hedge: str = ""
    cloze: str = ""
    accepts: tuple[str, ...] = ()
    dated: Reading | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """A whole deck: every mapping goes from permanent id to value, in the order in which the author wrote."""

    id: str
    version: str
    title: str
    licence: str
    notice: str
    path: str
    about: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    aspects: Mapping[str, Aspect] = field(default_factory=dict)
    features: Mapping[str, Feature] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    terms: tuple[tuple[str, ...], ...] = ()
