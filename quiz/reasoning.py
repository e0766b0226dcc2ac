"""Whether a claim is known true, known false or unknown, and why.

The rules are those of docs/design.md. Unknown is never taken for false: silence, "not everyone", disputed and dated
statements prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from quiz.deck import Closes, Deck, DeniesUniversal, Disputes, Fact, Likelier, Parts, States, Strength
from quiz.hierarchy import Hierarchy
from quiz.verdict import Comparison, Ground, Judgement, Rule, Verdict

_UNKNOWN = Judgement(Verdict.UNKNOWN)


def upper_first(text: str) -> str:
    """The text with its first letter as a capital, the rest as it was."""
    return text[:1].upper() + text[1:]


class Knowledge:
    """What follows from the facts of a deck; answers are remembered, since a deck never changes."""

    def __init__(self, deck: Deck, whole: Deck | None = None) -> None:
        """``whole`` is the deck that ``deck`` is a part of: its disputes and comparisons still keep questions back."""
        self.deck = deck
        self.hierarchy = Hierarchy(deck)
        self._stated: dict[tuple[str, str], Fact] = {}
        self._silenced: dict[tuple[str, str], Fact] = {}
        self._not_always: dict[tuple[str, str], Fact] = {}
        self._closed: dict[tuple[str, str], Fact] = {}
        self._apart: dict[tuple[str, str], tuple[Fact, str]] = {}
        self._likelier: dict[tuple[str, str, str], Fact] = {}
        self._comparisons: dict[tuple[str, str], Comparison] = {}
        self._known: dict[str, dict[str, Judgement]] = {}
        self._uneven: dict[frozenset[str], set[str]] = {}
        self._around_uneven: dict[frozenset[str], set[str]] = {}
        self._present: dict[str, set[str]] = {}
        self._absent: dict[str, set[str]] = {}
        self._order = {feature: number for number, feature in enumerate(deck.features)}
        for fact in deck.facts.values():
            self._learn(fact)
        for fact in (whole or deck).facts.values():
            self._heed(fact)

    def _learn(self, fact: Fact) -> None:
        match fact.form:
            case States(claim):
                if not fact.dated:
                    self._stated[claim.subject, claim.feature] = fact
                    (self._present if claim.holds else self._absent).setdefault(claim.subject, set()).add(claim.feature)
            case DeniesUniversal(subject, feature):
                self._not_always[subject, feature] = fact
            case Closes(subject, excludes) if not fact.dated:
                self._closed.update(((subject, feature), fact) for feature in excludes)
                self._absent.setdefault(subject, set()).update(excludes)
            case Parts(values) if not fact.dated:
                for subject, own in values:
                    others = {feature for _, feature in values if feature != own}
                    self._apart.update(((subject, other), (fact, own)) for other in others)
                    self._absent.setdefault(subject, set()).update(others)
            case Likelier(feature, more, less) if not fact.dated:
                self._likelier[feature, more, less] = fact

    def _heed(self, fact: Fact) -> None:
        """What keeps questions back, whoever says it."""
        match fact.form:
            case Disputes(subject, feature, _):
                self._silenced[subject, feature] = fact
            case States(claim) if fact.dated:
                self._silenced[claim.subject, claim.feature] = fact
            case Likelier(feature, more, less) if not fact.dated:
                self._uneven.setdefault(frozenset((more, less)), set()).add(feature)

    def known(self, subject: str) -> Mapping[str, Judgement]:
        """The features that the subject is known to have or to lack, in deck order, each with the verdict.

        Raises KeyError for a subject that the deck does not have.
        """
        if subject not in self._known:
            hierarchy = self.hierarchy
            above, line = hierarchy.and_parents(subject), hierarchy.and_kinds(subject)
            present = {f for each in (*above, *line) for f in self._present.get(each, ())}
            absent = {f for each in above for f in self._absent.get(each, ())}
            features = {wide for f in present for wide in hierarchy.and_broader(f)}
            features |= {narrow for f in absent for narrow in hierarchy.and_narrower(f)}
            judged = ((f, self._judge(subject, f)) for f in sorted(features, key=self._order.__getitem__))
            self._known[subject] = {f: found for f, found in judged if found.verdict is not Verdict.UNKNOWN}
        return self._known[subject]

    def features_of(self, *subjects: str) -> list[str]:
        """The features that one of the subjects is known to have or to lack, in deck order. Raises as `known` does."""
        known = {feature for subject in subjects for feature in self.known(subject)}
        return sorted(known, key=self._order.__getitem__)

    def judge(self, subject: str, feature: str) -> Judgement:
        """The verdict on "subject has feature". Raises KeyError for ids the deck does not have."""
        return self.known(subject).get(feature) or self._judge(subject, feature)

    def _judge(self, subject: str, feature: str) -> Judgement:
        held, lacked = self.held(subject, feature), self.lacked(subject, feature)
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
            return silenced.text if "disagree" in silenced.text else f"The sources disagree. {silenced.text}"
        name = self.deck.subjects[subject].short
        silent = f"No source of this deck says that it goes with {name}, and none says that it does not."
        denial = self._not_always.get((subject, feature))
        return f"{denial.text} {silent}" if denial else silent

    def held(self, subject: str, feature: str) -> Ground | None:
        """Ground for presence, whatever speaks for absence: stated, of a kind or parent, or of a narrower feature."""
        if (subject, feature) in self._silenced:
            return None
        universal = self._held_by_every_case(subject, feature)
        if universal:
            return universal
        stated = self._states(subject, feature, holds=True)
        if stated:
            return stated
        for kind in self.hierarchy.kinds(subject):
            ground = self.held(kind, feature)
            if ground:
                # What a kind can have, some cases of the parent have: never more than "can".
                strength = Strength.RARELY if ground.strength is Strength.RARELY else Strength.CAN
                whole = f"That counts for {self.deck.subjects[subject].short} as a whole."
                return self._inherited(ground, strength, (*ground.steps, whole))
        for narrower in self.hierarchy.narrower(feature):
            ground = self.held(subject, narrower)
            if ground:
                steps = (*ground.steps, self._counts_step(narrower, feature))
                return self._inherited(ground, ground.strength, steps)
        return None

    def _held_by_every_case(self, subject: str, feature: str) -> Ground | None:
        if (subject, feature) in self._silenced:
            return None
        stated = self._states(subject, feature, holds=True)
        if stated:
            return stated if stated.strength is Strength.EVERY else None
        for parent in self.hierarchy.parents(subject):
            ground = self._held_by_every_case(parent, feature)
            if ground:
                return self._inherited(ground, Strength.EVERY, (*ground.steps, self._kind_step(subject, parent)))
        for narrower in self.hierarchy.narrower(feature):
            ground = self._held_by_every_case(subject, narrower)
            if ground:
                steps = (*ground.steps, self._counts_step(narrower, feature))
                return self._inherited(ground, Strength.EVERY, steps)
        return None

    def lacked(self, subject: str, feature: str) -> Ground | None:
        """Ground for absence, whatever speaks for presence: stated, closed, apart, or of parent or broader feature."""
        if (subject, feature) in self._silenced:
            return None
        stated = self._states(subject, feature, holds=False)
        if stated:
            return stated
        closure = self._closed.get((subject, feature))
        if closure:
            each = self.deck.features[feature]
            return Ground(Rule.CLOSED, (closure,), Strength.EVERY, (closure.text, f"That leaves out {each.noun}."))
        exclusive = self._apart.get((subject, feature))
        if exclusive:
            fact, own = exclusive
            value = self._states(subject, own, holds=True)
            if value:
                return Ground(Rule.APART, (fact, *value.facts), Strength.EVERY, (fact.text,))
        for parent in self.hierarchy.parents(subject):
            ground = self.lacked(parent, feature)
            if ground:
                return self._inherited(ground, Strength.EVERY, (*ground.steps, self._kind_step(subject, parent)))
        for broader in self.hierarchy.broader(feature):
            ground = self.lacked(subject, broader)
            if ground:
                steps = (self._counts_step(feature, broader), *ground.steps)
                return self._inherited(ground, Strength.EVERY, steps)
        return None

    def _states(self, subject: str, feature: str, *, holds: bool) -> Ground | None:
        fact = self._stated.get((subject, feature))
        if fact is None or not isinstance(fact.form, States) or fact.form.claim.holds is not holds:
            return None
        return Ground(Rule.STATED, (fact,), fact.strength, (fact.text,))

    @staticmethod
    def _inherited(ground: Ground, strength: Strength, steps: tuple[str, ...]) -> Ground:
        return Ground(Rule.INHERITED, ground.facts, strength, steps)

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
        return Ground(Rule.MORE_OFTEN, (fact,), fact.strength, (fact.text,)) if fact else None

    def is_uneven(self, feature: str, a: str, b: str) -> bool:
        """Whether a source finds the feature, or one within or around it, more often in one of the two subjects."""
        pair = frozenset((a, b))
        if pair not in self._around_uneven:
            nested = (self.hierarchy.nested_with(each) for each in self._uneven.get(pair, ()))
            self._around_uneven[pair] = {feature for each in nested for feature in each}
        return feature in self._around_uneven[pair]

    def is_silenced(self, subject: str, feature: str) -> bool:
        """Whether the claim is disputed or dated, so that no question may turn on it."""
        return (subject, feature) in self._silenced

    def compare(self, a: str, b: str) -> Comparison:
        """What is known of two subjects side by side. Raises KeyError for ids the deck does not have."""
        if (a, b) not in self._comparisons:
            self._comparisons[a, b] = self._compare(a, b)
        return self._comparisons[a, b]

    def _compare(self, a: str, b: str) -> Comparison:
        of_a, of_b = self.known(a), self.known(b)
        sorted_in: dict[tuple[Verdict, Verdict], list[str]] = {}
        for feature in self.features_of(a, b):
            verdicts = of_a.get(feature, _UNKNOWN).verdict, of_b.get(feature, _UNKNOWN).verdict
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
