"""Sittings in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import random
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from quiz.store import Store
from tests.faults.sitting import Orders, hold, make_home

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL")


LONG = 60
"""Seconds to wait for what must come; only a broken program waits so long."""


class Held:
    """A sitting under way."""

    def __init__(self, process: BaseProcess, acknowledgements: Connection, said: Connection) -> None:
        self.process = process
        self._acknowledgements = acknowledgements
        self._said = said
        self.asked = 0

    def take(self, lines: int) -> None:
        """Let a sitting that is in step deal with so many lines, and wait until it has."""
        for _ in range(lines):
            assert self.wait_for(self.asked)
            self.go_on()
        assert self.wait_for(self.asked)

    def go_on(self) -> None:
        """Let a sitting that is in step deal with the next line."""
        self._acknowledgements.send_bytes(b".")

    def wait_for(self, lines: int) -> bool:
        """Wait until so many lines were dealt with; False if the sitting ended before."""
        while self.asked <= lines:
            assert self._acknowledgements.poll(LONG), "the sitting hangs"
            try:
                self._acknowledgements.recv_bytes()
            except EOFError:
                return False
            self.asked += 1
        return True

    def kill(self) -> int:
        """Kill it as hard as the system can; returns how many lines were dealt with before."""
        self.process.kill()
        self.process.join()
        self.wait_for(1_000_000)
        return self.dealt_with

    @property
    def dealt_with(self) -> int:
        """How many lines were dealt with; none where there was nothing to study."""
        return max(0, self.asked - 1)

    def outcome(self) -> tuple[int, str]:
        """Wait for its end; the exit code, and what it wrote to standard error."""
        self.wait_for(1_000_000)
        code, said = self._said.recv()
        self.process.join()
        return code, said


class Sittings:
    """Starts sittings in processes that have everything imported already."""

    def __init__(self) -> None:
        self._context: Any = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.faults.sitting"])

    def start(self, orders: Orders) -> Held:
        acknowledgements, acknowledge = self._context.Pipe()
        said, say = self._context.Pipe(duplex=False)
        process = self._context.Process(target=hold, args=(orders, acknowledge, say))
        process.start()
        acknowledge.close()
        say.close()
        return Held(process, acknowledgements, said)


@pytest.fixture(scope="session")
def sittings() -> Sittings:
    return Sittings()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path / "learner")


def script(chance: random.Random, length: int) -> list[str]:
    """Lines of which each writes exactly one row: responses, and undoing one."""
    lines: list[str] = []
    living = 0
    for _ in range(length):
        undo = living > 0 and chance.random() < 0.2
        living += -1 if undo else 1
        lines.append(":undo" if undo else chance.choice("abAB"))
    return lines


def rows(path: Path) -> list[tuple[str, str, int]]:
    """Event, card and day of all rows of the log, in the order of writing; none where there is no file."""
    with Store.open_to_read(path) as store:
        return [tuple(row) for row in store._rows("SELECT event, card, day FROM log ORDER BY seq")]


def is_sound(path: Path) -> bool:
    """Whether SQLite finds no fault, every row can be read, and memories are what the log gives."""
    with Store.open_to_read(path) as store:
        return store.damage() == "" and store.agrees()
