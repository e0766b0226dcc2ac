"""Contradictions within a deck, also those that only reasoning brings out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from quiz.deck import Claim, Fact, Likelier, Problem, SideBySide, States, Strength
from quiz.reasoning import Knowledge


def conflicts(knowledge: Knowledge) -> tuple[Problem, ...]:
    """Facts that others contradict: one problem for each fact of presence or comparison, at its place."""
    found = []
    for fact in knowledge.deck.facts.values():
        match fact.form:
            case States(claim) if claim.holds and not fact.dated:
                found += _contradicted(knowledge, fact, claim)
            case Likelier(feature, more, _) if knowledge.lacked(more, feature):
                message = f'{fact.id}: "{feature}" cannot be more often in "{more}", which is known to lack it'
                found.append(Problem(fact.place, message))
            case SideBySide(only=((a, of_a), (b, of_b))):
                for other, feature in (*product([b], of_a), *product([a], of_b)):
                    if knowledge.held(other, feature):
                        message = f'{fact.id}: "{feature}" is known of "{other}" too; take it out of `only`'
                        found.append(Problem(fact.place, message))
    return tuple(sorted(found))


def _contradicted(knowledge: Knowledge, fact: Fact, claim: Claim) -> list[Problem]:
    """The problem of a fact of presence, at the first claim it leads to that is known to be false."""
    for subject, feature in _reach(knowledge, claim, fact.strength):
        lacked = knowledge.lacked(subject, feature)
        if lacked and knowledge.held(subject, feature):
            against = ", ".join(f"{other.id} ({other.place})" for other in lacked.facts)
            message = f'feature "{feature}" is both present and absent for "{subject}": {fact.id} against {against}'
            return [Problem(fact.place, f"{message}; mend one of them, or mark the matter as disputed")]
    return []


def _reach(knowledge: Knowledge, claim: Claim, strength: Strength) -> Iterator[tuple[str, str]]:
    """Claims that presence runs to: up kinds and features, and down the kinds where it holds for every case."""
    hierarchy = knowledge.hierarchy
    subjects = hierarchy.and_parents(claim.subject)
    if strength is Strength.EVERY:
        subjects += hierarchy.and_kinds(claim.subject)[1:]
    return product(subjects, hierarchy.and_broader(claim.feature))
