"""True or false: a statement about one subject, or about which of two has a feature more often; explained."""

from __future__ import annotations

from quiz.deck import Claim, Likelier
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of, verdict
from quiz.questions.comparisons import statements_of_frequency
from quiz.questions.material import Material
from quiz.questions.model import Card, Frequency, Option, Question, Reason
from quiz.questions.wording import fill
from quiz.verdict import Rule, Verdict

KIND = "true-false"

STEMS = ("True or false? {statement}", "{statement} True or false?")
OFTENER = ("{Feature} {is|are} met more often in {a} than in {b}.",)


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a claim card or of a likelihood card: the key is "True" or "False" as the statement is known."""
    if isinstance(material.deck.facts[card.fact].form, Likelier):
        return _oftener(card, material, draw)
    feature = material.deck.features[feature_of(card)]
    subject = material.deck.subjects[card.about[0]]
    is_true = material.knowledge.judge(subject.id, feature.id).verdict is Verdict.TRUE
    reason = verdict(material, subject.id, feature.id)

    def option(text: str, holds: bool) -> Option:
        return material.option(text, (Claim(subject.id, feature.id, holds),), reason, key=holds is is_true)

    names = {"subject": subject.short, "feature": feature.noun}
    statement = fill(material.deck.aspects[feature.aspect].statement, names, plural=feature.plural)
    asks: dict[str, object] = {"relation": "statement", "subject": subject.id, "feature": feature.id}
    return choice(KIND, card, draw, _stem(statement, draw), asks, (option("True", True), option("False", False)))


def _oftener(card: Card, material: Material, draw: Draw) -> Question:
    """A statement of frequency, at every other turn and for every other card the wrong way round."""
    (more, less), feature = card.about, material.deck.features[feature_of(card)]
    is_true = (statements_of_frequency(material)[card.id] + draw.turn) % 2 == 0
    a, b = (more, less) if is_true else (less, more)
    fact = material.deck.facts[card.fact]
    reason = Reason(Rule.MORE_OFTEN, (fact.id,), fact.text)

    def option(text: str, holds: bool) -> Option:
        return material.option(text, (Frequency(feature.id, a, b, holds),), reason, key=holds is is_true)

    names = {"a": material.deck.subjects[a].short, "b": material.deck.subjects[b].short, "feature": feature.noun}
    frames = material.deck.aspects[feature.aspect].oftener or OFTENER
    statement = fill(draw.turned(frames, "statement"), names, plural=feature.plural)
    asks: dict[str, object] = {"relation": "oftener", "feature": feature.id, "in": a, "than": b}
    return choice(KIND, card, draw, _stem(statement, draw), asks, (option("True", True), option("False", False)))


def _stem(statement: str, draw: Draw) -> str:
    return fill(draw.turned(STEMS, "frame"), {"statement": statement})
