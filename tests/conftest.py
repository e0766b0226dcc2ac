"""What all tests share: a home folder of their own, and decks read from text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from quiz.deck import Deck
from quiz.loader import load

FRAME = """
deck: {id: sample, version: 1.0.0, title: Sample, licence: MIT, notice: For study.}
sources:
  book: {tier: given, title: The Book, publisher: Sample Press, date: 2020-01-01}
  manual: {tier: reference, title: The Manual, publisher: Manual House, date: 2021, address: "https://example.org/manual", read: whole text}
groups:
  birds: {noun: bird, plural: birds}
aspects:
  sign: {noun: sign, plural: signs, statement: "{Feature} can be seen in {subject}."}
"""


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test may touch the real home folder."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("QUIZ_HOME", str(home / "quiz-home"))
    for name in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "LINES",
    ):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def deck_of(tmp_path: Path) -> Callable[[str], Deck]:
    """Reads a deck from YAML text that is put behind a frame of sources, a group `birds` and an aspect `sign`."""

    def read(text: str, frame: str = FRAME) -> Deck:
        folder = tmp_path / "sample"
        folder.mkdir(exist_ok=True)
        (folder / "deck.yaml").write_text(frame, encoding="utf-8")
        (folder / "facts.yaml").write_text(dedent(text), encoding="utf-8")
        deck, problems = load(folder)
        assert deck is not None, "\n".join(map(str, problems))
        return deck

    return read
