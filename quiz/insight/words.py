"""Figures in words, the same in the terminal and in a report."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.insight.figures import Figures
from quiz.insight.overview import OfDeck
from quiz.questions.wording import counted

WORST = 3
"""Mix-ups named: the pairs to work on."""


def percent(share: float) -> str:
    """A share in whole per cents; only what is all is 100 %, and only what is nothing 0 %."""
    return f"{round(100 * share) if share in (0, 1) else min(max(round(100 * share), 1), 99)} %"


def seconds(milliseconds: float) -> str:
    """A time to answer, in seconds or minutes."""
    return f"{milliseconds / 1000:.1f} s" if milliseconds < 60_000 else f"{milliseconds / 60_000:.1f} min"


def reviewed(figures: Figures) -> str:
    """How much was reviewed; a streak is worth a word, a day left out is not."""
    parts = [counted(figures.reviews, "review"), counted(figures.cards, "card"), counted(figures.days, "day")]
    line = "{} of {} on {}".format(*parts) + f", {figures.today} today"
    return line + (f" · {figures.streak} days in a row" if figures.streak > 1 else "")


def retention(figures: Figures) -> str:
    """How much was remembered, and how much was predicted."""
    if figures.retention is None or figures.predicted is None:
        return "not known before a card was reviewed on a second day"
    of = f"{figures.retained} of {counted(figures.repeated, 'repeated review')}"
    return f"{percent(figures.retention)} ({of}); FSRS predicted {percent(figures.predicted)}"


def due(figures: Figures) -> str:
    """What falls due today, tomorrow, in a week and in all."""
    counts = [count for _, count in figures.forecast]
    return (
        f"Due today {counts[0]}, tomorrow {counts[1]}, in the next 7 days {sum(counts[:7])}, "
        f"in the next {len(counts)} days {sum(counts)}"
    )


def mixed_up(deck: OfDeck) -> Iterator[str]:
    """The mix-ups in force that weigh most."""
    for each in deck.mixed_up[:WORST]:
        actual, taken = deck.names((each.actual, each.taken))
        yield f"{actual} taken for {taken} ({each.times} of {each.chances}, {each.trend})"
