"""A small deck as notes, and a collection of the official package where that is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quiz.anki.exporting import description, entries
from quiz.anki.lock import Lock, locked
from quiz.anki.notes import Note, notes
from quiz.anki.package import Standing, write_package
from quiz.deck import Deck
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge

CHANGED = 1_790_000_000

GULLS = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present: {gull: {says: "Gulls have a <hooked> & strong bill.", cite: book Gulls ¶1, strength: often, weight: core}}
    absent: {tern: {says: Terns have a straight bill., cite: manual Terns ¶1}}
  spot:
    aspect: sign
    noun: a red spot
    present: {gull: {says: Gulls have a red spot., cite: book Gulls ¶2, strength: often}}
    absent: {tern: {says: Terns have no spot., cite: manual Terns ¶2}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have a forked tail., cite: book Terns ¶3, strength: often, weight: core}}
    absent: {gull: {says: Gulls have a blunt tail., cite: manual Gulls ¶3}}
  cap:
    aspect: sign
    noun: a black cap
    present: {tern: {says: Terns wear a black cap., cite: book Terns ¶4, strength: often}}
    absent: {gull: {says: Gulls wear none., cite: manual Gulls ¶4}}
  webs:
    aspect: sign
    noun: webbed feet
    plural: yes
    present:
      gull: {says: Gulls have webbed feet., cite: book Gulls ¶5, strength: every}
      tern: {says: Terns have webbed feet., cite: book Terns ¶5, strength: every}
  white:
    aspect: sign
    noun: a white belly
    present:
      gull: {says: Gulls are white below., cite: book Gulls ¶6, strength: often}
      tern: {says: Terns are white below., cite: book Terns ¶6, strength: often}
facts:
  uv: {says: Gulls see ultraviolet light., about: [gull], cite: book Gulls ¶7, cloze: "Gulls see {ultraviolet} light."}
  moult:
    says: "Gulls renew their {feathers} in a slow moult :: over months."
    about: [gull]
    cite: book Gulls ¶8
    cloze: "Gulls renew their plumage in {a slow and complete moult} over months."
"""


@pytest.fixture
def material(deck_of: Callable[[str], Deck]) -> Material:
    return Material(Knowledge(deck_of(GULLS)))


@pytest.fixture
def made(material: Material) -> list[Note]:
    return list(notes(material, cards(material)))


@pytest.fixture
def package(material: Material, tmp_path: Path) -> Callable[..., Path]:
    """Writes a package of a deck's notes, by default those of the gulls as they are."""

    def write(
        found: list[Note] | None = None,
        lock: Lock | None = None,
        standings: dict[str, Standing] | None = None,
        name: str = "gulls.apkg",
    ) -> Path:
        chosen = list(notes(material, cards(material))) if found is None else found
        known = locked({}, chosen, CHANGED) if lock is None else lock
        path = tmp_path / name
        of_deck = entries(material.deck, chosen, known, standings or {}, whole=True)
        write_package(path, of_deck, {material.deck.title: description(material.deck)})
        return path

    return write


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    """An empty collection of the official package."""
    anki = pytest.importorskip("anki.collection", reason="the official anki package is not installed")
    found = anki.Collection(str(tmp_path / "collection.anki2"))
    found.set_config("fsrs", True)
    yield found
    found.close()


def take_in(collection: Any, path: Path, *, progress: bool = False) -> Any:
    """Import a package as Anki does; returns its log."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    options = ImportAnkiPackageOptions(with_scheduling=progress)
    return collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
