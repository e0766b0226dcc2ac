"""Two subjects that were taken for each other, side by side: what only one has, what both have, what was missed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from quiz.questions.material import Material
from quiz.reasoning import upper_first
from quiz.terminal.style import flow, pad, safe, width, wrap
from quiz.terminal.text import Page

MOST, MOST_STACKED = 5, 3
"""Features in a group at most, so that they are read at a glance and leave the question on the screen."""

WIDE = 100
"""From so many columns on, the groups stand beside each other."""

MISSED = "←\N{NO-BREAK SPACE}this\N{NO-BREAK SPACE}one"
"""Kept together where lines are broken; shown with ordinary spaces."""

_GAP = "   "


class Group(NamedTuple):
    """Features, by id, with what they are: "only lupus", for example."""

    label: str
    features: tuple[str, ...]


def groups(
    material: Material, a: str, b: str, missed: str, beside: Sequence[str] = (), most: int = MOST
) -> tuple[Group, ...]:
    """What is known of the two and may be asked: only of the one, of both, only of the other; up to ``most`` each.

    First the one missed, then those ``beside`` it in the question, then others of its aspect, then core before detail;
    of features that are much alike but one, unless they are among the first.
    Further groups tell what is only found more often in one of the two, where it is one of these.
    """
    features, (short_a, short_b) = material.deck.features, _names(material, a, b)
    first = tuple(dict.fromkeys(each for each in (missed, *beside) if each in features))
    splits = [material.split(a, b, each) for each in material.deck.aspects]

    def chosen(label: str, holder: str, known: Sequence[str]) -> Group:
        def rank(feature: str) -> tuple[object, ...]:
            place = first.index(feature) if feature in first else len(first)
            other = not first or features[feature].aspect != features[first[0]].aspect
            return place, other, material.weight_rank(holder, feature)

        kept: list[str] = []
        for feature in sorted(known, key=rank):
            if len(kept) == most:
                break
            if feature in first or not any(material.clash(feature, each) for each in kept):
                kept.append(feature)
        return Group(label, tuple(kept))

    def oftener(short: str, more: str, less: str) -> Group:
        return Group(f"more often {short}", tuple(f for f in first if material.knowledge.likelier(f, more, less)))

    return (
        chosen(f"only {short_a}", a, [f for split in splits for f in split.only_a]),
        chosen("both", a, [f for split in splits for f in split.both]),
        chosen(f"only {short_b}", b, [f for split in splits for f in split.only_b]),
        *(each for each in (oftener(short_a, a, b), oftener(short_b, b, a)) if each.features),
    )


def lines(material: Material, a: str, b: str, missed: str, page: Page, beside: Sequence[str] = ()) -> list[str]:
    """The two side by side: in three columns on a wide screen, else a group a row. Empty where nothing is known."""
    wide, missed = page.columns >= WIDE, _missed(material, missed, beside)
    found = groups(material, a, b, missed, beside, MOST if wide else MOST_STACKED)
    if not any(each.features for each in found):
        return []
    heads = [upper_first(name) for name in _names(material, a, b)]
    if wide:
        shown = _columns(material, found[:3], (heads[0], "both", heads[1]), missed, page)
        shown += _rows(material, found[3:], missed, page)
    else:
        title = wrap(f"{heads[0]} | both | {heads[1]}", page.measure, indent=" ", hanging=" ")
        shown = [*map(page.style.title, title), *_rows(material, found, missed, page)]
    return [line.replace(MISSED, MISSED.replace("\N{NO-BREAK SPACE}", " ")) for line in shown]


def sentences(material: Material, a: str, b: str, missed: str, beside: Sequence[str] = ()) -> list[str]:
    """The two side by side in plain sentences, to be read aloud."""
    missed = _missed(material, missed, beside)
    found = [each for each in groups(material, a, b, missed, beside) if each.features]
    nouns = material.deck.features
    said = [f"{upper_first(label)}: {'; '.join(safe(nouns[f].noun) for f in features)}." for label, features in found]
    if any(missed in features for _, features in found):
        said.append(f"The one just missed: {safe(nouns[missed].noun)}.")
    return said


def _missed(material: Material, missed: str, beside: Sequence[str]) -> str:
    """The feature to be marked: the one missed, or the one asked about where the response named none."""
    return next((each for each in (missed, *beside) if each in material.deck.features), missed)


def _names(material: Material, a: str, b: str) -> tuple[str, str]:
    return safe(material.deck.subjects[a].short), safe(material.deck.subjects[b].short)


def _nouns(material: Material, group: Group, missed: str) -> tuple[list[str], list[str]]:
    """The noun of the feature missed, marked in words, if it is in the group; and those of the others."""
    nouns = {feature: safe(material.deck.features[feature].noun) for feature in group.features}
    return [f"{nouns.pop(missed)} {MISSED}"] if missed in nouns else [], list(nouns.values())


def _rows(material: Material, found: Sequence[Group], missed: str, page: Page) -> list[str]:
    """A group a row, behind its label, or below it where the screen is narrow; the one missed has lines of its own."""
    rows: list[str] = []
    for group in found:
        if not group.features:
            continue
        label, blank = upper_first(group.label), " " * 5
        head = f"   {label}   "
        if width(head) > page.measure // 2:
            rows += [page.style.strong(line) for line in wrap(label, page.measure, "   ", "   ")]
            head = blank
        marked, others = _nouns(material, group, missed)
        own = flow(marked, page.measure, head, blank)
        first, *rest = [*own, *flow(others, page.measure, blank if own else head, blank)]
        rows.append(head.replace(label, page.style.strong(label)) + _warned(first[len(head) :], page, bool(own)))
        rows += [_warned(line, page, i < len(own)) for i, line in enumerate(rest, start=1)]
    return rows


def _warned(line: str, page: Page, wanted: bool) -> str:
    return page.style.warn(line) if wanted else line


def _columns(material: Material, found: Sequence[Group], heads: Sequence[str], missed: str, page: Page) -> list[str]:
    """The groups beside each other, each under its head."""
    side = (page.measure - 1 - 2 * len(_GAP)) // 3
    cells: list[list[str]] = []
    for group, head in zip(found, heads, strict=True):
        marked, others = _nouns(material, group, missed)
        cell = [page.style.title(pad(line, side)) for line in wrap(head, side)]
        cell += [page.style.warn(pad(line, side)) for noun in marked for line in wrap(noun, side, hanging="  ")]
        cells.append([*cell, *(pad(line, side) for noun in others for line in wrap(noun, side, hanging="  "))])
    return [f" {_GAP.join(row)}".rstrip() for row in zip_longest(*cells, fillvalue=" " * side)]
