"""Cards of comparisons: what is found more often in one of two subjects, and what a source lists for one alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from quiz.deck import Fact, Likelier, SideBySide, Weight
from quiz.draw import lot
from quiz.questions.arena import Arena
from quiz.questions.balance import Item
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.pairs import arena_of, former, likelier_id

Column = tuple[str, tuple[str, ...]]
"""A subject, and the features that a comparison lists under it alone."""


def likelihood_cards(material: Material) -> Iterator[Card]:
    """A card for each comparison of frequency that a question can be asked of."""
    for fact in material.deck.facts.values():
        match fact.form:
            case Likelier(feature, more, less) if not fact.dated:
                id = likelier_id(more, less, feature)
                kinds = ["contrast"] if id in arena_of(material, more, less, aspect_of(material, feature)) else []
                if id in statements_of_frequency(material):
                    kinds.append("true-false")
                if kinds:
                    yield Card(
                        id=id,
                        fact=fact.id,
                        about=(more, less),
                        feature=feature,
                        kinds=tuple(kinds),
                        weight=fact.weight,
                        was=former(material.deck, likelier_id, (more, less, feature)),
                    )


def statements_of_frequency(material: Material) -> Mapping[str, int]:
    """The comparisons that can be stated, by card id, each with a number; of two that follow, one is turned round."""

    def make() -> Mapping[str, int]:
        return {id: number for number, id in enumerate(sorted(_stateable(material), key=lambda id: lot("oftener", id)))}

    return material.once(("oftener",), make)


def _stateable(material: Material) -> list[str]:
    return [
        likelier_id(fact.form.more, fact.form.less, fact.form.feature)
        for fact in material.deck.facts.values()
        if isinstance(fact.form, Likelier)
        and not fact.dated
        and fact.weight is not Weight.BACKGROUND
        and material.may_compare(fact.form.feature, fact.form.more, fact.form.less)
    ]


def aspect_of(material: Material, feature: str) -> str:
    """The id of the aspect of a feature."""
    return material.deck.features[feature].aspect


def arena_of_listing(material: Material, comparison: str) -> Arena:
    """What a comparison lists under one of two subjects only, in balance."""
    fact = material.deck.facts[comparison]
    assert isinstance(fact.form, SideBySide)
    one, other = fact.form.only

    def made() -> Arena:
        return Arena([*_listed(material, fact, one, other), *_listed(material, fact, other, one)], material.clash)

    return material.once(("listing", comparison), made)


def _listed(material: Material, fact: Fact, mine: Column, other: Column) -> Iterator[Item]:
    (subject, features), (rival, others) = mine, other
    for feature in features:
        pool = _listing_pool(material, feature, subject, others, rival)
        if material.may_compare(feature, subject, rival):
            yield Item(_listed_id(fact.id, subject, feature), feature, pool)


def _listed_id(fact: str, subject: str, feature: str) -> str:
    return ":".join(("listed", fact, subject, feature))


def _listing_pool(material: Material, key: str, subject: str, others: tuple[str, ...], other: str) -> tuple[str, ...]:
    """Features listed under the other subject alone, of the key's aspect and not known true of the key's subject."""
    aspect = material.deck.features[key].aspect
    return tuple(
        feature
        for feature in others
        if material.deck.features[feature].aspect == aspect
        and material.may_compare(feature, subject, other)
        and not material.knowledge.held(subject, feature)
    )


def listing_cards(material: Material) -> Iterator[Card]:
    """A card for each feature that a comparison lists under one of its subjects alone."""
    deck = material.deck
    for fact in deck.facts.values():
        if not isinstance(fact.form, SideBySide) or fact.dated:
            continue
        arena, (one, other) = arena_of_listing(material, fact.id), fact.form.only
        for (subject, features), (rival, _) in ((one, other), (other, one)):
            for feature in features:
                names = (
                    (fact.id, *fact.was),
                    (subject, *deck.subjects[subject].was),
                    (feature, *deck.features[feature].was),
                )
                ids = [_listed_id(*name) for name in product(*names)]
                if ids[0] in arena:
                    yield Card(
                        id=ids[0],
                        fact=fact.id,
                        about=(subject, rival),
                        feature=feature,
                        kinds=("contrast",),
                        weight=fact.weight,
                        was=tuple(ids[1:]),
                    )
