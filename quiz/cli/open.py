"""Opening decks for a command."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from quiz.cache.compiled import Compiled, keep, recall
from quiz.cache.fingerprint import fingerprint
from quiz.catalogue import PIECES, Catalogue, Whole, is_large
from quiz.collecting import paused
from quiz.conflicts import conflicts
from quiz.deck import Deck
from quiz.errors import DeckError, StorageError, UsageError
from quiz.facts import given_only
from quiz.places import places_here
from quiz.questions import Material, cards
from quiz.questions.wording import counted
from quiz.reasoning import Knowledge

LONG = 1_000_000
"""A deck of so many bytes takes seconds to be read for the first time."""

NONE_SHIPPED = "no deck is shipped with this installation; name the path of a deck folder"


def deck_at(path: Path) -> Deck:
    """The deck in a folder. Raises DeckError with all its problems if it has any."""
    from quiz.loader import load

    deck, problems = load(path)
    if deck is None or problems:
        count = counted(len(problems), "problem")
        raise DeckError(f"{path}: {count}; mend them (`quiz check {path}` lists them) and try again", problems)
    return deck


def ready(names: tuple[str, ...]) -> list[Compiled]:
    """The decks of these names or paths, each once, with their cards; all shipped decks when none is named.

    Decks that did not change since they were last used come from the cache. Raises UsageError when two different
    decks have one id, since they would share their progress, and DeckError for a deck with problems.
    """
    found = [_compiled(path, _fingerprint(path)) for path in _paths(names)]
    _must_differ([each.deck.id for each in found], [each.deck.path for each in found])
    return found


class Opened(NamedTuple):
    """A deck for a sitting, and the name of its entry in the cache."""

    catalogue: Catalogue
    name: str


def opened(names: tuple[str, ...]) -> list[Opened]:
    """The same decks for a sitting, of which large ones are read piece by piece. Raises as `ready` does."""
    paths = _paths(names)
    found = [_opened(path) for path in paths]
    _must_differ([each.catalogue.id for each in found], [str(path) for path in paths])
    return found


def _opened(path: Path) -> Opened:
    cache, name = places_here().cache, _fingerprint(path)
    if os.path.exists(cache / f"{name}{PIECES}"):  # noqa: PTH110 - Path.exists fails in a folder that cannot be read
        from quiz.cache import pieces

        if known := pieces.opened(cache, name, lambda: _whole(path, name)):
            return Opened(known, name)
    whole = _whole(path, name)
    if not is_large(whole.deck):
        return Opened(whole, name)
    from quiz.cache import pieces

    with paused():
        database = pieces.made(whole)
    pieces.keep(cache, name, database)
    return Opened(pieces.Pieces(database, lambda: whole), name)


def _paths(names: tuple[str, ...]) -> list[Path]:
    from quiz.shelf import find, shipped

    paths = [find(name) for name in names] if names else list(shipped())
    if not paths:
        raise UsageError(NONE_SHIPPED)
    return list(dict.fromkeys(path.resolve() for path in paths))


def _must_differ(ids: Sequence[str], paths: Sequence[str]) -> None:
    for place, id_ in enumerate(ids):
        if id_ in ids[:place]:
            clash = f'{paths[ids.index(id_)]} and {paths[place]} both have the deck id "{id_}"'
            raise UsageError(f"{clash}; name one of them, or give one another id")


def _fingerprint(path: Path) -> str:
    try:
        return fingerprint(path, places_here().cache)
    except OSError as error:
        raise StorageError(f"{error.filename} cannot be read ({error.strerror}); check its permissions") from error


def _compiled(path: Path, name: str) -> Compiled:
    return recall(places_here().cache, name) or _dealt(path, name)[1]


def _whole(path: Path, name: str) -> Whole:
    known = recall(places_here().cache, name)
    material, compiled = (Material(Knowledge(known.deck)), known) if known else _dealt(path, name)
    return Whole(material, compiled.cards)


def _dealt(path: Path, name: str) -> tuple[Material, Compiled]:
    """A deck as it stands in its files, with its cards; kept in the cache for the next time."""
    if sys.stderr.isatty() and sum(file.stat().st_size for file in path.glob("*.y*ml")) > LONG:
        sys.stderr.write(f"Reading {path.name}, which is new or has changed ...\n")
    with paused():
        material = material_of(deck_at(path))
        compiled = Compiled(material.deck, cards(material))
        keep(places_here().cache, name, compiled)
    gc.freeze()  # as when it comes from the cache
    return material, compiled


def one_deck(name: str | None) -> Deck:
    """The deck of that name or path; without one, the first shipped deck.

    Raises UsageError when the deck is not found, or none is shipped.
    """
    from quiz.shelf import find, shipped

    if name is not None:
        return deck_at(find(name))
    folders = shipped()
    if not folders:
        raise UsageError(NONE_SHIPPED)
    return deck_at(folders[0])


def deck_knowing(name: str | None, *lookups: Callable[[Deck], object]) -> Deck:
    """The deck of that name or path; without one, the shipped deck in which all lookups find what they look for.

    A lookup raises UsageError where it finds nothing, and so does this when no deck is left, or more than one.
    """
    if name is not None:
        return one_deck(name)
    left = [each.deck for each in ready(())]
    for find in lookups:
        passing, refusals = [], []
        for deck in left:
            try:
                find(deck)
                passing.append(deck)
            except UsageError as refusal:
                refusals.append(str(refusal))
        if not passing:
            raise UsageError("; ".join(refusals))
        left = passing
    if len(left) > 1:
        raise UsageError(f"which deck? These know the names: {', '.join(deck.id for deck in left)}")
    return left[0]


def material_of(deck: Deck, *, only_given: bool = False) -> Material:
    """What questions about the deck are made from. Raises DeckError when its facts contradict each other."""
    knowledge = Knowledge(given_only(deck), deck) if only_given else Knowledge(deck)
    found = conflicts(knowledge)
    if found:
        raise DeckError(f"{deck.path}: the facts contradict each other", found)
    return Material(knowledge)
