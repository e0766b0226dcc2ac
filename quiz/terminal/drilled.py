"""The end of a drill, as lines: how it went, before and now, and what is still mixed up."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.drilling import Outcome, Score, whose
from quiz.reasoning import Knowledge
from quiz.studyday import day_to_date
from quiz.terminal.style import safe, wrap
from quiz.terminal.text import Page


def ending(
    result: Outcome, before: Score | None, knowledge: Knowledge, outlook: str, command: str, page: Page
) -> Iterator[str]:
    """``outlook`` says what waits of the pair, ``command`` is the one for another round."""

    def said(text: str, indent: str = " ") -> list[str]:
        return wrap(safe(text), page.measure, indent=indent, hanging=indent + "  " if indent != " " else " ")

    if not result.asked:
        yield from said("Nothing answered.")
        return
    share = f"{100 * result.right / result.asked:.0f} %"
    parts = [f"{result.right} of {result.asked} right at once ({share})"]
    if before:
        parts.append(f"last time, {day_to_date(before.day).isoformat()}: {before.right} of {before.of}")
    yield from said(" · ".join(parts))
    nouns = knowledge.deck.features
    if result.mended:
        listed = " · ".join(nouns[each].noun for each in result.mended if each in nouns)
        yield ""
        yield from (page.style.key(line) for line in said(f"Missed, then right: {listed}"))
    for (actual, taken), features in result.still.items():
        a, b = (knowledge.deck.subjects[each].short for each in (actual, taken))
        yield ""
        yield from (page.style.wrong(line) for line in said(f"Still mixed up: {a} taken for {b}"))
        for feature in features:
            if feature in nouns:
                place = whose(knowledge, actual, taken, feature)
                yield from said(f"{nouns[feature].noun}{f': {place}' if place else ''}", "   ")
    if not result.still:
        yield ""
        yield from said("Nothing of it is mixed up any more." if result.mended else "Nothing was mixed up.")
    yield ""
    yield from said(f"{outlook} Another round:")
    yield from (
        page.style.strong(line) for line in wrap(safe(command), page.columns - 1, indent="   ", hanging="     ")
    )
