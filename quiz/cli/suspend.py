"""`quiz suspend`: cards that are not to be asked."""

from __future__ import annotations

import click

from quiz.cli.cards import IN_DECK, as_argument, one_meant, opened, progress_of, said_of_card, say, titled
from quiz.cli.options import as_json
from quiz.errors import UsageError
from quiz.journal import stamp_now


@click.command()
@click.argument("cards", metavar="[CARD]...", nargs=-1)
@IN_DECK
@click.option("--json", "json_", is_flag=True, help="List as JSON.")
def suspend(cards: tuple[str, ...], deck: str | None, json_: bool) -> None:
    """Leave cards out of sittings, or list those left out.

    Without CARD, the suspended cards are listed. In a sitting, s suspends the card at hand. Its progress
    is kept: `quiz unsuspend` takes it in again as it was.

    CARD is the id of a card, or a part of it that no other id has; `quiz find` finds ids.
    """
    decks = opened(deck)
    if cards and json_:
        raise UsageError("--json lists what is suspended; give it without cards")
    chosen = [one_meant(decks, each) for each in cards]
    with progress_of(decks, write=bool(chosen)) as store:
        suspended = {(each.deck.id, card) for each in decks for card in store.suspended(each.deck.id)}
        for of, card in chosen:
            if (of.deck.id, card.id) in suspended:
                say(f"{card.id} is suspended already")
                continue
            store.suspend(of.deck.id, card.id, stamp_now(store.device))
            suspended.add((of.deck.id, card.id))
            say(f"{card.id} is suspended; `quiz unsuspend {as_argument(card.id)}` takes it in again")
    if chosen:
        return
    if json_:
        rows = [{"deck": name[0], "card": name[1], "title": titled(decks, name)} for name in sorted(suspended)]
        click.echo(as_json({"suspended": rows}))
        return
    for name in sorted(suspended):
        said_of_card(name[1], name[0] if len(decks) > 1 else "", titled(decks, name))
    click.echo("" if suspended else "No card is suspended.")
    if suspended:
        say(f"{len(suspended)} suspended. `quiz unsuspend CARD` takes one in again, `--all` all of them.")
