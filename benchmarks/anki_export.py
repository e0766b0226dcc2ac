"""Writes many notes as an Anki package, ours beside plain genanki, and prints time, memory and size, ratios first.

Usage: python benchmarks/anki_export.py [NOTES] [PAIRS]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from quiz.anki.notes import Note, guid_of
from quiz.anki.notetypes import CHOICE, style
from quiz.anki.package import Entry, write_package

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


def child(writer: str, count: int) -> None:
    """One run in a process of its own; prints seconds, peak memory in MiB, and size in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.apkg"
        start = time.perf_counter()
        WRITERS[writer](path, count)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([seconds, peak, path.stat().st_size / (1 << 20)]))


def main(count: int, pairs: int) -> None:
    """Run both in turn, so many times, and print the medians."""
    runs: dict[str, list[list[float]]] = {name: [] for name in WRITERS}
    for _ in range(pairs):
        for name in WRITERS:
            command = [sys.executable, __file__, "--child", name, str(count)]
            runs[name].append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    print(f"{count:,} notes, {pairs} pairs of runs; medians")
    print(f"{'':10}{'ratio':>8}{'ours':>10}{'genanki':>10}")
    for place, what in enumerate(("seconds", "MiB used", "MiB file")):
        own, other = ([run[place] for run in runs[name]] for name in WRITERS)
        ratio = median(one / two for one, two in zip(own, other, strict=True))
        print(f"{what:10}{ratio:8.2f}{median(own):10.1f}{median(other):10.1f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000, int(sys.argv[2]) if sys.argv[2:] else 3)
