"""Cuts a large deck into parts that say nothing of one another, so that a sitting reads only those it asks about.

A part is a deck of its own: some families of subjects (see `quiz.questions.rivals`) with all that is known of them.
Whatever one fact, relation or set names together stays together. So a card asks from its part what it asks from the
whole; only what a typed reply may name is looked up among the part's own things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from quiz.deck import Deck, Fact, Ways
from quiz.facts import features_of, subjects_of
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.rivals import FEW, Family, families

K = TypeVar("K")
V = TypeVar("V")


class Part(NamedTuple):
    """A deck that is part of a larger one, and which of its subjects are put against each other."""

    deck: Deck
    families: tuple[Family, ...]


def parts(material: Material, cards: Iterable[Card]) -> Iterator[tuple[Part, list[Card]]]:
    """The parts of a deck, each with those of the cards that are made from it, in deck order."""
    deck = material.deck
    ties = _Ties()
    for fact in deck.facts.values():
        ties.tie(("fact", fact.id), *(("subject", subject) for subject in subjects_of(fact)))
        if isinstance(fact.form, Ways):
            ties.tie(("fact", fact.id), *(("fact", member) for member in fact.form.members))
    for family in families(material):
        ties.tie(*(("subject", member) for member in family))
    for subject in deck.subjects.values():
        above = (subject.kind_of, subject.manifestation_of)
        ties.tie(("subject", subject.id), *(("subject", up) for up in above if up))
    facts = _gathered((ties.find(("fact", fact)), fact) for fact in deck.facts)
    subjects = _gathered((ties.find(("subject", subject)), subject) for subject in deck.subjects)
    own = _gathered((ties.find(("fact", card.fact)), card) for card in cards)
    rivals = _gathered((ties.find(("subject", family[0])), family) for family in families(material) if family)
    order = {feature: number for number, feature in enumerate(deck.features)}
    for root in dict.fromkeys((*facts, *subjects)):
        part = _part(material, subjects.get(root, ()), [deck.facts[each] for each in facts.get(root, ())], order)
        yield Part(part, tuple(rivals.get(root, ()))), own.get(root, [])


def _part(material: Material, subjects: Sequence[str], facts: Sequence[Fact], order: Mapping[str, int]) -> Deck:
    """The deck of these subjects and facts, with every feature that anything is known of."""
    deck, broader = material.deck, material.knowledge.hierarchy.and_broader
    known = {feature for subject in subjects for feature in material.knowledge.known(subject)}
    known |= {feature for fact in facts for feature in features_of(fact)}
    features = sorted({wide for feature in known for wide in broader(feature)}, key=order.__getitem__)
    cited = {cite.source for fact in facts for cite in (*fact.cites, *(fact.dated.cites if fact.dated else ()))}
    return deck._replace(
        subjects={each: deck.subjects[each] for each in subjects},
        features={each: deck.features[each] for each in features},
        facts={fact.id: fact for fact in facts},
        sources={id_: source for id_, source in deck.sources.items() if id_ in cited or len(deck.sources) <= FEW},
        paragraphs={},
    )


def _gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


class _Ties:
    """Which things hang together, however indirectly (a disjoint-set forest: Galler & Fischer 1964)."""

    def __init__(self) -> None:
        self._up: dict[tuple[str, str], tuple[str, str]] = {}

    def find(self, thing: tuple[str, str]) -> tuple[str, str]:
        """The one that stands for all that hang together with a thing."""
        while (up := self._up.get(thing, thing)) != thing:
            self._up[thing] = self._up.get(up, up)
            thing = up
        return thing

    def tie(self, *things: tuple[str, str]) -> None:
        """Let these hang together."""
        for one, other in zip(things, things[1:], strict=False):
            self._up[self.find(other)] = self.find(one)
