"""A sitting on a terminal: one question on a screen, one key answers, feedback on the same screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TextIO

from quiz.desk import Desk
from quiz.memory import Confidence
from quiz.questions.model import Question
from quiz.session import Answered, Reply, Turn
from quiz.terminal import text
from quiz.terminal.keyparser import Key
from quiz.terminal.keys import Keyboard
from quiz.terminal.style import Style, clip, safe, width

SCROLLING = {"up": -1, "down": 1, "pgup": -8, "pgdn": 8}
CLEAR = "\x1b[H\x1b[2J"
CHOOSE = "{letters} choose · capital = sure · s suspend · u undo · ? keys · q quit"
TYPE = "type, then enter · empty = I don't know · :help · :undo · :suspend · :quit"


class Screen:
    """Runs a sitting on a terminal until it is over or the learner quits."""

    def __init__(
        self, desk: Desk, keyboard: Keyboard, out: TextIO, style: Style, title: str, clock: Callable[[], int]
    ) -> None:
        """``clock`` gives milliseconds."""
        self.desk = desk
        self.keyboard = keyboard
        self.out = out
        self.style = style
        self.title = title
        self.clock = clock
        self._shown = 0
        self._explaining = False
        self._notice = ""

    def run(self) -> None:
        """Hold the sitting. Raises KeyboardInterrupt on Ctrl-C."""
        while (question := self.desk.question()) is not None:
            turn = self.desk.sitting.turn
            assert turn is not None
            reply = self._ask(question)
            match reply:
                case "quit":
                    return
                case "undo":
                    self._undo()
                case "suspend":
                    self._suspend(turn)
                case Reply():
                    if not self._explain(self.desk.reply(question, reply)):
                        return

    # asking

    def _ask(self, question: Question) -> Reply | str:
        """The reply to a question, or "quit", "undo" or "suspend"."""
        self._shown, self._explaining = self.clock(), False
        return self._ask_choice(question) if question.options else self._ask_typed(question)

    def _took(self) -> int:
        return max(0, self.clock() - self._shown)

    def _ask_choice(self, question: Question) -> Reply | str:
        commands = {"q": "quit", "ctrl-d": "quit", "u": "undo", "s": "suspend"}
        footer = CHOOSE.format(letters=f"a–{text.LETTERS[len(question.options) - 1]}")

        def body(page: text.Page) -> list[str]:
            return [*text.stem(question, page), *text.options(question, page)]

        while True:
            key = self._key(body, footer)
            index = text.option_meant(question, key.name)
            if index is not None:
                confidence = Confidence.SURE if key.name.isupper() else Confidence.PLAIN
                return Reply(chosen=index, confidence=confidence, took=self._took())
            if key.name in commands:
                return commands[key.name]

    def _ask_typed(self, question: Question) -> Reply | str:
        typed = ""

        def body(page: text.Page) -> list[str]:
            tail = typed
            while width(tail) > page.measure - 6:
                tail = tail[1:]
            return [*text.stem(question, page), f"   › {safe(tail)}▏"]

        while True:
            key = self._key(body, TYPE, typing=True)
            if key.name == "enter":
                command = typed.strip()
                if not command.startswith(":"):
                    return Reply(typed=command, took=self._took())
                if command[1:] in ("undo", "suspend", "quit"):
                    return command[1:]
                if command == ":help":
                    self._help()
                else:
                    self._notice = f"There is no command {command}; :help lists the keys."
                typed = ""
            if key.name == "ctrl-d":
                return "quit"
            if key.name == "backspace":
                typed = typed[:-1]
            elif key.name == "ctrl-u":
                typed = ""
            elif key.text and key.name != "tab":
                typed = (typed + safe(key.text))[: text.LONGEST_REPLY]

    # explaining

    def _explain(self, answered: Answered) -> bool:
        """Show the feedback until the learner goes on. False when the learner quits."""
        others, self._explaining = False, True
        deck = self.desk.material(answered.turn).deck
        while True:

            def body(page: text.Page, answered: Answered = answered, others: bool = others) -> list[str]:
                head = [*text.stem(answered.question, page), *text.marked_options(answered, page), ""]
                return [*head, *text.feedback(answered, deck, page, others=others)]

            key = self._key(body, self._after(answered))
            revised: Answered | None = None
            match key.name:
                case "enter" | " " | "right":
                    return True
                case "q" | "ctrl-d":
                    return False
                case "g":
                    revised = self.desk.guessed()
                case "y" | "x":
                    revised = self.desk.judged(key.name == "y")
                case "o":
                    others = not others
                case "u":
                    self._undo()
                    return True
                case "s":
                    self._suspend(answered.turn)
                    return True
            answered = revised or answered

    @staticmethod
    def _after(answered: Answered) -> str:
        """The keys that make sense now."""
        hints = ["enter next"]
        if answered.mark.right and answered.reply.confidence is not Confidence.GUESSED:
            hints.append("g I guessed")
        if answered.mark.right is None:
            hints += ["y count it right", "x count it wrong"]
        if text.has_more_reasons(answered.question):
            hints.append("o other options")
        return " · ".join([*hints, "s suspend", "u undo", "? keys", "q quit"])

    def _undo(self) -> None:
        self._notice = "Undone." if self.desk.undo() else "There is nothing to undo."

    def _suspend(self, turn: Turn) -> None:
        self.desk.suspend(turn)
        self._notice = "Suspended: that card is not asked again. Undo takes it back."

    # the screen

    def _key(self, body: Callable[[text.Page], list[str]], footer: str, *, typing: bool = False) -> Key:
        """Draw, and wait for a key that is not about the drawing: scrolling, redrawing and help are done here."""
        top = 0
        while True:
            top = self._draw(body, footer, top)
            key = self.keyboard.read()
            if key.name == "ctrl-c":
                raise KeyboardInterrupt
            if key.name == "end":
                return Key("ctrl-d")
            if key.name == "paste" and not typing:
                continue  # pasted text is no answer
            if key.name == "?" and not typing:
                self._help()
            elif key.name in SCROLLING:
                top += SCROLLING[key.name]
            elif key.name != "redraw":
                self._notice = ""
                return key

    def _help(self) -> None:
        top = 0
        while True:
            top = self._draw(text.key_list, "any key goes back", top)
            key = self.keyboard.read()
            if key.name == "ctrl-c":
                raise KeyboardInterrupt
            if key.name in SCROLLING:
                top += SCROLLING[key.name]
            elif key.name != "redraw":
                return

    def _size(self) -> tuple[int, int]:
        """Columns and rows of the terminal; not those of the environment, which does not hear of a resize."""
        try:
            columns, rows = os.get_terminal_size(self.out.fileno())
        except OSError:
            return 80, 24
        return (columns, rows) if columns and rows else (80, 24)

    def _draw(self, body: Callable[[text.Page], list[str]], footer: str, top: int) -> int:
        """Draw a screen from line ``top`` of the body on; returns ``top`` as far as the body allows it."""
        columns, rows = self._size()
        page = text.Page(columns, self.style)
        lines = body(page)
        foot = [*text.notice(self._notice, page), *text.footer(footer, page, rows)]
        room = max(1, rows - 2 - len(foot))
        top = max(0, min(top, len(lines) - room))
        shown = lines[top : top + room]
        if top + room < len(lines):
            shown[-1] = self.style.dim(clip(" ↓ more", columns))
        if top > 0:
            shown[0] = self.style.dim(clip(" ↑ more", columns))
        filler = [""] * max(0, min(room, 3 + len(lines)) - len(shown) - 2)
        head = text.header(self.title, self.desk.sitting, page, explaining=self._explaining)
        self.out.write(CLEAR + "\n".join([head, *shown, *filler, "", *foot]))
        self.out.flush()
        return top
