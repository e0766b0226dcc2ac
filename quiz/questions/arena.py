"""Arenas: questions with options that are made together, so that their options are keys and distractors in balance."""

from __future__ import annotations

from collections.abc import Sequence

from quiz.draw import Draw, lot
from quiz.questions.balance import Clash, Dealt, Item, balanced, deal


class Arena:
    """The items that can be asked in balance; deals are remembered, since a bank asks for each of them many times."""

    def __init__(self, items: Sequence[Item], clash: Clash, least: int = 2) -> None:
        """``items``, ``clash`` and ``least`` as for `balanced`."""
        self._items = balanced(items, clash, least)
        self._clash = clash
        self._least = least
        self._deals: dict[tuple[int, int, int], tuple[Dealt, dict[str, int]]] = {}
        self._pools = {item.id: item.pool for item in self._items}
        self.ids: frozenset[str] = frozenset(self._pools)

    def __contains__(self, id: str) -> bool:
        return id in self.ids

    def options(self, id: str, key: str, draw: Draw) -> list[str]:
        """The key among its distractors, others at each seed and turn; ``draw.most`` options where there are so many.

        Over the arena the key stands as often in one place as in another. Where none of the distractors is a lure, one
        is exchanged for one; the others stay as they were dealt. Raises KeyError for an item not in it.
        """
        dealt, places = self._dealt(draw)
        options = self._tempting(id, dealt[id], draw)
        options.insert(places[id] % (len(options) + 1), key)
        return options

    def _tempting(self, id: str, dealt: Sequence[str], draw: Draw) -> list[str]:
        if draw.lures.isdisjoint(dealt):
            rest = dealt[1:]
            fitting = [
                each
                for each in self._pools[id]
                if each in draw.lures and each not in dealt and not any(self._clash(each, other) for other in rest)
            ]
            if fitting:
                return [min(fitting, key=lambda each: lot("lure", draw.seed, draw.turn, id, each)), *rest]
        return list(dealt)

    def _dealt(self, draw: Draw) -> tuple[Dealt, dict[str, int]]:
        count = max(self._least, draw.most - 1)
        name = draw.seed, draw.turn, count
        if name not in self._deals:
            order = sorted(self.ids, key=lambda id: lot("place", *name, id))
            first = lot("first", *name, *order[:1])
            places = {id: first + rank for rank, id in enumerate(order)}
            self._deals[name] = deal(self._items, count, self._clash, name), places
        return self._deals[name]


def never(_one: str, _other: str) -> bool:
    """The clash of options any of which may stand beside any other."""
    return False
