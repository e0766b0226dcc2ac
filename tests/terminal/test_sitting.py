"""A sitting on a real pseudo-terminal, key by key."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pexpect
import pytest

from quiz.terminal.style import width
from tests.sample import DECK
from tests.widths import WIDTHS

WAIT = 20
"""Seconds to wait for what must appear; only a broken program waits so long."""

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

KEYS = {"green wing": "a", "chestnut": "a", "swimming": "b", "flight": "b", "crest": "c", "white back": "c"}
"""The right option of every sort question of the sample deck."""


class Terminal:
    """`quiz study` on a pseudo-terminal, asking sort questions only."""

    def __init__(self, deck: Path, *arguments: str, columns: int = 80, rows: int = 24, script: str = "") -> None:
        study = ["from quiz.cli import main; main()", "study", str(deck), *(arguments or ("--kind", "sort"))]
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", *([script, str(deck)] if script else study)],
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=WAIT,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
        )

        self.child.logfile_read = StringIO()

    def keys(self, text: str) -> None:
        self.child.send(text)

    def shown(self) -> str:
        """All that was written so far."""
        assert isinstance(self.child.logfile_read, StringIO)
        return self.child.logfile_read.getvalue()

    def widest(self) -> int:
        """The length of the longest line that was written."""
        bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "\n", self.shown()).replace("\r", "")
        return max(map(width, bare.split("\n")))

    def sees(self, pattern: str) -> str:
        self.child.expect(pattern)
        found = self.child.match
        assert isinstance(found, re.Match)
        return str(found.group(0))

    def question(self) -> str:
        """Wait for a question; returns the letter of its key."""
        return KEYS[self.sees("(?i)" + "|".join(KEYS)).lower()]

    def answer(self, *, right: bool, key: str = "") -> None:
        """Answer the question that is shown next, or the one seen before whose ``key`` is known; wait for the feedback."""
        key = key or self.question()
        self.sees("quit")
        self.keys(key if right else "b" if key != "b" else "a")
        self.sees("✓ right, your choice" if right else "✗ your choice")
        self.sees("enter next")

    def ends(self) -> int | None:
        """Wait for the end; returns the exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return None if self.child.exitstatus is None else int(self.child.exitstatus)


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    (folder / "more.yaml").write_text(MORE, encoding="utf-8")
    return folder


@contextmanager
def database() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")
    try:
        yield connection
    finally:
        connection.close()


def log() -> list[tuple[object, ...]]:
    """(event, rating, counts) of every row of the log, in order of writing."""
    with database() as connection:
        return connection.execute("SELECT event, rating, counts FROM log ORDER BY seq").fetchall()


def test_right_wrong_undo_guess_suspend_quit_and_resume(deck: Path) -> None:
    """One key answers, the missed card comes back, every step is in the log, and the next sitting goes on."""
    terminal = Terminal(deck)
    terminal.sees("1/6")
    terminal.answer(right=True)
    terminal.keys("g")
    terminal.sees("but guessed")
    terminal.keys("\r")
    terminal.sees("2/7")  # the guessed card will come back
    terminal.answer(right=False)
    terminal.keys("u")
    terminal.sees("2/7")
    terminal.answer(right=False)
    terminal.keys("\r")
    terminal.sees("3/8")
    terminal.question()
    terminal.sees("q quit")
    terminal.keys("s")
    terminal.sees("3/7")
    terminal.question()
    terminal.sees("q quit")
    terminal.keys("q")
    terminal.sees("2 reviews in 1 min")
    assert terminal.ends() == 0
    events = [row[0] for row in log()]
    assert events == ["response", "response", "response", "undo", "response", "suspend"]

    again = Terminal(deck)
    again.sees("1/3")  # of six cards two were answered and one is suspended
    again.answer(right=True)
    again.keys("\rq")
    again.sees("1 review in 1 min")
    assert again.ends() == 0


def test_practice_leaves_the_schedule_alone(deck: Path) -> None:
    """The card that comes back in the same sitting is logged as practice."""
    terminal = Terminal(deck, "--kind", "sort", "--limit", "1")
    terminal.answer(right=False)
    terminal.keys("\r")
    terminal.sees("2/3")  # a fresh question on the pair, then the missed card again
    terminal.answer(right=True)
    terminal.keys("\r")
    terminal.sees("3/3")
    terminal.answer(right=True)
    terminal.keys("\r")
    terminal.sees("1 review in 1 min")
    terminal.sees("2 more as practice")
    assert terminal.ends() == 0
    assert log() == [("response", 1, 1), ("response", 3, 0), ("response", 3, 0)]


def test_keys_typed_ahead_are_kept(deck: Path) -> None:
    """Answers typed before the program even reads are all taken, in order."""
    terminal = Terminal(deck)
    terminal.keys("a\rb\rc\rq")
    terminal.sees("more as practice|3 reviews")
    assert terminal.ends() == 0
    assert len(log()) == 3


def test_pasted_text_does_no_harm(deck: Path) -> None:
    """A paste full of letters and line ends answers nothing."""
    terminal = Terminal(deck)
    key = terminal.question()
    terminal.sees("q quit")
    terminal.keys("\x1b[200~abc\rabc\rq\r\x1b[201~")
    terminal.keys(key)
    terminal.sees("✓ right, your choice")
    terminal.keys("q")
    assert terminal.ends() == 0
    assert log() == [("response", 3, 1)]


def test_pasted_text_is_a_typed_reply(deck: Path) -> None:
    """Where words are asked for, a paste is words, and its line ends do not hand it in."""
    terminal = Terminal(deck, "--kind", "recall")
    terminal.sees("then enter")
    terminal.keys("\x1b[200~300 g\r\x1b[201~")
    terminal.sees("300 g")
    terminal.keys("\r")
    terminal.sees("Right")
    terminal.keys("q")
    assert terminal.ends() == 0
    assert log() == [("response", 3, 1)]


def test_a_typed_reply_that_is_not_cited_can_be_counted_right(deck: Path) -> None:
    """Unrated at first; `y` makes it a review."""
    terminal = Terminal(deck, "--kind", "recall")
    terminal.sees("then enter")
    terminal.keys("very litle\x7f\x7f\x7fttle\r")
    terminal.sees("very little")
    terminal.sees("Not what this deck cites")
    terminal.keys("y")
    terminal.sees("Right")
    terminal.keys("q")
    assert terminal.ends() == 0
    assert log() == [("response", None, 0), ("response", 3, 1)]


def test_help_other_reasons_and_scrolling(deck: Path) -> None:
    """`?` lists the keys, `o` the other reasons, and a low screen scrolls."""
    terminal = Terminal(deck, "--kind", "contrast", rows=12)
    terminal.sees("q quit")
    terminal.keys("?")
    terminal.sees("choose an option")
    terminal.keys("x")
    terminal.sees("q quit")
    terminal.keys("a")
    terminal.sees("enter next")
    terminal.keys("o")
    terminal.sees("Why not")  # at once, though they stand below the edge of the screen
    terminal.keys("\x1b[A" * 20)
    terminal.sees("↓ more")
    terminal.keys("\x1b[B" * 20)
    terminal.sees("↑ more")
    terminal.sees("Sample Press 2020")
    terminal.keys("q")
    assert terminal.ends() == 0


def test_resize_draws_anew_and_loses_nothing(deck: Path) -> None:
    """In the middle of a question the window may change, down to a narrow one."""
    terminal = Terminal(deck)
    key = terminal.question()
    terminal.sees("q quit")
    terminal.child.setwinsize(24, 40)
    terminal.sees("1/6")
    terminal.sees("q\\s+quit")
    terminal.keys(key)
    terminal.sees("✓ right")
    terminal.keys("q")
    assert terminal.ends() == 0
    assert log() == [("response", 3, 1)]


def test_stopping_and_going_on(deck: Path) -> None:
    """Stopped in the middle of a question and continued, the program shows the same question and takes its answer.

    Ctrl-Z itself does nothing where no shell could continue the program; tests/terminal/test_keys.py has one with a shell.
    """
    terminal = Terminal(deck)
    key = terminal.question()
    terminal.sees("q quit")
    terminal.keys("\x1a")
    os.kill(terminal.child.pid, signal.SIGSTOP)
    os.kill(terminal.child.pid, signal.SIGCONT)
    assert terminal.question() == key
    terminal.sees("q quit")
    terminal.keys(key)
    terminal.sees("✓ right")
    terminal.keys("q")
    assert terminal.ends() == 0
    assert log() == [("response", 3, 1)]


def test_a_key_that_does_nothing_says_so(deck: Path) -> None:
    """While asking and while explaining; reasons that do not differ are no others to be shown."""
    terminal = Terminal(deck)
    key = terminal.question()
    for other in ("z", "\r", "o"):
        terminal.keys(other)
        terminal.sees("That key does nothing here")
    terminal.answer(right=False, key=key)
    for other in ("g", "y", "o", "z"):
        terminal.keys(other)
        terminal.sees("That key does nothing here")
    terminal.keys("q")
    assert terminal.ends() == 0


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_key_at_every_width(deck: Path, columns: int) -> None:
    """Each does what the list of keys says, and no line is wider than the screen."""
    terminal = Terminal(deck, columns=columns, rows=40)
    terminal.sees("1/6 · 0 due · 6 new")
    key = terminal.question()
    terminal.sees("q quit")
    terminal.keys("?")
    terminal.sees("scroll a text")
    terminal.keys("x")  # goes back, and answers nothing
    terminal.sees("q quit")
    terminal.keys("!")
    terminal.sees("What is wrong")
    terminal.keys("not sö clear\x1b[D\x7fe\r")
    terminal.sees("Flagged: not sö cler?")
    terminal.keys("!\r")
    terminal.sees("Not flagged")
    terminal.keys("n")
    terminal.sees("Your note")
    terminal.keys("dabblers and divers\r")
    terminal.sees("Noted")
    terminal.answer(right=False, key=key)
    terminal.keys("n")
    terminal.sees("Note   dabblers and divers")  # shown with the card
    terminal.sees("› dabblers and divers")  # and there to be changed
    terminal.keys(" all\x1b")
    terminal.sees("enter next")
    terminal.keys("n\x15\r")
    terminal.sees("Note taken away")
    terminal.keys("u")
    terminal.sees("Undone")
    terminal.answer(right=True, key=key)
    terminal.keys("g")
    terminal.sees("but guessed")
    terminal.keys("u")
    terminal.sees("Undone")
    terminal.answer(right=True, key=key)
    terminal.keys(" ")
    terminal.sees("2/6")
    terminal.question()
    terminal.sees("q quit")
    terminal.keys("s")
    terminal.sees("Suspended")
    terminal.keys("uu")
    terminal.sees("1/6")
    terminal.sees("Undone")
    terminal.keys("u")
    terminal.sees("nothing to undo")
    terminal.keys("q")
    terminal.sees("Nothing answered")
    assert terminal.ends() == 0
    assert terminal.widest() <= columns
    events = [row[0] for row in log()]
    assert events == [
        *("flag", "note", "response", "note", "undo", "response", "response", "undo", "response"),
        *("suspend", "unsuspend", "undo"),
    ]


@pytest.mark.parametrize(
    ("columns", "heading"),
    [(40, r"\w+s \| both \| \w+s"), (80, r"\w+s \| both \| \w+s"), (200, r"\w+s {20,}both {20,}\w+s")],
)
def test_a_mix_up_is_set_side_by_side_at_once(deck: Path, columns: int, heading: str) -> None:
    """Right under the verdict, with the feature just missed marked."""
    terminal = Terminal(deck, columns=columns, rows=40)
    terminal.sees("1/6")
    terminal.keys({"a": "c", "b": "a", "c": "a"}[terminal.question()])
    terminal.sees("Wrong")
    terminal.sees(heading)
    terminal.sees("← this\\s+one")
    terminal.sees("Why")
    terminal.keys("q")
    assert terminal.ends() == 0
    assert terminal.widest() <= columns


TYPED = """
facts:
  eggs:
    says: A smew lays about 8 eggs.
    about: [smew]
    cite: book Smews ¶6
    number: {value: 8, unit: eggs, bound: about, within: 2, ask: How many eggs does a smew lay?}
  coast:
    says: In winter smews gather on freshwater lakes.
    about: [smew]
    cite: book Smews ¶7
    cloze: "In winter smews gather on {freshwater lakes}."
"""


@pytest.mark.parametrize("columns", WIDTHS)
def test_typed_replies_at_every_width(deck: Path, columns: int) -> None:
    """A slip is shown and may be counted wrong, a wrong one stays in view and may be counted right."""
    (deck / "typed.yaml").write_text(TYPED, encoding="utf-8")
    terminal = Terminal(deck, "--kind", "recall", "--kind", "number", "--only", "smew", columns=columns, rows=40)
    for _ in range(2):
        if "eggs" in terminal.sees("How many eggs|In winter"):
            terminal.sees("Up to 2 eggs off")
            terminal.keys("\x1bOP")  # F1
            terminal.sees("scroll a text")
            terminal.keys("x")
            terminal.keys(":note clutch\r")
            terminal.sees("Noted")
            terminal.keys("20\r")
            terminal.sees("the deck has: about 8 eggs")
            terminal.sees("you typed: +20")
            terminal.sees("Wrong")
            terminal.sees("Note   clutch")
            terminal.sees("y count it right")
            terminal.keys("y")
            terminal.sees("you typed: +20")
            terminal.sees("Right")
        else:
            terminal.keys(":help\r")
            terminal.sees("scroll a text")
            terminal.keys("x:nonsense\r")
            terminal.sees("no command\\s+:nonsense")
            terminal.keys("freshwater lackes\r")
            terminal.sees("a slip: +freshwater la")
            terminal.sees("x count it wrong")
            terminal.keys("x")
            terminal.sees("you typed: +freshwater")
            terminal.sees("Wrong")
        terminal.keys("\r")
    terminal.keys("\x04")
    terminal.sees("2 reviews")
    assert terminal.ends() == 0
    assert terminal.widest() <= columns


RECALL = """
import sys
from pathlib import Path
from quiz.cli.holding import hold
from quiz.cli.open import deck_at
from quiz.desk import Desk
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge
from quiz.session import Sitting, Turn

class Nowhere:
    def make_ready(self): pass
    def record(self, answered): return "1"
    def undo(self, uuid): pass
    def suspend(self, turn): pass

deck = deck_at(Path(sys.argv[1]))
material = Material(Knowledge(deck))
(card,) = [each for each in cards(material) if each.id == "pair:smew~teal:green-wing"]
desk = Desk(Sitting((Turn(deck.id, card, ("contrast",), 0, 3, False, recall=True),)), {deck.id: material}, Nowhere(), 0)
hold(desk, lambda page: [f"typed {each.reply.typed!r}, {each.mark.right}" for each in desk.sitting.answered])
"""
"""A sitting over one card that is known well, so that words are asked for first."""


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(
    ("keys", "options", "typed"),
    [
        ("green wing patch\r", "", "green wing patch"),
        ("\t", "a green wing patch", ""),
        ("\r", "a green wing patch", ""),
        (":options\r", "a green wing patch", ""),
        ("teeth\r", "“teeth” is not among", "teeth"),
        ("teeth\x1b[D\x1b[C\x15\t", "a green wing patch", ""),
    ],
)
def test_words_come_first_and_options_on_demand(deck: Path, columns: int, keys: str, options: str, typed: str) -> None:
    """Words that name an option are the reply; others are kept with the option chosen after them."""
    terminal = Terminal(deck, columns=columns, rows=40, script=RECALL)
    terminal.sees("Answer in your own words")
    assert "a green wing patch" not in terminal.shown()
    terminal.keys(keys)
    if options:
        terminal.sees(options)
        terminal.sees("q quit")
        terminal.keys(next(letter for letter in "abc" if f"{letter}  a green wing" in terminal.shown()))
    terminal.sees("✓ right, your choice")
    if typed:
        terminal.sees(f"In your words: {typed}")
    terminal.keys("\r")
    terminal.sees(f"typed '{typed}', True")
    assert terminal.ends() == 0
    assert terminal.widest() <= columns


@pytest.mark.parametrize("way", ["resize", "stop"])
@pytest.mark.parametrize("editor", ["n", "!"])
def test_resize_and_stop_while_a_line_is_typed_lose_nothing(deck: Path, way: str, editor: str) -> None:
    """What was typed so far is still there, and goes on being typed."""
    terminal = Terminal(deck)
    terminal.question()
    terminal.sees("q quit")
    terminal.keys(f"{editor}first half")
    terminal.sees("first half")
    if way == "resize":
        terminal.child.setwinsize(24, 40)
    else:
        terminal.keys("\x1a")
        os.kill(terminal.child.pid, signal.SIGSTOP)
        os.kill(terminal.child.pid, signal.SIGCONT)
    terminal.sees("escape leaves it")
    terminal.sees("› first half")
    terminal.keys(" second half\r")
    terminal.sees("Noted" if editor == "n" else "Flagged: first half second\\s+half")
    terminal.keys("q")
    assert terminal.ends() == 0
    with database() as connection:
        assert [row[0] for row in connection.execute("SELECT event FROM log")] == ["note" if editor == "n" else "flag"]


@pytest.mark.parametrize("columns", WIDTHS)
def test_plain_lines_redraw_nothing_and_draw_no_boxes(deck: Path, columns: int) -> None:
    """Every command line by line on a terminal: no escape codes, no signs that are not read aloud."""
    terminal = Terminal(deck, "--kind", "sort", "--plain", columns=columns)
    terminal.sees("Question 1 of 6")
    key = terminal.question()
    terminal.sees("c\\) ")
    terminal.keys(f":help\r:note odd bird\r:flag unclear\r{'c' if key != 'c' else 'a'}\r")
    terminal.sees("Noted, on: ")
    terminal.sees("Flagged: ")
    terminal.sees("Wrong.")
    terminal.sees("Only (teals|smews): ")
    terminal.sees("The one just missed: ")
    terminal.sees("Your note: odd bird")
    terminal.keys(":why\r:options\r:right\r:guess\r:suspend\r:undo\r:undo\r:undo\r")
    terminal.sees("Why, for all options: ")
    terminal.sees("shown already")
    terminal.sees("Only a typed reply")
    terminal.sees("Only a right response")
    terminal.sees("Suspended")
    terminal.sees("Undone")
    terminal.sees("Undone")
    terminal.sees("There is nothing to undo")
    terminal.keys(":quit\r")
    terminal.sees("Nothing answered")
    assert terminal.ends() == 0
    assert not set(terminal.shown()) & set("\x1b✓✗█░│─▏›|")


@pytest.mark.parametrize(("keys", "code"), [("\x03", 130), ("\x04", 0), ("q", 0)])
def test_every_way_out_sums_up_and_leaves_the_alternate_screen(deck: Path, keys: str, code: int) -> None:
    """Ctrl-C, Ctrl-D and q end in order, with the summary on the ordinary screen."""
    terminal = Terminal(deck)
    terminal.answer(right=True)
    terminal.keys(keys)
    terminal.sees(r"\x1b\[\?1049l")
    terminal.sees("1 review in 1 min")
    assert terminal.ends() == code
    assert log() == [("response", 3, 1)]


@pytest.mark.parametrize("answers", [1, 2, 3])
def test_kill_loses_no_answered_review(deck: Path, answers: int) -> None:
    """Once the feedback is on the screen, the response is on the disk, whatever happens."""
    terminal = Terminal(deck)
    for number in range(answers):
        terminal.answer(right=number % 2 == 0)
        if number < answers - 1:
            terminal.keys("\r")
    os.kill(terminal.child.pid, signal.SIGKILL)
    terminal.child.expect(pexpect.EOF)
    terminal.child.close()
    assert len(log()) == answers
    with database() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM memory").fetchone() == (answers,)
    again = Terminal(deck)
    again.sees(f"1/{6 - answers}")
    again.keys("q")
    assert again.ends() == 0


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_screen(deck: Path, columns: int) -> None:
    """Question and feedback fit, from a very narrow screen to a very wide one."""
    terminal = Terminal(deck, columns=columns, rows=60)
    terminal.sees("quit")
    terminal.keys("b")
    terminal.sees("enter\\s+next")
    shown = str(terminal.child.before)
    terminal.keys("q")
    terminal.ends()
    lines = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "").split("\n")
    assert max(len(line) for line in lines) <= columns
