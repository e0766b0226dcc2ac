"""Filling frames with the names of subjects and features, and other small matters of grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quiz.deck import Deck
from quiz.draw import Draw
from quiz.reasoning import upper_first

_GAP = re.compile(r"\{([^{}|]+)(?:\|([^{}]+))?\}")


def fill(frame: str, names: dict[str, str], *, plural: bool = False) -> str:
    """The frame with ``{name}`` replaced, ``{Name}`` with a capital, and ``{is|are}`` by the feature's number.

    Raises KeyError for a name that is not among ``names``.
    """

    def replace(match: re.Match[str]) -> str:
        one, many = match.group(1), match.group(2)
        if many is not None:
            return many if plural else one
        if one in names:
            return names[one]
        return upper_first(names[one[:1].lower() + one[1:]])

    return _GAP.sub(replace, frame)


def pair_stem(
    own: Sequence[str], default: Sequence[str], deck: Deck, aspect: str, pair: tuple[str, str], draw: Draw
) -> str:
    """A stem about two subjects of the deck: from the aspect's own frames if it has any, else from the default ones."""
    a, b = (deck.subjects[subject].short for subject in pair)
    noun, plural = deck.aspects[aspect].noun, deck.aspects[aspect].plural
    return fill(draw.turned(own or default, "frame"), {"a": a, "b": b, "aspect": noun, "aspects": plural})


def listing(names: Sequence[str], last: str) -> str:
    """The names in a row, the last joined by the word given: lupus, MS or fibromyalgia."""
    *firsts, end = names
    return f"{', '.join(firsts)} {last} {end}" if firsts else end


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where that is due."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def paragraph(*steps: str) -> str:
    """The sentences as one paragraph, none of them twice."""
    return " ".join(dict.fromkeys(step for step in steps if step))
