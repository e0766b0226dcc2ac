"""Checks that the key of a question is right and every distractor wrong, from the facts that each names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quiz.deck import SideBySide
from quiz.proof.bank import Choice, Item
from quiz.proof.claims import Basis, Conclusions
from quiz.proof.having import FALSITY, RELATIONS, has
from quiz.proof.ways import led

Claim = tuple[str, str, bool]


def decided(basis: Basis, item: Item) -> Iterator[str]:
    """Objections to what the options of a question are said to prove. Its form must have been found right."""
    yield from _torn(basis, item)
    if item.asked.relation == "leads":
        yield from led(basis.deck, item)
        return
    for number, choice in enumerate(item.choices, 1):
        yield from (f"option {number}: {why}" for why in _verdict(basis, item, choice))


def _verdict(basis: Basis, item: Item, choice: Choice) -> Iterator[str]:
    if item.asked.relation == "oftener":
        return _oftener(basis, choice)
    if item.asked.relation in RELATIONS:
        return has(basis, item, choice)
    return _key(basis, item, choice) if choice.key else _distractor(basis, item, choice)


def _torn(basis: Basis, item: Item) -> Iterator[str]:
    claimed = {(subject, feature) for choice in item.choices for subject, feature, _, _ in choice.claims}
    pairs = claimed | {(s, feature) for s in item.asked.subjects for _, feature in claimed}
    for subject, feature in sorted(pairs):
        if basis.whole.is_torn(subject, feature):
            yield f"that {subject} has {feature} follows from the facts, and so does the contrary"


def _follows(shown: Conclusions, rule: str, claims: Iterable[Claim]) -> bool:
    """Does one of the claims follow from the facts shown, by the rule named?"""
    return any(rule in shown.rules(*claim) for claim in claims)


def _key(basis: Basis, item: Item, key: Choice) -> Iterator[str]:
    """Objections to the key: the facts named must prove the whole of what is asked, by the rule named."""
    shown = basis.shown(key.facts)
    claims: list[Claim] = [(subject, feature, yes) for subject, feature, _, yes in key.claims]
    feature, a, b = claims[0][1], item.asked.subjects[0], item.asked.subjects[-1]
    if item.asked.relation == "listed":
        yield from _listing(basis, item, key, feature, a, b)
        return
    if item.kind == "contrast":
        claims = [(a, feature, True), (b, feature, False)]
        if basis.whole.is_likelier(feature, b, a):
            yield f"a fact finds {feature} more often in {b}"
    if item.asked.relation == "likelier" and key.rule == "more-often":
        if not shown.is_likelier(feature, a, b):
            yield f"no fact named finds {feature} more often in {a} than in {b}"
        if basis.whole.is_given(a, feature, False):
            yield f"{a} is known not to have {feature}"
        return
    yield from (f"the facts named do not prove {_words(claim)}" for claim in claims if not shown.is_given(*claim))
    lacking = [claim for claim in claims if not claim[2]]
    is_shared = len(claims) == 2 and not lacking
    if is_shared and any(basis.whole.is_rare(subject, feature) for subject, _, _ in claims):
        yield f"{feature} is but rare in one of the two"
    if not (is_shared and key.rule == "true-of-both") and not _follows(shown, key.rule, lacking or claims):
        yield f"rule {key.rule} is not how the key follows from the facts named"


def _words(claim: Claim) -> str:
    subject, feature, holds = claim
    return f"that {subject} {'has' if holds else 'lacks'} {feature}"


def _distractor(basis: Basis, item: Item, choice: Choice) -> Iterator[str]:
    """Objections to a distractor: the facts named must prove it wrong for what is asked, by the rule named."""
    feature, a, b = choice.claims[0][1], item.asked.subjects[0], item.asked.subjects[-1]
    if item.asked.relation == "listed":
        yield from _listing(basis, item, choice, feature, b, a)
        return
    shown = basis.shown(choice.facts)
    contrary: list[Claim] = [(subject, feature, not yes) for subject, feature, _, yes in choice.claims]
    if item.kind == "contrast" and basis.whole.is_likelier(feature, a, b):
        yield f"a fact finds {feature} more often in {a}, so it is not wrong"
    if choice.rule == "true-of-both" and item.kind in ("contrast", "sort"):
        yield from _true_of_both(basis, shown, feature, a, b)
    elif choice.rule == "more-often" and item.kind == "contrast":
        if not shown.is_likelier(feature, b, a):
            yield f"no fact named finds {feature} more often in {b} than in {a}"
        if basis.whole.is_given(b, feature, False):
            yield f"{b} is known not to have {feature}"
    elif choice.rule not in FALSITY or not _follows(shown, choice.rule, contrary):
        yield f"the facts named do not prove it wrong by rule {choice.rule}"
    elif item.asked.relation == "likelier" and not shown.is_given(b, feature, True):
        yield f"the facts named do not prove {_words((b, feature, True))}"
    elif item.kind == "contrast" and all(basis.whole.is_given(subject, feature, True) for subject in (a, b)):
        yield "its feature is true of both, which is the rule to name"


def _true_of_both(basis: Basis, shown: Conclusions, feature: str, a: str, b: str) -> Iterator[str]:
    for subject in (a, b):
        if not shown.is_given(subject, feature, True):
            yield f"the facts named do not prove {_words((subject, feature, True))}"
        if basis.whole.is_rare(subject, feature):
            yield f"{feature} is but rare in {subject}"


def _listing(basis: Basis, item: Item, choice: Choice, feature: str, under: str, other: str) -> Iterator[str]:
    """Objections to a feature that a comparison is to list under the one subject and not under the other."""
    form = basis.deck.facts[item.asked.fact].form
    only = dict(form.only) if isinstance(form, SideBySide) else {}
    if choice.rule != "not-listed" or item.asked.fact not in choice.facts:
        yield "a listing is decided by rule not-listed and by the comparison asked about"
    if under not in only or other not in only or feature not in only[under] or feature in only[other]:
        yield f"the comparison does not list {feature} under {under} alone"
    if basis.whole.is_given(other, feature, True):
        yield f"{other} is known to have {feature}, listed or not"
    if {(under, feature), (other, feature)} & basis.laws.silent:
        yield f"whether {under} or {other} has {feature} is disputed or dated"


def _oftener(basis: Basis, choice: Choice) -> Iterator[str]:
    """Objections to an option of a comparison: a fact named must find the feature more often in the subject it says."""
    feature, a, b, yes = choice.often[0]
    more, less = (a, b) if yes == choice.key else (b, a)
    if choice.rule != "more-often" or not basis.shown(choice.facts).is_likelier(feature, more, less):
        yield f"no fact named finds {feature} more often in {more} than in {less}"
    if basis.whole.is_likelier(feature, less, more):
        yield f"a fact finds {feature} more often in {less}"
    if basis.whole.is_given(more, feature, False):
        yield f"{more} is known not to have {feature}"
