"""The nouns of a deck: frozen values that say what an author wrote, and where.

Long, but one module: each noun is a few lines, and they name one another.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

_NONE: Mapping[str, Any] = MappingProxyType({})


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


class Place(NamedTuple):
    """A line of a deck file, counted from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Problem(NamedTuple):
    """Something an author must mend; printed as ``path:line: message``."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Source(NamedTuple):
    """A work that facts are cited from. ``read`` says how much of it the author read."""

    id: str
    tier: Tier
    title: str
    publisher: str
    date: str
    place: Place
    address: str = ""
    read: str = ""


class Citation(NamedTuple):
    """A spot in a source: its section heading and the paragraph (or table row) below it, counted from 1."""

    source: str
    section: str
    paragraph: str

    @property
    def spot(self) -> str:
        """Where in its source it stands, as an author writes it."""
        return " ".join(filter(None, (self.section, self.paragraph and f"¶{self.paragraph}")))

    def __str__(self) -> str:
        return " ".join(filter(None, (self.source, self.spot)))


class Silence(StrEnum):
    """Why a paragraph of a source gave no fact."""

    ADVICE = "advice"
    SLOGAN = "slogan"
    SIGNPOST = "signpost"
    COMMENT = "reader comment"
    FURNITURE = "page furniture"
    PRESUPPOSING = "presupposing heading"
    REPEATS = "repeats another paragraph"
    LOST = "list lost in extraction"


class Paragraph(NamedTuple):
    """A paragraph, list item or table row of a source: where it stands and what it is about.

    ``none`` says why no fact was taken from it; which facts were, follows from what the facts cite.
    """

    at: Citation
    topic: str
    place: Place
    none: Silence | None = None


class SourceMap(NamedTuple):
    """All paragraphs of a source, in the order in which they stand in it."""

    source: str
    place: Place
    paragraphs: tuple[Paragraph, ...]


class Group(NamedTuple):
    """Subjects that may be mistaken for one another, and the noun that names their kind in questions.

    ``case`` frames sketches of a case; empty means the program's own wording.
    """

    id: str
    noun: str
    plural: str
    place: Place
    case: tuple[str, ...] = ()


class Subject(NamedTuple):
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


class Aspect(NamedTuple):
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
    which_subject: tuple[str, ...] = ()
    which_feature: tuple[str, ...] = ()
    oftener: tuple[str, ...] = ()


class Feature(NamedTuple):
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


class Claim(NamedTuple):
    """Subject has feature, or has it not."""

    subject: str
    feature: str
    holds: bool


class Reading(NamedTuple):
    """One of two or more readings of a disputed matter, or the present-day reading of a dated one."""

    text: str
    cites: tuple[Citation, ...]


class States(NamedTuple):
    """The source says of a subject that it has, or has not, a feature."""

    claim: Claim


class DeniesUniversal(NamedTuple):
    """The source says that not every case of the subject has the feature; its absence does not follow."""

    subject: str
    feature: str


class Disputes(NamedTuple):
    """The sources disagree whether the subject has the feature; nothing follows from it."""

    subject: str
    feature: str
    readings: tuple[Reading, ...]


class Closes(NamedTuple):
    """A sentence closes the subject against the features listed, as reviewed by the author."""

    subject: str
    excludes: tuple[str, ...]


class Parts(NamedTuple):
    """A signed set of exclusive values: pairs of (subject, the one feature of the set that it has)."""

    values: tuple[tuple[str, str], ...]


class Likelier(NamedTuple):
    """The feature is found more often in one subject than in another; it may well occur in both."""

    feature: str
    more: str
    less: str


class SideBySide(NamedTuple):
    """One source sets two subjects side by side; pairs of (subject, features it lists under that subject alone)."""

    title: str
    only: tuple[tuple[str, tuple[str, ...]], ...]


class Figure(NamedTuple):
    """A number with its unit and how it is meant.

    ``ask`` is the question it answers, if any; ``within`` is how far off a reply may be, in the same unit.
    """

    value: str
    unit: str
    bound: Bound
    ask: str = ""
    within: str = "0"


class Tells(NamedTuple):
    """A statement that is not a claim: a figure, a relation between subjects, a mechanism, a definition."""

    about: tuple[str, ...] = ()
    figure: Figure | None = None
    relation: tuple[str, str] | None = None
    mechanism: tuple[str, str] | None = None


class Ways(NamedTuple):
    """A signed set of mechanisms: ids of facts whose effects exclude each other as replies to one question.

    ``ask`` holds frames of that question, with the gap ``{cause}``.
    """

    ask: tuple[str, ...]
    members: tuple[str, ...]


Form = States | DeniesUniversal | Disputes | Closes | Parts | Likelier | SideBySide | Tells | Ways


class Fact(NamedTuple):
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


class Deck(NamedTuple):
    """A whole deck: every mapping goes from permanent id to value, in the order in which the author wrote."""

    id: str
    version: str
    title: str
    licence: str
    notice: str
    path: str
    about: str = ""
    sources: Mapping[str, Source] = _NONE
    groups: Mapping[str, Group] = _NONE
    subjects: Mapping[str, Subject] = _NONE
    aspects: Mapping[str, Aspect] = _NONE
    features: Mapping[str, Feature] = _NONE
    facts: Mapping[str, Fact] = _NONE
    paragraphs: Mapping[str, SourceMap] = _NONE
    terms: tuple[tuple[str, ...], ...] = ()
