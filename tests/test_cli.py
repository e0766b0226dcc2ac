"""The commands as a user calls them: what they print, their exit codes, and what they say of wrong input."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from quiz.cli.guard import run
from quiz.cli.program import COMMANDS, main, named
from tests.sample import DECK


@pytest.fixture
def ducks(tmp_path: Path) -> str:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    return str(folder)


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def clean(result: Result) -> bool:
    """Whether the command ended without a traceback, in at most one line of complaint."""
    return "Traceback" not in result.output and (result.exception is None or isinstance(result.exception, SystemExit))


def test_a_scripted_sitting_asks_explains_and_sums_up(ducks: str) -> None:
    """One response a line; feedback says why, with the source; the summary ends it."""
    result = quiz("study", ducks, "--kind", "contrast", typed="a\nb\n:quit\n")
    assert result.exit_code == 0, result.output
    assert "Question 1 of 2" in result.output
    assert "Why: " in result.output
    assert "Source: Sample Press 2020" in result.output
    assert "reviews in 1 min" in result.output


def test_progress_goes_on_where_it_stopped(ducks: str) -> None:
    """What was answered in one sitting is not asked again in the next of the day."""
    first = quiz("study", ducks, "--kind", "true-false", typed="a\n:quit\n")
    second = quiz("study", ducks, "--kind", "true-false", typed=":quit\n")
    assert "Question 1 of 2" in first.output
    assert "Question 1 of 1" in second.output
    assert json.loads(quiz("stats", "--json").output)["reviews"] == 1


def test_undo_takes_the_review_back(ducks: str) -> None:
    """After :undo the log holds no living response."""
    result = quiz("study", ducks, typed="a\n:undo\n:undo\n:quit\n")
    assert "Undone." in result.output
    assert "There is nothing to undo." in result.output
    assert json.loads(quiz("stats", "--json").output)["reviews"] == 0


def test_the_last_answer_can_be_undone_too(ducks: str) -> None:
    """When the questions have run out, :undo brings the last one back."""
    result = quiz("study", ducks, "--kind", "recall", typed="300 g\n:undo\n300g\n")
    assert result.output.count("Fill the gap") + result.output.count("Which word") == 2
    assert json.loads(quiz("stats", "--json").output)["reviews"] == 1


def test_guess_counts_as_again(ducks: str) -> None:
    """An owned-up guess lapses, although the option was right."""
    result = quiz("study", ducks, "--kind", "recall", typed="300 g\n:guess\n")
    assert "Counted as a guess" in result.output
    shown = json.loads(quiz("stats", "--json").output)
    assert shown["reviews"] == 1
    database = sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")
    rows = database.execute("SELECT rating, confidence FROM log WHERE event = 'response' ORDER BY seq").fetchall()
    database.close()
    assert rows == [(3, "plain"), (1, "guessed")]


def test_suspended_cards_are_not_asked_again(ducks: str) -> None:
    """:suspend ends a card for good; the next sitting has nothing of that kind."""
    quiz("study", ducks, "--kind", "recall", typed=":suspend\n")
    assert "Nothing to study now" in quiz("study", ducks, "--kind", "recall").output


def test_unrated_replies_leave_the_schedule_alone(ducks: str) -> None:
    """A reply that is merely not cited is no review, until the learner judges it."""
    quiz("study", ducks, "--kind", "recall", typed="very little\n:quit\n")
    assert json.loads(quiz("stats", "--json").output)["reviews"] == 0
    assert "Nothing to study now" in quiz("study", ducks, "--kind", "recall").output


def test_wrong_letters_are_refused_and_nothing_is_logged(ducks: str) -> None:
    """A line that is no option asks again."""
    result = quiz("study", ducks, "--kind", "contrast", typed="z\n7\n\nab\n:nonsense\n:quit\n")
    assert result.output.count("Please answer with a letter") == 4
    assert "There is no command :nonsense" in result.output
    assert json.loads(quiz("stats", "--json").output)["reviews"] == 0


def test_given_only_leaves_reference_works_out(ducks: str) -> None:
    """Without the manual nothing is known to be missing in smews, so no contrast for teals can be asked."""
    assert "pair:smew~teal:green-wing/contrast" in quiz("bank", ducks).output
    result = quiz("study", ducks, "--given-only", "--kind", "contrast", typed=":quit\n")
    assert "House 2021" not in result.output
    assert "Question 1 of 1" in result.output or "Nothing to study" in result.output


def test_only_narrows_to_a_subject(ducks: str) -> None:
    """A subject may be named by id, name or synonym."""
    result = quiz("study", ducks, "--only", "White Nun", "--kind", "true-false", typed=":quit\n")
    assert "Question 1 of 2" in result.output


def test_check_is_silent_on_a_sound_deck_but_for_its_size(ducks: str) -> None:
    """Facts and questions are counted."""
    result = quiz("check", ducks)
    assert result.exit_code == 0, result.output
    assert "no problems in 10 facts" in result.output
    assert json.loads(quiz("check", ducks, "--json").output) == {"problems": []}


def test_check_reports_every_problem_with_its_line(ducks: str) -> None:
    """Problems in path:line: message form, exit code 1."""
    path = Path(ducks) / "deck.yaml"
    broken = path.read_text(encoding="utf-8").replace("smew: {says: Smews swim.", "smeww: {says: Smews swim.")
    path.write_text(
        broken.replace("aspect: sign\n    noun: strong", "aspect: sing\n    noun: strong"), encoding="utf-8"
    )
    result = quiz("check", ducks)
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if "did you mean" in line]
    assert len(lines) == 2
    assert all(line.partition("deck.yaml:")[2].partition(":")[0].isdigit() for line in lines)
    assert len(json.loads(quiz("check", ducks, "--json").output)["problems"]) == 2


def test_check_reports_flaws_in_the_wording_with_the_line_to_change(ducks: str) -> None:
    """A key by far longer than the other options is a problem of its feature, printed with question and check."""
    path = Path(ducks) / "deck.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("a shaggy crest", "a crest of long and shaggy feathers on its head"), encoding="utf-8")
    line = text.splitlines().index("  crest:") + 1
    result = quiz("check", ducks)
    assert result.exit_code == 1
    start = f"deck.yaml:{line}: pair:smew~teal:crest/contrast: longest-key: "
    assert any(start in each for each in result.output.splitlines()), result.output
    problems = json.loads(quiz("check", ducks, "--json").output)["problems"]
    assert any(": longest-key: " in problem["message"] for problem in problems)


def test_check_shows_what_bots_score(ducks: str) -> None:
    """As a table behind the line that sums a deck up, or as JSON; ten questions are too few to judge."""
    assert quiz("check", ducks, "--bots").output.splitlines()[-1] == "too few questions to judge"
    assert json.loads(quiz("check", ducks, "--bots", "--json").output) == {"problems": [], "bots": {ducks: []}}
    table = quiz("check", "lupus-look-alikes", "--bots").output
    assert "longest" in table
    assert any(line.startswith("all kinds ") for line in table.splitlines())


def test_a_broken_deck_is_not_studied(ducks: str) -> None:
    """Problems are listed and nothing is asked."""
    path = Path(ducks) / "deck.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("says: Teals swim.", "sais: Teals swim."), encoding="utf-8"
    )
    result = quiz("study", ducks, typed="a\n")
    assert result.exit_code == 1
    assert "Question" not in result.output
    assert "did you mean" in result.output


def test_facts_and_bank_have_the_form_of_the_contract(ducks: str) -> None:
    """The JSON that docs/bank-format.md describes."""
    facts = json.loads(quiz("facts", ducks, "--json").output)
    assert facts["deck"] == "ducks"
    assert facts["facts"][0] == {
        "id": "green-wing.teal",
        "text": "Teals show a green wing patch.",
        "weight": "core",
        "form": "present",
        "claims": [{"subject": "teal", "feature": "green-wing", "holds": True, "aspect": "sign"}],
        "strength": "often",
        "hedge": "",
        "disputed": None,
        "dated": None,
        "cite": [{"source": "book", "tier": "given", "section": "Teals", "paragraph": "1"}],
    }
    questions = json.loads(quiz("bank", ducks, "--json", "--kind", "contrast").output)["questions"]
    assert {question["kind"] for question in questions} == {"contrast"}
    assert set(questions[0]) == {
        *("id", "card", "kind", "stem", "asks", "options", "accepts", "explanation", "facts", "cite"),
    }
    assert set(questions[0]["options"][0]) == {"text", "key", "claims", "reason", "cite"}
    assert set(questions[0]["options"][0]["reason"]) == {"rule", "facts", "text"}


def test_check_says_that_a_deck_gives_no_questions(tmp_path: Path) -> None:
    """One subject, and nothing to tell it from: sound, but nothing to study."""
    folder = tmp_path / "lone"
    folder.mkdir()
    (folder / "deck.yaml").write_text(
        """
deck: {id: lone, version: 1.0.0, title: Lone, licence: MIT, notice: For study.}
sources: {book: {tier: given, title: The Book, publisher: Press, date: 2020}}
groups: {birds: {noun: bird, plural: birds}}
aspects: {sign: {noun: sign, plural: signs, statement: "{Feature} can be seen in {subject}."}}
subjects: {teal: {group: birds, name: teal, short: teals}}
features: {wing: {aspect: sign, noun: a green wing, present: {teal: {says: Teals have it., cite: book Teals ¶1}}}}
""",
        encoding="utf-8",
    )
    result = quiz("check", str(folder))
    assert result.exit_code == 1
    assert "the deck gives no questions yet" in result.output


def test_a_sample_of_the_bank_is_drawn_by_the_seed(ducks: str) -> None:
    """So many questions, the same again for the same seed, and all of them where there are no more."""

    def drawn(*options: str) -> list[str]:
        return [each["id"] for each in json.loads(quiz("bank", ducks, "--json", *options).output)["questions"]]

    assert len(drawn("--sample", "3")) == 3
    assert drawn("--sample", "3", "--seed", "5") == drawn("--sample", "3", "--seed", "5")
    assert len({tuple(drawn("--sample", "3", "--seed", str(seed))) for seed in range(6)}) > 1
    assert drawn("--sample", "999") == drawn()


def test_bank_by_fact(ducks: str) -> None:
    """Only questions that rest on the fact; an unknown fact is refused."""
    questions = json.loads(quiz("bank", ducks, "--json", "--fact", "crest.smew").output)["questions"]
    assert questions
    assert all("crest.smew" in question["facts"] for question in questions)
    assert quiz("bank", ducks, "--fact", "nope").exit_code == 2


def test_claim_says_the_verdict_and_why(ducks: str) -> None:
    """True, false and unknown, by name or id."""
    assert quiz("claim", "smew", "crest", ducks).output.startswith("TRUE  smews · a shaggy crest\nSmews wear")
    assert quiz("claim", "white nun", "a green wing patch", ducks).output.startswith("FALSE")
    unknown = quiz("claim", "smew", "whistle", ducks).output
    assert unknown.startswith("UNKNOWN")
    assert "Known: teals yes." in unknown


def test_compare_sorts_side_by_side(ducks: str) -> None:
    """Only one, both, not known; sources on request."""
    plain = quiz("compare", "teal", "smew", ducks).output
    assert "a whistled call (teals yes, smews unknown)" in plain
    assert "Sample Press" not in plain
    assert "Sample Press 2020" in quiz("compare", "teal", "smew", ducks, "--cite").output


def test_unknowns_puts_the_most_useful_gap_first(ducks: str) -> None:
    """The whistle of smews is the only gap."""
    shown = json.loads(quiz("unknowns", ducks, "--json").output)
    assert [(gap["subject"], gap["feature"]) for gap in shown["unknowns"]] == [("smew", "whistle")]


MAP = """
paragraphs:
  book:
    Teals ¶1: wing
    Teals ¶2: crown
    Teals ¶3: {topic: "how they swim, and why they do so even in the coldest of all winters that were seen"}
    Teals ¶4: flight
    Teals ¶5: call
    Teals ¶6: weight
    Teals ¶7: {topic: where to look, none: advice}
    Smews ¶1: crest
    Smews ¶2: swimming
    Smews ¶3: flight
"""


def test_sources_shows_what_each_paragraph_gave(ducks: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paragraph by paragraph below their sections, then the references; never wider than the terminal."""
    monkeypatch.setenv("COLUMNS", "80")
    (Path(ducks) / "map.yaml").write_text(MAP, encoding="utf-8")
    result = quiz("sources", ducks)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[:6] == [
        "The Book  (book)",
        "  Sample Press; 2020-01-01",
        "  9 of 10 paragraphs gave 9 facts, 1 gave none",
        "    Teals",
        "      ¶1  wing: 1 fact",
        "      ¶2  crown: 1 fact",
    ]
    assert "      ¶7  where to look: none (advice)" in lines
    assert lines[-5:-1] == ["M  (manual)", "  House; 2021", "  read: whole text", "  1 fact"]
    assert max(map(len, lines)) < 80
    assert "      ¶5  call: whistle.teal" in quiz("sources", ducks, "--facts").output.splitlines()
    shown = json.loads(quiz("sources", ducks, "--json").output)
    book, manual = shown["sources"]
    assert book["facts"] == 9
    assert book["paragraphs"][4] == {"spot": "Teals ¶5", "topic": "call", "facts": ["whistle.teal"], "none": None}
    assert book["paragraphs"][6] == {"spot": "Teals ¶7", "topic": "where to look", "facts": [], "none": "advice"}
    assert manual["read"] == "whole text"
    assert "paragraphs" not in manual


def test_sources_of_a_deck_without_a_map_counts_facts(ducks: str) -> None:
    """Sources are listed all the same."""
    assert "  9 facts\n" in quiz("sources", ducks).output


def test_decks_lists_the_shipped_decks(ducks: str) -> None:
    """With facts, cards, new and due."""
    rows = json.loads(quiz("decks", "--json").output)["decks"]
    assert "lupus-look-alikes" in {row["id"] for row in rows}
    assert all(row["facts"] and row["cards"] and row["new"] == row["cards"] and row["due"] == 0 for row in rows)


def test_where_names_every_place() -> None:
    """All below QUIZ_HOME, but for the decks."""
    home = os.environ["QUIZ_HOME"]
    lines = dict(line.split(maxsplit=1) for line in quiz("where").output.splitlines())
    assert set(lines) == {"progress", "decks", "config", "cache"}
    assert all(lines[name].startswith(home) for name in ("progress", "config", "cache"))


def test_reading_commands_leave_nothing_behind(ducks: str) -> None:
    """Looking does not make a database."""
    for command in (["stats"], ["decks"], ["where"], ["facts", ducks], ["compare", "teal", "smew", ducks]):
        assert quiz(*command).exit_code == 0
    assert not (Path(os.environ["QUIZ_HOME"]) / "progress.db").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["study", "no-such-deck"], 2, "no-such-deck"),
        (["study", "./no/such/folder"], None, "no/such/folder"),
        (["nonsense"], 2, "nonsense"),
        (["study", "--new", "many"], 2, "many"),
        (["study", "--new", "-1"], 2, "-1"),
        (["study", "--kind", "essay"], 2, "the kinds are contrast"),
        (["bank", "--seed", "x"], 2, "x"),
        (["study", "{ducks}", "--only", "goose"], 2, "goose"),
        (["claim", "goose", "crest", "{ducks}"], 2, "goose"),
        (["claim", "teal", "crset", "{ducks}"], 2, "did you mean"),
        (["compare", "teal", "teal", "{ducks}"], 2, "same subject"),
        (["compare", "teal", "common teal", "{ducks}"], 2, "same subject"),
        (["check", "{ducks}/deck.yaml"], None, "deck.yaml"),
    ],
)
def test_wrong_input_ends_in_one_clear_line(ducks: str, arguments: list[str], code: int | None, words: str) -> None:
    """Every refusal names what was wrong, and never shows a traceback."""
    result = quiz(*(argument.replace("{ducks}", ducks) for argument in arguments))
    assert clean(result)
    assert result.exit_code in ((code,) if code is not None else (1, 2))
    assert words in result.output


@pytest.mark.parametrize(
    "content", [b"this is no database at all, but it is long enough to be one", b"SQLite format 3\x00broken"]
)
def test_a_damaged_database_is_named_and_kept(ducks: str, content: bytes) -> None:
    """Exit code 3, one line with the file's name, and not a byte of it changed."""
    path = Path(os.environ["QUIZ_HOME"]) / "progress.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    for command in (["study", ducks], ["stats"], ["decks"]):
        result = quiz(*command, typed="a\n")
        assert result.exit_code == 3, result.output
        assert str(path) in result.output
        assert clean(result)
    assert path.read_bytes() == content


def test_progress_that_cannot_be_written_is_said_before_the_first_question(
    ducks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A data folder that is a file stands for every folder that cannot be written, whoever runs this test."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path / "file" / "below"))
    result = quiz("study", ducks, typed="a\n")
    assert result.exit_code == 3
    assert "Question" not in result.output
    assert clean(result)


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from quiz.cli import main; main()", *arguments]


def test_a_closed_pipe_ends_quietly(ducks: str) -> None:
    """`quiz bank | head -1` leaves no complaint."""
    script = (
        f"{sys.executable} -c 'from quiz.cli import main; main()' bank '{ducks}' | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in ("0", "141")


def test_a_pipe_closed_before_the_first_byte_has_its_exit_code(ducks: str) -> None:
    """141, as for any program that SIGPIPE ends."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command("bank", ducks), stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_full_disk_for_the_output_is_one_line(ducks: str) -> None:
    """Writing to a full device ends in exit code 3."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with full.open("w") as stream:
        done = subprocess.run(command("bank", ducks), stdout=stream, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_in_a_scripted_sitting_keeps_what_was_answered(ducks: str) -> None:
    """The summary is printed and the exit code is 130."""
    import signal

    child = subprocess.Popen(
        command("study", ducks), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("a\n")
    child.stdin.flush()
    while not child.stdout.readline().startswith("Source:"):
        pass
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert "1 review in 1 min" in out
    assert "Traceback" not in err
    assert json.loads(quiz("stats", "--json").output)["reviews"] == 1


def test_help_and_version() -> None:
    """Every command explains itself; the group names the exit codes and the purpose of the medical text."""
    top = quiz("--help").output
    assert "Exit codes" in top
    assert "not medical advice" in top
    for name in COMMANDS:
        shown = quiz(name, "--help").output
        assert f"Usage: quiz {name}" in shown or f"Usage: main {name}" in shown
        assert name in top
    assert quiz("--version").output.startswith("quiz, version")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_help_of_each_begins_with(name: str) -> None:
    assert named(name).get_short_help_str(200) == COMMANDS[name]


def test_run_maps_memory_and_system_errors() -> None:
    """What the system cannot give is one line and exit code 3."""

    def no_memory() -> None:
        raise MemoryError

    def no_file() -> None:
        raise PermissionError(13, "Permission denied", "/some/file")

    assert run(no_memory) == 3
    assert run(no_file) == 3


def test_ctrl_c_has_its_exit_code_without_the_name_of_a_command_too() -> None:
    """`quiz` alone passes on what its sitting says."""
    import signal

    child = subprocess.Popen(
        command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    while not child.stdout.readline().startswith("Question 1"):
        pass
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=30)
    assert child.returncode == 130


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_an_output_encoding_without_our_signs_gets_question_marks(ducks: str, encoding: str) -> None:
    """What cannot be shown is replaced, and nothing is lost."""
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    for arguments in (["bank", ducks], ["facts", ducks, "--json"], ["compare", "teal", "smew", ducks, "--cite"]):
        done = subprocess.run(command(*arguments), env=env, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), arguments
    study = subprocess.run(command("study", ducks), env=env, input=b"a\n\xe4\n", capture_output=True, check=False)
    assert (study.returncode, study.stderr) == (0, b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams_are_no_accident(ducks: str, closed: str) -> None:
    """A program started without input or output still ends in order."""
    script = f"{sys.executable} -c 'from quiz.cli import main; main()' study '{ducks}' {closed}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, input="", check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_reply_through_a_pipe_is_cut(ducks: str) -> None:
    """A line of a million letters does not go into the log whole."""
    quiz("study", ducks, "--kind", "recall", typed="x" * 1_000_000 + "\n:quit\n")
    with sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db") as database:
        assert database.execute("SELECT max(length(typed)) FROM log").fetchone() == (200,)
    database.close()


def test_a_card_missed_again_and_again_waits_for_another_day(ducks: str) -> None:
    """Whoever always presses the same key comes to an end."""
    result = quiz("study", ducks, "--kind", "sort", typed="b\n" * 40)
    assert "That was the last question" in result.output
    assert result.output.count("Question ") <= 16


def test_true_and_false_have_letters_of_their_own(ducks: str) -> None:
    """t and f answer a true-false question as well as a and b."""
    result = quiz("study", ducks, "--kind", "true-false", "--limit", "1", typed="T\n:quit\n")
    assert "Please answer" not in result.output
    assert "Key: " in result.output


def test_a_deck_without_facts_is_a_problem(tmp_path: Path) -> None:
    """Whoever names the folder above or below the right one is told."""
    (tmp_path / "deck.yaml").write_text(
        "deck: {id: d, version: 1, title: D, licence: MIT, notice: N.}\n", encoding="utf-8"
    )
    result = quiz("check", str(tmp_path))
    assert result.exit_code == 1
    assert "has no facts" in result.output


def test_the_summary_names_the_deck_in_its_advice(ducks: str) -> None:
    """The command that it recommends works as it stands."""
    result = quiz("study", ducks, "--kind", "sort", typed="b\n" * 2 + ":quit\n")
    words = " ".join(result.output.split())
    assert f"quiz drill teal smew {ducks}" in words or f"quiz drill smew teal {ducks}" in words
    assert "the same command goes on" in words
    whole = " ".join(quiz("study", ducks, typed="b\n:quit\n").output.split())
    assert f"`quiz study {ducks}` goes on" in whole
