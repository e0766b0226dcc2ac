"""Readers for the small grammars within texts: sentences, clozes, frames and citations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.deck import Citation, Reading
from quiz.loader.shapes import Entry, Reader, Shape, known, listed, meant, take, text
from quiz.yamltree import Node, Sequence

_BRACES = re.compile(r"\{([^{}]*)\}")
_CLOSING_MARKS = "\"'”’)»"


def sentence(node: Node, entry: Entry, name: str) -> str:
    """A text that ends as a sentence does."""
    words = text(node, entry, name)
    if words and not words.rstrip(_CLOSING_MARKS).endswith((".", "!", "?")):
        entry.flag(node.line, f"{name} must end in a full stop (or ! or ?)")
    return words


def question(node: Node, entry: Entry, name: str) -> str:
    """A text that ends in a question mark."""
    words = text(node, entry, name)
    if words and not words.rstrip(_CLOSING_MARKS).endswith("?"):
        entry.flag(node.line, f"{name} must be a question, ending in a question mark")
    return words


def has_loose_braces(words: str) -> bool:
    """Whether a brace is left over when all pairs are taken out."""
    return bool(set("{}") & set(_BRACES.sub("", words)))


def cloze(node: Node, entry: Entry, name: str) -> str:
    """A sentence with one gap that is not empty."""
    words = text(node, entry, name)
    gaps = _BRACES.findall(words)
    if not words:
        return ""
    if has_loose_braces(words):
        entry.flag(node.line, f"{name} has a brace without its partner: mark one gap as {{words}}")
    elif len(gaps) != 1:
        entry.flag(node.line, f"{name} must have one gap in braces, like {{this}}; it has {len(gaps) or 'none'}")
    elif not gaps[0].strip():
        entry.flag(node.line, f"{name} has an empty gap: put the words to recall within the braces")
    return words


def frame(required: tuple[str, ...], optional: tuple[str, ...] = ()) -> Reader[str]:
    """A reader of a wording frame that uses every required placeholder and no unknown one.

    ``{is|are}`` is understood where the frame speaks of a feature, whose number it follows.
    """
    allowed = required + optional

    def read(node: Node, entry: Entry, name: str) -> str:
        words = text(node, entry, name)
        if not words:
            return ""
        if has_loose_braces(words):
            entry.flag(node.line, f"{name} has a brace without its partner: placeholders look like {{{allowed[0]}}}")
            return words
        used = set()
        for inside in _BRACES.findall(words):
            if "|" in inside:
                _check_alternatives(inside, node.line, entry, name, "feature" in allowed)
                continue
            plain = inside[:1].lower() + inside[1:]
            used.add(plain)
            if plain not in allowed:
                entry.flag(node.line, f"{name} has the unknown placeholder {{{inside}}} {meant(plain, allowed)}")
        for missing in (each for each in required if each not in used):
            entry.flag(node.line, f"{name} must use {{{missing}}}")
        return words

    return read


def _check_alternatives(inside: str, line: int, entry: Entry, name: str, has_feature: bool) -> None:
    if not has_feature:
        entry.flag(line, f"{name} cannot use {{{inside}}}: there is no feature in it for the verb to agree with")
    elif not re.fullmatch(r"[^|]*[^|\s][^|]*\|[^|]*[^|\s][^|]*", inside):
        entry.flag(line, f"{name} has {{{inside}}}: write two words, for one and for many, like {{is|are}}")


def citation(node: Node, entry: Entry, name: str) -> Citation:
    """A source's id, a section heading, and perhaps ``¶`` and a paragraph or row."""
    words = text(node, entry, name)
    source, _, spot = words.partition(" ")
    section, mark, paragraph = (part.strip() for part in spot.partition("¶"))
    if words:
        known(source, node.line, entry, "source")
        if not section:
            entry.flag(node.line, f'{name} "{words}" names no section: write it like "{source} Symptoms ¶2"')
        if mark and (not paragraph or "¶" in paragraph):
            entry.flag(node.line, f'{name} "{words}" needs one paragraph after "¶", like "¶2" or "¶row 3"')
    return Citation(source, section, paragraph)


def citations(node: Node, entry: Entry, name: str) -> tuple[Citation, ...]:
    """One citation, or a list of at least one."""
    if isinstance(node, Sequence):
        return listed(citation, least=1)(node, entry, name)
    return (citation(node, entry, name),)


_READING = Shape({"says": sentence, "cite": citations})


def reading(node: Node, entry: Entry, name: str) -> Reading:
    """A sentence with its citations."""
    values = take(node, entry.called(f"{entry.label}: {name}"), _READING)
    return Reading(values["says"], values["cite"])


def all_cites(readings: tuple[Reading, ...]) -> Iterator[Citation]:
    """The citations of several readings, in their order."""
    for each in readings:
        yield from each.cites
