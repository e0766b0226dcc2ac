"""Words of stems and options, as the checks compare them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_STOP = frozenset(
    re.findall(
        r"\w+",
        """a an and any are as at be been being between both but by can could did do does either fit fits for found
        from had has have he her him his how if in into is it its lies made make makes may might nor not of on or other
        our out own part rather she should so such than that the their them then there these they this those to together
        up was we were what when where whether which while who whom whose why will with within without would you your
        belong belongs following gap fill missing open option options same set share shared speak speaks tell tells
        true false word words""",
    )
)
"""Words that carry no content of their own, and those that only put the question."""

_ROOT = 6
"""Words that agree in so many letters at their beginning sound alike."""

REMEMBERED = 1 << 16
"""Texts of which the words are kept: all of a usual deck; of a huge one, those met lately."""

_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|%")
_OWNED = re.compile(r"['’]s?$")
_ARTICLES = frozenset({"a", "an", "the"})


@lru_cache(REMEMBERED)
def plain(text: str) -> tuple[str, ...]:
    """The words of a text in order, without case, articles, punctuation or a plural s."""
    words = _WORD.findall(text.casefold())
    return tuple(_singular(word) for word in words if word not in _ARTICLES)


@lru_cache(REMEMBERED)
def content(text: str) -> frozenset[str]:
    """The words of a text that carry content, in their plain form."""
    return frozenset(word for word in plain(text) if word not in _STOP and word != "%")


@lru_cache(REMEMBERED)
def roots(text: str) -> Mapping[str, str]:
    """The words of a text that carry content, each by its first letters: electrical and electrocardiogram agree."""
    return {word[:_ROOT]: word for word in sorted(content(text))}


def holds(text: str, phrase: str) -> bool:
    """Whether the words of the phrase stand in the text, one after the other."""
    wanted = " ".join(plain(phrase))
    return bool(wanted) and f" {wanted} " in f" {' '.join(plain(text))} "


def _singular(word: str) -> str:
    word = _OWNED.sub("", word)
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
