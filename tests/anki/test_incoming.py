"""Reviews from Anki join the log as a union: never counted twice, whatever the order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quiz.anki.incoming import Known, additions, card_of_guids, uuid_of
from quiz.anki.notes import guid_of
from quiz.anki.reading import AnkiReview
from quiz.deck import Weight
from quiz.memory import Mode, Rating, Response
from quiz.questions.model import Card

GUID = guid_of("birds", "robin")
CARDS = {GUID: ("birds", "robin")}
NOW = 1_790_000_000_000

REVIEWS = st.lists(
    st.builds(AnkiReview, st.just(GUID), st.integers(NOW, NOW + 50), st.integers(1, 4), st.just(900)),
    max_size=12,
    unique_by=lambda review: review.time,
)


def added(reviews: list[AnkiReview], known: list[Known] | None = None) -> list[Response]:
    return list(additions(reviews, CARDS, {"birds": known or []}, lambda _time: 60))


def as_known(responses: list[Response]) -> list[Known]:
    return [Known(each.uuid, each.card, each.time, each.rating, given_here=False) for each in responses]


def test_a_review_becomes_a_response_that_counts() -> None:
    (found,) = added([AnkiReview(GUID, NOW, 1, 1234)])
    assert (found.deck, found.card, found.time, found.offset, found.took) == ("birds", "robin", NOW, 60, 1234)
    assert (found.rating, found.right, found.counts, found.mode) == (Rating.AGAIN, False, True, Mode.ANKI)
    assert found.day == (NOW + 3_600_000 - 4 * 3_600_000) // 86_400_000


def test_what_went_out_from_here_is_known_again() -> None:
    """By card, rating and time, which may have been moved on where two fell together."""
    ours = [Known("u", "robin", NOW, Rating.GOOD)]
    assert added([AnkiReview(GUID, NOW, 3, 9)], ours) == []
    assert added([AnkiReview(GUID, NOW + 2, 3, 9)], ours) == []
    assert len(added([AnkiReview(GUID, NOW, 1, 9)], ours)) == 1
    assert len(added([AnkiReview(GUID, NOW + 60_000, 3, 9)], ours)) == 1


def test_a_renamed_card_is_known_by_its_former_guid() -> None:
    card = Card(id="new", fact="f", about=(), feature=None, kinds=("recall",), weight=Weight.CORE, was=("old",))
    found = card_of_guids("birds", [card])
    assert found == {guid_of("birds", "new"): ("birds", "new"), guid_of("birds", "old"): ("birds", "new")}


@given(REVIEWS)
def test_importing_twice_adds_nothing(reviews: list[AnkiReview]) -> None:
    first = added(reviews)
    assert len(first) == len(reviews)
    assert added(reviews, as_known(first)) == []


@given(REVIEWS, REVIEWS)
def test_the_order_of_imports_is_irrelevant(one: list[AnkiReview], other: list[AnkiReview]) -> None:
    def both(first: list[AnkiReview], second: list[AnkiReview]) -> set[str]:
        found = added(first)
        return {each.uuid for each in (*found, *added(second, as_known(found)))}

    assert both(one, other) == both(other, one) == {uuid_of(each) for each in (*one, *other)}
