"""`quiz study`: open decks and progress, plan, hold the sitting, sum up."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from shlex import quote

import click

from quiz import lookup
from quiz.cli.open import material_of, ready
from quiz.cli.options import INTERRUPTED, KINDS_HELP, SEED, one_of_the_kinds
from quiz.cli.progress import adopt_renamed, open_progress, past_of, read_progress
from quiz.desk import Desk
from quiz.errors import UsageError
from quiz.journal import StoreJournal, stamp_now
from quiz.planning import Wishes, plan
from quiz.questions import Card, Material, cards
from quiz.reasoning import Knowledge
from quiz.session import Sitting
from quiz.shelf import shipped
from quiz.store import Store
from quiz.terminal.style import Style
from quiz.terminal.text import Page, summary

RETENTION = 0.90
NEW_A_DAY = 10
PLAIN_COLUMNS = 100


@click.command()
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option(
    "--new", type=click.IntRange(min=0), default=NEW_A_DAY, show_default=True, help="New cards a day and deck."
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cards in this sitting.")
@click.option("--only", metavar="SUBJECT", multiple=True, help="Only cards about this subject; may be repeated.")
@click.option("--kind", "kinds", multiple=True, callback=one_of_the_kinds, help=KINDS_HELP)
@click.option("--given-only", is_flag=True, help="Only what the given sources say, without reference works.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Draws order, wording and options.")
def study(
    decks: tuple[str, ...],
    new: int,
    limit: int | None,
    only: tuple[str, ...],
    kinds: tuple[str, ...],
    given_only: bool,
    seed: int,
) -> int:
    """Study what is due today, and some new cards.

    DECK is a shipped deck's name or the path of a deck folder. Without it, the shipped decks that you have begun are
    studied, and at the very first the first of them; naming another one begins it. With --only, the shipped decks
    that know the subject. Every response is kept at once, so you may stop at any time.

    Without a terminal, one response is read a line: a letter, typed text, :undo, :guess, :suspend, :quit, :help.
    """
    materials, dealt = _opened(decks if decks or only else _begun(), given_only=given_only)
    wanted = _subjects(materials.values(), only)
    if wanted:
        materials = {id_: each for id_, each in materials.items() if wanted & each.deck.subjects.keys()}
        dealt = {id_: dealt[id_] for id_ in materials}
    wishes = Wishes(new=new, limit=limit, only=wanted, kinds=frozenset(kinds))
    with open_progress() as store:
        stamp = partial(stamp_now, store.device)
        day = stamp().day
        for deck, of_deck in dealt.items():
            adopt_renamed(store, deck, of_deck)
        pasts = {deck: (of_deck, past_of(store, deck, day)) for deck, of_deck in dealt.items()}
        made = plan(pasts, wishes, day, seed)
        if not made.turns:
            more = max(past.introduced for _, past in pasts.values()) + NEW_A_DAY
            advice = f"`--new {more}` adds new cards, if there are any left"
            click.echo(f"Nothing to study now · {_outlook(store, dealt, day)} · {advice}")
            return 0
        desk = Desk(Sitting(made.turns), materials, StoreJournal(store, seed, RETENTION, stamp), seed)
        return _hold(desk, f" {quote(decks[0])}" if len(decks) == 1 else "", lambda: _outlook(store, dealt, day))


def _begun() -> tuple[str, ...]:
    """The shipped decks that the learner has begun; before that, the first of them. A folder is called as its deck."""
    names = tuple(folder.name for folder in shipped())
    with read_progress() as store:
        return tuple(name for name in names if store.has_begun(name)) or names[:1]


def _opened(names: tuple[str, ...], *, given_only: bool) -> tuple[dict[str, Material], dict[str, tuple[Card, ...]]]:
    """What questions are made from, and the cards, by deck id."""
    decks = ready(names)
    if given_only:
        materials = {deck.id: material_of(deck, only_given=True) for deck, _ in decks}
        return materials, {deck: cards(material) for deck, material in materials.items()}
    return {deck.id: Material(Knowledge(deck)) for deck, _ in decks}, {deck.id: dealt for deck, dealt in decks}


def _subjects(materials: Iterable[Material], only: tuple[str, ...]) -> frozenset[str]:
    """The ids of the subjects wanted. Raises UsageError for one that no deck has."""
    wanted = set()
    for typed in only:
        refusals = []
        for material in materials:
            try:
                wanted.add(lookup.subject(material.deck, typed).id)
                break
            except UsageError as refusal:
                refusals.append(str(refusal))
        else:
            raise UsageError("; ".join(refusals))
    return frozenset(wanted)


def _hold(desk: Desk, deck: str, outlook: Callable[[], str]) -> int:
    """Hold the sitting on the terminal, or line by line where there is none, and print its summary.

    ``deck`` is what must be added to a command so that it speaks of the same decks.
    """
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    style = Style.for_terminal(os.environ, is_tty=on_terminal)
    code = 0
    try:
        if on_terminal:
            _on_screen(desk, style)
        else:
            from quiz.terminal.plain import run

            run(desk, sys.stdin, _print_line, _milliseconds)
    except KeyboardInterrupt:
        code = INTERRUPTED
    names = {id_: each.short for material in desk.materials.values() for id_, each in material.deck.subjects.items()}
    columns = shutil.get_terminal_size().columns if on_terminal else PLAIN_COLUMNS
    for line in ("", *summary(desk.sitting.summary(), names, outlook(), deck, Page(columns, style))):
        click.echo(line)
    return code


def _on_screen(desk: Desk, style: Style) -> None:
    from quiz.terminal.keys import Keyboard
    from quiz.terminal.screen import Screen

    title = next(iter(desk.materials)) if len(desk.materials) == 1 else f"{len(desk.materials)} decks"
    with Keyboard(sys.stdin.fileno(), sys.stdout, alternate_screen=True) as keyboard:
        Screen(desk, keyboard, sys.stdout, style, title, _milliseconds).run()


def _print_line(line: str) -> None:
    """One line, at once: whoever answers through a pipe waits for it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _milliseconds() -> int:
    return time.monotonic_ns() // 1_000_000


def _outlook(store: Store, decks: Iterable[str], day: int) -> str:
    """When the next cards of these decks fall due, in words."""
    forecast: Counter[int] = Counter()
    for deck in decks:
        forecast.update(store.forecast(day, deck))
    if not forecast:
        return "nothing is due yet"
    if forecast.get(day):
        return f"still due today: {forecast[day]}"
    soonest = min(forecast)
    when = "tomorrow" if soonest == day + 1 else f"in {soonest - day} days"
    return f"next due {when}: {forecast[soonest]}"
