"""Commands on single cards: find, card, note, suspend, unsuspend, flags, reset; and decks with renamed cards."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from textwrap import dedent

import pexpect
import pytest
from click.testing import CliRunner, Result

from quiz.cli.opening import open_progress, today
from quiz.cli.program import main
from quiz.journal import stamp_now
from quiz.memory import Confidence, Mode, Rating, Response
from tests.sample import DECK

CREST = "pair:smew~teal:crest"
WING = "pair:smew~teal:green-wing"
GAP = "recall:weight"


@pytest.fixture(autouse=True)
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that ships one deck, on ducks."""
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    monkeypatch.setattr("quiz.shelf.shipped_folder", lambda package=None: tmp_path)
    return folder


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def answered(card: str, *days_ago: int, right: bool = True, mode: Mode = Mode.STUDY) -> None:
    """Put responses to a card into the log."""
    with open_progress() as store:
        for ago in days_ago:
            stamp = stamp_now(store.device)
            store.record(
                Response(
                    *(stamp.uuid, stamp.device, stamp.time - ago * 86_400_000, stamp.offset, today() - ago),
                    *("ducks", card, "contrast", 0, ("a shaggy crest", "swimming"), 0 if right else 1, "", (), 1500),
                    *(Confidence.SURE, right, Rating.GOOD if right else Rating.AGAIN, mode is Mode.STUDY, mode),
                )
            )


def complaint(result: Result) -> str:
    """The one line with which a command ended that was not understood."""
    assert result.exit_code == 2, result.output
    assert result.output.count("\n") == 1
    return result.output


def due() -> dict[str, object]:
    """New and due cards, as `quiz decks` counts them."""
    row = json.loads(quiz("decks", "--json").output)["decks"][0]
    return {"new": row["new"], "due": row["due"]}


def test_find_shows_cards_with_what_they_are_about_and_how_they_stand() -> None:
    answered(CREST, 30)
    quiz("suspend", WING)
    shown = quiz("find", "teal", "CREST").output
    assert f"{CREST}  due for " in shown
    assert "smews or teals: a shaggy crest" in shown
    assert f"{WING}  suspended" in quiz("find", "green wing").output
    assert f"{GAP}  new" in quiz("find", "weighs").output


def test_find_has_all_as_json_and_some_on_the_screen() -> None:
    everything = json.loads(quiz("find", "teal", "--json").output)["cards"]
    assert len(everything) > 2
    shown = quiz("find", "teal", "--most", "2").output
    assert f"{len(everything)} cards, 2 shown (`--most {len(everything)}` shows all)" in shown


def test_find_says_what_to_do_where_nothing_is_found() -> None:
    assert "did you mean crest?" in quiz("find", "crist").output
    assert "try fewer or shorter words" in quiz("find", "heron").output


@pytest.mark.parametrize("text", ["", " ", "..."])
def test_find_wants_words(text: str) -> None:
    """Nothing to look for is a slip, not a search without result."""
    assert "find what?" in complaint(quiz("find", text))


def test_an_id_in_a_command_to_copy_is_quoted_where_a_shell_would_misread_it(shipped: Path) -> None:
    """A bare > would write a file and cut the id short."""
    oftener = "more-often: {o: {feature: swimming, in: teal, than: smew, says: Teals swim more., cite: book Teals ¶3}}"
    (shipped / "oftener.yaml").write_text(oftener, encoding="utf-8")
    likelier = "likelier:teal>smew:swimming"
    assert f'`quiz unsuspend "{likelier}"`' in " ".join(quiz("suspend", likelier).output.split())
    assert f'`quiz note "{likelier}" TEXT`' in " ".join(quiz("note", likelier).output.split())
    assert "put an id with > in quotes" in " ".join(quiz("find", "swimming").output.split())
    assert "quotes" not in quiz("find", "crest").output
    answered(likelier, 0)
    assert f'`quiz reset --undo "{likelier}"`' in " ".join(quiz("reset", "--yes", likelier).output.split())


def test_card_shows_what_it_rests_on_its_history_and_why_it_is_due() -> None:
    answered(CREST, 9, right=False)
    answered(CREST, 6, 1)
    answered(CREST, 0, right=False, mode=Mode.DRILL)
    shown = " ".join(quiz("card", CREST).output.split())
    assert "crest.smew, " in shown
    assert "deck.yaml:" in shown
    assert "Smews wear a shaggy crest." in shown
    assert "Sample Press 2020" in shown
    assert shown.count("right · contrast") == 2
    assert "wrong · contrast · chose “swimming” · sure · drill" in shown
    assert "Last asked yesterday, with a stability of" in shown
    found = json.loads(quiz("card", CREST, "--json").output)
    assert found["memory"]["reviews"] == 3
    assert [each["mode"] for each in found["responses"]] == ["study", "study", "study", "drill"]
    assert found["state"].startswith("due in")


def test_card_says_why_a_new_one_waits_and_that_it_was_never_answered() -> None:
    shown = quiz("card", GAP).output
    assert "State      new" in shown
    assert "Never answered." in shown


@pytest.mark.parametrize("command", ["card", "note", "suspend", "reset"])
def test_an_unclear_id_is_refused_in_one_line(command: str) -> None:
    assert "card ids: " in complaint(quiz(command, "pair:"))
    assert f"the nearest are {CREST}" in complaint(quiz(command, "pair:teal~smew:crest"))


def test_note_writes_shows_and_removes() -> None:
    assert "has no note" in quiz("note", GAP).output
    assert quiz("note", GAP, "as", "a", "teapot").output == f"{GAP}: as a teapot\n"
    assert quiz("note", GAP).output == "as a teapot\n"
    assert "in the place of: as a teapot" in quiz("note", GAP, "a can").output
    assert "note: a can" in quiz("find", "weighs").output
    assert "either a text or --remove" in complaint(quiz("note", GAP, "x", "--remove"))
    assert "note removed" in quiz("note", GAP, "--remove").output
    assert "has no note" in quiz("note", GAP).output


def test_an_empty_note_is_refused() -> None:
    """It would be unclear whether it was to be shown or to be taken away; the note stays."""
    quiz("note", CREST, "like a punk")
    assert "--remove" in complaint(quiz("note", CREST, " "))
    assert quiz("note", CREST).output == "like a punk\n"


def test_showing_makes_no_progress_file(own_home: Path) -> None:
    """Whoever only looks leaves nothing behind."""
    for command in (["find", "teal"], ["card", GAP], ["note", GAP], ["suspend"], ["flags"], ["decks"]):
        assert quiz(*command).exit_code == 0
    assert not (own_home / "quiz-home" / "progress.db").exists()


def test_suspended_cards_are_listed_and_come_again() -> None:
    assert "No card is suspended." in quiz("suspend").output
    quiz("suspend", GAP, WING)
    rows = json.loads(quiz("suspend", "--json").output)["suspended"]
    assert [row["card"] for row in rows] == [WING, GAP]
    assert "is suspended already" in quiz("suspend", GAP).output
    assert quiz("unsuspend", "recall").output == f"{GAP} comes again\n"
    assert "no suspended card" in complaint(quiz("unsuspend", GAP))
    assert WING in quiz("unsuspend", "--all").output
    assert "No card is suspended." in quiz("unsuspend", "--all").output
    assert "or give --all" in complaint(quiz("unsuspend"))


def test_a_suspended_card_that_its_deck_lost_can_be_taken_in(shipped: Path) -> None:
    quiz("suspend", GAP)
    text = (shipped / "deck.yaml").read_text(encoding="utf-8")
    (shipped / "deck.yaml").write_text(text.partition("facts:\n  weight")[0], encoding="utf-8")
    assert "no longer in the deck" in quiz("suspend").output
    assert "comes again" in quiz("unsuspend", GAP).output


def test_flags_name_the_question_and_the_lines_of_the_deck(shipped: Path) -> None:
    """What an author needs to act, and a way to tick it off."""
    answered(CREST, 0)
    with open_progress() as store:
        store.flag("ducks", CREST, "two keys", stamp_now(store.device))
        store.flag("elsewhere", "claim:x:y", "typo", stamp_now(store.device))
    rows = {row["card"]: row for row in json.loads(quiz("flags", "--json").output)["flags"]}
    lines = (shipped / "deck.yaml").read_text(encoding="utf-8").splitlines()
    fact, feature = (int(rows[CREST][at].rpartition(":")[2]) for at in ("fact_at", "feature_at"))
    assert lines[feature - 1].strip() == "crest:"
    assert "Smews wear a shaggy crest." in lines[fact - 1]
    assert rows[CREST]["question"] == f"{CREST}/contrast"
    assert rows[CREST]["flag"] == "two keys"
    assert "name its folder" in rows["claim:x:y"]["title"]
    assert "claim:x:y" not in quiz("flags", "ducks").output
    assert "flag: two keys" in quiz("card", CREST).output.replace("Flag       ", "flag: ")
    assert quiz("flags", "--done", "crest").output == f"{CREST}: flag taken off\n"
    assert "no flagged card" in complaint(quiz("flags", "--done", CREST))


def test_a_place_in_a_deck_holds_where_the_command_is_given(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the current folder it is short, elsewhere whole, wherever the deck was when it was put into the cache."""
    with open_progress() as store:
        store.flag("ducks", CREST, "two keys", stamp_now(store.device))
    (tmp_path / "away").mkdir()
    for folder, path in ((tmp_path, Path("ducks/deck.yaml")), (tmp_path / "away", shipped / "deck.yaml")):
        monkeypatch.chdir(folder)
        (flag,) = json.loads(quiz("flags", "--json").output)["flags"]
        (first, *_) = json.loads(quiz("card", CREST, "--json").output)["facts"]
        assert flag["fact_at"].rpartition(":")[0] == str(path)
        assert flag["feature_at"].rpartition(":")[0] == str(path)
        assert first["at"] == flag["fact_at"]


def test_flags_are_listed_or_taken_off_not_both() -> None:
    """And a card named twice is taken off once."""
    with open_progress() as store:
        store.flag("ducks", CREST, "two keys", stamp_now(store.device))
    assert "give it without --done" in complaint(quiz("flags", "--done", CREST, "--json"))
    assert quiz("flags", "--done", CREST, "--done", "crest").output == f"{CREST}: flag taken off\n"


def test_reset_makes_cards_new_and_undo_brings_all_back() -> None:
    answered(CREST, 30, 20, right=False)
    answered(WING, 30)
    before = quiz("card", CREST, "--json").output
    assert due()["due"] == 2
    shown = quiz("reset", CREST, "--yes").output.replace("\n", " ")
    assert f"`quiz reset --undo {CREST}`" in shown
    assert due()["due"] == 1
    assert json.loads(quiz("card", CREST, "--json").output)["memory"] is None
    assert "is back as it was" in quiz("reset", "--undo", CREST).output
    assert quiz("card", CREST, "--json").output == before
    assert "Nothing to take back" in quiz("reset", "--undo", CREST).output


def test_reset_takes_all_cards_of_a_subject_or_a_deck() -> None:
    answered(CREST, 30)
    answered(WING, 30)
    quiz("note", CREST, "kept")
    quiz("reset", "--only", "white nun", "--yes")
    assert due()["due"] == 0
    quiz("reset", "--undo", "--deck", "ducks")
    assert due()["due"] == 2
    assert quiz("note", CREST).output == "kept\n"
    assert "Nothing to forget" in quiz("reset", GAP, "--yes").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--deck DECK for a whole deck"),
        ([CREST, "--only", "teal"], "either cards or --only"),
        (["--only", "gull"], 'no subject "gull"'),
        ([CREST], "add --yes"),
    ],
)
def test_reset_forgets_nothing_where_it_was_not_clearly_asked(arguments: list[str], said: str) -> None:
    answered(CREST, 30)
    assert said in complaint(quiz("reset", *arguments))
    assert due()["due"] == 1


@pytest.mark.parametrize(("reply", "said", "code"), [("n\r", "Nothing was forgotten", 0), ("\x03", "interrupted", 130)])
def test_a_no_and_ctrl_c_keep_everything(shipped: Path, reply: str, said: str, code: int) -> None:
    """Asked on a real terminal."""
    deck = str(shipped)
    answered(CREST, 30)
    child = pexpect.spawn(
        sys.executable,
        ["-c", "from quiz.cli import main; main()", "reset", "--deck", deck],
        encoding="utf-8",
        timeout=30,
    )
    child.expect(r"Forget the progress of .*\? \[y/N\]: ")
    child.send(reply)
    child.expect(said)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == code
    assert due()["due"] == 1


def test_decks_count_a_renamed_card_as_the_one_it_was(shipped: Path) -> None:
    """A feature that got a new id takes its progress along, before the deck is studied again."""
    answered(CREST, 30)
    before = due()
    text = (shipped / "deck.yaml").read_text(encoding="utf-8")
    (shipped / "deck.yaml").write_text(text.replace("  crest:\n", "  tuft:\n    was: [crest]\n"), encoding="utf-8")
    assert due() == before
    assert quiz("card", CREST).output.startswith("pair:smew~teal:tuft\n")


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_listings_keep_to_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    answered(CREST, 30, 20)
    quiz("suspend", WING)
    with open_progress() as store:
        store.flag("ducks", CREST, "two keys " * 20, stamp_now(store.device))
    for command in (["find", "teal"], ["card", CREST], ["suspend"], ["flags"], ["config"]):
        output = quiz(*command).output
        assert all(len(line) <= columns for line in output.splitlines()), output


def test_what_a_deck_or_a_learner_wrote_cannot_steer_the_terminal(shipped: Path) -> None:
    quiz("note", GAP, "red \x1b[31m note")
    assert "\x1b" not in quiz("find", "weighs").output + quiz("note", GAP).output + quiz("card", GAP).output


def test_help_of_every_command_teaches() -> None:
    for name in ("find", "card", "note", "suspend", "unsuspend", "flags", "reset", "config"):
        assert len(quiz(name, "--help").output) > 300, name
