"""Cards of single claims, "subject has feature", and what may be asked of them in balance."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.deck import Weight
from quiz.draw import lot
from quiz.questions.arena import Arena
from quiz.questions.balance import Item
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.pairs import former
from quiz.verdict import Rule

_ORDER = list(Weight)


def claim_id(subject: str, feature: str) -> str:
    """The card of a subject and feature."""
    return f"claim:{subject}:{feature}"


def claim_cards(material: Material) -> Iterator[Card]:
    """A card for each claim that can be asked as a statement, by its subject, by its feature, or as a case."""
    for feature in material.deck.features.values():
        for group in material.deck.groups if not feature.umbrella else ():
            true, false = _holders(material, group, feature.id)
            stated = min(len(true), len(false))
            for subject in true:
                id, kinds = claim_id(subject, feature.id), []
                if subject in true[:stated]:
                    kinds.append("true-false")
                if id in arena_of_subjects(material, group):
                    kinds.append("which-subject")
                if id in arena_of_features(material, group, feature.aspect):
                    kinds.append("which-feature")
                if id in arena_of_cases(material, group):
                    kinds.append("case")
                if kinds:
                    fact = material.held(subject, feature.id).facts[0].id
                    yield _card(material, subject, feature.id, fact, tuple(kinds))
            for subject in false[:stated]:
                # A falsity that is not stated outright hangs on the fact of a rival, not on a far-reaching closure.
                ground = material.lacked(subject, feature.id)
                own = ground if ground.rule is Rule.STATED else material.held(true[0], feature.id)
                yield _card(material, subject, feature.id, own.facts[0].id, ("true-false",))


def _holders(material: Material, group: str, feature: str) -> tuple[list[str], list[str]]:
    """Subjects of a group that have a feature, more than rarely, and those that lack it; each in a drawn order."""
    members = [subject.id for subject in material.deck.subjects.values() if subject.group == group]
    members.sort(key=lambda subject: lot("statement", feature, subject))
    true = [subject for subject in members if material.has(subject, feature)]
    return true, [subject for subject in members if material.lacks(subject, feature)]


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


def _true_claims(material: Material, group: str) -> Iterator[tuple[str, str, list[str], int]]:
    """What the subjects of a group have: subject, feature, its rivals that lack the feature, and the fact's weight."""
    for subject in _members(material, group):
        rivals = rivals_of(material, subject)
        for feature in material.deck.features.values():
            if not feature.umbrella and material.has(subject, feature.id):
                weight = material.held(subject, feature.id).facts[0].weight
                if weight is not Weight.BACKGROUND:
                    lacking = [rival for rival in rivals if material.lacks(rival, feature.id)]
                    yield subject, feature.id, lacking, _ORDER.index(weight)


def _members(material: Material, group: str) -> list[str]:
    return [subject.id for subject in material.deck.subjects.values() if subject.group == group]


def rivals_of(material: Material, subject: str) -> list[str]:
    """The subjects of the same group for which it may be mistaken, in deck order."""
    group = material.deck.subjects[subject].group
    related = material.knowledge.hierarchy.are_related
    return [each for each in _members(material, group) if each != subject and not related(subject, each)]


def arena_of_subjects(material: Material, group: str) -> Arena:
    """Which claims of a group can be asked as "which subject has this feature?"."""

    def made() -> Arena:
        items, ranks = [], {}
        for subject, feature, lacking, weight in _true_claims(material, group):
            item = Item(claim_id(subject, feature), subject, tuple(lacking))
            items.append(item)
            ranks[item.id] = weight
        return Arena(items, material.knowledge.hierarchy.are_related, lambda item: ranks[item.id])

    return material.arena(("subjects", group), made)


def arena_of_features(material: Material, group: str, aspect: str) -> Arena:
    """Which claims of a group and aspect can be asked as "which feature has this subject?"."""

    def made() -> Arena:
        features = [each.id for each in material.deck.features.values() if each.aspect == aspect and not each.umbrella]
        items, ranks = [], {}
        for subject, feature, _, weight in _true_claims(material, group):
            if feature in features:
                rivals = rivals_of(material, subject)
                # A distractor that no rival has either would teach nothing about the group.
                pool = (f for f in features if material.lacks(subject, f) and any(material.has(r, f) for r in rivals))
                item = Item(claim_id(subject, feature), feature, tuple(pool))
                items.append(item)
                ranks[item.id] = weight
        return Arena(items, material.clash, lambda item: ranks[item.id])

    return material.arena(("features", group, aspect), made)


def arena_of_cases(material: Material, group: str) -> Arena:
    """Which claims of a group can lead the sketch of a case; two candidates are enough where a group has no more."""

    def made() -> Arena:
        items, ranks = [], {}
        for subject, feature, lacking, weight in _true_claims(material, group):
            if lacking and material.deck.features[feature].patient:
                shut_out = [r for r in rivals_of(material, subject) if r in lacking or excluders(material, subject, r)]
                item = Item(claim_id(subject, feature), subject, tuple(shut_out))
                items.append(item)
                ranks[item.id] = weight
        least = min(2, len(_members(material, group)) - 1)
        return Arena(items, material.knowledge.hierarchy.are_related, lambda item: ranks[item.id], least)

    return material.arena(("cases", group), made)


def excluders(material: Material, subject: str, rival: str) -> list[str]:
    """Features for a sketch that the subject has and the rival is known to lack."""
    return [each for each in sketchable(material, subject) if material.lacks(rival, each)]


def sketchable(material: Material, subject: str) -> list[str]:
    """Features that the subject has and that can be said of a single case."""
    return [
        each.id
        for each in material.deck.features.values()
        if each.patient and not each.umbrella and material.has(subject, each.id)
    ]
