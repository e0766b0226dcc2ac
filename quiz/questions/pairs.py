"""Cards of pairs: what parts two subjects and what they share; and what may be asked of a pair in balance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from quiz.deck import Deck, Fact, Likelier, Weight
from quiz.draw import lot
from quiz.questions.arena import Arena
from quiz.questions.balance import Item
from quiz.questions.material import WEIGHTS, Material
from quiz.questions.model import Card
from quiz.questions.rivals import rivals

_PARTS, _LEANS, _JOINS = range(3)
"""What parts two subjects is worth most, then what leans to one of them; what they share is the most plentiful."""


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
    a, b = material.in_deck_order(one, other)

    def made() -> Arena:
        return Arena(list(_items(material, a, b, aspect)), material.clash)

    return material.once(("pair", a, b, aspect), made)


def _items(material: Material, a: str, b: str, aspect: str) -> Iterator[Item]:
    """The questions that might be asked, ranked by what they ask for and by weight."""
    split = material.split(a, b, aspect)
    for subject, rival, mine, others in ((a, b, split.only_a, split.only_b), (b, a, split.only_b, split.only_a)):
        leaning = _likelier_in(material, rival, subject, aspect)
        even = (f for f in split.both if not material.is_commoner(subject, rival, f))
        pool = tuple(dict.fromkeys((*even, *others, *leaning)))
        for feature in mine:
            if material.is_told(subject, feature):
                rank = _PARTS, material.weight_rank(subject, feature)
                yield Item(pair_id(a, b, feature), feature, pool, rank)
    for feature in split.both:
        if material.is_told(a, feature) and material.is_told(b, feature):
            pool = material.one_of_each_set((*split.only_a, *split.only_b), pair_id(a, b, feature))
            yield Item(pair_id(a, b, feature), feature, pool, (_JOINS, material.weight_rank(a, feature)))
    for fact in material.likelihoods(a, b):
        match fact.form:
            case Likelier(feature, more, less) if _may_be_likelier(material, fact, aspect):
                pool = tuple(f for f in likelihood_pool(material, more, less, aspect) if f != feature)
                yield Item(likelier_id(more, less, feature), feature, pool, (_LEANS, WEIGHTS.index(fact.weight)))


def _may_be_likelier(material: Material, fact: Fact, aspect: str) -> bool:
    form = fact.form
    return (
        isinstance(form, Likelier)
        and fact.weight is not Weight.BACKGROUND
        and material.deck.features[form.feature].aspect == aspect
        and material.may_compare(form.feature, form.more, form.less)
    )


def likelihood_pool(material: Material, more: str, less: str, aspect: str) -> tuple[str, ...]:
    """Features known not to make ``more`` likelier than ``less``: they speak for ``less``.

    What is true of both is not among them: how often it is met in either is not known.
    """
    only_less = material.split(more, less, aspect).only_b
    return tuple(dict.fromkeys((*only_less, *_likelier_in(material, less, more, aspect))))


def _likelier_in(material: Material, more: str, less: str, aspect: str) -> Iterator[str]:
    """Features of the aspect that a source finds more often in the one subject than in the other."""
    for fact in material.likelihoods(more, less):
        if isinstance(fact.form, Likelier) and fact.form.more == more:
            feature = fact.form.feature
            if material.deck.features[feature].aspect == aspect and material.may_compare(feature, more, less):
                yield feature


def pair_cards(material: Material) -> Iterator[Card]:
    """A card for each pair of rivals and feature that a question can be asked of."""
    for a, b in rivals(material):
        placed = _placed_evenly(material, a, b)
        for aspect in material.aspects_of(a, b):
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
    for aspect in material.aspects_of(a, b):
        split = material.split(a, b, aspect)
        for place, holders, features in zip(places, ((a,), (a, b), (b,)), split, strict=True):
            told = (f for f in features if all(material.is_told(subject, f) for subject in holders))
            # The milder of the two forms: where two divide a set between them, nobody would say "both".
            place += [f for f in told if not material.are_apart(a, b, f)]

    def rank(feature: str) -> tuple[object, ...]:
        # Core first; then what is not asked with options of its own; then by lot.
        weight = material.weight_rank(a if material.has(a, feature) else b, feature)
        arena = arena_of(material, a, b, material.deck.features[feature].aspect)
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
