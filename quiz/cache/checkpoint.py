"""What planning needs of a long log and a large deck, as of a row of the log, so that neither is read from its start.

A checkpoint lies in the cache beside the deck's entry and may be deleted at any time. It is good for a deck as it
stands in its files, and for a log that has only grown since; otherwise everything is gathered anew.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from quiz.cache import sealed
from quiz.confusion import Kept
from quiz.draw import blake2b
from quiz.newcards import Asked, Fresh


class Checkpoint(NamedTuple):
    """A place in the log (see `quiz.store.Store.position`), and what was known there: mix-ups and new cards."""

    seq: int
    uuid: str
    rank: int
    mixed: Kept
    fresh: Fresh | None


def path_of(cache: Path, name: str, progress: Path) -> Path:
    """Where the checkpoint for a deck of that name (see `fingerprint`) and for a file with progress is kept."""
    whose = blake2b(os.fsencode(progress), digest_size=8).hexdigest()
    return cache / f"{name}.{whose}.checkpoint"


def read(path: Path) -> Checkpoint | None:
    """The checkpoint in a file; None when there is none, or it is not as it was written."""
    try:
        seq, uuid, rank, events, streaks, met, ahead = sealed.read(path)
        return Checkpoint(seq, uuid, rank, Kept(events, streaks, met), _fresh(*ahead) if ahead else None)
    except (TypeError, ValueError):  # nothing, or something else
        return None


def write(path: Path, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint, as far as the cache can be written."""
    seq, uuid, rank, mixed, fresh = checkpoint
    events, streaks, met = map(dict, mixed)
    sealed.write(path, (seq, uuid, rank, events, streaks, met, _plain(fresh) if fresh else None))


def _plain(fresh: Fresh) -> tuple[tuple[str, ...], dict[frozenset[str], int], frozenset[str], bool]:
    return fresh.cards, dict(fresh.asked.pairs), frozenset(fresh.asked.subjects), fresh.are_all


def _fresh(cards: tuple[str, ...], pairs: dict[frozenset[str], int], subjects: frozenset[str], are_all: bool) -> Fresh:
    return Fresh(cards, Asked(pairs, subjects), are_all)
