"""`quiz stats`, `quiz report` and `quiz compare -o`, as a learner calls them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from quiz.cli.program import main
from tests.sample import DECK


@pytest.fixture
def ducks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A deck in a folder, and a folder to write into."""
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    return str(folder)


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def studied(ducks: str) -> None:
    """Two questions answered."""
    assert quiz("study", ducks, "--kind", "true-false", typed="t\n\nt\n\n:quit\n").exit_code == 0


def test_stats_of_a_deck_tell_its_subjects_and_pairs(ducks: str) -> None:
    """By name or folder; what was answered in other decks is not counted."""
    studied(ducks)
    data = json.loads(quiz("stats", ducks, "--json").output)
    assert data["reviews"] > 0
    assert [each["deck"] for each in data["decks"]] == ["ducks"]
    assert {tuple(each["about"]) for each in data["decks"][0]["subjects"]} == {("teal",), ("smew",)}
    assert json.loads(quiz("stats", "python-collections", "--json").output)["reviews"] == 0


def test_stats_without_a_deck_count_all_and_name_what_was_not_found(ducks: str) -> None:
    """A deck that is not shipped is known by its responses only."""
    studied(ducks)
    data = json.loads(quiz("stats", "--json").output)
    assert (data["reviews"] > 0, data["decks"], data["elsewhere"]) == (True, [], ["ducks"])
    assert "not found here: ducks" in quiz("stats").output


def test_a_setting_makes_stats_plain(ducks: str) -> None:
    """As `quiz config plain on` leaves it, and as --plain does for once."""
    studied(ducks)
    assert "█" in quiz("stats", ducks).output
    assert "█" not in quiz("stats", ducks, "--plain").output
    (Path(os.environ["QUIZ_HOME"]) / "config.toml").write_text("plain = true\n", encoding="utf-8")
    assert "█" not in quiz("stats", ducks).output


def test_a_report_is_written_where_it_is_asked_for(ducks: str) -> None:
    """report.html without -o; the same again on another day."""
    studied(ducks)
    for arguments, name in ((["-o", "mine.html"], "mine.html"), ([], "report.html"), ([], "report.html")):
        result = quiz("report", ducks, *arguments)
        assert (result.exit_code, result.output) == (0, f"Wrote {name}; open it in a browser.\n")
        assert "<h1>Progress on" in Path(name).read_text(encoding="utf-8")


def test_a_report_before_the_first_review_leaves_no_progress_behind(ducks: str) -> None:
    """Looking makes no database."""
    assert quiz("report").exit_code == 0
    assert "Nothing studied yet" in Path("report.html").read_text(encoding="utf-8")
    assert not (Path(os.environ["QUIZ_HOME"]) / "progress.db").exists()


def test_compare_writes_a_sheet(ducks: str) -> None:
    """The terminal says only where it is."""
    result = quiz("compare", "teal", "smew", ducks, "-o", "sheet.html")
    assert (result.exit_code, result.output) == (0, "Wrote sheet.html; open it in a browser.\n")
    assert "<h1>Common teal and smew</h1>" in Path("sheet.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [["report"], ["compare", "teal", "smew"]], ids=["report", "compare"])
def test_what_cannot_be_written_ends_in_one_line(ducks: str, command: list[str]) -> None:
    """Exit code 2 for a file that is not ours or no file, 3 where the folder is missing; --force overwrites."""
    Path("thesis.html").write_text("thesis", encoding="utf-8")
    for output, code, words in (
        ("thesis.html", 2, "--force"),
        (".", 2, "is not a file"),
        ("no/such/report.html", 3, "check that the folder exists"),
        ("a" * 300, 3, "cannot be written"),
    ):
        result = quiz(*command, ducks, "-o", output)
        assert result.exit_code == code, result.output
        assert words in result.output
        assert len(result.output.splitlines()) == 1
    assert Path("thesis.html").read_text(encoding="utf-8") == "thesis"
    assert [each.name for each in Path().iterdir()] == ["thesis.html"]
    assert quiz(*command, ducks, "-o", "thesis.html", "--force").exit_code == 0


@pytest.mark.parametrize("command", ["stats", "report"])
def test_a_deck_that_does_not_exist_is_named(ducks: str, command: str) -> None:
    """Nothing is written for it."""
    result = quiz(command, "no-such-deck")
    assert result.exit_code == 2
    assert "no-such-deck" in result.output
    assert not Path("report.html").exists()
