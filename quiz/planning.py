"""Which cards a sitting holds, and in which order: the choices follow docs/evidence.md."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from quiz.confusion import Confusion, lures, pair_weights
from quiz.draw import lot
from quiz.memory import Memory, Mode
from quiz.newcards import RUN, Asked, asked_of, new_runs
from quiz.questions.model import Card
from quiz.scheduling import is_due
from quiz.session import Turn

FEWEST_OPTIONS = 3
MORE_OPTIONS = ((21, 4), (90, 5))
"""From a stability in days on, so many options: more lures help a strong learner and hurt a weak one (Butler 2006)."""

STRONG = 21
"""From this stability in days on, an answer is asked for before options are shown (Smith & Karpicke 2014)."""

LEECH = 4
"""A card failed so often after it was learned is a leech: more of the same does not help."""

_RECALLED = frozenset({"contrast", "shared", "which-subject", "which-feature", "case", "how"})
"""Kinds that can be answered without seeing the options."""


class Past(NamedTuple):
    """What the log says of one deck that matters for today's plan, by card id.

    ``answered`` holds the cards answered today, ``introduced`` how many of them were new, ``reviewed`` how many not;
    ``misled`` the cards last answered wrongly by a learner who was sure; ``confused`` who was taken for whom.
    ``asked`` is None where the memories tell it, since the plan is made from all cards of the deck.
    """

    memories: Mapping[str, Memory]
    suspended: Collection[str] = ()
    answered: Collection[str] = ()
    introduced: int = 0
    reviewed: int = 0
    misled: Collection[str] = ()
    confused: Sequence[Confusion] = ()
    asked: Asked | None = None


class Wishes(NamedTuple):
    """What the learner asked for: new cards and reviews a day, most cards in a sitting, subjects and kinds.

    None sets no limit; of subjects and kinds, all are wanted when none is named. ``recall`` lets strong cards be
    answered before their options are shown.
    """

    new: int = 10
    reviews: int | None = None
    limit: int | None = None
    only: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    recall: bool = True


class Plan(NamedTuple):
    """The turns of a sitting, with the number of reviews due and of new cards among them.

    ``later`` counts the cards that are due as well, but are left for the days to come.
    """

    turns: tuple[Turn, ...]
    due: int
    new: int
    later: int = 0


def plan(decks: Mapping[str, tuple[Iterable[Card], Past]], wishes: Wishes, today: int, seed: int) -> Plan:
    """Today's sitting over some decks: what is due, with new cards mixed in evenly.

    Confident errors come first, then pairs that are being mixed up, then what is longest overdue. Of sister cards only
    one is taken a day, so that none gives another away.
    """
    due: list[Turn] = []
    new: list[list[Turn]] = []
    room = wishes.reviews
    for deck, (cards, past) in decks.items():
        deck_cards = list(cards)
        wanted = [card for card in deck_cards if _wanted(card, past, wishes)]
        met = met_by(deck_cards, past.answered)
        asked = past.asked or asked_of(deck_cards, past.memories)
        known = {*asked.subjects, *(each for card in deck_cards if card.id in past.answered for each in card.about)}
        turn = partial(_turn, deck, past, wishes, lures(past.confused))
        due += [turn(card) for card in _due(wanted, past, today, seed, met)]
        left = [card for card in wanted if card.id not in past.memories]
        runs = new_runs(left, past.confused, max(0, wishes.new - past.introduced), seed, met, known, asked)
        new += [[turn(card) for card in run] for run in runs]
        if room is not None:
            room -= past.reviewed
    weights = {deck: pair_weights(past.confused) for deck, (_, past) in decks.items()}
    due.sort(key=lambda turn: _urgency(turn, decks[turn.deck][1], weights[turn.deck]))
    now = due if room is None else due[: max(0, room)]
    later = len(due) - len(now)
    if wishes.limit is not None:
        now = now[: wishes.limit]
        new = list(_first(new, wishes.limit - len(now)))
    turns = _mixed(_runs(now, RUN), new)
    return Plan(turns, len(now), sum(map(len, new)), later)


def _urgency(turn: Turn, past: Past, weights: Mapping[frozenset[str], float]) -> tuple[object, ...]:
    confused = weights.get(frozenset(turn.card.about), 0.0)
    return turn.card.id not in past.misled, -round(confused), past.memories[turn.card.id].due


def _wanted(card: Card, past: Past, wishes: Wishes) -> bool:
    return (
        card.id not in past.suspended
        and card.id not in past.answered
        and (not wishes.only or bool(wishes.only.intersection(card.about)))
        and (not wishes.kinds or bool(wishes.kinds.intersection(card.kinds)))
    )


def _due(cards: Iterable[Card], past: Past, today: int, seed: int, met: set[str]) -> Iterator[Card]:
    """Cards due, longest overdue first; ``met`` grows by what their sisters share with them."""
    found = [card for card in cards if card.id in past.memories and is_due(past.memories[card.id], today)]
    found.sort(key=lambda card: (past.memories[card.id].due, lot(seed, today, card.id)))
    return _no_sisters(found, met)


def _turn(deck: str, past: Past, wishes: Wishes, tempting: Mapping[str, frozenset[str]], card: Card) -> Turn:
    memory = past.memories.get(card.id)
    kinds = tuple(kind for kind in card.kinds if not wishes.kinds or kind in wishes.kinds)
    strong = memory is not None and memory.stability >= STRONG
    recalled = tuple(kind for kind in kinds if kind in _RECALLED) if strong and wishes.recall else ()
    return Turn(
        deck=deck,
        card=card,
        kinds=recalled or kinds,
        number=memory.reviews if memory else 0,
        most=options_for(memory),
        new=memory is None,
        recall=bool(recalled),
        lures=frozenset().union(*(tempting.get(each, ()) for each in card.about)),
    )


def options_for(memory: Memory | None) -> int:
    """How many options the question of a card may have; None stands for a card never reviewed."""
    stability = memory.stability if memory else 0.0
    return max([FEWEST_OPTIONS, *(count for days, count in MORE_OPTIONS if stability >= days)])


def met_by(cards: Iterable[Card], answered: Collection[str]) -> set[str]:
    """What the cards answered share with their sisters: of sisters, only one is asked a day."""
    return {shared for card in cards if card.id in answered for shared in card.sisterhood}


def _no_sisters(cards: Iterable[Card], met: set[str]) -> Iterator[Card]:
    for card in cards:
        if not card.sisterhood & met:
            met |= card.sisterhood
            yield card


def _runs(turns: Sequence[Turn], length: int) -> list[list[Turn]]:
    """The turns in their order, each followed at once by others of its pair, up to ``length`` in a row."""
    runs: list[list[Turn]] = []
    open_runs: dict[tuple[str, frozenset[str]], list[Turn]] = {}
    for turn in turns:
        pair = turn.deck, frozenset(turn.card.about)
        run = open_runs.get(pair)
        if run is None or len(pair[1]) < 2 or len(run) == length:
            run = open_runs[pair] = []
            runs.append(run)
        run.append(turn)
    return runs


def _first(runs: Iterable[list[Turn]], count: int) -> Iterator[list[Turn]]:
    """The runs up to so many turns."""
    for run in runs:
        if count <= 0:
            return
        yield run[:count]
        count -= len(run)


def _mixed(due: Sequence[list[Turn]], new: Sequence[list[Turn]]) -> tuple[Turn, ...]:
    """Runs of new cards spread evenly among those of due ones."""
    places = [(i / len(due), 0, run) for i, run in enumerate(due)]
    places += [((i + 0.5) / len(new), 1, run) for i, run in enumerate(new)]
    places.sort(key=lambda place: place[:2])
    return tuple(turn for _, _, run in places for turn in run)


def of_pair(
    deck: str,
    cards: Iterable[Card],
    past: Past,
    pair: frozenset[str],
    seed: int,
    mode: Mode = Mode.STUDY,
    kinds: frozenset[str] = frozenset(),
) -> Iterator[Turn]:
    """Turns on a pair of subjects that leave the schedule alone: what was mixed up first, then in a drawn order.

    Of ``kinds`` all are wanted when none is named.
    """
    features = [feature for each in past.confused if {each.actual, each.taken} == pair for feature in each.features]
    tempting = lures(each for each in past.confused if each.actual in pair or each.taken in pair)
    wishes = Wishes(kinds=kinds, recall=False)
    asked_again = past._replace(answered=())
    found = [card for card in cards if frozenset(card.about) == pair and _wanted(card, asked_again, wishes)]
    found.sort(key=lambda card: (card.feature not in features, lot(seed, mode, card.id)))
    for card in found:
        yield _turn(deck, past, wishes, tempting, card)._replace(counts=False, mode=mode)


def is_leech(memory: Memory | None) -> bool:
    """Whether a card is forgotten again and again."""
    return memory is not None and memory.lapses >= LEECH


def leeches(cards: Iterable[Card], past: Past) -> Iterator[Card]:
    """Cards that are forgotten again and again, without those suspended."""
    for card in cards:
        if is_leech(past.memories.get(card.id)) and card.id not in past.suspended:
            yield card
