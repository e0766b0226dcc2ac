"""Bad input by the thousand: `python -m tests.fuzz [TARGET...] [--inputs N] [--seed S]`.

The same seed gives the same inputs. A find is written to a folder as a text file that begins with what was wrong; once
the fault is mended, the file is kept in `finds/`, and every run begins with those.
"""

from __future__ import annotations

import argparse
import ast
import faulthandler
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

from tests.fuzz.target import Input, Target

HARD_LIMIT = 2 << 30
"""Bytes of address space, so that a bomb is a find and not the end of the machine."""

STUCK = 120
"""Seconds by the clock after which an input is given up together with its process."""

MOST_FINDS = 10
KEPT = Path(__file__).with_name("finds")
NAMES = ("deck", "config", "package", "progress", "sitting", "command")


def target_named(name: str) -> Target:
    """The target of that name; its modules are imported only now, since each target has a process of its own."""
    from tests.fuzz import commands, configs, decks, packages, progress, sittings

    all_of_them = (
        decks.DECKS,
        configs.CONFIGS,
        packages.PACKAGES,
        progress.PROGRESS,
        sittings.SITTINGS,
        commands.COMMANDS,
    )
    return next(each for each in all_of_them if each.name == name)


def past_finds(name: str) -> list[Input]:
    """What once went wrong, as kept in text files."""
    return [ast.literal_eval(path.read_text(encoding="utf-8")) for path in sorted(KEPT.glob(f"{name}-*.txt"))]


def tried(name: str, inputs: int | None, seed: int, found: Path) -> int:
    """Let the program have the inputs of a target, and print a line of figures. Returns the number of finds."""
    from tests.fuzz.program import home
    from tests.fuzz.watching import TooLongError, Watch, peak

    target = target_named(name)
    old = past_finds(name)
    count = len(old) + (target.inputs if inputs is None else inputs)
    watch, finds, slowest = Watch(), 0, 0.0
    began = time.monotonic()
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=shared if shared.is_dir() else None) as folder:
        here, before = Path(folder).resolve(), Path.cwd()
        tempfile.tempdir = str(here / "work")
        home(here)
        for place in range(count):
            given = old[place] if place < len(old) else target.draw(Random(f"{seed} {name} {place - len(old)}"))
            faulthandler.dump_traceback_later(STUCK, exit=True)
            started = time.process_time()
            try:
                with watch.on(here):
                    target.run(given, here)
            except (Exception, TooLongError) as error:
                finds += 1
                _write(found / f"{name}-{seed}-{place}.txt", error, given)
                home(here, fresh=True)
            slowest = max(slowest, time.process_time() - started)
            if finds >= MOST_FINDS:
                break
        faulthandler.cancel_dump_traceback_later()
        os.chdir(before)
    took = time.monotonic() - began
    print(
        f"{name:<9} {place + 1:>7} {len(old):>6} {took:>9.0f} s {slowest:>8.2f} s {peak():>6} MB {finds:>6}", flush=True
    )
    return finds


def _write(path: Path, error: BaseException, given: Input) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = "".join(traceback.format_exception(error))
    comment = "".join(f"# {line}\n" for line in told.encode("ascii", "backslashreplace").decode().splitlines()[-25:])
    path.write_text(f"{comment}{ascii(given)}\n", encoding="utf-8")
    print(f"  {path}: {ascii(str(error))[:300]}", flush=True)


def main() -> int:
    """Run the targets one after another, each in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Bad input by the thousand.")
    parser.add_argument("targets", nargs="*", choices=[[], *NAMES], metavar="TARGET", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--inputs", type=int, help="so many inputs a target; without it, the full run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", type=Path, default=Path("fuzz-finds"), help="the folder for what goes wrong")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    found = options.found.resolve()
    if options.alone:
        resource.setrlimit(resource.RLIMIT_AS, (HARD_LIMIT, HARD_LIMIT))
        return min(1, tried(options.targets[0], options.inputs, options.seed, found))
    print(
        f"{'target':<9} {'inputs':>7} {'known':>6} {'time':>11} {'slowest':>10} {'memory':>9} {'finds':>6}", flush=True
    )
    worst = 0
    for name in options.targets or NAMES:
        inputs = [] if options.inputs is None else [f"--inputs={options.inputs}"]
        command = [sys.executable, "-m", "tests.fuzz", name, "--alone", f"--seed={options.seed}", f"--found={found}"]
        code = subprocess.run([*command, *inputs], check=False).returncode
        if code not in (0, 1):
            print(f"{name}: the process ended with {code}", flush=True)
        worst = max(worst, min(1, abs(code)))
    return worst


if __name__ == "__main__":
    sys.exit(main())
