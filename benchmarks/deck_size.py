"""Makes and checks the bank of a huge made-up deck beside one of half its size, and prints time and memory.

Usage: python -m benchmarks.deck_size [SHARE] [PAIRS]

SHARE is how much of the whole (10,000 conditions, 12,000 features, 250,000 claims) the larger deck has. Linear work
takes twice as long for twice as much. Seconds are those of the processor, since machines are noisy.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.synthetic import WHOLE, Size, write
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


def child(folder: Path) -> None:
    """Read the deck in a folder, make its bank and check it; prints the seconds of each step and the peak in MiB."""
    steps: dict[str, float] = {}

    def timed(step: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        done = work()
        steps[step] = time.process_time() - start
        return done

    deck, problems = timed("read", lambda: load(folder))
    assert deck is not None, problems[:3]
    material = timed("reason", lambda: Material(Knowledge(deck)))
    assert not timed("contradictions", lambda: conflicts(material.knowledge))
    dealt = timed("cards", lambda: cards(material))
    questions = timed("questions", lambda: list(bank(material, SEED)))
    objections = timed("proof", lambda: check(deck, bank_as_data(deck, SEED, questions)))
    assert not objections, objections[:3]
    found = timed("flaws", lambda: flaws(deck, questions))
    made = {"cards": len(dealt), "questions": len(questions), "flaws": len(found)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"steps": steps, "made": made, "peak": peak}))


def run(folder: Path) -> dict[str, dict[str, float]]:
    """A run in a process of its own: seconds by step, what was made, and MiB at the peak."""
    command = [sys.executable, "-m", "benchmarks.deck_size", "--child", str(folder)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    steps: dict[str, float] = found["steps"]
    total = {"make and check": sum(seconds for step, seconds in steps.items() if step != "read")}
    return {"seconds": {**steps, **total}, "made": found["made"], "MiB": {"peak": found["peak"]}}


def main(share: float, pairs: int) -> None:
    """Run both sizes in turn and print a table, ratios first, and the same as JSON."""
    sizes = {"half": WHOLE.part(share / 2), "whole": WHOLE.part(share)}
    runs: dict[str, list[dict[str, dict[str, float]]]] = {name: [] for name in sizes}
    with tempfile.TemporaryDirectory() as home:
        for name, size in sizes.items():
            (folder := Path(home) / name).mkdir()
            print(f"{name:6}{_spelled(size)}, {write(folder, size) / 1e6:.1f} MB of YAML", flush=True)
        for _ in range(pairs):
            for name in sizes:
                runs[name].append(run(Path(home) / name))
    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    print(f"{date.today()}  {machine}; {pairs} pairs, medians")
    print(f"{'':24}{'ratio':>8}{'whole':>12}{'half':>12}")
    rows = []
    for unit in ("seconds", "made", "MiB"):
        for what in runs["whole"][0][unit]:
            whole, half = ([each[unit][what] for each in runs[name]] for name in ("whole", "half"))
            ratio = median(one / max(other, 1e-9) for one, other in zip(whole, half, strict=True))
            rows.append({"what": what, "unit": unit, "ratio": ratio, "whole": median(whole), "half": median(half)})
            figures = f"{ratio:8.2f}{median(whole):12,.1f}{median(half):12,.1f}"
            goal = f"  to reach: {TO_REACH}" if what == "make and check" else ""
            print(f"{what if unit == 'seconds' else f'{what} ({unit})':24}{figures}{goal}")
    print(json.dumps({"benchmark": "deck size", "share": share, "pairs": pairs, "machine": machine, "rows": rows}))


def _spelled(size: Size) -> str:
    return f"{size.conditions:,} conditions, {size.features:,} features, {size.claims:,} claims"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]))
    else:
        main(float(sys.argv[1]) if sys.argv[1:] else 1.0, int(sys.argv[2]) if sys.argv[2:] else 1)
