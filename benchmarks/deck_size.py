"""Makes and checks the bank of a huge made-up deck beside one of half its size.

Linear work takes twice as long for twice as much. Seconds are those of the processor, since machines are noisy.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple, TypeVar

from benchmarks.peak import peak
from benchmarks.synthetic import WHOLE, write
from benchmarks.table import Row, paired
from quiz.conflicts import conflicts
from quiz.flaws import flaws
from quiz.interchange import bank_as_data
from quiz.loader import load
from quiz.proof import check
from quiz.questions import Material, bank, cards
from quiz.reasoning import Knowledge

T = TypeVar("T")

SEED = 1
TO_REACH = 2.2
SHARE = 0.2
"""How much of the whole deck is made unless more is asked for: the whole takes five times as long."""

PAIRS = 3


class Run(NamedTuple):
    """What one run came to: seconds of each step after reading, questions made, MiB of memory at the peak."""

    steps: dict[str, float]
    questions: int
    peak: float

    @property
    def seconds(self) -> float:
        """All steps together."""
        return sum(self.steps.values())


def child(folder: Path) -> None:
    """Read the deck in a folder, make its bank and check it; prints what it came to."""
    steps: dict[str, float] = {}

    def timed(step: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        done = work()
        steps[step] = time.process_time() - start
        return done

    deck, problems = load(folder)
    assert deck is not None, problems[:3]
    material = timed("reason", lambda: Material(Knowledge(deck)))
    assert not timed("contradictions", lambda: conflicts(material.knowledge))
    timed("cards", lambda: cards(material))
    questions = timed("questions", lambda: list(bank(material, SEED)))
    objections = timed("proof", lambda: check(deck, bank_as_data(deck, SEED, questions)))
    assert not objections, objections[:3]
    timed("flaws", lambda: flaws(deck, questions))
    print(json.dumps([steps, len(questions), peak()]))


def run(folder: Path) -> Run:
    """A run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.deck_size", str(folder)]
    return Run(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def measure(share: float = SHARE) -> Iterator[Row]:
    """One row: a deck that has that share of the whole, beside one of half its size."""
    size = WHOLE.part(share)
    with tempfile.TemporaryDirectory() as home:
        large, half = (Path(home) / name for name in ("large", "half"))
        for folder, part in ((large, share), (half, share / 2)):
            folder.mkdir()
            write(folder, WHOLE.part(part))
        runs = [(run(large), run(half)) for _ in range(PAIRS)]
    work = f"make and check a bank: {size.conditions:,} conditions, {size.features:,} features, {size.claims:,} claims"
    own, other = runs[-1]
    ratios = {step: median(one.steps[step] / two.steps[step] for one, two in runs) for step in own.steps}
    each = ", ".join(f"{step} {ratio:.1f}" for step, ratio in ratios.items())
    note = (
        f"share {share:g} of the whole; {PAIRS} pairs, processor time; peak {own.peak:,.0f} and {other.peak:,.0f} MiB;"
        f" {own.questions:,} and {other.questions:,} questions; ratio by step: {each}"
    )
    yield paired(work, "half that size", TO_REACH, [(one.seconds, two.seconds) for one, two in runs], "s", note)


if __name__ == "__main__":
    child(Path(sys.argv[1]))
