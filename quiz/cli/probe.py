"""`quiz probe`: findings against the clock, a measure of how well a subject is told from its rivals."""

from __future__ import annotations

import os
import shutil
import sys
from functools import partial
from shlex import quote

import click

from quiz import lookup
from quiz.cli.guard import INTERRUPTED
from quiz.cli.holding import PLAIN_COLUMNS, PLAIN_HELP, has_screen, milliseconds, print_line
from quiz.cli.open import deck_knowing, ready
from quiz.cli.opening import begun, confused, open_progress, read_progress, today
from quiz.cli.options import SEED, as_json
from quiz.configuration import load_settings
from quiz.deck import Deck
from quiz.errors import UsageError
from quiz.journal import StoreJournal, stamp_now
from quiz.places import places_here
from quiz.probe import Past, Probe, Score, findings, median_took, past_probes, score, suggested, taken_for_own
from quiz.questions import Material
from quiz.reasoning import Knowledge
from quiz.terminal.probing import Ending, ProbeScreen, closing, run, too_few
from quiz.terminal.style import Style
from quiz.terminal.text import Page


@click.command()
@click.argument("subject", required=False)
@click.argument("deck", required=False)
@click.option("-n", "count", type=click.IntRange(min=8), default=24, show_default=True, help="Findings; half belong.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.5, max=600),
    default=4,
    show_default=True,
    help="Time for each finding; none with --plain or without a terminal.",
)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Draws the findings and their order.")
@click.option("--json", "json_", is_flag=True, help="The result as JSON; what is asked goes to standard error.")
@click.option("--plain", is_flag=True, help=PLAIN_HELP)
def probe(
    subject: str | None, deck: str | None, count: int, seconds: float, seed: int, json_: bool, plain: bool
) -> int:
    """Measure how well you tell SUBJECT from its look-alikes.

    Findings come one after another, a few seconds each: does it belong to SUBJECT, or not? Half of them belong. The
    others belong to rivals and are known not to belong to it, so "yes" to everything scores as guessing does. At the
    end: what was wrong, and why; hits and false alarms, and how both have changed since the last probe. Take one
    before you drill a pair, and another a week later. The schedule of your cards stays as it is.

    SUBJECT is an id or a name, for example: quiz probe lupus. Without it, the subject that you mix up most. Without
    DECK, the shipped deck that knows SUBJECT, or the one that you are studying. A deck's name alone will do, too.
    """
    material, meant, deck = _meant(subject, deck)
    settings = load_settings(places_here().config)
    with open_progress() as store:
        past = past_probes(material, meant, store.responses(material.deck.id))
        seen = {each.finding.feature for each in past[-1].outcomes} if past else set()
        journal = StoreJournal(store, seed, settings.retention, partial(stamp_now, store.device))
        taken = Probe(material, meant, findings(material, meant, count, seed, seen), journal.record, seed)
        code = _take(taken, seconds, too_few(taken, count), plain=plain or settings.plain, quietly=json_)
    before = next((each for each in reversed(past) if score(each.outcomes).measures), None)
    if json_:
        click.echo(as_json(_data(taken, before)))
        return code
    on_terminal = has_screen() and not (plain or settings.plain)
    columns = shutil.get_terminal_size().columns if on_terminal else PLAIN_COLUMNS
    of_deck = f" {quote(deck)}" if deck else ""
    ending = Ending(before, lambda a, b: f"quiz drill {quote(a)} {quote(b)}{of_deck}")
    style = Style.for_terminal(os.environ, is_tty=on_terminal)
    for line in ("", *closing(taken, ending, Page(columns, style))):
        click.echo(line)
    return code


def _take(taken: Probe, limit: float, notice: str, *, plain: bool, quietly: bool) -> int:
    """Take it on the screen if there is one, else line by line; returns the exit code."""
    try:
        if has_screen() and not plain:
            from quiz.terminal.keys import Keyboard

            style = Style.for_terminal(os.environ, is_tty=True)
            with Keyboard(sys.stdin.fileno(), sys.stdout, alternate_screen=True, hide_cursor=True) as keyboard:
                ProbeScreen(taken, limit, notice, keyboard, sys.stdout, style, milliseconds).run()
        else:
            write = partial(click.echo, err=True) if quietly else print_line
            run(taken, notice, sys.stdin, write, milliseconds)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _meant(subject: str | None, deck: str | None) -> tuple[Material, str, str | None]:
    """The material of the deck that is meant, the id of the subject, and the deck as it was typed, if it was.

    Raises UsageError where that is not clear.
    """
    if subject is None:
        return *_most_mixed_up(begun()[:1]), None
    if deck is not None:
        return *_of(ready((deck,))[0].deck, subject), deck
    try:
        return *_of(deck_knowing(None, lambda each: lookup.subject(each, subject)), subject), None
    except UsageError as unknown:
        try:
            ready((subject,))
        except UsageError:
            raise unknown from None
        return *_most_mixed_up((subject,)), subject


def _of(deck: Deck, subject: str) -> tuple[Material, str]:
    return Material(Knowledge(deck)), lookup.subject(deck, subject).id


def _most_mixed_up(names: tuple[str, ...]) -> tuple[Material, str]:
    deck, cards = ready(names)[0]
    material = Material(Knowledge(deck))
    with read_progress() as store:
        return material, suggested(material, confused(store, material, cards, today()))


def _data(taken: Probe, before: Past | None) -> dict[str, object]:
    now = score(taken.outcomes)
    return {
        "deck": taken.material.deck.id,
        "subject": taken.subject,
        "asked": len(taken.outcomes),
        "complete": taken.next is None,
        **_score_data(now),
        "median_ms": median_took(taken.outcomes),
        "false_alarms_belong_to": dict(taken_for_own(taken.outcomes)),
        "before": {"day": _date(before.day), **_score_data(score(before.outcomes))} if before else None,
        "findings": [
            {
                "feature": each.finding.feature,
                "belongs": each.finding.belongs,
                "said": each.said,
                "took_ms": each.took,
                "rivals": each.finding.rivals,
            }
            for each in taken.outcomes
        ],
    }


def _score_data(found: Score) -> dict[str, object]:
    return {
        "hits": found.hits,
        "misses": found.misses,
        "false_alarms": found.false_alarms,
        "correct_rejections": found.rejections,
        "late": found.late,
        "d_prime": round(found.d_prime, 3) if found.measures else None,
    }


def _date(day: int) -> str:
    from quiz.studyday import day_to_date

    return day_to_date(day).isoformat()
