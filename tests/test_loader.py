"""Loading deck folders: what a clean deck becomes, and every flaw a problem at its line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.deck import (
    Bound,
    Citation,
    Claim,
    Closes,
    DeniesUniversal,
    Disputes,
    Figure,
    Likelier,
    Parts,
    Reading,
    SideBySide,
    States,
    Strength,
    Tells,
    Tier,
    Ways,
    Weight,
)
from quiz.errors import DeckError
from quiz.loader import load
from quiz.loader.folder import SECTIONS, shown

DECK = """\
deck:
  id: birds
  version: 0.1.0
  title: Two warblers
  about: Birds that look alike.
  licence: CC-BY-4.0
  notice: For study.

sources:
  field-guide: {tier: given, title: "The guide: warblers", publisher: A Press, date: 2009-02-12}
  atlas: {tier: reference, title: Atlas, publisher: B, date: not stated, address: "https://b.example", read: abstract}

groups:
  warblers: {noun: warbler, plural: warblers}
  races: {noun: race, plural: races}

subjects:
  willow: {group: warblers, name: willow warbler, short: the willow warbler, also: [Phylloscopus trochilus]}
  chiff: {group: warblers, name: chiffchaff, short: the chiffchaff, was: [chif]}
  northern: {group: races, name: northern willow warbler, short: the northern race, kind_of: willow}
  moult: {group: races, name: moulting willow warbler, short: a moulting bird, manifestation_of: willow}

aspects:
  mark:
    noun: mark
    plural: marks
    statement: "{Feature} {is|are} a mark of {subject}."
    contrast: ["You weigh {a} against {b}. Which {aspect} speaks for {a}?"]
    likelier: ["Which of the {aspects} makes {a} likelier than {b}?"]
    shared: ["What do {a} and {b} share?"]
    sort: ["{Feature}: {a}, {b} or both?"]

features:
  legs:
    aspect: mark
    noun: leg colour
    umbrella: yes
  dark-legs:
    aspect: mark
    noun: dark legs
    plural: yes
    patient: its legs are dark
    also: [blackish legs]
    near: leg-colours
    broader: [legs]
    was: [black-legs]
    present:
      chiff:
        says: The chiffchaff has dark legs.
        cite: field-guide Legs ¶2
        strength: every
        weight: core
        cloze: "The chiffchaff has {dark} legs."
        accepts: [blackish]
  pale-legs:
    aspect: mark
    noun: pale legs
    near: leg-colours
    broader: [legs]
    present:
      willow: {says: The willow has pale legs., cite: [field-guide Legs ¶3, atlas Table ¶row 1], strength: every}
  song:
    aspect: mark
    noun: a song of two notes
    present:
      chiff: {says: The chiffchaff sings two notes., cite: field-guide Song, hedge: not in autumn}
    absent:
      willow: {says: The willow warbler does not sing two notes., cite: field-guide Song ¶1}
    not-always:
      chiff: {says: Not every chiffchaff sings., cite: field-guide Song ¶2, was: [song.chif.not-always]}
  tail-dip:
    aspect: mark
    noun: a dipping tail
    disputed:
      willow:
        says: The sources disagree about the tail.
        readings:
          - {says: It dips its tail., cite: field-guide Tail ¶1}
          - {says: It does not dip its tail., cite: atlas Tail ¶1}
    present:
      chiff:
        says: The chiffchaff dips its tail.
        cite: field-guide Tail ¶2
        dated: {says: Today few would rely on it., cite: atlas Tail ¶2}

closures:
  willow-plain:
    subject: willow
    says: The willow warbler has no other voice.
    cite: field-guide Song ¶4
    excludes: [song]

apart:
  leg-set:
    says: Legs are dark in one and pale in the other.
    cite: field-guide Legs ¶1
    values: {chiff: dark-legs, willow: pale-legs}

more-often:
  dips-more:
    feature: tail-dip
    in: chiff
    than: willow
    says: The chiffchaff dips its tail more often.
    cite: field-guide Tail ¶3

side-by-side:
  guide-table:
    title: the table of the guide
    says: The table sets the two side by side.
    cite: field-guide Table ¶row 2
    only: {chiff: [tail-dip], willow: [pale-legs]}

facts:
  arrival:
    says: Up to 30 % of chiffchaffs arrive in March.
    about: [chiff, willow]
    cite: field-guide Arrival ¶1
    number: {value: 30, unit: "%", bound: up to}
    relation: {from: chiff, to: willow}
    mechanism: {cause: mild winters, effect: early arrival}
  feeding:
    says: Rain drives insects down to the shrubs, where the birds then feed.
    cite: field-guide Food ¶1
    mechanism: {cause: rain, effect: feeding low down}
  leaving:
    says: Long nights in autumn set the birds on their way.
    cite: field-guide Arrival ¶2
    mechanism: {cause: longer nights, effect: departure}
    number: {value: 10, unit: hours, bound: about, ask: How long is a night when they leave?, within: 0.5}

  staying:
    says: In mild winters some birds stay.
    cite: field-guide Arrival ¶2
    mechanism: {cause: a mild winter, effect: staying}

how:
  weather-ways:
    says: Each kind of weather moves the birds in a way of its own.
    cite: field-guide Arrival ¶3
    ask: ["What does {cause} lead to?"]
    of: [staying, feeding, leaving]

terms:
  - [chiffchaff, CC]
"""


def problems_of(folder: Path, **files: str) -> list[str]:
    """The problems of a deck with these files, without the folder's path."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    deck, problems = load(folder)
    assert (deck is None) == bool(problems)
    return [str(problem).removeprefix(f"{folder}/") for problem in problems]


def edited(old: str, new: str) -> str:
    assert DECK.count(old) == 1, f"the sample must hold this once: {old!r}"
    return DECK.replace(old, new)


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


# What the author wrote, what stands there instead, on which line (that of the first text there), what is said of it.
FLAWS = {
    "a text that nobody could read": (
        "[chiffchaff, CC]",
        f"[chiffchaff, {'c' * 2001}]",
        "[chiffchaff, cc",
        "a line of terms has 2001 characters: no more than 2000 can be read at one go",
    ),
    "an unknown section": ("terms:", "term:", "term:", 'unknown section "term" (did you mean "terms"?)'),
    "an unknown key": (
        "patient: its",
        "pateint: its",
        "pateint",
        'feature "dark-legs": unknown key "pateint" (did you mean "patient"?)',
    ),
    "a key like no other": (
        "    patient: its legs are dark",
        "    colour: red",
        "    colour",
        'feature "dark-legs": unknown key "colour" (allowed: aspect, noun, plural, patient, also, near, broader, '
        "umbrella, was, present, absent, not-always, disputed)",
    ),
    "an unknown key of a fact": (
        "weight: core",
        "wieght: core",
        "wieght",
        'feature "dark-legs": present "chiff": unknown key "wieght" (did you mean "weight"?)',
    ),
    "an unknown key of the deck": (
        "  about: Birds",
        "  abuot: Birds",
        "  abuot",
        'deck: unknown key "abuot" (did you mean "about"?)',
    ),
    "a missing key": (
        "    noun: a dipping tail\n",
        "",
        "aspect: mark\n    disputed",
        'feature "tail-dip": "noun" is missing: add it',
    ),
    "a missing key of the deck": ("  title: Two warblers\n", "", "  id: birds", 'deck: "title" is missing: add it'),
    "a missing citation": (
        "{says: The chiffchaff sings two notes., cite: field-guide Song, hedge",
        "{says: The chiffchaff sings two notes., hedge",
        "{says: The chiffchaff sings",
        'feature "song": present "chiff": "cite" is missing: add it',
    ),
    "a text for a mapping": (
        "  races: {noun: race, plural: races}",
        "  races: race",
        "  races: race",
        'group "races": must be a mapping ("key: value"), not a text',
    ),
    "a list for a section": (
        "closures:\n  willow-plain:",
        "closures:\n - willow-plain:",
        " - willow-plain",
        'section "closures" must be a mapping ("key: value"), not a list',
    ),
    "a mapping for a list": (
        "terms:\n  - [chiffchaff, CC]",
        "terms:\n  chiffchaff: CC",
        "  chiffchaff: CC",
        'section "terms" must be a list ("[one, other]"), not a mapping',
    ),
    "a text for a list": (
        "also: [blackish legs]",
        "also: blackish legs",
        "also: blackish",
        'feature "dark-legs": "also" must be a list ("[one, other]"), not a text',
    ),
    "a list for a text": (
        "noun: a dipping tail",
        "noun: [a dipping tail]",
        "noun: [a dip",
        'feature "tail-dip": "noun" must be a text, not a list',
    ),
    "an empty text": (
        "noun: a dipping tail",
        "noun:",
        "noun:\n",
        'feature "tail-dip": "noun" is empty: write something or take it out',
    ),
    "an empty section": (
        "terms:\n  - [chiffchaff, CC]",
        "terms:",
        "terms:",
        'section "terms" must be a list ("[one, other]"), not nothing',
    ),
    "a line of terms with one name": (
        "[chiffchaff, CC]",
        "[chiffchaff]",
        "[chiffchaff]",
        "a line of terms must hold at least 2 items, not 1",
    ),
    "a name twice in one list": (
        "[blackish legs]",
        "[blackish legs, blackish legs]",
        "[blackish legs, ",
        'feature "dark-legs": "also" lists "blackish legs" twice: take one out',
    ),
    "an unknown group": (
        "{group: warblers, name: chiffchaff",
        "{group: warbler, name: chiffchaff",
        "{group: warbler,",
        'subject "chiff": unknown group "warbler" (did you mean "warblers"?)',
    ),
    "an unknown aspect": (
        "aspect: mark\n    noun: leg colour",
        "aspect: marc\n    noun: leg colour",
        "aspect: marc",
        'feature "legs": unknown aspect "marc" (did you mean "mark"?)',
    ),
    "an unknown subject under a feature": (
        "    disputed:\n      willow:",
        "    disputed:\n      wilow:",
        "      wilow:",
        'feature "tail-dip": unknown subject "wilow" (did you mean "willow"?)',
    ),
    "a subject called by a name of it": (
        "in: chiff\n",
        "in: chiffchaf\n",
        "in: chiffchaf",
        'more-often "dips-more": unknown subject "chiffchaf" (did you mean "chiff"?)',
    ),
    "a subject like no other": (
        "in: chiff\n",
        "in: 0-0\n",
        "in: 0-0",
        'more-often "dips-more": unknown subject "0-0" (the deck has no subject of that id: mend it or add one)',
    ),
    "an unknown subject of a closure": (
        "    subject: willow",
        "    subject: wilow",
        "    subject: wilow",
        'closure "willow-plain": unknown subject "wilow" (did you mean "willow"?)',
    ),
    "an unknown feature in a closure": (
        "excludes: [song]",
        "excludes: [sonk]",
        "excludes: [sonk]",
        'closure "willow-plain": unknown feature "sonk" (did you mean "song"?)',
    ),
    "an unknown subject of a statement": (
        "about: [chiff, willow]",
        "about: [chif, willow]",
        "about: [chif,",
        'fact "arrival": unknown subject "chif" (did you mean "chiff"?)',
    ),
    "an unknown subject in a relation": (
        "{from: chiff, to: willow}",
        "{from: chiff, to: wilow}",
        "relation:",
        'fact "arrival": "relation": unknown subject "wilow" (did you mean "willow"?)',
    ),
    "an unknown subject with a value": (
        "{chiff: dark-legs,",
        "{chif: dark-legs,",
        "{chif: dark",
        'apart "leg-set": unknown subject "chif" (did you mean "chiff"?)',
    ),
    "an unknown value": (
        "{chiff: dark-legs,",
        "{chiff: dark-leg,",
        "{chiff: dark-leg,",
        'apart "leg-set": unknown feature "dark-leg" (did you mean "dark-legs"?)',
    ),
    "an unknown feature side by side": (
        "chiff: [tail-dip]",
        "chiff: [tail-dib]",
        "only:",
        'side-by-side "guide-table": unknown feature "tail-dib" (did you mean "tail-dip"?)',
    ),
    "an unknown subject side by side": (
        "only: {chiff:",
        "only: {chif:",
        "only:",
        'side-by-side "guide-table": unknown subject "chif" (did you mean "chiff"?)',
    ),
    "an unknown feature that is likelier": (
        "feature: tail-dip",
        "feature: tail-dib",
        "feature: tail-dib",
        'more-often "dips-more": unknown feature "tail-dib" (did you mean "tail-dip"?)',
    ),
    "an unknown broader feature": (
        "    broader: [legs]\n    was",
        "    broader: [leg]\n    was",
        "    broader: [leg]\n",
        'feature "dark-legs": unknown feature "leg" (did you mean "legs"?)',
    ),
    "an unknown parent": (
        "kind_of: willow",
        "kind_of: wilow",
        "kind_of: wilow",
        'subject "northern": unknown subject "wilow" (did you mean "willow"?)',
    ),
    "an unknown whole": (
        "manifestation_of: willow",
        "manifestation_of: wilow",
        "manifestation_of: wilow",
        'subject "moult": unknown subject "wilow" (did you mean "willow"?)',
    ),
    "an unknown source": (
        "cite: field-guide Legs ¶2",
        "cite: feild-guide Legs ¶2",
        "cite: feild-guide",
        'feature "dark-legs": present "chiff": unknown source "feild-guide" (did you mean "field-guide"?)',
    ),
    "an unknown source of a reading": (
        "cite: atlas Tail ¶1",
        "cite: atlass Tail ¶1",
        "cite: atlass",
        'feature "tail-dip": disputed "willow": "readings": unknown source "atlass" (did you mean "atlas"?)',
    ),
    "a citation without a section": (
        "cite: field-guide Legs ¶2",
        "cite: field-guide",
        "cite: field-guide\n",
        'feature "dark-legs": present "chiff": "cite" "field-guide" names no section: '
        'write it like "field-guide Symptoms ¶2"',
    ),
    "a paragraph mark without a paragraph": (
        "cite: field-guide Legs ¶2",
        "cite: field-guide Legs ¶",
        "cite: field-guide Legs ¶\n",
        'feature "dark-legs": present "chiff": "cite" "field-guide Legs ¶" needs one paragraph after "¶", '
        'like "¶2" or "¶row 3"',
    ),
    "two paragraphs in one citation": (
        "cite: field-guide Legs ¶2",
        "cite: field-guide Legs ¶2 ¶3",
        "cite: field-guide Legs ¶2 ¶3",
        'feature "dark-legs": present "chiff": "cite" "field-guide Legs ¶2 ¶3" needs one paragraph after "¶", '
        'like "¶2" or "¶row 3"',
    ),
    "an empty list of citations": (
        "cite: field-guide Legs ¶2",
        "cite: []",
        "cite: []",
        'feature "dark-legs": present "chiff": "cite" must hold at least one item, not none',
    ),
    "an id in capitals": (
        "  arrival:",
        "  Arrival:",
        "  Arrival:",
        'fact "Arrival": "Arrival" is no id: use lower-case letters and figures, joined by hyphens',
    ),
    "an id with a dot": (
        "  arrival:",
        "  arrival.march:",
        "  arrival.march:",
        'fact "arrival.march": "arrival.march" is no id: use lower-case letters and figures, joined by hyphens',
    ),
    "an id of the deck with a space": (
        "id: birds",
        "id: my birds",
        "id: my birds",
        'deck: "my birds" is no id: use lower-case letters and figures, joined by hyphens',
    ),
    "an old id of no form": (
        "was: [black-legs]",
        "was: [Black_Legs]",
        "was: [Black",
        'feature "dark-legs": "Black_Legs" is no id: use lower-case letters and figures, joined by hyphens',
    ),
    "an old id of a fact of no form": (
        "was: [song.chif.not-always]",
        "was: [song.chif.never]",
        "was: [song.chif.never]",
        'feature "song": not-always "chiff": "song.chif.never" is no id of a fact: '
        'write it like "feature.subject" or "some-words"',
    ),
    "a yes that is not yes": (
        "umbrella: yes",
        "umbrella: true",
        "umbrella: true",
        'feature "legs": "umbrella" must be yes or no, not "true"',
    ),
    "an unknown strength": (
        "strength: every\n",
        "strength: usually\n",
        "strength: usually",
        'feature "dark-legs": present "chiff": "strength" must be one of every, often, can, rarely, not "usually"',
    ),
    "an unknown weight": (
        "weight: core",
        "weight: heavy",
        "weight: heavy",
        'feature "dark-legs": present "chiff": "weight" must be one of core, detail, background, not "heavy"',
    ),
    "an unknown tier": (
        "tier: given",
        "tier: gifted",
        "tier: gifted",
        'source "field-guide": "tier" must be one of given, reference, not "gifted"',
    ),
    "an unknown bound": (
        "bound: up to",
        "bound: below",
        "bound: below",
        'fact "arrival": "number": "bound" must be one of exactly, about, up to, at least, not "below"',
    ),
    "a figure without a unit": (', unit: "%"', "", "number: {", 'fact "arrival": "number": "unit" is missing: add it'),
    "a figure without a bound": (
        ", bound: up to",
        "",
        "number: {",
        'fact "arrival": "number": "bound" is missing: add it',
    ),
    "a figure without a value": (
        "value: 30, ",
        "",
        "number: {",
        'fact "arrival": "number": "value" is missing: add it',
    ),
    "a figure in words": (
        "value: 30",
        "value: thirty",
        "number: {",
        'fact "arrival": "number" has the value "thirty": write it in figures',
    ),
    "a relation of a subject to itself": (
        "to: willow}",
        "to: chiff}",
        "relation:",
        'fact "arrival": "relation" runs from a subject to itself: name two',
    ),
    "a cause without an effect": (
        ", effect: early arrival",
        "",
        "mechanism:",
        'fact "arrival": "mechanism": "effect" is missing: add it',
    ),
    "a statement without its full stop": (
        "says: The chiffchaff has dark legs.",
        "says: The chiffchaff has dark legs",
        "says: The chiffchaff has dark legs",
        'feature "dark-legs": present "chiff": "says" must end in a full stop (or ! or ?)',
    ),
    "a dated fact without its full stop": (
        "Today few would rely on it.",
        "Today few would",
        "Today few would",
        'feature "tail-dip": present "chiff": "dated": "says" must end in a full stop (or ! or ?)',
    ),
    "a cloze without a gap": (
        "has {dark} legs",
        "has dark legs",
        "cloze:",
        'feature "dark-legs": present "chiff": "cloze" must have one gap in braces, like {this}; it has none',
    ),
    "a cloze with two gaps": (
        "has {dark} legs",
        "has {dark} {legs}",
        "cloze:",
        'feature "dark-legs": present "chiff": "cloze" must have one gap in braces, like {this}; it has 2',
    ),
    "a cloze with an empty gap": (
        "has {dark} legs",
        "has { } legs",
        "cloze:",
        'feature "dark-legs": present "chiff": "cloze" has an empty gap: put the words to recall within the braces',
    ),
    "a cloze with a loose brace": (
        "has {dark} legs",
        "has {dark legs",
        "cloze:",
        'feature "dark-legs": present "chiff": "cloze" has a brace without its partner: mark one gap as {words}',
    ),
    "replies without a cloze": (
        '        cloze: "The chiffchaff has {dark} legs."\n',
        "",
        "chiff:\n        says: The chiffchaff has",
        'feature "dark-legs": present "chiff": "accepts" holds replies to a cloze, and there is none: '
        'add "cloze" or take it out',
    ),
    "an unknown placeholder": (
        "share?",
        "share of {festure}?",
        "shared:",
        'aspect "mark": "shared" has the unknown placeholder {festure} (allowed: a, b, aspect, aspects)',
    ),
    "a misspelt placeholder": (
        "Which {aspect} speaks",
        "Which {aspct} speaks",
        "contrast:",
        'aspect "mark": "contrast" has the unknown placeholder {aspct} (did you mean "aspect"?)',
    ),
    "a frame with a loose brace": (
        "speaks for {a}?",
        "speaks for a}?",
        "contrast:",
        'aspect "mark": "contrast" has a brace without its partner: placeholders look like {a}',
    ),
    "a frame that leaves a subject out": (
        "What do {a} and {b} share?",
        "What does {a} share?",
        "shared:",
        'aspect "mark": "shared" must use {b}',
    ),
    "a verb without a feature": (
        "What do {a}",
        "What {does|do} {a}",
        "shared:",
        'aspect "mark": "shared" cannot use {does|do}: there is no feature in it for the verb to agree with',
    ),
    "a verb with one form": (
        "{is|are}",
        "{is|}",
        "statement:",
        'aspect "mark": "statement" has {is|}: write two words, for one and for many, like {is|are}',
    ),
    "a statement frame without its subject": (
        "a mark of {subject}",
        "a mark of it",
        "statement:",
        'aspect "mark": "statement" must use {subject}',
    ),
    "a statement frame without its feature": (
        "{Feature} {is|are} a mark",
        "This {is|are} a mark",
        "statement:",
        'aspect "mark": "statement" must use {feature}',
    ),
    "a reference without an address": (
        ', address: "https://b.example"',
        "",
        "  atlas:",
        'source "atlas": "address" is missing: a reference source needs it',
    ),
    "a reference of which nobody says what was read": (
        ", read: abstract",
        "",
        "  atlas:",
        'source "atlas": "read" is missing: a reference source needs it',
    ),
    "a dispute with one reading": (
        "          - {says: It does not dip its tail., cite: atlas Tail ¶1}\n",
        "",
        "          - {says: It dips",
        'feature "tail-dip": disputed "willow": "readings" must hold at least 2 items, not 1',
    ),
    "a closure that excludes nothing": (
        "excludes: [song]",
        "excludes: []",
        "excludes: []",
        'closure "willow-plain": "excludes" must hold at least one item, not none',
    ),
    "a closure that excludes a feature twice": (
        "excludes: [song]",
        "excludes: [song, song]",
        "excludes: [song, song]",
        'closure "willow-plain": "excludes" lists "song" twice: take one out',
    ),
    "a closure against what is present": (
        "excludes: [song]",
        "excludes: [pale-legs]",
        "  willow-plain:",
        'closure "willow-plain": excludes "pale-legs", which "willow" is said to have '
        "({folder}/a.yaml:61): mend one of them",
    ),
    "a set with one subject": (
        "{chiff: dark-legs, willow: pale-legs}",
        "{chiff: dark-legs}",
        "{chiff: dark",
        'apart "leg-set": "values" must hold at least two subjects',
    ),
    "a value that is not stated": (
        "willow: pale-legs}",
        "willow: legs}",
        "  leg-set:",
        'apart "leg-set": "legs" of "willow" is not stated as present: '
        "add the fact under the feature, with strength every",
    ),
    "a value that is not stated of every case": (
        "row 1], strength: every}",
        "row 1], strength: often}",
        "  leg-set:",
        'apart "leg-set": "pale-legs" of "willow" is stated with strength often ({folder}/a.yaml:61): '
        "only strength every excludes other values",
    ),
    "a value that is hedged": (
        "row 1], strength: every}",
        "row 1], strength: every, hedge: perhaps}",
        "  leg-set:",
        'apart "leg-set": "pale-legs" of "willow" is stated with a hedge '
        "({folder}/a.yaml:61): a hedged fact excludes nothing",
    ),
    "a value that is dated": (
        "row 1], strength: every}",
        "row 1], strength: every, dated: {says: No., cite: atlas Legs}}",
        "  leg-set:",
        'apart "leg-set": "pale-legs" of "willow" rests on a dated fact ({folder}/a.yaml:61): '
        "a dated fact excludes nothing",
    ),
    "a subject with two values of a set": (
        "    was: [black-legs]\n    present:\n",
        "    was: [black-legs]\n    present:\n      willow: {says: So has the willow warbler., cite: atlas Legs}\n",
        "  leg-set:",
        'apart "leg-set": "willow" has "pale-legs" here, and "dark-legs" as well '
        "({folder}/a.yaml:48): mend one of them",
    ),
    "a likelihood of one subject over itself": (
        "than: willow",
        "than: chiff",
        "  dips-more:",
        'more-often "dips-more": "in" and "than" are both "chiff": name two subjects',
    ),
    "one subject side by side with none": (
        "only: {chiff: [tail-dip], willow: [pale-legs]}",
        "only: {chiff: [tail-dip]}",
        "only:",
        'side-by-side "guide-table": "only" must hold exactly two subjects, not 1',
    ),
    "two empty columns": (
        "only: {chiff: [tail-dip], willow: [pale-legs]}",
        "only: {chiff: [], willow: []}",
        "only:",
        'side-by-side "guide-table": "only" lists no feature: list at least one',
    ),
    "a feature listed that the other has": (
        "only: {chiff: [tail-dip], willow: [pale-legs]}",
        "only: {chiff: [tail-dip], willow: [dark-legs]}",
        "  guide-table:",
        'side-by-side "guide-table": "dark-legs" is present in "chiff" as well ({folder}/a.yaml:48): take it out',
    ),
    "a noun with a full stop": (
        "noun: a dipping tail",
        "noun: A dipping tail.",
        "noun: A dipping tail.",
        'feature "tail-dip": "noun" stands within sentences: take out the full stop at its end',
    ),
    "a cause with a full stop": (
        "cause: rain,",
        "cause: Rain.,",
        "cause: Rain.,",
        'fact "feeding": "mechanism": "cause" stands within sentences: take out the full stop at its end',
    ),
    "a way that no fact tells": (
        "of: [staying, feeding,",
        "of: [staying, feedin,",
        "  weather-ways:",
        'how "weather-ways": unknown fact "feedin" (did you mean "feeding"?)',
    ),
    "a way without a mechanism": (
        "of: [staying, feeding,",
        "of: [staying, dark-legs.chiff,",
        "  weather-ways:",
        'how "weather-ways": "dark-legs.chiff" has no mechanism ({folder}/a.yaml:48): give it one, with cause and effect',
    ),
    "two ways with one effect": (
        "effect: feeding low down",
        "effect: Departure",
        "  weather-ways:",
        'how "weather-ways": "leaving" and "feeding" both say "departure": a reply must belong to one of them',
    ),
    "two ways only": (
        "of: [staying, feeding, leaving]",
        "of: [staying, feeding]",
        "of: [staying, feeding]",
        'how "weather-ways": "of" must hold at least 3 items, not 2',
    ),
    "a question about ways without its cause": (
        "What does {cause} lead to?",
        "What does it lead to?",
        "ask: [",
        'how "weather-ways": "ask" must use {cause}',
    ),
    "a figure asked for without a question": (
        "ask: How long is a night when they leave?",
        "ask: How long is a night when they leave",
        "number: {value: 10",
        'fact "leaving": "number": "ask" must be a question, ending in a question mark',
    ),
    "a figure shown by its question": (
        "ask: How long is a night when they leave?",
        "ask: Is a night 10 hours long when they leave?",
        "number: {value: 10",
        'fact "leaving": "number" asks for "10" and shows it: take the figure out of "ask"',
    ),
    "a tolerance that is no number": (
        "within: 0.5",
        "within: a bit",
        "number: {value: 10",
        'fact "leaving": "number": "within" must be a plain number, like 5 or 0.5, not "a bit"',
    ),
    "a feature listed under both": (
        "only: {chiff: [tail-dip], willow: [pale-legs]}",
        "only: {chiff: [legs], willow: [legs]}",
        "  guide-table:",
        'side-by-side "guide-table": "legs" is listed under both subjects: take it out',
    ),
    "present and absent at once": (
        "    absent:\n      willow:",
        "    absent:\n      chiff:",
        "      chiff: {says: The willow warbler does",
        'feature "song": "chiff" is both present ({folder}/a.yaml:66) and absent: keep one; '
        "where sources disagree, only disputed",
    ),
    "present and disputed at once": (
        "    disputed:\n      willow:",
        "    disputed:\n      chiff:",
        "      chiff:\n        says: The chiffchaff dips",
        'feature "tail-dip": "chiff" is both disputed ({folder}/a.yaml:75) and present: keep one; '
        "where sources disagree, only disputed",
    ),
    "every and not always at once": (
        "hedge: not in autumn",
        "strength: every",
        "      chiff: {says: Not every",
        'fact "song.chiff.not-always": not-always contradicts strength every ({folder}/a.yaml:66): mend one of them',
    ),
    "a subject broader than itself": (
        "noun: leg colour",
        "noun: leg colour\n    broader: [legs]",
        "  legs:",
        'feature "legs": broader runs in a circle (legs → legs): take one out',
    ),
    "features broader than each other": (
        "noun: leg colour",
        "noun: leg colour\n    broader: [dark-legs]",
        "  legs:",
        'feature "legs": broader runs in a circle (legs → dark-legs → legs): take one out',
    ),
    "kinds of each other": (
        "also: [Phylloscopus trochilus]",
        "kind_of: northern",
        "  willow: {group",
        'subject "willow": kind_of and manifestation_of run in a circle (willow → northern → willow): take one out',
    ),
    "a kind that is a manifestation of itself": (
        "also: [Phylloscopus trochilus]",
        "kind_of: moult",
        "  willow: {group",
        'subject "willow": kind_of and manifestation_of run in a circle (willow → moult → willow): take one out',
    ),
    "an old id in use": (
        "was: [chif]",
        "was: [moult]",
        "  chiff: {group",
        'subject "chiff": was lists "moult", which is in use ({folder}/a.yaml:21): an old id is never used again',
    ),
    "an old id of a fact in use": (
        "was: [song.chif.not-always]",
        "was: [arrival]",
        "      chiff: {says: Not every",
        'fact "song.chiff.not-always": was lists "arrival", which is in use ({folder}/a.yaml:115): '
        "an old id is never used again",
    ),
    "an old id taken over twice": (
        "aspect: mark\n    noun: pale legs",
        "aspect: mark\n    was: [black-legs]\n    noun: pale legs",
        "  pale-legs:",
        'feature "pale-legs": was lists "black-legs", which "dark-legs" has taken over already: leave it to one',
    ),
    "a fact's id used in two sections": (
        "  arrival:",
        "  leg-set:",
        "  leg-set:\n    says: Up to",
        'fact "leg-set": the fact "leg-set" stands a second time (first at {folder}/a.yaml:94): give it another id',
    ),
    "a near set of one": (
        "noun: a dipping tail",
        "noun: a dipping tail\n    near: leg-colour",
        "  tail-dip:",
        'feature "tail-dip": no other feature has near "leg-colour" (did you mean "leg-colours"?)',
    ),
    "a near set like no other": (
        "noun: a dipping tail",
        "noun: a dipping tail\n    near: tails",
        "  tail-dip:",
        'feature "tail-dip": no other feature has near "tails" (give it to a second feature, or take it out)',
    ),
    "a name of two subjects": (
        "also: [Phylloscopus trochilus]",
        "also: [CHIFF-CHAFF, Chiffchaff]",
        "  chiff: {group",
        'subject "chiff": the name "chiffchaff" is that of "willow" as well '
        "({folder}/a.yaml:18): a reply must mean one",
    ),
    "terms that join two subjects": (
        "[chiffchaff, CC]",
        "[chiffchaff, willow warbler]",
        "[chiffchaff, will",
        'terms: one line joins the subjects "chiff", "willow": give each its own line',
    ),
    "a term in two lines": (
        "[chiffchaff, CC]",
        "[chiffchaff, CC]\n  - [cc, carbon copy]",
        "[cc, carbon",
        'terms: "cc" stands in two lines (first at {folder}/a.yaml:145): a line is one thing',
    ),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flaw_is_one_problem_at_its_line(flaw: str, tmp_path: Path) -> None:
    """Each flaw alone, in a deck that is clean without it, gives one problem with its place and a remedy."""
    old, new, at, message = FLAWS[flaw]
    text = edited(old, new)
    found = problems_of(tmp_path, a=text)
    assert found == [f"a.yaml:{line_of(text, at)}: {message.replace('{folder}', str(tmp_path))}"]


# Edits that look like flaws and are none.
CLEAN = {
    "the sample itself": ("terms:", "terms:"),
    "a yes_no that says no": ("umbrella: yes", "umbrella: no"),
    "a statement that ends within quotation marks": (
        "The chiffchaff has dark legs.\n",
        "The guide says “dark legs.”\n",
    ),
    "a statement that asks": ("says: Not every chiffchaff sings.", "says: Who sings?"),
    "a closure that is dated against what is present": (
        "excludes: [song]",
        "excludes: [pale-legs]\n    dated: {says: No more., cite: atlas Song}",
    ),
    "a closure against what is stated as absent": ("excludes: [song]", "excludes: [song, dark-legs]"),
    "a not-always beside a strength below every": ("hedge: not in autumn", "strength: often"),
    "a name twice for one subject": ("name: chiffchaff, short", "name: chiffchaff, also: [Chiffchaff], short"),
    "a given source that says what was read": ("tier: given,", "tier: given, read: all, address: here,"),
    "a section without entries": ("terms:\n  - [chiffchaff, CC]", "terms: []"),
    "an empty list": ("also: [blackish legs]", "also: []"),
    "one empty column of two": ("willow: [pale-legs]}", "willow: []}"),
    "a figure that is a range": ("value: 30", "value: 20–30"),
    "an old id of another kind": ("was: [chif]", "was: [song]"),
}


@pytest.mark.parametrize("case", CLEAN)
def test_what_is_allowed_is_no_problem(case: str, tmp_path: Path) -> None:
    """Edits near a check, but on the right side of it, pass."""
    assert problems_of(tmp_path, a=edited(*CLEAN[case])) == []


def test_all_problems_come_in_one_go_sorted_by_place(tmp_path: Path) -> None:
    """Problems of several files and of all sorts come together, in the order of files and lines."""
    flawed = (
        edited("umbrella: yes", "umbrella: oui")
        .replace("weight: core", "weight: heavy")
        .replace("chiff: [tail", "chif: [tail")
    )
    places = [problem.split(" ")[0] for problem in problems_of(tmp_path, b=flawed, a="trems: []\n")]
    lines = [line_of(flawed, part) for part in ("umbrella: oui", "weight: heavy", "only: {chif:")]
    assert places == ["a.yaml:1:", *(f"b.yaml:{line}:" for line in lines)]


def test_sections_may_be_spread_over_files(tmp_path: Path) -> None:
    """The same deck cut into files at its sections is the same deck but for the places."""
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    whole.mkdir()
    parts.mkdir()
    assert problems_of(whole, a=DECK) == []
    cut = DECK.index("closures:")
    assert problems_of(parts, **{"1-nouns": DECK[:cut], "2-facts": DECK[cut:]}) == []
    one, two = load(whole)[0], load(parts)[0]
    assert one and two
    assert list(one.facts) == list(two.facts)
    assert [fact.form for fact in one.facts.values()] == [fact.form for fact in two.facts.values()]
    assert list(one.subjects) == list(two.subjects)


@pytest.mark.parametrize(
    ("section", "message"),
    [
        (
            "groups:\n  races: {noun: r, plural: rs}",
            'group "races": the id stands a second time (first at {}:15): give it another',
        ),
        (
            "facts:\n  arrival: {says: Again., cite: atlas Again}",
            'fact "arrival": the fact "arrival" stands a second time (first at {}:115): give it another id',
        ),
    ],
)
def test_an_id_stands_once_over_all_files(section: str, message: str, tmp_path: Path) -> None:
    """An id that comes again in another file is a problem there, and names the first place."""
    assert problems_of(tmp_path, a=DECK, b=section) == [f"b.yaml:2: {message.format(tmp_path / 'a.yaml')}"]


def test_the_deck_section_stands_once(tmp_path: Path) -> None:
    """A second deck section is a problem that names the first."""
    found = problems_of(tmp_path, a=DECK, b="deck: {id: other}")
    assert found == [f'b.yaml:1: section "deck" stands a second time (first at {tmp_path}/a.yaml:1)']


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "groups: {}\n"])
def test_a_deck_section_is_needed(text: str, tmp_path: Path) -> None:
    """A folder in which no file says which deck it is has one problem."""
    assert problems_of(tmp_path, a=text) == ['a.yaml:1: section "deck" is missing: add it to one of the files']


def test_a_file_that_is_no_mapping_is_a_problem(tmp_path: Path) -> None:
    """A list where sections are expected is said to be one."""
    found = problems_of(tmp_path, a=DECK, b="- one\n- two\n")
    assert found == ['b.yaml:1: a deck file must be a mapping ("key: value"), not a list']


def test_broken_yaml_hides_no_other_problem_and_makes_none(tmp_path: Path) -> None:
    """While one file cannot be read, ids that may stand in it are not called unknown; real flaws still are told."""
    cut = DECK.index("subjects:")
    broken, rest = DECK[:cut] + "oops: [", DECK[cut:].replace("umbrella: yes", "umbrella: oui")
    found = problems_of(tmp_path, a=broken, b=rest)
    assert [problem.split(": ")[0] for problem in found] == [
        f"a.yaml:{line_of(broken, 'oops')}",
        f"b.yaml:{line_of(rest, 'umbrella')}",
    ]


def test_a_clean_deck_becomes_nouns(tmp_path: Path) -> None:
    """Every section of the sample turns into what it says, with its defaults."""
    (tmp_path / "a.yaml").write_text(DECK, encoding="utf-8")
    deck, problems = load(tmp_path)
    assert problems == () and deck is not None
    assert (deck.id, deck.version, deck.about, deck.path) == ("birds", "0.1.0", "Birds that look alike.", str(tmp_path))
    assert deck.sources["atlas"].tier is Tier.REFERENCE and deck.sources["field-guide"].date == "2009-02-12"
    assert deck.groups["races"].noun == "race"
    northern = deck.subjects["northern"]
    assert (northern.kind_of, northern.manifestation_of, northern.also) == ("willow", None, ())
    assert deck.aspects["mark"].sort == ("{Feature}: {a}, {b} or both?",)
    dark = deck.features["dark-legs"]
    assert (dark.plural, dark.umbrella, dark.near, dark.broader) == (True, False, "leg-colours", ("legs",))
    assert (dark.also, dark.was, dark.patient) == (("blackish legs",), ("black-legs",), "its legs are dark")
    assert deck.terms == (("chiffchaff", "CC"),)


def test_every_entry_becomes_a_fact_of_its_form(tmp_path: Path) -> None:
    """Facts stand in the order written, each with the form of its section."""
    (tmp_path / "a.yaml").write_text(DECK, encoding="utf-8")
    deck, _ = load(tmp_path)
    assert deck is not None
    tail = (Citation("field-guide", "Tail", "1"),), (Citation("atlas", "Tail", "1"),)
    readings = Reading("It dips its tail.", tail[0]), Reading("It does not dip its tail.", tail[1])
    assert {id: fact.form for id, fact in deck.facts.items()} == {
        "dark-legs.chiff": States(Claim("chiff", "dark-legs", True)),
        "pale-legs.willow": States(Claim("willow", "pale-legs", True)),
        "song.chiff": States(Claim("chiff", "song", True)),
        "song.willow": States(Claim("willow", "song", False)),
        "song.chiff.not-always": DeniesUniversal("chiff", "song"),
        "tail-dip.willow": Disputes("willow", "tail-dip", readings),
        "tail-dip.chiff": States(Claim("chiff", "tail-dip", True)),
        "willow-plain": Closes("willow", ("song",)),
        "leg-set": Parts((("chiff", "dark-legs"), ("willow", "pale-legs"))),
        "dips-more": Likelier("tail-dip", "chiff", "willow"),
        "guide-table": SideBySide("the table of the guide", (("chiff", ("tail-dip",)), ("willow", ("pale-legs",)))),
        "arrival": Tells(
            about=("chiff", "willow"),
            figure=Figure(value="30", unit="%", bound=Bound.UP_TO),
            relation=("chiff", "willow"),
            mechanism=("mild winters", "early arrival"),
        ),
        "feeding": Tells(mechanism=("rain", "feeding low down")),
        "leaving": Tells(
            figure=Figure("10", "hours", Bound.ABOUT, "How long is a night when they leave?", "0.5"),
            mechanism=("longer nights", "departure"),
        ),
        "staying": Tells(mechanism=("a mild winter", "staying")),
        "weather-ways": Ways(("What does {cause} lead to?",), ("staying", "feeding", "leaving")),
    }
    places = [fact.place.line for fact in deck.facts.values()]
    assert places == sorted(places)


def test_facts_carry_what_was_written_beside_them(tmp_path: Path) -> None:
    """Strength, hedge, weight, cloze, replies, citations, dated reading and old ids stay; absence is of every case."""
    (tmp_path / "a.yaml").write_text(DECK, encoding="utf-8")
    deck, _ = load(tmp_path)
    assert deck is not None
    dark, song, silence = (deck.facts[id] for id in ("dark-legs.chiff", "song.chiff", "song.willow"))
    assert (dark.strength, dark.weight, dark.accepts) == (Strength.EVERY, Weight.CORE, ("blackish",))
    assert dark.cloze == "The chiffchaff has {dark} legs."
    assert (song.strength, song.weight, song.hedge) == (Strength.CAN, Weight.DETAIL, "not in autumn")
    assert song.cites == (Citation("field-guide", "Song", ""),)
    assert silence.strength is Strength.EVERY
    assert deck.facts["pale-legs.willow"].cites[1] == Citation("atlas", "Table", "row 1")
    assert deck.facts["tail-dip.willow"].cites == (Citation("field-guide", "Tail", "1"), Citation("atlas", "Tail", "1"))
    assert deck.facts["tail-dip.chiff"].dated == Reading(
        "Today few would rely on it.", (Citation("atlas", "Tail", "2"),)
    )
    assert deck.facts["song.chiff.not-always"].was == ("song.chif.not-always",)


def test_a_text_over_several_lines_is_one_line(tmp_path: Path) -> None:
    """Line ends within a text become spaces; a no-break space stays."""
    text = edited(
        "says: The chiffchaff has dark legs.", "says: >\n          The chiffchaff\n          has\u00a0dark legs.\n"
    )
    assert problems_of(tmp_path, a=text) == []
    deck, _ = load(tmp_path)
    assert deck and deck.facts["dark-legs.chiff"].text == "The chiffchaff has\u00a0dark legs."


def test_only_files_with_the_right_ending_are_read(tmp_path: Path) -> None:
    """A .yml file is a problem, since it would be overlooked; hidden files and other files are none."""
    (tmp_path / "b.yml").write_text("groups: {}", encoding="utf-8")
    (tmp_path / ".c.yaml").write_text("x: [", encoding="utf-8")
    (tmp_path / "README.md").write_text("x: [", encoding="utf-8")
    assert problems_of(tmp_path, a=DECK) == ['b.yml:1: only files named *.yaml are read: rename it to "b.yaml"']


def test_a_folder_named_like_a_file_is_a_problem(tmp_path: Path) -> None:
    """What bears the name of a deck file and cannot be read is one problem."""
    (tmp_path / "b.yaml").mkdir()
    (tmp_path / "c.yaml").symlink_to(tmp_path / "nowhere")
    assert problems_of(tmp_path, a=DECK) == [
        "b.yaml:1: this is not a readable file: take it out of the deck's folder",
        "c.yaml:1: this is not a readable file: take it out of the deck's folder",
    ]


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without the right to read it is one problem (rights do not stop an administrator, so they are played)."""

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.yaml").write_text(DECK, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    deck, problems = load(tmp_path)
    assert deck is None
    assert [problem.message for problem in problems] == [
        "the file cannot be read (Permission denied): check its rights"
    ]


def test_a_path_that_cannot_be_a_deck_is_a_deck_error(tmp_path: Path) -> None:
    """A missing folder, a file and a folder without YAML each raise one clear line."""
    (tmp_path / "file.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for name, reason in (
        ("nowhere", "there is no such folder; check the path"),
        ("file.yaml", "a deck is a folder, and this is a file; give the folder it is in"),
        ("empty", "there are no *.yaml files in this folder; give the folder of a deck"),
    ):
        with pytest.raises(DeckError) as caught:
            load(tmp_path / name)
        assert str(caught.value) == f"{tmp_path}/{name}: {reason}"
    for odd in ("x" * 5000, "a\0b"):
        with pytest.raises(DeckError, match="cannot be read"):
            load(tmp_path / odd)


def test_places_are_relative_to_the_current_folder_where_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the current folder a path is short; elsewhere it stays as given, and control characters never show."""
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "decks" / "a.yaml") == "decks/a.yaml"
    assert shown(Path("decks/a.yaml")) == "decks/a.yaml"
    assert shown(Path("/elsewhere/a.yaml")) == "/elsewhere/a.yaml"
    assert shown(Path("../a.yaml")) == "../a.yaml"
    assert shown(Path("a\x1b[2J.yaml")) == "a\ufffd[2J.yaml"


def test_importing_the_loader_is_cheap() -> None:
    """Neither yaml nor difflib is imported before a deck is read."""
    code = "import quiz.loader, sys; print(sorted({'yaml', 'difflib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_key_with_a_line_end_or_without_end_makes_no_long_message(tmp_path: Path) -> None:
    """What a message quotes cannot break its line, nor flood the screen."""
    found = problems_of(tmp_path, a=DECK, b='"a\\nb": c\nfacts: {"d\\ne": {}}\n' + "x" * 900 + ": {}\n")
    assert found[0] == f'b.yaml:1: unknown section "a b" (allowed: {", ".join(SECTIONS)})'
    assert all("\n" not in problem and len(problem) < 500 for problem in found)
    assert len(found) == 5


def test_a_long_chain_of_kinds_is_no_trouble(tmp_path: Path) -> None:
    """Depth of kinds costs no recursion."""
    kinds = "".join(f"  k{i}: {{group: races, name: kind {i}, short: k {i}, kind_of: k{i + 1}}}\n" for i in range(3000))
    more = f"subjects:\n{kinds}  k3000: {{group: races, name: last, short: last}}\n"
    assert problems_of(tmp_path, a=DECK, b=more) == []


WORDS = sorted(
    {word.strip(' -[]{}",') for line in DECK.splitlines() for word in line.replace(":", " ").split()}
    | {"", "{", "yes", "¶"}
)


def quoted(tree: object) -> str:
    """A tree in YAML's braces and brackets, every text quoted."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(quoted, tree)) + "]"
    return "'" + str(tree).replace("'", "''") + "'"


words = st.sampled_from(WORDS)
trees = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4), max_leaves=15
)
anything_goes = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@anything_goes
@given(extra=st.dictionaries(st.sampled_from(SECTIONS), st.dictionaries(words, trees, max_size=3) | trees))
def test_no_structure_brings_the_loader_down(extra: dict[str, object], tmp_path: Path) -> None:
    """Whatever stands in the sections beside a clean deck gives problems or a deck, in one line each."""
    found = problems_of(tmp_path, a=DECK, b=quoted(extra))
    assert all("\n" not in problem and problem.startswith(("a.yaml:", "b.yaml:")) for problem in found)


@anything_goes
@given(start=st.integers(0, len(DECK)), length=st.integers(0, 200), text=st.text(max_size=20))
def test_no_damage_to_a_deck_brings_the_loader_down(start: int, length: int, text: str, tmp_path: Path) -> None:
    """A clean deck with any part overwritten by any text gives problems or a deck."""
    (tmp_path / "a.yaml").write_bytes((DECK[:start] + text + DECK[start + length :]).encode("utf-8", "surrogatepass"))
    deck, problems = load(tmp_path)
    assert (deck is None) == bool(problems)


@anything_goes
@given(data=st.binary(max_size=200))
def test_no_bytes_bring_the_loader_down(data: bytes, tmp_path: Path) -> None:
    """Any bytes beside a clean deck give problems or a deck."""
    (tmp_path / "a.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes(data)
    deck, problems = load(tmp_path)
    assert (deck is None) == bool(problems)
