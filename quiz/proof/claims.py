"""What raw facts imply, derived by naive saturation, for the checker of banks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from quiz.deck import Closes, Deck, Disputes, Fact, Likelier, Parts, States, Strength


class Extent(StrEnum):
    """In how many cases of a subject a feature is known to be met."""

    EVERY = "every"
    SOME = "some"
    RARE = "rare"
    NONE = "none"


Pair = tuple[str, str]  # subject, feature
Known = tuple[str, str, Extent]  # subject, feature, extent
Ground = tuple[str, Known]  # the rule by which one fact alone gives it, one of the following
DIRECT = ("stated", "closed", "apart")
Frequency = tuple[str, str, str]  # feature, the subject that has it more often, the other


@dataclass(frozen=True, slots=True)
class Laws:
    """What conclusions run along, read off a deck once: kinds, breadth, and the pairs that nothing is said of."""

    parent: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    wider: Mapping[str, tuple[str, ...]]
    narrower: Mapping[str, tuple[str, ...]]
    silent: frozenset[Pair]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All that a set of facts implies, with the grounds that single facts give directly."""

    known: frozenset[Known]
    grounds: frozenset[Ground]
    frequencies: frozenset[Frequency]

    def is_given(self, subject: str, feature: str, holds: bool) -> bool:
        """Does the claim follow?"""
        extents = set(Extent) - {Extent.NONE} if holds else {Extent.NONE}
        return any((subject, feature, extent) in self.known for extent in extents)

    def is_torn(self, subject: str, feature: str) -> bool:
        """Do both the claim and its contrary follow?"""
        return self.is_given(subject, feature, True) and self.is_given(subject, feature, False)

    def is_rare(self, subject: str, feature: str) -> bool:
        """Is the feature known as rare only? What is said of the pair itself goes before what is inherited."""
        if (subject, feature, Extent.RARE) not in self.known:
            return False
        direct = {e for e in Extent for rule in DIRECT if (rule, (subject, feature, e)) in self.grounds}
        extents = direct or {e for e in Extent if (subject, feature, e) in self.known}
        return Extent.RARE in extents and not extents & {Extent.EVERY, Extent.SOME}

    def is_likelier(self, feature: str, more: str, less: str) -> bool:
        """Is the feature said to be met more often in the one subject than in the other?"""
        return (feature, more, less) in self.frequencies

    def rules(self, subject: str, feature: str, holds: bool) -> frozenset[str]:
        """The rules by which the claim follows; inherited only where no single fact gives it; none if it does not."""
        extents = [extent for extent in Extent if (extent is not Extent.NONE) is holds]
        direct = {rule for rule in DIRECT for e in extents if (rule, (subject, feature, e)) in self.grounds}
        inherited = {"inherited"} if self.is_given(subject, feature, holds) else set()
        return frozenset(direct or inherited)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a question is held against: the deck, its laws, and all that its facts imply together.

    ``holders`` are the subjects known to have each feature.
    """

    deck: Deck
    laws: Laws
    whole: Conclusions
    holders: Mapping[str, frozenset[str]]

    def shown(self, facts: Iterable[str]) -> Conclusions:
        """What the facts of these ids imply by themselves."""
        return conclude(self.laws, (self.deck.facts[fact] for fact in facts))


def laws(deck: Deck) -> Laws:
    """The laws of a deck. Silent are the pairs that are disputed, and those whose entry is dated."""
    parent = {s.id: s.kind_of for s in deck.subjects.values() if s.kind_of is not None}
    wider = {f.id: f.broader for f in deck.features.values()}
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, above in parent.items():
        kinds[above] = (*kinds.get(above, ()), kind)
    narrower: dict[str, tuple[str, ...]] = {}
    for below, features in wider.items():
        for each in features:
            narrower[each] = (*narrower.get(each, ()), below)
    return Laws(
        parent=parent,
        kinds=kinds,
        wider=wider,
        narrower=narrower,
        silent=frozenset(pair for fact in deck.facts.values() for pair in _silenced(fact)),
    )


def _silenced(fact: Fact) -> Iterator[Pair]:
    match fact.form:
        case Disputes(subject, feature, _):
            yield subject, feature
        case States(claim) if fact.dated is not None:
            yield claim.subject, claim.feature


def basis(deck: Deck) -> Basis:
    """What every question of a bank of this deck is held against."""
    rules = laws(deck)
    whole = conclude(rules, deck.facts.values())
    holders: dict[str, set[str]] = {}
    for subject, feature, extent in whole.known:
        if extent is not Extent.NONE:
            holders.setdefault(feature, set()).add(subject)
    return Basis(deck, rules, whole, {feature: frozenset(subjects) for feature, subjects in holders.items()})


def conclude(laws: Laws, facts: Iterable[Fact]) -> Conclusions:
    """All that these facts imply under the laws: take what each says, and add what follows until nothing new does."""
    current = [fact for fact in facts if fact.dated is None]
    grounds = frozenset(ground for fact in current for ground in _said(fact, laws.silent))
    frequencies = frozenset(one for fact in current for one in _compared(fact, laws.silent))
    known = {known for _, known in grounds}
    while True:
        new = {step for one in known for step in _steps(laws, one) if step[:2] not in laws.silent} - known
        if not new:
            return Conclusions(frozenset(known), grounds, frequencies)
        known |= new


def _said(fact: Fact, silent: frozenset[Pair]) -> Iterator[Ground]:
    """What one fact gives by itself. From a silent pair nothing follows, so its value excludes no other value."""
    for rule, known in _claimed(fact):
        if known[:2] not in silent:
            yield rule, known
    if isinstance(fact.form, Parts):
        values = {value for _, value in fact.form.values}
        for subject, own in fact.form.values:
            for other in values - {own}:
                if not {(subject, own), (subject, other)} & silent:
                    yield "apart", (subject, other, Extent.NONE)


def _claimed(fact: Fact) -> Iterator[Ground]:
    match fact.form:
        case States(claim):
            yield "stated", (claim.subject, claim.feature, _extent(fact.strength) if claim.holds else Extent.NONE)
        case Closes(subject, excludes):
            for feature in excludes:
                yield "closed", (subject, feature, Extent.NONE)
        case Parts(values):
            for subject, feature in values:
                yield "stated", (subject, feature, Extent.EVERY)
                yield "apart", (subject, feature, Extent.EVERY)


def _compared(fact: Fact, silent: frozenset[Pair]) -> Iterator[Frequency]:
    match fact.form:
        case Likelier(feature, more, less) if not {(more, feature), (less, feature)} & silent:
            yield feature, more, less


def _extent(strength: Strength) -> Extent:
    return {Strength.EVERY: Extent.EVERY, Strength.RARELY: Extent.RARE}.get(strength, Extent.SOME)


def _steps(laws: Laws, known: Known) -> Iterator[Known]:
    """What follows in one step: absence runs down; presence runs up, and down to the kinds if every case has it."""
    subject, feature, extent = known
    if extent in (Extent.NONE, Extent.EVERY):
        for kind in laws.kinds.get(subject, ()):
            yield kind, feature, extent
    if extent is Extent.NONE:
        for narrow in laws.narrower.get(feature, ()):
            yield subject, narrow, extent
        return
    for wide in laws.wider.get(feature, ()):
        yield subject, wide, extent
    if subject in laws.parent:
        yield laws.parent[subject], feature, Extent.SOME if extent is Extent.EVERY else extent


def is_within(laws: Laws, narrow: str, wide: str) -> bool:
    """Is the one feature narrower than the other, however many steps between?"""
    reached, new = {narrow}, {narrow}
    while new:
        new = {above for feature in new for above in laws.wider.get(feature, ())} - reached
        reached |= new
    return wide in reached and narrow != wide
