"""Random decks for hypothesis, made from a small model of the world so that what they say can be true together.

`worlds()` draws a world: a few **cases** for every subject, a set of cases for every feature, and a deck whose facts
are read off them. A kind's cases are cases of its parent, a narrower feature's cases are cases of the broader one, and
a manifestation has cases of its own; so the laws of inheritance hold in the model, and whatever is soundly derived
from the deck must be true in it. Only two sorts of fact lie: disputed and dated ones, from which nothing may follow.

`decks()` draws the deck alone. `decks(consistent=False)` draws what is stated without regard to the model, so that a
claim may follow together with its contrary.

A deck has 3 to 5 subjects in 1 or 2 groups, with kinds and manifestations and 5 to 12 features in 1 or 2 aspects, with broader, near and umbrella ones, some with words for a
patient. Its facts are of every form: present and absent, not-always, disputed, closures, apart sets, comparisons of
frequency, side-by-side tables, statements with figures or mechanisms, and sets of ways; some dated, some background,
some with a cloze. Ids follow the format of decks: FEATURE.SUBJECT for the entry of a pair, of which there is at most one.

Half of the decks are plain, so that most kinds of question can be asked of them: three subjects of one group are no
kin, every feature may be an option and a finding, and something is stated of nearly every pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from typing import Any, TypeVar

from hypothesis import strategies as st

from quiz.deck import (
    Aspect,
    Bound,
    Citation,
    Claim,
    Closes,
    Deck,
    DeniesUniversal,
    Disputes,
    Fact,
    Feature,
    Figure,
    Form,
    Group,
    Likelier,
    Parts,
    Place,
    Reading,
    SideBySide,
    Source,
    States,
    Strength,
    Subject,
    Tells,
    Tier,
    Ways,
    Weight,
)  # fmt: skip

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]
Case = tuple[str, int]

NAMES = ("alder", "birch", "cedar", "dogwood", "elm")
NOUNS = ("ague", "blister", "cough", "dizziness", "earache", "fever", "gout", "hiccups") + (
    "itch", "jitters", "kinks", "limp"
)  # fmt: skip
PLACE = Place("deck.yaml", 1)
SOURCES = {
    "guide": Source(id="guide", tier=Tier.GIVEN, title="Guide", publisher="House", date="2009-02-12", place=PLACE),
    "leaflet": Source(id="leaflet", tier=Tier.GIVEN, title="Leaflet", publisher="House", date="2011", place=PLACE),
    "manual": Source(
        id="manual", tier=Tier.REFERENCE, title="Manual", publisher="Institute", date="2020-01-01", place=PLACE,
        address="https://example.org/manual", read="whole text",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """A deck together with the model that it speaks of: the cases of each subject and of each feature."""

    deck: Deck
    subjects: Mapping[str, frozenset[Case]]
    features: Mapping[str, frozenset[Case]]

    def share(self, subject: str, feature: str) -> Fraction:
        """The part of the subject's cases that have the feature, from 0 to 1."""
        cases = self.subjects[subject]
        return Fraction(len(cases & self.features[feature]), len(cases))


def decks(consistent: bool = True) -> st.SearchStrategy[Deck]:
    """Random decks that pass for valid; with ``consistent`` no claim follows from one together with its contrary."""
    return worlds(consistent).map(lambda world: world.deck)


@st.composite
def worlds(draw: Draw, consistent: bool = True) -> World:
    """Random worlds: a deck and the model behind it. See the module."""
    plain = draw(st.booleans())
    subjects = _subjects(draw, plain)
    features, values = _features(draw, plain)
    cases = _cases(subjects)
    world = World(_bare(subjects, features), cases, _extensions(draw, cases, subjects, features, values))
    facts = {fact.id: fact for fact in _facts(draw, world, values, consistent, plain)}
    return replace(world, deck=world.deck._replace(facts=facts))


# --- what there is -------------------------------------------------------------------------------------------------


def _subjects(draw: Draw, plain: bool) -> dict[str, Subject]:
    groups = draw(st.sampled_from([("trees",), ("trees", "trees", "shrubs")]))
    subjects: dict[str, Subject] = {}
    rivals = NAMES[: 3 if plain else 1]
    for name in NAMES[: draw(st.integers(3, 5))]:
        tie = "none" if name in rivals else draw(st.sampled_from(["none", "none", "kind", "manifestation"]))
        above = draw(st.sampled_from(sorted(subjects))) if tie != "none" else None
        subjects[name] = Subject(
            id=name, group=groups[0] if name in rivals else draw(st.sampled_from(groups)),
            name=f"{name} disease", short=name, place=PLACE,
            kind_of=above if tie == "kind" else None, manifestation_of=above if tie == "manifestation" else None,
        )  # fmt: skip
    return subjects


def _features(draw: Draw, plain: bool) -> tuple[dict[str, Feature], tuple[str, ...]]:
    """The features, and which of them are the values of an exclusive set (none, two or three)."""
    aspects = ("finding",) if plain else draw(st.sampled_from([("finding",), ("finding", "finding", "test")]))
    count, exclusive = draw(st.integers(5, 9)), draw(st.sampled_from([0, 2, 3]))
    plain, values = NOUNS[:count], NOUNS[count : count + exclusive]
    features: dict[str, Feature] = {}
    for noun in plain:
        above = st.lists(st.sampled_from(sorted(features)), max_size=2, unique=True) if features else st.just([])
        features[noun] = Feature(
            id=noun, aspect=draw(st.sampled_from(aspects)), noun=f"a bout of {noun}", place=PLACE,
            umbrella=not plain and draw(st.sampled_from([False, False, False, True])),
            near=None if plain else draw(st.sampled_from([None, None, None, "pains", "fits"])),
            broader=tuple(draw(above)) if draw(st.booleans()) else (),
            patient=draw(st.sampled_from([f"she has had {noun}", f"there is {noun}", *[""] * (not plain)])),
        )  # fmt: skip
    for noun in values:
        features[noun] = Feature(id=noun, aspect="finding", noun=f"an outlook of {noun}", place=PLACE)
    return features, values


def _cases(subjects: Mapping[str, Subject]) -> dict[str, frozenset[Case]]:
    """Two cases of its own for every subject, and those of its kinds."""
    cases = {name: frozenset({(name, 0), (name, 1)}) for name in subjects}
    for name in reversed(list(subjects)):  # a kind is written after its parent
        above = subjects[name].kind_of
        if above is not None:
            cases[above] |= cases[name]
    return cases


def _extensions(
    draw: Draw, cases: Mapping[str, frozenset[Case]], subjects: Mapping[str, Subject],
    features: Mapping[str, Feature], values: tuple[str, ...],
) -> dict[str, frozenset[Case]]:  # fmt: skip
    """The cases that have each feature: some drawn, those of every narrower feature; of exclusive values just one."""
    found = {
        name: frozenset(
            (subject, number)
            for subject in subjects
            for number in draw(st.sampled_from([(), (), (0, 1), (0, 1), (0,)]))
        )
        for name in features
        if name not in values
    }
    for name in reversed(list(found)):  # a narrower feature is written after the broader one
        for above in features[name].broader:
            found[above] |= found[name]
    first = draw(st.integers(0, len(values)))
    owners = {s: values[(first + at) % len(values)] for at, s in enumerate(_leaves(subjects))} if values else {}
    for value in values:
        found[value] = frozenset(case for s, own in owners.items() if own == value for case in cases[s])
    return found


def _leaves(subjects: Mapping[str, Subject]) -> list[str]:
    parents = {subject.kind_of for subject in subjects.values()}
    return [name for name in subjects if name not in parents]


def _bare(subjects: Mapping[str, Subject], features: Mapping[str, Feature]) -> Deck:
    return Deck(
        id="grove", version="0.1.0", title="Grove", licence="CC-BY-4.0", notice="For study.", path="grove",
        sources=SOURCES, subjects=subjects, features=features,
        groups={name: Group(id=name, noun="plant", plural="plants", place=PLACE) for name in ("trees", "shrubs")},
        aspects={
            name: Aspect(
                id=name, noun=name, plural=f"{name}s", statement="{Feature} can be part of {subject}.", place=PLACE
            )
            for name in ("finding", "test")
        },
    )  # fmt: skip


# --- what is said --------------------------------------------------------------------------------------------------


def _facts(draw: Draw, world: World, values: tuple[str, ...], consistent: bool, plain: bool) -> Iterator[Fact]:
    signed = _signed(draw, world, values)
    for feature in world.deck.features:
        for subject in world.deck.subjects:
            sorts = ["stated"] * (9 if plain else 6) + ["disputed", "dated"] + ["silent"] * (not plain) * 3
            sort = "stated" if (subject, feature) in signed else draw(st.sampled_from(sorts))
            yield from _entry(draw, world, subject, feature, sort, (subject, feature) in signed, consistent)
    if signed:
        yield _fact(draw, "signed-set", Parts(signed), "Each has one outlook of the set.")
    yield from _closures(draw, world, consistent)
    yield from _frequencies(draw, world)
    yield from _tables(draw, world)
    yield from _statements(draw, world)
    yield from _ways(draw)


def _signed(draw: Draw, world: World, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Pairs of (leaf subject, the value it has), where two different values are among them."""
    if not values:
        return ()
    pairs = [(s, v) for s in _leaves(world.deck.subjects) for v in values if world.share(s, v) == 1]
    chosen = tuple(pair for pair in pairs if draw(st.sampled_from([True, True, True, False])))
    return chosen if len({value for _, value in chosen}) > 1 else ()


def _entry(
    draw: Draw, world: World, subject: str, feature: str, sort: str, signed: bool, consistent: bool
) -> Iterator[Fact]:
    """What stands under a feature for one subject: nothing, present, absent, disputed; and perhaps not-always."""
    share, noun = world.share(subject, feature), world.deck.features[feature].noun
    lies = sort == "dated" or not (consistent or signed)
    holds = draw(st.booleans()) if lies else share > 0
    strengths = [Strength.EVERY] * signed or [Strength.OFTEN, Strength.CAN, *_widest(share)]
    text = f"{subject.capitalize()} {'goes' if holds else 'does not go'} with {noun}."
    if sort == "disputed":
        readings = (Reading("Some say so.", (_cite(draw),)), Reading("Others do not.", (_cite(draw),)))
        form = Disputes(subject, feature, readings)
        yield _fact(draw, f"{feature}.{subject}", form, "The sources disagree.", dated=False)
    elif sort != "silent":
        yield _fact(
            draw, f"{feature}.{subject}", States(Claim(subject, feature, holds)), text, dated=sort == "dated",
            strength=draw(st.sampled_from(strengths)) if holds else Strength.CAN,
            cloze=text.replace(noun, f"{{{noun}}}") if draw(st.booleans()) else "",
        )  # fmt: skip
    if 0 < share < 1 and draw(st.sampled_from([False, False, True])):
        denied = DeniesUniversal(subject, feature)
        yield _fact(draw, f"{feature}.{subject}.not-always", denied, f"Not every {subject} goes with {noun}.")


def _widest(share: Fraction) -> list[Strength]:
    return [Strength.EVERY] * 2 if share == 1 else [Strength.RARELY]


def _closures(draw: Draw, world: World, consistent: bool) -> Iterator[Fact]:
    for number in range(draw(st.integers(0, 2))):
        subject = draw(st.sampled_from(sorted(world.deck.subjects)))
        dated = draw(st.sampled_from([False, False, False, True]))
        any_will_do = dated or not consistent
        free = [f for f in world.deck.features if any_will_do or world.share(subject, f) == 0]
        excluded = draw(st.lists(st.sampled_from(free), min_size=1, max_size=4, unique=True)) if free else []
        if excluded:
            form = Closes(subject, tuple(excluded))
            yield _fact(draw, f"closure-{number}", form, f"{subject.capitalize()} keeps to itself.", dated=dated)


def _frequencies(draw: Draw, world: World) -> Iterator[Fact]:
    """Comparisons that the model bears out, each between two subjects of one group."""
    found = [
        Likelier(feature, more, less)
        for more, less in _rivals(world)
        for feature in world.deck.features
        if world.share(more, feature) > world.share(less, feature)
    ]
    for number, form in enumerate(_some(draw, found, 3, least=1)):
        yield _fact(draw, f"more-often-{number}", form, f"It is met more often in {form.more} than in {form.less}.")


def _tables(draw: Draw, world: World) -> Iterator[Fact]:
    """A table of two subjects of one group; what it lists under one alone is absent from the other in the model."""
    tables = []
    for a, b in _rivals(world):
        under_a = tuple(f for f in world.deck.features if world.share(a, f) > 0 == world.share(b, f))
        under_b = tuple(f for f in world.deck.features if world.share(b, f) > 0 == world.share(a, f))
        if under_a and under_b:
            tables.append(SideBySide("the table of trees", ((a, under_a), (b, under_b))))
    for form in _some(draw, tables, 1, least=1):
        yield _fact(draw, "side-by-side", form, "The table sets two trees side by side.")


def _statements(draw: Draw, world: World) -> Iterator[Fact]:
    for number, subject in enumerate(_some(draw, sorted(world.deck.subjects), 2)):
        ask = draw(st.sampled_from(["", f"What share follows {subject}?"]))
        bound, within = draw(st.sampled_from(list(Bound))), draw(st.sampled_from(["0", "5"]))
        figure = Figure(value="30", unit="%", bound=bound, ask=ask, within=within)
        yield _fact(
            draw, f"statement-{number}", Tells(about=(subject,), figure=figure), f"Up to 30 % follow {subject}.",
            cloze=f"Up to {{30 %}} follow {subject}.", accepts=("30 percent",),
        )  # fmt: skip


def _ways(draw: Draw) -> Iterator[Fact]:
    """None, or three to five mechanisms and the set of them; of what a set names nothing is dated."""
    members = [f"way-{number}" for number in range(draw(st.sampled_from([0, 3, 4, 5])))]
    for id in members:
        form = Tells(mechanism=(f"the cause of {id}", f"the effect of {id}"))
        yield _fact(draw, id, form, f"By {id} it comes about.", dated=False)
    if members:
        form_of_set = Ways(ask=("How does {cause} lead there?", "{Cause}: by which way?"), members=tuple(members))
        yield _fact(draw, "ways", form_of_set, "Each is a way of its own.")


def _rivals(world: World) -> list[tuple[str, str]]:
    subjects = world.deck.subjects
    return [(a, b) for a, b in permutations(subjects, 2) if subjects[a].group == subjects[b].group]


def _some(draw: Draw, choices: list[T], most: int, least: int = 0) -> list[T]:
    """So many different ones of the choices, as far as there are any."""
    least, most = min(least, len(choices)), min(most, len(choices))
    indexes = draw(st.lists(st.integers(0, max(0, len(choices) - 1)), min_size=least, max_size=most, unique=True))
    return [choices[index] for index in indexes]


def _cite(draw: Draw) -> Citation:
    return Citation(draw(st.sampled_from(sorted(SOURCES))), "Overview", str(draw(st.integers(1, 9))))


def _fact(draw: Draw, id: str, form: Form, text: str, *, dated: bool | None = None, **more: Any) -> Fact:
    """A fact of any weight, cited; dated one time in eight where it is not said."""
    is_dated = draw(st.sampled_from([False] * 7 + [True])) if dated is None else dated
    return Fact(
        id=id, text=text, form=form, place=PLACE,
        cites=tuple({_cite(draw): None for _ in range(draw(st.sampled_from([1, 1, 2])))}),
        weight=draw(st.sampled_from([Weight.DETAIL, Weight.DETAIL, Weight.CORE, Weight.BACKGROUND])),
        dated=Reading("That is no longer held.", (Citation("manual", "Overview", "1"),)) if is_dated else None,
        **more,
    )  # fmt: skip
