"""What every sort of bad input has in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

Input = Any
"""A plain literal, as `ast.literal_eval` reads it: so every input can be kept as a text file."""


class FindError(AssertionError):
    """Something that bad input must not bring about."""


class Target(NamedTuple):
    """A sort of bad input.

    ``draw`` makes an input from a generator of chance, ``run`` lets the program have it, in a folder that is its own,
    and raises `FindError`, or anything else, for what must not be. ``inputs`` are those of a full run.
    """

    name: str
    inputs: int
    draw: Callable[[Random], Input]
    run: Callable[[Input, Path], None]
