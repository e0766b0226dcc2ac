"""Writes a sitting into the store: puts time, device and an id to every step."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from time import time_ns

from quiz import scheduling
from quiz.errors import StorageError
from quiz.memory import Rating, Response, Review, Stamp
from quiz.session import Answered, Turn, claims_made
from quiz.store import Store
from quiz.studyday import study_day

SETTLED_AFTER = 40
"""So many questions; by itself SQLite would do it after about a hundred responses, while the learner waits."""


def new_id() -> str:
    """An id of 32 hexadecimal digits: milliseconds since 1970, then chance, much as in UUIDs of version 7 (RFC 9562).

    Ids in order of time lie side by side in the index of the log, however long that is.
    """
    return f"{time_ns() // 1_000_000:012x}{os.urandom(10).hex()}"


def stamp_now(device: str) -> Stamp:
    """A stamp for this moment, by the system's clock and time zone."""
    local = datetime.now().astimezone()
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    time = int(local.timestamp() * 1000)
    return Stamp(uuid=new_id(), device=device, time=time, offset=minutes, day=study_day(time, minutes))


class StoreJournal:
    """A journal (see `quiz.desk.Journal`) kept in a store."""

    def __init__(self, store: Store, seed: int, retention: float, stamp: Callable[[], Stamp]) -> None:
        """``stamp`` gives a fresh stamp for this moment; ``retention`` is the desired one."""
        self.store = store
        self.seed = seed
        self.retention = retention
        self.stamp = stamp
        self.sitting = new_id()
        self._questions = 0

    def make_ready(self) -> None:
        """Do what an answer would have to wait for: import what schedules cards, and tidy the file up."""
        scheduling.review(None, Review(0, Rating.GOOD), self.retention)
        self._questions += 1
        if self._questions % SETTLED_AFTER == 0:
            with suppress(StorageError):  # nothing is lost by it; the next response tells if it matters
                self.store.settle()

    def record(self, answered: Answered) -> str:
        """Write an answer; returns the id under which it stands."""
        response = self._response(answered, self.stamp())
        self.store.record(response, self.retention)
        return response.uuid

    def undo(self, uuid: str) -> None:
        """Strike an answer out."""
        self.store.undo(uuid, self.stamp())

    def replace(self, uuid: str, answered: Answered) -> str:
        """Strike an answer out and write another for it, in one transaction."""
        response = self._response(answered, self.stamp())
        self.store.replace(uuid, response, self.retention)
        return response.uuid

    def suspend(self, turn: Turn) -> None:
        """Leave a card out of all further sittings."""
        self.store.suspend(turn.deck, turn.card.id, self.stamp())

    def unsuspend(self, turn: Turn) -> None:
        """Take a card in again."""
        self.store.unsuspend(turn.deck, turn.card.id, self.stamp())

    def note(self, turn: Turn, text: str) -> None:
        """Keep a note with a card; an empty one takes it away."""
        self.store.note(turn.deck, turn.card.id, text, self.stamp())

    def flag(self, turn: Turn, text: str) -> None:
        """Keep what is wrong with a card; an empty text takes it away."""
        self.store.flag(turn.deck, turn.card.id, text, self.stamp())

    def _response(self, answered: Answered, stamp: Stamp) -> Response:
        turn, question, reply, marked = answered.turn, answered.question, answered.reply, answered.mark
        return Response(
            uuid=stamp.uuid,
            device=stamp.device,
            time=stamp.time,
            offset=stamp.offset,
            day=stamp.day,
            deck=turn.deck,
            card=turn.card.id,
            kind=question.kind,
            seed=self.seed,
            options=tuple(option.text for option in question.options),
            chosen=reply.chosen,
            typed=reply.typed,
            claims=claims_made(answered),
            took=reply.took,
            confidence=reply.confidence,
            right=marked.right,
            rating=marked.rating,
            counts=not turn.practice and marked.rating is not None,
            mode=turn.mode,
            sitting=self.sitting,
            turn=turn.number,
            most=turn.most,
        )
