"""The deck on Python's collections: whatever it claims is tried out, in the Python that runs the tests."""

from __future__ import annotations

import builtins
import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Set
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest

from quiz.conflicts import conflicts
from quiz.deck import Deck, DeniesUniversal, Tells, Ways
from quiz.facts import claims_of
from quiz.interchange import bank_as_data
from quiz.loader import load
from quiz.proof import check
from quiz.questions import KINDS, Draw, Material, bank, cards
from quiz.reasoning import Knowledge
from quiz.verdict import Verdict

FOLDER = Path(__file__).parents[2] / "decks" / "python-collections"

TYPES: dict[str, Any] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "dict": dict,
    "deque": deque,
}
REFUSALS = (AttributeError, KeyError, TypeError, ValueError)


def made(kind: Any, items: Iterable[Any] = "abc") -> Any:
    """One of the type with these items; a dict has them as its keys."""
    return dict.fromkeys(items) if kind is dict else kind(items)


def works(attempt: Callable[[], object]) -> bool:
    """Whether the attempt gives something true and raises none of the errors by which Python refuses."""
    try:
        return bool(attempt())
    except REFUSALS:
        return False


def after(kind: Any, change: Callable[[Any], object]) -> list[Any]:
    """The items after a change in place."""
    value = made(kind)
    change(value)
    return list(value)


def changes_in_place(kind: Any) -> bool:
    ways: tuple[Callable[[Any], object], ...] = (
        lambda x: x.append("d"),
        lambda x: x.add("d"),
        lambda x: x.__setitem__("d", 1),
        lambda x: x.__setitem__(0, 1),
    )
    return any(works(lambda way=way: after(kind, way) != list(made(kind))) for way in ways)


def drops_what_is_too_much(kind: Any) -> bool:
    items = [("a", 1), ("b", 2), ("c", 3)]
    return len(kind(items, maxlen=2)) == 2


def refuses_a_list_inside(kind: Any) -> bool:
    try:
        made(kind, [[1]])
    except TypeError as refusal:
        return "unhashable" in str(refusal)
    return False


def written(*codes: str) -> Callable[[Any], bool]:
    """Whether one of these pieces of code gives the type."""
    return lambda kind: any(type(eval(code)) is kind for code in codes)


# What each feature of the deck means in code; of a type, whether it has the feature.
CHECKS: dict[str, Callable[[Any], bool]] = {
    "position": lambda kind: made(kind)[0] == "a",
    "slice": lambda kind: list(made(kind)[1:3]) == ["b", "c"],
    "append": lambda kind: after(kind, lambda x: x.append("d")) == [*"abcd"],
    "union": lambda kind: set(made(kind, "ab") | made(kind, "bc")) == {*"abc"},
    "clear": lambda kind: after(kind, lambda x: x.clear()) == [],
    "copy": lambda kind: made(kind).copy() == made(kind),
    "update": lambda kind: {*after(kind, lambda x: x.update(made(kind, "de")))} == {*"abcde"},
    "sort": lambda kind: after(kind, lambda x: x.sort(reverse=True)) == [*"cba"],
    "popleft": lambda kind: after(kind, lambda x: x.popleft()) == [*"bc"],
    "mutable": changes_in_place,
    "ordered": lambda kind: all(list(made(kind, order)) == list(order) for order in permutations((1, 2, 3))),
    "duplicates": lambda kind: len(made(kind, "aa")) == 2,
    "hash": lambda kind: isinstance(hash(made(kind)), int) and {made(kind): 1} == {made(kind): 1},
    "hashable-items": refuses_a_list_inside,
    "comparison": lambda kind: (made(kind, "ab") < made(kind, "abc")) is True,
    "bounded": drops_what_is_too_much,
    "imported": lambda kind: not hasattr(builtins, kind.__name__),
    "empty-brackets": written("[]"),
    "empty-parentheses": written("()"),
    "empty-braces": written("{}"),
    "filled-braces": written("{1}", "{1: 2}"),
    "comprehension": written("[x for x in 'abc']", "(x for x in 'abc')", "{x for x in 'abc'}", "{x: x for x in 'abc'}"),
    "no-call": written("[1, 2]", "(1, 2)", "1, 2", "{1, 2}", "{1: 2}"),
    "text-call": lambda kind: {*kind("abc")} == {*"abc"},
}


def has(subject: str, feature: str) -> bool:
    """Whether Python says that the type has the feature."""
    return works(lambda: CHECKS[feature](TYPES[subject]))


def grown(method: str, *arguments: object) -> list[object]:
    """The list [0] after a call of one of its methods."""
    value: list[object] = [0]
    getattr(value, method)(*arguments)
    return value


def error_of(attempt: Callable[[], object]) -> str:
    """The name of the error that the attempt raises; empty when it raises none."""
    try:
        attempt()
    except REFUSALS as error:
        return type(error).__name__
    return ""


def default_and_keys(method: str) -> tuple[object, list[str]]:
    """What a dict without the key "k" gives for it, and which keys it has afterwards."""
    value: dict[str, int] = {}
    return getattr(value, method)("k"), list(value)


def is_set_type(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Set)


# What "not every" means: an example of the type that lacks the feature.
EXCEPTIONS = {"hash.tuple.not-always": lambda: not works(lambda: isinstance(hash(([],)), int))}

# The statements that are no claims.
STATEMENTS: dict[str, Callable[[], bool]] = {
    "pairs-for-dict": lambda: [size for size in range(5) if works(lambda: len(dict([range(size)])))] == [2],  # noqa: B023
    "repeated-inner-list": lambda: len({id(inner) for inner in [[]] * 3}) == 1,
    "set-types": lambda: {each for each in vars(builtins).values() if is_set_type(each)} == {set, frozenset},
    "list-sorted": lambda: (sorted(unsorted := [2, 1]), unsorted) == ([1, 2], [2, 1]) and grown("sort") == [0],
    "deque-pop": lambda: deque("abc").pop() == "c",
    "set-discard": lambda: (error_of(lambda: {1}.discard(2)), error_of(lambda: {1}.remove(2))) == ("", "KeyError"),
    "list-append-list": lambda: grown("append", [1, 2]) == [0, [1, 2]],
    "list-extend-list": lambda: grown("extend", [1, 2]) == [0, 1, 2],
    "list-insert-list": lambda: grown("insert", 0, [1, 2]) == [[1, 2], 0],
    "dict-missing-brackets": lambda: error_of(lambda: {}["k"]) == "KeyError",
    "dict-missing-get": lambda: default_and_keys("get") == (None, []),
    "dict-missing-setdefault": lambda: default_and_keys("setdefault") == (None, ["k"]),
}
FIGURES = {"pairs-for-dict": "2", "set-types": "2"}


@pytest.fixture(scope="module")
def material() -> Material:
    deck, problems = load(FOLDER)
    assert problems == ()
    assert deck is not None
    return Material(Knowledge(deck))


@pytest.fixture(scope="module")
def deck(material: Material) -> Deck:
    return material.deck


def test_every_feature_and_subject_can_be_tried_out(deck: Deck) -> None:
    """No feature is without a check, and no check without a feature."""
    assert set(CHECKS) == set(deck.features)
    assert set(TYPES) == set(deck.subjects)


def test_every_claim_of_every_fact_is_as_python_has_it(deck: Deck) -> None:
    """Present, absent, closed and exclusive values alike: the check says the same as the fact."""
    for fact in deck.facts.values():
        for claim in claims_of(fact):
            assert has(claim.subject, claim.feature) is claim.holds, (fact.id, claim)


def test_every_verdict_is_as_python_has_it(material: Material) -> None:
    """What reasoning makes of the facts agrees as well, and leaves few claims unknown."""
    verdicts = {
        (subject, feature): material.knowledge.judge(subject, feature).verdict
        for subject in TYPES
        for feature in CHECKS
    }
    for (subject, feature), verdict in verdicts.items():
        if verdict is not Verdict.UNKNOWN:
            assert has(subject, feature) is (verdict is Verdict.TRUE), (subject, feature)
    unknown = {claim for claim, verdict in verdicts.items() if verdict is Verdict.UNKNOWN}
    assert unknown == {("dict", "duplicates"), ("deque", "hashable-items"), ("deque", "comparison")}


def test_what_is_not_always_so_has_an_exception(deck: Deck) -> None:
    """For every such entry Python shows a case that lacks the feature."""
    entries = {fact.id for fact in deck.facts.values() if isinstance(fact.form, DeniesUniversal)}
    assert entries == set(EXCEPTIONS)
    assert all(shown() for shown in EXCEPTIONS.values())


def test_statements_and_figures_are_as_python_has_them(deck: Deck) -> None:
    """Each statement has a check that holds; a figure is the one that the check counts."""
    told = {fact.id: fact.form for fact in deck.facts.values() if isinstance(fact.form, Tells)}
    assert set(told) == set(STATEMENTS)
    assert {name: form.figure.value for name, form in told.items() if form.figure} == FIGURES
    for name, holds in STATEMENTS.items():
        assert holds(), name


def test_ways_of_one_set_have_checks_of_their_own(deck: Deck) -> None:
    """The members of a set are among the statements that are tried out."""
    sets = [fact.form for fact in deck.facts.values() if isinstance(fact.form, Ways)]
    assert len(sets) == 2
    assert all(set(form.members) <= set(STATEMENTS) for form in sets)


def test_no_conflicts(material: Material) -> None:
    """The facts agree with one another."""
    assert conflicts(material.knowledge) == ()


def test_the_whole_bank_is_proven_and_large(material: Material) -> None:
    """At least a hundred questions that differ in kind or in what they ask, of every kind, all of them proven."""
    questions = list(bank(material, 0))
    assert check(material.deck, bank_as_data(material.deck, 0, questions)) == ()
    asked = Counter(question.kind for question in questions)
    assert set(asked) == set(KINDS)
    assert len({(question.kind, question.card, json.dumps(question.asks)) for question in questions}) >= 100


def test_later_turns_are_proven_too(material: Material) -> None:
    """Wording and options of the third turn, with the three options of a novice."""
    asked = [KINDS[kind](card, material, Draw(5, card.id, 2, 3)) for card in cards(material) for kind in card.kinds]
    assert check(material.deck, bank_as_data(material.deck, 5, asked)) == ()


def test_every_pair_can_be_told_apart(material: Material) -> None:
    """Each two collections have contrasts, in at least one direction, and something in common."""
    contrasts = {frozenset(card.about) for card in cards(material) if "contrast" in card.kinds}
    for a, b in combinations(TYPES, 2):
        assert frozenset((a, b)) in contrasts, (a, b)
        assert any(material.split(a, b, aspect).both for aspect in material.deck.aspects), (a, b)


def test_the_folder_is_called_as_the_deck(deck: Deck) -> None:
    """A shipped deck is found by its id."""
    assert deck.id == FOLDER.name
