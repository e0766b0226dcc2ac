"""Names decks by their content and the program, so that what is kept of a deck fits it as it stands in its files.

A large deck takes longer to read than all else before the first question. So the name is kept, with the state of all
files (as ``git`` keeps it in its index), and files that are as they were are not read again.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from quiz import __version__
from quiz.cache import sealed
from quiz.draw import blake2b

ENDING = ".name"

_PROGRAM = Path(__file__).parents[1]
_DEALING = ("", "questions", "cache")
"""Folders of the program on which it depends which cards there are, and how they are kept."""

_SETTLED = 3_000_000_000
"""Nanoseconds after which another change to a file has another time, even where times are kept in steps of seconds."""

State = tuple[str, int, int, int, int]
"""Name, size, times of change in nanoseconds, and number of a file."""


def fingerprint(folder: Path, cache: Path | None = None) -> str:
    """A name for a deck as it stands in its files. Raises OSError when they cannot be read.

    ``cache`` is where names are kept; without it, all files are read.
    """
    program = [state for part in _DEALING for state in _states(_PROGRAM / part, (".py",))]
    files = _states(folder, (".yaml", ".yml"))
    known_by = f"{__version__} {sys.version_info[:2]} ", tuple(program), tuple(files)
    if cache is None:
        return _read(folder, program, files)
    path = cache / f"{blake2b(os.fsencode(folder), digest_size=16).hexdigest()}{ENDING}"
    match sealed.read(path):
        case (before, int(read_at), str(name)) if before == known_by and _are_settled(files, read_at):
            return name
    now = time.time_ns()
    name = _read(folder, program, files)
    sealed.write(path, (known_by, now, name))
    return name


def _read(folder: Path, program: list[State], files: list[State]) -> str:
    digest = blake2b(f"{__version__} {sys.version_info[:2]} ".encode() + os.fsencode(folder), digest_size=16)
    for name, size, changed, *_ in program:  # a program that changed without a new version deals other cards
        digest.update(b"%b %d %d\0" % (os.fsencode(name), size, changed))
    for name, *_ in files:
        content = (folder / name).read_bytes()
        digest.update(b"\0%b\0%d\0" % (os.fsencode(name), len(content)))
        digest.update(content)
    return digest.hexdigest()


def _states(folder: Path, endings: tuple[str, ...]) -> list[State]:
    with os.scandir(folder) as found:
        files = sorted((each.name, each.stat()) for each in found if _is_meant(each.name, endings))
    return [(name, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino) for name, state in files]


def _is_meant(name: str, endings: tuple[str, ...]) -> bool:
    return name.endswith(endings) and not name.startswith(".")  # hidden files are passed over, as where decks are read


def _are_settled(files: list[State], read_at: int) -> bool:
    """Whether the files had not changed for a while when they were read; a change since then would show."""
    return all(max(changed, moved) + _SETTLED < read_at for _, _, changed, moved, _ in files)
