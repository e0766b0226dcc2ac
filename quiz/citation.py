"""Citations in words: publisher and year, section and paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quiz.deck import Citation, Deck, Source

NOT_STATED = "not stated"


def spelled(deck: Deck, cites: Iterable[Citation]) -> str:
    """The citations in one line, spots of one source together."""
    spots: dict[str, list[str]] = {}
    for cite in cites:
        spots.setdefault(cite.source, []).append(spot(cite))
    return "; ".join(
        ", ".join([named(deck.sources[source]), *filter(None, dict.fromkeys(found))]) for source, found in spots.items()
    )


def spot(cite: Citation) -> str:
    """Where in its source a citation stands, in words."""
    section = f"“{cite.section}”" if cite.section else ""
    paragraph = f"¶{cite.paragraph}" if cite.paragraph[:1].isdigit() else cite.paragraph  # "¶2", "row Symptoms"
    return " ".join(filter(None, (section, paragraph)))


def named(source: Source) -> str:
    """Who and when: publisher and year; the title where no publisher is known."""
    who = source.title if source.publisher.casefold() == NOT_STATED else source.publisher
    year = re.search(r"\d{4}", source.date)
    return f"{who} {year.group()}" if year else who
