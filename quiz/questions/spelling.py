"""Spelling: which texts are one name spelt in two ways, which differ by a slip, and which by an affix that matters.

How far a slip may go: a word of 5 to 8 letters may be one edit off, but not at its first letter, a longer one two
(Damerau-Levenshtein: a letter more, less or other, or two neighbours swapped); figures, abbreviations and shorter
words not at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, groupby
from typing import NamedTuple

from quiz.questions.names import normal

SHORTEST, LONG = 5, 9
"""Letters from which on a word may be one edit off, and two."""

_PREFIXES = (
    *("un", "de", "re", "dys", "ab", "in", "im", "ir", "non", "anti"),
    *("hypo", "hyper", "mono", "poly", "pre", "post", "sub", "micro", "macro"),
)
_EASILY_MISTYPED = {"un", "in", "im", "ir"}
_BEGINNINGS = (
    *(("", prefix) for prefix in _PREFIXES),
    *(pair for pair in combinations(_PREFIXES, 2) if not _EASILY_MISTYPED.issuperset(pair)),
    *(("in", "ex"), ("pro", "re"), ("inter", "intra"), ("ante", "anti"), ("ab", "ad"), ("af", "ef"), ("endo", "ecto")),
    # Stems: "a" alone would take every word that lost its first letter for another word.
    *(("arthr", "arter"), ("neur", "nephr"), ("symptom", "asymptom"), ("typic", "atypic"), ("febril", "afebril")),
    *(("septic", "aseptic"), ("vascul", "avascul"), ("cellul", "acellul"), ("symmetr", "asymmetr")),
)
_ENDINGS = (
    *(("itis", "osis"), ("blast", "clast"), ("tropic", "trophic"), ("philic", "phobic"), ("phagia", "phasia")),
    *(("emia", "uria"), ("ectomy", "otomy"), ("ectomy", "ostomy"), ("otomy", "ostomy"), ("gram", "graph")),
    *(("one", "olone"), ("ide", "ite"), ("ate", "ite")),
)
"""Pairs within reach of a slip that tell two things apart, on either side."""

_BRITISH = (
    ("[ao]e", "e"),
    ("our", "or"),
    ("([bt])re$", r"\1er"),
    ("([iy])s(e|ed|es|ing|ation|ations)$", r"\1z\2"),
    ("ll(ed|ing|er)$", r"l\1"),
    ("sulph", "sulf"),
    ("leuco", "leuko"),
    ("grey", "gray"),
    ("programme$", "program"),
    ("ogue$", "og"),
    ("ense$", "ence"),
)
_PLURAL = (
    ("ies$", "y"),
    ("sis$", "se"),  # crisis and crises meet in crise
    ("(?<!a)uses$", "us"),
    ("(ss|x|sh|[^a]ch)es$", r"\1"),
    ("(?<![siu])s$", ""),
)
"""Rules in their order; what comes out need be no word, only the same for both spellings."""


def folded(text: str) -> str:
    """The text so that two spellings of one name come out the same.

    Beside what `normal` leaves aside: accents, British or American spelling, the plural, spaces and hyphens inside a
    word, and whether it is "a biopsy of the skin" or "a skin biopsy".
    """
    words = [_folded_word(word) for word in _words(text)]
    return (" " if any(map(_has_digit, words)) else "").join(words)


def slip(given: str, wanted: str) -> int | None:
    """How many edits ``given`` is off from ``wanted``, word by word; None where that is too far for a slip."""
    own, other = _words(given), _words(wanted)
    if len(own) != len(other) or not own:
        return None
    edits, short = 0, _abbreviations(wanted)
    for mine, theirs in zip(own, other, strict=True):
        off = _edits(mine, theirs) if theirs not in short or _same(mine, theirs) else None
        if off is None:
            return None
        edits += off
    return edits


def opposed(given: str, wanted: str) -> bool:
    """Whether the two are the same but for beginnings or endings that make other words, as de- and re- do."""
    own, other = _words(given), _words(wanted)
    if len(own) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(own, other, strict=True) if not _same(a, b)]
    against = [(a, b) for a, b in pairs if _opposed_words(a, b)]
    return bool(against) and all(pair in against or _edits(*pair) is not None for pair in pairs)


def new_words(given: str, wanted: str) -> set[str]:
    """The words of ``given``, folded, that stand for another word in ``wanted``; both have equally many words."""
    return {_folded_word(a) for a, b in zip(_words(given), _words(wanted), strict=True) if not _same(a, b)}


def vocabulary(text: str) -> set[str]:
    """All words of a text, folded."""
    return {_folded_word(word) for word in _words(text)} | {_folded_word(word) for word in normal(text).split()}


class Piece(NamedTuple):
    """A stretch of a reply and what stands there in the name it is compared with; either may be empty."""

    given: str
    wanted: str


def difference(given: str, wanted: str) -> tuple[Piece, ...]:
    """The two side by side without case, as alternating pieces that are equal and pieces that are not."""
    from rapidfuzz.distance import Levenshtein

    one, other = (" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in (given, wanted))
    steps = [
        Piece(one[a:b], other[c:d])
        for _, steps in groupby(Levenshtein.opcodes(one, other), key=lambda step: step.tag == "equal")
        for run in [list(steps)]
        for a, b, c, d in [(run[0].src_start, run[-1].src_end, run[0].dest_start, run[-1].dest_end)]
    ]
    return tuple(steps)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """The words as compared: a prefix with a hyphen joined to its word, no possessive s, "x of y" turned to "y x"."""
    joined = re.sub(rf"(?i)\b({'|'.join(_PREFIXES)})[-\N{{HYPHEN}}\N{{NON-BREAKING HYPHEN}}](?=\w)", r"\1", text)
    words = normal(joined).split()
    if "of" in words[1:-1]:
        at = words.index("of", 1)
        words = [*words[at + 1 :], *words[:at]]
    return tuple(word for word in words if word not in {"s", "a", "an", "the"}) or tuple(words)


@lru_cache(maxsize=8192)
def _folded_word(word: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    if len(plain) < 4 or _has_digit(plain):
        return plain
    for before, after in (*_PLURAL, *_BRITISH):
        plain = re.sub(before, after, plain)
    return plain


def _same(given: str, wanted: str) -> bool:
    return given == wanted or _folded_word(given) == _folded_word(wanted)


def _edits(given: str, wanted: str) -> int | None:
    """How many edits a word is off, 0 for two spellings of it; None where that is too many."""
    if _same(given, wanted):
        return 0
    most = 2 if len(wanted) >= LONG else 1
    if len(wanted) < SHORTEST or _has_digit(given + wanted) or abs(len(given) - len(wanted)) > most + 2:
        return None
    if most == 1 and given[:1] != wanted[:1]:
        return None  # lower and slower: in short words the first letter is hardly ever a slip
    off = _distance(given, wanted)
    return off if off <= most and not _opposed_words(given, wanted) else None


def _distance(given: str, wanted: str) -> int:
    from rapidfuzz.distance import DamerauLevenshtein  # some milliseconds, which only a typed reply should cost

    return min(
        DamerauLevenshtein.distance(given, wanted),
        DamerauLevenshtein.distance(_folded_word(given), _folded_word(wanted)),
    )


def _opposed_words(given: str, wanted: str) -> bool:
    """Whether an exchange of affixes brings the two nearer than their letters are, to a slip or less."""
    apart = _distance(given, wanted)
    for mine, theirs in _without_affixes(given, wanted):
        off = _distance(mine, theirs)
        if off < apart and (not off or off == 1 and len(theirs) >= LONG):
            return True
    return False


def _without_affixes(given: str, wanted: str) -> Iterator[tuple[str, str]]:
    """What is left of two words without a pair of affixes, where one begins or ends with one of it, one with the other.

    Only where the shorter word of the two is long enough to be one.
    """
    for pair in _BEGINNINGS:
        for mine, theirs in (pair, pair[::-1]):
            if given.startswith(mine) and wanted.startswith(theirs):
                rest = given[len(mine) :], wanted[len(theirs) :]
                if min(map(len, rest)) + min(map(len, pair)) >= SHORTEST:
                    yield rest
    for pair in _ENDINGS:
        for mine, theirs in (pair, pair[::-1]):
            if given.endswith(mine) and wanted.endswith(theirs):
                yield given.removesuffix(mine), wanted.removesuffix(theirs)


def _abbreviations(text: str) -> set[str]:
    """Words with a capital after their first letter, which are compared letter by letter."""
    return {word.casefold() for word in re.findall(r"\w+", text) if any(map(str.isupper, word[1:]))}


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
