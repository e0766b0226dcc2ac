"""From cards to notes: one note a card, so that progress can move between here and Anki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from html import escape as html
from typing import NamedTuple

from quiz.anki.notetypes import CHOICE, CLOZE, NOTE_TYPES, RECALL, TABLE, NoteType
from quiz.citation import spelled
from quiz.deck import Deck, Weight
from quiz.draw import Draw, lot
from quiz.questions import KINDS
from quiz.questions.choice import feature_of
from quiz.questions.material import Material
from quiz.questions.model import Card, Question
from quiz.questions.recall import gap
from quiz.reasoning import upper_first
from quiz.verdict import Verdict

OPTIONS = 4
"""Options of a note. They cannot grow as a card grows stable, so there is one more than a newcomer gets."""

LETTERS = "ABCDE"
FIXED_ORDER = frozenset({"sort", "true-false"})
ORDER_OF_KINDS = ("contrast", "shared", "case", "which-subject", "which-feature", "how", "true-false", "sort")
"""In which kind a card is asked, the first that it has: what sets look-alikes side by side before single statements."""

TYPED_WORDS = 2
"""A gap of up to so many words is typed, a longer one is a cloze to be said to oneself."""

ROWS = 3
CELLS = {True: "yes", False: "no"}

TAG = "tellapart"
RETIRED = f"{TAG}::retired"


class Note(NamedTuple):
    """A note as Anki will hold it. ``fields`` are by name, in HTML; ``path`` is the deck with its parents.

    ``name`` is the id under which its card first went out, ``card`` the one that it has now. ``is_extra`` notes arrive
    suspended. ``about`` are the subjects. Notes come in the order in which they are to be learned.
    """

    guid: str
    name: str
    card: str
    type: NoteType
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    path: tuple[str, ...]
    is_extra: bool = False
    about: frozenset[str] = frozenset()

    @property
    def values(self) -> list[str]:
        """The fields in the order of the note type; empty where the note has none."""
        return [self.fields.get(name, "") for name in self.type.fields]

    @property
    def digest(self) -> str:
        """A hash of all that Anki shows of it."""
        text = "\x1f".join([self.type.key, *self.values, *self.tags])
        return blake2b(text.encode(), digest_size=12).hexdigest()


def escape(text: str) -> str:
    """The text as HTML that shows just it: no tags, and nothing that Anki takes for sound, LaTeX or a formula.

    A formula, which may hold links to scripts, begins with a backslash and a bracket; a joiner unseen parts the two.
    """
    return html(text).replace("\\(", "\\\u2060(").replace("\\[", "\\\u2060[").replace("[", "&#91;")


def guid_of(deck: str, card: str) -> str:
    """The id by which Anki knows a note again, from deck and card, so that the notes of two teachers cannot collide."""
    return blake2b(f"{deck}\x1f{card}".encode(), digest_size=12).hexdigest()


def notes(material: Material, cards: Iterable[Card], types: Mapping[str, str] | None = None) -> Iterator[Note]:
    """A note for each card, in the order to learn them.

    Core contrasts come first. What is only detail, or the third and later card of a fact or feature, is extra.
    ``types`` are the note types in which notes went out before, by the name of the card then: they never change.
    """
    ranked = [(card, kind_of(card)) for card in cards]
    ranked.sort(key=lambda each: (_rank(*each), lot("anki", each[0].id)))
    met: dict[str, int] = {}
    for card, kind in ranked:
        sisters = max((met.get(each, 0) for each in card.sisterhood), default=0)
        is_extra = card.weight is not Weight.CORE or sisters >= 2
        met.update({each: met.get(each, 0) + 1 for each in card.sisterhood})
        name = next((each for each in (card.id, *card.was) if types and each in types), card.id)
        yield _note(material, card, name, kind, (types or {}).get(name, ""), is_extra)


def kind_of(card: Card) -> str:
    """The kind in which a card is asked, the first that it has of those that Anki can show best."""
    return min(card.kinds, key=lambda kind: ORDER_OF_KINDS.index(kind) if kind in ORDER_OF_KINDS else -1)


def _rank(card: Card, kind: str) -> tuple[object, ...]:
    return card.weight is not Weight.CORE, kind not in ("contrast", "sort", "shared"), kind in ("recall", "number")


def _note(material: Material, card: Card, name: str, kind: str, type_: str, is_extra: bool) -> Note:
    deck = material.deck
    if type_ == TABLE.key:
        kind = "sort"
    question = KINDS[kind](card, material, Draw(0, card.id, 0, OPTIONS))
    own_type = next((each for each in NOTE_TYPES if each.key == type_), None) or _type(question)
    own = {CHOICE.key: _choice, RECALL.key: _recall, CLOZE.key: _cloze, TABLE.key: _table}[own_type.key]
    shared = {
        "Id": f"{deck.id} {name}",
        "Kind": kind,
        "Notice": escape(deck.notice),
        "About": escape(_about(deck, card)),
    }
    return Note(
        guid=guid_of(deck.id, name),
        name=name,
        card=card.id,
        type=own_type,
        fields={**shared, **own(material, card, question)},
        tags=tuple(_tags(deck, card, kind, question, is_extra=is_extra)),
        path=tuple(_path(deck, card)),
        is_extra=is_extra,
        about=frozenset(card.about),
    )


def _type(question: Question) -> NoteType:
    """The type in which a note goes out first."""
    if question.kind == "sort":
        return TABLE
    if question.options:
        return CHOICE
    is_long = question.kind == "recall" and len(question.accepts[0].split()) > TYPED_WORDS
    return CLOZE if is_long else RECALL


def _about(deck: Deck, card: Card) -> str:
    group = _group(deck, card)
    return f"{deck.title} · {group}" if group else deck.title


def _group(deck: Deck, card: Card) -> str:
    return deck.groups[deck.subjects[card.about[0]].group].plural if card.about else ""


def _path(deck: Deck, card: Card) -> Iterator[str]:
    """Deck, group, and pair where the card has one; the names of single subjects would give their questions away."""
    yield one_level(deck.title)
    if group := _group(deck, card):
        yield one_level(upper_first(group))
    if len({deck.subjects[each].group for each in card.about}) == 1 < len(card.about):
        yield one_level(" – ".join(deck.subjects[each].short for each in deck.subjects if each in card.about))


def one_level(name: str) -> str:
    """A name that is one level of a deck's path: two colons, as in std::list, would begin another."""
    return name.replace("::", "∷")


def _tags(deck: Deck, card: Card, kind: str, question: Question, *, is_extra: bool) -> Iterator[str]:
    root = f"{TAG}::{deck.id}"
    yield from (f"{root}::subject::{each}" for each in card.about)
    if card.feature:
        yield f"{root}::aspect::{deck.features[card.feature].aspect}"
    yield f"{root}::kind::{kind}"
    yield f"{root}::weight::{card.weight}"
    if is_extra:
        yield f"{root}::extra"
    cites = [*question.cites, *(cite for option in question.options for cite in option.cites)]
    yield from sorted({f"{root}::source::{deck.sources[each.source].tier}::{each.source}" for each in cites})


def _choice(material: Material, _card: Card, question: Question) -> dict[str, str]:
    deck = material.deck
    fields = {
        "Stem": escape(question.stem),
        "Order": "fixed" if question.kind in FIXED_ORDER else "drawn",
        "Key": LETTERS[question.key],
        "Answer": escape(question.options[question.key].text),
    }
    for letter, option in zip(LETTERS, question.options, strict=False):
        fields[letter] = escape(option.text)
        fields[f"Reason {letter}"] = escape(option.reason.text)
        fields[f"Source {letter}"] = escape(spelled(deck, option.cites))
    return fields


def _recall(material: Material, _card: Card, question: Question) -> dict[str, str]:
    deck = material.deck
    return {
        "Stem": escape(question.stem),
        "Reply": escape(question.accepts[0]),
        "Also": escape(" · ".join(question.accepts[1:])),
        "Reason": escape(question.explanation),
        "Source": escape(spelled(deck, question.cites)),
    }


def _cloze(material: Material, card: Card, question: Question) -> dict[str, str]:
    deck = material.deck
    fact = deck.facts[card.fact]
    reply = gap(fact)
    before, _, after = fact.cloze.partition(f"{{{reply}}}")
    return {
        "Text": f"{_harmless(before)}{{{{c1::{_harmless(reply)}}}}}{_harmless(after)}",
        "Also": escape(" · ".join(question.accepts[1:])),
        "Reason": escape(question.explanation),
        "Source": escape(spelled(deck, question.cites)),
    }


def _harmless(text: str) -> str:
    """Text in which nothing reads as the beginning or end of a cloze."""
    return escape(text).replace("{", "&#123;").replace("}", "&#125;").replace("::", "&#58;&#58;")


def _table(material: Material, card: Card, question: Question) -> dict[str, str]:
    """Two subjects side by side, with one cell hidden: half the time what it hides is "no"."""
    deck, feature = material.deck, feature_of(card)
    left, right = (each for each in deck.subjects if each in card.about)
    has = {each: material.knowledge.judge(each, feature).verdict is Verdict.TRUE for each in (left, right)}
    # A third of these cards is true of both, so that two in three would be "no" if the lacking one were always hidden.
    lacking = [each for each in (left, right) if not has[each]]
    hidden = (lacking or [left, right])[lot("cell", card.id) % len(lacking or [left, right])]
    if lacking and lot("hide", card.id) % 4 == 0:
        hidden = left if hidden == right else right
    cell = {each: CELLS[has[each]] for each in (left, right)}
    shown = {each: "?" if each == hidden else cell[each] for each in (left, right)}
    reason = question.options[question.key]
    return {
        "Stem": "What belongs in the marked cell: yes or no?",
        "Left": escape(deck.subjects[left].short),
        "Right": escape(deck.subjects[right].short),
        "Rows": "".join(_rows(material, left, right, feature)),
        "Feature": escape(upper_first(deck.features[feature].noun)),
        "Left cell": shown[left],
        "Right cell": shown[right],
        "Left answer": cell[left],
        "Right answer": cell[right],
        "Answer": cell[hidden],
        "Reason": escape(reason.reason.text),
        "Source": escape(spelled(deck, reason.cites)),
    }


def _rows(material: Material, left: str, right: str, feature: str) -> Iterator[str]:
    """Some other features of the aspect, of each sort one if there is one."""
    deck = material.deck
    split = material.split(left, right, deck.features[feature].aspect)
    for features, of_left, of_right in (
        (split.only_a, True, False),
        (split.both, True, True),
        (split.only_b, False, True),
    ):
        fitting = [each for each in features if each != feature and not material.clash(each, feature)]
        if fitting:
            other = min(fitting, key=lambda each: lot("row", left, right, feature, each))
            noun = escape(upper_first(deck.features[other].noun))
            yield f'<tr><th scope="row">{noun}</th><td>{CELLS[of_left]}</td><td>{CELLS[of_right]}</td></tr>'
