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


def comparison(material: Material, a: Subject, b: Subject, columns: int, *, cite: bool) -> Iterator[str]:
    """What only ``a`` has, both, only ``b``, and what is known of one alone, by aspect, in ``columns`` columns."""
    deck, known = material.deck, material.knowledge.compare(a.id, b.id)
    side = max(10, (min(columns, 110) - LABEL - 4) // 2)
    yield from _row("", [a.name], [b.name], side)
    for aspect in deck.aspects.values():
        own = Comparison(
            *(
                tuple(f for f in features if deck.features[f].aspect == aspect.id and not deck.features[f].umbrella)
                for features in (known.only_a, known.both, known.only_b, known.half_a, known.half_b)
            )
        )
        if any((own.only_a, own.both, own.only_b, own.half_a, own.half_b)):
            yield ""
            yield upper_first(aspect.plural)
            yield from _aspect(material, a, b, own, side, cite=cite)
    yield from _likelier(material, a, b, 2 * side + LABEL)


def _aspect(material: Material, a: Subject, b: Subject, own: Comparison, side: int, *, cite: bool) -> Iterator[str]:
    if own.only_a or own.only_b:
        left, right = (
            _items(material, (s,), features, cite=cite) for s, features in ((a, own.only_a), (b, own.only_b))
        )
        yield from _row("only one", left, right, side)
    if own.both:
        yield from _wide("both", _items(material, (a, b), own.both, cite=cite), 2 * side + LABEL)
    unknown = [f"{text} ({a.short} yes, {b.short} unknown)" for text in _items(material, (a,), own.half_a, cite=cite)]
    unknown += [f"{text} ({b.short} yes, {a.short} unknown)" for text in _items(material, (b,), own.half_b, cite=cite)]
    if unknown:
        yield from _wide("not known", unknown, 2 * side + LABEL)


def _items(material: Material, subjects: Sequence[Subject], features: Sequence[str], *, cite: bool) -> list[str]:
    texts = []
    for feature in features:
        text = safe(material.deck.features[feature].noun)
        rare = [each.short for each in subjects if material.held(each.id, feature).strength is Strength.RARELY]
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
