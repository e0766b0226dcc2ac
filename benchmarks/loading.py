"""Takes in a large made-up deck that changed, beside ``yaml.CSafeLoader``, which only parses it.

Ours reads, checks the format and the whole deck, and looks for contradictions. It keeps Python from looking for garbage
meanwhile (`quiz.collecting`); a caller of the yardstick usually does not, which slows it a great deal. So there are two
rows: the yardstick as it is usually called, and with Python looking for garbage in neither.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from benchmarks.synthetic import WHOLE, write
from benchmarks.table import Row, paired
from quiz.collecting import paused
from quiz.conflicts import conflicts
from quiz.loader import load
from quiz.reasoning import Knowledge

PART = 0.24
"""How much of the whole deck comes to 10 MB of YAML."""

PAIRS = 3
TO_REACH = 1.0


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


def seconds(work: Callable[[Path], None], folder: Path, within: Callable[[], AbstractContextManager[None]]) -> float:
    """Seconds of the processor, in which a noisy machine counts for less."""
    start = time.process_time()
    with within():
        work(folder)
    return time.process_time() - start


def measure() -> Iterator[Row]:
    """Two rows: the yardstick as usually called, and neither looking for garbage."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        work = f"load and check a changed deck of {write(folder, WHOLE.part(PART)) / 1e6:.0f} MB"
        for against, within in (
            ("yaml.CSafeLoader as usually called", nullcontext),
            ("yaml.CSafeLoader, neither looking for garbage", paused),
        ):
            pairs = [(seconds(checked, folder, within), seconds(parsed, folder, within)) for _ in range(PAIRS)]
            yield paired(work, against, TO_REACH, pairs, "s", f"{PAIRS} pairs, processor time")
