"""Whether a claim is known true, known false or unknown, and why.

The rules are those of docs/design.md. Unknown is never taken for false: silence, "not everyone", disputed and dated
statements prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from quiz.deck import (
    Closes,
    Deck,
    DeniesUniversal,
    Disputes,
    Fact,
    Likelier,
    Parts,
    Problem,
    SideBySide,
    States,
    Strength,
)


class Verdict(StrEnum):
    """What is known of a claim."""

    TRUE = "TRUE"
    FALSE = "FALSE"
    UNKNOWN = "UNKNOWN"


class Rule(StrEnum):
    """Why a claim is known, or an option known wrong."""

    STATED = "stated"
    CLOSED = "closed"
    APART = "apart"
    INHERITED = "inherited"
    MORE_OFTEN = "more-often"
    TRUE_OF_BOTH = "true-of-both"
    NOT_LISTED = "not-listed"


class Ground(NamedTuple):
    """Why a claim holds or fails: the rule, the facts it rests on, how widely it holds, and the steps in words."""

    rule: Rule
    facts: tuple[Fact, ...]
    strength: Strength
    text: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the facts it rests on."""
        return tuple(fact.id for fact in self.facts)


class Judgement(NamedTuple):
    """A verdict with its ground; ``note`` says why an unknown claim is unknown."""

    verdict: Verdict
    ground: Ground | None = None
    note: str = ""


class Comparison(NamedTuple):
    """What is known of two subjects, as feature ids in deck order, umbrella features included.

    ``only_a`` holds what ``a`` has and ``b`` is known to lack; ``half_a`` what ``a`` has and of ``b`` is not known.
    """

    only_a: tuple[str, ...]
    both: tuple[str, ...]
    only_b: tuple[str, ...]
    half_a: tuple[str, ...]
    half_b: tuple[str, ...]


def upper_first(text: str) -> str:
    """The text with its first letter as a capital, the rest as it was."""
    return text[:1].upper() + text[1:]


class Knowledge:
    """What follows from the facts of a deck; answers are remembered, since a deck never changes."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self._stated: dict[tuple[str, str], Fact] = {}
        self._silenced: dict[tuple[str, str], Fact] = {}
        self._not_always: dict[tuple[str, str], Fact] = {}
        self._closed: dict[tuple[str, str], Fact] = {}
        self._apart: dict[tuple[str, str], tuple[Fact, str]] = {}
        self._likelier: dict[tuple[str, str, str], Fact] = {}
        self._kinds: dict[str, list[str]] = {}
        self._narrower: dict[str, list[str]] = {}
        self._comparisons: dict[tuple[str, str], Comparison] = {}
        self._judgements: dict[tuple[str, str], Judgement] = {}
        for fact in deck.facts.values():
            self._learn(fact)
        for subject in deck.subjects.values():
            if subject.kind_of:
                self._kinds.setdefault(subject.kind_of, []).append(subject.id)
        for feature in deck.features.values():
            for broader in feature.broader:
                self._narrower.setdefault(broader, []).append(feature.id)

    def _learn(self, fact: Fact) -> None:
        match fact.form:
            case States(claim):
                index = self._silenced if fact.dated else self._stated
                index[claim.subject, claim.feature] = fact
            case Disputes(subject, feature, _):
                self._silenced[subject, feature] = fact
            case DeniesUniversal(subject, feature):
                self._not_always[subject, feature] = fact
            case Closes(subject, excludes) if not fact.dated:
                self._closed.update(((subject, feature), fact) for feature in excludes)
            case Parts(values) if not fact.dated:
                for subject, own in values:
                    others = {feature for _, feature in values if feature != own}
                    self._apart.update(((subject, other), (fact, own)) for other in others)
            case Likelier(feature, more, less) if not fact.dated:
                self._likelier[feature, more, less] = fact

    def judge(self, subject: str, feature: str) -> Judgement:
        """The verdict on "subject has feature". Raises KeyError for ids the deck does not have."""
        known = self._judgements.get((subject, feature))
        if known is None:
            known = self._judgements[subject, feature] = self._judge(subject, feature)
        return known

    def _judge(self, subject: str, feature: str) -> Judgement:
        held, lacked = self._held(subject, feature), self._lacked(subject, feature)
        if held and lacked:
            return Judgement(Verdict.UNKNOWN, note="The facts of this deck contradict each other here.")
        if held:
            return Judgement(Verdict.TRUE, held)
        if lacked:
            return Judgement(Verdict.FALSE, lacked)
        return Judgement(Verdict.UNKNOWN, note=self._why_unknown(subject, feature))

    def _why_unknown(self, subject: str, feature: str) -> str:
        silenced = self._silenced.get((subject, feature))
        if silenced and silenced.dated:
            return f"{silenced.text} That is no longer held: {silenced.dated.text}"
        if silenced:
            return f"The sources disagree. {silenced.text}"
        name = self.deck.subjects[subject].short
        silent = f"No source of this deck says that it goes with {name}, and none says that it does not."
        denial = self._not_always.get((subject, feature))
        return f"{denial.text} {silent}" if denial else silent

    def _held(self, subject: str, feature: str) -> Ground | None:
        """Ground for presence: stated; of every case of the parent; of a kind; or of a narrower feature."""
        if (subject, feature) in self._silenced:
            return None
        universal = self._held_by_every_case(subject, feature)
        if universal:
            return universal
        stated = self._states(subject, feature, holds=True)
        if stated:
            return stated
        for kind in self._kinds.get(subject, ()):
            ground = self._held(kind, feature)
            if ground:
                # What a kind can have, some cases of the parent have: never more than "can".
                strength = Strength.RARELY if ground.strength is Strength.RARELY else Strength.CAN
                whole = f"That counts for {self.deck.subjects[subject].short} as a whole."
                return self._inherited(ground, strength, whole)
        for narrower in self._narrower.get(feature, ()):
            ground = self._held(subject, narrower)
            if ground:
                return self._inherited(ground, ground.strength, self._counts_step(narrower, feature))
        return None

    def _held_by_every_case(self, subject: str, feature: str) -> Ground | None:
        if (subject, feature) in self._silenced:
            return None
        stated = self._states(subject, feature, holds=True)
        if stated:
            return stated if stated.strength is Strength.EVERY else None
        parent = self.deck.subjects[subject].kind_of
        if parent:
            ground = self._held_by_every_case(parent, feature)
            if ground:
                return self._inherited(ground, Strength.EVERY, self._kind_step(subject, parent))
        for narrower in self._narrower.get(feature, ()):
            ground = self._held_by_every_case(subject, narrower)
            if ground:
                return self._inherited(ground, Strength.EVERY, self._counts_step(narrower, feature))
        return None

    def _lacked(self, subject: str, feature: str) -> Ground | None:
        """Ground for absence: stated, closed, another exclusive value, or inherited from parent or broader feature."""
        if (subject, feature) in self._silenced:
            return None
        stated = self._states(subject, feature, holds=False)
        if stated:
            return stated
        closure = self._closed.get((subject, feature))
        if closure:
            text = f"{closure.text} That leaves no room for {self.deck.features[feature].noun}."
            return Ground(Rule.CLOSED, (closure,), Strength.EVERY, text)
        exclusive = self._apart.get((subject, feature))
        if exclusive:
            fact, own = exclusive
            value = self._states(subject, own, holds=True)
            if value:
                return Ground(Rule.APART, (fact, *value.facts), Strength.EVERY, fact.text)
        parent = self.deck.subjects[subject].kind_of
        if parent:
            ground = self._lacked(parent, feature)
            if ground:
                return self._inherited(ground, Strength.EVERY, self._kind_step(subject, parent))
        for broader in self.deck.features[feature].broader:
            ground = self._lacked(subject, broader)
            if ground:
                return self._inherited(ground, Strength.EVERY, self._counts_step(feature, broader))
        return None

    def _states(self, subject: str, feature: str, *, holds: bool) -> Ground | None:
        fact = self._stated.get((subject, feature))
        if fact is None or not isinstance(fact.form, States) or fact.form.claim.holds is not holds:
            return None
        return Ground(Rule.STATED, (fact,), fact.strength, fact.text)

    @staticmethod
    def _inherited(ground: Ground, strength: Strength, step: str) -> Ground:
        return Ground(Rule.INHERITED, ground.facts, strength, f"{ground.text} {step}")

    def _kind_step(self, kind: str, parent: str) -> str:
        subjects = self.deck.subjects
        return f"That goes for {subjects[kind].short} too, as a kind of {subjects[parent].short}."

    def _counts_step(self, narrower: str, broader: str) -> str:
        features = self.deck.features
        verb = "count" if features[narrower].plural else "counts"
        return f"{upper_first(features[narrower].noun)} {verb} as {features[broader].noun}."

    def likelier(self, feature: str, more: str, less: str) -> Ground | None:
        """Ground for "the feature is found more often in ``more`` than in ``less``", where a source says so."""
        fact = self._likelier.get((feature, more, less))
        return Ground(Rule.MORE_OFTEN, (fact,), fact.strength, fact.text) if fact else None

    def is_silenced(self, subject: str, feature: str) -> bool:
        """Whether the claim is disputed or dated, so that no question may turn on it."""
        return (subject, feature) in self._silenced

    def related(self, a: str, b: str) -> bool:
        """Whether one subject is a kind or a manifestation of the other, at any remove, so that they are no rivals."""
        return a in self._climb(b, self._above) or b in self._climb(a, self._above)

    def _above(self, subject: str) -> Sequence[str]:
        here = self.deck.subjects[subject]
        return [up for up in (here.kind_of, here.manifestation_of) if up]

    def rivals(self) -> Iterator[tuple[str, str]]:
        """Pairs of subjects that may be mistaken for each other: of one group and not related, in deck order."""
        subjects = list(self.deck.subjects.values())
        for i, a in enumerate(subjects):
            for b in subjects[i + 1 :]:
                if a.group == b.group and not self.related(a.id, b.id):
                    yield a.id, b.id

    def compare(self, a: str, b: str) -> Comparison:
        """What is known of two subjects side by side. Raises KeyError for ids the deck does not have."""
        if (a, b) not in self._comparisons:
            self._comparisons[a, b] = self._compare(a, b)
        return self._comparisons[a, b]

    def _compare(self, a: str, b: str) -> Comparison:
        sorted_in: dict[tuple[Verdict, Verdict], list[str]] = {}
        for feature in self.deck.features:
            verdicts = self.judge(a, feature).verdict, self.judge(b, feature).verdict
            sorted_in.setdefault(verdicts, []).append(feature)

        def those(of_a: Verdict, of_b: Verdict) -> tuple[str, ...]:
            return tuple(sorted_in.get((of_a, of_b), ()))

        return Comparison(
            only_a=those(Verdict.TRUE, Verdict.FALSE),
            both=those(Verdict.TRUE, Verdict.TRUE),
            only_b=those(Verdict.FALSE, Verdict.TRUE),
            half_a=those(Verdict.TRUE, Verdict.UNKNOWN),
            half_b=those(Verdict.UNKNOWN, Verdict.TRUE),
        )

    def conflicts(self) -> tuple[Problem, ...]:
        """Claims that the facts make both true and false: one problem for each fact that is contradicted."""
        problems = [*self._empty_comparisons()]
        for (subject, feature), fact in self._stated.items():
            if isinstance(fact.form, States) and fact.form.claim.holds:
                for reached in self._reach(subject, feature, fact.strength):
                    lacked = self._lacked(*reached)
                    if lacked and self._held(*reached):
                        problems.append(self._conflict(reached, fact, lacked))
                        break
        return tuple(sorted(problems))

    def _empty_comparisons(self) -> Iterator[Problem]:
        """Comparisons that what is known makes void."""
        for fact in self.deck.facts.values():
            match fact.form:
                case Likelier(feature, more, _) if self._lacked(more, feature):
                    message = f'{fact.id}: "{feature}" cannot be more often in "{more}", which is known to lack it'
                    yield Problem(fact.place, message)
                case SideBySide(_, ((a, of_a), (b, of_b))):
                    for other, features in ((b, of_a), (a, of_b)):
                        for feature in features:
                            if self._held(other, feature):
                                message = f'{fact.id}: "{feature}" is known of "{other}" too; take it out of `only`'
                                yield Problem(fact.place, message)

    @staticmethod
    def _conflict(claim: tuple[str, str], fact: Fact, lacked: Ground) -> Problem:
        subject, feature = claim
        against = ", ".join(f"{other.id} ({other.place})" for other in lacked.facts)
        message = f'feature "{feature}" is both present and absent for "{subject}": {fact.id} against {against}'
        return Problem(fact.place, f"{message}; mend one of them, or mark the matter as disputed")

    def _reach(self, subject: str, feature: str, strength: Strength) -> Iterator[tuple[str, str]]:
        """Claims that presence runs to: up kinds and features, and down the kinds where it holds for every case."""
        subjects = self._climb(subject, self._parent)
        if strength is Strength.EVERY:
            subjects += self._climb(subject, lambda each: self._kinds.get(each, ()))[1:]
        wider = self._climb(feature, self._broader)
        return product(subjects, wider)

    def _parent(self, subject: str) -> Sequence[str]:
        parent = self.deck.subjects[subject].kind_of
        return (parent,) if parent else ()

    def _broader(self, feature: str) -> Sequence[str]:
        return self.deck.features[feature].broader

    @staticmethod
    def _climb(start: str, step: Callable[[str], Sequence[str]]) -> list[str]:
        """Where the steps lead from a start, itself first, each once."""
        found = [start]
        for here in found:
            found += [there for there in step(here) if there not in found]
        return found

    def overlaps(self, one: str, other: str) -> bool:
        """Whether two features are too alike to be options of one question: equal, near, or one within the other."""
        first, second = self.deck.features[one], self.deck.features[other]
        near = first.near is not None and first.near == second.near
        return near or one in self._climb(other, self._broader) or other in self._climb(one, self._broader)
