"""Deals distractors in balance: what is a key once is a distractor as often as chance would have it.

A reader who knows nothing of the subject, but has seen which options tend to be wrong, gains nothing where every
option text is the key of one question and a distractor of as many others as a question has distractors. Items among
which that can be so form an arena: the features of one pair and aspect, say, or the subjects of one group.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from quiz.draw import lot

Clash = Callable[[str, str], bool]
Dealt = Mapping[str, tuple[str, ...]]


class Item(NamedTuple):
    """A question that might be asked: its id, the option that is its key, and what may stand beside the key.

    Where not all can stay, those of the highest ``rank`` go first.
    """

    id: str
    key: str
    pool: tuple[str, ...]
    rank: tuple[int, ...] = ()


Exchange = tuple[Item, str, str]
"""In an item, one option is taken out and another put in."""


def balanced(items: Sequence[Item], clash: Clash, least: int) -> tuple[Item, ...]:
    """The items that can be asked together in balance, in their order, each with its pool cut down to keys of others.

    ``clash`` says which two options may not stand in one question; ``least`` is the fewest distractors of a question.
    An option that cannot be a distractor often enough is no key, or the key less often.
    """
    kept = _closed(items, clash, least)
    while kept:
        dealt = deal(kept, least, clash, "balance")
        missing = _wanted(kept, least)
        missing.subtract(each for chosen in dealt.values() for each in chosen)
        short = [item for item in kept if len(dealt[item.id]) < least]
        if not short:
            worst = max(missing.values())
            if worst <= 0:
                break
            short = [item for item in kept if missing[item.key] == worst]
        gone = max(short, key=lambda item: (item.rank, lot("balance", item.id)))
        kept = _closed([item for item in kept if item.id != gone.id], clash, least)
    return tuple(kept)


def _closed(items: Iterable[Item], clash: Clash, least: int) -> list[Item]:
    """The items with pools of keys alone, without those to which that leaves too few distractors."""
    kept = list(items)
    while True:
        keys = {item.key for item in kept}
        cut = [item._replace(pool=tuple(f for f in item.pool if f in keys and not clash(item.key, f))) for item in kept]
        left = [item for item in cut if len(item.pool) >= least]
        if len(left) == len(kept):
            return cut
        kept = left


def deal(items: Sequence[Item], count: int, clash: Clash, salt: object) -> Dealt:
    """Up to ``count`` distractors for each item, by id, spread so that each option is dealt as often as it should be.

    The same items and salt give the same deal.
    """
    wanted = _wanted(items, count)
    dealt: dict[str, list[str]] = {}
    lots = {item.id: {each: lot(salt, item.id, each) for each in item.pool} for item in items}
    for item in sorted(items, key=lambda item: (len(item.pool), lot(salt, item.id))):
        pool = sorted(item.pool, key=lambda each: (-wanted[each], lots[item.id][each]))
        chosen = _side_by_side([each for each in pool if not clash(item.key, each)], count, clash)
        wanted.subtract(chosen)
        dealt[item.id] = chosen
    _even_out(items, dealt, wanted, clash, lots)
    return {item.id: tuple(sorted(dealt[item.id], key=lots[item.id].__getitem__)) for item in items}


def _side_by_side(pool: Sequence[str], count: int, clash: Clash) -> list[str]:
    """So many of the pool that do not clash, the first ones if they can stand together; fewer where no more can."""
    chosen: list[str] = []
    for each in pool:
        if len(chosen) < count and not any(clash(each, other) for other in chosen):
            chosen.append(each)
    if len(chosen) < count:  # in an unlucky order the first one shuts out all others
        for size in range(count, len(chosen), -1):
            for some in combinations(pool, size):
                if not any(clash(one, other) for one, other in combinations(some, 2)):
                    return list(some)
    return chosen


def _wanted(items: Iterable[Item], count: int) -> Counter[str]:
    """How often each option should be dealt: so many times as a question has distractors, for each time it is a key."""
    keys = Counter(item.key for item in items)
    return Counter({key: times * count for key, times in keys.items()})


def _even_out(
    items: Sequence[Item],
    dealt: dict[str, list[str]],
    wanted: Counter[str],
    clash: Clash,
    lots: Mapping[str, Mapping[str, int]],
) -> None:
    """Exchange distractors dealt too often for others dealt too seldom, by chains of exchanges, until none helps.

    These are augmenting paths, as in matching by Hopcroft and Karp (1973).
    """
    while chain := _chain(items, dealt, wanted, clash, lots):
        for item, old, new in chain:
            chosen = dealt[item.id]
            chosen[chosen.index(old)] = new
        wanted[chain[0][1]] += 1
        wanted[chain[-1][2]] -= 1


def _chain(
    items: Sequence[Item],
    dealt: Mapping[str, list[str]],
    wanted: Counter[str],
    clash: Clash,
    lots: Mapping[str, Mapping[str, int]],
) -> list[Exchange]:
    """Exchanges that lead from an option dealt too often to one dealt too seldom; none where there is no such chain."""
    holders: dict[str, list[Item]] = {}
    for item in items:
        for each in dealt[item.id]:
            holders.setdefault(each, []).append(item)
    reached: dict[str, Exchange | None] = {each: None for each in sorted(wanted) if wanted[each] < 0}
    for old in (queue := list(reached)):
        for item in holders.get(old, ()):
            beside = [item.key, *(each for each in dealt[item.id] if each != old)]
            for new in sorted(item.pool, key=lots[item.id].__getitem__):
                if new in reached or new in beside or any(clash(new, other) for other in beside):
                    continue
                reached[new] = item, old, new
                queue.append(new)
                if wanted[new] > 0:
                    chain = _back(reached, new)
                    if len({item.id for item, _, _ in chain}) == len(chain):  # else one exchange could undo another
                        return chain
    return []


def _back(reached: Mapping[str, Exchange | None], last: str) -> list[Exchange]:
    """The exchanges that led to an option, from the first."""
    chain: list[Exchange] = []
    while exchange := reached[last]:
        chain.insert(0, exchange)
        last = exchange[1]
    return chain
