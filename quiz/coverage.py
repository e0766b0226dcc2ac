"""What of its sources a deck uses: the facts of each paragraph, found by what the facts cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from quiz.deck import Citation, Deck, Fact, Paragraph


class Covered(NamedTuple):
    """A paragraph and the ids of the facts that cite it, in the order of the deck."""

    paragraph: Paragraph
    facts: tuple[str, ...]


def cites_of(fact: Fact) -> Iterator[Citation]:
    """Every spot that a fact cites, also for its present-day reading, each once."""
    yield from dict.fromkeys((*fact.cites, *(fact.dated.cites if fact.dated else ())))


def citing(deck: Deck) -> dict[Citation, tuple[str, ...]]:
    """The ids of the facts that cite a spot, by the spot."""
    found: dict[Citation, list[str]] = {}
    for fact in deck.facts.values():
        for cite in cites_of(fact):
            found.setdefault(cite, []).append(fact.id)
    return {cite: tuple(ids) for cite, ids in found.items()}


def coverage(deck: Deck) -> dict[str, tuple[Covered, ...]]:
    """The paragraphs of every mapped source with their facts, by the id of the source."""
    facts = citing(deck)
    return {
        source: tuple(Covered(each, facts.get(each.at, ())) for each in mapped.paragraphs)
        for source, mapped in deck.paragraphs.items()
    }


def facts_from(deck: Deck) -> dict[str, int]:
    """How many facts cite a source, by its id."""
    count = dict.fromkeys(deck.sources, 0)
    for fact in deck.facts.values():
        for source in {cite.source for cite in cites_of(fact)}:
            count[source] += 1
    return count
