"""A sitting on a real pseudo-terminal, key by key."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from tests.sample import DECK

WAIT = 6
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

    def __init__(self, deck: Path, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", "from quiz.cli import main; main()", "study", str(deck), *(arguments or ("--kind", "sort"))],
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=WAIT,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
        )

    def keys(self, text: str) -> None:
        self.child.send(text)

    def sees(self, pattern: str) -> str:
        self.child.expect(pattern)
        found = self.child.match
        assert isinstance(found, re.Match)
        return str(found.group(0))

    def question(self) -> str:
        """Wait for a question; returns the letter of its key."""
        return KEYS[self.sees("(?i)" + "|".join(KEYS)).lower()]

    def answer(self, *, right: bool) -> None:
        """Answer the question that is shown next, and wait for the feedback."""
        key = self.question()
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
    terminal.sees("2/2")
    terminal.answer(right=True)
    terminal.keys("\r")
    assert terminal.ends() == 0
    assert log() == [("response", 1, 1), ("response", 3, 0)]


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
    terminal.sees("↓ more")
    terminal.keys("\x1b[B" * 12)
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
