"""Writes many notes as an Anki package, ours beside plain genanki, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.peak import peak
from benchmarks.table import Row, paired
from quiz.anki.notes import Note, guid_of
from quiz.anki.notetypes import CHOICE, style
from quiz.anki.package import Entry, write_package

NOTES = 100_000
PAIRS = 3
QUICKER, SMALLER = 1.0, 0.5
"""The ratios to reach: of time, and of memory."""

CHANGED = 1_790_000_000
WORDS = ("a", "finding", "that", "many", "share", "but", "only", "some", "show", "in", "this", "or", "that", "form")


def notes(count: int) -> Iterator[Note]:
    """Notes with three options each, about as long as real ones."""
    for number in range(count):
        text = " ".join(WORDS[(number + place) % len(WORDS)] for place in range(12))
        options = {letter: f"{text} {letter}{number}" for letter in "ABC"}
        reasons = {f"Reason {letter}": f"{text}; {text}, {number}." for letter in "ABC"}
        sources = {f"Source {letter}": f"Press 2020, “{text}” ¶{number % 50}" for letter in "ABC"}
        fields = {"Id": f"n-{number}", "About": "Benchmark", "Stem": f"{text}?", "Order": "drawn", "Key": "B"}
        yield Note(
            guid=guid_of("bench", str(number)),
            name=str(number),
            card=str(number),
            type=CHOICE,
            fields={**fields, **options, **reasons, **sources, "Answer": options["B"]},
            tags=("tellapart::bench",),
            path=("Benchmark", f"Part {number % 20}"),
        )


def ours(path: Path, count: int) -> None:
    """The package as `quiz export anki` writes it."""
    write_package(path, (Entry(note, CHANGED) for note in notes(count)), {})


def plain(path: Path, count: int) -> None:
    """The same notes by genanki alone, as its README shows."""
    import genanki

    model = genanki.Model(
        CHOICE.id,
        CHOICE.name,
        fields=[{"name": name} for name in CHOICE.fields],
        templates=[{"name": "Card", "qfmt": CHOICE.front, "afmt": CHOICE.back}],
        css=style(),
    )
    decks: dict[str, genanki.Deck] = {}
    for note in notes(count):
        name = "::".join(note.path)
        deck = decks.setdefault(name, genanki.Deck(1_600_000_000_000 + len(decks), name))
        deck.add_note(genanki.Note(model=model, fields=note.values, tags=list(note.tags), guid=note.guid))
    genanki.Package(list(decks.values())).write_to_file(path)


WRITERS = {"ours": ours, "genanki": plain}


class Run(NamedTuple):
    """What one run came to: seconds, MiB of memory at the peak, MiB of the file."""

    seconds: float
    memory: float
    size: float


def child(writer: str, count: int) -> None:
    """Write once and print what it came to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.apkg"
        start = time.perf_counter()
        WRITERS[writer](path, count)
        seconds = time.perf_counter() - start
        print(json.dumps([seconds, peak(), path.stat().st_size / (1 << 20)]))


def run(writer: str) -> Run:
    """A run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.anki_export", writer, str(NOTES)]
    return Run(*json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def measure() -> Iterator[Row]:
    """Two rows, from the same runs: time and memory."""
    runs = [(run("ours"), run("genanki")) for _ in range(PAIRS)]
    work, against = f"Anki export of {NOTES:,} notes", "plain genanki"
    own, other = runs[-1]
    sizes = f"{PAIRS} pairs; files of {own.size:.0f} and {other.size:.0f} MiB"
    yield paired(work, against, QUICKER, [(one.seconds, two.seconds) for one, two in runs], "s", sizes)
    memory = [(one.memory, two.memory) for one, two in runs]
    yield paired(f"{work}, peak memory", against, SMALLER, memory, "MiB", f"{PAIRS} pairs")


if __name__ == "__main__":
    child(sys.argv[1], int(sys.argv[2]))
