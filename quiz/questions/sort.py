"""Sort: does this feature belong to one subject alone, to both, or to the other alone?"""

from __future__ import annotations

from quiz.deck import Claim
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of
from quiz.questions.contrast import separation
from quiz.questions.material import Material
from quiz.questions.model import Card, Option, Question
from quiz.questions.shared import both
from quiz.questions.wording import fill
from quiz.verdict import Verdict

KIND = "sort"

STEMS = (
    "{Feature}: {a}, {b} or both?",
    "Where {does|do} {feature} belong: with {a}, with {b} or with both?",
)


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a pair card, with its three fixed options."""
    feature = material.deck.features[feature_of(card)]
    a, b = material.in_deck_order(*card.about)  # so that the place of an option says nothing about the key
    name_a, name_b = (material.deck.subjects[each].short for each in (a, b))
    in_a, in_b = (material.knowledge.judge(each, feature.id).verdict is Verdict.TRUE for each in (a, b))
    if in_a and in_b:
        reason = both(material, a, b, feature.id)
    elif in_a:
        reason = separation(material, a, b, feature.id)
    else:
        reason = separation(material, b, a, feature.id)

    def option(text: str, of_a: bool, of_b: bool) -> Option:
        claims = Claim(a, feature.id, of_a), Claim(b, feature.id, of_b)
        return material.option(text, claims, reason, key=(of_a, of_b) == (in_a, in_b))

    own = material.deck.aspects[feature.aspect].sort
    names = {"a": name_a, "b": name_b, "feature": feature.noun}
    stem = fill(draw.turned(own or STEMS, "frame"), names, plural=feature.plural)
    options = (
        option(f"{name_a}, not {name_b}", True, False),
        option("both", True, True),
        option(f"{name_b}, not {name_a}", False, True),
    )
    return choice(KIND, card, draw, stem, {"relation": "place", "subjects": [a, b], "feature": feature.id}, options)
