"""Which cards a sitting holds, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.confusion import Confusion
from quiz.deck import Weight
from quiz.memory import Memory
from quiz.newcards import AHEAD, BLOCK, CHOICE, RUN, Asked, Fresh, asked_of, fresh
from quiz.planning import (
    FEWEST_OPTIONS,
    STRONG,
    Past,
    Plan,
    Wishes,
    leeches,
    of_pair,
    options_for,
    plan,
)
from quiz.questions.model import Card

TODAY = 20_000


def card(
    name: str,
    fact: str = "",
    weight: Weight = Weight.CORE,
    kinds: tuple[str, ...] = ("contrast", "sort"),
    about: str = "ab",
    feature: str | None = None,
) -> Card:
    return Card(id=name, fact=fact or name, about=tuple(about), feature=feature, kinds=kinds, weight=weight)


def memory(due: int, stability: float = 3.0, lapses: int = 0) -> Memory:
    return Memory(stability=stability, difficulty=5.0, last=due - 3, due=due, reviews=2, lapses=lapses)


def confusion(actual: str, taken: str, weight: float = 2.0, features: tuple[str, ...] = ()) -> Confusion:
    return Confusion(actual, taken, 2, 5, weight, 2, 0, features)


def planned(cards: list[Card], past: Past, wishes: Wishes | None = None, seed: int = 0) -> Plan:
    return plan({"d": (cards, past)}, wishes or Wishes(), TODAY, seed)


def names(made: Plan) -> list[str]:
    return [turn.card.id for turn in made.turns]


def test_due_cards_come_longest_overdue_first() -> None:
    """What is not yet due waits."""
    cards = [card(name) for name in "abc"]
    past = Past(memories={"a": memory(TODAY), "b": memory(TODAY - 5), "c": memory(TODAY + 1)})
    assert names(planned(cards, past)) == ["b", "a"]


def test_confident_errors_come_first() -> None:
    """A card last answered wrongly by a learner who was sure goes before what is longer overdue."""
    cards = [card(name) for name in "ab"]
    past = Past(memories={"a": memory(TODAY - 9), "b": memory(TODAY)}, misled={"b"})
    assert names(planned(cards, past)) == ["b", "a"]


def test_ten_new_cards_a_day_counting_those_met_today() -> None:
    """Seven introduced earlier today leave three."""
    cards = [card(f"n{i}") for i in range(30)]
    assert planned(cards, Past(memories={})).new == 10
    assert planned(cards, Past(memories={}, introduced=7)).new == 3
    assert planned(cards, Past(memories={}, introduced=12)).new == 0


def test_limit_keeps_reviews_before_new_cards() -> None:
    """With little time, what is due comes before what is new."""
    cards = [card(f"n{i}") for i in range(5)] + [card(f"d{i}") for i in range(5)]
    past = Past(memories={f"d{i}": memory(TODAY) for i in range(5)})
    made = planned(cards, past, Wishes(limit=6))
    assert (made.due, made.new, len(made.turns)) == (5, 1, 6)
    assert planned(cards, past, Wishes(limit=0)).turns == ()


def test_what_a_limit_leaves_out_is_not_left_for_other_days() -> None:
    """A short sitting is no backlog: the rest can be had today."""
    cards = [card(f"d{i}") for i in range(5)]
    past = Past(memories={f"d{i}": memory(TODAY) for i in range(5)})
    assert planned(cards, past, Wishes(limit=2)).later == 0
    assert planned(cards, past, Wishes(limit=2, reviews=4)).later == 1


def test_new_cards_are_spread_among_those_due() -> None:
    """Neither block comes whole before the other."""
    cards = [card(f"n{i}") for i in range(3)] + [card(f"d{i}") for i in range(6)]
    made = planned(cards, Past(memories={f"d{i}": memory(TODAY) for i in range(6)}))
    assert [name[0] for name in names(made)] == list("ddnddnddn") or [name[0] for name in names(made)].index("n") < 4


def test_sisters_are_not_met_on_one_day() -> None:
    """Of cards of one fact only one is taken, and none if one was answered today."""
    cards = [card("a1", "fact"), card("a2", "fact"), card("b")]
    assert len(names(planned(cards, Past(memories={})))) == 2
    assert names(planned(cards, Past(memories={}, answered={"a1"}))) == ["b"]
    both_due = Past(memories={"a1": memory(TODAY), "a2": memory(TODAY - 1)})
    assert names(planned(cards[:2], both_due)) == ["a2"]


def test_core_before_detail_and_choosing_before_typing() -> None:
    """New cards come in the order of their worth."""
    cards = [
        card("detail", weight=Weight.DETAIL),
        card("typed", kinds=("recall",)),
        card("core"),
    ]
    assert names(planned(cards, Past(memories={}))) == ["core", "typed", "detail"]


def test_wishes_for_subjects_and_kinds() -> None:
    """Only cards about a subject wanted, asked only in a kind wanted."""
    other = Card(id="x", fact="x", about=("c",), feature=None, kinds=("recall",), weight=Weight.CORE)
    cards = [card("a"), other]
    assert names(planned(cards, Past(memories={}), Wishes(only=frozenset({"c"})))) == ["x"]
    made = planned(cards, Past(memories={}), Wishes(kinds=frozenset({"sort"})))
    assert [turn.kinds for turn in made.turns] == [("sort",)]


def test_suspended_and_answered_cards_are_left_out() -> None:
    """A card answered today waits for another day, due or not."""
    cards = [card("a"), card("b"), card("c")]
    past = Past(memories={"b": memory(TODAY - 2)}, suspended={"a"}, answered={"b"})
    assert names(planned(cards, past)) == ["c"]


def test_turns_tell_how_often_a_card_was_asked() -> None:
    """Known cards go on to their next wording."""
    made = planned([card("a"), card("b")], Past(memories={"a": memory(TODAY)}))
    by_name = {turn.card.id: turn for turn in made.turns}
    assert (by_name["a"].number, by_name["a"].new) == (2, False)
    assert (by_name["b"].number, by_name["b"].new, by_name["b"].most) == (0, True, FEWEST_OPTIONS)


def test_options_grow_from_three_with_stability() -> None:
    """More lures help a strong learner and hurt a weak one."""
    counts = [options_for(memory(TODAY, days)) for days in (0.5, 20, 21, 89, 90, 1000)]
    assert [options_for(None), *counts] == [3, 3, 3, 4, 4, 5, 5]


def test_strong_cards_are_recalled_before_options_are_shown() -> None:
    """Only in kinds that make sense without options; and only if the learner did not wish otherwise."""
    cards = [card("strong", kinds=("contrast", "sort")), card("weak"), card("fixed", kinds=("sort",))]
    past = Past(
        memories={"strong": memory(TODAY, STRONG), "weak": memory(TODAY, STRONG - 1), "fixed": memory(TODAY, STRONG)}
    )
    turns = {turn.card.id: turn for turn in planned(cards, past).turns}
    assert {name: (turn.recall, turn.kinds) for name, turn in turns.items()} == {
        "strong": (True, ("contrast",)),
        "weak": (False, ("contrast", "sort")),
        "fixed": (False, ("sort",)),
    }
    assert not any(turn.recall for turn in planned(cards, past, Wishes(recall=False)).turns)


def test_a_new_pair_begins_with_a_block_then_pairs_alternate() -> None:
    """The first sitting: four cards of one pair, keyed to either side in turn; later runs of two."""
    cards = [card(f"{pair}{i}", about=pair) for i in range(6) for pair in ("ab", "ba", "ac", "ca")]
    pairs = ["".join(turn.card.about) for turn in planned(cards, Past(memories={})).turns]
    groups = [sorted(pair) for pair in pairs]
    first = groups[0]
    assert groups[:BLOCK] == [first] * BLOCK
    assert groups[BLOCK] == groups[BLOCK + 1]
    assert len(pairs) == 10
    assert all(pairs[i] != pairs[i + 1] for i in range(BLOCK - 1))
    begun = Past(memories={"ab0": memory(TODAY + 9), "ac0": memory(TODAY + 9)})
    later = [sorted(turn.card.about) for turn in planned(cards, begun).turns]
    assert all(later[i] == later[i + 1] for i in range(0, 10, RUN))


def test_look_alikes_that_are_due_stand_near_each_other() -> None:
    """Two of a pair follow one another, although another card was due between them."""
    cards = [card("ab1"), card("cd", about="cd"), card("ab2", about="ba")]
    past = Past(memories={"ab1": memory(TODAY - 3), "cd": memory(TODAY - 2), "ab2": memory(TODAY - 1)})
    assert names(planned(cards, past)) == ["ab1", "ab2", "cd"]


def test_what_is_mixed_up_comes_first_among_due_and_new() -> None:
    """A retired confusion counts no more."""
    cards = [card("ab"), card("cd", about="cd"), card("new-ab"), card("new-dc", about="dc", weight=Weight.DETAIL)]
    due = {"ab": memory(TODAY - 9), "cd": memory(TODAY)}
    assert names(planned(cards, Past(memories=due), Wishes(new=0))) == ["ab", "cd"]
    mixed = Past(memories=due, confused=[confusion("c", "d")])
    assert names(planned(cards, mixed, Wishes(new=0))) == ["cd", "ab"]
    assert names(planned(cards, mixed._replace(memories={}), Wishes(new=2)))[0] in {"cd", "new-dc"}
    retired = Past(memories=due, confused=[confusion("c", "d", weight=0.0)])
    assert names(planned(cards, retired, Wishes(new=0))) == ["ab", "cd"]


def test_lures_are_what_the_learner_mixed_up_with_the_subjects_of_the_card() -> None:
    """The subject it is taken for, and the features it went wrong by."""
    past = Past(memories={}, confused=[confusion("b", "c", features=("f",)), confusion("d", "e", weight=0.0)])
    turns = {turn.card.id: turn for turn in planned([card("ab"), card("de", about="de")], past).turns}
    assert turns["ab"].lures == {"c", "f"}
    assert turns["de"].lures == frozenset()


def test_a_backlog_is_spread_over_days() -> None:
    """At most so many reviews a day, those done today counted; the rest is left for later and said to be."""
    cards = [card(f"d{i}") for i in range(10)]
    past = Past(memories={f"d{i}": memory(TODAY - i) for i in range(10)}, reviewed=1)
    made = planned(cards, past, Wishes(reviews=5))
    assert (made.due, made.later) == (4, 6)
    assert names(made)[0] == "d9"
    assert planned(cards, past._replace(reviewed=7), Wishes(reviews=5)).due == 0


def test_a_pair_is_drilled_without_touching_the_schedule() -> None:
    """What was mixed up comes first; suspended cards and other pairs stay out."""
    cards = [card("a1", feature="x"), card("b1", about="ba", feature="y"), card("c", about="bc"), card("gone")]
    past = Past(memories={"a1": memory(TODAY)}, suspended={"gone"}, confused=[confusion("b", "a", features=("y",))])
    turns = list(of_pair("d", cards, past, frozenset("ab"), 0))
    assert [turn.card.id for turn in turns] == ["b1", "a1"]
    assert all(turn.practice for turn in turns)


def test_a_fresh_question_on_a_pair_is_of_a_kind_that_is_wanted() -> None:
    """Where the learner asked for some kinds only, cards of others stay out."""
    cards = [card("a1"), card("a2", kinds=("true-false",)), card("a3", kinds=("sort",))]
    turns = of_pair("d", cards, Past({}, answered={"a1"}), frozenset("ab"), 0, kinds=frozenset({"sort"}))
    assert {turn.card.id: turn.kinds for turn in turns} == {"a1": ("sort",), "a3": ("sort",)}


def test_choosing_comes_before_typing_however_seldom_its_subject_was_asked() -> None:
    """Options introduce the words that are typed later."""
    asked = [card(f"seen{i}") for i in range(5)]
    cards = [
        *asked,
        card("choose"),
        card("gap", kinds=("recall",), about="c"),
        card("sum", kinds=("number",), about="d"),
    ]
    past = Past({each.id: memory(TODAY + 9) for each in asked})
    assert names(planned(cards, past))[0] == "choose"


def test_the_pair_least_asked_is_so_whatever_was_answered_today() -> None:
    """In the second sitting of a day, too, every other run goes to it."""
    seen = [card(f"{pair}-seen{i}", about=pair) for pair, count in (("ab", 3), ("cd", 1)) for i in range(count)]
    cards = [*seen, *(card(f"{pair}-{i}", about=pair) for pair in ("ab", "cd") for i in range(2))]
    past = Past({each.id: memory(TODAY + 9) for each in seen}, answered={each.id for each in seen})
    assert {name[:2] for name in names(planned(cards, past))[:RUN]} == {"cd"}


def test_cards_forgotten_again_and_again_are_leeches() -> None:
    cards = [card("often"), card("once"), card("hidden"), card("new")]
    memories = {"often": memory(TODAY, lapses=4), "once": memory(TODAY, lapses=1), "hidden": memory(TODAY, lapses=9)}
    assert [each.id for each in leeches(cards, Past(memories=memories, suspended={"hidden"}))] == ["often"]


def test_same_seed_same_plan() -> None:
    """The order of new cards is drawn by the seed alone."""
    cards = [card(f"n{i}") for i in range(20)]
    assert planned(cards, Past(memories={}), seed=1) == planned(cards, Past(memories={}), seed=1)
    assert names(planned(cards, Past(memories={}), seed=1)) != names(planned(cards, Past(memories={}), seed=2))


def test_decks_are_planned_together() -> None:
    """The ten new cards a day are for each deck; the turns say which deck they are of."""
    decks = {name: ([card("a"), card("b")], Past(memories={})) for name in ("one", "two")}
    assert {turn.deck for turn in plan(decks, Wishes(), TODAY, 0).turns} == {"one", "two"}


# what is kept of a large deck


class Learner:
    """Cards of some pairs, sisters among them, and what the log says of them."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        pairs = ["ab", "ba", "ac", "cd", "de", "d", "ef", "fa"]
        self.cards = [
            Card(
                id=f"c{number}",
                fact=f"fact {draw(st.integers(0, 12))}",
                about=tuple(draw(st.sampled_from(pairs))),
                feature=draw(st.sampled_from([None, "x", "y"])),
                kinds=draw(st.sampled_from([("contrast", "sort"), ("true-false",), ("recall",)])),
                weight=draw(st.sampled_from([Weight.CORE, Weight.DETAIL])),
            )
            for number in range(draw(st.integers(0, 24)))
        ]
        ids = [card.id for card in self.cards]
        reviewed = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        memories = {each: memory(TODAY + draw(st.integers(-3, 3)), draw(st.sampled_from([1, 30]))) for each in reviewed}
        self.past = Past(
            memories=memories,
            suspended=set(draw(st.lists(st.sampled_from(ids), max_size=3))) if ids else (),
            answered=set(draw(st.lists(st.sampled_from(ids), max_size=4))) if ids else (),
            introduced=draw(st.integers(0, 2)),
            misled=set(reviewed[:1]),
            confused=[confusion(*mixed) for mixed in draw(st.lists(st.sampled_from([("a", "b"), ("d", "c", 0.0)])))],
        )
        self.wishes = Wishes(new=draw(st.integers(0, 8)), reviews=draw(st.none() | st.integers(0, 5)))
        self.seed = draw(st.integers(0, 9))

    def planned(self) -> Plan:
        return planned(self.cards, self.past, self.wishes, self.seed)

    def planned_from(self, ahead: Fresh) -> Plan:
        """The plan made from what is due, what was answered today, and the new cards that were kept ready."""
        memories = self.past.memories
        needed = {each for each, held in memories.items() if held.due <= TODAY} | set(self.past.answered)
        some = [card for card in self.cards if card.id in {*needed, *ahead.cards}]
        left = {each: held for each, held in memories.items() if each in needed}
        return planned(some, self.past._replace(memories=left, asked=ahead.asked), self.wishes, self.seed)


learners = st.composite(Learner)()


@settings(max_examples=80, deadline=None)
@given(learner=learners)
def test_what_was_asked_may_be_given_instead_of_counted(learner: Learner) -> None:
    asked = asked_of(learner.cards, learner.past.memories)
    given_it = learner.past._replace(asked=asked)
    assert planned(learner.cards, given_it, learner.wishes, learner.seed) == learner.planned()


@settings(max_examples=80, deadline=None)
@given(learner=learners)
def test_new_cards_kept_ready_give_the_same_plan_as_all_cards(learner: Learner) -> None:
    """As long as there are no more than are kept."""
    ahead = fresh(learner.cards, learner.past.memories, learner.past.suspended)
    if ahead.are_all:
        assert learner.planned_from(ahead) == learner.planned()


@settings(max_examples=80, deadline=None)
@given(learner=learners, data=st.data())
def test_new_cards_kept_ready_do_so_without_those_reviewed_since(learner: Learner, data: st.DataObject) -> None:
    """In one step or several: each review is counted for its pair and its subjects, and one of another card not."""
    ahead = fresh(learner.cards, learner.past.memories, learner.past.suspended)
    if not ahead.are_all:
        return
    for card in data.draw(st.lists(st.sampled_from(learner.cards), max_size=6)) if learner.cards else []:
        if card.id in learner.past.suspended:
            continue
        memories = {**learner.past.memories, card.id: memory(TODAY + 4)}
        answered = {*learner.past.answered, card.id}
        learner.past = learner.past._replace(memories=memories, answered=answered)
        ahead = ahead.without([card])
    assert learner.planned_from(ahead) == learner.planned()
    assert not set(ahead.cards) & learner.past.memories.keys()


def test_of_very_many_new_cards_some_of_each_of_the_first_pairs_are_kept() -> None:
    """Two runs of a pair, up to the number kept ready; where there are no more than that, all are."""
    of_each = 2 * BLOCK
    cards = [card(f"{pair}-{i}", about=(str(pair), "x")) for pair in range(AHEAD) for i in range(of_each + 3)]  # type: ignore[arg-type]
    ahead = fresh(cards, {})
    assert not ahead.are_all
    assert ahead.cards == tuple(f"{i // of_each}-{i % of_each}" for i in range(-(-AHEAD // of_each) * of_each))
    few = fresh(cards[:AHEAD], {})
    assert few.are_all
    assert set(few.cards) == {each.id for each in cards[:AHEAD]}


def test_suspended_and_reviewed_cards_are_not_kept_ready() -> None:
    cards = [card(name) for name in "abc"]
    ahead = fresh(cards, {"a"}, {"b"})
    assert ahead == Fresh(("c",), Asked({frozenset("ab"): 1}, frozenset("ab")), True)


def test_new_cards_are_enough_where_there_are_no_others_or_some_to_choose_from() -> None:
    """Sisters of cards of the day are passed over."""
    some = Fresh(tuple(f"c{i}" for i in range(CHOICE * 3)), Asked({}, ()), False)
    assert (some.are_enough(3), some.are_enough(4)) == (True, False)
    assert some._replace(are_all=True).are_enough(1000)
    assert some._replace(cards=()).are_enough(0)
    assert not some.without([card("c0")]).are_enough(3)
    assert some.without([card("another")]) == Fresh(some.cards, Asked({}, set()), False)
