"""A sitting in progress: takes replies, and has every step in the log before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from quiz.confusion import MixUp, mix_ups
from quiz.deck import Deck
from quiz.memory import Confidence
from quiz.questions.material import Material
from quiz.questions.model import Card, Question
from quiz.session import (
    MOST_RETURNS,
    Answered,
    Reply,
    Sitting,
    Turn,
    chosen_by_words,
    claims_of,
    graded,
    mark,
    mixed_up,
    question_for,
)


class Source(Protocol):
    """What cards are made from: a `quiz.questions.Material`, or a `quiz.catalogue.Catalogue`."""

    @property
    def deck(self) -> Deck:
        """The whole deck."""

    def part(self, card: Card) -> Material:
        """What the questions of a card are made from."""


class Journal(Protocol):
    """Where a sitting is written down. Every call returns when the step is safe on disk."""

    def make_ready(self) -> None:
        """Do what the first step would have to wait for."""

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

    def note(self, turn: Turn, text: str) -> None:
        """Keep a note with a card; an empty one takes it away."""

    def flag(self, turn: Turn, text: str) -> None:
        """Keep what is wrong with a card; an empty text takes it away."""


MOST_PRACTICE = 6
"""With so much practice waiting, no more is put before what is due."""

Reserve = Callable[[str, frozenset[str]], Iterable[Turn]]


class Desk:
    """The one place where a sitting changes."""

    def __init__(
        self,
        sitting: Sitting,
        sources: Mapping[str, Source],
        journal: Journal,
        seed: int,
        reserve: Reserve = lambda _deck, _pair: (),
        notes: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        """``sources`` by deck id; the seed draws wording and options.

        ``reserve`` gives turns of cards on a pair of subjects of a deck, for a fresh question when these are mixed up.
        ``notes`` are those that the learner wrote before, by deck and card.
        """
        self.sitting = sitting
        self.sources = sources
        self.journal = journal
        self.seed = seed
        self.reserve = reserve
        self._notes = dict(notes or {})
        self._asked: dict[Turn, Question] = {}
        self._reserved: dict[tuple[str, frozenset[str]], Sequence[Turn]] = {}
        self._looked_ahead: Turn | None = None

    def question(self) -> Question | None:
        """The question that is next, or None when the sitting is over."""
        turn = self.sitting.turn
        return self._question(turn) if turn else None

    def _question(self, turn: Turn) -> Question:
        if turn not in self._asked:
            self._asked[turn] = question_for(turn, self.material(turn), self.seed)
        return self._asked[turn]

    def look_ahead(self) -> None:
        """Make ready what will be needed after the reply; to be called while the learner reads a question."""
        turn = self.sitting.turn
        if turn is None or turn == self._looked_ahead:
            return
        self._looked_ahead = turn
        coming = self.sitting.waiting[:2]
        self._asked = {each: self._question(each) for each in coming}
        question = self._asked[turn]
        if not question.options:
            mark(question, Reply(typed="?"), self.material(turn).deck)  # imports what judges words
        for choice in range(len(question.options)):
            said = claims_of(question, choice)
            for mixed in mix_ups(self.material(turn), turn.card.about, question.kind, said)[:1]:
                self._in_reserve(turn.deck, frozenset((mixed.actual, mixed.taken)))
        self.journal.make_ready()

    def material(self, turn: Turn) -> Material:
        """What a turn's card was made from."""
        return self.sources[turn.deck].part(turn.card)

    def reply(self, question: Question, reply: Reply) -> Answered:
        """Mark and log the reply to the question that is next. Raises ValueError when the sitting is over."""
        turn = self.sitting.turn
        if turn is None:
            raise ValueError("the sitting is over")
        verdict = mark(question, reply, self.material(turn).deck)
        return self._take(Answered(turn=turn, question=question, reply=reply, mark=verdict))

    def recalled(self, question: Question, typed: str, took: int) -> Reply | None:
        """The reply that words typed before the options were shown stand for; None where that is not clear."""
        turn = self.sitting.turn
        if turn is None:
            raise ValueError("the sitting is over")
        chosen = chosen_by_words(question, self.sources[turn.deck].deck, typed)
        return None if chosen is None else Reply(chosen=chosen, typed=typed, took=took)

    def _take(self, answered: Answered) -> Answered:
        logged = answered._replace(uuid=self.journal.record(answered))
        self.sitting = self.sitting.answer(logged, self._follow(logged))
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

    def mixed_up(self, answered: Answered) -> tuple[MixUp, ...]:
        """What the response mixed up; nothing where it was right, or said nothing."""
        return mixed_up(answered, self.material(answered.turn))

    def contrast(self, answered: Answered) -> tuple[str, str, str] | None:
        """The two subjects that the response mixed up, the one asked about first, and the feature it went wrong by."""
        found = self.mixed_up(answered)
        if not found:
            return None
        actual, taken, feature, _ = found[0]
        a, b = (taken, actual) if taken == answered.turn.card.about[0] else (actual, taken)
        return a, b, feature

    def _follow(self, answered: Answered) -> Turn | None:
        """A fresh question on the pair that the response mixed up: one that waits, or else one in reserve."""
        found = self.mixed_up(answered)
        if not found:
            return None
        deck, pair = answered.turn.deck, frozenset((found[0].actual, found[0].taken))

        def is_on_pair(turn: Turn) -> bool:
            return turn.deck == deck and frozenset(turn.card.about) == pair

        missed = [each for each in self.sitting.answered if is_on_pair(each.turn) and not each.mark.right]
        if len(missed) > MOST_RETURNS:
            return None
        met = {turn.name for turn in (answered.turn, *self.sitting.suspended)}
        met |= {each.turn.name for each in self.sitting.answered}
        asked = {found[0].feature, answered.turn.card.feature, None}  # a gap in a sentence asks not which is which
        crowded = sum(turn.practice for turn in self.sitting.waiting) >= MOST_PRACTICE
        for turn in (*filter(is_on_pair, self.sitting.waiting), *(() if crowded else self._in_reserve(deck, pair))):
            if turn.card.feature not in asked and turn.name not in met:
                return turn
        return None

    def _in_reserve(self, deck: str, pair: frozenset[str]) -> Sequence[Turn]:
        if (deck, pair) not in self._reserved:
            self._reserved[deck, pair] = tuple(self.reserve(deck, pair))
        return self._reserved[deck, pair]

    def note_on(self, turn: Turn) -> str:
        """The learner's note on a card; empty when there is none."""
        return self._notes.get(turn.name, "")

    def note(self, turn: Turn, text: str) -> None:
        """Keep a note with a card in the place of the one it has; an empty one takes it away."""
        self.journal.note(turn, text)
        self._notes[turn.name] = text.strip()

    def flag(self, turn: Turn, text: str) -> None:
        """Keep what is wrong with a card, for its author; an empty text takes it away."""
        self.journal.flag(turn, text)

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
