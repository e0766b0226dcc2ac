"""An exam: questions drawn by seed alone, replies that stay open until they are handed in, and what they are worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from quiz.deck import Claim
from quiz.draw import lot
from quiz.memory import Memory, Mode
from quiz.questions import KINDS
from quiz.questions.material import Material
from quiz.questions.model import TYPED, Card, Frequency, Listing, Question
from quiz.scheduling import is_due
from quiz.session import Answered, Reply, Turn, mark, mixed_up, question_for

STATING = frozenset({"recall", "number", "how"})
"""Kinds whose stems state facts, so that nothing else in the exam may hang on these."""

OPTIONS = 4
"""So many options where the deck has them: an exam is for those who have studied."""

FEWEST = 3
"""From so many questions on, a subject or a pair has a score of its own."""

_NORMAL = 1.959964  # the quantile of the normal distribution that leaves 2.5 % above it


class Item(NamedTuple):
    """One question of an exam, and the turn of the card that it asks."""

    turn: Turn
    question: Question


class Heading(NamedTuple):
    """What an exam is called: its deck by id, with title and version, and the seed that drew it.

    ``minutes`` is its time limit; 0 sets none. ``called`` is how commands name the deck, and ``again`` the command that
    gives the same exam.
    """

    deck: str
    title: str
    version: str
    seed: int
    minutes: int
    called: str
    again: str


class Sheet(NamedTuple):
    """An exam with the replies so far, by place; None where a question is open."""

    items: tuple[Item, ...]
    replies: tuple[Reply | None, ...]

    @classmethod
    def of(cls, items: tuple[Item, ...]) -> Sheet:
        """The sheet of an exam before anything was answered."""
        return cls(items, (None,) * len(items))

    def reply(self, place: int, reply: Reply | None) -> Sheet:
        """The sheet with another reply at a place; None leaves it open again."""
        return self._replace(replies=(*self.replies[:place], reply, *self.replies[place + 1 :]))

    @property
    def open(self) -> tuple[int, ...]:
        """The places not answered so far."""
        return tuple(place for place, reply in enumerate(self.replies) if reply is None)


class Tally(NamedTuple):
    """How many of the questions about these subjects, one or a pair, were answered right."""

    about: tuple[str, ...]
    right: int
    of: int


class Score(NamedTuple):
    """An exam in figures: open questions are not right, nor are typed replies that the deck does not know.

    ``interval`` holds the bounds of the 95 % interval for the share of right replies, ``chance`` the share that
    guessing would bring. ``mixed_up`` counts who was taken for whom, as (actual, taken), the most frequent first.
    """

    right: int
    of: int
    left_open: int
    interval: tuple[float, float]
    chance: float
    subjects: tuple[Tally, ...]
    pairs: tuple[Tally, ...]
    mixed_up: tuple[tuple[tuple[str, str], int], ...]

    @property
    def share(self) -> float:
        """The share of right replies."""
        return self.right / self.of

    @property
    def worst(self) -> tuple[str, ...]:
        """The pair that was mixed up most, whichever way; empty when none was."""
        pairs: Counter[tuple[str, ...]] = Counter()
        for pair, times in self.mixed_up:
            pairs[tuple(sorted(pair))] += times
        return min(pairs, key=lambda pair: (-pairs[pair], pair), default=())

    def as_data(self) -> dict[str, object]:
        """As plain data, for JSON."""
        return {
            "right": self.right,
            "questions": self.of,
            "left_open": self.left_open,
            "share": self.share,
            "interval": {"low": self.interval[0], "high": self.interval[1], "level": 0.95, "by": "Wilson 1927"},
            "chance": self.chance,
            "subjects": [{"subject": each.about[0], "right": each.right, "of": each.of} for each in self.subjects],
            "pairs": [{"pair": list(each.about), "right": each.right, "of": each.of} for each in self.pairs],
            "mixed_up": [{"actual": a, "taken": b, "times": times} for (a, b), times in self.mixed_up],
        }


def compose(
    material: Material,
    cards: Iterable[Card],
    count: int,
    seed: int,
    only: Collection[str] = (),
    kinds: Collection[str] = (),
) -> tuple[Item, ...]:
    """Up to ``count`` questions, balanced over kinds, subjects and pairs, none of which gives another away.

    Nothing but the deck, the seed and the wishes decides, so that a whole class can have the same exam. ``only`` names
    the subjects wanted, ``kinds`` the kinds; all subjects, and all kinds with options, when empty. Dated statements
    are left out. There are fewer questions where the deck does not give more.
    """
    wanted = frozenset(kinds) or frozenset(KINDS) - TYPED  # typed replies only where they are wished for
    askable = [
        (card, kind)
        for card in cards
        for kind in card.kinds
        if kind in wanted and (not only or set(only) & set(card.about)) and not material.deck.facts[card.fact].dated
    ]
    askable.sort(key=lambda each: lot(seed, "exam", each[0].id, each[1]))
    supply: Counter[object] = Counter(each for card in {card for card, _ in askable} for each in _groups(card))
    load: Counter[object] = Counter()
    found: list[Item] = []
    for strict in (True, False):
        left = [each for each in askable if not any(_alike(material, each[0], item.turn.card) for item in found)]
        while left and len(found) < count:
            card, kind = least = min(left, key=lambda each: _load(each[0], each[1], load, supply))
            item = _item(material, card, kind, seed)
            if any(gives_away(item, other, strict=strict) for other in found):
                left.remove(least)
                continue
            found.append(item)
            left = [each for each in left if not _alike(material, each[0], card)]
            load.update([kind, *_groups(card)])
    return tuple(sorted(found, key=lambda item: lot(seed, "place", item.turn.card.id)))


def _groups(card: Card) -> tuple[object, ...]:
    """What a card is counted under: its subjects, and its pair."""
    return (*card.about, frozenset(card.about))


def _load(card: Card, kind: str, load: Mapping[object, int], supply: Mapping[object, int]) -> tuple[float, ...]:
    """How much of a card's kind, subjects and pair would be in the exam with it.

    Subjects and pairs are weighed by the square root of their cards: what the deck says little of is asked less, but
    not so little as by lot.
    """
    return load[kind], max((load[each] + 1) / sqrt(supply[each]) for each in _groups(card))


def _item(material: Material, card: Card, kind: str, seed: int) -> Item:
    turn = Turn(
        deck=material.deck.id,
        card=card,
        kinds=(kind,),
        number=0,
        most=OPTIONS,
        new=False,
        counts=False,
        mode=Mode.EXAM,
    )
    return Item(turn, question_for(turn, material, seed))


def _alike(material: Material, one: Card, other: Card) -> bool:
    """Whether two cards are sisters, or of features that are much the same."""
    if one.sisterhood & other.sisterhood:
        return True
    return one.feature is not None and other.feature is not None and material.clash(one.feature, other.feature)


def gives_away(one: Item, other: Item, *, strict: bool) -> bool:
    """Whether one of two questions, whose cards are not alike, helps with the other.

    It does where it tells, in a sketch or as a fact, what the other asks for or rests on, and where it offers what
    the other seeks about the same subjects; to be ``strict``, about whichever.
    """
    same = strict or set(one.turn.card.about) == set(other.turn.card.about)
    for a, b in ((one, other), (other, one)):
        if _told(a.question) & _sought(b) or _stated(a.question) & _resting(b.question):
            return True
        if same and _features(a.question) & _sought(b):
            return True
    return False


def _features(question: Question) -> frozenset[str]:
    """The features that the options speak of, in a sketch those that it tells of."""
    return frozenset(
        claim.feature
        for option in question.options
        for claim in option.claims
        if isinstance(claim, Claim | Listing | Frequency)
    )


def _told(question: Question) -> frozenset[str]:
    return _features(question) if question.kind == "case" else frozenset()


def _sought(item: Item) -> frozenset[str]:
    return frozenset([item.turn.card.feature] if item.turn.card.feature else []) | _told(item.question)


def _stated(question: Question) -> frozenset[str]:
    return frozenset(question.facts if question.kind in STATING else ())


def _resting(question: Question) -> frozenset[str]:
    return frozenset(fact for option in question.options for fact in option.reason.facts).union(question.facts)


def counting(
    items: Iterable[Item], memories: Mapping[str, Memory], barred: Collection[str], day: int
) -> tuple[Item, ...]:
    """The items as reviews where their cards are new or due on a study day, and not ``barred``."""
    return tuple(item._replace(turn=_counting(item.turn, memories, barred, day)) for item in items)


def _counting(turn: Turn, memories: Mapping[str, Memory], barred: Collection[str], day: int) -> Turn:
    memory = memories.get(turn.card.id)
    counts = turn.card.id not in barred and (memory is None or is_due(memory, day))
    return turn._replace(counts=counts, new=memory is None)


def marked(sheet: Sheet, material: Material) -> tuple[Answered, ...]:
    """All questions in their order with what the replies to them are worth; one left open is as "I don't know"."""
    return tuple(
        Answered(turn, question, given := reply or Reply(), mark(question, given, material.deck))
        for (turn, question), reply in zip(sheet.items, sheet.replies, strict=True)
    )


def score(answered: Sequence[Answered], left_open: int, material: Material) -> Score:
    """The score of the questions of an exam, at least one, of which so many were left open."""
    of: Counter[tuple[str, ...]] = Counter()
    right: Counter[tuple[str, ...]] = Counter()
    for each in answered:
        about = tuple(sorted(each.turn.card.about))
        groups = {(subject,) for subject in about} | {about}
        of.update(groups)
        if each.mark.right:
            right.update(groups)
    mixed = Counter((found.actual, found.taken) for each in answered for found in mixed_up(each, material))
    total, hits = len(answered), sum(each.mark.right is True for each in answered)
    chances = [1 / len(each.question.options) for each in answered if each.question.options]
    return Score(
        right=hits,
        of=total,
        left_open=left_open,
        interval=wilson(hits, total),
        chance=sum(chances) / total,
        subjects=_tallies(of, right, 1),
        pairs=_tallies(of, right, 2),
        mixed_up=tuple(sorted(mixed.items(), key=lambda each: (-each[1], each[0]))),
    )


def _tallies(of: Mapping[tuple[str, ...], int], right: Counter[tuple[str, ...]], size: int) -> tuple[Tally, ...]:
    """The tallies of so many subjects at a time that were asked often enough, the weakest first."""
    found = [Tally(about, right[about], of[about]) for about in of if len(about) == size and of[about] >= FEWEST]
    return tuple(sorted(found, key=lambda each: (each.right / each.of, each.about)))


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % score interval for a share of which ``right`` of ``of`` were seen, 0 of 0 excepted.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc. 22 (1927)
    209-212: the shares p for which the share seen lies within z standard errors of p.
    """
    share, square = right / of, _NORMAL**2
    middle = share + square / (2 * of)
    half = _NORMAL * sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
