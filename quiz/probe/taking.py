"""Taking a probe, and reading those taken before out of the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from quiz.deck import Claim, Feature, Weight
from quiz.memory import Mode, Response
from quiz.probe.findings import Finding, holders_of
from quiz.questions.choice import verdict
from quiz.questions.material import Material
from quiz.questions.model import Card, Question
from quiz.questions.rivals import rivals_of
from quiz.questions.single import claim_id
from quiz.session import Answered, Mark, Reply, Turn
from quiz.verdict import Verdict

KIND = "probe"
"""As what the log holds the responses; no kind of question, since nothing else asks so."""

SAID = ("belongs", "does not belong")


class Outcome(NamedTuple):
    """What was said of a finding, None where nothing was in time, and the milliseconds that it took."""

    finding: Finding
    said: bool | None
    took: int

    @property
    def right(self) -> bool:
        """Whether it was said in time, and so."""
        return self.said is self.finding.belongs


class Past(NamedTuple):
    """An earlier probe of a subject: the study day, and what was said."""

    day: int
    outcomes: tuple[Outcome, ...]


class Probe:
    """A probe in progress: has every response in the log before the next finding is shown."""

    def __init__(
        self,
        material: Material,
        subject: str,
        found: tuple[Finding, ...],
        record: Callable[[Answered], object],
        seed: int,
    ) -> None:
        """``record`` writes a response down and returns when it is safe on disk."""
        self.material = material
        self.subject = subject
        self.findings = found
        self.outcomes: list[Outcome] = []
        self._record = record
        self._seed = seed

    @property
    def name(self) -> str:
        """The subject, as it is called inside a sentence."""
        return self.material.deck.subjects[self.subject].short

    @property
    def next(self) -> Feature | None:
        """The finding that is next; None at the end."""
        if len(self.outcomes) == len(self.findings):
            return None
        return self.material.deck.features[self.findings[len(self.outcomes)].feature]

    def answer(self, said: bool | None, took: int) -> None:
        """Take what was said of the finding that is next. Raises IndexError at the end."""
        outcome = Outcome(self.findings[len(self.outcomes)], said, took)
        self._record(_answered(self.material, self.subject, outcome, self._seed))
        self.outcomes.append(outcome)


def _answered(material: Material, subject: str, outcome: Outcome, seed: int) -> Answered:
    """The response as the log takes it: unrated, so that no memory is moved."""
    feature, belongs = outcome.finding.feature, outcome.finding.belongs
    reason = verdict(material, subject, feature)
    options = tuple(
        material.option(text, (Claim(subject, feature, holds),), reason, key=holds is belongs)
        for text, holds in zip(SAID, (True, False), strict=True)
    )
    card = Card(claim_id(subject, feature), reason.facts[0], (subject,), feature, (KIND,), Weight.DETAIL)
    question = Question(
        id=f"{card.id}/{KIND}",
        card=card.id,
        kind=KIND,
        seed=seed,
        stem=material.deck.features[feature].noun,
        asks={},
        explanation=reason.text,
        facts=reason.facts,
        cites=material.cites(reason.facts),
        options=options,
    )
    turn = Turn(material.deck.id, card, (KIND,), 0, len(SAID), new=False, counts=False, mode=Mode.PROBE)
    chosen = None if outcome.said is None else int(not outcome.said)
    return Answered(turn, question, Reply(chosen=chosen, took=outcome.took), Mark(outcome.right, None))


def past_probes(material: Material, subject: str, responses: Iterable[Response]) -> list[Past]:
    """The probes of a subject in the log, in order of time; ``responses`` are those to its deck, in order of time.

    What belongs is judged by what the deck knows now; findings that it no longer knows of are passed over.
    """
    sittings: dict[str, list[Response]] = {}
    for response in responses:
        if response.mode is Mode.PROBE:
            sittings.setdefault(response.sitting, []).append(response)
    found = []
    for of_sitting in sittings.values():
        outcomes = tuple(_outcomes(material, subject, of_sitting))
        if outcomes:
            found.append(Past(of_sitting[0].day, outcomes))
    return found


def _outcomes(material: Material, subject: str, responses: Iterable[Response]) -> Iterator[Outcome]:
    names = (subject, *material.deck.subjects[subject].was)
    prefix = tuple(claim_id(name, "") for name in names)
    features = {name: each.id for each in material.deck.features.values() for name in (*each.was, each.id)}
    for response in responses:
        feature = features.get(response.card.rpartition(":")[2])
        if feature is None or not response.card.startswith(prefix):
            continue
        known = material.knowledge.judge(subject, feature).verdict
        if known is not Verdict.UNKNOWN:
            said = response.claims[0][2] if response.claims else None
            rivals = () if known is Verdict.TRUE else holders_of(material, rivals_of(material, subject), feature)
            yield Outcome(Finding(feature, known is Verdict.TRUE, rivals), said, response.took)
