"""Cards of single claims, "subject has feature", and what may be asked of them in balance."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from quiz.deck import Feature, Weight
from quiz.draw import lot
from quiz.questions.arena import Arena
from quiz.questions.balance import Item
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.pairs import former
from quiz.questions.rivals import Family, families, family_of, rivals_of
from quiz.verdict import Rule


def claim_id(subject: str, feature: str) -> str:
    """The card of a subject and feature."""
    return f"claim:{subject}:{feature}"


def claim_cards(material: Material, asked: Container[str]) -> Iterator[Card]:
    """A card for each claim that can be asked as a statement, by its subject, by its feature, or as a case.

    ``asked`` holds the facts that other cards ask.
    """
    for family in families(material):
        stated = _stated(material, family, asked)
        for feature in _features(material, family):
            true, false = _holders(material, family, feature.id)
            for subject in true:
                kinds = ("true-false",) * ((subject, feature.id) in stated) + _kinds(material, subject, feature)
                if kinds:
                    fact = material.held(subject, feature.id).facts[0].id
                    yield _card(material, subject, feature.id, fact, kinds)
            for subject in false:
                if (subject, feature.id) in stated:
                    # What is not stated outright hangs on the fact of a rival, not on a far-reaching closure.
                    ground = material.lacked(subject, feature.id)
                    own = ground if ground.rule is Rule.STATED else material.held(true[0], feature.id)
                    yield _card(material, subject, feature.id, own.facts[0].id, ("true-false",))


def _kinds(material: Material, subject: str, feature: Feature) -> tuple[str, ...]:
    """The kinds with options that are asked of a claim."""
    id = claim_id(subject, feature.id)
    arenas = {
        "which-subject": arena_of_subjects(material, subject),
        "which-feature": arena_of_features(material, subject, feature.aspect),
        "case": arena_of_cases(material, subject),
    }
    return tuple(kind for kind, arena in arenas.items() if id in arena)


def _stated(material: Material, family: Family, asked: Container[str]) -> set[tuple[str, str]]:
    """The claims of a family that are put as statements: as many true as false ones.

    First of each feature as many true as false; then true ones that nothing else asks against left-over false ones.
    """
    stated: set[tuple[str, str]] = set()
    more_true: list[tuple[str, str]] = []
    more_false: list[tuple[str, str]] = []
    for feature in _features(material, family):
        true, false = _holders(material, family, feature.id)
        even = min(len(true), len(false))
        stated |= {(subject, feature.id) for subject in (*true[:even], *false[:even])}
        more_true += [(s, feature.id) for s in true[even:] if not _kinds(material, s, feature)]
        # A false statement that is true of no rival would be absurd rather than mistaken.
        more_false += [(subject, feature.id) for subject in false[even:] if true]

    def order(claim: tuple[str, str]) -> tuple[object, ...]:
        is_asked = material.held(*claim).facts[0].id in asked
        return is_asked, material.weight_rank(*claim), lot("statement", *claim)

    unasked = sorted((claim for claim in more_true if not order(claim)[0]), key=order)
    even = min(len(unasked), len(more_false))
    return stated.union(unasked[:even], sorted(more_false, key=order)[:even])


def _holders(material: Material, family: Family, feature: str) -> tuple[list[str], list[str]]:
    """Subjects of a family that have a feature, more than rarely, and those that lack it; each in a drawn order.

    Neither where the feature is an umbrella; claims that rest on background facts are left out.
    """
    if material.deck.features[feature].umbrella:
        return [], []
    known = [subject for subject in family if material.has(subject, feature) or material.lacks(subject, feature)]
    known.sort(key=lambda subject: lot("statement", feature, subject))
    told = [s for s in known if material.is_told(s, feature)]
    return [s for s in told if material.has(s, feature)], [s for s in told if _denied(material, s, feature)]


def _denied(material: Material, subject: str, feature: str) -> bool:
    """Whether the subject is known to lack the feature, and that can be understood of it alone.

    That another value of a set holds for it refutes a feature beside its rivals; in a statement that stands alone,
    without the set, it reads as a non sequitur.
    """
    return material.lacks(subject, feature) and material.lacked(subject, feature).rule is not Rule.APART


def _card(material: Material, subject: str, feature: str, fact: str, kinds: tuple[str, ...]) -> Card:
    ground = material.held(subject, feature)
    weight = material.deck.facts[fact].weight
    return Card(
        id=claim_id(subject, feature),
        fact=fact,
        about=(subject,),
        feature=feature,
        kinds=kinds,
        weight=Weight.BACKGROUND if ground.facts[0].weight is Weight.BACKGROUND else weight,
        was=former(material.deck, claim_id, (subject, feature)),
    )


def _true_claims(material: Material, family: Family) -> list[tuple[str, str, list[str]]]:
    """What the subjects of a family have: subject, feature, and its rivals that lack the feature."""

    def made() -> list[tuple[str, str, list[str]]]:
        features = material.deck.features
        return [
            (subject, feature, [rival for rival in rivals if material.lacks(rival, feature)])
            for subject in family
            for rivals in [rivals_of(material, subject)]
            for feature in material.features_of(subject)
            if not features[feature].umbrella and material.is_told(subject, feature)
        ]

    return material.once(("true claims", family[0]), made)


def _features(material: Material, family: Family) -> list[Feature]:
    """The features of which something is known in a family, in deck order."""
    return [material.deck.features[feature] for feature in material.knowledge.features_of(*family)]


def _item(material: Material, subject: str, feature: str, key: str, pool: Iterable[str]) -> Item:
    """The question of a claim, ranked by its weight."""
    return Item(claim_id(subject, feature), key, tuple(pool), (material.weight_rank(subject, feature),))


def arena_of_subjects(material: Material, subject: str) -> Arena:
    """Which claims of a subject's family can be asked as "which subject has this feature?"."""
    family = family_of(material, subject)

    def made() -> Arena:
        items = [
            _item(material, subject, feature, subject, lacking)
            for subject, feature, lacking in _true_claims(material, family)
        ]
        return Arena(items, material.knowledge.hierarchy.are_related)

    return material.once(("subjects", family[0]), made)


def arena_of_features(material: Material, subject: str, aspect: str) -> Arena:
    """Which claims of a subject's family and an aspect can be asked as "which feature has this subject?"."""
    family = family_of(material, subject)

    def made() -> Arena:
        pools = {member: tuple(_unlike(material, member, aspect)) for member in family}
        items = [
            _item(material, subject, feature, feature, pools[subject])
            for subject, feature, _ in _true_claims(material, family)
            if material.deck.features[feature].aspect == aspect
        ]
        return Arena(items, material.clash)

    return material.once(("features", family[0], aspect), made)


def _unlike(material: Material, subject: str, aspect: str) -> Iterator[str]:
    """Features of an aspect that the subject lacks; what no rival has either would teach nothing about the family."""
    rivals = rivals_of(material, subject)
    for each in (material.deck.features[feature] for feature in material.knowledge.known(subject)):
        is_askable = each.aspect == aspect and not each.umbrella and material.lacks(subject, each.id)
        if is_askable and any(material.has(rival, each.id) for rival in rivals):
            yield each.id


def arena_of_cases(material: Material, subject: str) -> Arena:
    """Which claims of a subject's family can lead the sketch of a case; two candidates do where it has no more."""
    family = family_of(material, subject)

    def made() -> Arena:
        items = []
        for subject, feature, lacking in _true_claims(material, family):
            if lacking and material.deck.features[feature].patient:
                shut_out = [r for r in rivals_of(material, subject) if r in lacking or excluders(material, subject, r)]
                items.append(_item(material, subject, feature, subject, shut_out))
        least = min(2, len(family) - 1)
        return Arena(items, material.knowledge.hierarchy.are_related, least)

    return material.once(("cases", family[0]), made)


def excluders(material: Material, subject: str, rival: str) -> list[str]:
    """Features for a sketch that the subject has and the rival is known to lack."""

    def made() -> list[str]:
        return [each for each in sketchable(material, subject) if material.lacks(rival, each)]

    return material.once(("excluders", subject, rival), made)


def sketchable(material: Material, subject: str) -> list[str]:
    """Features that the subject has and that can be said of a single case."""

    def made() -> list[str]:
        features = (material.deck.features[each] for each in material.features_of(subject))
        return [f.id for f in features if f.patient and not f.umbrella and material.is_told(subject, f.id)]

    return material.once(("sketchable", subject), made)
