"""A drill of one pair: the order of its questions, what of it counts, and what it came to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.confusion import MixUp
from quiz.deck import Deck, Weight
from quiz.drilling import Score, counting, last_drill, ordered, outcome, whose
from quiz.memory import Confidence, Memory, Mode, Rating, Response
from quiz.questions.model import Card, Question
from quiz.reasoning import Knowledge
from quiz.session import Answered, Mark, Reply, Turn

TODAY = 20_000

DECK = """
subjects:
  gull: {group: birds, name: gull, short: gulls}
  tern: {group: birds, name: tern, short: terns}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present: {gull: {says: Gulls have it., cite: book Gulls ¶1}}
    absent: {tern: {says: Terns have not., cite: book Terns ¶1}}
  webs:
    aspect: sign
    noun: webbed feet
    present:
      gull: {says: Gulls have them., cite: book Gulls ¶2}
      tern: {says: Terns have them., cite: book Terns ¶2}
  cry:
    aspect: sign
    noun: a harsh cry
    present: {tern: {says: Terns have it., cite: book Terns ¶3}}
more-often:
  oftener: {says: Harsh cries come more often from terns., feature: cry, in: tern, than: gull, cite: book Terns ¶4}
"""


@pytest.fixture
def knowledge(deck_of: Callable[[str], Deck]) -> Knowledge:
    return Knowledge(deck_of(DECK))


def turn(
    name: str,
    feature: str | None = None,
    about: tuple[str, str] = ("gull", "tern"),
    kinds: tuple[str, ...] = ("contrast", "sort"),
    weight: Weight = Weight.CORE,
) -> Turn:
    card = Card(id=name, fact=name, about=about, feature=feature or name, kinds=kinds, weight=weight)
    return Turn("d", card, kinds, number=0, most=3, new=True, counts=False, mode=Mode.DRILL)


def names(turns: tuple[Turn, ...]) -> list[str]:
    return [each.card.id for each in turns]


def test_what_was_mixed_up_comes_first_then_what_was_asked_least_then_core(knowledge: Knowledge) -> None:
    """All are keyed to gulls here, so no side has to wait for its turn."""
    turns = [
        turn("hook", weight=Weight.DETAIL),
        turn("hook2", "hook", kinds=("true-false",)),
        turn("cry", kinds=("contrast",)),
        turn("webs", kinds=("contrast",)),
    ]
    assert names(ordered(turns, knowledge, {"webs"}, {"webs": 5, "cry": 1})) == ["webs", "hook2", "cry"]


def test_a_feature_is_asked_once(knowledge: Knowledge) -> None:
    """Two cards on one feature would give each other away; a gap in a sentence is no question on the pair."""
    gap = turn("gap", kinds=("recall",))
    gap = gap._replace(card=gap.card._replace(feature=None))
    assert names(ordered([turn("one", "hook"), turn("two", "hook"), gap], knowledge, (), {})) == ["one"]


def test_the_sides_take_turns(knowledge: Knowledge) -> None:
    """Gulls, both and terns, as long as there are some of each."""
    turns = [
        *(turn(f"g{i}", "hook") for i in range(3)),
        turn("both", "webs", kinds=("shared", "sort")),
        *(turn(f"t{i}", "hook", about=("tern", "gull"), kinds=("contrast",)) for i in range(2)),
    ]
    turns = [
        each._replace(card=each.card._replace(feature=each.card.id if each.card.id != "both" else "webs"))
        for each in turns
    ]
    known = Knowledge(
        knowledge.deck._replace(
            features={
                **knowledge.deck.features,
                **{each.card.id: knowledge.deck.features["hook"]._replace(id=each.card.id) for each in turns},
            }
        )
    )
    assert names(ordered(turns, known, (), {})) == ["g0", "both", "t0", "g1", "t1", "g2"]


def test_each_card_goes_on_to_its_next_wording(knowledge: Knowledge) -> None:
    """Also by what was practised, not by reviews alone."""
    assert [each.number for each in ordered([turn("hook")], knowledge, (), {"hook": 3})] == [3]


def memory(due: int) -> Memory:
    return Memory(stability=3.0, difficulty=5.0, last=due - 3, due=due, reviews=2, lapses=0)


def test_due_and_new_cards_count_where_that_is_asked_for() -> None:
    """Not those still to come, and of sisters one a day."""
    turns = [turn("new"), turn("due"), turn("later"), turn("sister", "new"), turn("met")]
    memories = {"due": memory(TODAY), "later": memory(TODAY + 1)}
    made = counting(turns, memories, TODAY, {"feature met"})
    assert [each.card.id for each in made if not each.practice] == ["new", "due"]


def response(name: str, *, right: bool, sitting: str, mode: Mode = Mode.DRILL, day: int = TODAY) -> Response:
    return Response(
        uuid="",
        device="",
        time=0,
        offset=0,
        day=day,
        deck="d",
        card=name,
        kind="sort",
        seed=0,
        options=("a", "b"),
        chosen=0,
        typed="",
        claims=(),
        took=0,
        confidence=Confidence.PLAIN,
        right=right,
        rating=Rating.GOOD if right else Rating.AGAIN,
        counts=False,
        mode=mode,
        sitting=sitting,
    )


def test_the_last_drill_is_scored_by_first_responses() -> None:
    """Studying between drills, other pairs and earlier drills leave it as it is."""
    log = [
        response("a", right=True, sitting="1", day=TODAY - 3),
        response("a", right=False, sitting="2", day=TODAY - 1),
        response("b", right=True, sitting="2", day=TODAY - 1),
        response("a", right=True, sitting="2", day=TODAY - 1),
        response("b", right=False, sitting="3", mode=Mode.STUDY),
        response("other", right=False, sitting="4"),
    ]
    assert last_drill(log, {"a", "b"}) == Score(right=1, of=2, day=TODAY - 1)
    assert last_drill(log[4:], {"a", "b"}) is None


def answered(name: str, *, right: bool) -> Answered:
    question = Question(id="", card=name, kind="sort", seed=0, stem="", asks={}, explanation="", facts=(), cites=())
    mark = Mark(right, Rating.GOOD if right else Rating.AGAIN)
    return Answered(turn(name), question, Reply(chosen=0), mark)


def test_a_drill_ends_with_what_is_still_mixed_up_and_what_is_no_longer() -> None:
    """By the last response to each card; right at once counts the first."""
    log = [
        answered("a", right=True),
        answered("b", right=False),
        answered("c", right=False),
        answered("b", right=True),
        answered("c", right=False),
    ]

    def mixed_up(each: Answered) -> tuple[MixUp, ...]:
        return () if each.mark.right else (MixUp("tern", "gull", "", 1.0),)

    result = outcome(log, mixed_up)
    assert (result.right, result.asked) == (1, 3)
    assert result.still == {("tern", "gull"): ("c",)}
    assert result.mended == ("b",)
    assert outcome([], mixed_up).asked == 0


def test_where_a_feature_belongs_in_words(knowledge: Knowledge) -> None:
    """In the order in which the subjects are named, and nothing where it is not known."""
    assert whose(knowledge, "gull", "tern", "hook") == "gulls, not terns"
    assert whose(knowledge, "tern", "gull", "hook") == "gulls, not terns"
    assert whose(knowledge, "gull", "tern", "webs") == "both"
    assert whose(knowledge, "gull", "tern", "cry") == "more often in terns"
