"""Reads a large made-up deck that changed, beside ``yaml.CSafeLoader``; and one that did not, from the cache.

Usage: python -m benchmarks.loading [PAIRS]

Ours reads, checks the format and the whole deck, and looks for contradictions; the yardstick only parses. The program
keeps Python from looking for garbage while it reads, and the yardstick as it is usually called does not; so there is a
row in which neither does. From the cache comes the deck with its cards, and its facts are taken up for reasoning.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.synthetic import WHOLE, write
from quiz.collecting import paused
from quiz.compiled import Compiled, fingerprint, keep, recall
from quiz.conflicts import conflicts
from quiz.loader import load
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge

CHANGED, SEEN = 0.24, 0.12
"""How much of the whole deck comes to 10 MB of YAML, and to 5."""

TO_REACH = 1.0


class Row(NamedTuple):
    """A line of the table: medians in seconds, and the median of the ratios."""

    what: str
    megabytes: float
    ratio: float
    ours: float
    yardstick: float


def parsed(folder: Path) -> None:
    """All files by PyYAML's fastest loader."""
    import yaml

    for file in sorted(folder.glob("*.yaml")):
        yaml.load(file.read_bytes(), yaml.CSafeLoader)


def checked(folder: Path) -> None:
    """The deck as the program takes it in."""
    deck, problems = load(folder)
    assert deck is not None, problems[:3]
    assert not conflicts(Knowledge(deck))


def remembered(folder: Path, cache: Path, name: str) -> None:
    """The deck from the cache, ready to be asked from; by a name of before, as the program may change meanwhile."""
    fingerprint(folder)
    compiled = recall(cache, name)
    assert compiled is not None
    Material(Knowledge(compiled.deck))


def without_collection(work: Callable[[Path], None]) -> Callable[[Path], None]:
    """The same work while Python looks for no garbage."""

    def done(folder: Path) -> None:
        with paused():
            work(folder)

    return done


def seconds(work: Callable[[], None]) -> float:
    """Seconds of the processor, in which a noisy machine counts for less."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(pairs: int) -> None:
    """Run ours and the yardstick in turn; print a table, ratios first, and the same as JSON."""
    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as home:
        changed, seen, cache = (Path(home) / name for name in ("changed", "seen", "cache"))
        for folder in (changed, seen):
            folder.mkdir()
        size = {changed: write(changed, WHOLE.part(CHANGED)), seen: write(seen, WHOLE.part(SEEN))}
        deck, _ = load(seen)
        assert deck is not None
        name = fingerprint(seen)
        keep(cache, name, Compiled(deck, cards(Material(Knowledge(deck)))))
        works: tuple[tuple[str, Path, Callable[[Path], None]], ...] = (
            ("changed deck, read and checked", changed, checked),
            ("the same, neither seeks garbage", changed, without_collection(checked)),
            ("deck seen before, from the cache", seen, partial(remembered, cache=cache, name=name)),
        )
        for what, folder, ours in works:
            yardstick = without_collection(parsed) if "neither" in what else parsed
            runs = [(seconds(partial(ours, folder)), seconds(partial(yardstick, folder))) for _ in range(pairs)]
            ratio = median(own / other for own, other in runs)
            own, other = (median(each) for each in zip(*runs, strict=True))
            rows.append(Row(what, size[folder] / 1e6, ratio, own, other))
    print(f"{date.today()}  {machine}; {pairs} pairs, medians")
    print(f"{'':42}{'ratio':>8}{'ours':>10}{'CSafeLoader':>14}")
    for row in rows:
        label = f"{row.what} ({row.megabytes:.1f} MB)"
        print(f"{label:42}{row.ratio:8.2f}{row.ours:8.2f} s{row.yardstick:12.2f} s")
    print(f"to reach with the changed deck: {TO_REACH}")
    print(
        json.dumps(
            {"benchmark": "loading", "pairs": pairs, "machine": machine, "rows": [each._asdict() for each in rows]}
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5)
