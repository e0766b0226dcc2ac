"""The one shape of all figures: ours beside a yardstick, run in turn, with the goal."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from math import isnan, nan
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """One comparison: medians of both sides in ``unit``, and the median of the ratios with the least and the most.

    ``to_reach`` is the highest ratio that is good enough, None where there is no goal. The ratio is not a number where
    nothing could be measured; then the note says why.
    """

    work: str
    against: str
    ratio: float
    to_reach: float | None
    ours: float
    theirs: float
    unit: str
    least: float
    most: float
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the goal was reached; None without a goal or a figure."""
        return None if self.to_reach is None or isnan(self.ratio) else self.ratio <= self.to_reach


def paired(
    work: str,
    against: str,
    to_reach: float | None,
    pairs: Sequence[tuple[float, float]],
    unit: str,
    note: str = "",
) -> Row:
    """The row of pairs (ours, theirs), each measured one right after the other, so that both met the same noise.

    Raises ValueError without a pair.
    """
    if not pairs:
        raise ValueError("nothing was measured")
    ratios = [own / other for own, other in pairs]
    own, other = (median(each) for each in zip(*pairs, strict=True))
    return Row(work, against, median(ratios), to_reach, own, other, unit, min(ratios), max(ratios), note)


def skipped(work: str, against: str, to_reach: float | None, why: str) -> Row:
    """The row of what could not be measured here."""
    return Row(work, against, nan, to_reach, nan, nan, "", nan, nan, f"skipped: {why}")


HEAD = ("ratio", "least to most", "to reach", "met", "ours", "theirs", "work", "against", "note")


def cells(row: Row) -> tuple[str, ...]:
    """What the table shows of a row, in the order of its head."""
    goal = "" if row.to_reach is None else f"{row.to_reach:g}"
    if isnan(row.ratio):
        return ("-", "", goal, "", "", "", row.work, row.against, row.note)
    met = {None: "", True: "yes", False: "NO"}[row.is_met]
    span = f"{row.least:.2f} to {row.most:.2f}"
    own, other = (f"{_figure(each)} {row.unit}" for each in (row.ours, row.theirs))
    return (f"{row.ratio:.2f}", span, goal, met, own, other, row.work, row.against, row.note)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table in Markdown."""
    lines = [HEAD, *map(cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        yield "| " + " | ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def as_data(rows: Sequence[Row]) -> dict[str, object]:
    """Rows, machine and date for JSON; what is not a number is None."""
    return {"date": str(date.today()), "machine": machine(), "rows": [_plain(row) for row in rows]}


def machine() -> dict[str, str | int | None]:
    """What the figures were measured on."""
    return {"cpu": _processor(), "cores": os.cpu_count(), "python": platform.python_version()}


def _plain(row: Row) -> dict[str, object]:
    known = {
        name: None if isinstance(value, float) and isnan(value) else value for name, value in row._asdict().items()
    }
    return {**known, "is_met": row.is_met}


def _figure(value: float) -> str:
    """Three figures, and all of those before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
