"""An exam on a screen: questions back and forth until they are handed in, or until time is up."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TextIO

from quiz.deck import Deck
from quiz.exam import Heading, Score, Sheet
from quiz.memory import Confidence
from quiz.questions.model import Question
from quiz.session import Answered, Reply
from quiz.terminal import examtext
from quiz.terminal.canvas import Body, Canvas
from quiz.terminal.examtext import numbers
from quiz.terminal.keyparser import REDRAW, Key
from quiz.terminal.keys import Keyboard
from quiz.terminal.line import Line
from quiz.terminal.style import Style, clip, safe, wrap
from quiz.terminal.text import LONGEST_REPLY, Page, choices, option_meant, stem

Clock = Callable[[], int]
"""A clock that only goes forward, in milliseconds."""

TIME_IS_UP = "Time is up: what was answered is handed in."


class TimeIsUpError(Exception):
    """The time of an exam is over."""


class Timer:
    """The time of an exam: none has passed before it is started."""

    def __init__(self, minutes: int, clock: Clock) -> None:
        """0 minutes set no limit."""
        self.clock = clock
        self._limit = minutes * 60_000
        self._end: int | None = None

    def start(self) -> None:
        """Let the time run."""
        if self._limit:
            self._end = self.clock() + self._limit

    @property
    def left(self) -> int | None:
        """The milliseconds left; None where there is no limit, or the time does not run yet."""
        return None if self._end is None else self._end - self.clock()

    @property
    def words(self) -> str:
        """The same in words; empty where there is no limit."""
        return "" if self.left is None else examtext.time_left(self.left)


class TimedKeyboard(Keyboard):
    """A keyboard that asks for a new drawing when the time left has changed, and raises TimeIsUpError at the end."""

    timer: Timer | None = None

    def read(self, timeout: float | None = None) -> Key:
        """The next key, as of any keyboard."""
        if self.timer is None:
            return super().read(timeout)
        words = self.timer.words
        while (left := self.timer.left) is not None:
            if left <= 0:
                raise TimeIsUpError
            key = super().read(min(1.0, left / 1000))
            if key.name != "timeout":
                return key
            if self.timer.words != words:
                return REDRAW
        return super().read(timeout)


class ExamCanvas(Canvas):
    """A screen with the keys of an exam."""

    def help(self) -> None:
        """Show them until a key is pressed."""
        self.key(examtext.key_list, "any key goes back")


class Room(ABC):
    """The sheet that is being filled in, question by question."""

    def __init__(self, sheet: Sheet, heading: Heading, timer: Timer) -> None:
        self.sheet = sheet
        self.heading = heading
        self.timer = timer
        self.place = 0
        self._shown = timer.clock()
        self._took = [0] * len(sheet.items)

    @property
    def question(self) -> Question:
        """The question at the present place."""
        return self.sheet.items[self.place].question

    @abstractmethod
    def sit(self) -> bool:
        """Hold the exam. False when it is dropped; raises KeyboardInterrupt on Ctrl-C."""

    @abstractmethod
    def show(self, score: Score, answered: Sequence[Answered], deck: Deck) -> None:
        """Show the score, then every question that was not right."""

    @property
    def reply(self) -> Reply | None:
        """What was replied to it so far."""
        return self.sheet.replies[self.place]

    def give(self, reply: Reply | None) -> None:
        """Reply to the question at the present place; None leaves it open."""
        self.sheet = self.sheet.reply(self.place, reply)

    def go(self, place: int) -> None:
        """Go to another place, the nearest there is; the time at this one is kept with its reply."""
        self.count_time()
        self.place = max(0, min(place, len(self.sheet.items) - 1))

    def count_time(self) -> None:
        """Add the time since the question was shown to that of earlier looks at it."""
        now = self.timer.clock()
        self._took[self.place] += max(0, now - self._shown)
        self._shown = now
        if self.reply is not None:
            self.give(self.reply._replace(took=self._took[self.place]))


class ScreenRoom(Room):
    """An exam on a screen."""

    def __init__(
        self, sheet: Sheet, heading: Heading, timer: Timer, keyboard: TimedKeyboard, out: TextIO, style: Style
    ) -> None:
        super().__init__(sheet, heading, timer)
        self._keyboard = keyboard
        self._canvas = ExamCanvas(keyboard, out, style, self._head)
        self._title = ""
        self._draft = Line()

    def sit(self) -> bool:
        """Hold the exam. False when it is dropped; raises KeyboardInterrupt on Ctrl-C."""
        self._title = " Before the exam"
        opening = lambda page: examtext.opening(self.heading, len(self.sheet.items), page)  # noqa: E731
        while (key := self._canvas.key(opening, "enter begins · ? keys · q leave").name) not in ("enter", " "):
            if key in ("q", "ctrl-d"):
                return False
        self._title = ""
        self._keyboard.timer = self.timer
        self.timer.start()
        self._shown = self.timer.clock()
        try:
            while (kept := self._step()) is None:
                pass
        except TimeIsUpError:
            if self._draft.text.strip():
                self._keep_draft()
            kept = True
            self._canvas.notice = TIME_IS_UP
        finally:
            self._keyboard.timer = None
            self.count_time()
        return kept

    def _head(self, page: Page) -> str:
        if self._title:
            return page.style.dim(clip(safe(self._title), page.columns - 1))
        return examtext.header(self.heading, self.sheet, self.place, self.timer.words, page)

    def _step(self) -> bool | None:
        """One key at one question. True to hand in, False to drop, None to go on."""
        action = self._choose() if self.question.options else self._type()
        match action:
            case "next" if self.place == len(self.sheet.items) - 1:
                return self._hand_in()
            case "next" | "right":
                self.go(self.place + 1)
            case "left":
                self.go(self.place - 1)
            case "hand":
                return self._hand_in()
            case "quit":
                return self._leave()
        return None

    def _is_last(self) -> bool:
        return self.place == len(self.sheet.items) - 1

    def _choose(self) -> str:
        onward = "enter hand in" if self._is_last() else "enter next"
        hints = f"{choices(self.question)} choose · {onward} · ← → go"
        key = self._canvas.key(self._body, f"{hints} · h hand in · ? keys · q leave")
        index = option_meant(self.question, key.name)
        if index is not None:
            confidence = Confidence.SURE if key.name.isupper() else Confidence.PLAIN
            self.give(Reply(chosen=index, confidence=confidence))
        elif key.name == "backspace":
            self.give(None)
        names = {"enter": "next", " ": "next", "tab": "right", "shift-tab": "left", "h": "hand"}
        names |= {"right": "right", "left": "left", "q": "quit", "escape": "quit", "ctrl-d": "quit"}
        return names.get(key.name, "")

    def _body(self, page: Page) -> list[str]:
        return examtext.question_lines(self.question, self.reply, page)

    def _type(self) -> str:
        self._draft = Line(self.reply.typed if self.reply else "")
        onward = "enter hand in" if self._is_last() else "enter next"
        hints = f"type · {onward} · tab on · shift-tab back · F1 keys · :hand · :quit"
        names = {"enter": "next", "tab": "right", "shift-tab": "left", "escape": "quit", "ctrl-d": "quit"}

        def body(page: Page) -> list[str]:
            return [*stem(self.question, page), f" › {self._draft.shown(page.measure - 4)}"]

        while True:
            key = self._canvas.key(body, hints, typing=True)
            command = self._draft.text.strip()
            if key.name == "enter" and command.startswith(":"):
                self._draft = Line()
                if command in (":hand", ":quit"):
                    return command[1:]
                self._canvas.notice = f"There is no command {command}; F1 lists the keys."
                continue
            if key.name in names:
                self._keep_draft()
                return names[key.name]
            self._draft = self._draft.typed(key, LONGEST_REPLY)

    def _keep_draft(self) -> None:
        """Take what was typed as the reply."""
        if not self.question.options:
            typed = self._draft.text.strip()
            self.give(Reply(typed=typed) if typed and not typed.startswith(":") else None)

    def _hand_in(self) -> bool | None:
        """True where nothing is open, or the learner hands in all the same."""
        if not self.sheet.open:
            return True
        said = f"Still open: {numbers(self.sheet.open)}. Hand in all the same?"
        return True if self._asked(said, "y hand in · n go on", "y") else None

    def _leave(self) -> bool | None:
        done = len(self.sheet.items) - len(self.sheet.open)
        said = f"Leave the exam? {done} of {len(self.sheet.items)} answered. What is dropped is not kept."
        key = self._asked(said, "h hand in · d drop it · n go on", "hd")
        return {"h": True, "d": False}.get(key)

    def _asked(self, said: str, hints: str, keys: str) -> str:
        """The key with which a question beside the exam was answered; empty for going on."""
        body: Body = lambda page: ["", *wrap(said, page.measure, indent=" ", hanging=" ")]  # noqa: E731
        while True:
            key = self._canvas.key(body, hints).name
            if key in keys or key == "ctrl-d":
                return key if key in keys else keys[0]  # at the end of input as well, when nobody can answer any more
            if key in ("n", "escape", "enter", "left"):
                return ""

    def show(self, score: Score, answered: Sequence[Answered], deck: Deck) -> None:
        """Show the score, then every question that was not right, one on a screen."""
        wrong = [place for place, each in enumerate(answered) if not each.mark.right]
        at = -1  # the score
        while at < len(wrong):

            def body(page: Page, at: int = at) -> list[str]:
                if at < 0:
                    return ["", *examtext.score_lines(score, self.heading, deck, page)[2:]]
                place = wrong[at]
                left_open = self.sheet.replies[place] is None
                return examtext.mistake_lines(place + 1, answered[place], deck, page, left_open=left_open)

            what = f"Not right: {at + 1}/{len(wrong)}" if at >= 0 else "Score"
            self._title = f" {what} · {examtext.named(self.heading)}"
            onward = f"enter what was not right ({len(wrong)})" if at < 0 and wrong else "enter next"
            hints = [onward if at < len(wrong) - 1 else "enter done", *(["← back"] if at >= 0 else []), "q done"]
            match self._canvas.key(body, " · ".join(hints)).name:
                case "enter" | " " | "right" | "tab":
                    at += 1
                case "left" | "shift-tab":
                    at = max(-1, at - 1)
                case "q" | "ctrl-d" | "escape":
                    return
