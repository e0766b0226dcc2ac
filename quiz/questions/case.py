"""Case: a sketch of one patient (or specimen, or program); which of the subjects named accounts for all of it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quiz.deck import Claim
from quiz.draw import Draw
from quiz.questions.choice import choice, feature_of, joined
from quiz.questions.material import Material
from quiz.questions.model import Card, Option, Question, Reason
from quiz.questions.single import arena_of_cases, excluders, sketchable
from quiz.questions.wording import fill, listing, paragraph
from quiz.reasoning import upper_first
from quiz.verdict import Rule

KIND = "case"

STEMS = (
    "{findings} Which of these {nouns} accounts for all of that?",
    "{findings} {Subjects}: which of them accounts for the whole picture?",
)

FINDINGS = 4
"""A sketch has so many findings where the deck knows as many: those that decide, and some that all candidates share."""


def ask(card: Card, material: Material, draw: Draw) -> Question:
    """The question of a claim card: its feature and others of its subject as a sketch, each rival excluded by one."""
    subject, lead = card.about[0], feature_of(card)
    group = material.deck.groups[material.deck.subjects[subject].group]
    candidates = arena_of_cases(material, subject).options(card.id, subject, draw)
    rivals = [each for each in candidates if each != subject]
    findings = _in_order(material, draw.shuffled(_findings(material, subject, lead, rivals, draw), "sketch"))

    def option(each: str) -> Option:
        claims = tuple(Claim(each, finding, True) for finding in findings)
        reason = _accounts(material, each, findings) if each == subject else _excluded(material, each, findings)
        return material.option(material.deck.subjects[each].short, claims, reason, key=each == subject)

    names = {
        "findings": " ".join(f"{upper_first(material.deck.features[each].patient)}." for each in findings),
        "noun": group.noun,
        "nouns": group.plural,
        "subjects": listing([material.deck.subjects[each].short for each in candidates], "or"),
    }
    stem = fill(draw.turned(group.case or STEMS, "frame"), names)
    asks: dict[str, object] = {"relation": "explains", "subjects": candidates, "findings": findings}
    return choice(KIND, card, draw, stem, asks, [option(each) for each in candidates])


def _findings(material: Material, subject: str, lead: str, rivals: Sequence[str], draw: Draw) -> list[str]:
    """The lead, a finding against each rival that it does not exclude, and some that subject and rivals share."""
    found = [lead]
    for rival in rivals:
        if not any(material.lacks(rival, finding) for finding in found):
            against = draw.shuffled(excluders(material, subject, rival), "against")
            # Where all are much like what is in the sketch already, a doubled finding is better than none.
            found.append(next((each for each in against if _fits(material, each, found)), against[0]))
    others = sketchable(material, subject)
    shared = [each for each in others if all(material.has(rival, each) for rival in rivals)]
    for each in draw.shuffled(shared, "shared"):
        if len(found) < FINDINGS and _fits(material, each, found):
            found.append(each)
    return found


def _in_order(material: Material, findings: Iterable[str]) -> list[str]:
    """The findings as a sketch has them: by aspect, in the order in which the deck names its aspects."""
    aspects = list(material.deck.aspects)
    return sorted(findings, key=lambda finding: aspects.index(material.deck.features[finding].aspect))


def _fits(material: Material, finding: str, found: Iterable[str]) -> bool:
    return not any(material.clash(finding, other) for other in found)


def _accounts(material: Material, subject: str, findings: Sequence[str]) -> Reason:
    """Why the subject accounts for all findings."""
    grounds = [material.held(subject, each) for each in findings]
    facts = joined(*(ground.ids for ground in grounds))
    return Reason(grounds[0].rule, facts, paragraph(*(step for ground in grounds for step in ground.steps)))


def _excluded(material: Material, subject: str, findings: Sequence[str]) -> Reason:
    """Why the subject does not: the findings that it is known to lack."""
    grounds = [material.lacked(subject, each) for each in findings if material.lacks(subject, each)]
    rule: Rule = grounds[0].rule
    facts = joined(*(ground.ids for ground in grounds))
    return Reason(rule, facts, paragraph(*(step for ground in grounds for step in ground.steps)))
