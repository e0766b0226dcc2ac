"""Citations in words: who, when and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.citation import named, spelled
from quiz.deck import Citation, Deck, Place, Source, Tier


def source(publisher: str = "Sample Press", date: str = "2020-01-01") -> Source:
    return Source("book", Tier.GIVEN, "The Book", publisher, date, Place("deck.yaml", 1))


@pytest.fixture
def deck(deck_of: Callable[[str], Deck]) -> Deck:
    return deck_of("subjects: {gull: {group: birds, name: gull, short: gulls}}")


@pytest.mark.parametrize(
    ("publisher", "date", "name"),
    [
        ("Sample Press", "2020-01-01", "Sample Press 2020"),
        ("Sample Press", "2021", "Sample Press 2021"),
        ("Sample Press", "March 2019", "Sample Press 2019"),
        ("Sample Press", "not stated", "Sample Press"),
        ("not stated", "2020", "The Book 2020"),
        ("Not stated", "not stated", "The Book"),
    ],
)
def test_a_source_is_named_by_publisher_and_year(publisher: str, date: str, name: str) -> None:
    """The title stands in where no publisher is known, and no year is made up."""
    assert named(source(publisher, date)) == name


@pytest.mark.parametrize(
    ("section", "paragraph", "words"),
    [
        ("Gulls", "1", "Sample Press 2020, “Gulls” ¶1"),
        ("Plates", "row 7", "Sample Press 2020, “Plates” row 7"),
        ("", "3", "Sample Press 2020, ¶3"),
        ("Gulls", "", "Sample Press 2020, “Gulls”"),
        ("", "", "Sample Press 2020"),
    ],
)
def test_a_spot_is_spelled_as_far_as_it_is_known(deck: Deck, section: str, paragraph: str, words: str) -> None:
    """Section in quotation marks, paragraph behind its sign."""
    assert spelled(deck, [Citation("book", section, paragraph)]) == words


def test_spots_of_one_source_stand_together(deck: Deck) -> None:
    """Sources in the order in which they first come, each once; a spot cited twice stands once."""
    first, second, other = (
        Citation("book", "Gulls", "1"),
        Citation("book", "Terns", "2"),
        Citation("manual", "Auks", "3"),
    )
    assert spelled(deck, iter([first, other, second, first])) == (
        "Sample Press 2020, “Gulls” ¶1, “Terns” ¶2; Manual House 2021, “Auks” ¶3"
    )


def test_no_citations_are_no_words(deck: Deck) -> None:
    """Nothing cited, nothing said."""
    assert spelled(deck, []) == ""
