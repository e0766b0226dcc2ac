"""Statistics tell what was reviewed, how much was remembered and what falls due."""

from __future__ import annotations

from quiz.insight import FORECAST_DAYS, Figures, figures
from quiz.memory import Confidence, Rating, Response

TODAY = 20_000  # 2024-10-04


def response(
    card: str = "a", day: int = TODAY, rating: Rating | None = Rating.GOOD, *, counts: bool = True, deck: str = "birds"
) -> Response:
    """A response of which only what statistics look at is told."""
    return Response(
        uuid="",
        device="",
        time=day * 86_400_000,
        offset=0,
        day=day,
        deck=deck,
        card=card,
        kind="sort",
        seed=0,
        options=(),
        chosen=0,
        typed="",
        claims=(),
        took=1000,
        confidence=Confidence.PLAIN,
        right=None if rating is None else rating is Rating.GOOD,
        rating=rating,
        counts=counts,
    )


def of(*responses: Response, due: dict[int, int] | None = None) -> Figures:
    return figures(responses, due or {}, TODAY)


def lines(*responses: Response, due: dict[int, int] | None = None) -> list[str]:
    return list(of(*responses, due=due).lines())


def test_reviews_cards_and_days_are_counted() -> None:
    """A card reviewed twice is one card; a day with two reviews is one day."""
    found = of(response("a", TODAY - 3), response("b", TODAY - 3), response("a", TODAY))
    assert (found.reviews, found.cards, found.days, found.today) == (3, 2, 2, 1)


def test_one_card_id_in_two_decks_is_two_cards() -> None:
    """Ids are permanent within a deck only."""
    found = of(response("a", TODAY - 1, deck="birds"), response("a", deck="trees"))
    assert (found.cards, found.repeated) == (2, 0)


def test_retention_looks_at_repeated_cards_only() -> None:
    """A first meeting tests no memory; of two reviews on later days one was remembered."""
    found = of(
        response("a", TODAY - 9, Rating.AGAIN),
        response("b", TODAY - 9),
        response("a", TODAY - 5),
        response("b", TODAY - 5, Rating.AGAIN),
        response("c", TODAY),
    )
    assert (found.repeated, found.retained, found.retention) == (2, 1, 0.5)


def test_a_second_review_on_the_first_day_tests_no_memory() -> None:
    """Two sittings at once may both count a card on one day; what was seen minutes ago says nothing of retention."""
    found = of(response("a", TODAY - 2), response("a", TODAY - 2), response("a", TODAY))
    assert (found.reviews, found.practice, found.repeated, found.retained) == (2, 1, 1, 1)


def test_practice_and_unrated_replies_stand_apart() -> None:
    """They are counted as practice, and neither as reviews nor as cards, days or retention."""
    found = of(
        response("a", TODAY - 1, counts=False),
        response("b", TODAY, None, counts=False),
        response("c", TODAY, None),
        response("a", TODAY),
    )
    assert (found.practice, found.reviews, found.cards, found.days, found.repeated) == (3, 1, 1, 1, 0)


def test_the_forecast_is_of_fourteen_days_from_today() -> None:
    """Days on which nothing falls due stand there with 0; what is due later does not."""
    found = of(due={TODAY: 5, TODAY + 13: 2, TODAY + 14: 9})
    assert len(found.forecast) == FORECAST_DAYS == 14
    assert found.forecast[0] == ("2024-10-04", 5)
    assert found.forecast[1] == ("2024-10-05", 0)
    assert found.forecast[-1] == ("2024-10-17", 2)


def test_nothing_studied_is_said_in_one_line() -> None:
    """With what to do about it."""
    assert lines() == ["Nothing studied yet; `quiz` starts."]


def test_one_of_each_stands_in_the_singular() -> None:
    """One review, one card, one day; retention is not known yet."""
    assert lines(response())[:3] == [
        "1 review of 1 card on 1 day, 1 today",
        "Retention: not known before a card was reviewed on a second day",
        "Due:",
    ]


def test_many_stand_in_the_plural() -> None:
    """Reviews, cards, days, practice and retention in words."""
    found = lines(
        response("a", TODAY - 2),
        response("b", TODAY - 2),
        response("a", TODAY - 1),
        response("b", TODAY - 1, Rating.AGAIN),
        response("b", TODAY - 1, counts=False),
        response("b", TODAY - 1, counts=False),
        response("a", TODAY),
    )
    assert found[:3] == [
        "5 reviews of 2 cards on 3 days, 1 today",
        "2 responses more as practice or unrated",
        "Retention: 67 % (2 of 3 repeated reviews)",
    ]


def test_practice_alone_is_not_nothing() -> None:
    """A log with practice only is told as such."""
    found = lines(response(counts=False))
    assert found[:2] == ["0 reviews of 0 cards on 0 days, 0 today", "1 response more as practice or unrated"]


def test_bars_are_as_long_as_their_share() -> None:
    """The fullest day has the longest bar, an empty one none."""
    *_, first, second, third = lines(response(), due={TODAY + 11: 4, TODAY + 12: 2})
    assert first == "  2024-10-15     4  " + "█" * 24
    assert second == "  2024-10-16     2  " + "█" * 12
    assert third == "  2024-10-17     0"


def test_a_forecast_of_nothing_has_no_bars() -> None:
    """No division by the longest bar."""
    assert lines(response())[3:] == [f"  2024-10-{day:02}     0" for day in range(4, 18)]


def test_the_data_say_the_same() -> None:
    """The JSON has the counts, the retention with its parts, and the forecast by day."""
    found = of(response("a", TODAY - 1), response("a", TODAY, Rating.AGAIN), due={TODAY + 1: 1}).as_data()
    forecast = found.pop("forecast")
    assert found == {
        "reviews": 2,
        "cards": 1,
        "days": 2,
        "reviews_today": 1,
        "practice": 0,
        "retention": {"reviews": 1, "remembered": 0, "share": 0.0},
    }
    assert isinstance(forecast, list)
    assert forecast[:2] == [{"day": "2024-10-04", "due": 0}, {"day": "2024-10-05", "due": 1}]
    assert of().as_data()["retention"] == {"reviews": 0, "remembered": 0, "share": None}
