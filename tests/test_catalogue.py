"""Whatever a catalogue gives, it gives in deck order; only a deck with a large group is cut into pieces."""

from __future__ import annotations

from pathlib import Path

from quiz.catalogue import Whole, is_large
from quiz.questions import Material, cards
from quiz.questions.rivals import FEW
from quiz.reasoning import Knowledge
from tests.large_decks import aviary, table


def test_a_deck_is_large_by_its_largest_group(tmp_path: Path) -> None:
    """Not by all of its subjects together, nor by groups that have none."""
    deck = aviary(tmp_path / "by-hand")
    gull, fish = deck.subjects["b0"], deck.groups["birds"]._replace(id="fish")
    groups = {**deck.groups, "fish": fish}
    few = {f"s{number}": gull._replace(id=f"s{number}") for number in range(FEW)}
    others = {f"f{number}": gull._replace(id=f"f{number}", group="fish") for number in range(FEW)}
    assert is_large(deck) and is_large(table(tmp_path / "by-seed"))
    assert not is_large(deck._replace(groups=groups, subjects=few | others))
    assert is_large(deck._replace(groups=groups, subjects=few | {"one-more": gull}))
    assert not is_large(deck._replace(groups={}, subjects={}))


def test_a_whole_finds_cards_in_deck_order(tmp_path: Path) -> None:
    """Whatever the order in which they are asked for; unknown ids are passed over."""
    material = Material(Knowledge(aviary(tmp_path / "deck")))
    dealt = cards(material)
    whole = Whole(material, dealt)
    some = [card.id for card in dealt[::9]]
    assert list(whole.all()) == list(dealt)
    assert [card.id for card in whole.find([*reversed(some), "unknown"])] == some
    assert list(whole.find([])) == []
    pair = [card for card in dealt if set(card.about) == {"b0", "b1"}]
    assert list(whole.of_pairs(frozenset({"b1", "b0"}))) == pair != []
    assert list(whole.renamed()) == [card for card in dealt if card.was] != []
    assert all(whole.part(card) is material for card in dealt)
    assert (whole.id, whole.deck) == ("aviary", material.deck)
