"""Runs the comparisons of our speed with yardsticks and prints one table: ``python -m benchmarks [NAME ...]``."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmarks.table import Row, as_data, cells, machine, table

NAMES = ("start_up", "opening", "answering", "deck_size", "loading", "anki_export", "rebuild", "peers")
"""Each is a module of this package with a function `measure`, imported when it is its turn."""


def measured(name: str, share: float | None) -> Iterator[Row]:
    """The rows of one module as they come in; the share is for `deck_size` and leaves the others as they are."""
    module = import_module(f"benchmarks.{name}")
    yield from module.measure(share) if name == "deck_size" and share is not None else module.measure()


def main() -> None:
    """Measure what is named, or everything; print each row as it comes in, then the table and the same as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Our speed beside yardsticks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; without a name, all")
    parser.add_argument("--share", type=float, help="how much of the whole deck deck_size makes, 0 to 1")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where to write the figures as JSON too")
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.names if name not in NAMES]:
        parser.error(f"no benchmark is called {', '.join(unknown)}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start would compile the program anew
    rows: list[Row] = []
    for name in chosen.names or NAMES:
        if find_spec(f"benchmarks.{name}") is None:
            print(f"{name}: skipped, there is no such module here", flush=True)
            continue
        for row in measured(name, chosen.share):
            rows.append(row)
            print(f"{name}: " + "; ".join(filter(None, cells(row))), flush=True)
    print()
    print("\n".join(table(rows)))
    found = as_data(rows)
    of = machine()
    print(f"\n{found['date']}: {of['cpu']}, {of['cores']} cores, Python {of['python']}\n")
    written = json.dumps(found, ensure_ascii=False)
    print(written)
    if chosen.json is not None:
        chosen.json.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
