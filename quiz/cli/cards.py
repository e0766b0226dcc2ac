"""What commands on single cards share: decks with their progress, and finding the card that is meant."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from quiz.cache.compiled import Compiled
from quiz.cli.open import ready
from quiz.cli.opening import adopt_renamed, open_progress, read_progress
from quiz.deck import Deck, Place
from quiz.finding import Name, card_meant, title
from quiz.places import places_here
from quiz.questions.model import Card
from quiz.questions.wording import counted as counted
from quiz.store import Store
from quiz.terminal.style import Style, safe, wrap

WIDEST = 110
"""Columns that listings take at most."""

IN_DECK = click.option(
    "--deck", metavar="DECK", help="Only this deck: a shipped deck's name, or the path of a deck folder."
)


def opened(deck: str | None) -> list[Compiled]:
    """The deck of that name or path; all shipped decks where none is named."""
    return ready((deck,) if deck is not None else ())


@contextmanager
def progress_of(decks: Iterable[Compiled], *, write: bool = False) -> Iterator[Store]:
    """Progress, in which cards that got a new id have what was learned under the old one.

    Without ``write`` no file is made, and one that exists is only written if there may be such cards.
    """
    renamed = [each for each in decks if any(card.was for card in each.cards)]
    with open_progress() if write or (renamed and places_here().progress.exists()) else read_progress() as store:
        if store.device:
            for each in renamed:
                adopt_renamed(store, each.deck.id, each.cards)
        yield store


def one_meant(decks: Sequence[Compiled], typed: str) -> tuple[Compiled, Card]:
    """The card that is meant, with its deck. Raises UsageError for none, or for several."""
    cards = {(each.deck.id, card.id): (each, card) for each in decks for card in each.cards}
    former = {(deck, was): (deck, name) for (deck, name), (_, card) in cards.items() for was in card.was}
    return cards[card_meant(typed, tuple(cards), former)]


def titled(decks: Iterable[Compiled], name: Name) -> str:
    """What a card is about; said to be gone where no deck has it any more."""
    deck_id, card_id = name
    for each in decks:
        if each.deck.id == deck_id:
            card = next((card for card in each.cards if card.id == card_id), None)
            return title(each.deck, card) if card else "no longer in the deck"
    return f"deck {deck_id} is not among the shipped ones; name its folder"


def in_file(deck: Deck, place: Place) -> str:
    """Where in the files of a deck something stands, by a path that holds in the folder where the command is given.

    The deck may come from the cache, where its paths are those of the folder in which it was read.
    """
    path = Path(deck.path, Path(place.path).name).absolute()
    here = Path.cwd()
    return str(Place(str(path.relative_to(here) if path.is_relative_to(here) else path), place.line))


def as_argument(card: str) -> str:
    """The id of a card as it is typed in a command: a shell takes a bare > for the name of a file to write."""
    return f'"{card}"' if ">" in card else card


def columns_here() -> int:
    """The columns that a listing may fill."""
    return max(20, min(shutil.get_terminal_size().columns - 1, WIDEST))


def style_here() -> Style:
    """Colours as this terminal and the environment want them."""
    return Style.for_terminal(os.environ, sys.stdout.isatty())


def say(text: str, indent: str = "", hanging: str = "") -> None:
    """Print a text, made harmless and wrapped."""
    for line in wrap(safe(text), columns_here(), indent, hanging):
        click.echo(line)


def said_of_card(card: str, beside: str, about: str) -> None:
    """Print a card in a listing: its id and what is to be said beside it, and what it is about below."""
    style = style_here()
    id_, *rest = wrap(f"{safe(card)}  {safe(beside)}".rstrip(), columns_here(), hanging="    ")
    click.echo(style.strong(safe(card)) + id_.removeprefix(safe(card)) if id_.startswith(safe(card)) else id_)
    for line in rest:
        click.echo(line)
    say(about, "    ", "    ")
