"""Checks options that say what a subject has: which subject has a feature, which feature one has, what explains a case.

For the checker of banks. The three kinds differ in what varies from option to option, not in what decides them.
"""

from __future__ import annotations

from collections.abc import Iterator

from quiz.deck import Deck, Weight
from quiz.proof.bank import Choice, Item
from quiz.proof.claims import Basis

FALSITY = frozenset({"stated", "closed", "apart", "inherited"})  # the rules that can decide a single claim
RELATIONS = frozenset({"whose", "what", "explains"})


def subjects_fit(deck: Deck, item: Item) -> Iterator[str]:
    """Objections to options that are subjects: wording, group, and kin among them."""
    if item.asked.relation not in ("whose", "explains"):
        return
    subjects = [choice.claims[0][0] for choice in item.choices if choice.claims]
    group = item.asked.group or deck.subjects[item.asked.subjects[0]].group
    for subject, choice in zip(subjects, item.choices, strict=False):
        if deck.subjects[subject].group != group:
            yield f"{subject} is not of group {group}"
        if choice.text != deck.subjects[subject].short:
            yield f"the option for {subject} does not read {deck.subjects[subject].short!r}"
    for one in sorted(set(subjects)):
        kin = sorted(_above(deck, one) & set(subjects))
        yield from (f"{one} and {other} are kin, so one of them may be the other" for other in kin)
    if item.asked.relation == "explains" and len(item.choices) != len(item.asked.subjects):
        yield "its options are not the subjects asked about"
    if len(set(subjects)) < len(subjects):
        yield "two options are one subject"
    if item.asked.relation == "whose" and deck.features[item.asked.feature].umbrella:
        yield f"{item.asked.feature} is an umbrella, which is never asked for"


def sketched(deck: Deck, item: Item) -> Iterator[str]:
    """Objections to the sketch of a case: each finding must be put as of a patient, and stand in the stem."""
    if item.asked.relation != "explains":
        return
    for finding in item.asked.findings:
        phrase = deck.features[finding].patient
        if not phrase:
            yield f"{finding} has no words for a patient"
        elif f"{phrase[0].upper()}{phrase[1:]}" not in item.stem:
            yield f"the stem does not tell of {finding}"


def has(basis: Basis, item: Item, choice: Choice) -> Iterator[str]:
    """Objections to one option: a key has all that it claims, a distractor is known to lack some of it."""
    shown = basis.shown(choice.facts)
    claimed = [(subject, feature) for subject, feature, _, _ in choice.claims]
    by_rule = any(choice.rule in shown.rules(*pair, choice.key) for pair in claimed)
    if choice.rule not in FALSITY or not by_rule:
        yield f"rule {choice.rule} does not decide it from the facts named"
    if choice.key:
        for subject, feature in claimed:
            if not shown.is_given(subject, feature, True):
                yield f"the facts named do not prove that {subject} has {feature}"
            if basis.whole.is_rare(subject, feature):
                yield f"{feature} is but rare in {subject}"
            if _is_background(basis, choice, subject, feature):
                yield f"that {subject} has {feature} is background, which is never asked"
    elif item.asked.relation == "what" and not _is_plausible(basis, *claimed[0]):
        yield f"no rival of {claimed[0][0]} is known to have {claimed[0][1]}"


def _is_background(basis: Basis, key: Choice, subject: str, feature: str) -> bool:
    """Is it background alone that gives the claim, of the facts named?"""
    background = {fact for fact in key.facts if basis.deck.facts[fact].weight is Weight.BACKGROUND}
    if not basis.shown(background).is_given(subject, feature, True):
        return False
    return not basis.shown(set(key.facts) - background).is_given(subject, feature, True)


def _is_plausible(basis: Basis, subject: str, feature: str) -> bool:
    """Is another subject of the group, of another line, known to have the feature?"""
    subjects = basis.deck.subjects
    return any(
        subjects[rival].group == subjects[subject].group and not _is_kin(basis.deck, rival, subject)
        for rival in basis.holders.get(feature, ())
        if rival in subjects
    )


def _is_kin(deck: Deck, one: str, other: str) -> bool:
    return one == other or one in _above(deck, other) or other in _above(deck, one)


def _above(deck: Deck, subject: str) -> set[str]:
    """All that the subject is a kind or a manifestation of, however many steps between."""
    reached: set[str] = set()
    new = {subject}
    while new:
        known = [deck.subjects[one] for one in new if one in deck.subjects]
        new = {above for one in known for above in (one.kind_of, one.manifestation_of) if above} - reached
        reached |= new
    return reached - {subject}
