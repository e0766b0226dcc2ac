"""Who takes what for what: mix-ups in single responses, and the confusions of a learner that they add up to.

The raw events are kept, which option was chosen for which claims, and everything here is derived from them: a counter
kept instead could neither decay nor be retired (see docs/evidence.md).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from quiz.deck import Claim, Deck, Feature, Subject, Weight
from quiz.memory import Mode, Response
from quiz.questions.material import Material
from quiz.questions.model import Card
from quiz.questions.rivals import rivals_of
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


Event = tuple[int, float, str]
"""A mix-up in short: the study day, the share of the response, and the feature it went wrong by."""


class Kept(NamedTuple):
    """Mix-ups by (actual, taken), and by sorted pair how many responses in a row were right since.

    ``met`` has what was answered of late, with the study day by card and sitting: a sitting that goes on elsewhere may
    bring an echo of it.
    """

    events: Mapping[tuple[str, str], Sequence[Event]]
    streaks: Mapping[tuple[str, str], int]
    met: Mapping[tuple[str, str], int]


_NOTHING_KEPT = Kept({}, {}, {})


def mix_ups(
    material: Material, about: Sequence[str], kind: str, claims: Iterable[tuple[str, str, bool]]
) -> tuple[MixUp, ...]:
    """What a wrong response mixed up, the shares adding up to 1; nothing where it tells no subject from another.

    ``material`` is that of the deck, or of the part of it that the card is made from. ``about`` are the subjects of the
    card, ``claims`` what the choice said. To give a subject a feature that it lacks is to take for it what has that
    feature, of its rivals; to deny it a feature of its own, to take it for the other of the pair.
    """
    found: dict[tuple[str, str], str] = {}
    for subject, feature, holds in claims:
        if subject in material.deck.subjects and feature in material.deck.features:
            for pair in _mixed(material, about, Claim(subject, feature, holds)):
                found.setdefault(pair, feature)
    if not found and len(about) == 2 and kind in _OF_PAIRS:
        found = _by_likelihood(about, kind, claims)
    return tuple(MixUp(actual, taken, feature, 1 / len(found)) for (actual, taken), feature in found.items())


def _mixed(material: Material, about: Sequence[str], claim: Claim) -> Iterator[tuple[str, str]]:
    """The pairs (actual, taken) that a claim mixes up; none where it is right or not known to be wrong."""
    knowledge = material.knowledge
    verdict = knowledge.judge(claim.subject, claim.feature).verdict
    beside = [each for each in about if each != claim.subject and each in knowledge.deck.subjects]
    if claim.holds and verdict is Verdict.FALSE:
        for other in beside or rivals_of(material, claim.subject):
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


def at_stake(deck: Deck, card: Card, options: Iterable[str]) -> frozenset[frozenset[str]]:
    """The pairs of subjects that a response could tell apart: those of a pair card, or the key's with each option's."""
    if len(card.about) == 2:  # a gap in a sentence that speaks of two subjects does not ask which is which
        return frozenset({frozenset(card.about)} if card.feature else ())
    shown = set(options)
    named = {each.id for each in deck.subjects.values() if each.short in shown}
    return (
        frozenset(frozenset({card.about[0], other}) for other in named - set(card.about)) if card.about else frozenset()
    )


class History:
    """The mix-ups of a learner, gathered from living responses in order of time.

    Of the responses to a card in one sitting the first counts: what comes back right after an error is an echo, which
    neither repeats the mix-up nor mends it.
    """

    def __init__(self, kept: Kept = _NOTHING_KEPT) -> None:
        """``kept`` is what another one left, to go on from there; the chances before are not known then."""
        self._events = {pair: list(events) for pair, events in kept.events.items()}
        self._streaks = {frozenset(pair): streak for pair, streak in kept.streaks.items()}
        self._chances: dict[frozenset[str], int] = {}
        self._met = dict(kept.met)
        self._former: dict[int, tuple[Deck, dict[str, str], dict[str, str]]] = {}

    def take(self, material: Material, card: Card, response: Response) -> None:
        """Take in the response to a card, with what the card is made from."""
        if response.right is None or (response.sitting and (response.card, response.sitting) in self._met):
            return
        self._met[response.card, response.sitting] = response.day
        response = self._renamed(material.deck, response)
        chose_wrong = not response.right and response.chosen is not None
        wrong = mix_ups(material, card.about, response.kind, response.claims) if chose_wrong else ()
        pairs = at_stake(material.deck, card, response.options) | _kept_apart(material, card, response)
        for pair in pairs | {frozenset((each.actual, each.taken)) for each in wrong}:
            self._chances[pair] = self._chances.get(pair, 0) + 1
            self._streaks[pair] = self._streaks.get(pair, 0) + 1 if response.right else 0
        for actual, taken, feature, share in wrong:
            self._events.setdefault((actual, taken), []).append((response.day, share, feature))

    def _renamed(self, deck: Deck, response: Response) -> Response:
        """The response with the ids that subjects and features have now."""
        if id(deck) not in self._former:
            self._former[id(deck)] = deck, _former(deck.subjects), _former(deck.features)
        _, subjects, features = self._former[id(deck)]
        if not (subjects or features):
            return response
        claims = ((subjects.get(s, s), features.get(f, f), holds) for s, f, holds in response.claims)
        return response._replace(claims=tuple(claims))

    def kept(self, since: int) -> Kept:
        """What to keep for going on another time: what planning asks of it, from a study day on."""
        left = {pair: tuple(each for each in events if each[0] >= since) for pair, events in self._events.items()}
        events = {pair: of_pair for pair, of_pair in left.items() if of_pair}
        mixed = {frozenset(pair) for pair in events}
        streaks = {tuple(sorted(pair)): streak for pair, streak in self._streaks.items() if pair in mixed}
        latest = max(self._met.values(), default=0)
        met = {each: day for each, day in self._met.items() if day >= latest - 1}
        return Kept(events, {(one, other): streak for (one, other), streak in streaks.items()}, met)

    def confusions(self, today: int, since: int | None = None) -> tuple[Confusion, ...]:
        """Who is taken for whom, heaviest first; what lies before the study day ``since`` is left out."""
        found = []
        for (actual, taken), events in self._events.items():
            counted = [each for each in events if since is None or each[0] >= since]
            if counted:
                pair = frozenset((actual, taken))
                is_over = self._streaks.get(pair, 0) >= STREAK
                found.append(_confusion(actual, taken, counted, self._chances.get(pair, 0), today, is_over=is_over))
        return tuple(sorted(found, key=lambda each: (-each.weight, -each.times, each.actual, each.taken)))


def _confusion(
    actual: str, taken: str, events: Sequence[Event], chances: int, today: int, *, is_over: bool
) -> Confusion:
    weight, lately, before = 0.0, 0, 0
    features: dict[str, None] = {}
    for day, share, feature in reversed(events):
        age = today - day
        weight += share * 0.5 ** (max(0, age) / HALF_LIFE)
        lately += age < RECENT
        before += RECENT <= age < 2 * RECENT
        if feature:
            features[feature] = None
    return Confusion(actual, taken, len(events), chances, 0.0 if is_over else weight, lately, before, tuple(features))


def confusions(
    material: Material, cards: Mapping[str, Card], responses: Iterable[Response], today: int
) -> tuple[Confusion, ...]:
    """The confusions of a deck, heaviest first, from the living responses to its cards in order of time.

    Responses to cards that the deck no longer has are passed over.
    """
    history = History()
    for response in responses:
        card = cards.get(response.card) or probed(response)
        if card is not None:
            history.take(material, card, response)
    return history.confusions(today)


def _former(named: Mapping[str, Subject] | Mapping[str, Feature]) -> dict[str, str]:
    """The ids that subjects or features had before a rename, with those that they have now."""
    return {former: each.id for each in named.values() for former in each.was}


def probed(response: Response) -> Card | None:
    """What stands for a finding of a probe, which need not be a card of the deck."""
    if response.mode is not Mode.PROBE or not response.claims:
        return None
    subject, feature, _ = response.claims[0]
    return Card(response.card, "", (subject,), feature, (), Weight.DETAIL)


def _kept_apart(material: Material, card: Card, response: Response) -> frozenset[frozenset[str]]:
    """The pairs that a right yes or no about one subject kept apart: those that the other answer would have mixed."""
    if not response.right or len(card.about) != 1 or len(response.claims) != 1:
        return frozenset()
    subject, feature, holds = response.claims[0]
    found = mix_ups(material, card.about, response.kind, [(subject, feature, not holds)])
    return frozenset(frozenset((each.actual, each.taken)) for each in found)


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
