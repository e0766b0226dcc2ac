"""Opening decks for a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from quiz.compiled import Compiled, fingerprint, keep, recall
from quiz.conflicts import conflicts
from quiz.deck import Deck
from quiz.errors import DeckError, StorageError, UsageError
from quiz.facts import given_only
from quiz.places import places_here
from quiz.questions import Material, cards
from quiz.questions.wording import counted
from quiz.reasoning import Knowledge

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
    from quiz.shelf import find, shipped

    paths = [find(name) for name in names] if names else list(shipped())
    if not paths:
        raise UsageError(NONE_SHIPPED)
    found: dict[str, Compiled] = {}
    for path in dict.fromkeys(path.resolve() for path in paths):
        each = _compiled(path)
        twin = found.setdefault(each.deck.id, each)
        if twin is not each:
            clash = f'{twin.deck.path} and {each.deck.path} both have the deck id "{each.deck.id}"'
            raise UsageError(f"{clash}; name one of them, or give one another id")
    return list(found.values())


def _compiled(path: Path) -> Compiled:
    cache = places_here().cache
    try:
        name = fingerprint(path)
    except OSError as error:
        raise StorageError(f"{error.filename} cannot be read ({error.strerror}); check its permissions") from error
    known = recall(cache, name)
    if known is None:
        material = material_of(deck_at(path))
        known = Compiled(material.deck, cards(material))
        keep(cache, name, known)
    return known


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
