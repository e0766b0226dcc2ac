"""`quiz note`: the note that is shown with a card."""

from __future__ import annotations

import click

from quiz.cli.cards import IN_DECK, as_argument, one_meant, opened, progress_of, say
from quiz.errors import UsageError
from quiz.journal import stamp_now


@click.command()
@click.argument("card")
@click.argument("text", nargs=-1)
@click.option("--remove", is_flag=True, help="Take the note away.")
@IN_DECK
def note(card: str, text: tuple[str, ...], remove: bool, deck: str | None) -> None:
    """Show the note of a card, or write one in its place.

    The note is shown whenever the card was answered. In a sitting, n writes it. For example:
    quiz note clotting.sle "like a factory line"

    CARD is the id of a card, or a part of it that no other id has; `quiz find` finds ids.
    """
    typed = " ".join(text).strip()
    if remove and typed:
        raise UsageError("give either a text or --remove, not both")
    if text and not typed and not remove:
        raise UsageError("a note needs words; `quiz note CARD --remove` takes one away")
    decks = opened(deck)
    of, found = one_meant(decks, card)
    write = remove or bool(typed)
    with progress_of([of], write=write) as store:
        before = store.notes(of.deck.id).get(found.id, "")
        if write and typed != before:
            store.note(of.deck.id, found.id, typed, stamp_now(store.device))
    if not write:
        say(before or f"{found.id} has no note; `quiz note {as_argument(found.id)} TEXT` writes one")
    elif remove:
        say(f"{found.id}: note removed" if before else f"{found.id} had no note")
    else:
        say(f"{found.id}: {typed}")
        if before and before != typed:
            say(f"in the place of: {before}")
