"""A sitting in a process of its own, which can be killed, starved or sent to another time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from quiz import journal
from quiz.cli import opening
from quiz.cli.program import main
from quiz.planning import plan as plan
from quiz.store import store as store
from quiz.terminal.plain import run as run
from tests.sample import DECK

ZONE = "Europe/Berlin"


class Orders(NamedTuple):
    """What a sitting is to do: the home of the learner, the lines to type, and how far the clock is ahead.

    ``in_step`` holds it before every line until it is told to go on.
    """

    home: Path
    lines: Sequence[str]
    ahead: timedelta = timedelta()
    largest_file: int | None = None
    in_step: bool = False


class Typist:
    """Standard input that tells, at every line asked for, that all before it was dealt with."""

    def __init__(self, orders: Orders, acknowledge: Connection) -> None:
        self._lines: Iterator[str] = iter(orders.lines)
        self._in_step = orders.in_step
        self._acknowledge = acknowledge

    def readline(self) -> str:
        self._acknowledge.send_bytes(b".")
        if self._in_step:
            self._acknowledge.recv_bytes()
        return next(self._lines, ":quit") + "\n"

    def isatty(self) -> bool:
        return False


def clock_of(ahead: timedelta) -> type[datetime]:
    """A clock that goes ahead of the system's."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return datetime.now(tz) + ahead

    return Clock


def hold(orders: Orders, acknowledge: Connection, said: Connection) -> None:
    """Hold the sitting, then send what it wrote and its exit code."""
    os.environ["QUIZ_HOME"] = str(orders.home)
    os.environ["TZ"] = ZONE
    time.tzset()
    if orders.largest_file is not None:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (orders.largest_file, orders.largest_file))
    journal.datetime = clock_of(orders.ahead)  # type: ignore[misc, assignment]
    opening.LONG_WAIT = 0.2  # type: ignore[misc]
    sys.stdin = Typist(orders, acknowledge)  # type: ignore[assignment]
    read, write = os.pipe()
    sys.stderr = os.fdopen(write, "w", encoding="utf-8", buffering=1)
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    code: object = None
    try:
        main(["study", str(orders.home / "ducks"), "--new", "100", "--plain"])
    except SystemExit as exit_:
        code = exit_.code
    sys.stderr.close()
    with os.fdopen(read, encoding="utf-8") as complaint:
        said.send((code, complaint.read()))


def make_home(home: Path) -> Path:
    """A home with a deck to study."""
    (home / "ducks").mkdir(parents=True)
    (home / "ducks" / "deck.yaml").write_text(DECK, encoding="utf-8")
    (home / "config.toml").write_text("recall = false\n", encoding="utf-8")
    return home
