"""An exam on a real pseudo-terminal, key by key, and its clock."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterable
from io import StringIO
from pathlib import Path

import pexpect
import pytest

from quiz.deck import Deck
from quiz.exam import Heading, Sheet, compose
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge
from quiz.session import Reply
from quiz.terminal.examlines import LineRoom
from quiz.terminal.examroom import (
    TIME_IS_UP,
    ScreenRoom,
    TimedKeyboard,
    TimeIsUpError,
    Timer,
)
from quiz.terminal.examtext import header, key_list, opening, question_lines, time_left
from quiz.terminal.keyparser import Key
from quiz.terminal.style import Style, width
from quiz.terminal.text import Page
from tests.sample import DECK
from tests.widths import WIDTHS

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


class Terminal:
    """`quiz exam` on a pseudo-terminal, with three sort questions."""

    def __init__(self, deck: Path, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        wishes = arguments or ("--kind", "sort", "-n", "3", "--seed", "1")
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", "from quiz.cli import main; main()", "exam", str(deck), *wishes],
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

    def begin(self) -> None:
        self.sees("enter begins")
        self.keys("\r")
        self.sees("1/3")

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


def log() -> list[tuple[object, ...]]:
    """(mode, counts, chosen) of every response, in order of writing."""
    database = sqlite3.connect(Path(os.environ["QUIZ_HOME"]) / "progress.db")
    found = database.execute("SELECT mode, counts, chosen FROM log WHERE event = 'response' ORDER BY seq").fetchall()
    database.close()
    return found


@pytest.mark.parametrize("columns", WIDTHS)
def test_answers_are_given_changed_and_handed_in(deck: Path, columns: int) -> None:
    """Letters choose, arrows go back and on, enter on the last question hands in; then mistakes are explained."""
    terminal = Terminal(deck, columns=columns)
    terminal.sees("seed 1")
    terminal.begin()
    terminal.sees("3 open")
    terminal.sees("20 min left")
    terminal.keys("a")
    terminal.sees("← your choice")
    terminal.keys("\x1b[C")  # right
    terminal.sees("2/3")
    terminal.keys("B")
    terminal.sees("sure")
    terminal.keys("\x1b[D")  # left
    terminal.sees("1/3")
    terminal.keys("c")
    terminal.sees("c .*← your choice")
    terminal.keys("\t\t")
    terminal.sees("3/3")
    terminal.sees("enter hand in")
    terminal.keys("a\r")
    terminal.sees("Score")
    terminal.sees(r"\d of 3 right")
    terminal.sees("enter what was not right")
    terminal.keys("\r")
    terminal.sees("Not right: 1/")
    terminal.sees("✗ your choice")
    terminal.sees("Why [abc]")
    terminal.sees("Sample Press")
    terminal.sees("← back")
    terminal.keys("\x1b[D")
    terminal.sees("of 3 right")
    terminal.keys("q")
    terminal.sees(r"\x1b\[\?1049l")
    terminal.sees("of 3 right")
    terminal.sees("Same exam")
    assert terminal.ends() == 0
    assert log() == [("exam", 0, 2), ("exam", 0, 1), ("exam", 0, 0)]


def test_handing_in_asks_where_questions_are_open(deck: Path) -> None:
    """`h` names them; `n` goes on with the exam, `y` hands in all the same. Backspace opens a question again."""
    terminal = Terminal(deck)
    terminal.begin()
    terminal.keys("a\rb")
    terminal.sees("1 open")
    terminal.keys("\x7f")
    terminal.sees("2 open")
    terminal.keys("h")
    terminal.sees("Still open: questions 2, 3")
    terminal.keys("n")
    terminal.sees("2/3")
    terminal.keys("\r\r")
    terminal.sees("Still open")
    terminal.keys("y")
    terminal.sees("2 left open")
    terminal.keys("q")
    assert terminal.ends() == 0
    assert len(log()) == 1


@pytest.mark.parametrize(("key", "logged"), [("h", 1), ("d", 0)])
def test_leaving_asks_whether_to_hand_in_or_to_drop(deck: Path, key: str, logged: int) -> None:
    """What is handed in is logged, what is dropped is not; `n` goes on."""
    terminal = Terminal(deck)
    terminal.begin()
    terminal.keys("aq")
    terminal.sees("1 of 3 answered")
    terminal.keys("n")
    terminal.sees("1/3")
    terminal.keys("\x1b")  # escape asks as well
    terminal.sees("drop it")
    terminal.keys(key)
    if logged:
        terminal.sees("2 left open")
        terminal.keys("q")
    else:
        terminal.sees("nothing was kept")
    assert terminal.ends() == 0
    assert len(log()) == logged


def test_ctrl_c_hands_in_what_was_answered(deck: Path) -> None:
    """The score is printed, the responses are kept, and the exit code is that of an interruption."""
    terminal = Terminal(deck)
    terminal.begin()
    terminal.keys("a\rb\x03")
    terminal.sees(r"\x1b\[\?1049l")
    terminal.sees("of 3 right")
    assert terminal.ends() == 130
    assert len(log()) == 2


def test_a_closed_terminal_hands_in_too(deck: Path) -> None:
    """Whoever loses the connection keeps what was answered."""
    terminal = Terminal(deck)
    terminal.begin()
    terminal.keys("a")
    terminal.sees("your choice")
    os.kill(terminal.child.pid, signal.SIGHUP)
    assert terminal.ends() == 129
    assert len(log()) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_line_by_line_nothing_is_lost_either(deck: Path, number: signal.Signals, code: int) -> None:
    """With --plain, whatever ends the program hands in what was answered."""
    terminal = Terminal(deck, "--kind", "sort", "-n", "3", "--plain")
    terminal.sees("Question 1 of 3")
    terminal.keys("a\r")
    terminal.sees("Question 2 of 3")
    os.kill(terminal.child.pid, number)
    assert terminal.ends() == code
    assert log() == [("exam", 0, 0)]


def test_nothing_is_begun_before_enter(deck: Path) -> None:
    """The page before the exam says what awaits; q leaves it without a trace."""
    terminal = Terminal(deck)
    terminal.sees("3 questions, 20 minutes")
    terminal.sees("enter begins")
    terminal.keys("q")
    terminal.sees("nothing was kept")
    assert terminal.ends() == 0
    assert log() == []


def test_a_resize_and_a_stop_do_no_harm(deck: Path) -> None:
    """The same question is drawn anew, with what was chosen."""
    terminal = Terminal(deck)
    terminal.begin()
    terminal.keys("b")
    terminal.sees("your choice")
    terminal.child.setwinsize(24, 40)
    terminal.sees("1/3 · 2 open · 20 min left · seed 1")
    terminal.sees("← your choice")
    terminal.keys("\x1a")
    os.kill(terminal.child.pid, signal.SIGSTOP)
    os.kill(terminal.child.pid, signal.SIGCONT)
    terminal.sees("← your choice")
    terminal.keys("?")
    terminal.sees("leave the question open")
    terminal.keys("xhy")
    terminal.sees("2 left open")
    terminal.keys("q")
    assert terminal.ends() == 0


def test_typed_questions_take_words_and_commands(deck: Path) -> None:
    """Enter hands in on the last; :hand and :quit are commands; what was typed before stands there again."""
    terminal = Terminal(deck, "--kind", "recall")
    terminal.sees("enter begins")
    terminal.keys("\r")
    terminal.sees("type · enter hand in")
    terminal.keys(":leave\r")
    terminal.sees("There is no command :leave; F1")
    terminal.keys(":quit\r")
    terminal.sees("Leave the exam")
    terminal.keys("n")
    terminal.sees("type")
    terminal.keys("30 g\t")
    terminal.sees("› 30 g")
    terminal.keys("\x1b[D\x1b[D0")  # a nought before the unit
    terminal.sees("300▏ g")
    terminal.keys("\r")
    terminal.sees("1 of 1 right")
    terminal.keys("q")
    assert terminal.ends() == 0


class Clock:
    """Goes forward by so many milliseconds at every look, or stands still."""

    def __init__(self, step: int = 0) -> None:
        self.now, self.step = 0, step

    def __call__(self) -> int:
        self.now += self.step
        return self.now


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(1_200_000, "20 min left"), (1_140_001, "20 min left"), (60_001, "2 min left"), (60_000, "60 s left")]
    + [(9_999, "10 s left"), (1, "10 s left"), (0, "0 s left"), (-5, "0 s left")],
)
def test_time_left_is_rounded_up_and_runs_in_few_steps(milliseconds: int, words: str) -> None:
    """A clock that ticks every second would draw the eye."""
    assert time_left(milliseconds) == words


def test_the_time_runs_from_the_start_and_may_have_no_limit() -> None:
    """Reading the page before the exam costs nothing."""
    clock = Clock()
    timer, endless = Timer(2, clock), Timer(0, clock)
    endless.start()
    clock.now = 500_000
    assert (timer.left, timer.words) == (None, "")
    timer.start()
    clock.now = 560_000
    assert (timer.left, timer.words) == (60_000, "60 s left")
    assert endless.left is None


@pytest.fixture
def sheet(deck_of: Callable[..., Deck]) -> tuple[Sheet, Deck]:
    material = Material(Knowledge(deck_of(MORE, frame=DECK)))
    return Sheet.of(compose(material, cards(material), 3, 1, kinds=("sort",))), material.deck


HEADING = Heading("ducks", "Ducks", "1.0.0", 1, 20, "ducks", "quiz exam ducks --seed 1")


def test_the_keyboard_asks_for_a_new_drawing_and_tells_when_time_is_up() -> None:
    """Keys come as they are; where the words for the time left have changed, redraw; at the end, an exception."""
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w") as out:
        clock = Clock()
        timer = Timer(1, clock)
        keyboard = TimedKeyboard(theirs, out)
        with keyboard:
            keyboard.timer = timer
            timer.start()
            os.write(ours, b"a")
            assert keyboard.read().name == "a"
            clock.now, clock.step = 59_980, 1
            os.write(ours, b"b")
            assert keyboard.read().name == "b"
            with pytest.raises(TimeIsUpError):
                while True:
                    assert keyboard.read().name == "redraw"
    os.close(ours)


class Fingers:
    """A keyboard that has certain keys pressed, and then no time is left."""

    timer: Timer | None = None

    def __init__(self, keys: Iterable[Key]) -> None:
        self.keys = deque(keys)

    def read(self, timeout: float | None = None) -> Key:
        if not self.keys:
            raise TimeIsUpError
        return self.keys.popleft()


def test_at_the_end_of_the_time_what_was_answered_is_handed_in(sheet: tuple[Sheet, Deck]) -> None:
    """The exam ends with what is on the sheet."""
    fingers = Fingers([Key("enter"), Key("b", "b"), Key("enter")])
    room = ScreenRoom(sheet[0], HEADING, Timer(20, Clock()), fingers, StringIO(), Style(False))  # type: ignore[arg-type]
    assert room.sit()
    assert room.sheet.open == (1, 2)
    assert fingers.timer is None


def test_words_half_typed_when_time_is_up_are_taken(deck_of: Callable[..., Deck]) -> None:
    """What stands in the line is the reply."""
    material = Material(Knowledge(deck_of(MORE, frame=DECK)))
    typed = Sheet.of(compose(material, cards(material), 3, 1, kinds=("recall",)))
    fingers = Fingers([Key("enter"), *(Key(each, each) for each in "300 g")])
    room = ScreenRoom(typed, HEADING, Timer(20, Clock()), fingers, StringIO(), Style(False))  # type: ignore[arg-type]
    assert room.sit()
    [reply] = room.sheet.replies
    assert reply is not None
    assert reply.typed == "300 g"


def test_time_is_counted_for_each_question_over_all_looks(sheet: tuple[Sheet, Deck]) -> None:
    """Going back adds to the time of a question, and the log has the sum."""
    clock = Clock()
    room = LineRoom(sheet[0], HEADING, Timer(0, clock), StringIO(), lambda line: None)
    for place, seconds in ((0, 3), (1, 4), (0, 5)):
        room.go(place)
        room.give(room.reply or Reply(chosen=0))
        clock.now += 1000 * seconds
    room.count_time()
    assert [reply.took if reply else None for reply in room.sheet.replies] == [8000, 4000, None]


def test_an_answer_after_the_time_is_not_taken(sheet: tuple[Sheet, Deck]) -> None:
    """Line by line, where nothing can interrupt the typing, the limit is looked at after each line."""
    said: list[str] = []
    clock = Clock(20_000)
    room = LineRoom(sheet[0], HEADING._replace(minutes=1), Timer(1, clock), StringIO("a\nb\nc\n" * 9), said.append)
    assert room.sit()
    assert said[-1] == TIME_IS_UP
    assert room.sheet.open


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_screen(sheet: tuple[Sheet, Deck], columns: int) -> None:
    """From a very narrow screen to a very wide one."""
    page = Page(columns, Style(False))
    lines = [header(HEADING, sheet[0], 0, "20 min left", page), *opening(HEADING, 3, page), *key_list(page)]
    lines += question_lines(sheet[0].items[0].question, Reply(chosen=0), page)
    assert max(map(width, lines)) <= columns
