"""Two subjects side by side, as lines of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quiz.citation import spelled
from quiz.deck import Likelier, Strength, Subject
from quiz.questions.material import Material
from quiz.reasoning import upper_first
from quiz.terminal.style import pad, safe, wrap
from quiz.verdict import Comparison

LABEL = 12
WIDEST = 110
NARROWEST = 16
"""Columns of one side, at least; where there are fewer, what only one has stands one below the other."""


def comparison(material: Material, a: Subject, b: Subject, columns: int, *, cite: bool) -> Iterator[str]:
    """What only ``a`` has, both, only ``b``, and what is known of one alone, by aspect, in ``columns`` columns."""
    deck, known = material.deck, material.knowledge.compare(a.id, b.id)
    columns = min(columns - 1, WIDEST)
    if _side(columns) >= NARROWEST:
        yield from _row("", [safe(a.name)], [safe(b.name)], _side(columns))
    else:
        yield from wrap(f"{safe(a.name)} and {safe(b.name)}", columns)
    for aspect in deck.aspects.values():
        own = Comparison(
            *(
                tuple(f for f in features if deck.features[f].aspect == aspect.id and not deck.features[f].umbrella)
                for features in (known.only_a, known.both, known.only_b, known.half_a, known.half_b)
            )
        )
        if any((own.only_a, own.both, own.only_b, own.half_a, own.half_b)):
            yield ""
            yield from wrap(upper_first(safe(aspect.plural)), columns)
            yield from _aspect(material, a, b, own, columns, cite=cite)
    yield from _likelier(material, a, b, columns)


def _side(columns: int) -> int:
    return (columns - LABEL - 2) // 2


def _aspect(material: Material, a: Subject, b: Subject, own: Comparison, columns: int, *, cite: bool) -> Iterator[str]:
    short_a, short_b = safe(a.short), safe(b.short)
    if own.only_a or own.only_b:
        left, right = (
            _items(material, (s,), features, cite=cite) for s, features in ((a, own.only_a), (b, own.only_b))
        )
        if _side(columns) >= NARROWEST:
            yield from _row("only one", left, right, _side(columns))
        else:
            yield from _listed(f"only {short_a}", left, columns)
            yield from _listed(f"only {short_b}", right, columns)
    if own.both:
        yield from _wide("both", _items(material, (a, b), own.both, cite=cite), columns)
    unknown = [f"{text} ({short_a} yes, {short_b} unknown)" for text in _items(material, (a,), own.half_a, cite=cite)]
    unknown += [f"{text} ({short_b} yes, {short_a} unknown)" for text in _items(material, (b,), own.half_b, cite=cite)]
    if unknown:
        yield from _wide("not known", unknown, columns)


def _items(material: Material, subjects: Sequence[Subject], features: Sequence[str], *, cite: bool) -> list[str]:
    texts = []
    for feature in features:
        text = safe(material.deck.features[feature].noun)
        rare = [safe(each.short) for each in subjects if material.held(each.id, feature).strength is Strength.RARELY]
        if rare:
            text += f" (rarely in {' and in '.join(rare)})"
        if cite:
            facts = [fact for subject in subjects for fact in material.held(subject.id, feature).ids]
            text += f" [{safe(spelled(material.deck, material.cites(facts)))}]"
        texts.append(text)
    return texts


def _row(label: str, left: Sequence[str], right: Sequence[str], side: int) -> Iterator[str]:
    lefts = [line for text in left for line in wrap(text, side, hanging="  ")]
    rights = [line for text in right for line in wrap(text, side, hanging="  ")]
    for i in range(max(len(lefts), len(rights), 1)):
        first = lefts[i] if i < len(lefts) else ""
        second = rights[i] if i < len(rights) else ""
        yield f"{pad(f'  {label}' if i == 0 else '', LABEL)}{pad(first, side)}  {second}".rstrip()


def _listed(label: str, texts: Sequence[str], columns: int) -> Iterator[str]:
    if texts:
        yield from wrap(label, columns, indent="  ", hanging="  ")
    for text in texts:
        yield from wrap(text, columns, indent="    ", hanging="      ")


def _wide(label: str, texts: Sequence[str], columns: int) -> Iterator[str]:
    head = pad(f"  {label}", LABEL)
    for i, text in enumerate(texts):
        yield from wrap(text, columns, indent=head if i == 0 else " " * LABEL, hanging=" " * (LABEL + 2))


def _likelier(material: Material, a: Subject, b: Subject, columns: int) -> Iterator[str]:
    facts = [
        fact
        for fact in material.deck.facts.values()
        if isinstance(fact.form, Likelier) and {fact.form.more, fact.form.less} == {a.id, b.id}
    ]
    if facts:
        yield ""
        yield "More often in one"
        yield from _wide("", [safe(fact.text) for fact in facts], columns)
