"""`quiz exam`: questions without feedback until the end, on a screen, line by line or on paper."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from shlex import quote
from typing import NamedTuple, NoReturn

import click

from quiz import lookup
from quiz.cache.compiled import Compiled
from quiz.cli.guard import INTERRUPTED
from quiz.cli.holding import PLAIN_COLUMNS, PLAIN_HELP, has_screen, milliseconds, print_line
from quiz.cli.open import deck_knowing, ready
from quiz.cli.opening import adopt_renamed, begun, open_progress
from quiz.cli.options import KINDS_HELP, as_json, one_of_the_kinds
from quiz.configuration import load_settings
from quiz.deck import Deck
from quiz.errors import StorageError, UsageError
from quiz.exam import Heading, Item, Score, Sheet, compose, counting, marked, score
from quiz.journal import StoreJournal, stamp_now
from quiz.places import places_here
from quiz.planning import met_by
from quiz.questions import Card, Material
from quiz.questions.wording import counted
from quiz.reasoning import Knowledge
from quiz.session import Answered
from quiz.store import Store
from quiz.terminal.examlines import LineRoom
from quiz.terminal.examroom import Room, ScreenRoom, TimedKeyboard, Timer
from quiz.terminal.examtext import score_lines
from quiz.terminal.style import Style
from quiz.terminal.text import Page


class Result(NamedTuple):
    """An exam that was handed in: all its questions, marked, and the score."""

    answered: tuple[Answered, ...]
    score: Score


@click.command()
@click.argument("deck", required=False)
@click.option("-n", "most", type=click.IntRange(min=1), default=20, show_default=True, help="So many questions.")
@click.option(
    "--minutes", type=click.IntRange(min=0), default=20, show_default=True, help="The time limit; 0 sets none."
)
@click.option("--seed", type=int, help="Draws the questions: the same seed, the same exam. Without it, a fresh one.")
@click.option("--only", metavar="SUBJECT", multiple=True, help="Only questions about this subject; may be repeated.")
@click.option("--kind", "kinds", multiple=True, callback=one_of_the_kinds, help=KINDS_HELP)
@click.option("--count", is_flag=True, help="Let cards that are due or new, and not asked today, count as reviewed.")
@click.option("--print", "paper", metavar="FILE", help="Write the exam as a paper with a key instead; - prints it.")
@click.option("--force", is_flag=True, help="With --print, overwrite FILE even if it is no exam.")
@click.option("--json", "json_", is_flag=True, help="The score as JSON; without a screen, questions go to stderr.")
@click.option("--plain", is_flag=True, help=PLAIN_HELP)
def exam(
    deck: str | None,
    most: int,
    minutes: int,
    seed: int | None,
    only: tuple[str, ...],
    kinds: tuple[str, ...],
    count: bool,
    paper: str | None,
    force: bool,
    json_: bool,
    plain: bool,
) -> int:
    """Sit an exam: no feedback until you hand in, then a score and every mistake explained.

    The questions are spread over subjects, pairs and kinds, and none gives another away. The score comes with the
    interval in which your share may lie and with what guessing brings, for the exam, for subjects and for pairs.

    The seed alone draws the questions: with the same deck, seed and options a whole class has the same exam, on
    screen and on paper, for example: quiz exam --seed 4711 --print exam.md

    Typed questions come only with --kind recall or --kind number. The schedule stays as it is, unless --count is
    given. Without DECK, it is the shipped deck that you have begun, or with --only the one that knows the subject.

    Without a terminal, one answer is read a line: a letter, typed text, :back, :hand, :drop, :help.
    """
    if paper == "":
        raise UsageError("--print needs the name of a file, exam.md for example, or - to print the paper")
    if paper is not None and (json_ or count):
        raise UsageError("--print writes a paper and keeps no score, so --json and --count do not go with it")
    found, cards = _deck(deck, only)
    material = Material(Knowledge(found))
    wanted = frozenset(lookup.subject(found, typed).id for typed in only)
    drawn = _fresh_seed() if seed is None else seed
    items = compose(material, cards, most, drawn, wanted, kinds)
    if not items:
        raise UsageError(f"deck {found.id} has no question for these options; leave out --only or --kind, or widen it")
    if len(items) < most:
        click.echo(f"quiz: this exam has {counted(len(items), 'question')}; more would give each other away", err=True)
    called = quote(deck or found.id)
    again = _command(called, most, minutes, drawn, only, kinds)
    heading = Heading(found.id, found.title, found.version, drawn, minutes, called, again)
    if paper is not None:
        return _write(paper, heading, items, found, force=force)
    settings = load_settings(places_here().config)
    with open_progress() as store:
        adopt_renamed(store, found.id, cards)
        journal = StoreJournal(store, drawn, settings.retention, partial(stamp_now, store.device))
        sheet = Sheet.of(_as_reviews(store, found, cards, items) if count else items)
        hand_in = partial(_handed_in, journal, material)
        return _hold(sheet, heading, hand_in, found, plain=plain or settings.plain, json_=json_)


def _deck(name: str | None, only: Sequence[str]) -> Compiled:
    """The deck named; else the shipped one that knows the subjects, the first that was begun, or the first."""
    if name is not None:
        return ready((name,))[0]
    if only:
        knowing = deck_knowing(None, *(partial(lookup.subject, typed=typed) for typed in only))
        return ready((knowing.path,))[0]
    return ready(begun()[:1])[0]


def _fresh_seed() -> int:
    """A seed of four digits, easy to pass on."""
    return 1000 + int.from_bytes(os.urandom(4), "big") % 9000


def _command(deck: str, most: int, minutes: int, seed: int, only: Sequence[str], kinds: Sequence[str]) -> str:
    """The command that gives the same exam again."""
    named = [f"--only {quote(each)}" for each in only] + [f"--kind {each}" for each in kinds]
    return " ".join([f"quiz exam {deck} --seed {seed} -n {most} --minutes {minutes}", *named])


def _as_reviews(store: Store, deck: Deck, cards: Sequence[Card], items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items as reviews where they may be: not suspended, and neither they nor a sister asked today."""
    day = stamp_now(store.device).day
    met = met_by(cards, store.answered_on(deck.id, day))
    barred = store.suspended(deck.id) | {card.id for card in cards if not card.sisterhood.isdisjoint(met)}
    return counting(items, store.memories(deck.id), barred, day)


def _handed_in(journal: StoreJournal, material: Material, sheet: Sheet) -> Result:
    """Log what was answered, each response once, and say what it is worth."""
    answered = marked(sheet, material)
    for reply, each in zip(sheet.replies, answered, strict=True):
        if reply is not None:
            journal.record(each)
    return Result(answered, score(answered, len(sheet.open), material))


def _hold(
    sheet: Sheet,
    heading: Heading,
    hand_in: Callable[[Sheet], Result],
    deck: Deck,
    *,
    plain: bool,
    json_: bool,
) -> int:
    """Hold the exam on a screen or line by line, and print how it ended; returns the exit code."""
    timer = Timer(heading.minutes, milliseconds)
    on_screen = has_screen() and not plain
    style = Style.for_terminal(os.environ, is_tty=on_screen)
    if on_screen:
        keyboard = TimedKeyboard(sys.stdin.fileno(), sys.stdout, alternate_screen=True)
        with keyboard:
            room: Room = ScreenRoom(sheet, heading, timer, keyboard, sys.stdout, style)
            result, code = _sat(room, hand_in, deck, silent=False)
    else:
        room = LineRoom(sheet, heading, timer, sys.stdin, partial(click.echo, err=True) if json_ else print_line)
        result, code = _sat(room, hand_in, deck, silent=json_)
    if result is None:
        click.echo("The exam was dropped; nothing was kept.", err=json_)
    elif json_:
        click.echo(as_json(_data(result, heading, room)))
    elif on_screen or code:
        columns = shutil.get_terminal_size().columns if on_screen else PLAIN_COLUMNS
        for line in ("", *score_lines(result.score, heading, deck, Page(columns, style))):
            click.echo(line)
    return code


def _sat(room: Room, hand_in: Callable[[Sheet], Result], deck: Deck, *, silent: bool) -> tuple[Result | None, int]:
    """Hold the exam; None when it was dropped. What was answered is handed in first, however else it ends."""
    try:
        with _ended_in_order():
            kept = room.sit()
    except KeyboardInterrupt:
        return hand_in(room.sheet), INTERRUPTED
    except SystemExit:  # the terminal was closed, or the program told to end
        hand_in(room.sheet)
        raise
    if not kept:
        return None, 0
    result = hand_in(room.sheet)
    try:
        if not silent:
            room.show(result.score, result.answered, deck)
    except KeyboardInterrupt:
        return result, INTERRUPTED
    return result, 0


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Signals that end the program do so by SystemExit, as a `Keyboard` has them do, so that nothing is lost."""

    def end(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has but one of them
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _data(result: Result, heading: Heading, room: Room) -> dict[str, object]:
    """The result as plain data, for JSON."""
    mistakes = [
        {
            "question": place + 1,
            "card": each.turn.card.id,
            "kind": each.question.kind,
            "stem": each.question.stem,
            "left_open": room.sheet.replies[place] is None,
            "chosen": None if each.reply.chosen is None else each.question.options[each.reply.chosen].text,
            "typed": each.reply.typed,
            "key": each.question.options[each.question.key].text if each.question.options else each.question.accepts[0],
        }
        for place, each in enumerate(result.answered)
        if not each.mark.right
    ]
    named: dict[str, object] = {"deck": heading.deck, "version": heading.version, "seed": heading.seed}
    return named | result.score.as_data() | {"not_right": mistakes}


def _write(file: str, heading: Heading, items: Sequence[Item], deck: Deck, *, force: bool) -> int:
    """Write the paper to a file, or print it for "-"; what is no exam is overwritten only by ``force``."""
    from quiz.terminal.exampaper import paper

    text = "\n".join(paper(heading, items, deck)) + "\n"
    if file == "-":
        click.echo(text, nl=False)
        return 0
    path = Path(file)
    try:
        if not force and _holds_something_else(path):
            raise UsageError(f"{file} is not an exam made by quiz; name another file, or give --force to overwrite it")
        path.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no such name is possible"
        raise StorageError(
            f"{file} cannot be written ({why}); name a file in a folder that you may write to"
        ) from error
    click.echo(f"{file}: {counted(len(items), 'question')} with a key, seed {heading.seed}")
    return 0


def _holds_something_else(path: Path) -> bool:
    """Whether a file stands there that is neither empty nor an exam of ours."""
    from quiz.terminal.exampaper import BEGINNING

    if not path.is_file():
        return False
    with path.open("rb") as file:
        found = file.read(len(BEGINNING))
    return bool(found) and found != BEGINNING.encode()
