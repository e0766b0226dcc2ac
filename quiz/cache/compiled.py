"""Keeps decks ready for use in the cache folder, so that unchanged YAML is not read and reasoned over twice.

An entry is a pickle named by `quiz.cache.fingerprint`: a changed deck has another name. Nothing but our own nouns is
unpickled, so that a foreign file can run no code. Two processes may write the same entry: each makes it aside and moves
it into place.
"""

import gc
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from quiz.cache import sealed
from quiz.collecting import paused
from quiz.deck import Deck
from quiz.private import make_folder, put
from quiz.questions.model import Card

try:
    from _pickle import Unpickler, UnpicklingError  # what pickle gives, without all that it brings along for writing
except ImportError:  # another Python than CPython
    from pickle import Unpickler, UnpicklingError

KEPT = 20
"""Entries kept; the oldest beyond that are removed when one is added."""

_MODULES = {"quiz.deck", "quiz.questions.model", "quiz.parts", "quiz.cache.compiled"}


class Compiled(NamedTuple):
    """A deck without problems, with its cards."""

    deck: Deck
    cards: tuple[Card, ...]


class _Reader(Unpickler):
    """Refuses anything but our nouns, the tuples and words that their modules define: not what these import or hold."""

    def find_class(self, module: str, name: str) -> object:
        if module in _MODULES and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and issubclass(found, tuple | str) and found.__module__ == module:
                return found
        raise UnpicklingError(f"{module}.{name} is no noun of a deck")


def recall(cache: Path, name: str) -> Compiled | None:
    """The entry of that name; None when there is none or it cannot be used."""
    pickled = sealed.opened(cache / f"{name}.deck")
    found = None if pickled is None else unpickled(pickled)
    return found if isinstance(found, Compiled) else None


def unpickled(pickled: bytes) -> object:
    """What a pickle of our nouns holds; None where it holds anything else, or is broken."""
    try:
        with paused():
            found = _Reader(BytesIO(pickled)).load()
    except Exception:  # whatever is wrong with a cache entry, the deck's own files are still there
        return None
    gc.freeze()  # a deck stays to the end: to look through it for garbage would take longer than to read it
    return found


def keep(cache: Path, name: str, compiled: Compiled) -> None:
    """Put an entry into the cache, as far as it can be written."""
    import pickle

    try:
        make_folder(cache)
        put(cache / f"{name}.deck", sealed.seal(pickle.dumps(compiled, protocol=5)))
        entries = sorted(cache.glob("*.deck"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in entries[KEPT:]:
            for each in cache.glob(f"{path.stem}.*"):  # with what else is kept of that deck
                each.unlink(missing_ok=True)
    except OSError:
        return
