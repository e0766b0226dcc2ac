"""Decks with a group so large that it falls into families, and so into parts: one made up by a seed, one by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.synthetic import Size, write
from quiz.cache.compiled import Compiled
from quiz.catalogue import Whole
from quiz.deck import Deck
from quiz.loader import load
from quiz.questions import Material, cards
from quiz.reasoning import Knowledge

FAMILIES, KIN, SIGNS = 12, 5, 6

HEAD = """
deck: {id: aviary, version: 1.0.0, title: Aviary, licence: MIT, notice: For study.}
sources:
  book: {tier: given, title: The Book, publisher: Sample Press, date: 2020-01-01}
  manual: {tier: reference, title: M, publisher: House, date: 2021, address: "https://example.org", read: whole text}
groups:
  birds: {noun: bird, plural: birds}
  races: {noun: race, plural: races}
aspects:
  sign: {noun: sign, plural: signs, statement: "{Feature} can be seen in {subject}."}
terms:
  - [ultraviolet light, UV]
"""

ACROSS = """
subjects:
  northern: {group: races, name: northern race, short: northern ones, kind_of: b0}
  southern: {group: races, name: southern race, short: southern ones, kind_of: b5}
  moult: {group: races, name: moult, short: moulting ones, manifestation_of: b5}
features:
  summer:
    aspect: sign
    noun: breeding in summer
    present: {b10: {says: They do., cite: book B ¶1, strength: every}}
  winter:
    aspect: sign
    noun: breeding in winter
    present: {b15: {says: They do., cite: book B ¶2, strength: every}}
  paleness:
    aspect: sign
    noun: paleness
    present:
      northern: {says: They are., cite: book B ¶3, strength: often}
    absent:
      southern: {says: They are not., cite: book B ¶4}
  darkness:
    aspect: sign
    noun: darkness
    present:
      southern: {says: They are., cite: book B ¶5, strength: often}
    absent:
      northern: {says: They are not., cite: book B ¶6}
  baldness: {aspect: sign, noun: baldness, was: [bareness]}
  plumage: {aspect: sign, noun: odd plumage, umbrella: yes, absent: {b54: {says: No., cite: book B ¶7}}}
  stripes: {aspect: sign, noun: stripes, broader: [plumage], present: {b55: {says: Yes., cite: book B ¶8}}}
  song:
    aspect: sign
    noun: a song
    disputed:
      b40: {says: It is disputed., readings: [{says: Yes., cite: book B ¶9}, {says: No., cite: manual B ¶1}]}
  kinship:
    aspect: sign
    noun: kinship with swallows
    present:
      b41: {says: Yes., cite: book B ¶10, dated: {says: No., cite: manual B ¶2}}
closures:
  plain: {subject: b45, says: It has nothing else., cite: book B ¶11, excludes: [stripes, f9-3, summer]}
apart:
  seasons: {says: Each breeds in a season., cite: book B ¶12, values: {b10: summer, b15: winter}}
more-often:
  bald: {feature: baldness, in: b20, than: b25, says: More often., cite: book B ¶13}
  bald-too: {feature: paleness, in: b25, than: b20, says: More often., cite: book B ¶14}
side-by-side:
  plate: {title: plate 7, says: Side by side., cite: book B ¶15, only: {b30: [f6-0, f6-1], b35: [f7-0, f7-1]}}
facts:
  heavy:
    says: A bird weighs about 1 kg.
    about: [b50]
    cite: book B ¶16
    cloze: "A bird weighs about {1 kg}."
    number: {value: "1", unit: kg, bound: about}
  rain: {says: Rain keeps them down., cite: book B ¶17, mechanism: {cause: rain, effect: a rest}}
  wind: {says: Wind lifts them., about: [b50], cite: book B ¶18, mechanism: {cause: wind, effect: a rise}}
  fog: {says: Fog makes them call., about: [b55], cite: book B ¶19, mechanism: {cause: fog, effect: a call}}
how:
  weather: {says: Each does something else., cite: book B ¶20, ask: ["What does {cause} do?"], of: [rain, wind, fog]}
"""
"""What ties families together: kinds, sets, frequencies, tables, ways; and what is known of single birds."""


def aviary(folder: Path) -> Deck:
    """Sixty birds in families of five, with facts of every form, most of which speak of birds of two families."""
    return _read(folder, {"deck": HEAD, "birds": "\n".join(_birds()), "across": ACROSS})


def _birds() -> Iterator[str]:
    yield "subjects:"
    for bird in range(FAMILIES * KIN):
        former = "was: [old-bird], " if bird == 51 else ""
        yield f"  b{bird}: {{group: birds, {former}name: bird {bird}, short: birds {bird}}}"
    yield "features:"
    for family in range(FAMILIES):
        for sign in range(SIGNS):
            yield f"  f{family}-{sign}:"
            yield f"    aspect: sign\n    noun: sign {family} {sign}\n    patient: sign {family} {sign} is seen"
            holds = {family * KIN + at: (at + sign) % 5 < 3 for at in range(KIN)}
            for section, wanted in (("present", True), ("absent", False)):
                yield f"    {section}:"
                for bird in (bird for bird, has in holds.items() if has is wanted):
                    strength = ", strength: often" if wanted else ""
                    yield f"      b{bird}: {{says: Bird {bird} and {sign}., cite: book B{family} ¶{sign}{strength}}}"


def table(folder: Path) -> Deck:
    """A deck made up by a seed, of more than fifty conditions in one group."""
    folder.mkdir()
    write(folder, Size(conditions=80, features=160, claims=1200))
    return _loaded(folder)


def compiled(deck: Deck) -> Compiled:
    """The deck with its cards."""
    return Compiled(deck, cards(Material(Knowledge(deck))))


def whole(entry: Compiled) -> Whole:
    """The catalogue of a deck in memory."""
    return Whole(Material(Knowledge(entry.deck)), entry.cards)


def _read(folder: Path, files: dict[str, str]) -> Deck:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return _loaded(folder)


def _loaded(folder: Path) -> Deck:
    deck, problems = load(folder)
    assert deck is not None, "\n".join(map(str, problems))
    assert not problems, "\n".join(map(str, problems))
    return deck
