"""A sitting in progress: takes replies, and has every step in the log before it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from quiz.memory import Confidence
from quiz.questions.material import Material
from quiz.questions.model import Question
from quiz.session import Answered, Reply, Sitting, Turn, graded, mark, question_for


class Journal(Protocol):
    """Where a sitting is written down. Every call returns when the step is safe on disk."""

    def record(self, answered: Answered) -> str:
        """Write an answer; returns the id under which it stands."""

    def undo(self, uuid: str) -> None:
        """Strike an answer out."""

    def replace(self, uuid: str, answered: Answered) -> str:
        """Strike an answer out and write another for it, as one step."""

    def suspend(self, turn: Turn) -> None:
        """Leave a card out of all further sittings."""

    def unsuspend(self, turn: Turn) -> None:
        """Take a card in again."""


class Desk:
    """The one place where a sitting changes."""

    def __init__(self, sitting: Sitting, materials: Mapping[str, Material], journal: Journal, seed: int) -> None:
        """``materials`` by deck id; the seed draws wording and options."""
        self.sitting = sitting
        self.materials = materials
        self.journal = journal
        self.seed = seed

    def question(self) -> Question | None:
        """The question that is next, or None when the sitting is over."""
        turn = self.sitting.turn
        return question_for(turn, self.materials[turn.deck], self.seed) if turn else None

    def material(self, turn: Turn) -> Material:
        """What a turn's card was made from."""
        return self.materials[turn.deck]

    def reply(self, question: Question, reply: Reply) -> Answered:
        """Mark and log the reply to the question that is next. Raises ValueError when the sitting is over."""
        turn = self.sitting.turn
        if turn is None:
            raise ValueError("the sitting is over")
        verdict = mark(question, reply, self.material(turn).deck)
        return self._take(Answered(turn=turn, question=question, reply=reply, mark=verdict))

    def _take(self, answered: Answered) -> Answered:
        logged = answered._replace(uuid=self.journal.record(answered))
        self.sitting = self.sitting.answer(logged)
        return logged

    def guessed(self) -> Answered | None:
        """Turn the latest answer, if it was right, into a lucky guess, which counts as Again. None if it was not."""
        last = self._last()
        if last is None or not last.mark.right or last.reply.confidence is Confidence.GUESSED:
            return None
        reply = last.reply._replace(confidence=Confidence.GUESSED)
        return self._revise(last._replace(reply=reply, mark=graded(True, Confidence.GUESSED)))

    def judged(self, right: bool) -> Answered | None:
        """The learner's own verdict on a typed reply. None where the latest answer was not typed."""
        last = self._last()
        if last is None or last.question.options or last.mark.right is right:
            return None
        return self._revise(last._replace(mark=graded(right, last.reply.confidence)))

    def _last(self) -> Answered | None:
        return self.sitting.last if self.sitting.just_answered else None

    def _revise(self, answered: Answered) -> Answered:
        logged = answered._replace(uuid=self.journal.replace(answered.uuid, answered))
        self.sitting = self.sitting.revise(logged)
        return logged

    def suspend(self, turn: Turn) -> None:
        """Leave a card out from now on; undo takes it in again."""
        self.journal.suspend(turn)
        self.sitting = self.sitting.suspend(turn)

    def undo(self) -> bool:
        """Go one step back. False when there is nothing to undo."""
        before = self.sitting.before
        if before is None:
            return False
        if self.sitting.just_answered:
            self.journal.undo(self.sitting.answered[-1].uuid)
        else:
            self.journal.unsuspend(self.sitting.suspended[-1])
        self.sitting = before
        return True
