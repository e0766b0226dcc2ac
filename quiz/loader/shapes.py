"""What a part of a deck file must look like, and reading it so: from nodes to values, flaws to problems.

A reader takes a node, the entry it belongs to and the name of the value; it always returns a value of its type. Where
the node is flawed it tells the entry and returns a blank, so that one pass finds every problem; a deck with problems is
never built, so no blank gets out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from quiz.deck import Place, Problem
from quiz.yamltree import Mapping as MappingNode
from quiz.yamltree import Node, Scalar, Sequence

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

LONGEST = 2_000
"""Characters of one text; six times what any deck has needed so far."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FOLDED = re.compile(r"[ \t\r\n]+")  # a no-break space between figure and unit stays
_FACT_ID = re.compile(rf"{_ID.pattern}(?:\.{_ID.pattern}(?:\.not-always)?)?")


# Looking for the nearest of thousands of names takes a while; past so many unknown words nobody reads the advice.
_ADVISED = 100


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of one kind ("subject"), each with the words an author might write in its stead."""

    kind: str
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    advice: dict[str, str | None] = field(default_factory=dict)

    def nearest(self, text: str) -> str | None:
        """The id that was probably meant, found by the id itself or by a name of it."""
        if text not in self.advice and len(self.advice) < _ADVISED:
            owners = {word.casefold(): id for id, words in self.words.items() for word in words}
            owners |= {id: id for id in self.words}
            found = nearest(text.casefold(), owners)
            self.advice[text] = owners[found] if found else None
        return self.advice.get(text)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry being read: its file, what to call it in problems, the ids of the deck, and where problems go.

    ``complete`` is false when a file of the deck could not be read, so that an id may be missing only for that.
    """

    path: str
    label: str
    problems: list[Problem]
    ids: Mapping[str, Names]
    complete: bool = True

    def flag(self, line: int, message: str) -> None:
        """Note a problem with this entry."""
        self.problems.append(Problem(self.place(line), f"{self.label}: {message}" if self.label else message))

    def place(self, line: int) -> Place:
        """A line of the entry's file."""
        return Place(self.path, line)

    def called(self, label: str) -> Entry:
        """The same surroundings for another entry."""
        return Entry(self.path, label, self.problems, self.ids, self.complete)

    def silent(self) -> Entry:
        """The same entry with nobody listening, to make blanks."""
        return Entry(self.path, self.label, [], self.ids, self.complete)


Reader = Callable[[Node, Entry, str], T]


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys that a mapping must have and may have, each with the reader of its value."""

    required: Mapping[str, Reader[Any]]
    optional: Mapping[str, Reader[Any]] = field(default_factory=dict)

    def joined(self, other: Shape) -> Shape:
        """A shape with the keys of both."""
        return Shape({**self.required, **other.required}, {**self.optional, **other.optional})


def nearest(text: str, choices: Iterable[str]) -> str | None:
    """The choice that looks most like the text, if any is near."""
    import difflib

    return next(iter(difflib.get_close_matches(text, list(choices), n=1, cutoff=0.6)), None)


def meant(text: str, choices: Iterable[str]) -> str:
    """What to say after an unknown word: the one that was probably meant, or all there are."""
    choices = list(choices)
    near = nearest(text, choices)
    return f'(did you mean "{near}"?)' if near else f"(allowed: {', '.join(choices)})"


def kind_of_node(node: Node) -> str:
    """A node's kind, as it is called in problems."""
    match node:
        case Scalar():
            return "a text" if node.text.strip() else "nothing"
        case Sequence():
            return "a list"
        case MappingNode():
            return "a mapping"


def take(node: Node, entry: Entry, shape: Shape) -> dict[str, Any]:
    """The values of a mapping by key: all that are required, and the optional ones that stand there."""
    values: dict[str, Any] = {}
    for key, value in entries(node, entry, ""):
        if reader := shape.required.get(key.text) or shape.optional.get(key.text):
            values[key.text] = reader(value, entry, f'"{key.text}"')
        else:
            advice = meant(key.text, (*shape.required, *shape.optional))
            if " " in key.text and value == Scalar("", value.line):
                advice = "(a comma ends a text in braces: put the whole text in quotes)"
            entry.flag(key.line, f'unknown key "{key.text}" {advice}')
    for name, reader in shape.required.items():
        if name not in values:
            if isinstance(node, MappingNode):
                entry.flag(node.line, f'"{name}" is missing: add it')
            values[name] = reader(Scalar("", node.line), entry.silent(), name)
    return values


def entries(node: Node, entry: Entry, name: str) -> tuple[tuple[Scalar, Node], ...]:
    """The entries of a mapping; none, and a problem, where the node is something else."""
    if isinstance(node, MappingNode):
        return node.entries
    entry.flag(node.line, f'{name + " must" if name else "must"} be a mapping ("key: value"), not {kind_of_node(node)}')
    return ()


def text(node: Node, entry: Entry, name: str) -> str:
    """A text that is not empty; line ends and runs of spaces within it count as one space."""
    if not isinstance(node, Scalar):
        entry.flag(node.line, f"{name} must be a text, not {kind_of_node(node)}")
        return ""
    squeezed = _FOLDED.sub(" ", node.text).strip()
    if not squeezed:
        entry.flag(node.line, f"{name} is empty: write something or take it out")
    if len(squeezed) > LONGEST:
        entry.flag(node.line, f"{name} has {len(squeezed)} characters: no more than {LONGEST} can be read at one go")
    return squeezed


def phrase(node: Node, entry: Entry, name: str) -> str:
    """A text that stands within sentences, so that it has no full stop of its own."""
    words = text(node, entry, name)
    if words.endswith(".") and not words.endswith("..."):
        entry.flag(node.line, f"{name} stands within sentences: take out the full stop at its end")
    return words


def yes_no(node: Node, entry: Entry, name: str) -> bool:
    """The word yes or the word no."""
    word = text(node, entry, name)
    if word and word not in ("yes", "no"):
        entry.flag(node.line, f'{name} must be yes or no, not "{word}"')
    return word == "yes"


def one_of(choices: type[E]) -> Reader[E]:
    """A reader of one of a few fixed words."""
    allowed = {choice.value: choice for choice in choices}

    def read(node: Node, entry: Entry, name: str) -> E:
        word = text(node, entry, name)
        if word in allowed:
            return allowed[word]
        if word:
            entry.flag(node.line, f'{name} must be one of {", ".join(allowed)}, not "{word}"')
        return next(iter(choices))

    return read


def items(node: Node, entry: Entry, name: str, *, least: int = 0) -> tuple[Node, ...]:
    """The items of a list that holds at least so many."""
    if not isinstance(node, Sequence):
        entry.flag(node.line, f'{name} must be a list ("[one, other]"), not {kind_of_node(node)}')
        return ()
    if len(node.items) < least:
        wanted = "at least one item" if least == 1 else f"at least {least} items"
        entry.flag(node.line, f"{name} must hold {wanted}, not {len(node.items) or 'none'}")
    return node.items


def listed(reader: Reader[T], *, least: int = 0, distinct: bool = True) -> Reader[tuple[T, ...]]:
    """A reader of a list of such values, none of them twice unless that is harmless."""

    def read(node: Node, entry: Entry, name: str) -> tuple[T, ...]:
        values: list[T] = []
        seen: set[T] = set()
        for item in items(node, entry, name, least=least):
            value = reader(item, entry, name)
            if distinct and value and value in seen:
                entry.flag(item.line, f'{name} lists "{value}" twice: take one out')
            seen.add(value)
            values.append(value)
        return tuple(values)

    return read


def is_id(word: str, *, of_fact: bool = False) -> bool:
    """Whether a word has the form of an id: lower-case words joined by hyphens; ids of facts may have dots."""
    return (_FACT_ID if of_fact else _ID).fullmatch(word) is not None


def check_id(word: str, line: int, entry: Entry) -> None:
    """Flag what has not the form of an id."""
    if not is_id(word):
        entry.flag(line, f'"{word}" is no id: use lower-case letters and figures, joined by hyphens')


def identifier(node: Node, entry: Entry, name: str) -> str:
    """A word with the form of an id."""
    word = text(node, entry, name)
    if word:
        check_id(word, node.line, entry)
    return word


def fact_identifier(node: Node, entry: Entry, name: str) -> str:
    """A word with the form of a fact's id, written by an author or made from feature and subject."""
    word = text(node, entry, name)
    if word and not is_id(word, of_fact=True):
        entry.flag(node.line, f'"{word}" is no id of a fact: write it like "feature.subject" or "some-words"')
    return word


def known(word: str, line: int, entry: Entry, kind: str) -> str:
    """An id that must be one of the deck's; "" where it is not."""
    names = entry.ids[kind]
    if word in names.words or not word:
        return word
    if entry.complete:
        near = names.nearest(word)
        remedy = f'(did you mean "{near}"?)' if near else f"(the deck has no {kind} of that id: mend it or add one)"
        entry.flag(line, f'unknown {kind} "{word}" {remedy}')
    return ""


def reference(kind: str) -> Reader[str]:
    """A reader of the id of something in the deck."""

    def read(node: Node, entry: Entry, name: str) -> str:
        return known(text(node, entry, name), node.line, entry, kind)

    return read
