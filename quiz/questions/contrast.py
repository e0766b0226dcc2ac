"""Contrast: which feature speaks for one subject rather than the other?"""

from __future__ import annotations

from quiz.deck import Claim, Likelier, SideBySide
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of, joined
from quiz.questions.comparisons import arena_of_listing
from quiz.questions.material import Material
from quiz.questions.model import Card, Listing, Option, Question, Reason
from quiz.questions.pairs import arena_of
from quiz.questions.wording import pair_stem, paragraph
from quiz.verdict import Rule, Verdict

KIND = "contrast"

SEPARATES = (
    "You are weighing {a} against {b}. Which {aspect} speaks for {a}?",
    "Which {aspect} points to {a} rather than to {b}?",
    "Which of these {aspects} belongs to {a} and not to {b}?",
)
LIKELIER = (
    "Which {aspect} makes {a} more likely than {b}?",
    "Between {a} and {b}, which {aspect} tips the scales towards {a}?",
)


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a contrast card, of a likelihood card or of a listing card."""
    fact = material.deck.facts[card.fact]
    match fact.form:
        case Likelier():
            return _likelier(card, material, draw)
        case SideBySide():
            return _listed(card, material, draw)
        case _:
            return _separates(card, material, draw)


def _separates(card: Card, material: Material, draw: Draw) -> Question:
    (a, b), feature = card.about, feature_of(card)
    aspect = material.deck.aspects[material.deck.features[feature].aspect]
    features = arena_of(material, a, b, aspect.id).options(card.id, feature, draw)

    def option(each: str) -> Option:
        claims = Claim(a, each, True), Claim(b, each, False)
        reason = separation(material, a, b, each) if each == feature else no_separation(material, a, b, each)
        return material.option(material.deck.features[each].noun, claims, reason, key=each == feature)

    stem = pair_stem(aspect.contrast, SEPARATES, material.deck, aspect.id, (a, b), draw)
    asks = {"relation": "separates", "subject": a, "from": b, "aspect": aspect.id}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in features])


def separation(material: Material, a: str, b: str, feature: str) -> Reason:
    """Why a feature speaks for ``a`` against ``b``: what ``a`` has and ``b`` is known to lack."""
    held, lacked = material.held(a, feature), material.lacked(b, feature)
    return Reason(lacked.rule, joined(held.ids, lacked.ids), paragraph(*held.steps, *lacked.steps))


def no_separation(material: Material, a: str, b: str, feature: str) -> Reason:
    """Why a feature does not speak for ``a`` against ``b``.

    Both have it, or ``b`` has it and ``a`` lacks it, or it is found more often in ``b``.
    """
    if not (material.has(a, feature) or material.lacks(a, feature)) or not material.has(b, feature):
        oftener = material.knowledge.likelier(feature, b, a)
        if oftener is None:
            raise ValueError(f"nothing is known of {feature} that would part {a} from {b}")
        return Reason(oftener.rule, oftener.ids, oftener.text)
    in_b = material.held(b, feature)
    if material.knowledge.judge(a, feature).verdict is Verdict.TRUE:
        in_a = material.held(a, feature)
        return Reason(Rule.TRUE_OF_BOTH, joined(in_a.ids, in_b.ids), paragraph(*in_a.steps, *in_b.steps))
    lacked = material.lacked(a, feature)
    return Reason(lacked.rule, joined(lacked.ids, in_b.ids), paragraph(*lacked.steps, *in_b.steps))


def _likelier(card: Card, material: Material, draw: Draw) -> Question:
    (a, b), feature = card.about, feature_of(card)
    aspect = material.deck.aspects[material.deck.features[feature].aspect]
    features = arena_of(material, a, b, aspect.id).options(card.id, feature, draw)

    def option(each: str) -> Option:
        reverse = material.knowledge.likelier(each, b, a)
        ground = material.knowledge.likelier(each, a, b) if each == feature else reverse
        reason = Reason(ground.rule, ground.ids, ground.text) if ground else no_separation(material, a, b, each)
        claims = (Claim(a, each, True),)
        return material.option(material.deck.features[each].noun, claims, reason, key=each == feature)

    stem = pair_stem(aspect.likelier, LIKELIER, material.deck, aspect.id, (a, b), draw)
    asks = {"relation": "likelier", "subject": a, "than": b, "aspect": aspect.id}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in features])


def _listed(card: Card, material: Material, draw: Draw) -> Question:
    (a, b), feature = card.about, feature_of(card)
    fact = material.deck.facts[card.fact]
    assert isinstance(fact.form, SideBySide)
    features = arena_of_listing(material, fact.id).options(card.id, feature, draw)
    aspect = material.deck.aspects[material.deck.features[feature].aspect]
    short_a, short_b = (material.deck.subjects[each].short for each in (a, b))

    def option(each: str) -> Option:
        noun = material.deck.features[each].noun
        claims = Listing(a, each, True), Listing(b, each, False)
        mine, other = (short_a, short_b) if each == feature else (short_b, short_a)
        listed = f"There, “{noun}” is listed for {mine} and not for {other}."
        absent = "" if each == feature else f"Not listed does not mean absent in {short_a}."
        text = paragraph(fact.text if each == feature else "", listed, absent)
        return material.option(noun, claims, Reason(Rule.NOT_LISTED, (fact.id,), text), key=each == feature)

    stem = f"In {fact.form.title}, which {aspect.noun} is listed for {short_a} and not for {short_b}?"
    asks = {"relation": "listed", "subject": a, "from": b, "comparison": fact.id, "aspect": aspect.id}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in features])
