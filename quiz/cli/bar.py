"""A progress bar for work that takes a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

T = TypeVar("T")


@contextmanager
def bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on the error stream where somebody watches; what advances it by so many."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    steps = max(1, length // 200)  # to draw it for each of a million takes longer than the work
    with click.progressbar(length=length, label=label, file=sys.stderr, update_min_steps=steps) as shown:
        yield shown.update


def watched(each: Iterable[T], advance: Callable[[int], None]) -> Iterator[T]:
    """The same, with the bar advanced by one for each."""
    for one in each:
        yield one
        advance(1)
