"""What all kinds of question are made from: the features that part or join two subjects, by aspect."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from quiz.deck import Citation, Deck, Fact, Likelier, Parts, Strength, Weight
from quiz.draw import lot
from quiz.questions.model import Card, Option, Reason, Saying
from quiz.reasoning import Knowledge
from quiz.verdict import Ground, Verdict

T = TypeVar("T")

WEIGHTS = tuple(Weight)
"""From what matters most to what is never asked."""

_COMMON = (Strength.EVERY, Strength.OFTEN)


class Split(NamedTuple):
    """Askable features of one aspect for a pair (a, b): true of a alone, true of both, true of b alone."""

    only_a: tuple[str, ...]
    both: tuple[str, ...]
    only_b: tuple[str, ...]


_NOTHING = Split((), (), ())


class Material:
    """A deck with its knowledge; splits, arenas and the like are remembered, since many cards ask for the same ones."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.deck: Deck = knowledge.deck
        self.place_of_subject = {subject: number for number, subject in enumerate(self.deck.subjects)}
        self._features: dict[str, Mapping[str, Ground]] = {}
        self._splits: dict[tuple[str, str], dict[str, Split]] = {}
        self._made: dict[tuple[str, ...], Any] = {}
        forms = (fact.form for fact in knowledge.deck.facts.values())
        self._exclusive = [dict(form.values) for form in forms if isinstance(form, Parts)]
        self._likelihoods: dict[frozenset[str], list[Fact]] | None = None

    def part(self, card: Card) -> "Material":
        """What the questions of a card are made from: this (see `quiz.catalogue` for decks that are cut in parts)."""
        return self

    def once(self, name: tuple[str, ...], make: Callable[[], T]) -> T:
        """What is made at first use and remembered by that name, an arena for instance."""
        if name not in self._made:
            self._made[name] = make()
        made: T = self._made[name]
        return made

    def likelihoods(self, a: str, b: str) -> list[Fact]:
        """The comparisons of frequency between two subjects, either way, in deck order."""
        if self._likelihoods is None:
            self._likelihoods = {}
            for fact in self.deck.facts.values():
                if isinstance(fact.form, Likelier) and not fact.dated:
                    self._likelihoods.setdefault(frozenset((fact.form.more, fact.form.less)), []).append(fact)
        return self._likelihoods.get(frozenset((a, b)), [])

    def held(self, subject: str, feature: str) -> Ground:
        """The ground of a claim known true. Raises ValueError when it is not."""
        return _known(self.knowledge.judge(subject, feature).ground)

    lacked = held  # a ground is a ground; the two names say at the call what is expected

    def has(self, subject: str, feature: str) -> bool:
        """Whether the subject is known to have the feature, and not only rarely."""
        return feature in self.features_of(subject)

    def lacks(self, subject: str, feature: str) -> bool:
        """Whether the subject is known not to have the feature."""
        known = self.knowledge.known(subject).get(feature)
        return known is not None and known.verdict is Verdict.FALSE

    def features_of(self, subject: str) -> Mapping[str, Ground]:
        """The features that the subject is known to have, and not only rarely, in deck order, each with its ground."""
        if subject not in self._features:
            self._features[subject] = {
                feature: ground
                for feature, (verdict, ground, _) in self.knowledge.known(subject).items()
                if ground and verdict is Verdict.TRUE and ground.strength is not Strength.RARELY
            }
        return self._features[subject]

    def in_deck_order(self, one: str, other: str) -> tuple[str, str]:
        """Two subjects in the order in which the deck names them. Raises KeyError for those that it does not have."""
        return (one, other) if self.place_of_subject[one] <= self.place_of_subject[other] else (other, one)

    def is_commoner(self, one: str, other: str, feature: str) -> bool:
        """Whether a feature of both is said to be commoner in the one, by the strength of what is said of each."""
        strengths = [self.held(subject, feature).strength for subject in (one, other)]
        return strengths[0] in _COMMON and strengths[1] not in _COMMON

    def is_told(self, subject: str, feature: str) -> bool:
        """Whether the claim, known true or false, rests on more than background, which is never asked."""
        return self.held(subject, feature).facts[0].weight is not Weight.BACKGROUND

    def weight_rank(self, subject: str, feature: str) -> int:
        """How little the fact matters on which the claim rests: 0 for core, then detail, then background."""
        return WEIGHTS.index(self.held(subject, feature).facts[0].weight)

    def split(self, a: str, b: str, aspect: str) -> Split:
        """The askable features of an aspect, sorted by whose they are.

        Left out are umbrella features, features present only rarely (neither "both" nor "not both" would be a fair
        answer), and from "both" those that a source finds more often in one of the two: they do speak for it.
        """
        return self._split(a, b).get(aspect, _NOTHING)

    def aspects_of(self, a: str, b: str) -> list[str]:
        """The aspects of which a pair has askable features, in deck order."""
        split = self._split(a, b)
        return [aspect for aspect in self.deck.aspects if aspect in split]

    def _split(self, a: str, b: str) -> dict[str, Split]:
        if (a, b) not in self._splits:
            known = self.knowledge.compare(a, b)
            sides = (
                (f for f in known.only_a if self.has(a, f)),
                (f for f in known.both if self._even(a, b, f)),
                (f for f in known.only_b if self.has(b, f)),
            )
            sorted_out: dict[str, tuple[list[str], list[str], list[str]]] = {}
            for side, features in enumerate(sides):
                for each in (self.deck.features[feature] for feature in features):
                    if not each.umbrella:
                        sorted_out.setdefault(each.aspect, ([], [], []))[side].append(each.id)
            self._splits[a, b] = {aspect: Split(*map(tuple, each)) for aspect, each in sorted_out.items()}
        return self._splits[a, b]

    def may_compare(self, feature: str, a: str, b: str) -> bool:
        """Whether a comparison of the two may be asked: not of umbrella features, nor of disputed or dated claims."""
        silenced = any(self.knowledge.is_silenced(subject, feature) for subject in (a, b))
        return not silenced and not self.deck.features[feature].umbrella

    def _even(self, a: str, b: str, feature: str) -> bool:
        return not self.knowledge.is_uneven(feature, a, b) and self.has(a, feature) and self.has(b, feature)

    def are_apart(self, a: str, b: str, feature: str) -> bool:
        """Whether the two subjects, and no others, divide a set of exclusive values, the feature among them."""
        return any(set(values) == {a, b} and feature in values.values() for values in self._exclusive)

    def one_of_each_set(self, features: Sequence[str], salt: str) -> tuple[str, ...]:
        """The features with but one, drawn by the salt, of each set of exclusive values.

        Two values that exclude each other stand out as a pair beside a key that is no value of their set.
        """
        left = set(features)
        for values in self._exclusive:
            rivals = sorted(left.intersection(values.values()))
            left.difference_update(sorted(rivals, key=lambda value: lot("one of", salt, value))[1:])
        return tuple(feature for feature in features if feature in left)

    def clash(self, one: str, other: str) -> bool:
        """Whether two features are too alike to stand in one question."""
        return self.knowledge.hierarchy.overlap(one, other)

    def cites(self, facts: Iterable[str]) -> tuple[Citation, ...]:
        """The citations of the facts, each once, in their order."""
        return tuple(dict.fromkeys(cite for fact in facts for cite in self.deck.facts[fact].cites))

    def option(self, text: str, claims: tuple[Saying, ...], reason: Reason, *, key: bool) -> Option:
        """An option with the citations of its reason."""
        return Option(text=text, key=key, claims=claims, reason=reason, cites=self.cites(reason.facts))


def _known(ground: Ground | None) -> Ground:
    if ground is None:
        raise ValueError("the claim is not known")
    return ground
