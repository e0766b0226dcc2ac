"""Which subjects are put against each other: all of a small group; of a large one, those that have most in common.

All pairs of thousands of subjects would be millions, and most of them nobody mistakes for each other. So a group of
more than `FEW` subjects falls into families of at most `TOP`: every subject looks for the ones with which it shares
most, rare features counting for more than usual ones, and the likest come together first. A subject is the rival of
all others of its family, and of nobody else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from quiz.deck import Deck, States, Strength
from quiz.questions.material import Material

FEW = 50
"""A group of so many subjects is one family: each is put against each."""

TOP = 8
"""The most subjects of a family of a larger group."""

USUAL = 40
"""A feature that more subjects of a large group have says little about which are alike."""

Family = tuple[str, ...]


def families(material: Material) -> Sequence[Family]:
    """All families, group by group, in deck order; the members of each are in deck order as well."""

    def made() -> Sequence[Family]:
        groups: dict[str, list[str]] = {group: [] for group in material.deck.groups}
        for subject in material.deck.subjects.values():
            groups[subject.group].append(subject.id)
        return [
            each
            for members in groups.values()
            for each in ([tuple(members)] if len(members) <= FEW else _families(material, members))
        ]

    return material.once(("families",), made)


def set_families(material: Material, found: Sequence[Family]) -> None:
    """Say which families there are, where the deck is part of a larger one; to be called before anything asks."""
    material.once(("families",), lambda: found)


def family_of(material: Material, subject: str) -> Family:
    """The family of a subject, itself among them. Raises KeyError for a subject that the deck does not have."""

    def made() -> Mapping[str, Family]:
        return {member: family for family in families(material) for member in family}

    return material.once(("family of",), made)[subject]


def rivals_of(material: Material, subject: str) -> Family:
    """The subjects for which it may be mistaken, in deck order: those of its family that are not related to it."""

    def made() -> Family:
        related = material.knowledge.hierarchy.are_related
        return tuple(each for each in family_of(material, subject) if each != subject and not related(subject, each))

    return material.once(("rivals", subject), made)


def rivals(material: Material) -> Iterator[tuple[str, str]]:
    """Pairs of subjects that may be mistaken for each other, in deck order."""
    place = material.place_of_subject
    for subject in material.deck.subjects:
        yield from ((subject, each) for each in rivals_of(material, subject) if place[subject] < place[each])


def _families(material: Material, members: Sequence[str]) -> list[Family]:
    """A large group in families: the likest pairs are joined first, as long as the family does not grow too large."""
    place = {member: number for number, member in enumerate(members)}
    family = {member: [member] for member in members}
    for one, other in _alike(material, members):
        mine, others = family[one], family[other]
        if mine is not others and len(mine) + len(others) <= TOP:
            mine += others
            family.update((member, mine) for member in others)
    found = {id(each): sorted(each, key=place.__getitem__) for each in family.values()}
    alone = [member for each in found.values() if len(each) == 1 for member in each]  # better a strange rival than none
    joined = [each for each in found.values() if len(each) > 1]
    joined += [alone[start : start + TOP] for start in range(0, len(alone), TOP)]
    return sorted((tuple(each) for each in joined), key=lambda each: place[each[0]])


def _alike(material: Material, members: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of subjects with something in common, the likest first: of each subject those that are most like it."""
    stated = _stated(material.deck, members)
    having: dict[str, list[str]] = {}
    for member, features in stated.items():
        for feature in features:
            having.setdefault(feature, []).append(member)
    place, related = material.place_of_subject, material.knowledge.hierarchy.are_related
    found: dict[tuple[str, str], int] = {}
    for member, features in stated.items():
        shared: Counter[str] = Counter()
        for others in (having[feature] for feature in features):
            if len(others) <= USUAL:
                worth = 1_000_000 // len(others)
                for other in others:
                    shared[other] += worth
        del shared[member]
        near = sorted(shared, key=lambda other: (-shared[other], place[other]))
        for other in near[:TOP]:
            if not related(member, other):
                found[min(member, other), max(member, other)] = shared[other]
    return sorted(found, key=lambda pair: (-found[pair], pair))


def _stated(deck: Deck, members: Sequence[str]) -> Mapping[str, list[str]]:
    """What facts say that the subjects have, and not only rarely: to see who is like whom, no reasoning is needed."""
    stated: dict[str, list[str]] = {member: [] for member in members}
    for fact in deck.facts.values():
        if isinstance(fact.form, States) and not fact.dated and fact.strength is not Strength.RARELY:
            subject, feature, holds = fact.form.claim
            if holds and subject in stated:
                stated[subject].append(feature)
    return stated
