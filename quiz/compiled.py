"""Keeps decks ready for use in the cache folder, so that unchanged YAML is not read and reasoned over twice.

An entry is a pickle named by a hash of the program's version and of all the deck's files: a changed deck has another
name. Nothing but our own nouns is unpickled, so that a foreign file can run no code. Everything here may be deleted
at any time, and two processes may write the same entry: each makes it aside and moves it into place.
"""

import gc
import os
import pickle
import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from quiz import __version__
from quiz.collecting import paused
from quiz.deck import Deck
from quiz.draw import blake2b
from quiz.private import make_folder, put
from quiz.questions.model import Card

_PROGRAM = Path(__file__).parent

KEPT = 20
"""Entries kept; the oldest beyond that are removed when one is added."""

_MODULES = {"quiz.deck", "quiz.questions.model", "quiz.compiled"}


class Compiled(NamedTuple):
    """A deck without problems, with its cards."""

    deck: Deck
    cards: tuple[Card, ...]


class _Reader(pickle.Unpickler):
    """Refuses anything but our nouns, the tuples and words that their modules define: not what these import or hold."""

    def find_class(self, module: str, name: str) -> object:
        if module in _MODULES and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and issubclass(found, tuple | str) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no noun of a deck")


def fingerprint(folder: Path) -> str:
    """A name for a deck as it stands in its files. Raises OSError when they cannot be read."""
    digest = blake2b(f"{__version__} {sys.version_info[:2]} ".encode() + os.fsencode(folder), digest_size=16)
    for module in sorted((*_PROGRAM.glob("*.py"), *_PROGRAM.glob("questions/*.py"))):
        state = module.stat()  # a program that changed without a new version deals other cards
        digest.update(b"%d %d\0" % (state.st_size, state.st_mtime_ns))
    for path in sorted(folder.glob("*.y*ml")):
        content = path.read_bytes()
        digest.update(b"\0%b\0%d\0" % (os.fsencode(path.name), len(content)))
        digest.update(content)
    return digest.hexdigest()


def recall(cache: Path, name: str) -> Compiled | None:
    """The entry of that name; None when there is none or it cannot be used."""
    try:
        with paused():
            found = _Reader(BytesIO((cache / f"{name}.deck").read_bytes())).load()
        gc.freeze()  # a deck stays to the end: to look through it for garbage would take longer than to read it
    except Exception:  # whatever is wrong with a cache entry, the deck's own files are still there
        return None
    return found if isinstance(found, Compiled) else None


def keep(cache: Path, name: str, compiled: Compiled) -> None:
    """Put an entry into the cache, as far as it can be written."""
    try:
        make_folder(cache)
        put(cache / f"{name}.deck", pickle.dumps(compiled, protocol=5))
        entries = sorted(cache.glob("*.deck"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in entries[KEPT:]:
            path.unlink(missing_ok=True)
    except OSError:
        return
