"""Cards of what facts tell beside claims: gaps in sentences, figures, and ways from a cause to its effect."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.citation import named
from quiz.deck import Citation, Deck, Disputes, Fact, States, Tells, Ways, Weight
from quiz.facts import former_ids, subjects_of
from quiz.questions.arena import Arena, never
from quiz.questions.balance import Item
from quiz.questions.material import Material
from quiz.questions.model import Card


def cloze_cards(material: Material) -> Iterator[Card]:
    """A card for each sentence with a gap."""
    for fact in material.deck.facts.values():
        if fact.cloze and not isinstance(fact.form, Disputes):
            yield _card(material, "recall", fact)


def figure_cards(material: Material) -> Iterator[Card]:
    """A card for each figure that is asked for."""
    for fact in material.deck.facts.values():
        if isinstance(fact.form, Tells) and fact.form.figure and fact.form.figure.ask:
            yield _card(material, "number", fact)


def _card(material: Material, kind: str, fact: Fact) -> Card:
    return Card(
        id=f"{kind}:{fact.id}",
        fact=fact.id,
        about=subjects_of(fact),
        feature=fact.form.claim.feature if isinstance(fact.form, States) else None,
        kinds=(kind,),
        weight=fact.weight,
        was=tuple(f"{kind}:{former}" for former in former_ids(material.deck, fact)),
    )


def whose(deck: Deck, fact: Fact) -> str:
    """What goes before a question on a dated fact, to say who held it; nothing before others."""
    return f"(According to {named(deck.sources[fact.cites[0].source])}:) " if fact.dated else ""


def today(fact: Fact) -> str:
    """The present reading of a dated fact; nothing for others."""
    return f"Today: {fact.dated.text}" if fact.dated else ""


def present_cites(fact: Fact) -> tuple[Citation, ...]:
    """The citations of a fact, and of its present reading where it is dated, each once."""
    return tuple(dict.fromkeys((*fact.cites, *(fact.dated.cites if fact.dated else ()))))


def way_id(ways: str, member: str) -> str:
    """The card of one way of a set."""
    return f"how:{ways}:{member}"


def arena_of_ways(material: Material, ways: str) -> Arena:
    """Which members of a set of ways can be asked; the effects of the others are the distractors."""
    form = material.deck.facts[ways].form
    assert isinstance(form, Ways)

    def made() -> Arena:
        facts = [material.deck.facts[each] for each in form.members if each in material.deck.facts]
        asked = [fact.id for fact in facts if fact.weight is not Weight.BACKGROUND]
        items = [Item(way_id(ways, each), each, tuple(other for other in asked if other != each)) for each in asked]
        return Arena(items, never)

    return material.once(("ways", ways), made)


def way_cards(material: Material) -> Iterator[Card]:
    """A card for each member of a set of ways."""
    deck = material.deck
    for ways in deck.facts.values():
        if isinstance(ways.form, Ways) and not ways.dated:
            arena = arena_of_ways(material, ways.id)
            for member in ways.form.members:
                if way_id(ways.id, member) in arena:
                    fact = deck.facts[member]
                    names = [(set_, each) for set_ in (ways.id, *ways.was) for each in (member, *fact.was)]
                    yield Card(
                        id=way_id(ways.id, member),
                        fact=member,
                        about=subjects_of(fact),
                        feature=None,
                        kinds=("how",),
                        weight=fact.weight,
                        was=tuple(way_id(*name) for name in names[1:]),
                    )
