"""The lock files of the shipped decks are up to date, so that everyone exports the same packages."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.anki.lock import locked, read_lock
from quiz.anki.notes import notes
from quiz.loader import load
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge

DECKS = Path(__file__).parents[2] / "decks"


@pytest.mark.parametrize("name", ["lupus-look-alikes", "python-collections"])
def test_the_lock_knows_every_note_as_it_is(name: str) -> None:
    """Whoever changes the wording of a deck exports it once (`quiz export anki NAME -o FILE`) and keeps the lock."""
    deck, problems = load(DECKS / name)
    assert deck is not None, problems
    material = Material(Knowledge(deck))
    lock = read_lock(DECKS / name)
    types = {card: entry.type for card, entry in lock.items()}
    changed = locked(lock, notes(material, cards(material), types), 0)
    assert {card for card, entry in changed.items() if lock.get(card) != entry} == set()
