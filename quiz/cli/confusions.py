"""`quiz confusions`: who is taken for whom, and what to work on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from shlex import quote
from typing import NamedTuple

import click

from quiz.cli.cards import progress_of
from quiz.cli.holding import PLAIN_COLUMNS
from quiz.cli.open import ready
from quiz.cli.opening import LOOKED_BACK, today
from quiz.cli.options import as_json
from quiz.configuration import load_settings
from quiz.confusion import Confusion, worst_pairs
from quiz.confusion import confusions as confusions_in
from quiz.deck import Deck
from quiz.places import places_here
from quiz.questions import Material
from quiz.reasoning import Knowledge
from quiz.terminal.heatmap import heatmap
from quiz.terminal.style import Style, safe, wrap

WORK_ON = 3


class Found(NamedTuple):
    """The confusions of one deck. ``named`` is how a command names the deck; empty where it need not."""

    deck: Deck
    named: str
    confusions: tuple[Confusion, ...]


@click.command()
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option(
    "--days", type=click.IntRange(min=1), default=LOOKED_BACK, show_default=True, help="Look back so many days."
)
@click.option("--plain", is_flag=True, help="A list instead of a table, for screen readers.")
@click.option("--json", "json_", is_flag=True, help="Everything, as JSON.")
def confusions(decks: tuple[str, ...], days: int, plain: bool, json_: bool) -> None:
    """Show what you take for what, and the three pairs to work on.

    A row is what it really was, a column what you took it for. Each cell has the number of mix-ups; at the end of a
    row stands how many of the comparisons went wrong. A mix-up weighs half after 30 days, and a pair told apart six
    times running is done with until you mix it up again.

    \b
    new      mixed up in the last 14 days only
    rising   more often in the last 14 days than in the 14 before
    falling  less often
    steady   neither

    Without DECK, the shipped decks that you have begun.
    """
    day = today()
    known = ready(decks)
    with progress_of(known) as store:
        begun = [(deck, cards) for deck, cards in known if store.has_begun(deck.id)]
        found = [
            Found(
                deck,
                _named(deck, [each for each, _ in known], decks),
                confusions_in(
                    Material(Knowledge(deck)),
                    {card.id: card for card in cards},
                    store.responses(deck.id, since=day - days),
                    day,
                ),
            )
            for deck, cards in begun
        ]
    worst = _worst(found)
    if json_:
        click.echo(as_json(_data(found, worst, days)))
        return
    plain = plain or load_settings(places_here().config).plain
    for line in _lines(found, worst, days, as_list=plain):
        click.echo(line)


def _named(deck: Deck, known: Sequence[Deck], decks: tuple[str, ...]) -> str:
    """What a command must add to speak of this deck: as it was typed; nothing where no other deck could be meant."""
    if not decks:
        others = (each for each in known if each.id != deck.id)
        return deck.path if any(deck.subjects.keys() & each.subjects.keys() for each in others) else ""
    return decks[0] if len(decks) == 1 else deck.path


def _worst(found: Sequence[Found]) -> list[tuple[Found, Confusion]]:
    pairs = [(each, pair) for each in found for pair in worst_pairs(each.confusions, WORK_ON)]
    return sorted(pairs, key=lambda pair: -pair[1].weight)[:WORK_ON]


def _command(found: Found, pair: Confusion) -> str:
    return " ".join(["quiz drill", *map(quote, filter(None, (pair.actual, pair.taken, found.named)))])


def _lines(
    found: Sequence[Found], worst: Sequence[tuple[Found, Confusion]], days: int, *, as_list: bool
) -> Iterator[str]:
    columns = PLAIN_COLUMNS if as_list else shutil.get_terminal_size().columns
    style = Style.for_terminal(os.environ, is_tty=sys.stdout.isatty())
    mixed = [each for each in found if each.confusions]
    if not mixed:
        nothing = f"Nothing was mixed up in the last {days} days; `quiz` goes on."
        yield from wrap(nothing if found else "Nothing answered yet; `quiz` starts.", columns - 1)
        return
    for each in mixed:
        yield ""
        if len(mixed) > 1:
            yield from (style.title(line) for line in wrap(safe(each.deck.title), columns - 1, indent=" ", hanging=" "))
            yield ""
        yield from heatmap(each.confusions, each.deck, columns, style, as_list=as_list)
    if not worst:
        yield from wrap("All of them were told apart since: nothing to work on.", columns - 1, indent=" ", hanging=" ")
        return
    yield style.title(" Work on")
    for each, pair in worst:
        yield from _pair(each, pair, columns - 1, style)


def _pair(found: Found, pair: Confusion, columns: int, style: Style) -> Iterator[str]:
    actual, taken = (safe(found.deck.subjects[each].short) for each in (pair.actual, pair.taken))
    back = sum(each.times for each in found.confusions if (each.actual, each.taken) == (pair.taken, pair.actual))
    ways = f"{actual} taken for {taken} ×{pair.times - back}" + (f", the other way round ×{back}" if back else "")
    yield from wrap(f"{ways} · {pair.trend}", columns, indent="   ", hanging="     ")
    features = [found.deck.features[each].noun for each in pair.features if each in found.deck.features][:WORK_ON]
    if features:
        yield from wrap(safe(f"by {' · '.join(features)}"), columns, indent="     ", hanging="     ")
    yield from (
        style.strong(line) for line in wrap(safe(_command(found, pair)), columns, indent="     ", hanging=" " * 7)
    )


def _data(found: Sequence[Found], worst: Sequence[tuple[Found, Confusion]], days: int) -> dict[str, object]:
    def row(each: Confusion) -> dict[str, object]:
        return {
            "actual": each.actual,
            "taken": each.taken,
            "times": each.times,
            "chances": each.chances,
            "weight": round(each.weight, 3),
            "trend": each.trend,
            "lately": each.lately,
            "before": each.before,
            "features": list(each.features),
        }

    return {
        "days": days,
        "decks": [
            {"deck": each.deck.id, "confusions": [row(confusion) for confusion in each.confusions]} for each in found
        ],
        "work_on": [{"deck": each.deck.id, **row(pair), "command": _command(each, pair)} for each, pair in worst],
    }
