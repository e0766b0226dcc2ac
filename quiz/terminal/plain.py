"""A sitting without a terminal: one response a line, plain text out, so that it can be scripted and read aloud."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from quiz.citation import spelled
from quiz.desk import Desk
from quiz.memory import Confidence
from quiz.questions.model import Question
from quiz.session import Answered, Reply
from quiz.terminal.style import safe
from quiz.terminal.text import LETTERS, LONGEST_REPLY, option_meant, slip_of

BYTE_ORDER_MARK = "\ufeff"
"""Some programs begin their output with it."""

HELP = """\
a, b, c …   choose an option (t and f too for true and false); a capital letter says that you are sure
words       in a typed question: the reply; an empty line says "I don't know"
:guess      the latest response was a guess: it counts as Again
:right      count the latest typed reply right; :wrong counts it wrong
:undo       take the latest response back
:suspend    never ask this card again
:quit       end the sitting; everything answered is kept"""


def run(desk: Desk, read: TextIO, write: Callable[[str], None], clock: Callable[[], int]) -> None:
    """Hold the sitting until it is over, ``:quit`` or the end of input.

    ``write`` takes a line without its line end; ``clock`` gives milliseconds.
    """
    while True:
        question = desk.question()
        if question is None:
            if not _after_the_last(desk, read, write):
                return
            continue
        _show(desk, question, write)
        started = clock()
        while True:
            line = read.readline()
            if not line or line.strip() == ":quit":
                return
            text = line.rstrip("\r\n").lstrip(BYTE_ORDER_MARK)
            if text.strip().startswith(":"):
                if _command(desk, text.strip(), write):
                    break
                continue
            reply = _reply(question, text, max(0, clock() - started))
            if reply is None:
                last = LETTERS[len(question.options) - 1]
                write(f"Please answer with a letter from a to {last}, or :help.")
                continue
            _explain(desk, desk.reply(question, reply), write)
            break


def _after_the_last(desk: Desk, read: TextIO, write: Callable[[str], None]) -> bool:
    """Commands after the last question, so that it too can be undone. True when there is a question again."""
    write("That was the last question. :undo takes the latest response back, :quit ends the sitting.")
    for line in read:
        command = line.strip()
        if command == ":quit":
            return False
        if command.startswith(":") and _command(desk, command, write):
            return True
    return False


def _show(desk: Desk, question: Question, write: Callable[[str], None]) -> None:
    sitting = desk.sitting
    total = len(sitting.answered) + len(sitting.waiting)
    again = " (again, as practice)" if sitting.turn and sitting.turn.practice else ""
    write("")
    write(f"Question {len(sitting.answered) + 1} of {total}{again}")
    write(safe(question.stem))
    for letter, option in zip(LETTERS, question.options, strict=False):
        write(f"  {letter}) {safe(option.text)}")


def _reply(question: Question, text: str, took: int) -> Reply | None:
    """The reply that a line stands for; None where a letter was wanted and something else came."""
    if not question.options:
        return Reply(typed=text.strip()[:LONGEST_REPLY], took=took)
    letter = text.strip()
    index = option_meant(question, letter)
    if index is None:
        return None
    confidence = Confidence.SURE if letter.isupper() else Confidence.PLAIN
    return Reply(chosen=index, confidence=confidence, took=took)


def _command(desk: Desk, command: str, write: Callable[[str], None]) -> bool:
    """Carry out a command. True when another turn is next now: a reply may only go to the question that was shown."""
    turn = desk.sitting.turn
    match command[1:].lower():
        case "undo":
            write("Undone." if desk.undo() else "There is nothing to undo.")
        case "suspend" if turn:
            desk.suspend(turn)
            write("Suspended: this card will not be asked again. :undo takes that back.")
        case "suspend":
            write("There is no card to suspend.")
        case "guess":
            guessed = desk.guessed()
            write("Counted as a guess: it comes back soon." if guessed else "Only a right response can be a guess.")
        case ("right" | "wrong") as word:
            judged = desk.judged(word == "right")
            write(f"Counted as {word}." if judged else f"Only a typed reply not counted {word} so far can be.")
        case "help":
            write(HELP)
        case _:
            write(f"There is no command {safe(command)}; :help lists them.")
    return desk.sitting.turn != turn


def _explain(desk: Desk, answered: Answered, write: Callable[[str], None]) -> None:
    question, reply = answered.question, answered.reply
    deck = desk.material(answered.turn).deck
    uncited = "Not what this deck cites, so not rated (:right if yours means the same, :wrong if not)."
    opening = {True: "Right.", False: "Wrong.", None: uncited}
    practice = " (practice)" if answered.turn.practice else ""
    write(opening[answered.mark.right] + practice)
    shown = []
    if question.options:
        key = question.options[question.key]
        write(f"Key: {LETTERS[question.key]}) {safe(key.text)}")
        write(f"Why: {safe(key.reason.text)}")
        shown = [*key.cites]
        if reply.chosen is not None and reply.chosen != question.key:
            chosen = question.options[reply.chosen]
            if chosen.reason.text != key.reason.text:
                write(f"Why not {LETTERS[reply.chosen]}: {safe(chosen.reason.text)}")
                shown += chosen.cites
    else:
        write(f"The deck has: {safe(question.accepts[0])}")
        if slip := slip_of(answered, deck):
            write(f"A slip of the pen: {slip} (:wrong if you meant another word)")
        write(f"Why: {safe(question.explanation)}")
        shown = [*question.cites]
    write(f"Source: {safe(spelled(deck, dict.fromkeys(shown)))}")
