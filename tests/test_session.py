"""A sitting as a value: marks, returns of missed cards, undo, and the figures at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.deck import Citation, Claim, Deck, Weight
from quiz.memory import Confidence, Rating
from quiz.questions.model import Card, Option, Question, Reason
from quiz.session import (
    MOST_RETURNS,
    RETURN_AFTER,
    Answered,
    Mark,
    Reply,
    Sitting,
    Turn,
    chosen_by_words,
    claims_made,
    mark,
)
from quiz.verdict import Rule

DECK = Deck(id="d", version="1", title="D", licence="MIT", notice="", path=".")


def turn(name: str) -> Turn:
    card = Card(id=name, fact=name, about=("a", "b"), feature=name, kinds=("contrast",), weight=Weight.CORE)
    return Turn(deck="d", card=card, kinds=("contrast",), number=0, most=3, new=True)


def option(text: str, *, key: bool) -> Option:
    cite = (Citation("s", "", "1"),)
    return Option(
        text=text, key=key, claims=(Claim("a", text, True),), reason=Reason(Rule.STATED, ("f",), text), cites=cite
    )


CHOICE = Question(
    id="q/contrast",
    card="q",
    kind="contrast",
    seed=0,
    stem="Which?",
    asks={},
    explanation="",
    facts=(),
    cites=(),
    options=(option("wrong", key=False), option("right", key=True)),
)
TYPED = CHOICE._replace(options=(), accepts=("30 %",))


def answered(name: str, mark: Mark, **changes: object) -> Answered:
    given = Answered(turn=turn(name), question=CHOICE, reply=Reply(chosen=1, took=1000), mark=mark)
    return given._replace(**changes)  # type: ignore[arg-type]


GOOD, AGAIN, UNRATED = Mark(True, Rating.GOOD), Mark(False, Rating.AGAIN), Mark(None, None)


@pytest.mark.parametrize(
    ("question", "reply", "expected"),
    [
        (CHOICE, Reply(chosen=1), GOOD),
        (CHOICE, Reply(chosen=0), AGAIN),
        (CHOICE, Reply(chosen=1, confidence=Confidence.SURE), GOOD),
        (CHOICE, Reply(chosen=1, confidence=Confidence.GUESSED), Mark(True, Rating.AGAIN)),
        (CHOICE, Reply(), AGAIN),
        (TYPED, Reply(typed="30%"), GOOD),
        (TYPED, Reply(typed="20 %"), AGAIN),
        (TYPED, Reply(typed=""), AGAIN),
        (TYPED, Reply(typed="a third"), UNRATED),
        (TYPED._replace(accepts=("ultraviolet",)), Reply(typed="ultravoilet"), GOOD),
    ],
)
def test_marks(question: Question, reply: Reply, expected: Mark) -> None:
    """Right is Good, wrong and guessed are Again, what is merely not cited is unrated; never Hard or Easy."""
    assert mark(question, reply, DECK) == expected


def test_a_missed_card_comes_back_later_as_practice_in_its_next_turn() -> None:
    """It returns after some other questions, worded anew, and leaves the schedule alone."""
    sitting = Sitting(tuple(turn(name) for name in "abcdefg")).answer(answered("a", AGAIN))
    back = sitting.waiting[RETURN_AFTER]
    assert (back.card.id, back.practice, back.number) == ("a", True, 1)
    assert [each.card.id for each in sitting.waiting] == ["b", "c", "d", "e", "a", "f", "g"]


@pytest.mark.parametrize("marked", [Mark(True, Rating.AGAIN), UNRATED])
def test_guesses_and_unrated_replies_come_back_too(marked: Mark) -> None:
    """Whatever is not Good returns, even when nothing else is left."""
    sitting = Sitting((turn("a"),)).answer(answered("a", marked))
    assert sitting.turn is not None
    assert sitting.turn.practice


def test_revising_replaces_the_latest_answer() -> None:
    """A right answer owned up to as a guess counts once, and brings its card back."""
    sitting = Sitting((turn("a"), turn("b"))).answer(answered("a", GOOD))
    revised = sitting.revise(answered("a", Mark(True, Rating.AGAIN)))
    assert len(revised.answered) == 1
    assert [each.card.id for each in revised.waiting] == ["b", "a"]


def test_suspending_takes_out_every_turn_of_the_card_and_can_be_undone() -> None:
    """Also the turn in which a missed card would come back."""
    before = Sitting((turn("a"), turn("b"))).answer(answered("a", AGAIN))
    sitting = before.suspend(before.waiting[-1])
    assert [each.card.id for each in sitting.waiting] == ["b"]
    assert not sitting.just_answered
    with pytest.raises(ValueError, match="no answer"):
        sitting.revise(answered("a", GOOD))
    assert sitting.undo() == before


@given(st.lists(st.sampled_from(["good", "again", "suspend"]), max_size=30))
def test_undo_reaches_back_over_the_whole_sitting(steps: list[str]) -> None:
    """Undoing as often as there were steps gives the first sitting again, whatever happened."""
    first = sitting = Sitting(tuple(turn(name) for name in "abc"))
    count = 0
    for step in steps:
        if sitting.turn is None:
            break
        if step == "suspend":
            sitting = sitting.suspend(sitting.turn)
        else:
            marked = GOOD if step == "good" else AGAIN
            sitting = sitting.answer(answered(sitting.turn.card.id, marked, turn=sitting.turn))
        count += 1
    for _ in range(count):
        sitting = sitting.undo()
    assert sitting == first
    assert sitting.undo() == first


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_no_card_is_lost_while_a_sitting_goes_on(rights: list[bool]) -> None:
    """A card leaves the sitting by a Good response, or after it came back as often as it may."""
    sitting = Sitting(tuple(turn(name) for name in "abcde"))
    gone: set[str] = set()
    for right in rights:
        if sitting.turn is None:
            break
        if right or sitting.turn.returns == MOST_RETURNS:
            gone.add(sitting.turn.card.id)
        sitting = sitting.answer(answered("", GOOD if right else AGAIN, turn=sitting.turn))
    assert {each.card.id for each in sitting.waiting} == set("abcde") - gone


def test_summary_counts_reviews_apart_from_practice() -> None:
    """Practice is no review, and misses are counted by pair, whichever way round it was asked."""
    other = turn("b")._replace(card=turn("b").card._replace(about=("b", "a")))
    practice = turn("a")._replace(returns=1)
    sitting = Sitting(tuple(turn(name) for name in "abcd"))
    for each in (
        answered("a", AGAIN),
        answered("b", AGAIN, turn=other),
        answered("c", GOOD),
        answered("d", UNRATED),
        answered("a", GOOD, turn=practice),
    ):
        sitting = sitting.answer(each)
    found = sitting.summary()
    assert (found.reviews, found.right, found.practice, found.unrated, found.left) == (3, 1, 1, 1, 0)
    assert found.milliseconds == 5000
    assert found.mixed_up == ((("a", "b"), 2),)


def test_a_card_missed_in_two_decks_is_missed_twice() -> None:
    """Ids are permanent within a deck only."""
    turns = turn("a"), turn("a")._replace(deck="other")
    sitting = Sitting(turns)
    for each in turns:
        sitting = sitting.answer(answered("a", AGAIN, turn=each))
    assert [times for _, times in sitting.summary().mixed_up] == [2]


def test_claims_made_are_those_of_the_chosen_option() -> None:
    """The log keeps what a choice says, right or wrong."""
    assert claims_made(answered("a", GOOD)) == (("a", "right", True),)
    assert claims_made(answered("a", AGAIN, reply=Reply(chosen=0))) == (("a", "wrong", True),)
    assert claims_made(answered("a", AGAIN, reply=Reply())) == ()


def test_a_question_that_is_to_follow_comes_after_two_others() -> None:
    """One that waits further back is moved forward, one that comes soon anyway stays where it is."""
    sitting = Sitting(tuple(turn(name) for name in "abcdefg"))
    fresh = sitting.answer(answered("a", GOOD), turn("x"))
    assert [each.card.id for each in fresh.waiting] == list("bcxdefg")
    moved = sitting.answer(answered("a", GOOD), turn("g"))
    assert [each.card.id for each in moved.waiting] == list("bcgdef")
    soon = sitting.answer(answered("a", GOOD), turn("c"))
    assert [each.card.id for each in soon.waiting] == list("bcdefg")
    assert fresh.undo() == sitting


def test_a_turn_that_does_not_count_is_practice_from_the_start() -> None:
    """It is no review and none of what is left for today."""
    extra = turn("a")._replace(counts=False)
    sitting = Sitting((extra,))
    assert sitting.summary().left == 0
    assert sitting.answer(answered("a", GOOD, turn=extra)).summary().practice == 1


def test_words_typed_before_the_options_choose_the_one_they_name() -> None:
    """Nothing is chosen where they name none."""
    question = CHOICE._replace(options=(option("a hooked bill", key=True), option("webbed feet", key=False)))
    assert chosen_by_words(question, DECK, "hooked bill") == 0
    assert chosen_by_words(question, DECK, "Webbed foet") is None
    assert chosen_by_words(question, DECK, "webbed feet") == 1
    assert chosen_by_words(question, DECK, "a fork") is None
    assert chosen_by_words(question, DECK, "") is None
