"""A sitting on a terminal: one question on a screen, one key answers, feedback on the same screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO

from quiz.desk import Desk
from quiz.memory import Confidence
from quiz.questions.model import Question
from quiz.session import Answered, Reply, Turn
from quiz.terminal import text
from quiz.terminal.canvas import Body, Canvas
from quiz.terminal.keys import Keyboard
from quiz.terminal.style import Style, safe, wrap

CHOOSE = "{letters} choose · capital = sure · ! flag · s suspend · u undo · ? keys · q quit"
TYPE = "type, then enter · empty = I don't know · F1 keys · :quit"
RECALL = "type, then enter · tab shows the options · F1 keys · :quit"
EDIT = "enter keeps it · escape leaves it as it was · F1 keys"
NOT_HERE = "That key does nothing here; ? shows all keys."
STEPS = {"q": "quit", "ctrl-d": "quit", "u": "undo", "s": "suspend"}
REMARKS = {"n": "note", "!": "flag"}


class Screen:
    """Runs a sitting on a terminal until it is over or the learner quits."""

    def __init__(
        self, desk: Desk, keyboard: Keyboard, out: TextIO, style: Style, title: str, clock: Callable[[], int]
    ) -> None:
        """``clock`` gives milliseconds."""
        self.desk = desk
        self.title = title
        self.clock = clock
        self.canvas = Canvas(keyboard, out, style, self._head, desk.look_ahead)
        self._shown = 0
        self._explaining = False

    def _head(self, page: text.Page) -> str:
        return text.header(self.title, self.desk.sitting, page, explaining=self._explaining)

    def run(self) -> None:
        """Hold the sitting. Raises KeyboardInterrupt on Ctrl-C."""
        while (question := self.desk.question()) is not None:
            turn = self.desk.sitting.turn
            assert turn is not None
            reply = self._ask(question, turn)
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

    def _ask(self, question: Question, turn: Turn) -> Reply | str:
        """The reply to a question, or "quit", "undo" or "suspend"."""
        self._shown, self._explaining = self.clock(), False
        if not question.options:
            return self._ask_typed(question, turn)
        return self._ask_recall(question, turn) if turn.recall else self._ask_choice(question, turn)

    def _took(self) -> int:
        return max(0, self.clock() - self._shown)

    def _ask_choice(self, question: Question, turn: Turn, typed: str = "") -> Reply | str:
        """A reply by letter; ``typed`` are words that named none of the options, or more than one."""

        def body(page: text.Page) -> list[str]:
            return [*text.stem(question, page), *text.options(question, page), *text.not_among(typed, page)]

        footer = CHOOSE.format(letters=text.choices(question))
        while True:
            key = self.canvas.key(body, footer)
            index = text.option_meant(question, key.name)
            if index is not None:
                confidence = Confidence.SURE if key.name.isupper() else Confidence.PLAIN
                return Reply(chosen=index, typed=typed, confidence=confidence, took=self._took())
            if key.name in STEPS:
                return STEPS[key.name]
            if key.name in REMARKS:
                self._remark(REMARKS[key.name], turn, body)
            else:
                self.canvas.notice = NOT_HERE

    def _ask_recall(self, question: Question, turn: Turn) -> Reply | str:
        """A reply in words to a question with options, which are shown on demand, or where the words name none."""
        wanted = "Answer in your own words; tab shows the options."

        def body(page: text.Page) -> list[str]:
            return [*text.stem(question, page), *wrap(wanted, page.measure, " ", " ")]

        how, words = self._words(body, RECALL, turn, ends=("enter", "tab"))
        if how in STEPS.values():
            return how
        if how == "enter" and words:
            return self.desk.recalled(question, words, self._took()) or self._ask_choice(question, turn, words)
        return self._ask_choice(question, turn)

    def _ask_typed(self, question: Question, turn: Turn) -> Reply | str:
        leeway = text.tolerance(question, self.desk.material(turn).deck)

        def body(page: text.Page) -> list[str]:
            told = wrap(leeway, page.measure, " ", " ") if leeway else []
            return [*text.stem(question, page), *map(page.style.dim, told)]

        how, words = self._words(body, TYPE, turn)
        return how if how in STEPS.values() else Reply(typed=words, took=self._took())

    def _words(self, body: Body, footer: str, turn: Turn, ends: Sequence[str] = ("enter",)) -> tuple[str, str]:
        """The key that handed words in, and the words; or what a command asks for: quit, undo, suspend, tab."""
        while True:
            how, words = self.canvas.line(body, footer, text.LONGEST_REPLY, ends=ends)
            if how == "ctrl-d":
                return "quit", ""
            if how != "enter" or not words.startswith(":"):
                return how, words
            command, _, said = words[1:].partition(" ")
            if command in STEPS.values():
                return command, ""
            if command == "options" and "tab" in ends:
                return "tab", ""
            if command == "help":
                self.canvas.help()
            elif command in REMARKS.values():
                self._remark(command, turn, body, said)
            else:
                self.canvas.notice = f"There is no command :{command} here; :help lists the keys."

    # explaining

    def _explain(self, answered: Answered) -> bool:
        """Show the feedback until the learner goes on. False when the learner quits."""
        others, self._explaining = False, True
        start = len(text.stem(answered.question, self.canvas.page())) - 1
        while True:

            def body(page: text.Page, answered: Answered = answered, others: bool = others) -> list[str]:
                return self._feedback(answered, page, others=others)

            key = self.canvas.key(body, self._after(answered), start=start)
            revised: Answered | None = None
            match key.name:
                case "enter" | " " | "right":
                    return True
                case "q" | "ctrl-d":
                    return False
                case "g" | "y" | "x":
                    revised = self.desk.guessed() if key.name == "g" else self.desk.judged(key.name == "y")
                    if revised is None:
                        self.canvas.notice = NOT_HERE
                case "o" if text.has_more_reasons(answered.question):
                    others = not others
                    start = self._reasons_at(answered)  # they may stand below the edge of the screen
                case "u":
                    self._undo()
                    return True
                case "s":
                    self._suspend(answered.turn)
                    return True
                case "n" | "!":
                    self._remark(REMARKS[key.name], answered.turn, body)
                case _:
                    self.canvas.notice = NOT_HERE
            answered = revised or answered

    def _reasons_at(self, answered: Answered) -> int:
        """The line of the feedback from which on the options are explained."""
        label = f"Why {text.LETTERS[answered.question.key]}"
        lines = self._feedback(answered, self.canvas.page(), others=True)
        return max((place for place, line in enumerate(lines) if label in line), default=0)

    def _feedback(self, answered: Answered, page: text.Page, *, others: bool) -> list[str]:
        material, turn = self.desk.material(answered.turn), answered.turn
        contrast: list[str] = []
        if found := self.desk.contrast(answered):
            from quiz.terminal import sidebyside  # after a mix-up only, so that the first question comes soon

            beside = (turn.card.feature or "",)
            contrast = sidebyside.lines(material, *found, page, beside)
        note = self.desk.note_on(turn)
        marked = text.marked_options(answered, page)
        head = [*text.stem(answered.question, page), *marked, *[""] * bool(marked)]
        return [*head, *text.feedback(answered, material.deck, page, others=others, contrast=contrast, note=note)]

    def _after(self, answered: Answered) -> str:
        """The keys that make sense now."""
        hints = ["enter next"]
        right, typed = answered.mark.right, not answered.question.options and answered.reply.typed
        if right and answered.reply.confidence is not Confidence.GUESSED:
            hints.append("g I guessed")
        if typed and not right:
            hints.append("y count it right")
        if typed and right is not False and not text.is_as_the_deck_has_it(answered):
            hints.append("x count it wrong")
        if text.has_more_reasons(answered.question):
            hints.append("o others")
        return " · ".join([*hints, "n note", "! flag", "s suspend", "u undo", "? keys", "q quit"])

    # what does not answer

    def _undo(self) -> None:
        self.canvas.notice = "Undone." if self.desk.undo() else "There is nothing to undo."

    def _suspend(self, turn: Turn) -> None:
        self.desk.suspend(turn)
        self.canvas.notice = "Suspended: that card is not asked again. Undo takes it back."

    def _remark(self, kind: str, turn: Turn, body: Body, said: str = "") -> None:
        """Keep a note, or a flag with what is wrong; asks for the words where none are given."""
        before = self.desk.note_on(turn) if kind == "note" else ""
        started = self.clock()
        if not said:
            label = "Your note on this card:" if kind == "note" else "What is wrong with this question?"

            def asking(page: text.Page) -> list[str]:
                return [*body(page), "", *map(page.style.strong, wrap(label, page.measure, " ", " "))]

            how, said = self.canvas.line(asking, EDIT, text.LONGEST_REMARK, before, ends=("enter", "escape"))
            self._shown += self.clock() - started  # is no time spent on the question
            if how != "enter":
                return
        if kind == "note":
            self.desk.note(turn, said)
            self.canvas.notice = "Noted." if said else "Note taken away." if before else "No note."
        elif said:
            self.desk.flag(turn, said)
            self.canvas.notice = f"Flagged: {safe(said)}"
        else:
            self.canvas.notice = "Not flagged: nothing was written."
