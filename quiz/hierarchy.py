"""Which subject is a kind of which, and which feature lies within which."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quiz.deck import Deck


class Hierarchy:
    """The relations among the subjects, and among the features, of a deck. Raises KeyError for ids it does not have."""

    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._kinds: dict[str, list[str]] = {}
        self._narrower: dict[str, list[str]] = {}
        self._and_broader: dict[str, Sequence[str]] = {}
        self._and_above: dict[str, list[str]] = {}
        for subject in deck.subjects.values():
            if subject.kind_of:
                self._kinds.setdefault(subject.kind_of, []).append(subject.id)
        for feature in deck.features.values():
            for broader in feature.broader:
                self._narrower.setdefault(broader, []).append(feature.id)

    def parents(self, subject: str) -> Sequence[str]:
        """What the subject is a kind of: one subject or none."""
        parent = self._deck.subjects[subject].kind_of
        return (parent,) if parent else ()

    def kinds(self, subject: str) -> Sequence[str]:
        """The kinds of the subject, in deck order."""
        return self._kinds.get(subject, ())

    def broader(self, feature: str) -> Sequence[str]:
        """The features that directly contain the feature."""
        return self._deck.features[feature].broader

    def narrower(self, feature: str) -> Sequence[str]:
        """The features that the feature directly contains, in deck order."""
        return self._narrower.get(feature, ())

    def and_parents(self, subject: str) -> list[str]:
        """The subject and all it is a kind of, at any remove."""
        return _reached(subject, self.parents)

    def and_kinds(self, subject: str) -> list[str]:
        """The subject and all its kinds, at any remove."""
        return _reached(subject, self.kinds)

    def and_broader(self, feature: str) -> Sequence[str]:
        """The feature and all that contain it, at any remove."""
        if feature not in self._and_broader:
            self._and_broader[feature] = _reached(feature, self.broader)
        return self._and_broader[feature]

    def and_narrower(self, feature: str) -> list[str]:
        """The feature and all that it contains, at any remove."""
        return _reached(feature, self.narrower)

    def nested_with(self, feature: str) -> list[str]:
        """The feature, all that contain it, and all that it contains, at any remove."""
        return [*self.and_broader(feature), *self.and_narrower(feature)]

    def are_nested(self, one: str, other: str) -> bool:
        """Whether two features are the same, or one lies within the other."""
        return one in self.and_broader(other) or other in self.and_broader(one)

    def overlap(self, one: str, other: str) -> bool:
        """Whether two features are too alike to be options of one question: nested, of one near set, or sisters.

        Sisters lie within one feature that is no umbrella: thick skin of the hands and thick skin of the fingers.
        """
        near = self._deck.features[one].near
        if near is not None and near == self._deck.features[other].near:
            return True
        shared = set(self.broader(one)).intersection(self.broader(other))
        return self.are_nested(one, other) or any(not self._deck.features[each].umbrella for each in shared)

    def are_related(self, a: str, b: str) -> bool:
        """Whether one subject is a kind or a manifestation of the other, at any remove, so that they are no rivals."""
        return a in self._and_all_above(b) or b in self._and_all_above(a)

    def _and_all_above(self, subject: str) -> list[str]:
        if subject not in self._and_above:
            self._and_above[subject] = _reached(subject, self._above)
        return self._and_above[subject]

    def _above(self, subject: str) -> Sequence[str]:
        here = self._deck.subjects[subject]
        return [up for up in (here.kind_of, here.manifestation_of) if up]


def _reached(start: str, step: Callable[[str], Sequence[str]]) -> list[str]:
    """Where the steps lead from a start, itself first, each once."""
    found = [start]
    for here in found:
        found += [there for there in step(here) if there not in found]
    return found
