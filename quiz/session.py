"""One sitting as a value: what is asked next, what a reply is worth, what comes back, and what was undone."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from quiz.confusion import MixUp, mix_ups
from quiz.deck import Claim, Deck
from quiz.draw import Draw
from quiz.memory import Confidence, Mode, Rating
from quiz.questions import KINDS
from quiz.questions.material import Material
from quiz.questions.model import Card, Question

RETURN_AFTER = 4
"""A missed card comes back after this many other questions, so that it is recalled and not echoed."""

FOLLOW_AFTER = 2
"""A fresh question on a pair that was mixed up comes after this many others."""

MOST_RETURNS = 3
"""A card missed so often again in one sitting waits for another day: more of the same is no longer learning."""


class Turn(NamedTuple):
    """A card whose turn it is. ``number`` counts its earlier turns, ``returns`` those within this sitting.

    ``most`` is how many options its question may have, and ``lures`` what should be among them if it can (see `Draw`).
    ``recall`` asks for the answer to be typed before options are shown. ``counts`` is False where even the first
    response of the sitting leaves the schedule alone.
    """

    deck: str
    card: Card
    kinds: tuple[str, ...]
    number: int
    most: int
    new: bool
    returns: int = 0
    counts: bool = True
    mode: Mode = Mode.STUDY
    recall: bool = False
    lures: frozenset[str] = frozenset()

    @property
    def practice(self) -> bool:
        """Whether the response leaves the schedule alone."""
        return self.returns > 0 or not self.counts

    @property
    def name(self) -> tuple[str, str]:
        """Deck and card: what makes two turns turns of the same card."""
        return self.deck, self.card.id


class Reply(NamedTuple):
    """What the learner gave: an option's index, or typed words, or neither for "I don't know". ``took`` is in ms."""

    chosen: int | None = None
    typed: str = ""
    confidence: Confidence = Confidence.PLAIN
    took: int = 0


class Mark(NamedTuple):
    """What a reply is worth. ``right`` is None for a typed reply that is neither accepted nor known to be wrong."""

    right: bool | None
    rating: Rating | None


class Answered(NamedTuple):
    """A question with the reply to it, its mark, and the id under which the log holds it."""

    turn: Turn
    question: Question
    reply: Reply
    mark: Mark
    uuid: str = ""


class Summary(NamedTuple):
    """A sitting in figures. Practice and unrated replies are no reviews; ``left`` counts cards not yet asked.

    ``mixed_up`` counts the cards that were missed by the pair asked about.
    """

    reviews: int
    right: int
    practice: int
    unrated: int
    left: int
    milliseconds: int
    mixed_up: tuple[tuple[tuple[str, str], int], ...]


def question_for(turn: Turn, material: Material, seed: int) -> Question:
    """The question in which a card is asked this time: kind, wording and options change from turn to turn."""
    draw = Draw(seed, turn.card.id, turn.number, turn.most, turn.lures)
    return KINDS[draw.turned(turn.kinds, "kind")](turn.card, material, draw)


def mark(question: Question, reply: Reply, deck: Deck) -> Mark:
    """Right is Good, wrong is Again, and so is a lucky guess that the learner owns up to."""
    if question.options:
        right: bool | None = reply.chosen is not None and question.options[reply.chosen].key
    else:
        from quiz.questions.typed import judge  # at the first typed reply only, so that the first question comes soon

        right = judge(question, deck, reply.typed).right
    return graded(right, reply.confidence)


def graded(right: bool | None, confidence: Confidence) -> Mark:
    """The mark for a reply found right, wrong or neither."""
    if right is None:
        return Mark(None, None)
    return Mark(right, Rating.GOOD if right and confidence is not Confidence.GUESSED else Rating.AGAIN)


def chosen_by_words(question: Question, deck: Deck, typed: str) -> int | None:
    """The index of the option that typed words name; None where they name none, or more than one."""
    from quiz.questions.typed import judge

    def names(text: str) -> bool:
        return judge(question._replace(options=(), accepts=(text,)), deck, typed).right is True

    found = [index for index, option in enumerate(question.options) if names(option.text)]
    return found[0] if len(found) == 1 else None


def claims_made(answered: Answered) -> tuple[tuple[str, str, bool], ...]:
    """What the chosen option says of subjects and features."""
    chosen = answered.reply.chosen
    return () if chosen is None else claims_of(answered.question, chosen)


def claims_of(question: Question, choice: int) -> tuple[tuple[str, str, bool], ...]:
    """What an option says of subjects and features."""
    claims = question.options[choice].claims
    return tuple((claim.subject, claim.feature, claim.holds) for claim in claims if isinstance(claim, Claim))


def mixed_up(answered: Answered, material: Material) -> tuple[MixUp, ...]:
    """What a response mixed up; nothing where it was right, or said nothing."""
    if answered.mark.right is not False or answered.reply.chosen is None:
        return ()
    return mix_ups(material, answered.turn.card.about, answered.question.kind, claims_made(answered))


class Sitting(NamedTuple):
    """The turns that wait, what was answered and what suspended, newest last; ``before`` is where an undo goes."""

    waiting: tuple[Turn, ...]
    answered: tuple[Answered, ...] = ()
    suspended: tuple[Turn, ...] = ()
    before: "Sitting | None" = None

    @property
    def turn(self) -> Turn | None:
        """The turn that is next, or None when the sitting is over."""
        return self.waiting[0] if self.waiting else None

    @property
    def just_answered(self) -> bool:
        """Whether the latest step was an answer."""
        return self.before is not None and len(self.before.answered) < len(self.answered)

    @property
    def last(self) -> Answered | None:
        """The latest answer, if there is one."""
        return self.answered[-1] if self.answered else None

    def answer(self, answered: Answered, follow: Turn | None = None) -> "Sitting":
        """The sitting after the answer to the turn that is next; one not known comes back as practice.

        ``follow`` is a turn that is to come soon: it is moved forward if it waits already.
        """
        rest = self.waiting[1:]
        if answered.mark.rating is not Rating.GOOD:
            rest = _come_back(rest, answered.turn)
        if follow is not None and follow.name not in [turn.name for turn in rest[: FOLLOW_AFTER + 1]]:
            rest = tuple(turn for turn in rest if turn.name != follow.name)
            rest = (*rest[:FOLLOW_AFTER], follow, *rest[FOLLOW_AFTER:])
        return Sitting(rest, (*self.answered, answered), self.suspended, self)

    def revise(self, answered: Answered) -> "Sitting":
        """The sitting as if the latest question had been answered so. Raises ValueError unless `just_answered`."""
        if self.before is None or not self.just_answered:
            raise ValueError("the latest step is no answer")
        return self.before.answer(answered)

    def undo(self) -> "Sitting":
        """The sitting before the latest step, an answer or a suspension; the same when there is none."""
        return self.before or self

    def suspend(self, turn: Turn) -> "Sitting":
        """The sitting without any further turn of a card; answers stay."""
        waiting = tuple(each for each in self.waiting if each.name != turn.name)
        return Sitting(waiting, self.answered, (*self.suspended, turn), self)

    def summary(self) -> Summary:
        """The sitting in figures."""
        firsts = [each for each in self.answered if not each.turn.practice]
        reviews = [each for each in firsts if each.mark.rating is not None]
        missed = {each.turn.name: each.turn.card.about for each in self.answered if each.mark.right is False}
        pairs = Counter((about[0], about[1]) for about in missed.values() if len(about) == 2)
        return Summary(
            reviews=len(reviews),
            right=sum(each.mark.rating is Rating.GOOD for each in reviews),
            practice=len(self.answered) - len(firsts),
            unrated=len(firsts) - len(reviews),
            left=sum(not turn.practice for turn in self.waiting),
            milliseconds=sum(each.reply.took for each in self.answered),
            mixed_up=tuple(_both_ways(pairs).most_common()),
        )


def _come_back(rest: tuple[Turn, ...], turn: Turn) -> tuple[Turn, ...]:
    if turn.returns == MOST_RETURNS:
        return rest
    again = turn._replace(number=turn.number + 1, returns=turn.returns + 1)
    return (*rest[:RETURN_AFTER], again, *rest[RETURN_AFTER:])


def _both_ways(missed: Mapping[tuple[str, str], int]) -> Counter[tuple[str, str]]:
    """Counts with (a, b) and (b, a) as one pair."""
    pairs: Counter[tuple[str, str]] = Counter()
    for (a, b), count in missed.items():
        pairs[(b, a) if (b, a) in pairs else (a, b)] += count
    return pairs
