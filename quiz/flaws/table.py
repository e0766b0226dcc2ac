"""The scores of all bots as a table: a kind a row, a bot a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from quiz.flaws.bots import POSITION, Score


def table(scores: Sequence[Score]) -> Iterator[str]:
    """The lines of the table; ``!`` marks a score above its limit, and the best position stands in brackets."""
    if not scores:
        yield "too few questions to judge"
        return
    bots = list(dict.fromkeys(_heading(score) for score in scores))
    yield _row("kind", "asked", "chance", "limit", *bots)
    for kind, group in groupby(scores, key=lambda score: score.kind):
        row = list(group)
        yield _row(kind, str(row[0].asked), f"{row[0].chance:.1%}", f"{row[0].limit:.1%}", *map(_cell, row))


def _row(kind: str, *cells: str) -> str:
    return f"{kind:<17}" + "".join(f"{cell:>12}" for cell in cells)


def _heading(score: Score) -> str:
    return POSITION.rstrip("-") if score.bot.startswith(POSITION) else score.bot


def _cell(score: Score) -> str:
    place = f" ({score.bot.removeprefix(POSITION)})" if score.bot.startswith(POSITION) else ""
    return f"{score.score:.1%}{place}{' !' if score.is_above else '  '}"
