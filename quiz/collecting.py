"""Keeps Python from looking for garbage while many values are made and none is thrown away."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No collection within; it is taken up again afterwards if it was on before.

    Each look goes over all that was made so far, which doubles the time that it takes to read a deck.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
