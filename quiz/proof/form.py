"""Checks how a question is built: its sources, and options that can stand beside each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from quiz.deck import Deck, Disputes, Feature, SideBySide, Weight
from quiz.proof.asked import TYPED, Said
from quiz.proof.bank import Choice, Item, Spot
from quiz.proof.claims import Basis, is_within
from quiz.proof.having import sketched, subjects_fit
from quiz.proof.shape import normal

NUMBERS = {"sort": (3, 3), "true-false": (2, 2), "which-subject": (3, 4), "case": (2, 4)}  # of options, by kind


def _present_day(deck: Deck, facts: Iterable[str]) -> set[Spot]:
    """The citations of the present-day readings of these facts."""
    readings = (deck.facts[fact].dated for fact in facts)
    cites = {cite for reading in readings if reading for cite in reading.cites if cite.source in deck.sources}
    return {(c.source, c.section, c.paragraph, deck.sources[c.source].tier.value) for c in cites}


def _spots(deck: Deck, facts: Iterable[str]) -> set[Spot]:
    """The citations of these facts, as a bank has them."""
    cites = {cite for fact in facts for cite in deck.facts[fact].cites if cite.source in deck.sources}
    return {(c.source, c.section, c.paragraph, deck.sources[c.source].tier.value) for c in cites}


def sourced(deck: Deck, item: Item) -> Iterator[str]:
    """Objections to what a question rests on: facts that may not be used, or citations that are not theirs."""
    if item.id != f"{item.card}/{item.kind}":
        yield f"the id is not its card and kind, {item.card}/{item.kind}"
    named = {*item.facts, *(fact for choice in item.choices for fact in choice.facts)}
    for fact in sorted(named):
        dated = deck.facts[fact].dated is not None and item.kind not in TYPED
        if dated or isinstance(deck.facts[fact].form, Disputes):
            yield f"fact {fact} is dated or disputed, so no question may rest on it"
    if deck.facts[item.facts[0]].weight is Weight.BACKGROUND:
        yield f"its own fact {item.facts[0]} is background, which is never asked"
    for number, choice in enumerate(item.choices, 1):
        if set(choice.cites) != _spots(deck, choice.facts):
            yield f"option {number}: the citations are not those of the facts of its reason"
    needed = {fact for choice in item.choices if choice.key for fact in choice.facts}
    if item.kind in TYPED:
        needed = {item.asked.fact}
    if not needed <= set(item.facts):
        yield "its facts leave out some that prove the key"
    if not _spots(deck, needed) <= set(item.cites) <= _spots(deck, named) | _present_day(deck, named):
        yield "its citations are not those of its facts"


def formed(deck: Deck, item: Item) -> Iterator[str]:
    """Objections to the options as such: number, key, wording, and what taking each of them claims."""
    yield from _options(deck, item)
    yield from sketched(deck, item)
    if item.kind == "how":  # its options are held against the set as a whole
        return
    yield from _claims(item)
    yield from subjects_fit(deck, item)
    if item.kind == "sort" and len(item.choices) == 3:
        yield from _places(deck, item)


def _options(deck: Deck, item: Item) -> Iterator[str]:
    """Number, key and wording of the options."""
    texts = [normal(choice.text) for choice in item.choices]
    least, most = NUMBERS.get(item.kind, (3, 5))
    if not least <= len(texts) <= most:
        yield f"{len(texts)} options, where {least} to {most} are wanted"
    if sum(choice.key for choice in item.choices) != 1:
        yield "not exactly one option is the key"
    if len(set(texts)) < len(texts):
        yield "two options read alike"
    if item.accepts:
        yield "a question with options accepts no typed replies"
    if item.kind == "true-false" and {choice.text for choice in item.choices} != {"True", "False"}:
        yield "the options are not True and False"
    groups = {deck.subjects[subject].group for subject in item.asked.subjects}
    if len(groups) > 1:
        yield "the subjects are not of one group"
    if item.asked.relation == "listed":
        form = deck.facts[item.asked.fact].form
        if not isinstance(form, SideBySide) or normal(form.title) not in normal(item.stem):
            yield "the stem does not name the comparison"


def _claims(item: Item) -> Iterator[str]:
    """Every option claims what its kind and relation have it claim."""
    for number, choice in enumerate(item.choices, 1):
        if item.asked.relation == "oftener":
            if choice.often != ((item.asked.feature, *item.asked.subjects, choice.text == "True"),):
                yield f"option {number}: it does not claim what oftener asks"
        elif item.asked.relation == "explains":
            if [list(choice.claims)] != _explained(item, number):
                yield f"option {number}: it does not claim the findings of its subject, in their order"
        elif len({feature for _, feature, _, _ in choice.claims}) != 1:
            yield f"option {number}: its claims are not of one feature"
        elif sorted(choice.claims) not in [sorted(claims) for claims in _claimable(item, number, choice)]:
            yield f"option {number}: it does not claim what {item.asked.relation} asks"


def _explained(item: Item, number: int) -> list[list[Said]]:
    """The claims of this option of a case, in a list; none where no subject stands at its place."""
    subjects = item.asked.subjects[number - 1 : number]
    return [[(subject, finding, "holds", True) for finding in item.asked.findings] for subject in subjects]


def _claimable(item: Item, number: int, choice: Choice) -> list[list[Said]]:
    """The sets of claims that the option may make; more than one only where the contract leaves it open."""
    feature = item.asked.feature or choice.claims[0][1]
    subjects = item.asked.subjects or (choice.claims[0][0],)
    a, b = subjects[0], subjects[-1]
    match item.asked.relation:
        case "separates":
            return [[(a, feature, "holds", True), (b, feature, "holds", False)]]
        case "likelier":
            return [[(a, feature, "holds", True)]]
        case "listed":
            return [[(a, feature, "listed", True)], [(a, feature, "listed", True), (b, feature, "listed", False)]]
        case "both":
            return [[(a, feature, "holds", True), (b, feature, "holds", True)]]
        case "place":
            return [[(a, feature, "holds", number in (1, 2)), (b, feature, "holds", number in (2, 3))]]
        case "whose" | "what":
            return [[(a, feature, "holds", True)]]
        case _:
            return [[(a, feature, "holds", choice.text == "True")]]


def _places(deck: Deck, item: Item) -> Iterator[str]:
    """The options of a sort read as the first subject, both, and the second."""
    first, both, second = (normal(choice.text) for choice in item.choices)
    a, b = item.asked.subjects
    if _named(deck, item, first)[:1] != [a] or _named(deck, item, second)[:1] != [b]:
        yield "the first and the last option do not name the first and the second subject"
    if "both" not in both.split() and "either" not in both.split() and set(_named(deck, item, both)) != {a, b}:
        yield "the option in the middle does not name both subjects"


def _named(deck: Deck, item: Item, text: str) -> list[str]:
    """The subjects asked about that the text names, in the order of the text; the longest name is sought first."""
    names = {normal(name): s for s in item.asked.subjects for name in (deck.subjects[s].short, deck.subjects[s].name)}
    longest = sorted(names, key=len, reverse=True)
    return [names[found] for found in re.findall(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", text)]


def stand_together(basis: Basis, item: Item) -> Iterator[str]:
    """Objections to options that do not fit beside each other as features of one aspect, each reading as its noun."""
    if item.kind not in ("contrast", "shared", "which-feature"):
        return
    features: list[Feature] = [basis.deck.features[choice.claims[0][1]] for choice in item.choices]
    for feature, choice in zip(features, item.choices, strict=True):
        if feature.aspect != item.asked.aspect:
            yield f"{feature.id} is not of aspect {item.asked.aspect}"
        if feature.umbrella:
            yield f"{feature.id} is an umbrella, which is never an option"
        if choice.text != feature.noun:
            yield f"the option for {feature.id} does not read {feature.noun!r}"
    for one, other in combinations(features, 2):
        if one.near is not None and one.near == other.near:
            yield f"{one.id} and {other.id} are of one near set"
        if is_within(basis.laws, one.id, other.id) or is_within(basis.laws, other.id, one.id):
            yield f"{one.id} and {other.id} lie one within the other"
