"""`quiz exam` as a learner or a teacher calls it: line by line, as JSON and on paper."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from pathlib import Path
from textwrap import dedent

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
"""


@pytest.fixture
def ducks(tmp_path: Path) -> str:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    (folder / "more.yaml").write_text(MORE, encoding="utf-8")
    return str(folder)


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


FOUR = ("-n", "4")


def rows(query: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")
    found = database.execute(query).fetchall()
    database.close()
    return found


MEMORIES = "SELECT deck, card, stability, difficulty, last, due, reviews, lapses FROM memory ORDER BY card"


def test_nothing_is_said_about_right_and_wrong_before_the_end(ducks: str) -> None:
    """The answers are taken in silence; then come the score, its interval and every mistake with its reasons."""
    result = quiz("exam", ducks, *FOUR, "--seed", "1", typed="a\na\na\na\n:hand\n")
    assert result.exit_code == 0, result.output
    before, _, after = result.output.partition("That was the last question.")
    assert not re.search("Right|Wrong|Why|Source", before)
    assert re.search(r"\d of 4 right \(\d+\s%\)", after)
    assert "95 % interval, Wilson 1927" in after
    assert after.count("Right: ") == after.count("Source: ") == after.count("Your choice: ") > 0
    assert "quiz exam" in after
    assert "--seed 1" in after


def test_the_header_names_deck_version_and_seed(ducks: str) -> None:
    """On paper as on screen, so that two sheets can be told apart; a seed that was not given is drawn and told."""
    for arguments in ([], ["--print", "-"]):
        assert "ducks 1.0.0 · seed 7" in quiz("exam", ducks, *FOUR, "--seed", "7", *arguments, typed=":drop\n").output
    drawn = quiz("exam", ducks, *FOUR, "--print", "-").output
    assert re.search(r"ducks 1\.0\.0 · seed \d{4} ", drawn)


def test_what_was_answered_is_logged_as_exam_and_the_rest_is_not(ducks: str) -> None:
    """Open questions leave no trace; nothing counts."""
    quiz("exam", ducks, *FOUR, "--seed", "1", typed="a\n\nb\n:hand\n")
    found = rows("SELECT mode, counts, sitting, chosen FROM log WHERE event = 'response' ORDER BY seq")
    assert [(mode, counts, chosen) for mode, counts, _, chosen in found] == [("exam", 0, 0), ("exam", 0, 1)]
    assert len({sitting for _, _, sitting, _ in found}) == 1


def test_an_exam_changes_no_memory(ducks: str) -> None:
    """Whether it is answered right or wrong, in full or not, and whatever was reviewed before."""
    quiz("study", ducks, typed="a\nb\na\nb\n:quit\n")
    before = rows(MEMORIES)
    assert before
    for seed, replies in (("1", "a\na\na\na\n"), ("2", "b\nb\nb\nb\n"), ("3", "c\n\n")):
        quiz("exam", ducks, *FOUR, "--seed", seed, typed=replies)
        quiz("exam", ducks, *FOUR, "--seed", seed, "--kind", "recall", typed="nonsense\n")
    assert rows(MEMORIES) == before


def test_with_count_what_is_new_is_reviewed_once_a_day(ducks: str) -> None:
    """The second exam of the day finds all its cards answered."""
    quiz("exam", ducks, *FOUR, "--seed", "1", "--count", typed="a\na\na\na\n")
    assert [row[0] for row in rows("SELECT counts FROM log ORDER BY seq")] == [1, 1, 1, 1]
    memories = rows(MEMORIES)
    assert len(memories) == 4
    quiz("exam", ducks, *FOUR, "--seed", "1", "--count", typed="b\nb\nb\nb\n")
    assert rows(MEMORIES) == memories


def test_answers_can_be_changed_until_they_are_handed_in(ducks: str) -> None:
    """Back, to a number, and open again; only the last choice is logged."""
    result = quiz("exam", ducks, *FOUR, "--seed", "1", typed="a\nb\n:back\nA\n:go 1\n:open\n:hand\n")
    assert "(your choice)" in result.output
    assert "Question 1 is open again." in result.output
    assert rows("SELECT chosen, confidence FROM log WHERE event = 'response'") == [(0, "sure")]


def test_a_dropped_exam_keeps_nothing(ducks: str) -> None:
    """It says so; `:quit` alone asks which of the two is meant."""
    result = quiz("exam", ducks, *FOUR, typed="a\n:quit\n:drop\n")
    assert ":hand hands in" in result.output
    assert "nothing was kept" in result.output
    assert rows("SELECT * FROM log WHERE event = 'response'") == []


def test_wrong_lines_are_refused_and_ask_again(ducks: str) -> None:
    """No line but a letter or a command is an answer."""
    result = quiz("exam", ducks, *FOUR, typed="z\n7\nab\n:go\n:go 99\n:nonsense\n:help\n:hand\n")
    assert result.output.count("Please answer with a letter") == 3
    assert result.output.count("Which question?") == 2
    assert "There is no command :nonsense" in result.output
    assert ":drop" in result.output
    assert rows("SELECT * FROM log WHERE event = 'response'") == []


def test_the_score_as_json(ducks: str) -> None:
    """Nothing but JSON is on standard output; the questions go to standard error."""
    result = quiz("exam", ducks, *FOUR, "--seed", "1", "--json", typed="a\na\na\n")
    shown = json.loads(result.stdout)
    assert (shown["deck"], shown["version"], shown["seed"]) == ("ducks", "1.0.0", 1)
    assert (shown["questions"], shown["left_open"]) == (4, 1)
    assert shown["share"] == shown["right"] / 4
    assert 0 <= shown["interval"]["low"] <= shown["share"] <= shown["interval"]["high"] <= 1
    assert len(shown["not_right"]) == 4 - shown["right"]
    assert "Question 1 of 4" in result.stderr


def test_the_paper_has_the_questions_of_the_screen_in_the_same_order(ducks: str, tmp_path: Path) -> None:
    """Stems and options are the same; the key with its reasons is on a page of its own."""
    sat = quiz("exam", ducks, *FOUR, "--seed", "5", typed="a\na\na\na\n").output
    result = quiz("exam", ducks, *FOUR, "--seed", "5", "--print", str(tmp_path / "exam.md"))
    assert "exam.md: 4 questions with a key, seed 5" in result.output
    questions, _, key = (tmp_path / "exam.md").read_text(encoding="utf-8").partition("\f")
    on_screen = [line.strip()[3:] for line in sat.splitlines() if re.match(r"  [a-h]\) ", line)]
    on_paper = [line.strip()[9:] for line in questions.splitlines() if "- [ ] " in line]
    assert on_paper == on_screen
    assert not re.search("Sample Press|Not a", questions)
    assert key.count("Sample Press") >= 4
    assert len(re.findall(r"^\d\.  [a-d]  ", key, re.MULTILINE)) == 4
    assert all(len(line) <= 76 for line in (questions + key).splitlines())
    assert "--seed 5 -n 4 --minutes" in " ".join(key.split())  # the command that gives the same exam on a screen


def test_a_paper_overwrites_papers_and_nothing_else(ducks: str, tmp_path: Path) -> None:
    """An exam can be drawn again; a file of the teacher's cannot. An empty file holds nothing to lose."""
    paper = tmp_path / "exam.md"
    for seed in ("5", "6"):
        assert quiz("exam", ducks, *FOUR, "--seed", seed, "--print", str(paper)).exit_code == 0
    assert "seed 6" in paper.read_text(encoding="utf-8")
    paper.write_text("My notes", encoding="utf-8")
    refused = quiz("exam", ducks, *FOUR, "--print", str(paper))
    assert (refused.exit_code, paper.read_text(encoding="utf-8")) == (2, "My notes")
    assert "is not an exam made by quiz; name another file, or give --force" in refused.output
    assert quiz("exam", ducks, *FOUR, "--print", str(paper), "--force").exit_code == 0
    paper.write_text("", encoding="utf-8")
    assert quiz("exam", ducks, *FOUR, "--print", str(paper)).exit_code == 0


def test_a_paper_can_be_printed_and_needs_no_progress(ducks: str) -> None:
    """With a dash it goes to standard output; nothing is opened or written."""
    assert quiz("exam", ducks, *FOUR, "--print", "-").stdout.startswith("# Exam: Ducks\n")
    assert not (Path(os.environ["QUIZ_HOME"]) / "progress.db").exists()


def test_typed_questions_are_asked_where_wished(ducks: str) -> None:
    """A line of words answers them; a paper has a line to write on."""
    result = quiz("exam", ducks, *FOUR, "--kind", "recall", typed="300 g\n:hand\n")
    assert "1 of 1 right (100\u00a0%)" in result.output
    wrong = quiz("exam", ducks, *FOUR, "--kind", "recall", typed="a lot\n:back\nheaps\n")
    assert "You typed: a lot" in wrong.output
    assert "You typed: heaps (not what this deck cites" in wrong.output
    assert "____" in quiz("exam", ducks, *FOUR, "--kind", "recall", "--print", "-").output


def test_a_deck_with_fewer_questions_says_so(ducks: str) -> None:
    """On standard error, so that a paper on standard output stays clean."""
    result = quiz("exam", ducks, "-n", "50", "--print", "-")
    assert re.fullmatch(r"quiz: this exam has \d questions; more would give each other away\n", result.stderr)
    assert "give each other away" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["exam", "DECK", "--only", "goose"], 2, 'has no subject "goose"'),
        (["exam", "DECK", "--kind", "essay"], 2, 'there is no kind "essay"'),
        (["exam", "DECK", "--kind", "number"], 2, "no question for these options"),
        (["exam", "DECK", "-n", "0"], 2, "0 is not in the range"),
        (["exam", "DECK", "--minutes", "-1"], 2, "not in the range"),
        (["exam", "DECK", "--seed", "x"], 2, "not a valid integer"),
        (["exam", "DECK", "--print", "-", "--json"], 2, "--print writes a paper"),
        (["exam", "DECK", "--print", ""], 2, "needs the name of a file"),
        (["exam", "DECK", "--print", "no/such/folder/exam.md"], 3, "cannot be written"),
        (["exam", "DECK", "--print", "a\0b"], 3, "cannot be written"),
        (["exam", "nowhere"], 2, 'there is no deck "nowhere"'),
    ],
)
def test_wrong_input_ends_in_one_line(ducks: str, arguments: list[str], code: int, words: str) -> None:
    """With a remedy and the documented exit code."""
    result = quiz(*[ducks if each == "DECK" else each for each in arguments])
    assert result.exit_code == code, result.output
    assert words in result.output
    assert "Traceback" not in result.output


def test_without_a_deck_it_is_the_one_that_was_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --only, the one that knows the subject; before anything was begun, the first."""
    for name, text in (("ducks", DECK), ("gulls", DECK.replace("id: ducks", "id: gulls").replace("smew", "tern"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "deck.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("quiz.shelf.shipped_folder", lambda package=None: tmp_path)
    assert "ducks 1.0.0" in quiz("exam", "--print", "-").output
    assert "gulls 1.0.0" in quiz("exam", "--only", "tern", "--print", "-").output
    quiz("study", "gulls", typed="a\n:quit\n")
    assert "gulls 1.0.0" in quiz("exam", "--print", "-").output
