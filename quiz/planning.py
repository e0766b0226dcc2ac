"""Which cards a sitting holds, and in which order: the choices follow docs/evidence.md."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from quiz.confusion import Confusion, lures, pair_weights
from quiz.deck import Weight
from quiz.draw import lot
from quiz.memory import Memory, Mode
from quiz.questions.model import TYPED, Card
from quiz.scheduling import is_due
from quiz.session import Turn

FEWEST_OPTIONS = 3
MORE_OPTIONS = ((21, 4), (90, 5))
"""From a stability in days on, so many options: more lures help a strong learner and hurt a weak one (Butler 2006)."""

STRONG = 21
"""From this stability in days on, an answer is asked for before options are shown (Smith & Karpicke 2014)."""

BLOCK = 4
"""So many cards of one pair open a group never seen before; a novice needs that (Monteiro 2017)."""

RUN = 2
"""Later, cards of a pair come two by two: interleaved, but with no long gap between what is told apart."""

AHEAD, CHOICE = 120, 4
"""Of a large deck, about so many new cards are kept ready for the coming days; so many for each of a day at least."""

LEECH = 4
"""A card failed so often after it was learned is a leech: more of the same does not help."""

_ORDER = {Weight.CORE: 0, Weight.DETAIL: 1, Weight.BACKGROUND: 2}
_RECALLED = frozenset({"contrast", "shared", "which-subject", "which-feature", "case", "how"})
"""Kinds that can be answered without seeing the options."""


class Asked(NamedTuple):
    """What was reviewed before: how many cards by pair, and the subjects that they are about."""

    pairs: Mapping[frozenset[str], int]
    subjects: Collection[str]


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
        runs = _new(wanted, past, wishes.new, seed, met, known, Counter(asked.pairs))
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


def asked_of(cards: Iterable[Card], memories: Collection[str]) -> Asked:
    """What was reviewed, by the cards that have a memory."""
    reviewed = [card for card in cards if card.id in memories]
    pairs = Counter(frozenset(card.about) for card in reviewed)
    return Asked(pairs, {each for card in reviewed for each in card.about})


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


def _new(
    cards: Iterable[Card],
    past: Past,
    most: int,
    seed: int,
    met: set[str],
    known: set[str],
    asked: Counter[frozenset[str]],
) -> list[list[Card]]:
    """New cards of the day in runs of one pair, longer where nothing was asked of its subjects before.

    Pairs that are being mixed up come first, and at every other run the pair asked least, in the order of the deck;
    core comes before detail, choosing before recalling, since options introduce the words, and what sets two subjects
    side by side before single statements. ``known`` are the subjects of cards answered before,
    ``asked`` counts the cards reviewed by pair; both grow by those of the runs.
    """
    left = _grouped(card for card in cards if card.id not in past.memories)
    seldom, mixed_up = _ranks(left, asked, past.confused)
    room = max(0, most - past.introduced)
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
        asked[pair] += len(run)
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


def fresh(cards: Sequence[Card], past: Past) -> Fresh:
    """New cards for the plans of the coming days, so that not all cards need be looked at.

    Those of the pairs asked least, of each as many as two runs take; all where there are few. Pairs that are being
    mixed up are not looked for here, since that changes from answer to answer.
    """
    left = _grouped(card for card in cards if card.id not in past.memories and card.id not in past.suspended)
    asked = asked_of(cards, past.memories)
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
