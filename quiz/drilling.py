"""A contrast drill of one pair: which questions in which order, and what is still mixed up when it ends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from quiz.confusion import MixUp
from quiz.deck import Weight
from quiz.memory import Memory, Mode, Response
from quiz.questions.model import Card
from quiz.reasoning import Knowledge
from quiz.scheduling import is_due
from quiz.session import Answered, Turn
from quiz.verdict import Verdict

_ONE_SIDED = frozenset({"contrast", "true-false"})
_WEIGHTS = tuple(Weight)


class Score(NamedTuple):
    """How many of the cards were right at the first response, and on which study day."""

    right: int
    of: int
    day: int


class Outcome(NamedTuple):
    """What a drill came to. ``right`` of the cards ``asked`` were right at once.

    ``still`` holds the features that were wrong to the last, by (actual, taken); ``mended`` those right in the end.
    """

    right: int
    asked: int
    still: Mapping[tuple[str, str], tuple[str, ...]]
    mended: tuple[str, ...]


def ordered(
    turns: Iterable[Turn], knowledge: Knowledge, mixed_up: Collection[str], asked: Mapping[str, int]
) -> tuple[Turn, ...]:
    """The turns of a pair in the order of a drill, one a feature.

    Features that were ``mixed_up`` come first, then what was ``asked`` least often and matters most; among these the
    one subject, both and the other take turns. Each goes on to its next wording and options.
    """

    def rank(turn: Turn) -> tuple[object, ...]:
        return turn.card.feature not in mixed_up, asked.get(turn.card.id, 0), _WEIGHTS.index(turn.card.weight)

    by_feature: dict[str, Turn] = {}
    for turn in sorted(turns, key=rank):
        if turn.card.feature is not None:  # a gap in a sentence about both does not ask which is which
            by_feature.setdefault(turn.card.feature, turn._replace(number=asked.get(turn.card.id, 0)))
    first = [turn for feature, turn in by_feature.items() if feature in mixed_up]
    others = [turn for feature, turn in by_feature.items() if feature not in mixed_up]
    return (*_in_turn(first, knowledge), *_in_turn(others, knowledge))


def _in_turn(turns: Iterable[Turn], knowledge: Knowledge) -> list[Turn]:
    """The turns with the sides that they are keyed to taking turns, as long as there are some of each."""
    sides: dict[str, list[Turn]] = {}
    for turn in turns:
        sides.setdefault(_side(turn.card, knowledge), []).append(turn)
    mixed: list[Turn] = []
    while any(sides.values()):
        mixed += [waiting.pop(0) for waiting in sides.values() if waiting]
    return mixed


def _side(card: Card, knowledge: Knowledge) -> str:
    """The subject that a card is keyed to; empty where it is true of both."""
    one, other = card.about
    of_both = card.feature is not None and knowledge.judge(other, card.feature).verdict is Verdict.TRUE
    return "" if of_both and _ONE_SIDED.isdisjoint(card.kinds) else one


def counting(
    turns: Iterable[Turn], memories: Mapping[str, Memory], today: int, met: Collection[str]
) -> tuple[Turn, ...]:
    """The turns with those of cards due or never seen moving the schedule; of sisters, only one a day.

    ``met`` is what the cards answered today share with their sisters.
    """
    seen = set(met)
    found = []
    for turn in turns:
        memory = memories.get(turn.card.id)
        counts = (memory is None or is_due(memory, today)) and turn.card.sisterhood.isdisjoint(seen)
        if counts:
            seen |= turn.card.sisterhood
        found.append(turn._replace(counts=counts))
    return tuple(found)


def last_drill(responses: Iterable[Response], cards: Collection[str]) -> Score | None:
    """How the latest drill of these cards went, by the log in order of time; None before the first."""
    sitting, first = "", dict[str, Response]()
    for response in responses:
        if response.mode is Mode.DRILL and response.card in cards:
            if response.sitting != sitting:
                sitting, first = response.sitting, {}
            first.setdefault(response.card, response)
    if not first:
        return None
    return Score(sum(each.right is True for each in first.values()), len(first), next(iter(first.values())).day)


def outcome(answered: Sequence[Answered], mixed_up: Callable[[Answered], Sequence[MixUp]]) -> Outcome:
    """What the answers of a drill came to; ``mixed_up`` tells what a wrong one mixed up."""
    first: dict[str, Answered] = {}
    last: dict[str, Answered] = {}
    for each in answered:
        first.setdefault(each.turn.card.id, each)
        last[each.turn.card.id] = each
    still: dict[tuple[str, str], dict[str, None]] = {}
    for each in last.values():
        for mix_up in mixed_up(each):
            feature = mix_up.feature or each.turn.card.feature or ""
            still.setdefault((mix_up.actual, mix_up.taken), {}).setdefault(feature)
    mended = dict.fromkeys(
        each.turn.card.feature or "" for card, each in first.items() if not each.mark.right and last[card].mark.right
    )
    return Outcome(
        right=sum(each.mark.right is True for each in first.values()),
        asked=len(first),
        still={pair: tuple(features) for pair, features in still.items()},
        mended=tuple(mended),
    )


def whose(knowledge: Knowledge, a: str, b: str, feature: str) -> str:
    """Where a feature belongs, in words: to one of two subjects, to both, or oftener to one; empty if not known."""
    short_a, short_b = (knowledge.deck.subjects[each].short for each in (a, b))
    verdicts = tuple(knowledge.judge(each, feature).verdict for each in (a, b))
    if verdicts == (Verdict.TRUE, Verdict.FALSE):
        return f"{short_a}, not {short_b}"
    if verdicts == (Verdict.FALSE, Verdict.TRUE):
        return f"{short_b}, not {short_a}"
    for more, less, name in ((a, b, short_a), (b, a, short_b)):
        if knowledge.likelier(feature, more, less):
            return f"more often in {name}"
    return "both" if verdicts == (Verdict.TRUE, Verdict.TRUE) else ""
