"""Which findings a probe of a subject holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from quiz.confusion import Confusion
from quiz.draw import lot
from quiz.errors import UsageError
from quiz.questions.material import Material
from quiz.questions.rivals import rivals_of
from quiz.verdict import Rule, Verdict

FEWEST = 4
"""Findings of each half without which a probe measures nothing."""


class Finding(NamedTuple):
    """A feature that is known to belong to the subject, or not to; ``rivals`` are those that have it if it does not."""

    feature: str
    belongs: bool
    rivals: tuple[str, ...] = ()


def findings(
    material: Material, subject: str, count: int, seed: int, seen: Collection[str] = ()
) -> tuple[Finding, ...]:
    """At most ``count`` findings in a drawn order, as many of the subject as of its rivals.

    Of its own, those that a rival lacks come first; those ``seen`` in the last probe come last of their sort. Raises
    UsageError where fewer than four of each are known.
    """
    own, others = _known(material, subject)
    half = min(count // 2, len(own), len(others))
    if half < FEWEST:
        short = material.deck.subjects[subject].short
        raise UsageError(
            f"too little is known of {short} for a probe: {len(own)} findings belong to it, {len(others)} belong to a "
            f"rival and are known not to belong to it, and {FEWEST} of each are needed; "
            "probe another subject, or see `quiz unknowns` for what the sources leave open"
        )

    def drawn(ranked: list[tuple[bool, Finding]]) -> list[Finding]:
        ranked.sort(key=lambda each: (each[0], each[1].feature in seen, lot(seed, "probe", subject, each[1].feature)))
        return _unlike(material, [finding for _, finding in ranked])[:half]

    chosen = [*drawn(own), *drawn(others)]
    return tuple(sorted(chosen, key=lambda each: lot(seed, "probe", "order", subject, each.feature)))


def _known(material: Material, subject: str) -> tuple[list[tuple[bool, Finding]], list[tuple[bool, Finding]]]:
    """What belongs to the subject, and what to rivals alone, each with whether it comes later than the rest."""
    rivals = rivals_of(material, subject)
    own, others = [], []
    for feature in material.deck.features.values():
        verdict_ = material.knowledge.judge(subject, feature.id).verdict
        if feature.umbrella or verdict_ is Verdict.UNKNOWN or not material.is_told(subject, feature.id):
            continue
        if material.has(subject, feature.id):
            parts_nothing = not any(material.lacks(rival, feature.id) for rival in rivals)
            own.append((parts_nothing, Finding(feature.id, True)))
        elif verdict_ is Verdict.FALSE and (holders := holders_of(material, rivals, feature.id)):
            by_another_value = material.lacked(subject, feature.id).rule is Rule.APART
            others.append((by_another_value, Finding(feature.id, False, holders)))
    return own, others


def holders_of(material: Material, rivals: Iterable[str], feature: str) -> tuple[str, ...]:
    """The rivals that are known to have a feature, and not only rarely."""
    return tuple(rival for rival in rivals if material.has(rival, feature))


def _unlike(material: Material, ordered: Sequence[Finding]) -> list[Finding]:
    """The findings, those too much like an earlier one behind the rest."""
    kept: list[Finding] = []
    for each in ordered:
        if not any(material.clash(each.feature, other.feature) for other in kept):
            kept.append(each)
    return [*kept, *(each for each in ordered if each not in kept)]


def suggested(material: Material, confused: Iterable[Confusion]) -> str:
    """The subject to probe where none is named: of those that can be, the one most mixed up, else the first.

    Raises UsageError where none can be probed.
    """
    weights = dict.fromkeys(material.deck.subjects, 0.0)
    for each in confused:
        for subject in (each.actual, each.taken):
            weights[subject] += each.weight
    for subject in sorted(weights, key=lambda subject: -weights[subject]):
        if min(map(len, _known(material, subject))) >= FEWEST:
            return subject
    raise UsageError(
        f"no subject of {material.deck.id} has {FEWEST} known findings of its own and {FEWEST} of rivals, "
        "so none can be probed; name another deck"
    )
