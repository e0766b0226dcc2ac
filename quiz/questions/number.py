"""Number: a figure, to be typed."""

from __future__ import annotations

from quiz.deck import Bound, Figure, Tells
from quiz.draw import Draw
from quiz.questions.material import Material
from quiz.questions.model import Card, Question
from quiz.questions.told import present_cites, today, whose
from quiz.questions.wording import paragraph

KIND = "number"


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a figure; a dated one says whose it is and is followed by the present reading."""
    fact = material.deck.facts[card.fact]
    assert isinstance(fact.form, Tells) and fact.form.figure
    figure = fact.form.figure
    return Question(
        id=f"{card.id}/{KIND}",
        card=card.id,
        kind=KIND,
        seed=draw.seed,
        stem=f"{whose(material.deck, fact)}{figure.ask} ({_wanted(figure)})",
        asks={"relation": "figure", "fact": fact.id},
        accepts=spellings(figure),
        explanation=paragraph(fact.text, today(fact)),
        facts=(fact.id,),
        cites=present_cites(fact),
    )


def _wanted(figure: Figure) -> str:
    """What to type; the unit is named unless the question has named it."""
    named_already = figure.unit.casefold() in figure.ask.casefold()
    return "a figure" if named_already else f"a figure, in {figure.unit}"


def spellings(figure: Figure) -> tuple[str, ...]:
    """The figure as it is meant, with its unit, and alone."""
    whole = f"{figure.value} {figure.unit}"
    meant = () if figure.bound is Bound.EXACTLY else (f"{figure.bound} {whole}",)
    return (*meant, whole, figure.value)
