"""What a deck does not know, the most valuable first: which fact would unlock how many questions?"""

from __future__ import annotations

from typing import NamedTuple

from quiz.questions.material import Material
from quiz.questions.rivals import rivals as pairs_of_rivals
from quiz.verdict import Verdict

QUESTIONS_A_PAIR = 2
"""A feature placed for a pair is asked in two kinds: sort, and contrast or shared."""


class Gap(NamedTuple):
    """An unknown claim, and how many questions about pairs it would unlock if it were known present, or absent."""

    subject: str
    feature: str
    if_present: int
    if_absent: int
    rivals: tuple[str, ...]


def gaps(material: Material) -> tuple[Gap, ...]:
    """Unknown claims about which at least one rival of the subject is known to have the feature.

    Disputed and dated claims are left out: a further source would not settle them. Ordered by questions unlocked.
    """
    rivals: dict[str, list[str]] = {}
    for a, b in pairs_of_rivals(material):
        rivals.setdefault(a, []).append(b)
        rivals.setdefault(b, []).append(a)
    found = [
        gap
        for subject, others in rivals.items()
        for feature in material.knowledge.features_of(*others)
        if not material.deck.features[feature].umbrella and not material.knowledge.is_silenced(subject, feature)
        for gap in [_gap(material, subject, feature, others)]
        if gap
    ]
    return tuple(sorted(found, key=lambda gap: (-(gap.if_present + gap.if_absent), gap.subject, gap.feature)))


def _gap(material: Material, subject: str, feature: str, rivals: list[str]) -> Gap | None:
    known = material.knowledge.known
    if feature in known(subject):
        return None
    verdicts = {rival: known(rival)[feature].verdict for rival in rivals if feature in known(rival)}
    having = tuple(rival for rival, verdict in verdicts.items() if verdict is Verdict.TRUE)
    lacking = len(verdicts) - len(having)
    if not having:
        return None
    return Gap(
        subject=subject,
        feature=feature,
        if_present=QUESTIONS_A_PAIR * (len(having) + lacking),
        if_absent=QUESTIONS_A_PAIR * len(having),
        rivals=having,
    )
