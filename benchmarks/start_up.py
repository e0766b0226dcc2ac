"""From the start of the process to the first question, beside ``python -c "import click, sqlite3"``, in turn.

Run it with ``make bench``. Prints medians in milliseconds and the ratio, pair by pair; machines are noisy, so read the
ratio. The first question is on the way when the first line of it can be read from the program's output.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

RUNS = 25
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


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as home:
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env["QUIZ_HOME"] = home
        first = until_question(env)  # compiles the program and the deck
        until_done(env)
        pairs = [(until_question(env), until_done(env)) for _ in range(RUNS)]
    quiz, yardstick = ([pair[i] for pair in pairs] for i in (0, 1))
    ratios = sorted(one / other for one, other in pairs)
    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    print(f"{date.today()}  {machine}, {RUNS} pairs")
    print(f"quiz, first question     median {statistics.median(quiz):6.0f} ms  (very first start {first:.0f} ms)")
    print(f"import click, sqlite3    median {statistics.median(yardstick):6.0f} ms")
    print(f"ratio, pair by pair      median {statistics.median(ratios):6.2f}     ({ratios[0]:.2f} to {ratios[-1]:.2f})")


if __name__ == "__main__":
    main()
