"""`quiz reset`: forget what was learned of cards, and take that back."""

from __future__ import annotations

import sys
from shlex import quote

import click

from quiz import lookup
from quiz.cache.compiled import Compiled
from quiz.cli.cards import IN_DECK, as_argument, one_meant, opened, progress_of, say
from quiz.errors import UsageError
from quiz.journal import stamp_now
from quiz.store import Store

NAMED = 5
"""Up to so many cards are named one by one."""


@click.command()
@click.argument("cards", metavar="[CARD]...", nargs=-1)
@click.option("--only", metavar="SUBJECT", help="All cards about this subject.")
@IN_DECK
@click.option("--undo", is_flag=True, help="Take the latest reset of these cards back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(cards: tuple[str, ...], only: str | None, deck: str | None, undo: bool, yes: bool) -> None:
    """Forget the progress of cards, so that they are new again.

    It asks before it does so, and can be taken back with --undo and the same cards, for example:
    quiz reset --only lupus, and quiz reset --undo --only lupus

    Notes, flags and suspensions stay. The log keeps every response; only what follows from it is forgotten.

    CARD is the id of a card, or a part of it that no other id has; `quiz find` finds ids.
    """
    if not cards and only is None and deck is None:
        raise UsageError("reset what? Name cards, --only SUBJECT, or --deck DECK for a whole deck")
    if cards and only is not None:
        raise UsageError("name either cards or --only SUBJECT, not both")
    decks = opened(deck)
    chosen = _chosen(decks, cards, only)
    again = " ".join(
        [
            *(as_argument(name) for names in chosen.values() for name in names if cards),
            *(["--only", quote(only)] if only is not None else []),
            *(["--deck", quote(deck)] if deck is not None else []),
        ]
    )
    with progress_of(decks) as store:
        answered = {of: _answered(store, of) for of in chosen}
    if undo:
        _undo(decks, chosen)
        return
    known = {of: [card for card in names if card in answered[of]] for of, names in chosen.items()}
    names = [card for of in known.values() for card in of]
    if not names:
        say("Nothing to forget: these cards are new.")
        return
    said = ", ".join(names) if len(names) <= NAMED else f"{len(names)} cards"
    if not yes and not _confirmed(said):
        say("Nothing was forgotten.")
        return
    with progress_of(decks, write=True) as store:
        for of, ids in known.items():
            store.reset(of, {card: stamp_now(store.device) for card in ids})
    say(f"Forgotten: {said}. The log keeps every response; `quiz reset --undo {again}` takes it back.")


def _undo(decks: list[Compiled], chosen: dict[str, list[str]]) -> None:
    with progress_of(decks, write=True) as store:
        back = [
            card
            for of, names in chosen.items()
            for card in sorted(store.unreset(of, {card: stamp_now(store.device) for card in names}))
        ]
    said = ", ".join(back) if len(back) <= NAMED else f"{len(back)} cards"
    say(f"Progress is back as it was: {said}." if back else "Nothing to take back: none of these cards was reset.")


def _confirmed(said: str) -> bool:
    """Whether the learner says yes. Raises UsageError where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise UsageError("this forgets progress, and there is no terminal to ask at; add --yes if it is meant")
    return click.confirm(f"Forget the progress of {said}?")


def _chosen(decks: list[Compiled], cards: tuple[str, ...], only: str | None) -> dict[str, list[str]]:
    """The ids of the cards that are meant, by deck."""
    chosen: dict[str, list[str]] = {}
    if cards:
        for typed in cards:
            of, card = one_meant(decks, typed)
            chosen.setdefault(of.deck.id, []).append(card.id)
        return chosen
    refusals = []
    for of in decks:
        try:
            subject = lookup.subject(of.deck, only).id if only is not None else None
        except UsageError as refusal:
            refusals.append(str(refusal))
            continue
        chosen[of.deck.id] = [card.id for card in of.cards if subject is None or subject in card.about]
    if not chosen:
        raise UsageError("; ".join(refusals))
    return chosen


def _answered(store: Store, deck: str) -> set[str]:
    """The cards of which anything was answered."""
    return {each.card for each in store.responses(deck)} | store.memories(deck).keys()
