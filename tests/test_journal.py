"""The journal puts time, device and an id to every step, and writes it into the store."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from quiz import journal
from quiz.deck import Citation, Claim, Weight
from quiz.journal import StoreJournal, new_id, stamp_now
from quiz.memory import Confidence, Mode, Rating, Response, Stamp
from quiz.questions.model import Card, Listing, Option, Question, Reason
from quiz.session import Answered, Mark, Reply, Turn
from quiz.store import Store
from quiz.studyday import day_to_date
from quiz.verdict import Rule

DAY = 20_000
CARD = Card("pair:gull~tern:hook", "hook.gull", ("gull", "tern"), "hook", ("sort",), Weight.CORE)
TURN = Turn("birds", CARD, ("sort",), number=0, most=3, new=True)
CITES = (Citation("book", "Gulls", "1"),)


def option(text: str, *claims: Claim | Listing, key: bool = False) -> Option:
    return Option(text, key, claims, Reason(Rule.STATED, ("hook.gull",), "So it is."), CITES)


QUESTION = Question(
    id="pair:gull~tern:hook/sort",
    card=CARD.id,
    kind="sort",
    seed=7,
    stem="A hooked bill: gulls, terns or both?",
    asks={},
    explanation="So it is.",
    facts=("hook.gull",),
    cites=CITES,
    options=(
        option("gulls", Claim("gull", "hook", True), Claim("tern", "hook", False), key=True),
        option("both", Claim("gull", "hook", True), Claim("tern", "hook", True)),
        option("plate 7 lists it", Listing("gull", "hook", True)),
    ),
)
TYPED = QUESTION._replace(id="recall:hook.gull/recall", kind="recall", options=(), accepts=("hooked",))
RIGHT, WRONG, UNRATED = Mark(True, Rating.GOOD), Mark(False, Rating.AGAIN), Mark(None, None)


@dataclass
class Stamps:
    """Stamps of one moment, numbered."""

    given: list[Stamp] = field(default_factory=list)

    def __call__(self) -> Stamp:
        number = len(self.given) + 1
        self.given.append(Stamp(f"id-{number}", "desk-lamp", DAY * 86_400_000 + number, 120, DAY))
        return self.given[-1]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "progress.db", "desk-lamp") as opened:
        yield opened


@pytest.fixture
def book(store: Store) -> StoreJournal:
    return StoreJournal(store, seed=7, retention=0.9, stamp=Stamps())


def answered(
    reply: Reply = Reply(chosen=0, took=1500),  # noqa: B008  a frozen value
    mark: Mark = RIGHT,
    question: Question = QUESTION,
    *,
    practice: bool = False,
) -> Answered:
    return Answered(TURN._replace(returns=int(practice)), question, reply, mark)


def only(store: Store) -> Response:
    (response,) = store.responses()
    return response


def test_every_field_of_an_answer_is_written(store: Store, book: StoreJournal) -> None:
    """What was shown, what was taken, what it claims, how long it took and what it is worth."""
    reply = Reply(chosen=1, confidence=Confidence.SURE, took=2345)
    assert book.record(answered(reply, WRONG)) == "id-1"
    assert only(store) == Response(
        uuid="id-1",
        device="desk-lamp",
        time=DAY * 86_400_000 + 1,
        offset=120,
        day=DAY,
        deck="birds",
        card="pair:gull~tern:hook",
        kind="sort",
        seed=7,
        options=("gulls", "both", "plate 7 lists it"),
        chosen=1,
        typed="",
        claims=(("gull", "hook", True), ("tern", "hook", True)),
        took=2345,
        confidence=Confidence.SURE,
        right=False,
        rating=Rating.AGAIN,
        counts=True,
        mode=Mode.STUDY,
        sitting=book.sitting,
        turn=0,
        most=3,
    )


def test_a_typed_reply_is_written_as_typed(store: Store, book: StoreJournal) -> None:
    """It shows no options, chooses none and claims nothing."""
    book.record(answered(Reply(typed="Hooked ", took=9), RIGHT, TYPED))
    found = only(store)
    assert (found.kind, found.options, found.chosen, found.typed, found.claims) == ("recall", (), None, "Hooked ", ())


def test_a_listing_is_logged_as_no_claim(store: Store, book: StoreJournal) -> None:
    """What a table lists is nothing said of the subject itself."""
    book.record(answered(Reply(chosen=2), WRONG))
    assert only(store).claims == ()


@pytest.mark.parametrize(
    ("mark", "practice", "counts"),
    [(RIGHT, False, True), (WRONG, False, True), (RIGHT, True, False), (WRONG, True, False), (UNRATED, False, False)],
    ids=["right", "wrong", "practice", "wrong practice", "unrated"],
)
def test_only_a_rated_first_response_counts(
    store: Store, book: StoreJournal, mark: Mark, practice: bool, counts: bool
) -> None:
    """Practice and what is neither right nor wrong leave the memory alone."""
    book.record(answered(Reply(typed="bent"), mark, TYPED, practice=practice))
    found = only(store)
    assert (found.counts, found.right, found.rating) == (counts, mark.right, mark.rating)
    assert (CARD.id in store.memories("birds")) is counts


def test_undo_strikes_out(store: Store, book: StoreJournal) -> None:
    """The answer no longer stands, and its memory is gone."""
    book.undo(book.record(answered()))
    assert list(store.responses()) == []
    assert store.memories("birds") == {}


def test_replace_leaves_the_second_answer(store: Store, book: StoreJournal) -> None:
    """A guess takes the place of the right answer, under an id of its own."""
    first = book.record(answered())
    guess = Reply(chosen=0, confidence=Confidence.GUESSED)
    second = book.replace(first, answered(guess, Mark(True, Rating.AGAIN)))
    assert (first, second) == ("id-1", "id-2")
    found = only(store)
    assert (found.uuid, found.confidence, found.right, found.rating) == ("id-2", Confidence.GUESSED, True, Rating.AGAIN)


def test_suspending_and_taking_in_again(store: Store, book: StoreJournal) -> None:
    """A card is left out until it is taken in again."""
    book.suspend(TURN)
    assert store.suspended("birds") == {CARD.id}
    book.unsuspend(TURN)
    assert store.suspended("birds") == set()


def test_every_step_has_a_stamp_of_its_own(store: Store) -> None:
    """No two rows of the log share an id."""
    stamps = Stamps()
    book = StoreJournal(store, 7, 0.9, stamps)
    first = book.record(answered())
    book.undo(book.replace(first, answered()))
    book.suspend(TURN)
    book.unsuspend(TURN)
    assert len(stamps.given) == 5


def test_the_wished_retention_sets_the_interval(tmp_path: Path) -> None:
    """Who wants to remember more sees a card sooner."""
    due = {}
    for retention in (0.8, 0.95):
        with Store.open(tmp_path / f"{retention}.db", "desk-lamp") as store:
            StoreJournal(store, 7, retention, Stamps()).record(answered())
            due[retention] = store.memories("birds")[CARD.id].due
    assert due[0.95] < due[0.8]


# stamps


def test_ids_are_random() -> None:
    """32 hexadecimal digits, never the same."""
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)


Clock = Callable[[str, datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Sets the time zone, and the moment that the system's clock shows."""

    def set_to(zone: str, moment: datetime) -> None:
        class Stopped(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                return datetime.fromtimestamp(moment.timestamp())

        monkeypatch.setenv("TZ", zone)
        time.tzset()
        monkeypatch.setattr(journal, "datetime", Stopped)

    yield set_to
    monkeypatch.undo()
    time.tzset()


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"
NEW_YORK = "EST5EDT,M3.2.0,M11.1.0"
KATHMANDU = "NPT-5:45"


@pytest.mark.parametrize(
    ("zone", "moment", "offset", "day"),
    [
        (BERLIN, utc(2024, 6, 1, 1, 59, 59), 120, date(2024, 5, 31)),
        (BERLIN, utc(2024, 6, 1, 2, 0), 120, date(2024, 6, 1)),
        (BERLIN, utc(2024, 1, 15, 2, 59, 59), 60, date(2024, 1, 14)),
        (BERLIN, utc(2024, 1, 15, 3, 0), 60, date(2024, 1, 15)),
        # clocks go forward at 01:00 UTC: 03:59 local is 01:59 UTC already
        (BERLIN, utc(2024, 3, 31, 0, 59), 60, date(2024, 3, 30)),
        (BERLIN, utc(2024, 3, 31, 1, 59), 120, date(2024, 3, 30)),
        (BERLIN, utc(2024, 3, 31, 2, 0), 120, date(2024, 3, 31)),
        # clocks go back at 01:00 UTC: 02:30 comes twice, 04:00 local is 03:00 UTC
        (BERLIN, utc(2024, 10, 27, 0, 30), 120, date(2024, 10, 26)),
        (BERLIN, utc(2024, 10, 27, 1, 30), 60, date(2024, 10, 26)),
        (BERLIN, utc(2024, 10, 27, 2, 59), 60, date(2024, 10, 26)),
        (BERLIN, utc(2024, 10, 27, 3, 0), 60, date(2024, 10, 27)),
        (NEW_YORK, utc(2024, 7, 2, 7, 59), -240, date(2024, 7, 1)),
        (NEW_YORK, utc(2024, 7, 2, 8, 0), -240, date(2024, 7, 2)),
        (KATHMANDU, utc(2024, 7, 1, 22, 14), 345, date(2024, 7, 1)),
        (KATHMANDU, utc(2024, 7, 1, 22, 15), 345, date(2024, 7, 2)),
    ],
)
def test_a_stamp_has_the_study_day_of_the_local_clock(
    clock: Clock, zone: str, moment: datetime, offset: int, day: date
) -> None:
    """From 04:00 to 04:00, on days on which the clocks change too."""
    clock(zone, moment)
    stamp = stamp_now("desk-lamp")
    assert stamp.time == int(moment.timestamp() * 1000)
    assert stamp.offset == offset
    assert day_to_date(stamp.day) == day
    assert stamp.device == "desk-lamp"


def test_two_stamps_of_one_moment_differ(clock: Clock) -> None:
    """Each has an id of its own."""
    clock(BERLIN, utc(2024, 6, 1))
    first, second = stamp_now("desk-lamp"), stamp_now("desk-lamp")
    assert first.uuid != second.uuid
    assert first[1:] == second[1:]
