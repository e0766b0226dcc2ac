"""An exam line by line, for scripts and screen readers: the same as on a screen, by commands instead of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO

from quiz.deck import Deck
from quiz.exam import Heading, Score, Sheet
from quiz.memory import Confidence
from quiz.session import Answered, Reply
from quiz.terminal import examtext
from quiz.terminal.examroom import TIME_IS_UP, Room, Timer
from quiz.terminal.examtext import numbers
from quiz.terminal.plain import BYTE_ORDER_MARK
from quiz.terminal.style import Style, safe
from quiz.terminal.text import LETTERS, LONGEST_REPLY, Page, option_meant

PLAIN = Page(100, Style(False))
"""Where there is no screen."""

LINE_HELP = """\
a, b, c …   choose an option (t and f too for true and false); a capital letter says that you are sure
words       in a typed question: the reply
            an empty line goes on to the next question and leaves this one as it is
:back       the question before; :go 3 goes to question 3
:open       leave this question open again
:hand       hand in; so does the end of input
:drop       leave without handing in; nothing is kept"""


class LineRoom(Room):
    """An exam line by line, for scripts and screen readers."""

    def __init__(
        self, sheet: Sheet, heading: Heading, timer: Timer, read: TextIO, write: Callable[[str], None]
    ) -> None:
        """``write`` takes a line without its line end."""
        super().__init__(sheet, heading, timer)
        self._read = read
        self._write = write

    def sit(self) -> bool:
        """Hold the exam. False when it is dropped; Ctrl-C raises KeyboardInterrupt."""
        for line in examtext.opening(self.heading, len(self.sheet.items), PLAIN):
            self._write(line.strip())
        self._write("One answer a line; :help lists the commands.")
        self.timer.start()
        self._shown = self.timer.clock()
        self._show()
        while True:
            line = self._read.readline()
            if self.timer.left is not None and self.timer.left <= 0:
                self._write(TIME_IS_UP)
                break
            said = line.rstrip("\r\n").lstrip(BYTE_ORDER_MARK).strip()
            if not line or said == ":hand":
                break
            if said == ":drop":
                return False
            self._take(said)
        self.count_time()
        return True

    def _take(self, said: str) -> None:
        command, _, number = said.partition(" ")
        match command:
            case ":back":
                self._move(self.place - 1)
            case ":go" if number.isascii() and number.isdigit() and 1 <= int(number) <= len(self.sheet.items):
                self._move(int(number) - 1)
            case ":go":
                self._write(f"Which question? For example :go 1, up to :go {len(self.sheet.items)}.")
            case ":open":
                self.give(None)
                self._write(f"Question {self.place + 1} is open again.")
            case ":quit":
                self._write(":hand hands in what you answered; :drop leaves, and nothing is kept.")
            case ":help":
                self._write(LINE_HELP)
            case _ if said.startswith(":"):
                self._write(f"There is no command {safe(command)}; :help lists them.")
            case _ if self._answered(said):
                self._onward()
            case _:
                last = LETTERS[len(self.question.options) - 1]
                self._write(f"Please answer with a letter from a to {last}, an empty line to go on, or :help.")

    def _answered(self, said: str) -> bool:
        """Take a line as the reply; an empty one changes nothing. False where a letter was wanted and none came."""
        index = option_meant(self.question, said)
        if said and self.question.options:
            if index is None:
                return False
            self.give(Reply(chosen=index, confidence=Confidence.SURE if said.isupper() else Confidence.PLAIN))
        elif said:
            self.give(Reply(typed=said[:LONGEST_REPLY]))
        return True

    def _onward(self) -> None:
        if self.place < len(self.sheet.items) - 1:
            self._move(self.place + 1)
            return
        self.count_time()
        left = f"Still open: {numbers(self.sheet.open)}." if self.sheet.open else "All are answered."
        self._write(f"That was the last question. {left} :hand hands in, :go 1 goes back to the first.")

    def _move(self, place: int) -> None:
        self.go(place)
        self._show()

    def _show(self) -> None:
        self._write("")
        left = f" · {self.timer.words}" if self.timer.words else ""
        self._write(f"Question {self.place + 1} of {len(self.sheet.items)}{left}")
        self._write(safe(self.question.stem))
        for index, (letter, option) in enumerate(zip(LETTERS, self.question.options, strict=False)):
            chosen = " (your choice)" if self.reply is not None and self.reply.chosen == index else ""
            self._write(f"  {letter}) {safe(option.text)}{chosen}")
        if self.reply is not None and not self.question.options:
            self._write(f"You typed: {safe(self.reply.typed)}")

    def show(self, score: Score, answered: Sequence[Answered], deck: Deck) -> None:
        """The score, then every question that was not right."""
        for line in ("", *examtext.score_lines(score, self.heading, deck, PLAIN)):
            self._write(line.strip())
        for place, each in enumerate(answered):
            if not each.mark.right:
                left_open = self.sheet.replies[place] is None
                for line in examtext.mistake_in_words(place + 1, each, deck, left_open=left_open):
                    self._write(line)
