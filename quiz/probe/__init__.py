"""A probe: findings one after another, "belongs to it or not", as a measure of how well a subject is told apart.

After Mamede 2021 (see docs/evidence.md): knowing which findings discriminate predicts fewer biased diagnoses. Half of
the findings belong to the subject; the others belong to rivals and are known not to belong to it, so that whoever
always says the same scores as chance does. Nothing is explained before the end, and no memory is moved.
"""

from quiz.probe.findings import Finding, findings, suggested
from quiz.probe.score import Score, differs, median_took, score, taken_for_own
from quiz.probe.taking import SAID, Outcome, Past, Probe, past_probes

__all__ = [
    "SAID",
    "Finding",
    "Outcome",
    "Past",
    "Probe",
    "Score",
    "differs",
    "findings",
    "median_took",
    "past_probes",
    "score",
    "suggested",
    "taken_for_own",
]
