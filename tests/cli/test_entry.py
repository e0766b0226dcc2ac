"""The most usual sitting begins without the library that parses commands, and is the same as with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.large_decks import aviary
from tests.sample import DECK

STUDY = "from quiz.cli import main; main()"


@pytest.fixture
def ducks(tmp_path: Path) -> Path:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    return folder


def run(home: Path, *arguments: str, typed: str = "", code: str = STUDY) -> subprocess.CompletedProcess[str]:
    """What the program prints, on standard output and on standard error, and its exit code."""
    command = [sys.executable, "-c", code, *arguments]
    env = {**os.environ, "QUIZ_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.run(command, input=typed, env=env, capture_output=True, text=True, check=False)


def both(tmp_path: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The same call without options and with one that changes nothing, each with a home of its own."""
    without, through = (
        run(tmp_path / home, *arguments, *more, typed=typed) for home, more in (("one", ()), ("two", ("--seed", "0")))
    )
    assert (without.stdout, without.stderr, without.returncode) == (through.stdout, through.stderr, through.returncode)
    return without


def test_a_sitting_is_the_same_with_and_without_what_parses_commands(tmp_path: Path, ducks: Path) -> None:
    """To its end: the same questions, verdicts and summary."""
    found = both(tmp_path, "study", str(ducks), typed="a\nb\n:why\nc\na\n:undo\nb\n" + "a\nb\nc\nt\n" * 6)
    assert found.returncode == 0
    assert "Question 1 of" in found.stdout
    assert not found.stderr


@pytest.mark.parametrize("names", [("nowhere",), ("",), ("nowhere", "also-nowhere")])
def test_an_unknown_deck_is_one_line_both_ways(tmp_path: Path, names: tuple[str, ...]) -> None:
    found = both(tmp_path, "study", *names)
    assert found.returncode not in (0, 1)
    assert not found.stdout
    assert found.stderr.startswith("quiz: ") and found.stderr.count("\n") == 1


def test_a_deck_named_twice_or_with_a_double_is_told_both_ways(tmp_path: Path, ducks: Path) -> None:
    other = tmp_path / "double"
    other.mkdir()
    (other / "deck.yaml").write_bytes((ducks / "deck.yaml").read_bytes())
    assert both(tmp_path, "study", str(ducks), str(ducks), typed=":quit\n").returncode == 0
    assert "both have the deck id" in both(tmp_path, "study", str(ducks), str(other)).stderr


@pytest.mark.parametrize("module", ["quiz.cli", "quiz.cli.sitting"])
def test_what_a_sitting_needs_does_not_import_what_parses_commands(tmp_path: Path, module: str) -> None:
    code = (
        f"import sys, {module}; print([name for name in ('click', 'yaml', 'fsrs', 'genanki') if name in sys.modules])"
    )
    assert run(tmp_path, code=code).stdout == "[]\n"


def test_a_sitting_from_the_cache_imports_neither_click_nor_yaml(tmp_path: Path, ducks: Path) -> None:
    """At the first question; the second time, when the deck is known."""
    code = (
        "import sys; from quiz.cli.guard import run; from quiz.cli import _study\n"
        "code = run(lambda: _study(sys.argv[1:]))\n"
        "print([name for name in ('click', 'yaml', 'pickle', 'rapidfuzz') if name in sys.modules])\n"
    )
    run(tmp_path / "home", str(ducks), typed=":quit\n", code=code)
    assert run(tmp_path / "home", str(ducks), typed=":quit\n", code=code).stdout.endswith("\n[]\n")


def test_whatever_begins_like_an_option_is_parsed(tmp_path: Path, ducks: Path) -> None:
    """Help, an unknown option, and the sign that ends options."""
    assert run(tmp_path, "study", "--help").stdout.startswith("Usage: ")
    assert "No such option" in run(tmp_path, "study", str(ducks), "--nothing").stderr
    assert "Question 1 of" in run(tmp_path, "study", "--", str(ducks), typed=":quit\n").stdout


def test_without_arguments_the_first_shipped_deck_is_studied(tmp_path: Path) -> None:
    bare, named = (run(tmp_path / home, *words, typed=":quit\n") for home, words in (("a", ()), ("b", ("study",))))
    assert "Question 1 of" in bare.stdout
    assert (bare.stdout, bare.returncode) == (named.stdout, named.returncode)


@pytest.mark.parametrize("spoiled", ["pieces", "pieces and whole"])
def test_a_sitting_over_a_large_deck_is_the_same_whatever_is_in_the_cache(tmp_path: Path, spoiled: str) -> None:
    """Read from the YAML, from pieces, or from what is left of the cache; nothing is said of it."""
    deck, typed = Path(aviary(tmp_path / "aviary").path), "a\n:why\nb\nc\n" * 3 + ":quit\n"
    anew = run(tmp_path / "one", "study", str(deck), typed=typed)
    run(tmp_path / "two", "study", str(deck), typed=":quit\n")
    endings = {"pieces": (".pieces",), "pieces and whole": (".pieces", ".deck")}[spoiled]
    for file in (
        file for ending in endings for file in (tmp_path / "two").rglob(f"*/*{ending}") if "cache" in str(file)
    ):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    again = run(tmp_path / "two", "study", str(deck), typed=typed)
    assert (again.stdout, again.stderr, again.returncode) == (anew.stdout, "", 0)
    assert "Question 1 of 10" in again.stdout
