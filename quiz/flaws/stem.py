"""Flaws of the stem, and of options that do not fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quiz.deck import Claim, Deck
from quiz.flaws.model import (
    Family,
    Found,
    claimed,
    distractors_of,
    family_of,
    feature_of,
    key_of,
    rivals_of,
    subjects_of,
)
from quiz.flaws.words import content, holds, roots
from quiz.questions.model import Listing, Option, Question

GAP = "___"

PLURAL = frozenset({"are", "were", "have", "do"})

_NEGATIVE = re.compile(
    r"\b(?-i:NOT|EXCEPT|LEAST)\b"
    r"|\b(?:which|what|who)\b(?:(?!\b(?:and|but|yet|while|though|rather)\b|,)[^?.])*?"
    r"(?:\b(?:not|never|cannot|except)\b|n['’]t\b)(?=[^?.]*\?)",
    re.I,
)
"""Capitals, or a verb denied in the question itself; "A and not B", "A but not B" ask for what holds."""

_DENIED_STATEMENT = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b")
_UNFOCUSED = re.compile(
    r"\bwhich (?:one )?of (?:these|the following)(?: \w+)? (?:is|are) (?:true|false|right|correct|wrong)\b", re.I
)
_ARTICLE_AT_THE_END = re.compile(r"\b(an?)$")
_ARTICLE_AT_THE_GAP = re.compile(r"\b(an?) _")
_VERB_AT_THE_END = re.compile(r"\b(is|are|was|were|has|have|does|do)$")


def clang(deck: Deck, question: Question) -> Iterator[Found]:
    """A word of the stem, or one of the same beginning, stands in the key and in no other option.

    Names that give nothing away are left out of the stem: that of the subject that the key is *not* asked for ("rather
    than MS") and, where subjects are the options, those of the options and of their group.
    """
    names = [deck.subjects[rival].short for rival in rivals_of(question) if rival in deck.subjects]
    if family_of(question) is Family.NAMES:
        groups = {deck.groups[deck.subjects[each.subject].group] for each in _claims(deck, question)}
        names += [
            *(option.text for option in question.options),
            *(name for each in groups for name in (each.plural, each.noun)),
        ]
    stem = _without(question.stem, names)
    aspect = deck.aspects.get(str(question.asks.get("aspect")))
    # "Which process …?" names all options alike, so that "processing" in one of them is no echo; "process" still is.
    sounds = roots(_without(stem, [aspect.noun, aspect.plural]) if aspect else stem)
    key = key_of(question)
    if echoed := sorted(content(stem) & content(key.text) - _content_of(distractors_of(question))):
        yield Found(f'alone has the word "{echoed[0]}" of the stem; use another, or have it in a distractor too', key)
        return
    elsewhere = {root for option in distractors_of(question) for root in roots(option.text)}
    for root in sorted((sounds.keys() & roots(key.text).keys()) - elsewhere)[:1]:
        word = sounds[root]
        yield Found(f'alone sounds like "{word}" in the stem; use another word, or have it in a distractor too', key)


def _content_of(options: Iterable[Option]) -> frozenset[str]:
    return frozenset[str]().union(*(content(option.text) for option in options))


def negative_stem(deck: Deck, question: Question) -> Iterator[Found]:
    """The stem asks what does not hold: NOT, EXCEPT."""
    feature = deck.features.get(feature_of(question) or "")
    stem = _without(question.stem, [feature.noun]) if feature else question.stem
    pattern = _DENIED_STATEMENT if question.kind == "true-false" else _NEGATIVE
    if found := pattern.search(stem):
        yield Found(f'the stem is negative ("{found[0].split()[-1]}"); ask for what holds')


def cover_test(deck: Deck, question: Question) -> Iterator[Found]:
    """With the options covered, the stem does not say what is asked: no question in it, or not what it is about."""
    stem = question.stem.rstrip()
    family = family_of(question)
    asks = GAP in stem or "?" in stem if family in (Family.FIXED, Family.TYPED) else stem.endswith("?")
    if not asks:
        yield Found("the stem asks nothing; let it end with a question")
    if _UNFOCUSED.search(stem):
        yield Found("the stem asks nothing that could be answered with the options covered; ask for one thing")
    seen = " ".join((stem, *(option.text for option in question.options if family is Family.NAMES))).casefold()
    for subject in (deck.subjects[each] for each in subjects_of(question) if each in deck.subjects):
        if not any(name.casefold() in seen for name in (subject.name, subject.short, *subject.also)):
            yield Found(f"the stem does not name {subject.short}; let the frame have a gap for it")
    feature = deck.features.get(feature_of(question) or "")
    if feature and not any(name.casefold() in seen for name in (feature.noun, feature.patient, *feature.also) if name):
        yield Found(f'the stem does not name "{feature.noun}"; let the frame have a gap for it')


def grammar(deck: Deck, question: Question) -> Iterator[Found]:
    """The article or verb that an option is to go on from does not fit it, or the key alone is built in its way."""
    end = question.stem.rstrip(" :….")
    article, verb = _ARTICLE_AT_THE_END.search(end), _VERB_AT_THE_END.search(end)
    for option in question.options:
        if article and not _fits(article[1], option.text):
            yield Found(f'does not go with the "{article[1]}" of the stem; take the article into the options', option)
        claim = claimed(deck, option) if family_of(question) is Family.TEXTS else None
        if verb and claim and deck.features[claim.feature].plural is not (verb[1] in PLURAL):
            yield Found(f'does not go with the "{verb[1]}" of the stem; ask a whole question', option)
    for what, pattern in (("begins with to", r"to "), ("ends with a full stop", r".*\.$")):
        built = [option for option in question.options if re.match(pattern, option.text)]
        if [option.key for option in built] == [True]:
            yield Found(f"alone {what}; build all options alike", built[0])


def article_at_gap(_deck: Deck, question: Question) -> Iterator[Found]:
    """The article before the gap does not fit the word to be typed."""
    found = _ARTICLE_AT_THE_GAP.search(question.stem)
    if found and question.accepts and not _fits(found[1], question.accepts[0]):
        yield Found(f'"{found[1]}" before the gap does not fit "{question.accepts[0]}"; take the article into the gap')


def given_reply(_deck: Deck, question: Question) -> Iterator[Found]:
    """A reply that is accepted stands in the stem."""
    for reply in question.accepts:
        if holds(question.stem, reply):
            yield Found(f'accepts "{reply}", which stands in the sentence; reword the sentence or move the gap')


def unnamed_reply(_deck: Deck, question: Question) -> Iterator[Found]:
    """The explanation of a gap names no reply that is accepted."""
    if question.kind == "recall" and not any(holds(question.explanation, reply) for reply in question.accepts):
        yield Found(f'is explained by a sentence without "{question.accepts[0]}"; say in it what fills the gap')


def _without(stem: str, names: Iterable[str]) -> str:
    """The stem without these names, the longest taken out first."""
    for name in sorted(names, key=len, reverse=True):
        stem = re.sub(re.escape(name), " ", stem, flags=re.I)
    return stem


def _claims(deck: Deck, question: Question) -> list[Claim | Listing]:
    return [claim for option in question.options if (claim := claimed(deck, option))]


def _fits(article: str, text: str) -> bool:
    return (article == "an") is (text[:1].casefold() in "aeiou")
