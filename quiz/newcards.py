"""Which new cards come next: in runs of one pair, and for large decks from those kept ready."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from quiz.confusion import Confusion, pair_weights
from quiz.deck import Weight
from quiz.draw import lot
from quiz.questions.model import TYPED, Card

BLOCK = 4
"""So many cards of one pair open a group never seen before; a novice needs that (Monteiro 2017)."""

RUN = 2
"""Later, cards of a pair come two by two: interleaved, but with no long gap between what is told apart."""

AHEAD, CHOICE = 120, 4
"""Of a large deck, about so many new cards are kept ready for the coming days; so many for each of a day at least."""

_ORDER = {Weight.CORE: 0, Weight.DETAIL: 1, Weight.BACKGROUND: 2}


class Asked(NamedTuple):
    """What was reviewed before: how many cards by pair, and the subjects that they are about."""

    pairs: Mapping[frozenset[str], int]
    subjects: Collection[str]


def asked_of(cards: Iterable[Card], memories: Collection[str]) -> Asked:
    """What was reviewed, by the cards that have a memory."""
    reviewed = [card for card in cards if card.id in memories]
    pairs = Counter(frozenset(card.about) for card in reviewed)
    return Asked(pairs, {each for card in reviewed for each in card.about})


def new_runs(
    cards: Iterable[Card],
    confused: Sequence[Confusion],
    room: int,
    seed: int,
    met: set[str],
    known: set[str],
    asked: Asked,
) -> list[list[Card]]:
    """So many new cards in runs of one pair, longer where nothing was asked of its subjects before.

    Pairs that are being mixed up come first, and at every other run the pair asked least, in the order of the deck;
    core comes before detail, choosing before recalling, since options introduce the words, and what sets two subjects
    side by side before single statements. ``known`` are the subjects of cards answered before, and ``met`` what cards
    of the day share with their sisters; both grow by those of the runs.
    """
    left, counts = _grouped(cards), Counter(asked.pairs)
    seldom, mixed_up = _ranks(left, counts, confused)
    runs: list[list[Card]] = []
    while room > 0:
        first = _first_free(left, seldom if len(runs) % 2 else mixed_up, met, seed)
        if first is None:
            break
        length = min(room, BLOCK if known.isdisjoint(first.about) else RUN)
        pair = frozenset(first.about)
        run = _run_from(first, [card for like in left if like.pair == pair for card in left[like]], length, met, seed)
        known.update(first.about)
        runs.append(run)
        counts[pair] += len(run)
        left = {like: [card for card in alike if card not in run] for like, alike in left.items()}
        room -= len(run)
    return runs


class Like(NamedTuple):
    """What new cards have in common that are as good as each other: weight, whether a reply is typed, and the pair."""

    weight: int
    typed: bool
    pair: frozenset[str]


Rank = Callable[[Like], Any]


def _grouped(cards: Iterable[Card]) -> dict[Like, list[Card]]:
    found: dict[Like, list[Card]] = {}
    for card in cards:
        like = Like(_ORDER[card.weight], not TYPED.isdisjoint(card.kinds), frozenset(card.about))
        found.setdefault(like, []).append(card)
    return found


def _ranks(
    left: Iterable[Like], asked: Mapping[frozenset[str], int], confused: Sequence[Confusion]
) -> tuple[Rank, Rank]:
    """By what new cards come in turn: least the pair asked least, and least the pair that is mixed up most."""
    weights = pair_weights(confused)
    place = {pair: number for number, pair in enumerate(dict.fromkeys(like.pair for like in left))}

    def seldom(like: Like) -> tuple[int, bool, int, int]:
        return like.weight, like.typed, asked.get(like.pair, 0), place[like.pair]

    def mixed_up(like: Like) -> tuple[int, tuple[int, bool, int, int]]:
        return -round(weights.get(like.pair, 0.0)), seldom(like)

    return seldom, mixed_up


def _first_free(left: Mapping[Like, Sequence[Card]], rank: Rank, met: set[str], seed: int) -> Card | None:
    """The card of the least rank that is no sister of one met, drawn where there are several."""
    for like in sorted(left, key=rank):
        free = [card for card in left[like] if not card.sisterhood & met]
        if free:
            return min(free, key=lambda card: _drawn(card, seed))
    return None


def _drawn(card: Card, seed: int) -> tuple[bool, int]:
    return "true-false" in card.kinds, lot(seed, card.id)


def _run_from(first: Card, of_pair: Iterable[Card], length: int, met: set[str], seed: int) -> list[Card]:
    """The first card, and others of its pair, in turn for the one subject and for the other where that is so."""
    run = [first]
    met |= first.sisterhood
    rest = sorted(of_pair, key=lambda card: (_ORDER[card.weight], *_drawn(card, seed)))
    while len(run) < length and len(first.about) == 2:
        free = [card for card in rest if not card.sisterhood & met]
        if not free:
            break
        run.append(next((card for card in free if card.about != run[-1].about), free[0]))
        met |= run[-1].sisterhood
    return run


class Fresh(NamedTuple):
    """New cards of a large deck that may come next, as ids, and what was asked of their subjects before.

    ``are_all`` tells that the deck has no other new ones.
    """

    cards: tuple[str, ...]
    asked: Asked
    are_all: bool

    def are_enough(self, new: int) -> bool:
        """Whether they do for a day with so many new cards, though sisters of cards of the day are passed over."""
        return self.are_all or len(self.cards) >= CHOICE * new

    def without(self, reviewed: Iterable[Card]) -> "Fresh":
        """What is left of them after the review of some cards."""
        taken = [card for card in reviewed if card.id in self.cards]
        pairs = Counter(self.asked.pairs) + Counter(frozenset(card.about) for card in taken)
        subjects = {*self.asked.subjects, *(each for card in taken for each in card.about)}
        gone = {card.id for card in taken}
        return Fresh(tuple(each for each in self.cards if each not in gone), Asked(pairs, subjects), self.are_all)


def fresh(cards: Sequence[Card], memories: Collection[str], suspended: Collection[str] = ()) -> Fresh:
    """New cards for the plans of the coming days, so that not all cards need be looked at; without those suspended.

    Those of the pairs asked least, of each as many as two runs take; all where there are few. Pairs that are being
    mixed up are not looked for here, since that changes from answer to answer.
    """
    left = _grouped(card for card in cards if card.id not in memories and card.id not in suspended)
    asked = asked_of(cards, memories)
    seldom, _ = _ranks(left, asked.pairs, ())
    count = sum(map(len, left.values()))
    most = count if count <= AHEAD else 2 * BLOCK
    found: dict[str, Card] = {}
    taken: Counter[frozenset[str]] = Counter()
    for like in sorted(left, key=seldom):
        some = left[like][: max(0, most - taken[like.pair])]
        taken[like.pair] += len(some)
        found.update((card.id, card) for card in some)
        if len(found) >= AHEAD:
            break
    subjects = {each for card in found.values() for each in card.about}
    pairs = {frozenset(card.about) for card in found.values()}
    on_pairs = {pair: count for pair, count in asked.pairs.items() if pair in pairs}
    return Fresh(tuple(found), Asked(on_pairs, subjects.intersection(asked.subjects)), len(found) == count)
