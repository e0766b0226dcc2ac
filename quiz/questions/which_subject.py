"""Which subject: whose feature is this?"""

from __future__ import annotations

from quiz.deck import Claim
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of, verdict
from quiz.questions.material import Material
from quiz.questions.model import Card, Option, Question
from quiz.questions.single import arena_of_subjects
from quiz.questions.wording import fill

KIND = "which-subject"

STEMS = (
    "Of these {nouns}, to which {does|do} {feature} belong?",
    "{Feature}: which of these {nouns} is that true of?",
)


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a claim card: its subject among rivals that are known to lack the feature."""
    subject, feature = card.about[0], material.deck.features[feature_of(card)]
    group = material.deck.groups[material.deck.subjects[subject].group]
    subjects = arena_of_subjects(material, subject).options(card.id, subject, draw)

    def option(each: str) -> Option:
        claims = (Claim(each, feature.id, True),)
        reason = verdict(material, each, feature.id)
        return material.option(material.deck.subjects[each].short, claims, reason, key=each == subject)

    frames = material.deck.aspects[feature.aspect].which_subject or STEMS
    names = {"feature": feature.noun, "noun": group.noun, "nouns": group.plural}
    stem = fill(draw.turned(frames, "frame"), names, plural=feature.plural)
    asks: dict[str, object] = {"relation": "whose", "group": group.id, "feature": feature.id}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in subjects])
