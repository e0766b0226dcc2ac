"""A sitting without a terminal: one response a line, plain text out, so that it can be scripted and read aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TextIO

from quiz.citation import spelled
from quiz.desk import Desk
from quiz.memory import Confidence
from quiz.questions.model import Question
from quiz.session import Answered, Reply
from quiz.terminal.style import safe
from quiz.terminal.text import (
    LETTERS,
    LONGEST_REMARK,
    LONGEST_REPLY,
    has_more_reasons,
    is_as_the_deck_has_it,
    not_known,
    option_meant,
    slip_of,
    tolerance,
)

BYTE_ORDER_MARK = "\ufeff"
"""Some programs begin their output with it."""

HELP = """\
a, b, c …   choose an option (t and f too for true and false); a capital letter says that you are sure
words       in a typed question: the reply; an empty line says "I don't know"
:options    where you are to answer in your own words first: read the options
:why        the reasons of all options of the latest question
:guess      the latest response was a guess: it counts as Again
:right      count the latest typed reply right; :wrong counts it wrong
:note TEXT  keep a note with the card, read after every response; :note alone takes it away
:flag TEXT  say what is wrong with a question; `quiz flags` lists the flags
:undo       take the latest response back, and the one before it, back to the beginning
:suspend    never ask this card again
:quit       end the sitting; everything answered is kept

:note and :flag are for the question just answered, and before the first answer for the one just asked.
:suspend is for the one just asked."""


def run(desk: Desk, read: TextIO, write: Callable[[str], None], clock: Callable[[], int]) -> None:
    """Hold the sitting until it is over, ``:quit`` or the end of input.

    ``write`` takes a line without its line end; ``clock`` gives milliseconds.
    """
    with suppress(EOFError):
        while True:
            question, turn = desk.question(), desk.sitting.turn
            if question is None or turn is None:
                _after_the_last(desk, read, write)
                continue
            recall = turn.recall and bool(question.options)
            _show(desk, question, write, recall=recall)
            desk.look_ahead()
            reply = _answer(desk, question, read, write, clock, recall=recall)
            if reply is not None:
                _explain(desk, desk.reply(question, reply), write)


def _said(desk: Desk, read: TextIO, write: Callable[[str], None], own: Sequence[str] = ()) -> str | None:
    """The next line that is no command, or one of ``own``; None once a command has made another turn the next.

    Raises EOFError at the end of input, and when the learner quits.
    """
    while line := read.readline():
        said = line.rstrip("\r\n").lstrip(BYTE_ORDER_MARK).strip()
        if said == ":quit":
            break
        if not said.startswith(":") or said in own:
            return said[:LONGEST_REPLY]
        if _command(desk, said, write):
            return None
    raise EOFError


def _after_the_last(desk: Desk, read: TextIO, write: Callable[[str], None]) -> None:
    """Commands after the last question, so that it too can be undone, until there is a question again.

    Raises EOFError at any other line: a program that answers without end must come to an end as well.
    """
    write("That was the last question. :undo takes the latest response back, any other line ends the sitting.")
    if _said(desk, read, write) is not None:
        raise EOFError


def _show(desk: Desk, question: Question, write: Callable[[str], None], *, recall: bool) -> None:
    sitting = desk.sitting
    total = len(sitting.answered) + len(sitting.waiting)
    again = " (again, as practice)" if sitting.turn and sitting.turn.returns else ""
    write("")
    write(f"Question {len(sitting.answered) + 1} of {total}{again}")
    write(safe(question.stem))
    if recall:
        write("Answer in your own words; an empty line or :options shows the options.")
    else:
        _options(question, write)
    if sitting.turn and (leeway := tolerance(question, desk.material(sitting.turn).deck)):
        write(leeway)


def _options(question: Question, write: Callable[[str], None]) -> None:
    for letter, option in zip(LETTERS, question.options, strict=False):
        write(f"  {letter}) {safe(option.text)}")


def _answer(
    desk: Desk,
    question: Question,
    read: TextIO,
    write: Callable[[str], None],
    clock: Callable[[], int],
    *,
    recall: bool,
) -> Reply | None:
    """The reply to a question; None once a command has made another turn the next. Raises EOFError as `_said` does."""
    started, typed = clock(), ""
    if recall:
        said = _said(desk, read, write, own=(":options",))
        if said is None:
            return None
        if said not in ("", ":options"):
            reply = desk.recalled(question, said, max(0, clock() - started))
            if reply is not None:
                return reply
            typed = said
            write(f"“{safe(typed)}” is not among the options as worded here. Choose one:")
        _options(question, write)
    while (said := _said(desk, read, write)) is not None:
        took = max(0, clock() - started)
        if not question.options:
            return Reply(typed=said, took=took)
        index = option_meant(question, said)
        if index is not None:
            confidence = Confidence.SURE if said.isupper() else Confidence.PLAIN
            return Reply(chosen=index, typed=typed, confidence=confidence, took=took)
        last = LETTERS[len(question.options) - 1]
        write(f"Please answer with {'a or b' if last == 'b' else f'a letter from a to {last}'}, or :help.")
    return None


def _command(desk: Desk, command: str, write: Callable[[str], None]) -> bool:
    """Carry out a command. True when another turn is next now: a reply may only go to the question that was shown."""
    turn = desk.sitting.turn
    name, _, words = command[1:].partition(" ")
    match name.lower(), words.strip():
        case "undo", "":
            write("Undone." if desk.undo() else "There is nothing to undo.")
        case "suspend", "" if turn:
            desk.suspend(turn)
            write("Suspended: this card will not be asked again. :undo takes that back.")
        case "suspend", "":
            write("There is no card to suspend.")
        case "guess", "":
            guessed = desk.guessed()
            write("Counted as a guess: it comes back soon." if guessed else "Only a right response can be a guess.")
        case ("right" | "wrong") as word, "":
            judged = desk.judged(word == "right")
            write(f"Counted as {word}." if judged else f"Only a typed reply not counted {word} so far can be.")
        case "why", "":
            _why(desk, write)
        case ("note" | "flag") as kind, said:
            _remark(desk, kind, said[:LONGEST_REMARK], write)
        case "options", "":
            write("The options are shown already, or there are none: this question is answered in words.")
        case "help", "":
            write(HELP)
        case _:
            write(f"There is no command {safe(command)}; :help lists them.")
    return desk.sitting.turn != turn


def _why(desk: Desk, write: Callable[[str], None]) -> None:
    """The reason of every option of the latest question."""
    last = desk.sitting.last
    if last is None or not last.question.options:
        write("There is no question with options that was just answered.")
        return
    if not has_more_reasons(last.question):
        write(f"Why, for all options: {safe(last.question.options[last.question.key].reason.text)}")
        return
    for letter, option in zip(LETTERS, last.question.options, strict=False):
        write(f"{'Why' if option.key else 'Why not'} {letter}) {safe(option.text)}: {safe(option.reason.text)}")


def _remark(desk: Desk, kind: str, said: str, write: Callable[[str], None]) -> None:
    """Keep a note or a flag with the question just answered, or else with the one just asked."""
    last = desk.sitting.last
    turn, question = (last.turn, last.question) if last else (desk.sitting.turn, desk.question())
    if turn is None or question is None:
        write(f"There is no question to {kind}.")
    elif kind == "note":
        before = desk.note_on(turn)
        desk.note(turn, said)
        write(f"{'Noted' if said else 'Note taken away' if before else 'No note'}, on: {safe(question.stem)}")
    elif said:
        desk.flag(turn, said)
        write(f"Flagged: {safe(question.stem)}")
    else:
        write("Say what is wrong with the question, after :flag and a space.")


def _explain(desk: Desk, answered: Answered, write: Callable[[str], None]) -> None:
    question, reply = answered.question, answered.reply
    material = desk.material(answered.turn)
    deck = material.deck
    uncited = "Not what this deck cites, so not rated (:right if yours means the same, :wrong if not)."
    opening = {True: "Right.", False: "Not known." if not_known(answered) else "Wrong.", None: uncited}
    practice = " (practice)" if answered.turn.practice else ""
    write(opening[answered.mark.right] + practice)
    shown = []
    if question.options:
        key = question.options[question.key]
        if reply.chosen is not None and (reply.chosen != question.key or reply.typed):
            write(f"Your choice: {LETTERS[reply.chosen]}) {safe(question.options[reply.chosen].text)}")
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
        elif reply.typed and not is_as_the_deck_has_it(answered):
            write(f"You typed: {safe(reply.typed)}")
        write(f"Why: {safe(question.explanation)}")
        shown = [*question.cites]
    if found := desk.contrast(answered):
        from quiz.terminal.sidebyside import sentences  # after a mix-up only

        for line in sentences(material, *found, (answered.turn.card.feature or "",)):
            write(line)
    if note := desk.note_on(answered.turn):
        write(f"Your note: {safe(note)}")
    write(f"Source: {safe(spelled(deck, dict.fromkeys(shown)))}")
