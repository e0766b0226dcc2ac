"""Flaws in the looks of one option: what sets the key, or a distractor, apart before its sense is weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quiz.deck import Deck
from quiz.flaws.model import Found, distractors_of, key_of
from quiz.questions.model import Option, Question

MUCH_LONGER = 1.5
"""A key this many times as long as the longest distractor is conspicuous …"""

LETTERS_LONGER = 12
"""… if it is also longer by so many letters: short words differ by half without anybody's noticing."""

QUALIFIER = re.compile(
    r"\b(?:about|approximately|roughly|at (?:least|most)|up to"
    r"|chiefly|mainly|mostly|largely|partly|partially|especially)\b",
    re.I,
)
FREQUENCY = re.compile(
    r"\b(?:often|usually|sometimes|rarely|seldom|(?:in)?frequently"
    r"|occasionally|(?:un)?commonly|generally|typically|normally)\b",
    re.I,
)
ABSOLUTE = re.compile(
    r"\b(?:always|never|only|alone|solely|entirely|completely|exclusively|invariably|totally)\b"
    r"|(?:^|\b(?:in|of|on|for|by|at) )(?:all|every|none)\b",
    re.I,
)
"""Words that leave no way out. "All" counts where it speaks of cases ("in all"); "taking out all items" does not."""

NUMBER = re.compile(r"(?<![\w\[(:-])\d+(?:[.,]\d+)?")
"""A figure; not the number in a name or a piece of code, such as anti-Scl-70 and x[0]."""

BRACKET = re.compile(r"(?<!\w)[(\[]")
COMBINED = re.compile(
    r"\b(?:all|none|both|neither|any|each|two|some) of (?:the|these|those|them)\b|\bthe (?:above|former|latter)\b"
    r"|^(?:both )?(?:[A-Fa-f1-6]|I{1,3}|IV|V)(?: and | or |, ?| ?& ?)(?:[A-Fa-f1-6]|I{1,3}|IV|V)\b"
)


def longest_key(_deck: Deck, question: Question) -> Iterator[Found]:
    """The key is longer than every distractor, conspicuously so."""
    key = key_of(question)
    length = max((len(option.text) for option in distractors_of(question)), default=len(key.text))
    if len(key.text) >= max(MUCH_LONGER * length, length + LETTERS_LONGER):
        yield Found(f"is by far the longest option ({len(key.text)} letters, the next {length}); shorten it", key)


def qualified_key(_deck: Deck, question: Question) -> Iterator[Found]:
    """The key alone has a number, a bracket or a qualifier."""
    for what, pattern in (("number", NUMBER), ("bracket", BRACKET), ("qualifier", QUALIFIER)):
        if _marked(question, pattern) == [key_of(question)]:
            yield Found(f"alone has a {what}; take it out, or give the others one", key_of(question))


def absolute_distractor(_deck: Deck, question: Question) -> Iterator[Found]:
    """A distractor says "always" or "never", and the key says nothing of the kind."""
    if not ABSOLUTE.search(key_of(question).text):
        for option in _marked(question, ABSOLUTE):
            said = ABSOLUTE.findall(option.text)[0]
            yield Found(f'says "{said}" and the key nothing of the kind; put it in another way', option)


def vague_frequency(_deck: Deck, question: Question) -> Iterator[Found]:
    """Some options say vaguely how often, and others do not."""
    marked = _marked(question, FREQUENCY)
    if len(marked) < len(question.options):
        for option in marked:
            said = FREQUENCY.findall(option.text)[0]
            yield Found(f'says "{said}" where others say no frequency; move that into the facts', option)


def combined_options(_deck: Deck, question: Question) -> Iterator[Found]:
    """An option is made of others: all or none of the above, "A and B", "1 and 3"."""
    for option in _marked(question, COMBINED):
        yield Found("is made of other options; name the thing itself", option)


def unordered_numbers(_deck: Deck, question: Question) -> Iterator[Found]:
    """Options that differ by their number alone do not stand in its order."""
    numbers = [NUMBER.findall(option.text) for option in question.options]
    frames = {NUMBER.sub("#", option.text) for option in question.options}
    if len(frames) == 1 and all(len(found) == 1 for found in numbers):
        values = [float(found[0].replace(",", ".")) for found in numbers]
        if values not in (sorted(values), sorted(values, reverse=True)):
            yield Found(
                "and the others are figures out of order; ask for the figure, or put them in order", key_of(question)
            )


def _marked(question: Question, pattern: re.Pattern[str]) -> list[Option]:
    return [option for option in question.options if pattern.search(option.text)]
