"""The progress of a card as Anki keeps it, from its reviews in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from quiz import scheduling
from quiz.anki.package import Standing
from quiz.memory import Memory, Response, Review
from quiz.studyday import date_to_day

_FIRST_DAY = date_to_day(date(2020, 1, 1))
LEARN, REVIEW = 0, 1


def standing(
    reviews: Sequence[Response], taken: set[int], retention: float, kept: Memory | None = None
) -> Standing | None:
    """Memory, due day and history from the reviews of one card in order of time; None where none counts.

    ``taken`` holds the ids given to reviews before, for which a time is moved on by milliseconds where two fall
    together; it grows. ``kept`` is the memory on file, whose due day was set by the retention desired at that time.
    """
    memory: Memory | None = None
    rows: list[tuple[int, int, int, int, int, int, int]] = []
    last_time = 0
    for each in reviews:
        assert each.rating is not None
        after = scheduling.review(memory, Review(each.day, each.rating, each.every), retention)
        if after is memory:
            continue
        id = each.time
        while id in taken:
            id += 1
        taken.add(id)
        before = memory.due - memory.last if memory else 0
        factor = round(((after.difficulty - 1) / 9 + 0.1) * 1000)
        kind = LEARN if memory is None else REVIEW
        rows.append((id, int(each.rating), after.due - after.last, before, factor, each.took, kind))
        memory, last_time = after, each.time
    if memory is None:
        return None
    if kept and (kept.last, kept.reviews) == (memory.last, memory.reviews):
        memory = memory._replace(due=kept.due)
    return Standing(
        stability=memory.stability,
        difficulty=memory.difficulty,
        retention=retention,
        decay=scheduling.DECAY,
        last_review=last_time // 1000,
        due=memory.due - _FIRST_DAY,
        interval=max(1, memory.due - memory.last),
        reviews=memory.reviews,
        lapses=memory.lapses,
        log=tuple(rows),
    )


def by_card(responses: Iterable[Response], now: Mapping[str, str] | None = None) -> dict[str, list[Response]]:
    """The responses that move a memory, by card, in their order; ``now`` gives the new ids of renamed cards."""
    found: dict[str, list[Response]] = {}
    for each in responses:
        if each.counts and each.rating is not None:
            found.setdefault((now or {}).get(each.card, each.card), []).append(each)
    return found
