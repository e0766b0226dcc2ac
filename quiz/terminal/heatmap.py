"""Who is taken for whom, as a table of shades and counts, or as a list where there is no room for a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quiz.confusion import STREAK, Confusion
from quiz.deck import Deck
from quiz.terminal.style import Style, flow, pad, safe, width, wrap

SHADES = ((0.15, "░"), (0.3, "▒"), (0.5, "▓"), (1.0, "█"))
"""Up to this share of the comparisons, this shade."""

FEWEST = 10
"""Of fewer comparisons the share is taken as if there were so many: once of once is no habit."""

GAP = "  "
COLUMN = 16
MOST_LISTED = 10
LEGEND = (
    "░ ▒ ▓ █ the darker, the more often",
    "8 of 41: mix-ups among comparisons",
    f"✓ told apart since, {STREAK} times running",
)


def heatmap(found: Sequence[Confusion], deck: Deck, columns: int, style: Style, *, as_list: bool) -> Iterator[str]:
    """One table for each group, rows for what it was and columns for what it was taken for; only what was mixed up."""
    groups = {deck.subjects[each.actual].group for each in found}
    shaded = False
    for group in (each for each in deck.groups.values() if each.id in groups):
        own = [each for each in found if deck.subjects[each.actual].group == group.id]
        table = [] if as_list else list(_table(own, deck, columns - 1, style))
        if table and max(map(_columns, table)) < columns:
            shaded = True
            yield from table
        else:
            yield from _list(own, deck, columns - 1, style)
        yield ""
    if shaded:
        yield from (style.dim(line) for line in flow(LEGEND, columns - 1, " ", " "))
        yield ""


def _columns(line: str) -> int:
    return width(safe(line))  # without the codes of colours


def _table(found: Sequence[Confusion], deck: Deck, columns: int, style: Style) -> Iterator[str]:
    cells = {(each.actual, each.taken): each for each in found}
    actual = [each for each in deck.subjects if any(each == row for row, _ in cells)]
    taken = [each for each in deck.subjects if any(each == column for _, column in cells)]
    heads = [wrap(safe(deck.subjects[each].short), COLUMN) for each in taken]
    widths = [max(5, *map(width, head)) for head in heads]
    names = [wrap(safe(deck.subjects[each].short), max(COLUMN, columns // 4)) for each in actual]
    label = max(width(line) for lines in [["taken for →"], *names] for line in lines)
    height = max(map(len, heads))
    for row in range(height):
        words = [head[row - height] if row >= height - len(head) else "" for head in heads]
        first = "taken for →" if row == height - 1 else ""
        yield (f" {pad(first, label)}" + "".join(GAP + pad(*cell) for cell in zip(words, widths, strict=True))).rstrip()
    for subject, lines in zip(actual, names, strict=True):
        row_cells = [cells.get((subject, other)) for other in taken]
        texts = (
            GAP + _cell(each, size, style, subject == other)
            for each, size, other in zip(row_cells, widths, taken, strict=True)
        )
        own = [each for each in row_cells if each]
        total = f"{sum(each.times for each in own)} of {sum(each.chances for each in own)}"
        yield f" {pad(lines[0], label)}{''.join(texts)}{GAP}{total}"
        yield from (f" {line}" for line in lines[1:])


def _cell(each: Confusion | None, size: int, style: Style, own: bool) -> str:
    if each is None:
        return pad("" if own else "·", size)
    if not each.weight:
        return style.dim(f"✓ {each.times}") + " " * (size - 2 - len(str(each.times)))
    shade = shade_of(each)
    paint = style.wrong if shade in "▓█" else style.warn if shade == "▒" else style.plain
    return paint(f"{shade} {each.times}") + " " * (size - 2 - len(str(each.times)))


def shade_of(each: Confusion) -> str:
    """How dark a confusion is drawn, by its share of the comparisons."""
    share = each.times / max(each.chances, FEWEST)
    return next(shade for most, shade in SHADES if share <= most)


def _list(found: Sequence[Confusion], deck: Deck, columns: int, style: Style) -> Iterator[str]:
    for each in found[:MOST_LISTED]:
        actual, taken = (safe(deck.subjects[subject].short) for subject in (each.actual, each.taken))
        trend = each.trend if each.weight else "told apart since"
        text = f"{actual} taken for {taken}: {each.times} of {each.chances}, {trend}"
        paint = style.plain if each.weight else style.dim
        yield from (paint(line) for line in wrap(text, columns, indent=" ", hanging="   "))
    if len(found) > MOST_LISTED:
        yield from wrap(f"… and {len(found) - MOST_LISTED} more (--json shows all)", columns, indent=" ", hanging="   ")
