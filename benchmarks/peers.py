"""Start-up of ``quiz --help`` and ``quiz --version`` beside the same of two other programs for flashcards.

Each of them, and ours, is installed with pip into a throw-away environment of one and the same Python. What cannot be
installed here is a row that says why, and the others go on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.table import Row, paired, skipped

PAIRS = 20
TO_REACH = 1.0
OPTIONS = ("--help", "--version")
OURS = Path(__file__).parents[1]


class Peer(NamedTuple):
    """A package, the command it installs, and the versions of Python (minor, 3.x) that it runs on."""

    package: str
    command: str
    minors: tuple[int, ...]


PEERS = (Peer("clanki", "clanki", (10, 11, 12, 13)), Peer("anki-cli", "anki", (12, 13)))


class MissingError(Exception):
    """Why a peer cannot be measured here, in a few words."""


def python_of(minors: tuple[int, ...]) -> str:
    """A Python of one of these versions: this one if it will do, else one on the path or installed beside it.

    Raises MissingError when there is none.
    """
    if sys.version_info.minor in minors:
        return sys.executable
    on_path = [shutil.which(f"python3.{minor}") for minor in minors]
    beside = [str(path) for path in sorted(Path(sys.base_prefix).parent.glob("*3.*/bin/python3"))]
    ask = "import sys, venv; print(sys.version_info[1])"
    for python in filter(None, (*on_path, *beside)):
        answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
        if answer in map(str, minors):
            return python
    raise MissingError(f"needs Python 3.{minors[0]} to 3.{minors[-1]}, and there is none here")


def installed(folder: Path, python: str, what: str) -> Path:
    """Make an environment in the folder with a package and what it needs; the folder of its commands.

    Raises MissingError when pip cannot install it.
    """
    try:
        subprocess.run([python, "-m", "venv", folder], check=True, capture_output=True)
        commands = folder / ("Scripts" if os.name == "nt" else "bin")
        pip = [str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", what]
        subprocess.run(pip, check=True, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        raise MissingError("pip took more than five minutes") from None
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingError(_last_line(str(getattr(error, "stderr", "") or error))) from None
    return commands


def milliseconds(command: Path, option: str, env: dict[str, str]) -> float:
    """How long the command takes as a whole process. Raises MissingError when it fails."""
    started = time.perf_counter()
    done = subprocess.run([command, option], env=env, capture_output=True, text=True, check=False)
    took = (time.perf_counter() - started) * 1000
    if done.returncode:
        raise MissingError(f"`{command.name} {option}` fails: {_last_line(done.stderr)}")
    return took


def measure() -> Iterator[Row]:
    """A row for each peer and option; warm, so the first runs of both are not counted."""
    with tempfile.TemporaryDirectory() as folder:
        for peer in PEERS:
            rows = [(f"quiz {option}", f"{peer.command} {option}") for option in OPTIONS]
            try:
                python = python_of(peer.minors)
                theirs = installed(Path(folder, peer.package), python, peer.package) / peer.command
                ours = installed(Path(folder, f"ours-{peer.package}"), python, str(OURS)) / "quiz"
            except MissingError as why:
                yield from (skipped(work, against, TO_REACH, str(why)) for work, against in rows)
                continue
            note = f"{PAIRS} pairs; {_version(theirs, peer.package)}, both by {_version(theirs, '')}"
            for (work, against), option in zip(rows, OPTIONS, strict=True):
                try:
                    yield paired(work, against, TO_REACH, _pairs(ours, theirs, option, Path(folder)), "ms", note)
                except MissingError as why:
                    yield skipped(work, against, TO_REACH, str(why))


def _pairs(ours: Path, theirs: Path, option: str, home: Path) -> list[tuple[float, float]]:
    """Neither may write into the real home folder."""
    env = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "QUIZ_HOME": str(home)}
    env = {name: value for name, value in env.items() if not name.startswith("XDG_")}
    pairs = [(milliseconds(ours, option, env), milliseconds(theirs, option, env)) for _ in range(PAIRS + 2)]
    return pairs[2:]


def _version(command: Path, package: str) -> str:
    """Name and version of a package as installed beside a command; without a package, of the Python there."""
    ask = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
    if not package:
        ask = "import sys; print(sys.version.split()[0])"
    asking = [str(command.with_name("python")), "-c", ask, package]
    found = subprocess.run(asking, capture_output=True, text=True, check=True).stdout.strip()
    return f"{package or 'Python'} {found}"


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"
