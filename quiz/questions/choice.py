"""What all questions with options have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quiz.draw import Draw
from quiz.questions.material import Material
from quiz.questions.model import Card, Option, Question, Reason
from quiz.reasoning import upper_first


def choice(
    kind: str, card: Card, draw: Draw, stem: str, asks: Mapping[str, object], options: Sequence[Option]
) -> Question:
    """A question of the kind, explained by the reason of its key. Raises StopIteration if no option is the key."""
    key = next(option for option in options if option.key)
    return Question(
        id=f"{card.id}/{kind}",
        card=card.id,
        kind=kind,
        seed=draw.seed,
        stem=upper_first(stem),
        asks=asks,
        options=tuple(options),
        explanation=key.reason.text,
        facts=key.reason.facts,
        cites=key.cites,
    )


def verdict(material: Material, subject: str, feature: str) -> Reason:
    """Why a subject has a feature, or lacks it. Raises ValueError where neither is known."""
    ground = material.held(subject, feature)
    return Reason(ground.rule, ground.ids, ground.text)


def joined(*ids: Sequence[str]) -> tuple[str, ...]:
    """The ids of all sequences, each once, in order."""
    return tuple(dict.fromkeys(each for group in ids for each in group))


def feature_of(card: Card) -> str:
    """The feature a card is about. Raises ValueError for a card of a statement."""
    if card.feature is None:
        raise ValueError(f"card {card.id} has no feature")
    return card.feature
