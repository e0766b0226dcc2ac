"""Opening decks for a command."""

from __future__ import annotations

from pathlib import Path

from quiz.deck import Deck
from quiz.errors import DeckError, UsageError
from quiz.facts import given_only
from quiz.questions.material import Material
from quiz.reasoning import Knowledge


def deck_at(path: Path) -> Deck:
    """The deck in a folder. Raises DeckError with all its problems if it has any."""
    from quiz.loader import load

    deck, problems = load(path)
    if deck is None or problems:
        count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
        raise DeckError(f"{path}: {count}; mend them (`quiz check {path}` lists them) and try again", problems)
    return deck


def one_deck(name: str | None) -> Deck:
    """The deck of that name or path; without one, the shipped deck, if there is just one.

    Raises UsageError when the deck is not found, or not named where several are shipped.
    """
    from quiz.shelf import find, shipped

    if name is not None:
        return deck_at(find(name))
    folders = shipped()
    if len(folders) != 1:
        names = ", ".join(folder.name for folder in folders) or "none"
        raise UsageError(f"which deck? Name one of the shipped decks ({names}) or the path of a deck folder")
    return deck_at(folders[0])


def some_decks(names: tuple[str, ...]) -> list[Deck]:
    """The decks of these names or paths, each once; all shipped decks when none is named.

    Raises UsageError when two different decks have one id, since they would share their progress.
    """
    from quiz.shelf import find, shipped

    paths = [find(name) for name in names] if names else list(shipped())
    if not paths:
        raise UsageError("no deck is shipped with this installation; name the path of a deck folder")
    decks: dict[str, Deck] = {}
    for path in dict.fromkeys(path.resolve() for path in paths):
        deck = deck_at(path)
        if deck.id in decks:
            raise UsageError(
                f'{decks[deck.id].path} and {deck.path} both have the deck id "{deck.id}"; name one of them'
            )
        decks[deck.id] = deck
    return list(decks.values())


def material_of(deck: Deck, *, only_given: bool = False) -> Material:
    """What questions about the deck are made from. Raises DeckError when its facts contradict each other."""
    knowledge = Knowledge(given_only(deck) if only_given else deck)
    conflicts = knowledge.conflicts()
    if conflicts:
        raise DeckError(f"{deck.path}: the facts contradict each other", conflicts)
    return Material(knowledge)
