"""From knowledge to questions. A kind is a module with ``KIND`` and ``ask``; to add one, write it and list it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from quiz.draw import Draw
from quiz.questions import (
    case,
    contrast,
    how,
    number,
    recall,
    shared,
    sort,
    true_false,
    which_feature,
    which_subject,
)
from quiz.questions.cards import cards
from quiz.questions.material import Material
from quiz.questions.model import Card, Question

Ask = Callable[[Card, Material, Draw], Question]

_KINDS = (contrast, sort, shared, which_subject, which_feature, case, how, true_false, number, recall)
KINDS: dict[str, Ask] = {module.KIND: module.ask for module in _KINDS}


def bank(material: Material, seed: int, kinds: Iterable[str] = ()) -> Iterator[Question]:
    """Every question of a deck: each card in each kind it can be asked in, of the kinds wanted (all when empty).

    Where two cards come to the same question, as cases with few findings may, it stands once.
    """
    wanted = set(kinds) or set(KINDS)
    asked: set[tuple[object, ...]] = set()
    for card in cards(material):
        for kind in card.kinds:
            if kind in wanted:
                question = KINDS[kind](card, material, Draw(seed, card.id))
                same = kind, tuple(sorted(question.stem.split())), frozenset(option.text for option in question.options)
                if same not in asked:
                    asked.add(same)
                    yield question


__all__ = ["KINDS", "Ask", "Card", "Draw", "Material", "Question", "bank", "cards"]
