"""A small deck that hand-made questions speak of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.deck import Deck

GULLS = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
  fork: {group: tools, name: table fork, short: forks}
groups:
  tools: {noun: tool, plural: tools}
aspects:
  place: {noun: place, plural: places, statement: "{Feature} is home to {subject}."}
terms:
  - [web, membrane]
features:
  bill: {aspect: sign, noun: a hooked bill, also: [a bent beak], present: {gull: {says: Gulls have a hooked bill., cite: book Gulls ¶1}}}
  feet: {aspect: sign, noun: webbed feet, plural: yes, present: {gull: {says: Gulls have webbed feet., cite: book Gulls ¶2}}}
  tail: {aspect: sign, noun: a forked tail, present: {tern: {says: Terns have a forked tail., cite: book Terns ¶1}}}
  prongs: {aspect: sign, noun: four prongs, plural: yes, present: {fork: {says: Forks have four prongs., cite: book Forks ¶1}}}
  coast: {aspect: place, noun: a rocky coast, present: {gull: {says: Gulls live on rocks., cite: book Gulls ¶3}}}
facts:
  eyes: {says: Gulls see ultraviolet light., about: [gull], cite: book Gulls ¶4, cloze: "Gulls see {ultraviolet} light."}
"""


@pytest.fixture
def gulls(deck_of: Callable[[str], Deck]) -> Deck:
    return deck_of(GULLS)
