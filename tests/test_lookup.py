"""Subjects and features are found by what a person would type."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.deck import Deck
from quiz.errors import UsageError
from quiz.lookup import feature, subject

DECK = """
subjects:
  herring-gull: {group: birds, name: European herring gull, short: herring gulls, also: [seagull, Larus argentatus]}
  tern: {group: birds, name: common tern, short: terns, also: [sea-swallow]}
features:
  hook: {aspect: sign, noun: a hooked bill, also: [bent beak, gull’s beak]}
  fork: {aspect: sign, noun: a deeply forked tail}
"""


@pytest.fixture
def birds(deck_of: Callable[[str], Deck]) -> Deck:
    return deck_of(DECK)


@pytest.mark.parametrize(
    "typed",
    [
        "herring-gull",
        "Herring-Gull",
        "herring gull",
        "European herring gull",
        "EUROPEAN HERRING GULL",
        "herring gulls",
        "herring-gulls",
        "Seagull",
        "larus  argentatus ",
    ],
)
def test_a_subject_is_found_by_any_of_its_names(birds: Deck, typed: str) -> None:
    """Id, name, short name and synonym; case, hyphens and spaces do not matter."""
    assert subject(birds, typed).id == "herring-gull"


@pytest.mark.parametrize("typed", ["hook", "A hooked bill", "bent-beak", "Gull's beak", "gull’s beak"])
def test_a_feature_is_found_by_any_of_its_names(birds: Deck, typed: str) -> None:
    """Id, noun and synonym; the apostrophe may be straight or curved."""
    assert feature(birds, typed).id == "hook"


def test_an_id_goes_before_a_name(deck_of: Callable[[str], Deck]) -> None:
    """What is exactly an id means that subject, even if another is called so in another case."""
    birds = deck_of(
        """
        subjects:
          gull: {group: birds, name: herring gull, short: gulls}
          tern: {group: birds, name: common tern, short: terns}
        """
    )
    crossed = birds._replace(subjects={**birds.subjects, "tern": birds.subjects["tern"]._replace(also=("Gull",))})
    assert subject(crossed, "gull").id == "gull"


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("tren", '"tern"'),
        ("common turn", '"common tern"'),
        ("hering gull", '"herring gull"'),
        ("argent", '"larus argentatus"'),
    ],
)
def test_a_slip_is_answered_with_names_nearby(birds: Deck, typed: str, near: str) -> None:
    """A misspelt name, or a part of one, brings up what may have been meant."""
    with pytest.raises(UsageError) as refusal:
        subject(birds, typed)
    assert str(refusal.value).startswith(f'deck sample has no subject "{typed}" (did you mean ')
    assert near in str(refusal.value)


@pytest.mark.parametrize("typed", ["xylophone", ""])
def test_where_nothing_is_near_all_are_listed(birds: Deck, typed: str) -> None:
    """A small deck names all it has."""
    with pytest.raises(UsageError) as refusal:
        subject(birds, typed)
    assert str(refusal.value) == f'deck sample has no subject "{typed}"; it has: herring-gull, tern'


def test_a_large_deck_names_the_command_that_lists_all(birds: Deck) -> None:
    """More ids than anyone would read in one line are not listed."""
    many = {f"f{i}": birds.features["hook"]._replace(id=f"f{i}") for i in range(21)}
    with pytest.raises(UsageError, match=r'no feature "xylophone"; `quiz facts` lists them all'):
        feature(birds._replace(features=many), "xylophone")


def test_a_feature_is_no_subject(birds: Deck) -> None:
    """Each is looked for among its own."""
    with pytest.raises(UsageError, match="has no subject"):
        subject(birds, "a hooked bill")
    with pytest.raises(UsageError, match="has no feature"):
        feature(birds, "seagull")


def test_words_that_only_one_is_called_by_are_enough(deck_of: Callable[[str], Deck]) -> None:
    """`quiz compare limited diffuse` finds both forms; a word that two names share is refused, and the two are named."""
    deck = deck_of(
        """
        subjects:
          lesser: {group: birds, name: lesser spotted eagle, short: lesser eagles}
          greater: {group: birds, name: greater spotted eagle, short: greater eagles}
        """
    )
    assert subject(deck, "lesser").id == "lesser"
    assert subject(deck, "Greater Spotted").id == "greater"
    with pytest.raises(UsageError, match="spotted"):
        subject(deck, "spotted eagle")
