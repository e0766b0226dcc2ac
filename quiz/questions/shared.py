"""Shared: what do two subjects have in common?"""

from __future__ import annotations

from quiz.deck import Claim
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of, joined
from quiz.questions.contrast import separation
from quiz.questions.material import Material
from quiz.questions.model import Card, Option, Question, Reason
from quiz.questions.pairs import arena_of
from quiz.questions.wording import pair_stem, paragraph
from quiz.verdict import Rule

KIND = "shared"

STEMS = (
    "Which {aspect} do {a} and {b} have in common?",
    "Which of these {aspects} fits both {a} and {b}?",
)


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a pair card whose feature is true of both subjects."""
    (a, b), feature = card.about, feature_of(card)
    aspect = material.deck.aspects[material.deck.features[feature].aspect]
    split = material.split(a, b, aspect.id)
    features = arena_of(material, a, b, aspect.id).options(card.id, feature, draw)

    def option(each: str) -> Option:
        claims = Claim(a, each, True), Claim(b, each, True)
        if each == feature:
            reason = both(material, a, b, each)
        elif each in split.only_a:
            reason = separation(material, a, b, each)
        else:
            reason = separation(material, b, a, each)
        return material.option(material.deck.features[each].noun, claims, reason, key=each == feature)

    stem = pair_stem(aspect.shared, STEMS, material.deck, aspect.id, (a, b), draw)
    asks = {"relation": "both", "subjects": [a, b], "aspect": aspect.id}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in features])


def both(material: Material, a: str, b: str, feature: str) -> Reason:
    """Why a feature is true of both subjects."""
    in_a, in_b = material.held(a, feature), material.held(b, feature)
    return Reason(Rule.TRUE_OF_BOTH, joined(in_a.ids, in_b.ids), paragraph(*in_a.steps, *in_b.steps))
