"""True or false: one statement about one subject, explained either way."""

from __future__ import annotations

from quiz.deck import Claim
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of, verdict
from quiz.questions.material import Material
from quiz.questions.model import Card, Option, Question
from quiz.questions.wording import fill
from quiz.verdict import Verdict

KIND = "true-false"

STEMS = ("True or false? {statement}", "{statement} True or false?")


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a statement card: the key is "True" or "False" as the claim is known."""
    feature = material.deck.features[feature_of(card)]
    subject = material.deck.subjects[card.about[0]]
    is_true = material.knowledge.judge(subject.id, feature.id).verdict is Verdict.TRUE
    reason = verdict(material, subject.id, feature.id)

    def option(text: str, holds: bool) -> Option:
        return material.option(text, (Claim(subject.id, feature.id, holds),), reason, key=holds is is_true)

    names = {"subject": subject.short, "feature": feature.noun}
    statement = fill(material.deck.aspects[feature.aspect].statement, names, plural=feature.plural)
    stem = fill(draw.turned(STEMS, "frame"), {"statement": statement})
    asks: dict[str, object] = {"relation": "statement", "subject": subject.id, "feature": feature.id}
    return choice(KIND, card, draw, stem, asks, (option("True", True), option("False", False)))
