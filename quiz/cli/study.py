"""The sitting: open decks and progress, plan, hold the sitting, sum up."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial

import click

from quiz.cli.options import one_of_the_kinds

RETENTION = 0.90
NEW_A_DAY = 10


@click.command()
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option(
    "--new", type=click.IntRange(min=0), default=NEW_A_DAY, show_default=True, help="New cards a day, a deck."
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cards in this sitting.")
@click.option("--only", metavar="SUBJECT", multiple=True, help="Only cards about this subject; may be repeated.")
@click.option("--kind", "kinds", multiple=True, callback=one_of_the_kinds, help="Only this kind; may be repeated.")
@click.option("--given-only", is_flag=True, help="Only what the given sources say, without reference works.")
@click.option("--seed", type=int, default=0, show_default=True, help="Draws order, wording and options.")
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

    DECK is a shipped deck's name or the path of a deck folder; without it, all shipped decks are studied. Every
    response is kept at once, so you may stop at any time.

    Without a terminal, one response is read a line: a letter, typed text, :undo, :guess, :suspend, :quit, :help.
    """
    from quiz.cli.open import material_of, ready
    from quiz.cli.progress import adopt_renamed, open_progress, past_of
    from quiz.desk import Desk
    from quiz.journal import StoreJournal, stamp_now
    from quiz.planning import Wishes, plan
    from quiz.questions import Material, cards
    from quiz.reasoning import Knowledge
    from quiz.session import Sitting

    compiled = ready(decks)
    materials = {deck.id: Material(Knowledge(deck)) for deck, _ in compiled}
    found = {deck.id: of_deck for deck, of_deck in compiled}
    if given_only:
        materials = {deck.id: material_of(deck, only_given=True) for deck, _ in compiled}
        found = {deck: cards(material) for deck, material in materials.items()}
    wishes = Wishes(new=new, limit=limit, only=_subjects(materials, only), kinds=frozenset(kinds))
    with open_progress() as store:
        stamp = partial(stamp_now, store.device)
        day = stamp().day
        for deck, of_deck in found.items():
            adopt_renamed(store, deck, of_deck)
        made = plan({deck: (found[deck], past_of(store, deck, day)) for deck in found}, wishes, day, seed)
        if not made.turns:
            click.echo(
                f"Nothing to study now. {_outlook(store.forecast(day), day)} (`quiz study --new 20` adds new cards.)"
            )
            return 0
        desk = Desk(Sitting(made.turns), materials, StoreJournal(store, seed, RETENTION, stamp), seed)
        title = next(iter(materials)) if len(materials) == 1 else f"{len(materials)} decks"
        return _hold(desk, title, lambda: _outlook(store.forecast(day), day))


def _subjects(materials: Mapping[str, object], only: tuple[str, ...]) -> frozenset[str]:
    """The ids of the subjects wanted. Raises UsageError for one that no deck has."""
    from quiz.errors import UsageError
    from quiz.lookup import subject
    from quiz.questions import Material

    wanted = set()
    for typed in only:
        refusals = []
        for material in materials.values():
            assert isinstance(material, Material)
            try:
                wanted.add(subject(material.deck, typed).id)
            except UsageError as refusal:
                refusals.append(refusal)
        if len(refusals) == len(materials):
            raise refusals[0]
    return frozenset(wanted)


def _hold(desk: object, title: str, outlook: Callable[[], str]) -> int:
    """Hold the sitting on the terminal, or line by line where there is none, and print its summary."""
    from quiz.cli import INTERRUPTED
    from quiz.desk import Desk
    from quiz.terminal.style import Style
    from quiz.terminal.text import Page, summary

    assert isinstance(desk, Desk)
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    style = Style.for_terminal(os.environ, is_tty=on_terminal)
    interrupted = False
    try:
        if on_terminal:
            _on_screen(desk, title, style)
        else:
            from quiz.terminal.plain import run

            run(desk, sys.stdin, _print_line, _milliseconds)
    except KeyboardInterrupt:
        interrupted = True
    names = {id_: each.short for material in desk.materials.values() for id_, each in material.deck.subjects.items()}
    columns = os.get_terminal_size().columns if on_terminal else 100
    for line in ("", *summary(desk.sitting.summary(), names, outlook(), Page(columns, style))):
        click.echo(line)
    return INTERRUPTED if interrupted else 0


def _on_screen(desk: object, title: str, style: object) -> None:
    from quiz.desk import Desk
    from quiz.terminal.keys import Keyboard
    from quiz.terminal.screen import Screen
    from quiz.terminal.style import Style

    assert isinstance(desk, Desk)
    assert isinstance(style, Style)
    with Keyboard(sys.stdin.fileno(), sys.stdout, alternate_screen=True) as keyboard:
        Screen(desk, keyboard, sys.stdout, style, title, _milliseconds).run()


def _print_line(line: str) -> None:
    """One line, at once: whoever answers through a pipe waits for it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _milliseconds() -> int:
    return time.monotonic_ns() // 1_000_000


def _outlook(forecast: Mapping[int, int], day: int) -> str:
    """When the next cards fall due, in words."""
    if not forecast:
        return "Nothing is due yet."
    if forecast.get(day):
        return f"still due today: {forecast[day]}"
    soonest = min(forecast)
    when = "tomorrow" if soonest == day + 1 else f"in {soonest - day} days"
    return f"next due {when}: {forecast[soonest]}"
