"""`quiz probe`: which subject, what is asked, what is kept, and what goes wrong."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz.cli.program import main
from tests.conftest import FRAME


def feature(kind: str, number: int, holder: str, other: str) -> str:
    """A feature that one bird has and the other lacks."""
    return (
        f"  {holder}-{kind}-{number}:\n    aspect: sign\n    noun: {kind} {number} of the {holder}\n"
        f"    present: {{{holder}: {{says: The {holder} has {kind} {number}., cite: book Birds ¶{number}}}}}\n"
        f"    absent: {{{other}: {{says: The {other} lacks {kind} {number}., cite: book Birds ¶{number}}}}}\n"
    )


BIRDS = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
  auk: {group: birds, name: great auk, short: auks}
features:
""" + "".join(feature("mark", n, *pair) for n in range(1, 9) for pair in (("gull", "tern"), ("tern", "gull")))
"""Eight marks of gulls that terns lack, and eight the other way round; of auks nothing is known."""


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that ships two decks, on birds, and on ducks that have the gulls' marks."""
    folder = tmp_path / "shipped"
    other = BIRDS.replace("gull", "teal").replace("tern", "smew")
    for name, text in (("birds", BIRDS), ("ducks", other)):
        (folder / name).mkdir(parents=True)
        (folder / name / "deck.yaml").write_text(FRAME.replace("id: sample", f"id: {name}"), encoding="utf-8")
        (folder / name / "facts.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("quiz.shelf.shipped_folder", lambda package=None: folder)
    return folder


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def probed(*arguments: str, typed: str = "") -> dict[str, object]:
    found = CliRunner().invoke(main, ["probe", *arguments, "--json"], input=typed)
    assert found.exit_code == 0, found.output
    data = json.loads(found.stdout)
    assert isinstance(data, dict)
    return data


def count(table: str) -> int:
    connection = sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


def test_yes_to_everything_scores_as_guessing_does() -> None:
    """The figures of a whole probe, and whose the false alarms are."""
    found = probed("gull", typed="y\n" * 16)
    assert {name: found[name] for name in ("hits", "misses", "false_alarms", "correct_rejections", "d_prime")} == {
        "hits": 8,
        "misses": 0,
        "false_alarms": 8,
        "correct_rejections": 0,
        "d_prime": 0.0,
    }
    assert found["false_alarms_belong_to"] == {"tern": 8}
    assert found["complete"] is True and found["before"] is None


def test_json_alone_goes_to_standard_output() -> None:
    """What is asked goes to standard error, so that the result can be piped on."""
    found = CliRunner().invoke(main, ["probe", "gull", "--json"], input="y\n:quit\n")
    assert json.loads(found.stdout)["asked"] == 1
    assert "1 of 16" in found.stderr


def test_the_second_probe_asks_other_findings_and_tells_the_change() -> None:
    """Eight of sixteen at first, the other eight then."""
    first = probed("gull", "-n", "8", typed="y\n" * 8)
    second = probed("gull", "-n", "8", typed="n\n" * 8)
    asked = [{each["feature"] for each in found["findings"]} for found in (first, second)]  # type: ignore[attr-defined]
    assert asked[0].isdisjoint(asked[1])
    assert isinstance(second["before"], dict) and second["before"]["hits"] == 4
    shown = quiz("probe", "gull", "-n", "8", typed="y\n" * 8).output
    assert "4 of 4 that belong (100 %, last time 0 %)" in shown


def test_a_probe_broken_off_is_none_to_compare_with() -> None:
    """The one before it is."""
    probed("gull", "-n", "8", typed="y\n" * 8)
    probed("gull", "-n", "8", typed="y\n")
    before = probed("gull", "-n", "8", typed="y\n" * 8)["before"]
    assert isinstance(before, dict) and before["hits"] == 4


def test_no_memory_is_moved_and_what_is_due_today_stays_due(shipped: Path) -> None:
    """Half a day of study, a probe, and the same study again: as many cards are left as without the probe."""
    sitting = quiz("study", "birds", "--new", "5", typed=":quit\n").output
    before = next(line for line in sitting.splitlines() if line.startswith("Question 1 of"))
    probed("gull", typed="y\n" * 16)
    after = quiz("study", "birds", "--new", "5", typed=":quit\n").output
    assert before in after
    assert count("memory") == 0 and count("log") == 16


def test_the_wrong_answers_count_as_mix_ups_of_the_deck() -> None:
    """So that the next probe without a name, and the next sitting, know of them."""
    probed("tern", typed="y\n" * 16)
    assert probed(typed="")["subject"] in ("gull", "tern")
    assert "gulls" in quiz("probe", "tern", typed="y\n" * 16).output.partition("Belonged to")[2]


def test_without_a_subject_the_first_that_can_be_probed() -> None:
    """Of the first deck, or of the deck named."""
    assert (probed()["deck"], probed()["subject"]) == ("birds", "gull")
    assert (probed("ducks")["deck"], probed("ducks")["subject"]) == ("ducks", "teal")


def test_a_subject_by_name_tells_its_deck() -> None:
    """No deck need be named where only one knows it."""
    assert (probed("Common Smew")["deck"], probed("Common Smew")["subject"]) == ("ducks", "smew")


def test_a_folder_of_the_learners_own_is_named_in_the_hint(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hint can be typed as it stands; where no folder was named, none is needed."""
    monkeypatch.chdir(shipped)
    assert "quiz drill gull tern ./birds" in quiz("probe", "gull", "./birds", typed="y\n" * 16).output
    assert "quiz drill gull tern ./birds" in quiz("probe", "./birds", typed="y\n" * 16).output
    assert "quiz drill gull tern\n" in quiz("probe", "gull", typed="y\n" * 16).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["heron"], 'deck birds has no subject "heron"'),
        (["heron", "birds"], 'deck birds has no subject "heron"'),
        (["gull", "nowhere"], 'there is no deck "nowhere"'),
        (["auk", "birds"], "too little is known of auks for a probe"),
        (["auk"], "which deck? These know the names: birds, ducks"),
        (["gull", "-n", "2"], "2 is not in the range x>=8"),
        (["gull", "--seconds", "0"], "0.0 is not in the range"),
    ],
)
def test_what_cannot_be_probed_ends_in_one_line(arguments: list[str], said: str) -> None:
    """With exit code 2, and nothing is written."""
    found = quiz("probe", *arguments)
    assert found.exit_code == 2
    assert said in found.output.splitlines()[-1]


def test_nothing_answered_is_said_and_nothing_measured() -> None:
    """The end of input before the first answer."""
    assert "Nothing answered, so there is nothing to measure." in quiz("probe", "gull").output


def test_a_setting_for_plain_lines_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal as well."""
    home = Path(os.environ["QUIZ_HOME"])
    home.mkdir(parents=True)
    (home / "config.toml").write_text("plain = true\n", encoding="utf-8")
    monkeypatch.setattr("quiz.cli.probe.has_screen", lambda: True)
    assert "1 of 16: " in quiz("probe", "gull").output
