"""Commands without DECK, where several decks are shipped: which deck they speak of."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from quiz.cli.program import main
from tests.sample import DECK


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that ships two decks, on ducks and, second by name, on gulls; both know of teals."""
    texts = {"ducks": dedent(DECK)}
    texts["gulls"] = texts["ducks"].replace("id: ducks", "id: gulls").replace("smew", "tern").replace("Smew", "Tern")
    texts["gulls"] = texts["gulls"].replace("white nun", "sea swallow").replace("crest", "cap")
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "deck.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("quiz.shelf.shipped_folder", lambda package=None: tmp_path)


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def test_the_example_decks_are_sound() -> None:
    """Otherwise the tests below would say nothing."""
    assert quiz("check").exit_code == 0, quiz("check").output
    assert [row["id"] for row in json.loads(quiz("decks", "--json").output)["decks"]] == ["ducks", "gulls"]


def count(*arguments: str, new: int = 100) -> str:
    """The size of the sitting that these arguments give, in the words of its first question."""
    shown = quiz(*arguments, "--new", str(new), typed=":quit\n").output
    return next(line.partition(" of ")[2] for line in shown.splitlines() if line.startswith("Question 1 of "))


def test_at_first_the_first_deck_is_studied() -> None:
    """No card of another deck comes as a surprise."""
    assert count("study") == count("study", "ducks")
    assert f"1 of {count('study', 'ducks', new=10)}" in quiz(typed=":quit\n").output


def test_a_deck_is_begun_by_naming_it_and_then_studied_alone() -> None:
    """Whoever has begun only the second deck is not given the first."""
    quiz("study", "gulls", typed="a\n:quit\n")
    assert count("study") == count("study", "gulls")


def test_all_decks_begun_are_studied() -> None:
    """The sitting holds what each of them has for today."""
    quiz("study", "ducks", typed="a\n:quit\n")
    quiz("study", "gulls", typed="a\n:quit\n")
    assert count("study") == count("study", "ducks", "gulls")


def test_only_asks_the_deck_that_knows_the_subject() -> None:
    """A subject of a deck not begun need not be looked for by the name of the deck."""
    assert count("study", "--only", "tern") == count("study", "gulls", "--only", "tern")


def test_a_subject_that_no_deck_has_is_refused_in_the_words_of_each() -> None:
    """One line says which subjects there are."""
    result = quiz("study", "--only", "goose")
    assert result.exit_code == 2
    assert "deck ducks has no subject" in result.output
    assert "deck gulls has no subject" in result.output


def test_claim_and_compare_find_the_deck_that_knows_the_names() -> None:
    """Names that only one shipped deck has need no deck beside them."""
    assert quiz("claim", "tern", "a shaggy cap").output.startswith("TRUE")
    assert quiz("claim", "smew", "a shaggy crest").output.startswith("TRUE")
    assert "terns" in quiz("compare", "teal", "tern").output
    assert "smews" in quiz("compare", "teal", "smew").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["claim", "teal", "green-wing"], "which deck? These know the names: ducks, gulls"),
        (["compare", "smew", "tern"], 'deck ducks has no subject "tern"'),
        (["claim", "smew", "crset"], 'deck ducks has no feature "crset"'),
        (["claim", "goose", "crest"], "deck ducks has no subject"),
    ],
)
def test_names_that_fit_no_deck_or_several_end_in_one_line(arguments: list[str], words: str) -> None:
    """It says what is missing where, or which decks there are to choose from."""
    result = quiz(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


def test_a_refusal_speaks_only_of_decks_that_might_be_meant() -> None:
    """Where one deck knows the subject, the others' lack of it is not worth a word."""
    assert "gulls" not in quiz("claim", "smew", "crset").output


@pytest.mark.parametrize("command", ["facts", "bank", "unknowns"])
def test_listings_are_of_the_first_deck_and_say_so(command: str) -> None:
    """The JSON names its deck, and is that of the command with the deck's name."""
    shown = quiz(command, "--json").output
    assert json.loads(shown)["deck"] == "ducks"
    assert shown == quiz(command, "ducks", "--json").output
