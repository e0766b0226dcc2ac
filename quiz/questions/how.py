"""How: by which way does a cause lead to its effect?"""

from __future__ import annotations

from quiz.deck import Fact, Tells, Ways
from quiz.draw import Draw
from quiz.questions.choice import choice
from quiz.questions.material import Material
from quiz.questions.model import Card, Link, Option, Question, Reason
from quiz.questions.told import arena_of_ways
from quiz.questions.wording import fill, paragraph
from quiz.verdict import Rule

KIND = "how"


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a way: its effect among the effects of other members of the set that the author signed."""
    facts = material.deck.facts
    ways = facts[card.id.split(":")[1]]
    assert isinstance(ways.form, Ways)
    members = arena_of_ways(material, ways.id).options(card.id, card.fact, draw)

    def option(each: str) -> Option:
        if each == card.fact:
            reason = Reason(Rule.STATED, (each,), facts[each].text)
        else:
            reason = Reason(Rule.APART, (ways.id, each), paragraph(facts[each].text, ways.text))
        effect = mechanism(facts[each])[1]
        return material.option(effect, (Link(card.fact, each),), reason, key=each == card.fact)

    stem = fill(draw.turned(ways.form.ask, "frame"), {"cause": mechanism(facts[card.fact])[0]})
    asks: dict[str, object] = {"relation": "leads", "set": ways.id, "fact": card.fact}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in members])


def mechanism(fact: Fact) -> tuple[str, str]:
    """Cause and effect of a fact. Raises ValueError when it tells none."""
    if not isinstance(fact.form, Tells) or fact.form.mechanism is None:
        raise ValueError(f"fact {fact.id} has no mechanism")
    return fact.form.mechanism
