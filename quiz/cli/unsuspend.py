"""`quiz unsuspend`: suspended cards come again."""

from __future__ import annotations

import click

from quiz.cli.cards import IN_DECK, opened, progress_of, say
from quiz.errors import UsageError
from quiz.finding import card_meant
from quiz.journal import stamp_now


@click.command()
@click.argument("cards", metavar="[CARD]...", nargs=-1)
@click.option("--all", "all_", is_flag=True, help="All that are suspended.")
@IN_DECK
def unsuspend(cards: tuple[str, ...], all_: bool, deck: str | None) -> None:
    """Take suspended cards into sittings again, as they were.

    `quiz suspend` without a card lists them.

    CARD is the id of a card, or a part of it that no other id has; `quiz find` finds ids.
    """
    if bool(cards) is all_:
        raise UsageError("name the cards that are to come again, or give --all; `quiz suspend` lists them")
    decks = opened(deck)
    with progress_of(decks) as store:
        suspended = sorted((each.deck.id, card) for each in decks for card in store.suspended(each.deck.id))
    chosen = list(suspended)
    if cards:
        chosen = [card_meant(typed, suspended, what="suspended card") for typed in cards]
    if chosen:
        with progress_of(decks, write=True) as store:
            for of, card_id in dict.fromkeys(chosen):
                store.unsuspend(of, card_id, stamp_now(store.device))
                say(f"{card_id} comes again")
    else:
        say("No card is suspended.")
