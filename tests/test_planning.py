"""Which cards a sitting holds, and in which order."""

from __future__ import annotations

from quiz.deck import Weight
from quiz.memory import Memory
from quiz.planning import NEW_OPTIONS, OPTIONS, Past, Plan, Wishes, plan
from quiz.questions.model import Card

TODAY = 20_000


def card(
    name: str, fact: str = "", weight: Weight = Weight.CORE, kinds: tuple[str, ...] = ("contrast", "sort")
) -> Card:
    return Card(id=name, fact=fact or name, about=("a", "b"), feature=None, kinds=kinds, weight=weight)


def memory(due: int) -> Memory:
    return Memory(stability=3.0, difficulty=5.0, last=due - 3, due=due, reviews=2, lapses=0)


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


def test_turns_tell_how_often_a_card_was_asked_and_how_many_options_it_bears() -> None:
    """Known cards go on to their next wording and get more options than new ones."""
    made = planned([card("a"), card("b")], Past(memories={"a": memory(TODAY)}))
    by_name = {turn.card.id: turn for turn in made.turns}
    assert (by_name["a"].number, by_name["a"].most, by_name["a"].new) == (2, OPTIONS, False)
    assert (by_name["b"].number, by_name["b"].most, by_name["b"].new) == (0, NEW_OPTIONS, True)


def test_same_seed_same_plan() -> None:
    """The order of new cards is drawn by the seed alone."""
    cards = [card(f"n{i}") for i in range(20)]
    assert planned(cards, Past(memories={}), seed=1) == planned(cards, Past(memories={}), seed=1)
    assert names(planned(cards, Past(memories={}), seed=1)) != names(planned(cards, Past(memories={}), seed=2))


def test_decks_are_planned_together() -> None:
    """The ten new cards a day are for each deck; the turns say which deck they are of."""
    decks = {name: ([card("a"), card("b")], Past(memories={})) for name in ("one", "two")}
    assert {turn.deck for turn in plan(decks, Wishes(), TODAY, 0).turns} == {"one", "two"}
