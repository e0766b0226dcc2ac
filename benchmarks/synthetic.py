"""A deck of any size, made up by a seed, in the shape of a table of diseases and phenotypes.

Conditions come in families that share findings; a few findings are met in very many conditions and most in a handful;
findings lie within broader ones; and what one condition lacks, its look-alikes have. All of it is nonsense.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

SYSTEMS = (
    "skin",
    "joint",
    "muscle",
    "nerve",
    "brain",
    "eye",
    "ear",
    "heart",
    "vessel",
    "blood",
    "marrow",
    "spleen",
    "liver",
    "bowel",
    "kidney",
    "bladder",
    "lung",
    "bone",
    "gland",
    "tooth",
)
STRENGTHS = ("every", "often", "often", "can", "can", "can", "rarely")
KIN = 8
"""Conditions of one family."""

UNUSUAL = 0.25
"""The share of its findings that a condition does not have from its family."""

ABSENT = 5
"""One in so many claims says that a condition lacks a finding."""

WITHIN = 12
"""One in so many findings is an umbrella over the following ones."""


class Size(NamedTuple):
    """How many conditions, findings and claims a deck has."""

    conditions: int
    features: int
    claims: int

    def part(self, share: float) -> Size:
        """A deck so much smaller, in the same proportions."""
        return Size(*(max(1, round(each * share)) for each in self))


WHOLE = Size(conditions=10_000, features=12_000, claims=250_000)


def write(folder: Path, size: Size, seed: int = 1) -> int:
    """Write the deck of that size and seed into a folder, in files of bearable length; the bytes written."""
    written = 0
    for name, lines in (("deck", _head(size)), *_parts(size, seed)):
        text = "".join(f"{line}\n" for line in lines).encode()
        (folder / f"{name}.yaml").write_bytes(text)
        written += len(text)
    return written


def _head(size: Size) -> Iterator[str]:
    yield "deck: {id: synthetic, version: 1.0.0, title: Synthetic, licence: none, notice: Made up.}"
    yield "sources: {table: {tier: given, title: A table, publisher: Nobody, date: not stated}}"
    yield "groups: {conditions: {noun: condition, plural: conditions}}"
    yield "aspects:"
    for system in SYSTEMS:
        statement = '"{Feature} can be part of {subject}."'
        yield f"  {system}: {{noun: {system} finding, plural: {system} findings, statement: {statement}}}"
    yield "subjects:"
    for number in range(size.conditions):
        yield f"  c{number}: {{group: conditions, name: condition {_condition(number)}, short: {_condition(number)}}}"


def _parts(size: Size, seed: int) -> Iterator[tuple[str, Iterator[str]]]:
    claims = _claims(size, Random(seed))
    for first in range(0, size.features, 2000):
        numbers = range(first, min(first + 2000, size.features))
        yield f"features-{first:06}", _features(numbers, claims)


def _features(numbers: range, claims: dict[int, dict[int, str]]) -> Iterator[str]:
    yield "features:"
    for number in numbers:
        system, umbrella = _system(number), _is_umbrella(number)
        yield f"  f{number}:"
        yield f"    aspect: {system}"
        yield f"    noun: {_name(number)} change of the {system}"
        yield f"    patient: {_name(number)} change of the {system} is seen"
        yield "    umbrella: yes" if umbrella else f"    broader: [f{number - number % WITHIN}]"
        for section, is_absent in (("present", False), ("absent", True)):
            held = {c: how for c, how in claims.get(number, {}).items() if (how == "absent") is is_absent}
            if held:
                yield f"    {section}:"
            for condition, how in sorted(held.items()):
                verb = "is not part of" if is_absent else "is seen in"
                strength = "" if is_absent else f"        strength: {how}\n"
                says = f"In the table, {_name(number)} change of the {system} {verb} {_condition(condition)}."
                yield f"      c{condition}:\n        says: {says}\n{strength}        cite: table Rows ¶row {condition}"


def _claims(size: Size, random: Random) -> dict[int, dict[int, str]]:
    """Of each finding, the conditions that it is stated of, with the strength, or "absent"."""
    found: dict[int, dict[int, str]] = {}
    each = size.claims // size.conditions
    lacking = each // ABSENT
    for first in range(0, size.conditions, KIN):
        family = range(first, min(first + KIN, size.conditions))
        pool = [_rare(size, random) for _ in range(each)]
        held = {condition: _drawn(size, random, pool, each - lacking) for condition in family}
        for condition, features in held.items():
            others = sorted({feature for other in family for feature in held[other]}.difference(features))
            for feature in features:
                found.setdefault(feature, {})[condition] = random.choice(STRENGTHS)
            for feature in random.sample(others, min(len(others), lacking)):
                found.setdefault(feature, {})[condition] = "absent"
    return found


def _drawn(size: Size, random: Random, pool: list[int], count: int) -> list[int]:
    """So many findings of one condition: most of them from the pool of its family."""
    drawn: dict[int, None] = {}
    while len(drawn) < min(count, size.features // 2):
        drawn[_usual(size, random) if random.random() < UNUSUAL else random.choice(pool)] = None
    return list(drawn)


def _rare(size: Size, random: Random) -> int:
    """Any finding that is no umbrella."""
    return _below(random.randrange(size.features - 1))


def _usual(size: Size, random: Random) -> int:
    """A finding by a long-tailed draw: few of them are met in very many conditions."""
    return _below(int((size.features - 1) * random.random() ** 4))


def _below(number: int) -> int:
    return number + 1 if _is_umbrella(number) else number


def _is_umbrella(number: int) -> bool:
    return number % WITHIN == 0


def _system(number: int) -> str:
    return SYSTEMS[number // WITHIN % len(SYSTEMS)]


def _name(number: int, syllables: str = "ba ce di fo gu la me ni ro su") -> str:
    """A word for a number, a syllable for each figure from the last on, so that neighbours begin differently."""
    return "".join(syllables.split()[int(figure)] for figure in reversed(f"{number:05}"))


def _condition(number: int) -> str:
    return _name(number, "vax kel tig zon hup jar wem pyl quo shu")
