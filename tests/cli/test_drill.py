"""`quiz drill` and `quiz confusions` as a user calls them."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner, Result

from quiz.cli.program import main
from tests.sample import DECK

MORE = """
features:
  chestnut-head:
    aspect: sign
    noun: a chestnut head
    present: {teal: {says: The drake of the teal has a chestnut head., cite: book Teals ¶7}}
    absent: {smew: {says: The drake of the smew has a white head., cite: book Smews ¶4}}
  white-back:
    aspect: sign
    noun: a white back
    present: {smew: {says: Smews are white on the back., cite: book Smews ¶5}}
    absent: {teal: {says: Teals are grey on the back., cite: book Teals ¶8}}
subjects:
  eider: {group: birds, name: eider, short: eiders}
  decoy: {group: things, name: decoy, short: decoys}
  drake-smew: {group: birds, name: drake smew, short: drake smews, kind_of: smew}
groups:
  things: {noun: thing, plural: things}
"""


@pytest.fixture
def ducks(tmp_path: Path) -> str:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    (folder / "more.yaml").write_text(MORE, encoding="utf-8")
    return str(folder)


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def rows(query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def answers(letter: str, count: int = 60) -> str:
    return f"{letter}\n" * count


def test_a_drill_asks_the_pair_explains_and_ends_with_what_is_still_mixed_up(ducks: str) -> None:
    """All six features of the pair, and after them who was taken for whom and where the features belong."""
    result = quiz("drill", "teal", "White Nun", ducks, typed=answers("a"))
    assert result.exit_code == 0, result.output
    assert "Question 1 of 6" in result.output
    assert "right at once" in result.output
    assert "taken for" in result.output
    assert "smews, not teals" in result.output
    assert f"quiz drill teal smew {ducks}" in " ".join(result.output.split())
    assert set(rows("SELECT mode, counts FROM log")) == {("drill", 0)}


def test_a_drill_leaves_every_memory_as_it_is(ducks: str) -> None:
    """Whatever is answered, on cards studied before and on new ones, cards that are due among them."""
    quiz("study", ducks, typed=answers("a", 8))
    before = rows("SELECT * FROM memory ORDER BY deck, card")
    assert before
    for letter in "abc":
        quiz("drill", "teal", "smew", ducks, typed=answers(letter))
    assert rows("SELECT * FROM memory ORDER BY deck, card") == before


def test_count_lets_new_cards_move_the_schedule_once(ducks: str) -> None:
    """Those answered today, in a drill or in study, are practice from then on."""
    quiz("drill", "teal", "smew", ducks, "--count", typed=answers("a"))
    counted = rows("SELECT card FROM log WHERE counts ORDER BY card")
    assert len(counted) == len(set(counted)) == 6
    quiz("drill", "teal", "smew", ducks, "--count", typed=answers("b"))
    assert rows("SELECT card FROM log WHERE counts ORDER BY card") == counted


def test_a_second_drill_is_set_against_the_first(ducks: str) -> None:
    """The line says when that was, and how many were right at once."""
    first = quiz("drill", "teal", "smew", ducks, typed=answers("a")).output
    said = next(line for line in first.splitlines() if "right at once" in line)
    assert "last time" not in said
    second = quiz("drill", "teal", "smew", ducks, typed=answers("a")).output
    assert f": {said.split()[0]} of 6" in next(line for line in second.splitlines() if "last time" in line)


def test_what_was_mixed_up_is_asked_first(ducks: str) -> None:
    """The one feature missed while studying opens the drill."""
    quiz("drill", "teal", "smew", ducks, "-n", "1", "--seed", "5", typed="a\nb\nc\n:quit\n")
    missed = {card for (card,) in rows('SELECT card FROM log WHERE "right" = 0')}
    found = json.loads(quiz("confusions", ducks, "--json").output)["decks"][0]["confusions"]
    features = {feature for each in found for feature in each["features"]}
    assert missed
    assert features
    quiz("drill", "teal", "smew", ducks, "-n", "1", typed="a\n:quit\n")
    [(first,)] = rows("SELECT card FROM log WHERE event = 'response' ORDER BY seq DESC LIMIT 1")
    assert str(first).rpartition(":")[2] in features


def test_stopping_at_once_keeps_nothing_and_says_how_to_go_on(ducks: str) -> None:
    result = quiz("drill", "teal", "smew", ducks, typed=":quit\n")
    assert result.exit_code == 0
    assert "Nothing answered" in result.output


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("teal", "common teal"), "are the same subject, common teal; name two"),
        (("teal", "smeww"), 'did you mean "smew"'),
        (("teal", "eider"), "knows too little of teals and eiders"),
        (("teal", "decoy"), "one belongs to birds and the other to things"),
        (("smew", "drake-smew"), "a kind or a manifestation of the other"),
    ],
)
def test_a_pair_without_questions_is_refused_in_one_line(ducks: str, pair: tuple[str, str], words: str) -> None:
    """It says why, and what to do."""
    result = quiz("drill", *pair, ducks)
    assert result.exit_code == 2
    assert words in result.output
    assert len(result.output.splitlines()) == 1


def test_a_pair_of_which_every_card_is_suspended_says_so(ducks: str) -> None:
    quiz("drill", "teal", "smew", ducks, typed=":suspend\n" * 9)
    result = quiz("drill", "teal", "smew", ducks)
    assert result.exit_code == 2
    assert "every card of teals and smews is suspended" in result.output


def test_a_drill_on_a_terminal_key_by_key(ducks: str) -> None:
    """On the same screen as studying: feedback at once, undo, Ctrl-C ends it with 130 and the end is still printed."""
    child = pexpect.spawn(
        sys.executable,
        ["-c", "from quiz.cli import main; main()", "drill", "teal", "smew", ducks],
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=6,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
    )
    child.expect("1/6")
    child.expect("q quit")
    child.send("a")
    child.expect("✓ right")
    child.expect("enter")
    child.send("u")
    child.expect("1/6")
    child.send("b")
    child.expect("✓ right")
    child.send("\x03")
    child.expect("of 1 right at once")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert rows("SELECT count(*) FROM living") == [(1,)]


def test_confusions_before_anything_was_answered_or_mixed_up(ducks: str) -> None:
    """One friendly line each."""
    assert quiz("confusions").output == "Nothing answered yet; `quiz` starts.\n"
    quiz("study", ducks, "--kind", "recall", typed="300 g\n:quit\n")
    assert quiz("confusions", ducks).output == "Nothing was mixed up in the last 120 days; `quiz` goes on.\n"


def test_confusions_show_table_pairs_trend_and_the_command(ducks: str) -> None:
    """The command is one that can be typed as it stands."""
    quiz("drill", "teal", "smew", ducks, typed=answers("a"))
    shown = quiz("confusions", ducks).output
    assert "taken for →" in shown
    assert " of " in next(line for line in shown.splitlines() if line.startswith(" teals"))
    assert "Work on" in shown
    assert "· new" in shown
    data = json.loads(quiz("confusions", ducks, "--json").output)
    assert data["days"] == 120
    assert {each["deck"] for each in data["decks"]} == {"ducks"}
    [pair] = data["work_on"]
    assert pair["times"] == sum(each["times"] for each in data["decks"][0]["confusions"])
    program, command, *arguments = pair["command"].split()
    assert (program, command) == ("quiz", "drill")
    assert quiz("drill", *arguments, typed=":quit\n").exit_code == 0


def test_a_subject_that_got_a_new_id_keeps_its_confusions_and_its_mastery(ducks: str) -> None:
    """At once, before anything is studied under the new one."""
    quiz("drill", "teal", "smew", ducks, "--count", typed=answers("a"))
    before = json.loads(quiz("confusions", ducks, "--json").output)["work_on"]
    seen = {each["seen"] for each in json.loads(quiz("stats", ducks, "--json").output)["decks"][0]["pairs"]}
    for name in ("deck.yaml", "more.yaml"):
        path = Path(ducks, name)
        text = path.read_text(encoding="utf-8").replace("teal: {", "anas: {").replace("[teal]", "[anas]")
        path.write_text(text.replace("anas: {group", "anas: {was: [teal], group"), encoding="utf-8")
    [was], [now] = before, json.loads(quiz("confusions", ducks, "--json").output)["work_on"]
    assert (now["times"], now["chances"], now["features"]) == (was["times"], was["chances"], was["features"])
    assert {now["actual"], now["taken"]} == {"anas", "smew"}
    assert {each["seen"] for each in json.loads(quiz("stats", ducks, "--json").output)["decks"][0]["pairs"]} == seen


def test_confusions_as_a_list_for_screen_readers(ducks: str) -> None:
    """Words and no shades."""
    quiz("drill", "teal", "smew", ducks, typed=answers("a"))
    shown = quiz("confusions", ducks, "--plain").output
    assert "teals taken for smews: " in shown or "smews taken for teals: " in shown
    assert not set("░▒▓█→✓") & set(shown)


@pytest.mark.parametrize("arguments", [("nosuch",), ("--days", "0"), ("--days", "x")])
def test_wrong_input_to_confusions_is_refused_with_2(arguments: tuple[str, ...]) -> None:
    result = quiz("confusions", *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
