"""What a deck calls things, and how names are compared: for accepting replies and for judging them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from quiz.deck import Deck


def normal(text: str) -> str:
    """A reply as it is compared: no case, accents kept apart from letters, punctuation, articles or doubled spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("%", " percent ").replace("per cent", "percent")
    spaced = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", plain)  # 300g is 300 g
    words = re.sub(r"[^\w.,]+|(?<!\d)[.,]|[.,](?!\d)", " ", spaced).split()
    kept = [word for word in words if word not in {"a", "an", "the"}]
    return " ".join(kept or words)


def names_of_things(deck: Deck) -> Iterator[tuple[str, ...]]:
    """The names of each subject, each feature and each line of terms, those of one thing together."""
    for subject in deck.subjects.values():
        yield (subject.name, subject.short, *subject.also)
    for feature in deck.features.values():
        yield (feature.noun, *feature.also)
    yield from deck.terms
