"""Who takes what for what: mix-ups in single responses, and the confusions of a learner that they add up to.

The raw events are kept, which option was chosen for which claims, and everything here is derived from them: a counter
kept instead could neither decay nor be retired (see docs/evidence.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from quiz.deck import Claim, Deck, Feature, Subject, Weight
from quiz.memory import Mode, Response
from quiz.questions.model import Card
from quiz.reasoning import Knowledge
from quiz.verdict import Verdict

HALF_LIFE = 30
"""Days after which a mix-up weighs half."""

STREAK = 6
"""So many right responses in a row, with both subjects at stake, retire a confusion."""

RECENT = 14
"""Days that count as lately, for the trend."""

_OF_PAIRS = frozenset({"contrast", "true-false"})
"""Kinds that ask in which of two subjects something is likelier, or listed: being wrong there mixes the two up."""


class MixUp(NamedTuple):
    """A response, or the share of it, that takes ``actual`` for ``taken``; ``feature`` is what it went wrong by."""

    actual: str
    taken: str
    feature: str
    share: float


class Confusion(NamedTuple):
    """How often one subject was taken for another, among so many ``chances`` with both at stake.

    ``weight`` is the sum of mix-ups, each halved every 30 days, and 0 once a streak has retired it. ``lately`` counts
    those of the last 14 days and ``before`` those of the 14 days before. ``features`` are what it went wrong by, the
    latest first.
    """

    actual: str
    taken: str
    times: int
    chances: int
    weight: float
    lately: int
    before: int
    features: tuple[str, ...]

    @property
    def trend(self) -> str:
        """ "retired", "new", "rising", "falling" or "steady"."""
        if not self.weight:
            return "retired"
        if self.lately == self.times:
            return "new"
        return "rising" if self.lately > self.before else "falling" if self.lately < self.before else "steady"


def mix_ups(
    knowledge: Knowledge, about: Sequence[str], kind: str, claims: Iterable[tuple[str, str, bool]]
) -> tuple[MixUp, ...]:
    """What a wrong response mixed up, the shares adding up to 1; nothing where it tells no subject from another.

    ``about`` are the subjects of the card, ``claims`` what the choice said. To give a subject a feature that it lacks
    is to take for it what has that feature; to deny it a feature of its own, to take it for the other of the pair.
    """
    found: dict[tuple[str, str], str] = {}
    for subject, feature, holds in claims:
        if subject in knowledge.deck.subjects and feature in knowledge.deck.features:
            for pair in _mixed(knowledge, about, Claim(subject, feature, holds)):
                found.setdefault(pair, feature)
    if not found and len(about) == 2 and kind in _OF_PAIRS:
        found = _by_likelihood(about, kind, claims)
    return tuple(MixUp(actual, taken, feature, 1 / len(found)) for (actual, taken), feature in found.items())


def _mixed(knowledge: Knowledge, about: Sequence[str], claim: Claim) -> Iterator[tuple[str, str]]:
    """The pairs (actual, taken) that a claim mixes up; none where it is right or not known to be wrong."""
    verdict = knowledge.judge(claim.subject, claim.feature).verdict
    beside = [each for each in about if each != claim.subject and each in knowledge.deck.subjects]
    if claim.holds and verdict is Verdict.FALSE:
        for other in beside or _rivals(knowledge, claim.subject):
            if knowledge.judge(other, claim.feature).verdict is Verdict.TRUE:
                yield other, claim.subject
    elif not claim.holds and verdict is Verdict.TRUE:
        for other in beside:
            yield claim.subject, other


def _by_likelihood(
    about: Sequence[str], kind: str, claims: Iterable[tuple[str, str, bool]]
) -> dict[tuple[str, str], str]:
    """Of "likelier in A than in B" nothing said is false: who chose what is likelier in B takes B for A."""
    more, less = about
    feature = next((feature for _, feature, _ in claims), "")
    return {(less, more): feature} if kind == "contrast" else {(more, less): feature}


def _rivals(knowledge: Knowledge, subject: str) -> list[str]:
    group, related = knowledge.deck.subjects[subject].group, knowledge.hierarchy.are_related
    return [
        each.id
        for each in knowledge.deck.subjects.values()
        if each.group == group and each.id != subject and not related(subject, each.id)
    ]


def at_stake(deck: Deck, card: Card, options: Iterable[str]) -> frozenset[frozenset[str]]:
    """The pairs of subjects that a response could tell apart: those of a pair card, or the key's with each option's."""
    if len(card.about) == 2:  # a gap in a sentence that speaks of two subjects does not ask which is which
        return frozenset({frozenset(card.about)} if card.feature else ())
    shown = set(options)
    named = {each.id for each in deck.subjects.values() if each.short in shown}
    return (
        frozenset(frozenset({card.about[0], other}) for other in named - set(card.about)) if card.about else frozenset()
    )


class _Tally:
    """What is counted of one ordered pair while the log is read."""

    def __init__(self) -> None:
        self.times = self.lately = self.before = 0
        self.weight = 0.0
        self.features: list[str] = []


def confusions(
    knowledge: Knowledge, cards: Mapping[str, Card], responses: Iterable[Response], today: int
) -> tuple[Confusion, ...]:
    """The confusions of a deck, heaviest first, from the living responses to its cards in order of time.

    Of the responses to a card in one sitting the first counts: what comes back right after an error is an echo, which
    neither repeats the mix-up nor mends it. Responses to cards that the deck no longer has are passed over.
    """
    subjects, features = _former(knowledge.deck.subjects), _former(knowledge.deck.features)
    tallies: dict[tuple[str, str], _Tally] = {}
    chances: dict[frozenset[str], int] = {}
    streaks: dict[frozenset[str], int] = {}
    met: set[tuple[str, str]] = set()
    for response in responses:
        if subjects or features:
            claims = ((subjects.get(s, s), features.get(f, f), holds) for s, f, holds in response.claims)
            response = response._replace(claims=tuple(claims))
        card = cards.get(response.card) or _probed(response)
        if card is None or response.right is None or (response.sitting and (response.card, response.sitting) in met):
            continue
        met.add((response.card, response.sitting))
        chose_wrong = not response.right and response.chosen is not None
        wrong = mix_ups(knowledge, card.about, response.kind, response.claims) if chose_wrong else ()
        pairs = at_stake(knowledge.deck, card, response.options) | _kept_apart(knowledge, card, response)
        for pair in pairs | {frozenset((each.actual, each.taken)) for each in wrong}:
            chances[pair] = chances.get(pair, 0) + 1
            streaks[pair] = streaks.get(pair, 0) + 1 if response.right else 0
        for each in wrong:
            _count(tallies.setdefault((each.actual, each.taken), _Tally()), each, today - response.day)
    found = [
        Confusion(
            actual=actual,
            taken=taken,
            times=tally.times,
            chances=chances[frozenset((actual, taken))],
            weight=0.0 if streaks[frozenset((actual, taken))] >= STREAK else tally.weight,
            lately=tally.lately,
            before=tally.before,
            features=tuple(dict.fromkeys(reversed(tally.features))),
        )
        for (actual, taken), tally in tallies.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.weight, -each.times, each.actual, each.taken)))


def _former(named: Mapping[str, Subject] | Mapping[str, Feature]) -> dict[str, str]:
    """The ids that subjects or features had before a rename, with those that they have now."""
    return {former: each.id for each in named.values() for former in each.was}


def _probed(response: Response) -> Card | None:
    """What stands for a finding of a probe, which need not be a card of the deck."""
    if response.mode is not Mode.PROBE or not response.claims:
        return None
    subject, feature, _ = response.claims[0]
    return Card(response.card, "", (subject,), feature, (), Weight.DETAIL)


def _kept_apart(knowledge: Knowledge, card: Card, response: Response) -> frozenset[frozenset[str]]:
    """The pairs that a right yes or no about one subject kept apart: those that the other answer would have mixed."""
    if not response.right or len(card.about) != 1 or len(response.claims) != 1:
        return frozenset()
    subject, feature, holds = response.claims[0]
    found = mix_ups(knowledge, card.about, response.kind, [(subject, feature, not holds)])
    return frozenset(frozenset((each.actual, each.taken)) for each in found)


def _count(tally: _Tally, mixed: MixUp, age: int) -> None:
    tally.times += 1
    tally.weight += mixed.share * 0.5 ** (max(0, age) / HALF_LIFE)
    tally.lately += age < RECENT
    tally.before += RECENT <= age < 2 * RECENT
    if mixed.feature:
        tally.features.append(mixed.feature)


def lures(found: Iterable[Confusion]) -> dict[str, frozenset[str]]:
    """What tempts a learner, by subject: the subjects it is mixed up with, and the features that went wrong.

    Retired confusions tempt no more.
    """
    tempting: dict[str, set[str]] = {}
    for each in found:
        if each.weight:
            tempting.setdefault(each.actual, set()).update((each.taken, *each.features))
            tempting.setdefault(each.taken, set()).update((each.actual, *each.features))
    return {subject: frozenset(names) for subject, names in tempting.items()}


def worst_pairs(found: Iterable[Confusion], most: int = 3) -> tuple[Confusion, ...]:
    """The pairs of subjects to work on, heaviest first, each as one confusion: both ways together, the worse one named.

    Retired confusions are left out.
    """
    pairs: dict[frozenset[str], Confusion] = {}
    for each in sorted(found, key=lambda each: (-each.weight, -each.times, each.actual, each.taken)):
        pair = frozenset((each.actual, each.taken))
        pairs[pair] = _joined(pairs[pair], each) if pair in pairs else each
    left = [each for each in pairs.values() if each.weight]
    return tuple(sorted(left, key=lambda each: -each.weight)[:most])


def _joined(one: Confusion, other: Confusion) -> Confusion:
    return one._replace(
        times=one.times + other.times,
        weight=one.weight + other.weight,
        lately=one.lately + other.lately,
        before=one.before + other.before,
        features=tuple(dict.fromkeys((*one.features, *other.features))),
    )


def pair_weights(found: Iterable[Confusion]) -> dict[frozenset[str], float]:
    """How much each pair of subjects is mixed up, whichever way."""
    weights: dict[frozenset[str], float] = {}
    for each in found:
        pair = frozenset((each.actual, each.taken))
        weights[pair] = weights.get(pair, 0.0) + each.weight
    return weights
