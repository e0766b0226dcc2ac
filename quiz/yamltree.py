"""The one door for YAML: a strict reader of a plain subset, with line numbers and problems as values.

Scalars stay strings, whatever they look like. Aliases, anchors, merge keys, tags, duplicate keys and several documents
are refused, which also shuts out the known resource bombs; control characters, which could steer a terminal, never
come in, neither raw nor as an escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quiz.deck import Place, Problem

LARGEST = 32 * 1024 * 1024  # bytes of one file
DEEPEST = 12  # lists and mappings inside one another
LONGEST = 400  # characters of a message

# Control characters, line separators and the marks that reverse the direction of text. Raw carriage returns are line
# ends and fold away; one that was written as an escape would reach the terminal.
_RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("\r|" + _RAW.pattern)

_REMEDIES = {
    "mapping values are not allowed": 'put a text that holds ": " in quotes, and check the indentation',
    "could not find expected ':'": "a key needs a colon and a space after it; check the indentation and the quotes",
    "did not find expected key": "check the indentation and the quotes of this line and the one above",
    "expected <block end>": "check the indentation and the quotes of this line and the one above",
    "did not find expected '-' indicator": "every line of a list begins with a hyphen; check the indentation",
    "expected ',' or ']'": "a list in brackets is not closed, or lacks a comma",
    "expected ',' or '}'": "a mapping in braces is not closed, or lacks a comma; put texts in quotes",
    "cannot start any token": "indent with spaces, and put a text that begins with this character in quotes",
    "tab character": "indent with spaces, not with tabs",
    "unexpected end of stream": "a quotation mark is not closed",
}


class Scalar(NamedTuple):
    """A text and its line, counted from 1."""

    text: str
    line: int


class Sequence(NamedTuple):
    """A list and the line on which it begins."""

    items: tuple[Node, ...]
    line: int


class Mapping(NamedTuple):
    """Keys, each with its line, and values, in the order written; the line is that on which the mapping begins."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int


Node = Scalar | Sequence | Mapping


def read(data: bytes, path: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document.

    In: the bytes of a file, and the path to name in problems. Out: the root node and the problems. The root is None
    where the file is empty, and also where reading could not go on (then there is a problem). Raises nothing.
    """
    if len(data) > LARGEST:
        return None, (Problem(Place(path, 1), f"the file is over {LARGEST >> 20} MiB: split it into several files"),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(path, data.count(b"\n", 0, error.start) + 1)
        return None, (Problem(place, "not UTF-8 text: save the file with the encoding UTF-8"),)
    if found := _RAW.search(text):
        place = Place(path, text.count("\n", 0, found.start()) + 1)
        return None, (Problem(place, _refusal(found.group())),)
    builder = _Builder(path)
    root = builder.build(text)
    return root, in_order(builder.problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by place, none of them twice, each in one line of bearable length whatever it quotes."""
    return tuple(sorted({Problem(each.place, _one_line(each.message)) for each in problems}))


def _one_line(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _refusal(character: str) -> str:
    return f"the control character U+{ord(character):04X} is not allowed: take it out"


def _events(text: str) -> Iterator[Any]:
    """The parser's events one by one, so that reading can stop early; the C parser where PyYAML has it."""
    import yaml

    parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)(text)
    return iter(parser.get_event, None)


def _line(error: Exception, last: int) -> int:
    """The line of a YAML error: where something begins that never ends, rather than where the parser gave up."""
    begun, gave_up = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    said = str(getattr(error, "problem", ""))
    never_ends = any(sign in said for sign in ("end of stream", "expected ',' or", "could not find expected ':'"))
    mark = (begun or gave_up) if never_ends else (gave_up or begun)
    return min(mark.line + 1, last) if mark else 1


def _plainly(error: Exception) -> str:
    """One line for what the YAML parser says, with a remedy where there is a usual one."""
    said = " ".join(str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).split())
    remedy = next((remedy for sign, remedy in _REMEDIES.items() if sign in said), "check the quotes and indentation")
    return f"not valid YAML, {_ESCAPED.sub('?', said)}: {remedy}"


@dataclass(slots=True)
class _Builder:
    """Builds the tree from parser events, without recursion; stops where the rest could not be understood."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def flag(self, line: int, message: str) -> None:
        self.problems.append(Problem(Place(self.path, line), message))

    def build(self, text: str) -> Node | None:
        import yaml

        try:
            return self.consume(_events(text))
        except yaml.YAMLError as error:
            self.flag(_line(error, text.count("\n") + 1), _plainly(error))
        except (ValueError, OverflowError):
            self.flag(1, "not valid YAML: a character is written as an escape that stands for none")
        return None

    def consume(self, events: Iterator[Any]) -> Node | None:
        import yaml

        scalar, mapping_start, sequence_start = yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        roots: list[Node] = []
        items = roots
        open_lists: list[tuple[list[Node], int]] = []  # the items around an open list or mapping, and its line
        for event in events:
            kind = type(event)
            if kind is scalar:
                marked = event.anchor is not None or event.tag is not None or event.style == '"'
                items.append(self.scalar(event) if marked else Scalar(event.value, event.start_mark.line + 1))
            elif kind is mapping_start or kind is sequence_start:
                line = event.start_mark.line + 1
                self.refuse_marks(event, line)
                if len(open_lists) == DEEPEST:
                    self.flag(line, f"nested deeper than {DEEPEST} levels: no deck needs that")
                    return None
                open_lists.append((items, line))
                items = []
            elif kind in ends:
                around, line = open_lists.pop()
                is_list = kind is yaml.SequenceEndEvent
                around.append(Sequence(tuple(items), line) if is_list else self.mapping(items, line))
                items = around
            elif kind is yaml.AliasEvent:
                line = event.start_mark.line + 1
                self.flag(line, f'the alias "*{event.anchor}" is not allowed: write the value out')
                items.append(Scalar("", line))
            elif kind is yaml.DocumentStartEvent and roots:
                self.flag(event.start_mark.line + 1, 'a second document begins here: take out the line "---"')
                return None
        return roots[0] if roots else None

    def refuse_marks(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self.flag(line, f'the anchor "&{event.anchor}" is not allowed: take it out')
        if event.tag is not None:
            self.flag(line, "a YAML tag is not allowed: put a text that begins with an exclamation mark in quotes")

    def scalar(self, event: Any) -> Scalar:
        line: int = event.start_mark.line + 1
        text: str = event.value
        if event.anchor is not None or event.tag is not None:
            self.refuse_marks(event, line)
        if event.style == '"' and (found := _ESCAPED.search(text)):
            self.flag(line, _refusal(found.group()))
            text = _ESCAPED.sub("\ufffd", text)
        return Scalar(text, line)

    def mapping(self, items: list[Node], line: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.flag(key.line, "a key must be a plain word, not a list or a mapping")
            elif key.text == "<<":
                self.flag(key.line, 'the merge key "<<" is not allowed: write the keys out')
            elif key.text in entries:
                first = entries[key.text][0].line
                self.flag(key.line, f'the key "{key.text}" stands here a second time (first on line {first})')
            else:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), line)
