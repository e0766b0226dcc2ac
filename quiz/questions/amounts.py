"""Figures as learners type them: "30 %", "up to thirty percent", "20 to 40", "twice"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from quiz.questions.names import normal
from quiz.questions.spelling import vocabulary

_TO_NINETEEN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DIGITS = tuple(enumerate(_TO_NINETEEN[1:10], 1))
_NUMBERS = {
    **{word: value for value, word in enumerate(_TO_NINETEEN)},
    **{word: 10 * tens for tens, word in enumerate(_TENS, 2)},
    **{f"{word} {one}": 10 * tens + ones for tens, word in enumerate(_TENS, 2) for ones, one in _DIGITS},
    **{f"{word} hundred": 100 * value for value, word in _DIGITS},
    **{"a hundred": 100, "hundred": 100},
}
_TIMES = {"once": "1 times", "twice": "2 times", "thrice": "3 times"}
_NUMBER_WORD = re.compile(rf"\b({'|'.join(sorted(_NUMBERS, key=len, reverse=True)).replace(' ', '[ -]')})(?![^\W_])")
_AS_MEANT = re.compile(
    r"^(?:(?:exactly|just|about|approximately|around|roughly|circa|ca\.?|c\.|some|~|≈|nearly|almost"
    r"|(?P<up>up to|at most|no more than|not more than|a maximum of|as many as|as much as|≤)"
    r"|(?P<down>at least|no fewer than|no less than|not less than|a minimum of|≥)) ?)+"
)
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_AMOUNT = re.compile(
    rf"(?:between |from )?(?P<low>{_FIGURE})(?: ?(?:percent|%))?(?: ?(?:-|to|and) ?(?P<high>{_FIGURE}))?(?P<unit>\D.*)?"
)
_UNITS = {
    **dict.fromkeys(("yr", "yrs", "y"), "years"),
    **dict.fromkeys(("mo", "mos"), "months"),
    **dict.fromkeys(("wk", "wks"), "weeks"),
    **dict.fromkeys(("hr", "hrs", "h"), "hours"),
    **dict.fromkeys(("min", "mins"), "minutes"),
    **dict.fromkeys(("x", "×", "fold"), "times"),
    "pct": "percent",
}


class Amount(NamedTuple):
    """A figure or a range with its unit as a set of words, empty where none was typed.

    ``low`` and ``high`` hold each reading of what was typed ("1,000" has two) and are equal unless it is a range.
    ``bound`` is "up", "down" or empty, as in "up to" and "at least".
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    unit: frozenset[str]
    bound: str = ""

    @property
    def is_range(self) -> bool:
        """Whether it runs from one figure to another."""
        return self.low != self.high


def amount(text: str) -> Amount | None:
    """The amount that a text gives; None where it gives none, or says more than that."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip().rstrip(".").replace("per cent", "percent")
    plain = " ".join(
        re.sub("[\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]", "-", plain).split()
    )
    plain = re.sub(rf"\b({'|'.join(_TIMES)})\b", lambda word: _TIMES[word[1]], plain)
    plain = re.sub(rf"\b({'|'.join(_TO_NINETEEN)})-?fold\b", r"\1 times", plain)
    meant = _AS_MEANT.match(plain)
    plain = _NUMBER_WORD.sub(
        lambda word: str(_NUMBERS[word[1].replace("-", " ")]), plain[meant.end() if meant else 0 :]
    )
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return None
    words = normal(f"{'%' if re.search('percent|%', plain) else ''} {found['unit'] or ''}")
    unit = frozenset(word for each in words.split() for word in vocabulary(_UNITS.get(each, each)))
    bound = "up" if meant and meant["up"] else "down" if meant and meant["down"] else ""
    low = _readings(found["low"])
    return Amount(low, _readings(found["high"]) if found["high"] else low, unit, bound)


def _readings(figure: str) -> tuple[float, ...]:
    """The figure with its comma as decimal sign, and with its commas between thousands, as far as it can be either."""
    plain = figure.replace(" ", "")
    readings = [plain.replace(",", "")] if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain) else []
    readings += [plain.replace(",", ".")] if plain.count(",") + plain.count(".") < 2 else []
    return tuple(map(float, dict.fromkeys(readings)))


def matches(given: Amount, wanted: Amount, within: float = 0) -> bool:
    """Whether two amounts are the same, their ends at most ``within`` apart; units and bounds are not looked at."""
    ends = ((given.low, wanted.low), (given.high, wanted.high))
    return given.is_range is wanted.is_range and all(_near(mine, theirs, within) for mine, theirs in ends)


def overlaps(given: Amount, wanted: Amount, within: float = 0) -> bool:
    """Whether one may lie in the other, so that neither speaks against the other."""
    apart = min(given.low) > max(wanted.high) + within or max(given.high) < min(wanted.low) - within
    return not apart and (given.is_range or wanted.is_range)


def same_unit(given: Amount, units: Iterable[frozenset[str]]) -> bool:
    """Whether an amount has one of the units, if only in some of its words, or none at all."""
    return any(given.unit <= unit for unit in units)


def _near(given: tuple[float, ...], wanted: tuple[float, ...], within: float) -> bool:
    return any(abs(mine - theirs) <= within + 1e-9 for mine in given for theirs in wanted)
