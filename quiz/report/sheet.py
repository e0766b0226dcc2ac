"""A study sheet: two subjects side by side, every line with its reason and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quiz.citation import NOT_STATED, spot
from quiz.deck import Citation, Likelier, Source, Strength, Subject
from quiz.questions.material import Material
from quiz.reasoning import upper_first
from quiz.report.page import page, text
from quiz.verdict import Comparison

_SILENT = "No source of this deck"
"""How the note on a claim begins where no source speaks of it; said once on the page, not with each finding."""

_OFTENER = "More often in one"
"""The heading over the comparisons, to which findings known of one alone refer."""


def study_sheet(material: Material, a: Subject, b: Subject) -> str:
    """What only ``a`` has, both, only ``b``, what is likelier in one, and what is known of one alone, as one page."""
    return page(upper_first(f"{a.name} and {b.name}"), _Sheet(material, a, b).body())


class _Sheet:
    """One sheet in the making: sources are numbered in the order in which they are first cited."""

    def __init__(self, material: Material, a: Subject, b: Subject) -> None:
        self._material, self._a, self._b = material, a, b
        self._numbers: dict[str, int] = {}
        self._likelihoods = material.likelihoods(a.id, b.id)
        self._compared = {fact.form.feature for fact in self._likelihoods if isinstance(fact.form, Likelier)}

    def body(self) -> Iterator[str]:
        deck = self._material.deck
        kept = self._a.short, self._b.short
        titles = f"Only {kept[0]}", "Both", f"Only {kept[1]}", f"Only known of {kept[0]}", f"Only known of {kept[1]}"
        parts = {aspect.plural: self._of(aspect.id) for aspect in deck.aspects.values()}
        yield from self._at_a_glance(titles[:3], parts)
        if self._likelihoods:
            yield f"<section><h2>{_OFTENER}</h2>"
            yield from _list(f"<li>{text(fact.text)}{self._cited(fact.cites)}</li>" for fact in self._likelihoods)
            yield "</section>"
        for plural, known in parts.items():
            if any(known):
                yield f"<section><h2>{text(upper_first(plural))}</h2>"
                items: list[Iterable[str]] = [map(self._item, features) for features in known[:3]]
                items.append(self._half(self._a, self._b, feature) for feature in known.half_a)
                items.append(self._half(self._b, self._a, feature) for feature in known.half_b)
                for title, features, lines in zip(titles, known, items, strict=True):
                    if features:
                        yield f"<h3>{text(title)}</h3>"
                        yield from _list(lines)
                yield "</section>"
        yield '<section><h2>Sources</h2><ol class="sources">'
        yield from (f"<li>{_spelled(deck.sources[source])}</li>" for source in self._numbers)
        yield "</ol></section>"
        yield f'<p class="dim">{text(deck.title)} {text(deck.version)}. {text(deck.notice)}</p>'

    def _of(self, aspect: str) -> Comparison:
        """What is known of an aspect, without umbrella features."""
        features = self._material.deck.features
        whole = self._material.knowledge.compare(self._a.id, self._b.id)
        return Comparison(
            *(tuple(f for f in part if features[f].aspect == aspect and not features[f].umbrella) for part in whole)
        )

    def _at_a_glance(self, titles: Sequence[str], parts: Mapping[str, Comparison]) -> Iterator[str]:
        """What only one has and what both have, in names alone: the part of the sheet to learn."""
        yield '<section><h2>At a glance</h2><div class="sides">'
        for place, title in enumerate(titles):
            yield f"<div><h3>{text(title)}</h3>"
            for plural, known in parts.items():
                if known[place]:
                    names = "\u00a0· ".join(self._named(feature) for feature in known[place])
                    yield f'<p><span class="dim">{text(upper_first(plural))}</span><br>{names}</p>'
            if not any(known[place] for known in parts.values()):
                yield '<p class="dim">Nothing known.</p>'
            yield "</div>"
        yield '</div><p class="dim">Reasons and sources follow, with what is known of one alone. '
        yield "Not known is not no: where no source says that something is missing, it may well occur.</p></section>"

    def _item(self, feature: str) -> str:
        """A finding of which both verdicts are known, with the reasons for both."""
        grounds = [self._material.held(subject.id, feature) for subject in (self._a, self._b)]
        reasons = " ".join(dict.fromkeys(ground.text for ground in grounds))
        cites = self._material.cites(fact for ground in grounds for fact in ground.ids)
        return f"<li><strong>{self._named(feature)}</strong>{_why(reasons)}{self._cited(cites)}</li>"

    def _half(self, has: Subject, other: Subject, feature: str) -> str:
        """A finding that one has, and of which it is not known whether the other does."""
        ground = self._material.held(has.id, feature)
        note = self._material.knowledge.judge(other.id, feature).note.partition(_SILENT)[0].strip()
        compared = f"On {other.short}, see “{_OFTENER}”." if feature in self._compared else ""
        reasons = _why(" ".join(filter(None, (ground.text, note, compared))))
        return (
            f"<li><strong>{self._named(feature)}</strong>{reasons}{self._cited(self._material.cites(ground.ids))}</li>"
        )

    def _named(self, feature: str) -> str:
        rare = [each.short for each in (self._a, self._b) if self._is_rare(each.id, feature)]
        aside = f" (rarely in {' and in '.join(rare)})" if rare else ""
        return text(self._material.deck.features[feature].noun + aside)

    def _is_rare(self, subject: str, feature: str) -> bool:
        ground = self._material.knowledge.held(subject, feature)
        return ground is not None and ground.strength is Strength.RARELY

    def _cited(self, cites: Iterable[Citation]) -> str:
        spots: dict[int, list[str]] = {}
        for cite in cites:
            spots.setdefault(self._numbers.setdefault(cite.source, len(self._numbers) + 1), []).append(spot(cite))
        parts = (f"[{number}] {', '.join(filter(None, dict.fromkeys(found)))}" for number, found in spots.items())
        return f'<span class="cite">{text("; ".join(parts))}</span>'


def _why(reason: str) -> str:
    return f'<span class="why">{text(reason)}</span>'


def _list(items: Iterable[str]) -> Iterator[str]:
    yield '<ul class="found">'
    yield from items
    yield "</ul>"


def _spelled(source: Source) -> str:
    """Title, publisher, date and address, as far as they are known."""
    known = [each for each in (source.title, source.publisher, source.date) if each.casefold() != NOT_STATED]
    address = f'<br><span class="dim">{text(source.address)}</span>' if source.address else ""
    parts = [each if each.endswith(("?", "!")) else f"{each}." for each in dict.fromkeys(filter(None, known))]
    return f"{text(' '.join(parts).removesuffix('.'))}{address}"
