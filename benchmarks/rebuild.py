"""Derives all memories from a log of a million reviews, beside py-fsrs that replays the same in a bare loop."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.peak import peak
from benchmarks.table import Row, paired
from quiz.memory import Confidence, Rating, Response
from quiz.scheduling import DEFAULT_RETENTION
from quiz.store import Store
from quiz.store.database import atomic, fill, writing_to
from quiz.store.rows import RANKED, response_row

CARDS, REVIEWS, PAIRS = 100_000, 10, 3
"""Cards, reviews of each, and how often ours and the loop run in turn."""

TO_REACH = 1.2
_START, _DAY_MS = 19_000, 86_400_000

Reviewed = tuple[int, Rating, int]
"""A card by number, its rating, and the study day."""


def reviews(cards: int) -> Iterator[Reviewed]:
    """Card by card, each after a gap drawn by itself, so that hardly any two cards share their history."""
    draw = Random(20_261)
    for card in range(cards):
        day = _START + draw.randrange(200)
        for _ in range(REVIEWS):
            yield card, Rating.AGAIN if draw.random() < 0.15 else Rating.GOOD, day
            day += draw.randint(1, 60)


def write(path: Path, cards: int) -> float:
    """Write a file of progress with these reviews in order of time, and nothing derived from them; returns seconds."""
    began = time.perf_counter()
    plain = Response(
        uuid="",
        device="0" * 32,
        time=0,
        offset=60,
        day=0,
        deck="benchmark",
        card="",
        kind="contrast",
        seed=2**63,
        options=("a rash that spares the folds of the nose", "a rash on the cheeks", "a rash on the knuckles"),
        chosen=0,
        typed="",
        claims=(("dermatomyositis", "rash-on-the-knuckles", True), ("lupus", "rash-on-the-cheeks", True)),
        took=2_300,
        confidence=Confidence.PLAIN,
        right=True,
        rating=Rating.GOOD,
        counts=True,
        sitting="0" * 32,
    )
    row = response_row(plain, DEFAULT_RETENTION)
    names = ", ".join(f'"{name}"' for name in RANKED)
    written = f"INSERT INTO log ({names}) VALUES ({', '.join(f':{name}' for name in RANKED)})"
    in_time = sorted(reviews(cards), key=lambda each: each[2])

    def rows() -> Iterator[dict[str, object]]:
        for number, (card, rating, day) in enumerate(in_time):
            moment = day * _DAY_MS + number
            yield row | {
                "uuid": f"{number * 0x9E3779B97F4A7C15 % 2**64:032x}",  # as scattered as ids drawn by chance
                "time": moment,
                "rank": moment,
                "day": day,
                "card": f"pair:subject-{card % 300}~subject-{card % 299}:feature-{card}",
                "rating": rating,
                "right": rating is not Rating.AGAIN,
            }

    with writing_to(path) as database:
        fill(database, plain.device)
        with atomic(database):
            database.executemany(written, rows())
    return time.perf_counter() - began


def replayed(cards: int) -> float:
    """Seconds in which py-fsrs alone takes in the reviews, which lie ready in memory."""
    from fsrs import Card, Scheduler
    from fsrs import Rating as FsrsRating

    start = datetime(1970, 1, 1, tzinfo=UTC)
    ready = [(card, FsrsRating(rating), start + timedelta(days=day)) for card, rating, day in reviews(cards)]
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, before = Card(card_id=0, due=start), 0
    began = time.perf_counter()
    for number, rating, moment in ready:
        if number != before:
            card, before = Card(card_id=number, due=start), number
        card, _ = scheduler.review_card(card, rating, moment)
    return time.perf_counter() - began


def rebuilt(path: Path) -> float:
    """Seconds in which everything is derived from the log."""
    with Store.open(path, "") as store:
        began = time.perf_counter()
        store.rebuild()
        return time.perf_counter() - began


def measure(cards: int = CARDS, pairs: int = PAIRS) -> Iterator[Row]:
    """One row with a goal, where the file holds what was derived before, as it does in the program; one from nothing.

    Each run is in a process of its own.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "progress.db"
        _apart("written", path, cards)
        work, against = f"memories of {cards * REVIEWS:,} reviews", "py-fsrs in a bare loop"
        nothing = [(_apart("ours", path, cards), _apart("theirs", path, cards))]
        before = [(_apart("ours", path, cards), _apart("theirs", path, cards)) for _ in range(pairs)]
    yield _row(work, against, TO_REACH, before)
    yield _row(f"{work}, nothing derived before", against, None, nothing)


def _row(work: str, against: str, to_reach: float | None, runs: Sequence[tuple[Run, Run]]) -> Row:
    peak = max(own.peak for own, _ in runs)
    seconds = [(own.seconds, other.seconds) for own, other in runs]
    return paired(work, against, to_reach, seconds, "s", f"peak memory {peak:.0f} MiB")


class Run(NamedTuple):
    """Seconds, and peak memory in MiB."""

    seconds: float
    peak: float


def _apart(which: str, path: Path, cards: int) -> Run:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.rebuild", which, str(path), str(cards)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Run(*map(float, done.stdout.split()))


RUNS: dict[str, Callable[[Path, int], float]] = {
    "written": write,
    "ours": lambda path, _: rebuilt(path),
    "theirs": lambda _, cards: replayed(cards),
}

if __name__ == "__main__":
    _, which, path, cards = sys.argv
    print(RUNS[which](Path(path), int(cards)), peak())
