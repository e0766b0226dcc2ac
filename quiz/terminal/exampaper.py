"""An exam on paper: plain text that reads as Markdown too, the questions first and the key on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quiz.citation import spelled
from quiz.deck import Deck
from quiz.exam import Heading, Item
from quiz.questions.wording import counted
from quiz.terminal.examtext import named
from quiz.terminal.style import safe, wrap
from quiz.terminal.text import LETTERS

MEASURE = 76
"""Columns of a line; so many fit a page in the usual type."""

NEW_PAGE = "\f"

BEGINNING = "# Exam: "
"""How every paper begins; so it is known again."""


def paper(heading: Heading, items: Sequence[Item], deck: Deck) -> Iterator[str]:
    """The lines of the paper, of which the key follows a form feed."""
    limit = f" · {counted(heading.minutes, 'minute')}" if heading.minutes else ""
    size = f"{counted(len(items), 'question')}{limit}"
    yield from (f"{BEGINNING}{safe(heading.title)}", "", f"{safe(named(heading))} · {size}", "")
    yield from (f"Name ______________________________  Date ______________  Right ____ of {len(items)}", "")
    yield from ("Each question has one right answer. A guess costs nothing.", "")
    for number, item in enumerate(items, 1):
        question = item.question
        yield from ("", *_wrapped(f"{number}.".ljust(4), question.stem), "")
        for letter, option in zip(LETTERS, question.options, strict=False):
            yield from _wrapped(f"    - [ ] {letter}  ", option.text)
        if not question.options:
            yield f"    {'_' * 40}"
    yield from ("", NEW_PAGE, f"# Key: {safe(heading.title)}", "", safe(named(heading)), "")
    for number, item in enumerate(items, 1):
        yield from _key(number, item, deck)
    yield from (*_wrapped("", f"The same exam on screen: {heading.again}"), "", *wrap(safe(deck.notice), MEASURE))


def _key(number: int, item: Item, deck: Deck) -> Iterator[str]:
    question = item.question
    if not question.options:
        yield from _wrapped(f"{number}.".ljust(4), " / ".join(question.accepts))
        yield from _wrapped("    ", question.explanation)
    else:
        key = question.options[question.key]
        yield from _wrapped(f"{number}.".ljust(4) + f"{LETTERS[question.key]}  ", key.text)
        yield from _wrapped("    ", key.reason.text)
        for letter, option in zip(LETTERS, question.options, strict=False):
            if option.reason.text != key.reason.text:
                yield from _wrapped(f"    - Not {letter}: ", option.reason.text)
    cites = dict.fromkeys(cite for option in question.options for cite in option.cites) or question.cites
    yield from (*_wrapped("    - ", spelled(deck, cites)), "")


def _wrapped(indent: str, said: str) -> list[str]:
    return wrap(safe(said), MEASURE, indent=indent, hanging=" " * len(indent))
