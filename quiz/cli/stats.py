"""`quiz stats`: reviews, retention, what falls due, what is mastered and what is mixed up."""

from __future__ import annotations

import os
import shutil
import sys

import click

from quiz.cache.compiled import Compiled
from quiz.cli.bar import bar, watched
from quiz.cli.cards import progress_of
from quiz.cli.open import ready
from quiz.cli.opening import LOOKED_BACK, read_progress, today
from quiz.cli.options import as_json
from quiz.configuration import load_settings
from quiz.confusion import confusions
from quiz.insight import OfDeck, Overview, figures, of_deck
from quiz.memory import Response
from quiz.places import places_here
from quiz.planning import Past, leeches
from quiz.questions.material import Material
from quiz.reasoning import Knowledge
from quiz.shelf import shipped
from quiz.store import Store
from quiz.terminal.figures import overview_lines
from quiz.terminal.style import Style


@click.command()
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--plain", is_flag=True, help="Words and numbers without bars, for screen readers.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def stats(decks: tuple[str, ...], plain: bool, json_: bool) -> None:
    """Show what was reviewed, what is remembered, what falls due, what is mastered and what is mixed up.

    DECK is a shipped deck's name or the path of a deck folder. Without it, everything ever answered is counted, and
    subjects and pairs are those of the shipped decks that you have begun.

    Retention is the share of repeated reviews that were remembered. Beside it stands what FSRS, which plans the
    reviews, predicted for them; the two should lie within a few points of each other.

    A card is mastered when it was remembered the last time, and the chance to remember it today is at least 90 %.
    """
    found = overview(decks)
    if json_:
        click.echo(as_json(found.as_data()))
        return
    plain = plain or load_settings(places_here().config).plain
    style = Style.for_terminal(os.environ, is_tty=sys.stdout.isatty())
    for line in overview_lines(found, shutil.get_terminal_size().columns, style, plain=plain):
        click.echo(line)


def overview(names: tuple[str, ...]) -> Overview:
    """All figures of the decks of these names or paths; without any, of the whole log and the shipped decks begun."""
    day = today()
    with read_progress() as store:
        begun = names or tuple(folder.name for folder in shipped() if store.has_begun(folder.name))
    compiled = ready(begun) if begun else []
    with progress_of(compiled) as store:
        ids = [each.deck.id for each in compiled]
        answered: dict[str, list[Response]] = {id_: [] for id_ in ids}
        with bar("Reading the log", store.size()) as advance:
            for deck in ids if names else (None,):
                for response in watched(store.responses(deck), advance):
                    answered.setdefault(response.deck, []).append(response)
        forecast: dict[int, int] = {}
        for deck in ids if names else (None,):
            for due, count in store.forecast(day, deck).items():
                forecast[due] = forecast.get(due, 0) + count
        return Overview(
            figures((each for those in answered.values() for each in those), forecast, day),
            tuple(_of_deck(store, each, answered[each.deck.id], day) for each in compiled),
            tuple(sorted(answered.keys() - set(ids))),
        )


def _of_deck(store: Store, compiled: Compiled, answered: list[Response], day: int) -> OfDeck:
    deck = compiled.deck
    memories, suspended = store.memories(deck.id), store.suspended(deck.id)
    cards = [card for card in compiled.cards if card.id not in suspended]
    by_id = {card.id: card for card in compiled.cards}
    lately = (response for response in answered if response.day >= day - LOOKED_BACK)
    return of_deck(
        deck,
        cards,
        memories,
        answered,
        confusions(Material(Knowledge(deck)), by_id, lately, day),
        sum(1 for _ in leeches(cards, Past(memories))),
        day,
    )
