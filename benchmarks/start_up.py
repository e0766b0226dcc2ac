"""From the start of the process to the first question, beside ``python -c "import click, sqlite3"``.

The first question is on the way when the first line of it can be read from the program's output. Warm: program and
deck were compiled by a first start, which is not counted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, paired

PAIRS = 25
TO_REACH = 1.5
YARDSTICK = [sys.executable, "-c", "import click, sqlite3"]
QUIZ = [str(Path(sys.executable).with_name("quiz")), "study"]


def until_done(env: dict[str, str]) -> float:
    """Milliseconds that the yardstick takes as a whole process."""
    started = time.perf_counter()
    subprocess.run(YARDSTICK, env=env, check=True, stdout=subprocess.PIPE)
    return (time.perf_counter() - started) * 1000


def until_question(env: dict[str, str]) -> float:
    """Milliseconds until the first question can be read."""
    started = time.perf_counter()
    with subprocess.Popen(QUIZ, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("Question 1"):
                break
        took = (time.perf_counter() - started) * 1000
        child.communicate(":quit\n")
    return took


def measure() -> Iterator[Row]:
    """One row: the shipped deck, with nothing answered yet."""
    with tempfile.TemporaryDirectory() as home:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["QUIZ_HOME"] = home
        first = until_question(env)
        until_done(env)
        pairs = [(until_question(env), until_done(env)) for _ in range(PAIRS)]
    note = f"{PAIRS} pairs; the very first start took {first:.0f} ms"
    yield paired("start to first question", 'python -c "import click, sqlite3"', TO_REACH, pairs, "ms", note)
