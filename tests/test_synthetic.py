"""The made-up deck of the benchmarks is a sound deck of the size asked for, and the same for the same seed."""

from __future__ import annotations

from pathlib import Path

from benchmarks.synthetic import Size, write
from quiz.deck import States
from quiz.loader import load


def folder(path: Path, name: str) -> Path:
    (made := path / name).mkdir()
    return made


def test_a_made_up_deck_has_the_size_asked_for_and_no_problem(tmp_path: Path) -> None:
    """Conditions, findings and claims are as many as were ordered; some claims are of absence."""
    size = Size(conditions=80, features=240, claims=2_000)
    written = write(tmp_path, size)
    deck, problems = load(tmp_path)
    assert deck is not None, problems
    assert written == sum(file.stat().st_size for file in tmp_path.iterdir())
    assert Size(len(deck.subjects), len(deck.features), len(deck.facts)) == size
    holds = [fact.form.claim.holds for fact in deck.facts.values() if isinstance(fact.form, States)]
    assert 0.1 < holds.count(False) / len(holds) < 0.3


def test_the_same_seed_gives_the_same_deck_and_another_another(tmp_path: Path) -> None:
    """Byte for byte."""
    size = Size(conditions=40, features=120, claims=800)
    made = {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write(there := folder(tmp_path, name), size, seed)
        made[name] = {file.name: file.read_bytes() for file in there.iterdir()}
    assert made["a"] == made["b"] != made["c"]
