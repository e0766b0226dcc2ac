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
from quiz.verdict import Rule


def claim_id(subject: str, feature: str) -> str:
    """The card of a subject and feature."""
    return f"claim:{subject}:{feature}"


def claim_cards(material: Material, asked: Container[str]) -> Iterator[Card]:
    """A card for each claim that can be asked as a statement, by its subject, by its feature, or as a case.

    ``asked`` holds the facts that other cards ask.
    """
    for group in material.deck.groups:
        stated = _stated(material, group, asked)
        for feature in material.deck.features.values():
            true, false = _holders(material, group, feature.id)
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
    id, group = claim_id(subject, feature.id), material.deck.subjects[subject].group
    arenas = {
        "which-subject": arena_of_subjects(material, group),
        "which-feature": arena_of_features(material, group, feature.aspect),
        "case": arena_of_cases(material, group),
    }
    return tuple(kind for kind, arena in arenas.items() if id in arena)


def _stated(material: Material, group: str, asked: Container[str]) -> set[tuple[str, str]]:
    """The claims of a group that are put as statements: as many true as false ones.

    First of each feature as many true as false; then true ones that nothing else asks against left-over false ones.
    """
    stated: set[tuple[str, str]] = set()
    more_true: list[tuple[str, str]] = []
    more_false: list[tuple[str, str]] = []
    for feature in material.deck.features.values():
        true, false = _holders(material, group, feature.id)
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


def _holders(material: Material, group: str, feature: str) -> tuple[list[str], list[str]]:
    """Subjects of a group that have a feature, more than rarely, and those that lack it; each in a drawn order.

    Neither where the feature is an umbrella; claims that rest on background facts are left out.
    """
    if material.deck.features[feature].umbrella:
        return [], []
    members = _members(material, group)
    members.sort(key=lambda subject: lot("statement", feature, subject))
    known = [subject for subject in members if material.has(subject, feature) or material.lacks(subject, feature)]
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


def _true_claims(material: Material, group: str) -> Iterator[tuple[str, str, list[str]]]:
    """What the subjects of a group have: subject, feature, and its rivals that lack the feature."""
    for subject in _members(material, group):
        rivals = rivals_of(material, subject)
        for feature in material.deck.features.values():
            is_held = not feature.umbrella and material.has(subject, feature.id)
            if is_held and material.is_told(subject, feature.id):
                lacking = [rival for rival in rivals if material.lacks(rival, feature.id)]
                yield subject, feature.id, lacking


def _members(material: Material, group: str) -> list[str]:
    return [subject.id for subject in material.deck.subjects.values() if subject.group == group]


def rivals_of(material: Material, subject: str) -> list[str]:
    """The subjects of the same group for which it may be mistaken, in deck order."""
    group = material.deck.subjects[subject].group
    related = material.knowledge.hierarchy.are_related
    return [each for each in _members(material, group) if each != subject and not related(subject, each)]


def _item(material: Material, subject: str, feature: str, key: str, pool: Iterable[str]) -> Item:
    """The question of a claim, ranked by its weight."""
    return Item(claim_id(subject, feature), key, tuple(pool), (material.weight_rank(subject, feature),))


def arena_of_subjects(material: Material, group: str) -> Arena:
    """Which claims of a group can be asked as "which subject has this feature?"."""

    def made() -> Arena:
        items = [
            _item(material, subject, feature, subject, lacking)
            for subject, feature, lacking in _true_claims(material, group)
        ]
        return Arena(items, material.knowledge.hierarchy.are_related)

    return material.once(("subjects", group), made)


def arena_of_features(material: Material, group: str, aspect: str) -> Arena:
    """Which claims of a group and aspect can be asked as "which feature has this subject?"."""

    def made() -> Arena:
        features = [each.id for each in material.deck.features.values() if each.aspect == aspect and not each.umbrella]
        items = []
        for subject, feature, _ in _true_claims(material, group):
            if feature in features:
                rivals = rivals_of(material, subject)
                # A distractor that no rival has either would teach nothing about the group.
                pool = (f for f in features if material.lacks(subject, f) and any(material.has(r, f) for r in rivals))
                items.append(_item(material, subject, feature, feature, pool))
        return Arena(items, material.clash)

    return material.once(("features", group, aspect), made)


def arena_of_cases(material: Material, group: str) -> Arena:
    """Which claims of a group can lead the sketch of a case; two candidates are enough where a group has no more."""

    def made() -> Arena:
        items = []
        for subject, feature, lacking in _true_claims(material, group):
            if lacking and material.deck.features[feature].patient:
                shut_out = [r for r in rivals_of(material, subject) if r in lacking or excluders(material, subject, r)]
                items.append(_item(material, subject, feature, subject, shut_out))
        least = min(2, len(_members(material, group)) - 1)
        return Arena(items, material.knowledge.hierarchy.are_related, least)

    return material.once(("cases", group), made)


def excluders(material: Material, subject: str, rival: str) -> list[str]:
    """Features for a sketch that the subject has and the rival is known to lack."""
    return [each for each in sketchable(material, subject) if material.lacks(rival, each)]


def sketchable(material: Material, subject: str) -> list[str]:
    """Features that the subject has and that can be said of a single case."""
    return [
        each.id
        for each in material.deck.features.values()
        if each.patient and not each.umbrella and material.has(subject, each.id) and material.is_told(subject, each.id)
    ]
