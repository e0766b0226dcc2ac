"""From a folder of YAML files to a deck: finds the files, joins their sections, and gathers every problem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quiz.collecting import paused
from quiz.deck import Deck, Fact, Place, Problem
from quiz.errors import DeckError
from quiz.loader.checks import check
from quiz.loader.facts import AUTHORED, authored, clash, under
from quiz.loader.sections import DECK, NOUNS, NounReader, names_of
from quiz.loader.shapes import Entry, Names, check_id, entries, items, listed, meant, take, text
from quiz.yamltree import LARGEST, Node, Scalar, in_order, read

SECTIONS = ("deck", *(section for section, _, _ in NOUNS), *(section for section, *_ in AUTHORED), "terms")


def load(path: Path) -> tuple[Deck | None, tuple[Problem, ...]]:
    """Read the deck in a folder, as docs/deck-format.md says.

    Out: the deck, or None and all its problems, sorted by place. While a file cannot be read as YAML, references to
    ids that may stand in it are taken on trust, and the checks over the whole deck wait.
    Raises DeckError for a path that cannot be a deck at all: missing, not a folder, not readable, without YAML files.
    """
    with paused():
        draft = _Draft()
        for file in _files(path):
            draft.add(file)
        deck = draft.deck(path)
    problems = in_order(draft.problems)
    return (None if problems else deck), problems


def shown(path: Path) -> str:
    """A path as problems show it: relative to the current folder where it is below that, otherwise as given."""
    with suppress(ValueError, OSError):
        path = path.relative_to(Path.cwd())
    return "".join(character if character.isprintable() else "\ufffd" for character in path.as_posix())


def _files(path: Path) -> list[Path]:
    """What the folder holds of YAML, in the order of the names."""
    try:
        found = [each for each in path.iterdir() if not each.name.startswith(".")]
    except FileNotFoundError:
        raise DeckError(f"{shown(path)}: there is no such folder; check the path") from None
    except NotADirectoryError:
        raise DeckError(f"{shown(path)}: a deck is a folder, and this is a file; give the folder it is in") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no valid path"
        raise DeckError(f"{shown(path)}: the folder cannot be read ({reason}); check the path and its rights") from None
    files = sorted((each for each in found if each.suffix.lower() in (".yaml", ".yml")), key=lambda each: each.name)
    if not files:
        raise DeckError(f"{shown(path)}: there are no *.yaml files in this folder; give the folder of a deck")
    return files


@dataclass(slots=True)
class _Draft:
    """A deck in the making: the sections of all files, joined, and the problems so far.

    ``complete`` turns false when a file could not be read.
    """

    problems: list[Problem] = field(default_factory=list)
    sections: dict[str, list[tuple[str, Scalar, Node]]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    first: Place | None = None
    complete: bool = True

    def add(self, file: Path) -> None:
        """Read one file and file its entries under their sections."""
        path = shown(file)
        self.first = self.first or Place(path, 1)
        root = self.read(file, path)
        if root is None:
            return
        entry = Entry(path, "", self.problems, {})
        for key, value in entries(root, entry, "a deck file"):
            if key.text not in SECTIONS:
                entry.flag(key.line, f'unknown section "{key.text}" {meant(key.text, SECTIONS)}')
            elif key.text in ("deck", "terms"):
                self.sections[key.text].append((path, key, value))
            else:
                here = entries(value, entry, f'section "{key.text}"')
                self.sections[key.text] += [(path, id, node) for id, node in here]

    def read(self, file: Path, path: str) -> Node | None:
        """The root of a file; None, and a problem, where it cannot be read."""
        if file.suffix != ".yaml":
            self.refuse(path, f'only files named *.yaml are read: rename it to "{file.stem}.yaml"')
            return None
        try:
            if not file.is_file():
                self.refuse(path, "this is not a readable file: take it out of the deck's folder")
                return None
            with file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError as error:
            self.refuse(path, f"the file cannot be read ({error.strerror}): check its rights")
            return None
        root, problems = read(data, path)
        self.problems += problems
        self.complete = self.complete and (root is not None or not problems)
        return root

    def refuse(self, path: str, message: str) -> None:
        """Note that a file could not be read."""
        self.complete = False
        self.problems.append(Problem(Place(path, 1), message))

    def deck(self, path: Path) -> Deck:
        """The deck as far as it could be made out; blanks stand in it for what had problems."""
        ids = {
            kind: Names(kind, {key.text: tuple(names_of(node)) for _, key, node in self.sections[section]})
            for section, kind, _ in NOUNS
        }
        nouns: dict[str, Any] = {section: self.nouns(section, kind, make, ids) for section, kind, make in NOUNS}
        terms = list(self.terms(ids))
        deck = Deck(
            **self.head(ids),
            path=str(path),
            **nouns,
            facts=self.facts(ids),
            terms=tuple(names for names, _ in terms),
        )
        if self.complete:
            self.problems += check(deck, [place for _, place in terms])
        return deck

    def head(self, ids: dict[str, Names]) -> dict[str, Any]:
        """What the one section "deck" says."""
        if not self.sections["deck"]:
            if self.first and self.complete:
                self.problems.append(Problem(self.first, 'section "deck" is missing: add it to one of the files'))
            return dict.fromkeys(DECK.required, "")
        path, key, node = self.sections["deck"][0]
        for other, again, _ in self.sections["deck"][1:]:
            place = Place(other, again.line)
            self.problems.append(Problem(place, f'section "deck" stands a second time (first at {path}:{key.line})'))
        return take(node, Entry(path, "deck", self.problems, ids), DECK)

    def entries(self, section: str, kind: str, ids: dict[str, Names]) -> Iterator[tuple[str, int, Node, Entry]]:
        """The entries of a section, their ids checked: id, line, node, and where problems go."""
        for path, key, node in self.sections[section]:
            entry = Entry(path, f'{kind} "{key.text}"', self.problems, ids, self.complete)
            check_id(key.text, key.line, entry)
            yield key.text, key.line, node, entry

    def nouns(self, section: str, kind: str, make: NounReader, ids: dict[str, Names]) -> dict[str, Any]:
        """The nouns of a section by id."""
        nouns: dict[str, Any] = {}
        for id, line, node, entry in self.entries(section, kind, ids):
            noun = make(id, line, node, entry)
            if nouns.setdefault(id, noun) is not noun:
                entry.flag(line, f"the id stands a second time (first at {nouns[id].place}): give it another")
        return nouns

    def facts(self, ids: dict[str, Names]) -> dict[str, Fact]:
        """All facts by id, in the order in which the author wrote them."""
        found = [
            (fact, entry)
            for id, _, node, entry in self.entries("features", "feature", ids)
            for fact in under(id, node, entry)
        ]
        for section, kind, shape, form in AUTHORED:
            for id, line, node, entry in self.entries(section, kind, ids):
                found.append((authored(id, line, node, entry, shape, form), entry))
        by_id: dict[str, Fact] = {}
        for fact, entry in found:
            first = by_id.setdefault(fact.id, fact)
            if first is not fact:
                entry.flag(fact.place.line, clash(first, fact))
        return dict(sorted(by_id.items(), key=lambda item: item[1].place))

    def terms(self, ids: dict[str, Names]) -> Iterator[tuple[tuple[str, ...], Place]]:
        """Lines of names of one thing, with their places."""
        for path, _, node in self.sections["terms"]:
            entry = Entry(path, "", self.problems, ids)
            for line in items(node, entry, 'section "terms"'):
                yield listed(text, least=2)(line, entry, "a line of terms"), entry.place(line.line)
