"""The figures of a learner's progress, as lines for any width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from quiz.insight import Figures, Mastery, OfDeck, Overview
from quiz.insight.words import due, mixed_up, percent, retention, reviewed, seconds
from quiz.questions.wording import counted
from quiz.terminal.style import Style, bar, pad, safe, width, wrap

SHOWN = 10
"""Subjects shown, those with most cards first, and pairs, those mastered least first; the report has them all."""

TALL = 4
"""Lines of the chart of what falls due."""

_WIDEST = 90
_NARROW = 60
_BAR = 16
_EIGHTHS = " ▁▂▃▄▅▆▇█"


def overview_lines(found: Overview, columns: int, style: Style, *, plain: bool) -> Iterator[str]:
    """All figures, in ``columns`` columns; in words and numbers without bars if ``plain``."""
    columns = max(20, min(columns - 1, _WIDEST))
    figures = found.figures
    if not figures.reviews and not figures.practice:
        yield from wrap("Nothing studied yet; `quiz` starts.", columns)
        return
    for line in _first(figures):
        yield from wrap(line, columns, hanging="  ")
    yield ""
    yield from wrap(due(figures), columns, hanging="  ")
    if not plain:
        yield from _chart(figures, columns)
    for each in found.decks:
        yield from _of_deck(each, columns, style, plain=plain)
    if found.elsewhere:
        yield ""
        names = ", ".join(safe(name) for name in found.elsewhere)
        advice = "Name the folder of a deck to see its subjects: `quiz stats FOLDER`"
        yield from wrap(f"Counted above, but not found here: {names}. {advice}", columns)


def _first(figures: Figures) -> Iterator[str]:
    yield reviewed(figures)
    if figures.practice:
        yield f"{counted(figures.practice, 'response')} more as practice or unrated"
    yield f"Remembered: {retention(figures)}"
    if figures.pace is not None:
        kinds = " · ".join(f"{safe(each.kind)} {seconds(each.median)}" for each in figures.paces)
        yield f"Median time: {seconds(figures.pace)} a question ({kinds})"


def _chart(figures: Figures, columns: int) -> Iterator[str]:
    counts = [count for _, count in figures.forecast]
    most = max(counts)
    if not most:
        return
    label = len(str(most)) + 1
    wide = 2 if columns - label - 2 >= 2 * len(counts) else 1
    shown = counts[: (columns - label - 2) // wide]
    for row in reversed(range(TALL)):
        bars = "".join(_EIGHTHS[_eighths(count, most, row)] * wide for count in shown)
        axis = str(most) if row == TALL - 1 else "0" if row == 0 else ""
        yield f"  {axis:>{label - 1}} {bars}".rstrip()
    first, last = (_day(figures.forecast[place][0]) for place in (0, len(shown) - 1))
    room = len(shown) * wide - len(first)
    yield f"  {' ' * label}{first}{f'{last:>{room}}' if room > len(last) else ''}"


def _eighths(count: int, most: int, row: int) -> int:
    """How much of a row of the chart is filled: what is due at all can be seen."""
    height = max(1, round(8 * TALL * count / most)) if count else 0
    return min(8, max(0, height - 8 * row))


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b}"


def _of_deck(deck: OfDeck, columns: int, style: Style, *, plain: bool) -> Iterator[str]:
    yield ""
    yield style.title(safe(deck.deck.id))
    subjects = sorted((each for each in deck.subjects if each.seen), key=lambda each: -each.cards)
    pairs = sorted((each for each in deck.pairs if each.seen), key=lambda each: each.share)
    if not subjects:
        yield from wrap(f"Nothing of it seen yet; `quiz study {safe(deck.deck.id)}` begins it.", columns)
        return
    yield from _table("Subject", deck, subjects, len(deck.subjects), columns, plain=plain)
    yield from _table("Pair", deck, pairs, len(deck.pairs), columns, plain=plain)
    worst = list(mixed_up(deck))
    if worst:
        yield "Mixed up"
        for line in worst:
            yield from wrap(safe(line), columns, indent="  ", hanging="    ")
    if deck.leeches:
        again = "is" if deck.leeches == 1 else "are"
        yield from wrap(f"{counted(deck.leeches, 'card')} {again} forgotten again and again (leeches)", columns)


def _table(
    title: str, deck: OfDeck, begun: Sequence[Mastery], total: int, columns: int, *, plain: bool
) -> Iterator[str]:
    """Name, cards seen of all, share mastered and a bar; where there is no room for that, or ``plain``, in words."""
    rows = begun[:SHOWN]
    if not rows:
        return
    names = [safe(" and ".join(deck.names(each.about))) for each in rows]
    seen = [f"{each.seen} of {each.cards}" for each in rows]
    if plain or columns < _NARROW:
        yield title
        for each, name, of in zip(rows, names, seen, strict=True):
            yield from wrap(name, columns, indent="  ", hanging="    ")
            words = f"{of} seen, {percent(each.share)} mastered"
            yield from wrap(words, columns, indent="    ", hanging="    ")
    else:
        column = max(map(len, (*seen, "seen")))
        room = min(columns - column - _BAR - 16, max(width(title) - 2, *map(width, names)))
        yield f"{pad(title, room + 2)}  {'seen':>{column}}  mastered"
        for each, name, of in zip(rows, names, seen, strict=True):
            first, *more = wrap(name, room, hanging="  ")
            filled = bar(each.mastered, each.cards, _BAR, plain=False)
            yield f"  {pad(first, room)}  {of:>{column}}  {percent(each.share):>8}  {filled}"
            yield from (f"  {line}" for line in more)
    noun = title.lower()
    rest = [f"{counted(total - len(begun), noun)} not begun"] if len(begun) < total else []
    rest += [f"{len(begun) - SHOWN} more in `quiz report`"] if len(begun) > SHOWN else []
    if rest:
        yield from wrap(" · ".join(rest), columns, indent="  ", hanging="  ")
