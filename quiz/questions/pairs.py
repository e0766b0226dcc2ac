"""Cards of pairs: what parts two subjects and what they share, what is likelier in one, what a comparison lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from quiz.deck import Deck, Fact, Likelier, SideBySide, Weight
from quiz.draw import lot
from quiz.questions.arena import Arena
from quiz.questions.balance import Item
from quiz.questions.material import Material
from quiz.questions.model import Card

Column = tuple[str, tuple[str, ...]]
"""A subject, and the features that a comparison lists under it alone."""

_ORDER = list(Weight)


def pair_id(a: str, b: str, feature: str) -> str:
    """The card of a pair and feature: one name for the pair whichever way the author ordered the subjects."""
    low, high = sorted((a, b))
    return f"pair:{low}~{high}:{feature}"


def likelier_id(more: str, less: str, feature: str) -> str:
    """The card of a feature that is found more often in one of two subjects."""
    return f"likelier:{more}>{less}:{feature}"


def former(deck: Deck, name: Callable[..., str], parts: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that a card had under former names of its subjects and feature; ``parts`` ends with the feature."""
    *subjects, feature = parts
    names = [(each, *deck.subjects[each].was) for each in subjects] + [(feature, *deck.features[feature].was)]
    return tuple(name(*combination) for combination in product(*names))[1:]


def arena_of(material: Material, one: str, other: str, aspect: str) -> Arena:
    """What may be asked of two subjects and an aspect with options: contrast, likelihood and shared, in balance."""
    a, b = _in_deck_order(material.deck, one, other)

    def made() -> Arena:
        items, ranks = [], {}
        for item, fact, is_shared in _items(material, a, b, aspect):
            items.append(item)
            ranks[item.id] = _ORDER.index(fact.weight), is_shared
        return Arena(items, material.clash, lambda item: ranks[item.id])

    return material.arena(("pair", a, b, aspect), made)


def _in_deck_order(deck: Deck, one: str, other: str) -> tuple[str, str]:
    for subject in deck.subjects:
        if subject in (one, other):
            return subject, other if subject == one else one
    raise KeyError(one)


def _items(material: Material, a: str, b: str, aspect: str) -> Iterator[tuple[Item, Fact, bool]]:
    """The questions that might be asked, with the fact each hangs on, and whether it asks for what is shared."""
    split = material.split(a, b, aspect)
    for subject, rival, mine, others in ((a, b, split.only_a, split.only_b), (b, a, split.only_b, split.only_a)):
        leaning = (f for f in _likelier_in(material, rival, subject, aspect) if _is_both(material, a, b, f))
        pool = (*split.both, *others, *leaning)
        for feature in mine:
            fact = material.held(subject, feature).facts[0]
            if fact.weight is not Weight.BACKGROUND:
                yield Item(pair_id(a, b, feature), feature, pool), fact, False
    for feature in split.both:
        fact = material.held(a, feature).facts[0]
        if fact.weight is not Weight.BACKGROUND:
            yield Item(pair_id(a, b, feature), feature, (*split.only_a, *split.only_b)), fact, True
    for fact in material.likelihoods(a, b):
        match fact.form:
            case Likelier(feature, more, less) if _may_be_likelier(material, fact, aspect):
                pool = tuple(f for f in likelihood_pool(material, more, less, aspect) if f != feature)
                yield Item(likelier_id(more, less, feature), feature, pool), fact, False


def _may_be_likelier(material: Material, fact: Fact, aspect: str) -> bool:
    form = fact.form
    return (
        isinstance(form, Likelier)
        and fact.weight is not Weight.BACKGROUND
        and material.deck.features[form.feature].aspect == aspect
        and material.may_compare(form.feature, form.more, form.less)
    )


def likelihood_pool(material: Material, more: str, less: str, aspect: str) -> tuple[str, ...]:
    """Features that do not make ``more`` likelier than ``less``: true of both alike, or speaking for ``less``."""
    split = material.split(more, less, aspect)
    return tuple(dict.fromkeys((*split.both, *split.only_b, *_likelier_in(material, less, more, aspect))))


def _likelier_in(material: Material, more: str, less: str, aspect: str) -> Iterator[str]:
    """Features of the aspect that a source finds more often in the one subject than in the other."""
    for fact in material.likelihoods(more, less):
        if isinstance(fact.form, Likelier) and fact.form.more == more:
            feature = fact.form.feature
            if material.deck.features[feature].aspect == aspect and material.may_compare(feature, more, less):
                yield feature


def _is_both(material: Material, a: str, b: str, feature: str) -> bool:
    """Whether both subjects have the feature, so that it parts them for nobody, whatever it makes likelier."""
    return material.has(a, feature) and material.has(b, feature)


def pair_cards(material: Material) -> Iterator[Card]:
    """A card for each pair of rivals and feature that a question can be asked of."""
    for a, b in material.knowledge.hierarchy.rivals():
        placed = _placed_evenly(material, a, b)
        for aspect in material.deck.aspects:
            split, arena = material.split(a, b, aspect), arena_of(material, a, b, aspect)
            for kind, first, second, features in (
                ("contrast", a, b, split.only_a),
                ("contrast", b, a, split.only_b),
                ("shared", a, b, split.both),
            ):
                for feature in features:
                    kinds = (kind,) * (pair_id(a, b, feature) in arena) + ("sort",) * (feature in placed)
                    if kinds:
                        yield _pair(material, (a, b), (first, second), feature, kinds)


def _placed_evenly(material: Material, a: str, b: str) -> set[str]:
    """The features that are asked where they belong: as many of the one, of the other and of both."""
    places: tuple[list[str], ...] = ([], [], [])
    for aspect in material.deck.aspects:
        for place, (subject, features) in zip(
            places, zip((a, a, b), material.split(a, b, aspect), strict=True), strict=True
        ):
            facts = {f: material.held(subject, f).facts[0] for f in features}
            place += [f for f in features if facts[f].weight is not Weight.BACKGROUND]

    def rank(feature: str) -> tuple[object, ...]:
        # Core first; then what is not asked with options of its own; then by lot.
        ground = material.held(a if material.has(a, feature) else b, feature)
        arena = arena_of(material, a, b, material.deck.features[feature].aspect)
        weight = _ORDER.index(ground.facts[0].weight)
        return weight, pair_id(a, b, feature) in arena, lot("sort", *sorted((a, b)), feature)

    fewest = min(map(len, places))
    return {feature for place in places for feature in sorted(place, key=rank)[:fewest]}


def _pair(
    material: Material, pair: tuple[str, str], about: tuple[str, str], feature: str, kinds: tuple[str, ...]
) -> Card:
    deck, fact = material.deck, material.held(about[0], feature).facts[0]
    return Card(
        id=pair_id(*pair, feature),
        fact=fact.id,
        about=about,
        feature=feature,
        kinds=kinds,
        weight=fact.weight,
        was=former(deck, pair_id, (*pair, feature)),
    )


def likelihood_cards(material: Material) -> Iterator[Card]:
    """A card for each comparison of frequency that a question can be asked of."""
    for fact in material.deck.facts.values():
        match fact.form:
            case Likelier(feature, more, less) if not fact.dated:
                id = likelier_id(more, less, feature)
                if id in arena_of(material, more, less, material.deck.features[feature].aspect):
                    yield Card(
                        id=id,
                        fact=fact.id,
                        about=(more, less),
                        feature=feature,
                        kinds=("contrast",),
                        weight=fact.weight,
                        was=former(material.deck, likelier_id, (more, less, feature)),
                    )


def arena_of_listing(material: Material, comparison: str) -> Arena:
    """What a comparison lists under one of two subjects only, in balance."""
    fact = material.deck.facts[comparison]
    assert isinstance(fact.form, SideBySide)
    one, other = fact.form.only

    def made() -> Arena:
        return Arena([*_listed(material, fact, one, other), *_listed(material, fact, other, one)], material.clash)

    return material.arena(("listing", comparison), made)


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
