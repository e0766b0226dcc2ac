"""Which cards a sitting holds, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from quiz.deck import Weight
from quiz.draw import lot
from quiz.memory import Memory
from quiz.questions.model import Card
from quiz.scheduling import is_due
from quiz.session import Turn

NEW_OPTIONS, OPTIONS = 3, 4
"""More lures help a strong learner and hurt a weak one (Butler 2006): three options at first sight, then four."""

_ORDER = {Weight.CORE: 0, Weight.DETAIL: 1, Weight.BACKGROUND: 2}


class Past(NamedTuple):
    """What the log says of one deck that matters for today's plan, by card id.

    ``answered`` holds the cards answered today, ``introduced`` how many of them were new,
    ``misled`` the cards last answered wrongly by a learner who was sure.
    """

    memories: Mapping[str, Memory]
    suspended: Collection[str] = ()
    answered: Collection[str] = ()
    introduced: int = 0
    misled: Collection[str] = ()


class Wishes(NamedTuple):
    """What the learner asked for: new cards a day, most cards in a sitting, subjects and kinds (all when empty)."""

    new: int = 10
    limit: int | None = None
    only: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


class Plan(NamedTuple):
    """The turns of a sitting, with the number of reviews due and of new cards among them."""

    turns: tuple[Turn, ...]
    due: int
    new: int


def plan(decks: Mapping[str, tuple[Iterable[Card], Past]], wishes: Wishes, today: int, seed: int) -> Plan:
    """Today's sitting over some decks: what is due, confident errors first, with new cards mixed in evenly.

    Of sister cards only one is taken a day, so that none gives another away.
    """
    due: list[Turn] = []
    new: list[Turn] = []
    for deck, (cards, past) in decks.items():
        deck_cards = list(cards)
        wanted = [card for card in deck_cards if _wanted(card, past, wishes)]
        met = {shared for card in deck_cards if card.id in past.answered for shared in card.sisterhood}
        due += _due(deck, wanted, past, wishes, today, seed, met)
        new += _new(deck, wanted, past, wishes, seed, met)
    due.sort(key=lambda turn: (turn.card.id not in decks[turn.deck][1].misled, _due_day(decks[turn.deck][1], turn)))
    room = len(due) + len(new) if wishes.limit is None else wishes.limit
    due = due[:room]
    new = new[: room - len(due)]
    return Plan(_mixed(due, new), len(due), len(new))


def _due_day(past: Past, turn: Turn) -> int:
    return past.memories[turn.card.id].due


def _wanted(card: Card, past: Past, wishes: Wishes) -> bool:
    return (
        card.id not in past.suspended
        and card.id not in past.answered
        and (not wishes.only or bool(wishes.only.intersection(card.about)))
        and (not wishes.kinds or bool(wishes.kinds.intersection(card.kinds)))
    )


def _due(
    deck: str, cards: Iterable[Card], past: Past, wishes: Wishes, today: int, seed: int, met: set[str]
) -> list[Turn]:
    """Cards due, longest overdue first; ``met`` grows by what their sisters share with them."""
    found = [card for card in cards if card.id in past.memories and is_due(past.memories[card.id], today)]
    found.sort(key=lambda card: (past.memories[card.id].due, lot(seed, today, card.id)))
    return [
        Turn(
            deck=deck,
            card=card,
            kinds=_kinds(card, wishes),
            number=past.memories[card.id].reviews,
            most=OPTIONS,
            new=False,
        )
        for card in _no_sisters(found, met)
    ]


def _new(deck: str, cards: Iterable[Card], past: Past, wishes: Wishes, seed: int, met: set[str]) -> list[Turn]:
    """New cards of the day: core before detail, and choosing before recalling, since options introduce the words."""
    found = [card for card in cards if card.id not in past.memories]
    found.sort(key=lambda card: (_ORDER[card.weight], "recall" in card.kinds, lot(seed, card.id)))
    count = max(0, wishes.new - past.introduced)
    return [
        Turn(deck=deck, card=card, kinds=_kinds(card, wishes), number=0, most=NEW_OPTIONS, new=True)
        for card in _no_sisters(found, met, count)
    ]


def _kinds(card: Card, wishes: Wishes) -> tuple[str, ...]:
    return tuple(kind for kind in card.kinds if not wishes.kinds or kind in wishes.kinds)


def _no_sisters(cards: Iterable[Card], met: set[str], count: int | None = None) -> list[Card]:
    taken: list[Card] = []
    for card in cards:
        if count is not None and len(taken) >= count:
            break
        if not card.sisterhood & met:
            met |= card.sisterhood
            taken.append(card)
    return taken


def _mixed(due: list[Turn], new: list[Turn]) -> tuple[Turn, ...]:
    """New cards spread evenly among those due."""
    if not due or not new:
        return (*due, *new)
    places = [(i / len(due), 0, turn) for i, turn in enumerate(due)]
    places += [((i + 0.5) / len(new), 1, turn) for i, turn in enumerate(new)]
    return tuple(turn for _, _, turn in sorted(places, key=lambda place: place[:2]))
