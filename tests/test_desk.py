"""The desk writes every step into the journal before anything else happens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.deck import Deck
from quiz.desk import MOST_PRACTICE, Desk
from quiz.memory import Confidence, Rating
from quiz.planning import Past, Wishes, of_pair, plan
from quiz.questions import Card, Material, cards
from quiz.reasoning import Knowledge
from quiz.session import MOST_RETURNS, Answered, Reply, Sitting, Turn

DECK = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present:
      gull: {says: Gulls have it., cite: book Gulls ¶1, strength: often}
    absent:
      tern: {says: Terns have not., cite: book Terns ¶1}
  fork:
    aspect: sign
    noun: a forked tail
    present:
      tern: {says: Terns have it., cite: book Terns ¶2, strength: often}
    absent:
      gull: {says: Gulls have not., cite: book Gulls ¶2}
facts:
  uv: {says: Gulls see ultraviolet., about: [gull], cite: book Gulls ¶3, cloze: "Gulls see {ultraviolet}."}
"""


class Notebook:
    """A journal in memory that keeps what was written and what struck out."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.count = 0
        self.made_ready = 0

    def make_ready(self) -> None:
        self.made_ready += 1

    def record(self, answered: Answered) -> str:
        self.count += 1
        self.lines.append(f"{self.count} {answered.mark.rating!r}")
        return str(self.count)

    def undo(self, uuid: str) -> None:
        self.lines.append(f"undo {uuid}")

    def replace(self, uuid: str, answered: Answered) -> str:
        self.lines.append(f"replace {uuid}")
        return self.record(answered)

    def suspend(self, turn: Turn) -> None:
        self.lines.append(f"suspend {turn.card.id}")

    def unsuspend(self, turn: Turn) -> None:
        self.lines.append(f"unsuspend {turn.card.id}")


@pytest.fixture
def desk(deck_of: Callable[[str], Deck]) -> Desk:
    material = Material(Knowledge(deck_of(DECK)))
    made = plan({"sample": (cards(material), Past(memories={}))}, Wishes(), 20_000, 0)
    return Desk(Sitting(made.turns), {"sample": material}, Notebook(), 0)


def answer(desk: Desk, *, right: bool) -> Answered:
    question = desk.question()
    assert question is not None
    if not question.options:
        return desk.reply(question, Reply(typed="ultraviolet" if right else ""))
    wrong = next(i for i, option in enumerate(question.options) if not option.key)
    return desk.reply(question, Reply(chosen=question.key if right else wrong))


def lines(desk: Desk) -> list[str]:
    assert isinstance(desk.journal, Notebook)
    return desk.journal.lines


def test_an_answer_is_written_and_carries_its_id(desk: Desk) -> None:
    """The id under which the log holds an answer is known at once."""
    assert answer(desk, right=True).uuid == "1"
    assert lines(desk) == [f"1 {Rating.GOOD!r}"]


def test_a_guess_replaces_a_right_answer_once(desk: Desk) -> None:
    """Owning up turns Good into Again in one step; a second time there is nothing to own up to."""
    answer(desk, right=True)
    revised = desk.guessed()
    assert revised is not None
    assert revised.reply.confidence is Confidence.GUESSED
    assert revised.mark.rating is Rating.AGAIN
    assert desk.guessed() is None
    assert lines(desk)[1:] == ["replace 1", f"2 {Rating.AGAIN!r}"]


def test_a_wrong_answer_is_no_guess(desk: Desk) -> None:
    """Only what was right can have been lucky."""
    answer(desk, right=False)
    assert desk.guessed() is None


def test_undo_strikes_out_the_revised_answer(desk: Desk) -> None:
    """After a guess, undo takes back the answer that now stands."""
    answer(desk, right=True)
    desk.guessed()
    assert desk.undo()
    assert lines(desk)[-1] == "undo 2"
    assert not desk.undo()


def test_suspending_after_the_answer_is_undone_before_it(desk: Desk) -> None:
    """Steps are undone in the order in which they were taken, latest first."""
    answered = answer(desk, right=True)
    desk.suspend(answered.turn)
    assert desk.guessed() is None  # the latest step is the suspension
    desk.undo()
    desk.undo()
    assert lines(desk)[1:] == [f"suspend {answered.turn.card.id}", f"unsuspend {answered.turn.card.id}", "undo 1"]


def test_a_typed_reply_can_be_judged_either_way(desk: Desk) -> None:
    """The learner's verdict replaces the mark; a chosen option is not for judging."""
    while (question := desk.question()) is not None and question.options:
        answer(desk, right=True)
        assert desk.judged(True) is None
    assert question is not None
    assert desk.reply(question, Reply(typed="short waves")).mark.rating is None
    judged = desk.judged(True)
    assert judged is not None
    assert judged.mark.rating is Rating.GOOD
    again = desk.judged(False)
    assert again is not None
    assert again.mark.rating is Rating.AGAIN


def test_the_sitting_ends(desk: Desk) -> None:
    """When every card was known there is no question left, and a reply is refused."""
    last = desk.question()
    while desk.question() is not None:
        answer(desk, right=True)
    assert last is not None
    with pytest.raises(ValueError, match="over"):
        desk.reply(last, Reply(chosen=0))


MANY = DECK.replace(
    "facts:\n",
    """\
  crest:
    aspect: sign
    noun: a black cap
    present:
      tern: {says: Terns have it., cite: book Terns ¶3, strength: often}
    absent:
      gull: {says: Gulls have not., cite: book Gulls ¶4}
  bulk:
    aspect: sign
    noun: a heavy body
    present:
      gull: {says: Gulls have it., cite: book Gulls ¶5, strength: often}
    absent:
      tern: {says: Terns have not., cite: book Terns ¶4}
  webs:
    aspect: sign
    noun: webbed feet
    present:
      gull: {says: Gulls have them., cite: book Gulls ¶6}
      tern: {says: Terns have them., cite: book Terns ¶5}
  cry:
    aspect: sign
    noun: a harsh cry
    present:
      gull: {says: Gulls have it., cite: book Gulls ¶7}
      tern: {says: Terns have it., cite: book Terns ¶6}
facts:
""",
)
PAIR = frozenset({"gull", "tern"})


@pytest.fixture
def mixed(deck_of: Callable[[str], Deck]) -> Desk:
    """A sitting of one card of the pair and four that tell no subject from another; the rest of the pair in reserve."""
    material = Material(Knowledge(deck_of(MANY)))
    on_pair = [turn for turn in of_pair("sample", cards(material), Past({}), PAIR, 0) if "sort" in turn.card.kinds]
    first = next(turn for turn in on_pair if turn.card.about == ("gull", "tern"))
    plain = next(card for card in cards(material) if card.kinds == ("recall",))
    others = [
        Turn("sample", plain._replace(id=f"plain {i}"), plain.kinds, number=0, most=3, new=True) for i in range(4)
    ]
    asked = first._replace(kinds=("sort",), counts=True)
    sitting = Sitting((asked, *others))
    return Desk(
        sitting, {"sample": material}, Notebook(), 0, reserve=lambda _deck, pair: on_pair if pair == PAIR else ()
    )


def test_a_fresh_question_on_a_mixed_up_pair_comes_after_two_others(mixed: Desk) -> None:
    """Another feature of the same two subjects, and one that leaves the schedule alone."""
    missed = answer(mixed, right=False)
    assert {frozenset((each.actual, each.taken)) for each in mixed.mixed_up(missed)} == {PAIR}
    first, second, fresh, *_ = mixed.sitting.waiting
    assert [turn.card.id for turn in (first, second)] == ["plain 0", "plain 1"]
    assert frozenset(fresh.card.about) == PAIR
    assert fresh.card.feature != missed.turn.card.feature
    assert fresh.practice


def test_a_right_answer_and_a_typed_one_call_for_no_fresh_question(mixed: Desk) -> None:
    """They took nothing for anything else."""
    waiting = len(mixed.sitting.waiting)
    assert not mixed.mixed_up(answer(mixed, right=True))
    assert not mixed.mixed_up(answer(mixed, right=False))
    assert [turn.card.id for turn in mixed.sitting.waiting][:3] == ["plain 1", "plain 2", "plain 3"]
    assert len(mixed.sitting.waiting) == waiting - 1  # the typed one comes back itself


def test_a_question_on_the_pair_that_waits_is_moved_forward(mixed: Desk) -> None:
    """Nothing is asked twice for it."""
    waits = next(turn for turn in mixed.reserve("sample", PAIR) if turn.name != mixed.sitting.waiting[0].name)
    mixed.sitting = Sitting((*mixed.sitting.waiting, waits._replace(counts=True)))
    answer(mixed, right=False)
    assert mixed.sitting.waiting[2] == waits._replace(counts=True)
    assert [turn.name for turn in mixed.sitting.waiting].count(waits.name) == 1


def test_after_too_many_misses_of_a_pair_no_more_is_put_in(mixed: Desk) -> None:
    """More of the same is no longer learning; what was missed alone comes back."""
    met = set()
    for _ in range(40):
        turn = mixed.sitting.turn
        if turn is None:
            break
        met.add(turn.card.id)
        answer(mixed, right=turn.card.id.startswith("plain"))
    assert mixed.sitting.turn is None
    missed = [each for each in mixed.sitting.answered if not each.mark.right]
    assert len({each.turn.card.id for each in missed}) <= MOST_RETURNS + 2
    assert len(list(mixed.reserve("sample", PAIR))) > len(
        {each.turn.card.id for each in missed}
    )  # there was more to put in


def test_undo_takes_the_fresh_question_out(mixed: Desk) -> None:
    """The sitting is as it was before the mistake."""
    before = mixed.sitting
    answer(mixed, right=False)
    mixed.undo()
    assert mixed.sitting == before


def test_a_card_suspended_in_this_sitting_is_no_fresh_question(mixed: Desk) -> None:
    """Neither in reserve nor, once it is taken in again by undo, any less of one than before."""
    fresh = answer(mixed, right=False) and mixed.sitting.waiting[2]
    mixed.undo()
    mixed.suspend(fresh)
    answer(mixed, right=False)
    assert fresh.name not in [turn.name for turn in mixed.sitting.waiting]
    assert frozenset(mixed.sitting.waiting[2].card.about) == PAIR
    mixed.undo()
    mixed.undo()
    answer(mixed, right=False)
    assert mixed.sitting.waiting[2] == fresh


def test_a_gap_in_a_sentence_on_both_is_no_fresh_question(mixed: Desk) -> None:
    """It does not ask which is which."""
    turns = list(mixed.reserve("sample", PAIR))
    gap = turns[0]._replace(card=turns[0].card._replace(id="recall:both", feature=None, kinds=("recall",)))
    mixed.reserve = lambda _deck, _pair: [gap, *turns]
    answer(mixed, right=False)
    assert mixed.sitting.waiting[2].card.feature is not None


def test_a_pair_of_another_deck_does_not_follow(mixed: Desk) -> None:
    """Two decks may have subjects of the same ids."""
    other = next(iter(mixed.reserve("sample", PAIR)))._replace(deck="other")
    mixed.sitting = Sitting((*mixed.sitting.waiting, other))
    answer(mixed, right=False)
    assert mixed.sitting.waiting[2].deck == "sample"
    assert mixed.sitting.waiting[-1] == other


def test_behind_much_practice_nothing_more_is_put_in(mixed: Desk) -> None:
    """What is due would wait too long."""
    plain = mixed.sitting.waiting[1]
    cards_to_come = [plain.card._replace(id=f"practice {number}") for number in range(MOST_PRACTICE)]
    practice = tuple(plain._replace(card=card, counts=False) for card in cards_to_come)
    mixed.sitting = Sitting((mixed.sitting.waiting[0], *practice))
    answer(mixed, right=False)
    assert {turn.name for turn in mixed.sitting.waiting} <= {
        turn.name for turn in (mixed.sitting.answered[0].turn, *practice)
    }


@pytest.mark.parametrize("right", ["yes", "no", "in turn"])
def test_looking_ahead_changes_nothing_that_is_asked_or_written(deck_of: Callable[[str], Deck], right: str) -> None:
    """However often, and whether replies are right or wrong, taken back or owned up to."""

    def held(times: int) -> tuple[list[str], list[object]]:
        material = Material(Knowledge(deck_of(MANY)))
        past = Past(memories={})
        made = plan({"sample": (cards(material), past)}, Wishes(), 20_000, 3)

        def reserve(deck: str, pair: frozenset[str]) -> list[Turn]:
            return list(of_pair(deck, cards(material), past, pair, 3))

        desk = Desk(Sitting(made.turns), {"sample": material}, Notebook(), 3, reserve)
        seen: list[object] = []
        for number in range(60):
            if (question := desk.question()) is None:
                break
            for _ in range(times):
                desk.look_ahead()
            seen.append(question)
            assert desk.question() == question
            answer(desk, right={"yes": True, "no": False, "in turn": number % 2 == 0}[right])
            for _ in range(times):
                desk.look_ahead()
            if number % 7 == 3:
                desk.guessed()
            if number % 5 == 4:
                desk.undo()
        return lines(desk), seen

    assert held(0) == held(1) == held(3)
    assert len(held(1)[1]) > 5


def test_looking_ahead_makes_the_journal_ready_once_a_question_at_most(mixed: Desk) -> None:
    """However often the screen is drawn; and not when the sitting is over."""
    journal = mixed.journal
    assert isinstance(journal, Notebook)
    for number in range(1, 4):
        for _ in range(3):
            mixed.look_ahead()
        assert journal.made_ready == number
        answer(mixed, right=True)
    mixed.sitting = Sitting(())
    mixed.look_ahead()
    assert journal.made_ready == 3
    assert len(journal.lines) == 3


def test_the_next_question_is_made_while_this_one_is_read(mixed: Desk) -> None:
    """So that it is there at once; a question that was looked at keeps its options."""
    asked: list[str] = []
    (name, source) = next(iter(mixed.sources.items()))

    class Watched:
        deck = source.deck

        def part(self, card: Card) -> Material:
            asked.append(card.id)
            return source.part(card)

    mixed.sources = {name: Watched()}
    mixed.look_ahead()
    first, second = mixed.sitting.waiting[:2]
    assert {first.card.id, second.card.id} <= set(asked)
