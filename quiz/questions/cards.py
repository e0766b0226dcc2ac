"""Which cards a deck gives: one per pair and feature, per likelihood, per listing, per statement and per cloze."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from quiz.deck import Deck, Disputes, Fact, Likelier, SideBySide, States, Strength, Weight
from quiz.draw import lot
from quiz.facts import former_ids, subjects_of
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.verdict import Rule, Verdict


def cards(material: Material) -> tuple[Card, ...]:
    """All cards of a deck, in deck order. Cards whose fact is background are left out."""
    found = (
        *_pairs(material),
        *_likelihoods(material),
        *_listings(material),
        *_statements(material),
        *_clozes(material),
    )
    return tuple(card for card in found if card.weight is not Weight.BACKGROUND)


def _pairs(material: Material) -> Iterator[Card]:
    for a, b in material.knowledge.hierarchy.rivals():
        for aspect in material.deck.aspects:
            split = material.split(a, b, aspect)
            for mine, first, second in ((split.only_a, a, b), (split.only_b, b, a)):
                others = split.only_b if first == a else split.only_a
                for feature in mine:
                    contrast = material.enough(feature, (*split.both, *others))
                    yield _pair(
                        material, (a, b), first, second, feature, ("contrast", "sort") if contrast else ("sort",)
                    )
            for feature in split.both:
                shared = material.enough(feature, (*split.only_a, *split.only_b))
                yield _pair(material, (a, b), a, b, feature, ("shared", "sort") if shared else ("sort",))


def _pair(
    material: Material, pair: tuple[str, str], first: str, second: str, feature: str, kinds: tuple[str, ...]
) -> Card:
    def name(a: str, b: str, what: str) -> str:
        # One name for the pair whichever way the author ordered the subjects.
        low, high = sorted((a, b))
        return f"pair:{low}~{high}:{what}"

    deck, fact = material.deck, material.held(first, feature).facts[0]
    return Card(
        id=name(*pair, feature),
        fact=fact.id,
        about=(first, second),
        feature=feature,
        kinds=kinds,
        weight=fact.weight,
        was=_former(deck, name, (pair[0], pair[1], feature)),
    )


def _former(deck: Deck, name: Callable[..., str], parts: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that a card had under former names of its subjects and feature; ``parts`` ends with the feature."""
    *subjects, feature = parts
    names = [(each, *deck.subjects[each].was) for each in subjects] + [(feature, *deck.features[feature].was)]
    return tuple(name(*combination) for combination in product(*names))[1:]


def _likelihoods(material: Material) -> Iterator[Card]:
    for fact in material.deck.facts.values():
        if isinstance(fact.form, Likelier) and not fact.dated:
            more, less, feature = fact.form.more, fact.form.less, fact.form.feature
            each = material.deck.features[feature]
            pool = likelihood_pool(material, more, less, each.aspect)
            if material.may_compare(feature, more, less) and material.enough(feature, pool):
                yield Card(
                    id=f"likelier:{more}>{less}:{feature}",
                    fact=fact.id,
                    about=(more, less),
                    feature=feature,
                    kinds=("contrast",),
                    weight=fact.weight,
                    was=_former(material.deck, lambda m, n, f: f"likelier:{m}>{n}:{f}", (more, less, feature)),
                )


def likelihood_pool(material: Material, more: str, less: str, aspect: str) -> tuple[str, ...]:
    """Features that do not make ``more`` likelier than ``less``: true of both alike, or speaking for ``less``."""
    split = material.split(more, less, aspect)
    reverse = tuple(
        feature.id
        for feature in material.deck.features.values()
        if feature.aspect == aspect
        and material.may_compare(feature.id, more, less)
        and material.knowledge.likelier(feature.id, less, more)
    )
    return (*split.both, *split.only_b, *reverse)


Column = tuple[str, tuple[str, ...]]
"""A subject, and the features that a comparison lists under it alone."""


def _listings(material: Material) -> Iterator[Card]:
    for fact in material.deck.facts.values():
        if isinstance(fact.form, SideBySide) and not fact.dated:
            one, other = fact.form.only
            yield from _listed(material, fact, one, other)
            yield from _listed(material, fact, other, one)


def _listed(material: Material, fact: Fact, mine: Column, other: Column) -> Iterator[Card]:
    (subject, features), (rival, others) = mine, other
    for feature in features:
        pool = listing_pool(material, feature, subject, others, rival)
        if material.may_compare(feature, subject, rival) and material.enough(feature, pool):
            subjects, of_deck = material.deck.subjects, material.deck.features
            names = (fact.id, *fact.was), (subject, *subjects[subject].was), (feature, *of_deck[feature].was)
            ids = [":".join(("listed", *name)) for name in product(*names)]
            yield Card(
                id=ids[0],
                fact=fact.id,
                about=(subject, rival),
                feature=feature,
                kinds=("contrast",),
                weight=fact.weight,
                was=tuple(ids[1:]),
            )


def listing_pool(material: Material, key: str, subject: str, others: tuple[str, ...], other: str) -> tuple[str, ...]:
    """Features listed under the other subject alone, of the key's aspect and not known true of the key's subject."""
    aspect = material.deck.features[key].aspect
    return tuple(
        feature
        for feature in others
        if material.deck.features[feature].aspect == aspect
        and material.may_compare(feature, subject, other)
        and material.knowledge.judge(subject, feature).verdict is not Verdict.TRUE
    )


def _statements(material: Material) -> Iterator[Card]:
    """As many true as false statements for each feature: of subjects that it tells apart, never from elsewhere."""
    for feature in material.deck.features.values():
        if feature.umbrella:
            continue
        for group in material.deck.groups:
            true, false = _holders(material, group, feature.id)
            count = min(len(true), len(false))
            for subject in (*true[:count], *false[:count]):
                # A falsity that is not stated outright hangs on the fact of a rival, not on a far-reaching closure.
                ground = material.held(subject, feature.id)
                fact = ground.facts[0] if ground.rule is Rule.STATED else material.held(true[0], feature.id).facts[0]
                yield Card(
                    id=f"claim:{subject}:{feature.id}",
                    fact=fact.id,
                    about=(subject,),
                    feature=feature.id,
                    kinds=("true-false",),
                    weight=Weight.BACKGROUND if ground.facts[0].weight is Weight.BACKGROUND else fact.weight,
                    was=_former(material.deck, lambda s, f: f"claim:{s}:{f}", (subject, feature.id)),
                )


def _holders(material: Material, group: str, feature: str) -> tuple[list[str], list[str]]:
    """Subjects of a group that have a feature, more than rarely, and those that lack it; each in a drawn order."""
    members = [subject.id for subject in material.deck.subjects.values() if subject.group == group]
    members.sort(key=lambda subject: lot("statement", feature, subject))
    verdicts = {subject: material.knowledge.judge(subject, feature).verdict for subject in members}
    true = [
        subject
        for subject in members
        if verdicts[subject] is Verdict.TRUE and material.held(subject, feature).strength is not Strength.RARELY
    ]
    return true, [subject for subject in members if verdicts[subject] is Verdict.FALSE]


def _clozes(material: Material) -> Iterator[Card]:
    for fact in material.deck.facts.values():
        if fact.cloze and not isinstance(fact.form, Disputes):
            yield Card(
                id=f"recall:{fact.id}",
                fact=fact.id,
                about=subjects_of(fact),
                feature=fact.form.claim.feature if isinstance(fact.form, States) else None,
                kinds=("recall",),
                weight=fact.weight,
                was=tuple(f"recall:{former}" for former in former_ids(material.deck, fact)),
            )
