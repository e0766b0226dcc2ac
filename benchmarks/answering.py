"""What a learner who studied for ten years waits for between a response and the next question, beside one commit.

The program runs on a pseudo-terminal and is sent one key after the other. Counted are the time from the key that
answers to the feedback on the screen, and that from the key that goes on to the next question. Before each of the two
is a pause, since a learner reads: what the program does meanwhile is not counted. Nor is the end of the sitting, where
the day's backup is made; the note tells how long it took.

The yardstick adds one row to a small database beside the learner's, in one transaction and as safe on disk.
"""

from __future__ import annotations

import os
import pty
import select
import shutil
import sqlite3
import struct
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from fcntl import ioctl
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from termios import TIOCSWINSZ

from benchmarks.collection import collection, folder_here
from benchmarks.start_up import QUIZ
from benchmarks.table import Row, paired

RESPONSES = 120
TO_REACH = 3.0

PAUSE = 0.3
"""Seconds in which a learner reads a question, and as long for the feedback."""

LONGEST = 60.0
"""Seconds after which the program is taken to be stuck."""

CHOOSING, RECALLED, TOLD, OVER = b"capital = sure", b"tab shows the options", b"enter next", b"next due"
"""What the program writes with a question, with one to be answered in words first, with feedback, and at its end."""


class Terminal:
    """`quiz study` on a pseudo-terminal that is large enough for every screen."""

    def __init__(self, deck: Path, home: Path) -> None:
        """Start the program."""
        self._own, theirs = pty.openpty()
        _resize(theirs, rows=60, columns=200)
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env |= {"QUIZ_HOME": str(home), "TERM": "xterm", "NO_COLOR": "1"}
        command = [*QUIZ, str(deck)]
        self._child = subprocess.Popen(command, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)

    def press(self, key: bytes) -> None:
        """Send a key."""
        os.write(self._own, key)

    def until(self, *marks: bytes) -> bytes:
        """Wait for the first of the marks to be written; returns it. Raises RuntimeError where none comes."""
        written, end = b"", time.perf_counter() + LONGEST
        while not (found := [mark for mark in marks if mark in written]):
            ready, _, _ = select.select([self._own], [], [], max(0.0, end - time.perf_counter()))
            try:
                new = os.read(self._own, 65_536) if ready else b""
            except OSError:  # so Linux tells that the program has ended
                new = b""
            if not new:
                raise RuntimeError(f"quiz wrote none of {marks}, but: {written.decode(errors='replace')}")
            written += new
        return found[0]

    def close(self) -> None:
        """Wait for the end of the program, which was told to quit."""
        try:
            while os.read(self._own, 65_536):
                pass
        except OSError:
            pass
        self._child.wait()
        os.close(self._own)


def _resize(terminal: int, rows: int, columns: int) -> None:
    ioctl(terminal, TIOCSWINSZ, struct.pack("4H", rows, columns, 0, 0))


def committing(folder: Path) -> Generator[float, None, None]:
    """Milliseconds that adding one row takes, time after time, in a new database in a folder."""
    with closing(sqlite3.connect(folder / "yardstick.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE log (seq INTEGER PRIMARY KEY, text TEXT)")
        while True:
            started = time.perf_counter()
            database.execute("INSERT INTO log (text) VALUES (?)", ("x" * 600,))
            yield (time.perf_counter() - started) * 1000


def answered(terminal: Terminal, shown: bytes) -> tuple[float, bytes]:
    """Give a response to the question that is shown: the milliseconds waited for the program, and what comes next."""
    if shown == RECALLED:
        terminal.press(b"\t")
        terminal.until(CHOOSING)
    waited = 0.0
    for key, marks in ((b"a", (TOLD,)), (b"\r", (CHOOSING, RECALLED, OVER))):
        time.sleep(PAUSE)
        started = time.perf_counter()
        terminal.press(key)
        shown = terminal.until(*marks)
        waited += (time.perf_counter() - started) * 1000
    return waited, shown


def sitting(deck: Path, home: Path) -> tuple[list[tuple[float, float]], float]:
    """Pairs of a response and a commit right after it, and the milliseconds that the end of the sitting took."""
    terminal, commits, pairs = Terminal(deck, home), committing(home), list[tuple[float, float]]()
    shown = terminal.until(CHOOSING, RECALLED)
    while len(pairs) < RESPONSES and shown != OVER:
        waited, shown = answered(terminal, shown)
        pairs.append((waited, next(commits)))
    commits.close()
    started = time.perf_counter()
    terminal.press(b"\x04")
    terminal.close()
    return pairs, (time.perf_counter() - started) * 1000


def measure() -> Iterator[Row]:
    """One row, measured on a copy of the collection, which the sitting changes."""
    made = collection(folder_here())
    with TemporaryDirectory(dir=made.home.parent) as copied:
        home = Path(shutil.copytree(made.home, copied, dirs_exist_ok=True))
        pairs, end = sitting(made.deck, home)
    slowest = quantiles([own for own, _ in pairs], n=100, method="inclusive")[98]
    note = f"{len(pairs)} responses, 99th percentile {slowest:.1f} ms; the sitting's end took {end:.0f} ms; {made}"
    yield paired("response to next question, ten years studied", "one commit", TO_REACH, pairs, "ms", note)
