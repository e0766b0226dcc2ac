"""Which feature: what does this subject have, that of these only it could have?"""

from __future__ import annotations

from quiz.deck import Claim
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of, verdict
from quiz.questions.material import Material
from quiz.questions.model import Card, Option, Question
from quiz.questions.single import arena_of_features
from quiz.questions.wording import fill

KIND = "which-feature"

STEMS = ("Which of these {aspects} belongs to {subject}?", "Which {aspect} fits {subject}?")


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a claim card: its feature among others that its subject is known to lack and a rival has."""
    subject, feature = material.deck.subjects[card.about[0]], feature_of(card)
    aspect = material.deck.aspects[material.deck.features[feature].aspect]
    features = arena_of_features(material, subject.id, aspect.id).options(card.id, feature, draw)

    def option(each: str) -> Option:
        claims = (Claim(subject.id, each, True),)
        reason = verdict(material, subject.id, each)
        return material.option(material.deck.features[each].noun, claims, reason, key=each == feature)

    names = {"subject": subject.short, "aspect": aspect.noun, "aspects": aspect.plural}
    stem = fill(draw.turned(aspect.which_feature or STEMS, "frame"), names)
    asks: dict[str, object] = {"relation": "what", "subject": subject.id, "aspect": aspect.id}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in features])
