"""From knowledge to questions. A kind is a module with ``KIND`` and ``ask``; to add one, write it and list it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module

from quiz.draw import Draw
from quiz.questions.material import Material
from quiz.questions.model import Card, Question

Ask = Callable[[Card, Material, Draw], Question]

_NAMES = (
    "contrast",
    "sort",
    "shared",
    "which-subject",
    "which-feature",
    "case",
    "how",
    "true-false",
    "number",
    "recall",
)


def _ask(kind: str, card: Card, material: Material, draw: Draw) -> Question:
    """A question of a kind, whose module is imported now: the first question needs but one of them."""
    question: Question = import_module(f"quiz.questions.{kind.replace('-', '_')}").ask(card, material, draw)
    return question


KINDS: dict[str, Ask] = {kind: partial(_ask, kind) for kind in _NAMES}


def cards(material: Material) -> tuple[Card, ...]:
    """All cards of a deck, in deck order. Cards whose fact is background are left out."""
    from quiz.questions.dealing import dealt  # a deck from the cache brings its cards along

    return material.once(("cards",), lambda: dealt(material))


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
