"""Statistics tell what was reviewed and remembered, what falls due, what is mastered and what is mixed up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quiz.confusion import Confusion
from quiz.deck import Deck
from quiz.insight import FORECAST_DAYS, Figures, Mastery, OfDeck, Overview, Pace, figures, of_deck
from quiz.insight.mastery import remembered
from quiz.insight.words import due, mixed_up, percent, retention, reviewed, seconds
from quiz.memory import Confidence, Memory, Mode, Rating, Response
from quiz.questions import Material, cards
from quiz.questions.model import Card
from quiz.questions.wording import counted
from quiz.reasoning import Knowledge

TODAY = 20_000  # 2024-10-04


def response(
    card: str = "a",
    day: int = TODAY,
    rating: Rating | None = Rating.GOOD,
    *,
    counts: bool = True,
    deck: str = "birds",
    kind: str = "sort",
    took: int = 1000,
    mode: Mode = Mode.STUDY,
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
        kind=kind,
        seed=0,
        options=(),
        chosen=0,
        typed="",
        claims=(),
        took=took,
        confidence=Confidence.PLAIN,
        right=None if rating is None else rating is Rating.GOOD,
        rating=rating,
        counts=counts,
        mode=mode,
    )


def of(*responses: Response, due: dict[int, int] | None = None) -> Figures:
    return figures(responses, due or {}, TODAY)


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


def test_a_second_review_of_a_day_in_anki_counts_but_tests_no_memory() -> None:
    """There it moves the memory, so what was forgotten and then known the same day is remembered."""
    twice = response("a", TODAY - 2, Rating.AGAIN, mode=Mode.ANKI), response("a", TODAY - 2, mode=Mode.ANKI)
    found = of(*twice, response("a", TODAY))
    assert (found.reviews, found.practice, found.repeated, found.retained) == (3, 0, 1, 1)
    assert remembered(twice) == {"a"}


def test_practice_and_unrated_replies_stand_apart() -> None:
    """They are counted as practice, and neither as reviews nor as cards, days or retention."""
    found = of(
        response("a", TODAY - 1, counts=False),
        response("b", TODAY, None, counts=False),
        response("c", TODAY, None),
        response("a", TODAY),
    )
    assert (found.practice, found.reviews, found.cards, found.days, found.repeated) == (3, 1, 1, 1, 0)


def test_a_review_of_an_earlier_day_that_comes_late_moves_nothing() -> None:
    """As when travelling over the date line: the scheduler passes it over, and so do the figures."""
    found = of(response("a", TODAY - 1), response("a", TODAY - 2), response("a", TODAY))
    assert (found.reviews, found.practice, found.repeated) == (2, 1, 1)


def test_what_was_predicted_is_the_mean_chance_before_each_repeated_review() -> None:
    """On the day on which it falls due a card has nine chances in ten, the desired retention; the longer, the fewer."""
    first = of(response("a", TODAY - 3))
    on_time = of(response("a", TODAY - 3), response("a", TODAY - 1)).predicted
    late = of(response("a", TODAY - 90), response("a", TODAY)).predicted
    both = of(
        response("a", TODAY - 90),
        response("b", TODAY - 3),
        response("b", TODAY - 1),
        response("a", TODAY, Rating.AGAIN),
    ).predicted
    assert first.predicted is None
    assert on_time is not None and late is not None and both is not None
    assert on_time == pytest.approx(0.9, abs=0.03)
    assert late < on_time
    assert both == pytest.approx((on_time + late) / 2)


@pytest.mark.parametrize(
    ("ago", "streak"), [((0, 1, 2), 3), ((1, 2), 2), ((0,), 1), ((2, 3), 0), ((0, 2, 3), 1), ((), 0)]
)
def test_a_streak_lasts_until_a_whole_day_was_left_out(ago: tuple[int, ...], streak: int) -> None:
    """A day that is not over yet breaks nothing."""
    assert of(*(response(day=TODAY - days) for days in reversed(ago))).streak == streak


def test_practice_keeps_a_streak() -> None:
    """A drill is a day of learning as well."""
    assert of(response(day=TODAY - 1), response(counts=False)).streak == 2


def test_time_per_question_is_the_median_in_all_and_by_kind() -> None:
    """One long pause moves a median little; the kind answered most comes first; a probe sets its own pace."""
    found = of(
        response(kind="recall", took=9_000),
        response(kind="sort", took=2_000),
        response(kind="sort", took=4_000, counts=False),
        response(kind="sort", took=900_000),
        response(kind="sort", took=1, mode=Mode.PROBE),
    )
    assert found.pace == 6_500
    assert found.paces == (Pace("sort", 3, 4_000), Pace("recall", 1, 9_000))


def test_the_forecast_is_of_thirty_days_from_today() -> None:
    """Days on which nothing falls due stand there with 0; what is due later does not."""
    found = of(due={TODAY: 5, TODAY + 29: 2, TODAY + 30: 9})
    assert len(found.forecast) == FORECAST_DAYS == 30
    assert found.forecast[0] == ("2024-10-04", 5)
    assert found.forecast[1] == ("2024-10-05", 0)
    assert found.forecast[-1] == ("2024-11-02", 2)


def test_the_data_say_the_same() -> None:
    """The JSON has the counts, the retention with its parts, the times, and the forecast by day."""
    found = of(response("a", TODAY - 1), response("a", TODAY, Rating.AGAIN), due={TODAY + 1: 1})
    data = found.as_data()
    forecast = data.pop("forecast")
    assert data == {
        "reviews": 2,
        "cards": 1,
        "days": 2,
        "reviews_today": 1,
        "streak": 2,
        "practice": 0,
        "retention": {"reviews": 1, "remembered": 0, "share": 0.0, "predicted": found.predicted},
        "median_ms": 1000,
        "median_ms_by_kind": {"sort": {"responses": 2, "median_ms": 1000}},
    }
    assert isinstance(forecast, list)
    assert forecast[:2] == [{"day": "2024-10-04", "due": 0}, {"day": "2024-10-05", "due": 1}]
    empty = of().as_data()
    assert empty["retention"] == {"reviews": 0, "remembered": 0, "share": None, "predicted": None}
    assert empty["median_ms"] is None


DECK = """
subjects:
  gull: {group: birds, name: herring gull, short: gulls}
  tern: {group: birds, name: common tern, short: terns}
features:
  hook:
    aspect: sign
    noun: a hooked bill
    present: {gull: {says: Gulls have a hooked bill., cite: book Gulls ¶1}}
    absent: {tern: {says: Terns have no hooked bill., cite: book Terns ¶1}}
  fork:
    aspect: sign
    noun: a forked tail
    present: {tern: {says: Terns have a forked tail., cite: book Terns ¶2}}
    absent: {gull: {says: Gulls have no forked tail., cite: book Gulls ¶2}}
  white: {aspect: sign, noun: a white belly, present: {gull: {says: Gulls are white., cite: book Gulls ¶3}, tern: {says: Terns are white., cite: book Terns ¶3}}}
"""

CONFUSED = Confusion("gull", "tern", 3, 8, 2.5, lately=1, before=2, features=("hook",))
RETIRED = Confusion("tern", "gull", 1, 8, 0.0, lately=0, before=1, features=())


def memory(stability: float, last: int) -> Memory:
    return Memory(stability=stability, difficulty=5.0, last=last, due=last + 1, reviews=1, lapses=0)


def told(deck: Deck, dealt: list[Card], memories: dict[str, Memory], *responses: Response) -> OfDeck:
    return of_deck(deck, dealt, memories, responses, (CONFUSED, RETIRED), 2, TODAY)


@pytest.fixture
def deck(deck_of: Callable[[str], Deck]) -> Deck:
    return deck_of(DECK)


@pytest.fixture
def dealt(deck: Deck) -> list[Card]:
    return list(cards(Material(Knowledge(deck))))


def test_mastered_is_what_was_remembered_last_and_would_be_today(deck: Deck, dealt: list[Card]) -> None:
    """Neither a card just forgotten, whose chance is 1 on that day, nor one whose memory has faded is mastered."""
    pair = [card.id for card in dealt if len(card.about) == 2]
    held, forgotten, faded = pair[:3]
    memories = {held: memory(50, TODAY - 5), forgotten: memory(50, TODAY), faded: memory(1, TODAY - 60)}
    found = told(
        deck,
        dealt,
        memories,
        response(faded, TODAY - 60),
        response(forgotten, TODAY - 9),
        response(held, TODAY - 5),
        response(forgotten, TODAY, Rating.AGAIN),
    )
    assert found.pairs == (Mastery(("gull", "tern"), len(pair), 3, 1),)


def test_mastery_by_subject_counts_every_card_that_is_about_it(deck: Deck, dealt: list[Card]) -> None:
    """Cards of pairs count for both subjects, others for their own; what was never seen counts as not mastered."""
    found = told(deck, dealt, {})
    about = {each.about: each.cards for each in found.subjects}
    assert about == {(name,): sum(name in card.about for card in dealt) for name in ("gull", "tern")}
    assert all((each.seen, each.mastered, each.share) == (0, 0, 0) for each in (*found.subjects, *found.pairs))


def test_a_retired_confusion_is_mixed_up_no_more(deck: Deck, dealt: list[Card]) -> None:
    """It stays among what was confused, and is not told."""
    found = told(deck, dealt, {})
    assert found.mixed_up == (CONFUSED,)
    assert list(mixed_up(found)) == ["gulls taken for terns (3 of 8, falling)"]


def test_the_data_of_decks(deck: Deck, dealt: list[Card]) -> None:
    """Subjects, pairs, confusions and leeches by deck, and decks that are counted but were not found."""
    data = Overview(of(), (told(deck, dealt, {}),), ("trees",)).as_data()
    assert data["elsewhere"] == ("trees",)
    decks = data["decks"]
    assert isinstance(decks, list)
    (only,) = decks
    assert (only["deck"], only["leeches"]) == ("sample", 2)
    assert only["pairs"][0] == {"about": ("gull", "tern"), "cards": only["pairs"][0]["cards"], "seen": 0, "mastered": 0}
    assert only["confusions"][0]["trend"] == "falling"


def test_one_of_each_stands_in_the_singular() -> None:
    """One review, one card, one day, and no word of a streak; retention is not known yet."""
    found = of(response())
    assert reviewed(found) == "1 review of 1 card on 1 day, 1 today"
    assert retention(found) == "not known before a card was reviewed on a second day"


def test_many_stand_in_the_plural() -> None:
    """Reviews, cards, days, streak and retention in words."""
    found = of(response("a", TODAY - 2), response("b", TODAY - 2), response("a", TODAY - 1), response("a", TODAY))
    assert reviewed(found) == "4 reviews of 2 cards on 3 days, 1 today · 3 days in a row"
    assert retention(found).startswith("100 % (2 of 2 repeated reviews); FSRS predicted 9")


def test_what_is_due_in_words() -> None:
    """Today, tomorrow, a week, and all that is foreseen."""
    found = of(due={TODAY: 3, TODAY + 1: 1, TODAY + 6: 2, TODAY + 7: 4, TODAY + 29: 1})
    assert due(found) == "Due today 3, tomorrow 1, in the next 7 days 6, in the next 30 days 11"


def test_figures_in_words() -> None:
    """Only what is all is 100 %, and only what is nothing 0 %; long times are told in minutes."""
    assert [percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == ["0 %", "1 %", "50 %", "99 %", "100 %"]
    assert [seconds(each) for each in (0, 1234.5, 59_900, 90_000)] == ["0.0 s", "1.2 s", "59.9 s", "1.5 min"]
    assert [counted(each, "day") for each in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
