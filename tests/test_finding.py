"""Finding cards by a part of their id and by words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.deck import Deck
from quiz.errors import UsageError
from quiz.finding import Index, card_meant, folded, title
from quiz.loader import load
from quiz.questions import Card, Material, cards
from quiz.reasoning import Knowledge
from tests.sample import DECK

NAMES = [("d", "pair:a~b:crest"), ("d", "pair:a~b:crest-long"), ("d", "claim:a:wing"), ("e", "claim:b:wing")]

BIRDS = DECK.replace("noun: a green wing patch", "noun: a green wing patch\n    also: [spéculum]")
"""Two ducks; the wing patch has a synonym."""


@pytest.fixture
def deck_from(tmp_path: Path) -> Callable[[str], Deck]:
    """Reads a deck from text."""

    def read(text: str) -> Deck:
        (tmp_path / "deck.yaml").write_text(text, encoding="utf-8")
        deck, problems = load(tmp_path)
        assert deck is not None, problems
        return deck

    return read


def of(deck: Deck) -> tuple[Card, ...]:
    return cards(Material(Knowledge(deck)))


def found(deck: Deck, typed: str, notes: dict[str, str] | None = None) -> list[str]:
    return [card.id for card in Index(deck, of(deck), notes or {}).find(typed)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("pair:a~b:crest", ("d", "pair:a~b:crest")),
        ("PAIR:A~B:CREST", ("d", "pair:a~b:crest")),
        ("crest-long", ("d", "pair:a~b:crest-long")),
        ("claim:b", ("e", "claim:b:wing")),
        ("claim:old:wing", ("d", "claim:a:wing")),
    ],
)
def test_a_whole_id_a_former_one_or_an_unshared_part_means_a_card(typed: str, name: tuple[str, str]) -> None:
    """A whole id means its card even where it is part of another."""
    assert card_meant(typed, NAMES, {("d", "claim:old:wing"): ("d", "claim:a:wing")}) == name


def test_a_shared_part_is_refused_with_the_cards_that_share_it() -> None:
    with pytest.raises(UsageError, match="is part of 2 card ids: claim:a:wing, claim:b:wing; give more"):
        card_meant("wing", NAMES)
    with pytest.raises(UsageError, match="4 card ids: .*, …; give more"):
        card_meant("a", NAMES)


def test_an_unknown_id_brings_up_the_nearest() -> None:
    with pytest.raises(UsageError, match="the nearest are pair:a~b:crest"):
        card_meant("pair:b~a:crest", NAMES)
    with pytest.raises(UsageError, match="`quiz find` looks for cards by words"):
        card_meant("", NAMES)


def test_an_id_in_two_decks_wants_the_deck_named() -> None:
    with pytest.raises(UsageError, match="is in d and e; say which deck with --deck"):
        card_meant("x", [("d", "x"), ("e", "x")])


def test_words_are_compared_without_case_accents_and_marks() -> None:
    assert folded("Raynaud’s  Phénomène—of THE skin_fold") == "raynaud s phenomene of the skin_fold"


@pytest.mark.parametrize("typed", ["green wing", "WING green", "gre wi", "pair green-wing", "nun patch"])
def test_a_card_is_found_by_all_its_words_in_any_order(deck_from: Callable[[str], Deck], typed: str) -> None:
    """By noun, synonym, id or name; words may be cut short."""
    assert "pair:smew~teal:green-wing" in found(deck_from(BIRDS), typed)


def test_accents_may_be_left_out(deck_from: Callable[[str], Deck]) -> None:
    assert "pair:smew~teal:green-wing" in found(deck_from(BIRDS), "SPECULUM")


def test_facts_and_notes_are_searched_too(deck_from: Callable[[str], Deck]) -> None:
    assert found(deck_from(BIRDS), "weighs") == ["recall:weight"]
    assert found(deck_from(BIRDS), "teapot", {"recall:weight": "A teapot holds more."}) == ["recall:weight"]


def test_what_a_card_asks_comes_before_what_it_rests_on(deck_from: Callable[[str], Deck]) -> None:
    deck = deck_from(BIRDS.replace("A teal weighs about 300 g.", "A teal weighs about 300 g and has a green wing."))
    assert found(deck, "green")[-1] == "recall:weight"
    assert len(found(deck, "green")) > 1


def test_every_word_must_be_there_and_a_misspelt_one_brings_up_the_nearest(deck_from: Callable[[str], Deck]) -> None:
    deck = deck_from(BIRDS)
    assert found(deck, "green zebra") == []
    assert found(deck, " … ") == []
    assert "green" in Index(deck, of(deck), {}).nearest("gren wing")


def test_a_title_does_not_give_the_card_away(deck_from: Callable[[str], Deck]) -> None:
    """A pair is named both ways round, and a gap stays a gap."""
    deck = deck_from(BIRDS)
    titles = {card.id: title(deck, card) for card in of(deck)}
    assert titles["pair:smew~teal:green-wing"] == "teals or smews: a green wing patch"
    assert titles["recall:weight"] == "A teal weighs about …."
