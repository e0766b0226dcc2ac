"""Flaws between options: two that are not two, or one that the others point to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from quiz.deck import Deck
from quiz.flaws.model import Family, Found, claimed, distractors_of, family_of, key_of
from quiz.flaws.words import content, plain
from quiz.questions.model import Option, Question

DENIALS = frozenset({"no", "not", "non", "never", "lack", "lacking"})

OPPOSITES = frozenset(
    {
        ("abnormal", "normal"),
        ("negative", "positive"),
        ("without", "with"),
        ("absent", "present"),
        ("absence", "presence"),
    }
)


def duplicate_options(_deck: Deck, question: Question) -> Iterator[Found]:
    """Two options are the same but for case, articles, punctuation and a plural s."""
    for one, other in combinations(question.options, 2):
        if plain(one.text) == plain(other.text):
            yield Found(f'reads like "{one.text}"; word them apart', other)


def synonymous_options(deck: Deck, question: Question) -> Iterator[Found]:
    """Two options are names of one thing, as the deck itself says."""
    for one, other in combinations(question.options, 2):
        pair = {plain(one.text), plain(other.text)}
        if len(pair) == 2 and any(pair <= {plain(name) for name in names} for names in _names(deck, one, other)):
            yield Found(f'means the same as "{other.text}"; keep one of them', one)


def containing_options(_deck: Deck, question: Question) -> Iterator[Found]:
    """All words of one option stand in another: whoever is right with the one is right with the other as well."""
    for one, other in combinations(question.options, 2):
        narrow, wide = sorted((one, other), key=lambda option: len(content(option.text)))
        if (
            content(narrow.text)
            and content(narrow.text) < content(wide.text)
            and not are_opposite(one.text, other.text)
        ):
            yield Found(f'is all in "{wide.text}"; word them apart, or keep them apart by near or broader', narrow)


def exhaustive_pair(_deck: Deck, question: Question) -> Iterator[Found]:
    """Two options are X and not X, so that the others need no look."""
    for one, other in combinations(question.options, 2):
        if are_opposite(one.text, other.text):
            yield Found(f'and "{other.text}" leave nothing between them; keep them apart by near', one)


def mixed_options(deck: Deck, question: Question) -> Iterator[Found]:
    """Options are of several aspects or, where they are subjects, of several groups."""
    found = []
    for option in question.options:
        claim = claimed(deck, option)
        if claim and family_of(question) is Family.NAMES:
            found.append((option, f"group {deck.subjects[claim.subject].group}"))
        elif claim:
            found.append((option, f"aspect {deck.features[claim.feature].aspect}"))
    usual = Counter(sort for _, sort in found).most_common(1)[0][0] if found else ""
    for option, sort in found:
        if sort != usual:
            yield Found(f"is of {sort}, others are of {usual}; options of a question are of one sort", option)


def converging_key(_deck: Deck, question: Question) -> Iterator[Found]:
    """The key shares a word with two distractors or more, and these share none with each other."""
    key, distractors = key_of(question), distractors_of(question)
    related = [option for option in distractors if content(key.text) & content(option.text)]
    apart = not any(content(one.text) & content(other.text) for one, other in combinations(distractors, 2))
    if len(related) > 1 and apart:
        yield Found("is the one option that shares words with others; word it in a way of its own", key)


def are_opposite(one: str, other: str) -> bool:
    """Whether one text is the other one denied."""
    first, second = Counter(plain(one)), Counter(plain(other))
    left, right = [*(first - second).elements()], [*(second - first).elements()]
    if len(left) == len(right) == 1:
        a, b = left[0], right[0]
        return (a, b) in OPPOSITES or (b, a) in OPPOSITES or a in (f"un{b}", f"non{b}") or b in (f"un{a}", f"non{a}")
    return not (left and right) and {*left, *right} - {"of"} != set() and {*left, *right} - {"of"} <= DENIALS


def _names(deck: Deck, *options: Option) -> Iterator[tuple[str, ...]]:
    yield from deck.terms
    for claim in (claimed(deck, option) for option in options):
        if claim:
            feature, subject = deck.features[claim.feature], deck.subjects[claim.subject]
            yield (feature.noun, *feature.also)
            yield (subject.name, subject.short, *subject.also)
