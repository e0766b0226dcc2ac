"""A small deck in which every kind of question can be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.deck import Deck
from quiz.questions import Material
from quiz.reasoning import Knowledge

GULLS = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns, was: [sea-swallow]}
terms:
  - [ultraviolet light, UV]
features:
  hooked-bill:
    aspect: sign
    noun: a bill with a hooked tip
    present:
      gull:
        says: Gulls have a bill with a hooked tip.
        cite: book Gulls ¶1
        strength: often
        weight: core
        cloze: "The tip of a gull's bill is {hooked}."
        accepts: [hook-shaped]
    absent:
      tern: {says: The bill of a tern is straight., cite: manual Terns ¶1}
  heavy-body:
    aspect: sign
    noun: a heavy body
    present:
      gull: {says: Gulls are heavily built., cite: book Gulls ¶2, strength: often}
  forked-tail:
    aspect: sign
    noun: a deeply forked tail
    plural: no
    was: [swallow-tail]
    present:
      tern: {says: Terns have a deeply forked tail., cite: book Terns ¶1, strength: every, weight: core}
    absent:
      gull: {says: The tail of a gull is not forked., cite: book Gulls ¶3}
  hovering:
    aspect: sign
    noun: hovering before a dive
    present:
      tern: {says: Terns often hover before they dive., cite: book Terns ¶2, strength: often}
  webbed-feet:
    aspect: sign
    noun: webbed feet
    plural: yes
    present:
      gull: {says: Gulls have webbed feet., cite: book Gulls ¶4, strength: every}
      tern: {says: Terns have webbed feet., cite: book Terns ¶3, strength: every}
  white-belly:
    aspect: sign
    noun: a white belly
    present:
      gull: {says: Gulls are white below., cite: book Gulls ¶5, strength: often}
      tern: {says: Terns are white below., cite: book Terns ¶4, strength: often}
  ground-nest:
    aspect: sign
    noun: a nest on the ground
    present:
      gull: {says: Gulls can nest on the ground., cite: book Gulls ¶6, strength: can}
      tern: {says: Terns nest on the ground., cite: book Terns ¶5, strength: often}
  roof-nest:
    aspect: sign
    noun: a nest on a roof
    present:
      gull: {says: Gulls often nest on roofs., cite: book Gulls ¶7, strength: often}
      tern: {says: Terns rarely nest on roofs., cite: manual Terns ¶2, strength: rarely}
  red-legs:
    aspect: sign
    noun: red legs
    plural: yes
    present:
      tern: {says: Terns have red legs., cite: book Terns ¶6, strength: often}
closures:
  gull-build: {subject: gull, says: A gull never hangs in the air., cite: book Gulls ¶8, excludes: [hovering]}
  tern-build: {subject: tern, says: A tern is slender in every part., cite: book Terns ¶7, excludes: [heavy-body]}
more-often:
  ground: {feature: ground-nest, in: tern, than: gull, says: Terns nest on the ground more often than gulls., cite: book Terns ¶8, weight: core}
side-by-side:
  plate-7:
    title: plate 7 of The Book
    says: Plate 7 sets the gull beside the tern.
    cite: book Plates ¶7
    only: {gull: [hooked-bill, heavy-body], tern: [red-legs, forked-tail, hovering]}
facts:
  eyes:
    says: Gulls can see ultraviolet light.
    about: [gull]
    cite: book Gulls ¶9
    cloze: "Gulls can see {ultraviolet light}."
  weight-of-a-tern:
    says: A tern weighs about 120 g.
    about: [tern]
    cite: book Terns ¶9
    cloze: "A tern weighs about {120 g}."
    accepts: ["120"]
    number: {value: 120, unit: g, bound: about}
  old-name:
    says: Terns were held to be swallows.
    about: [tern]
    cite: book Terns ¶10
    weight: detail
    cloze: "Terns are a kind of {swallow}."
    dated: {says: Terns are no swallows., cite: manual Terns ¶3}
  aside: {says: Gulls eat chips., about: [gull], cite: book Gulls ¶10, weight: background, cloze: "Gulls eat {chips}."}
"""


WADERS = """
subjects:
  knot: {group: birds, name: red knot, short: the knot}
  stint: {group: birds, name: little stint, short: the stint}
  plover: {group: birds, name: grey plover, short: the plover}
features:
  size-of-thrush:
    aspect: sign
    noun: the size of a thrush
    patient: it is as big as a thrush
    present: {knot: {says: The knot is as big as a thrush., cite: book Knot ¶1, strength: often}}
    absent:
      stint: {says: The stint is smaller than a thrush., cite: book Stint ¶1}
      plover: {says: The plover is bigger than a thrush., cite: book Plover ¶1}
  size-of-sparrow:
    aspect: sign
    noun: the size of a sparrow
    patient: it is as small as a sparrow
    present: {stint: {says: The stint is as small as a sparrow., cite: book Stint ¶2, strength: often}}
    absent:
      knot: {says: The knot is bigger than a sparrow., cite: book Knot ¶2}
      plover: {says: The plover is bigger than a sparrow., cite: book Plover ¶2}
  black-armpits:
    aspect: sign
    noun: black armpits in flight
    plural: yes
    patient: its armpits show black as it flies off
    present: {plover: {says: The plover has black armpits., cite: book Plover ¶3, strength: every}}
    absent:
      knot: {says: The armpits of the knot are not black., cite: book Knot ¶3}
      stint: {says: The armpits of the stint are not black., cite: book Stint ¶3}
  mudflats:
    aspect: sign
    noun: feeding on mudflats
    patient: it feeds on a mudflat
    present:
      knot: {says: The knot feeds on mudflats., cite: book Knot ¶4, strength: often}
      stint: {says: The stint feeds on mudflats., cite: book Stint ¶4, strength: often}
      plover: {says: The plover feeds on mudflats., cite: book Plover ¶4, strength: often}
facts:
  tide:
    says: The rising tide covers the food and drives the birds to their roosts.
    cite: book Tides ¶1
    mechanism: {cause: the rising tide, effect: a flight to the roost}
  falcon:
    says: A falcon overhead makes the flock pack together.
    cite: book Falcons ¶1
    mechanism: {cause: a falcon overhead, effect: a tightly packed flock}
  frost:
    says: Frost locks the mud and makes the birds move south.
    cite: book Frost ¶1
    mechanism: {cause: hard frost, effect: a move further south}
  flock:
    says: A flock may hold about 5 thousand knots.
    about: [knot]
    cite: book Knot ¶5
    number: {value: 5, unit: thousand, bound: about, ask: How many knots may a flock hold?, within: 1}
how:
  moves:
    says: Each of these moves the birds in a way of its own.
    cite: book Moves ¶1
    ask: ["What does {cause} lead to?"]
    of: [tide, falcon, frost]
"""


@pytest.fixture
def waders(deck_of: Callable[[str], Deck]) -> Material:
    return Material(Knowledge(deck_of(WADERS)))


@pytest.fixture
def gulls(deck_of: Callable[[str], Deck]) -> Material:
    return Material(Knowledge(deck_of(GULLS)))
