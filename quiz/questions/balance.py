"""Deals distractors in balance: what is a key once is a distractor as often as chance would have it.

A reader who knows nothing of the subject, but has seen which options tend to be wrong, gains nothing where every
option text is the key of one question and a distractor of as many others as a question has distractors. Items among
which that can be so form an arena: the features of one pair and aspect, say, or the subjects of one group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from quiz.draw import lot

Clash = Callable[[str, str], bool]
Dealt = Mapping[str, tuple[str, ...]]


class Item(NamedTuple):
    """A question that might be asked: its id, the option that is its key, and what may stand beside the key."""

    id: str
    key: str
    pool: tuple[str, ...]


def balanced(items: Sequence[Item], clash: Clash, rank: Callable[[Item], Any], least: int) -> tuple[Item, ...]:
    """The items that can be asked together in balance, in their order, each with its pool cut down to keys of others.

    ``clash`` says which two options may not stand in one question; ``least`` is the fewest distractors of a question.
    Of items that must go, the last by ``rank`` goes first. An option that cannot be a distractor often enough is no
    key, or the key less often.
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
        gone = max(short, key=lambda item: (rank(item), lot("balance", item.id)))
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
        chosen: list[str] = []
        for each in sorted(item.pool, key=lambda each: (-wanted[each], lots[item.id][each])):
            if len(chosen) < count and not any(clash(each, other) for other in (item.key, *chosen)):
                chosen.append(each)
        wanted.subtract(chosen)
        dealt[item.id] = chosen
    _even_out(items, dealt, wanted, clash, lots)
    return {item.id: tuple(sorted(dealt[item.id], key=lots[item.id].__getitem__)) for item in items}


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
    """Exchange distractors dealt too often for others dealt too seldom, until no exchange helps."""
    exchanged = True
    while exchanged:
        exchanged = False
        for item in items:
            chosen = dealt[item.id]
            for place, old in enumerate(chosen):
                beside = (item.key, *chosen[:place], *chosen[place + 1 :])
                better = [
                    each
                    for each in item.pool
                    if wanted[each] > wanted[old] + 1
                    and each not in chosen
                    and not any(clash(each, other) for other in beside)
                ]
                if better:
                    new = max(better, key=lambda each: (wanted[each], lots[item.id][each]))
                    chosen[place] = new
                    wanted[new] -= 1
                    wanted[old] += 1
                    exchanged = True
