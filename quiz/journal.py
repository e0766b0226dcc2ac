"""Writes a sitting into the store: puts time, device and an id to every step."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from quiz.memory import Response
from quiz.session import Answered, Turn, claims_made
from quiz.store import Store
from quiz.studyday import study_day


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as the log keeps it: UTC in milliseconds, and the local offset from UTC in minutes."""

    time: int
    offset: int

    @property
    def day(self) -> int:
        """The study day."""
        return study_day(self.time, self.offset)


def now() -> Moment:
    """This moment by the system's clock and time zone."""
    local = datetime.now().astimezone()
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    return Moment(int(local.timestamp() * 1000), minutes)


def new_id() -> str:
    """A random id of 32 hexadecimal digits."""
    return os.urandom(16).hex()


@dataclass(frozen=True, slots=True)
class StoreJournal:
    """A journal (see `quiz.desk.Journal`) that is kept in a store."""

    store: Store
    device: str
    seed: int
    retention: float
    clock: Callable[[], Moment] = now
    name: Callable[[], str] = new_id

    def record(self, answered: Answered) -> str:
        """Write an answer; returns the id under which it stands."""
        response = self._response(answered)
        self.store.record(response, self.retention)
        return response.uuid
