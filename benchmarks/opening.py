"""From the start of the process to the first question for who studied for ten years, beside the newcomer.

As in `start_up`, the first question is on the way when its first line can be read from the program's output, and decks
and program were seen before. The newcomer opens the first shipped deck, with nothing answered yet.

A program may keep what it worked out, and so it matters what is new at a start. On a new day, which comes after a day
with one response more, the log has grown and other cards are due. Opened again on one day, nothing is new. A new day is
made by the time zone: one almost a day ahead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.collection import collection, folder_here
from benchmarks.start_up import QUIZ
from benchmarks.table import Row, paired

PAIRS = 9
TO_REACH = 1.2

TODAY, TOMORROW = "UTC0", "AHEAD-23:59"
"""Time zones, as POSIX writes them."""

ONE_RESPONSE = ":options\na\n:quit\n"
"""One response to a question with options, whether they are shown at once or on demand."""


def until_question(home: Path, *decks: Path, zone: str = TODAY, then: str = ":quit\n") -> float:
    """Milliseconds until the first question can be read; ``then`` are the lines that the program is told after it.

    Raises RuntimeError where the program asks no question.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"QUIZ_HOME": str(home), "TZ": zone}
    command = [*QUIZ, *map(str, decks)]
    started = time.perf_counter()
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        asked = any(line.startswith("Question 1") for line in child.stdout)
        took = (time.perf_counter() - started) * 1000
        if asked:
            child.communicate(then)
    if not asked:
        raise RuntimeError(f"quiz asked no question with the progress in {home}")
    return took


def on_a_new_day(home: Path, deck: Path) -> float:
    """The milliseconds of the first start on a day, after a start with one response on the day before."""
    until_question(home, deck, then=ONE_RESPONSE)
    return until_question(home, deck, zone=TOMORROW)


def measure() -> Iterator[Row]:
    """Beside the newcomer, on a new day and again; and beside the same deck before anything of it was answered."""
    made = collection(folder_here())
    with (
        TemporaryDirectory(dir=made.home.parent) as copied,
        TemporaryDirectory() as new,
        TemporaryDirectory() as unused,
    ):
        old, newcomer, unseen = Path(shutil.copytree(made.home, copied, dirs_exist_ok=True)), Path(new), Path(unused)
        until_question(newcomer)
        until_question(unseen, made.deck)
        until_question(old, made.deck)
        note = f"{PAIRS} pairs; {made}"
        work, beside = "start to first question, ten years studied", "shipped deck, nothing studied"
        again = [(until_question(old, made.deck), until_question(newcomer)) for _ in range(PAIRS)]
        yield paired(f"{work}, again on one day", beside, TO_REACH, again, "ms", note)
        daily = [(on_a_new_day(old, made.deck), until_question(newcomer)) for _ in range(PAIRS)]
        yield paired(f"{work}, on a new day", beside, TO_REACH, daily, "ms", note)
        same = [(until_question(old, made.deck), until_question(unseen, made.deck)) for _ in range(PAIRS + 1)][1:]
        yield paired(f"{work}, again on one day", "same deck, nothing studied", None, same, "ms", note)
