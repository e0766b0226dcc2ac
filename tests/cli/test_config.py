"""`quiz config`: listing, explaining, setting, and what wrong input is told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz.cli.program import main
from quiz.settings import SETTINGS


def quiz(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def complaint(result: Result) -> str:
    """The one line with which a command ended that was not understood."""
    assert isinstance(result.exception, SystemExit), result.output
    assert result.output.count("\n") == 1
    return result.output


def test_all_settings_are_listed_with_value_default_and_explanation() -> None:
    quiz("config", "new", "15")
    shown = quiz("config").output
    assert "new = 15 (default 10)" in shown
    assert "reviews = 100 (default)" in shown
    assert all(each.about.split()[0] in shown for each in SETTINGS)


def test_setting_says_old_and_new_and_holds() -> None:
    assert quiz("config", "reviews", "60").output == "reviews: 100 → 60\n"
    assert quiz("config", "reviews", "60").output == "reviews is 60 already\n"
    rows = json.loads(quiz("config", "--json").output)["settings"]
    assert {row["name"]: row["value"] for row in rows}["reviews"] == 60
    assert quiz("config", "reviews", "--reset").output == "reviews: 60 → 100\n"


def test_one_setting_is_explained_alone() -> None:
    shown = quiz("config", "retention").output
    assert shown.startswith("retention = 0.9 (default)")
    assert "a number from 0.80 to 0.97" in shown
    assert "reviews =" not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nwe", "5"], 'did you mean "new"?'),
        (["new", "ten"], "new is a whole number from 0 to 9999"),
        (["--reset"], "`quiz config NAME --reset`"),
        (["new", "5", "--reset"], "either a value or --reset"),
    ],
)
def test_wrong_input_ends_in_one_line_with_a_remedy(arguments: list[str], said: str) -> None:
    result = quiz("config", *arguments)
    assert said in complaint(result)
    assert result.exit_code == 2


@pytest.mark.parametrize("command", [["config"], ["config", "new", "5"], ["study"]])
def test_a_broken_file_is_named_with_its_line_and_left_as_it_is(command: list[str]) -> None:
    path = Path(os.environ["QUIZ_HOME"]) / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("new = 5\nreviews = lots\n", encoding="utf-8")
    result = quiz(*command)
    assert f"{path}:2: " in complaint(result)
    assert result.exit_code == 3
    assert path.read_text(encoding="utf-8") == "new = 5\nreviews = lots\n"


def test_sittings_follow_what_is_set() -> None:
    """New cards a day, as the size of a first sitting shows."""
    quiz("config", "new", "3")
    assert "Question 1 of 3" in CliRunner().invoke(main, ["study"], input=":quit\n").output
