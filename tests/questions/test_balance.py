"""Distractors dealt in balance: each option is a distractor as often as chance has it for what is sometimes the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from quiz.draw import Draw
from quiz.questions.arena import Arena, never
from quiz.questions.balance import Dealt, Item, balanced, deal

NAMES = "abcdefghij"


@st.composite
def arenas(draw: st.DrawFn) -> list[Item]:
    """Questions about some options, each with a pool of the others."""
    keys = draw(st.lists(st.sampled_from(NAMES), max_size=14))
    pools = [draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=8)) for _ in keys]
    return [
        Item(str(number), key, tuple(each for each in pool if each != key), (number,))
        for number, (key, pool) in enumerate(zip(keys, pools, strict=True))
    ]


clashes = st.sets(st.sampled_from([frozenset(pair) for pair in combinations(NAMES, 2)]), max_size=8)


def dealt_counts(dealt: Dealt) -> Counter[str]:
    return Counter(each for chosen in dealt.values() for each in chosen)


def keys(items: Iterable[Item]) -> Counter[str]:
    return Counter(item.key for item in items)


@given(items=arenas(), apart=clashes)
def test_what_is_kept_can_be_dealt_in_exact_balance(items: list[Item], apart: set[frozenset[str]]) -> None:
    """Each option is a distractor exactly twice as often as it is the key, for two distractors a question."""

    def clash(one: str, other: str) -> bool:
        return frozenset((one, other)) in apart

    kept = balanced(items, clash, 2)
    counts = dealt_counts(deal(kept, 2, clash, "balance"))
    assert counts == Counter({key: 2 * times for key, times in keys(kept).items()})


@given(items=arenas(), apart=clashes, count=st.integers(2, 4), salt=st.integers())
def test_a_deal_takes_from_the_pool_and_lets_nothing_clash(
    items: list[Item], apart: set[frozenset[str]], count: int, salt: int
) -> None:
    """Whatever the salt, distractors are of the item's own pool, differ, and may stand together; the same salt, the same deal."""

    def clash(one: str, other: str) -> bool:
        return frozenset((one, other)) in apart

    kept = balanced(items, clash, 2)
    dealt = deal(kept, count, clash, salt)
    assert dealt == deal(kept, count, clash, salt)
    for item in kept:
        chosen = dealt[item.id]
        assert 2 <= len(chosen) <= count
        assert set(chosen) <= set(item.pool)
        assert not any(clash(*pair) for pair in combinations((item.key, *chosen), 2))


def test_an_option_that_can_be_no_distractor_is_no_key() -> None:
    """Nobody has a in the pool, so a question with the key a would give itself away."""
    items = [Item("1", "a", ("b", "c")), *ring("b", "c", "d")]
    assert [item.key for item in balanced(items, never, 2)] == ["b", "c", "d"]


def test_of_items_too_many_the_last_in_rank_goes() -> None:
    """Three questions with the key a among two others: the least of them is left out."""
    items = [Item("1", "a", ("b", "c"), (0,)), Item("2", "a", ("b", "c"), (1,)), *ring("a", "b", "c")]
    kept = {item.id for item in balanced(items, never, 2)}
    assert "2" not in kept


def ring(*options: str) -> list[Item]:
    """A question for each option, with all others as its pool."""
    return [Item(f"{each} of ring", each, tuple(o for o in options if o != each), (0,)) for each in options]


def test_the_key_stands_in_every_place_equally_often() -> None:
    """Six questions with three options: the key is twice first, twice second and twice third."""
    options = "abcdef"
    arena = Arena(ring(*options), never)
    draw = Draw(0, "")
    places = Counter(arena.options(f"{each} of ring", each, draw).index(each) for each in options)
    assert places == {0: 2, 1: 2, 2: 2}


def test_options_change_from_turn_to_turn() -> None:
    """Over some turns a question shows other distractors, and its key in other places."""
    arena = Arena(ring(*"abcdef"), never)
    shown = [arena.options("a of ring", "a", Draw(0, "", turn)) for turn in range(8)]
    assert len({frozenset(options) for options in shown}) > 1
    assert len({options.index("a") for options in shown}) > 1


def test_one_distractor_gives_way_to_a_lure() -> None:
    """Where a lure is dealt already, or none may stand there, all stays as it was dealt; the key keeps its place."""
    arena = Arena(ring(*"abcdef"), never)
    for turn in range(6):
        plain = arena.options("a of ring", "a", Draw(0, "", turn))
        for lure in "bcdef":
            options = arena.options("a of ring", "a", Draw(0, "", turn, lures=frozenset(lure)))
            assert lure in options
            assert options.index("a") == plain.index("a")
            assert len(set(options) - set(plain)) == (lure not in plain)
        assert arena.options("a of ring", "a", Draw(0, "", turn, lures=frozenset("ax"))) == plain


def test_a_lure_that_clashes_with_another_option_stays_out() -> None:
    """What may not stand beside the key is in no pool, and what clashes with the other distractor is passed over."""
    arena = Arena(ring(*"abcdef"), lambda one, other: {one, other} == {"b", "c"})
    for turn in range(12):
        options = arena.options("a of ring", "a", Draw(0, "", turn, lures=frozenset("b")))
        assert not {"b", "c"} <= set(options)
