"""What is derived is what the log gives, however it came to differ, and whatever stands between the responses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.memory import Confidence, Mode, Rating, Response, Stamp
from quiz.store import Store
from quiz.store.deriving import DERIVED, PARTS

DAY = 19_800
DECK = "birds"
CARDS = ("robin", "wren", "tit", "rook", "jay")
SEEN = st.sampled_from(CARDS)
"""Most are only answered; what else happens, happens to the first three."""

DISTURBED = st.sampled_from(CARDS[:3])
DAYS = st.integers(min_value=0, max_value=12)
ANSWERS = st.tuples(
    st.just("record"),
    SEEN,
    DAYS,
    st.none() | st.sampled_from(Rating),
    st.booleans(),
    st.sampled_from((Mode.STUDY, Mode.DRILL, Mode.ANKI)),
    st.sampled_from((0.8, 0.9, 0.97)),
)
STEPS = st.lists(
    ANSWERS
    | ANSWERS
    | ANSWERS
    | st.tuples(st.sampled_from(("undo", "replace")), DISTURBED, DAYS)
    | st.tuples(
        st.sampled_from(("reset", "unreset", "suspend", "unsuspend", "note", "unnote", "flag")), DISTURBED, DAYS
    )
    | st.tuples(st.just("rename"), DISTURBED, DISTURBED, DAYS),
    max_size=40,
)
SPOILT: dict[str, str] = {
    "as it is": "SELECT 1",
    "no living": "DELETE FROM living",
    "no memory": "DELETE FROM memory",
    "nothing left out": "DELETE FROM suspended",
    "no remark": "DELETE FROM remark",
    "some living gone": "DELETE FROM living WHERE seq % 3 = 0",
    "another day": "UPDATE living SET day = day + 1 WHERE seq % 2 = 0",
    "another time": "UPDATE living SET time = time + 1 WHERE seq % 2 = 0",
    "another card": "UPDATE living SET card = 'owl' WHERE seq % 2 = 0",
    "practice for review": "UPDATE living SET review = 1 - review",
    "living without a response": "INSERT INTO living VALUES ('birds', 'jay', 1, 1000000, 1, 1)",
    "struck out and living": "INSERT OR IGNORE INTO living SELECT deck, card, time, seq, day, 1 FROM log",
    "another memory": "UPDATE memory SET due = due + 1, lapses = lapses + 1",
    "memory without a review": "INSERT INTO memory VALUES ('birds', 'owl', 1, 1, 1, 1, 1, 1)",
    "left out unasked": "INSERT INTO suspended VALUES ('birds', 'jay')",
    "remark by nobody": "INSERT INTO remark VALUES ('birds', 'jay', 'note', 'x', 1)",
}


def answer(
    uuid: str, card: str, day: int, rating: Rating | None, *, counts: bool = True, mode: Mode = Mode.STUDY
) -> Response:
    return Response(
        uuid=uuid, device="laptop", time=(DAY + day) * 86_400_000, offset=0, day=DAY + day, deck=DECK, card=card,
        kind="recall", seed=1, options=(), chosen=None, typed="", claims=(), took=1, confidence=Confidence.PLAIN,
        right=True, rating=rating, counts=counts, mode=mode,
    )  # fmt: skip


def take(store: Store, uuid: str, step: tuple[Any, ...]) -> None:
    """One step of a learner, as far as it is possible."""
    what, card, *more = step
    stamp = Stamp(uuid, "laptop", (DAY + 5) * 86_400_000, 0, DAY + 5)
    living = [each.uuid for each in store.responses() if each.card == card]
    match what, more:
        case "record", [day, rating, counts, mode, retention]:
            store.record(answer(uuid, card, day, rating, counts=counts, mode=mode), retention)
        case "undo", [which] if living:
            store.undo(living[which % len(living)], stamp)
        case "replace", [which] if living:
            store.replace(living[which % len(living)], answer(uuid, card, which, Rating.AGAIN))
        case "rename", [other, _]:
            store.rename(DECK, card, other, stamp)
        case "reset", _:
            store.reset(DECK, {card: stamp})
        case "unreset", _:
            store.unreset(DECK, {card: stamp})
        case "suspend", _:
            store.suspend(DECK, card, stamp)
        case "unsuspend", _:
            store.unsuspend(DECK, card, stamp)
        case (("note" | "unnote"), _):
            store.note(DECK, card, "red breast" if what == "note" else "", stamp)
        case "flag", _:
            store.flag(DECK, card, "which one?", stamp)


def derived(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as other:
        return {
            table: other.execute(f"SELECT * FROM {table} ORDER BY {key}").fetchall() for table, key in DERIVED.items()
        }


def spoil(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(statement)


def holds_after(path: Path, steps: list[tuple[Any, ...]], spoilt: str) -> None:
    """What recording left step by step is what comes back, once it was spoilt."""
    with Store.open(path, "laptop") as store:
        for number, step in enumerate(steps):
            take(store, f"step-{number}", step)
        before = derived(path)
        spoil(path, SPOILT[spoilt])
        assert store.agrees() == (derived(path) == before)
        store.rebuild()
        assert derived(path) == before
        assert store.agrees()


@given(STEPS, st.sampled_from(sorted(SPOILT)))
@settings(max_examples=100, deadline=None)
def test_whatever_was_done_and_however_it_was_spoilt_a_rebuild_gives_what_recording_left(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]], spoilt: str
) -> None:
    holds_after(tmp_path_factory.mktemp("steps") / "progress.db", steps, spoilt)


@pytest.mark.slow
@given(STEPS, st.sampled_from(sorted(SPOILT)))
@settings(max_examples=1_000, deadline=None)
def test_the_same_for_many_more_histories(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]], spoilt: str
) -> None:
    holds_after(tmp_path_factory.mktemp("steps") / "progress.db", steps, spoilt)


@pytest.mark.parametrize("spoilt", sorted(SPOILT))
def test_each_way_to_spoil_what_is_derived_is_seen_and_mended(tmp_path: Path, spoilt: str) -> None:
    steps: list[tuple[Any, ...]] = [
        ("record", "jay", 0, Rating.GOOD, True, Mode.STUDY, 0.9),
        ("record", "jay", 3, Rating.GOOD, True, Mode.STUDY, 0.9),
        ("record", "rook", 2, None, False, Mode.DRILL, 0.9),
        ("record", "robin", 1, Rating.AGAIN, True, Mode.STUDY, 0.9),
        ("record", "robin", 2, Rating.GOOD, True, Mode.STUDY, 0.9),
        ("undo", "robin", 0),
        ("rename", "robin", "tit", 0),
        ("suspend", "wren", 0),
        ("note", "wren", 0),
    ]
    holds_after(tmp_path / "progress.db", steps, spoilt)


def test_an_undo_written_before_its_response_strikes_nothing(tmp_path: Path) -> None:
    """As a file from elsewhere may have it: only what the log says by then can be struck out."""
    with Store.open(tmp_path / "a.db", "a") as there, Store.open(tmp_path / "b.db", "b") as here:
        there.record(answer("r", "robin", 0, Rating.GOOD))
        there.undo("r", Stamp("u", "a", DAY * 86_400_000, 0, DAY))
        early = [row | {"rank": 1} if row["event"] == "undo" else row for row in there.rows()]
        here.merge((f"file:{number}", row) for number, row in enumerate(early))
        assert list(here.memories(DECK)) == ["robin"]


def test_an_undo_by_another_card_that_comes_too_early_strikes_nothing(tmp_path: Path) -> None:
    """As a file from elsewhere may have it: the undo stands with a card that was suspended, the response with another."""
    early = {"uuid": "u", "time": DAY * 86_400_000 - 2, "rank": 1, "card": "wren", "event": "undo", "target": "r"}
    with Store.open(tmp_path / "a.db", "a") as there, Store.open(tmp_path / "b.db", "b") as here:
        there.record(answer("r", "robin", 0, Rating.GOOD))
        there.suspend(DECK, "wren", Stamp("s", "a", DAY * 86_400_000, 0, DAY))
        response, suspended = there.rows()
        undo = {**suspended, **early}
        here.merge((f"file:{number}", row) for number, row in enumerate((response, suspended, undo)))
        assert list(here.memories(DECK)) == ["robin"]
        assert here.has_begun(DECK)
        here.record(answer("r2", "robin", 5, Rating.GOOD))
        assert here.agrees()


def test_a_memory_that_was_lost_is_made_whole_by_the_next_response(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with Store.open(path, "laptop") as store:
        store.record(answer("r", "robin", 0, Rating.GOOD))
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM memory")
    with Store.open(path, "laptop") as store:
        remembered = store.record(answer("r2", "robin", 5, Rating.GOOD))
        assert remembered is not None
        assert remembered.reviews == 2
        assert store.agrees()


def test_an_undo_of_a_rename_undoes_nothing(tmp_path: Path) -> None:
    """As a file from elsewhere may have it: only responses can be struck out."""
    with Store.open(tmp_path / "a.db", "a") as there, Store.open(tmp_path / "b.db", "b") as here:
        there.record(answer("r", "robin", 0, Rating.GOOD))
        there.rename(DECK, "robin", "wren", Stamp("m", "a", DAY * 86_400_000, 0, DAY))
        there.undo("r", Stamp("u", "a", DAY * 86_400_000, 0, DAY))
        forged = [row | {"target": "m"} if row["event"] == "undo" else row for row in there.rows()]
        here.merge((f"file:{number}", row) for number, row in enumerate(forged))
        assert list(here.memories(DECK)) == ["wren"]


@pytest.mark.parametrize("responses", [0, 1, 7, 250])
@pytest.mark.parametrize("work", [Store.rebuild, Store.agrees])
def test_a_bar_comes_to_its_end_whatever_the_size_of_the_log(
    tmp_path: Path, responses: int, work: Callable[[Store, Callable[[int], None]], object]
) -> None:
    told: list[int] = []
    with Store.open(tmp_path / "progress.db", "laptop") as store:
        store.add(answer(f"r-{number}", f"card-{number % 50}", number, Rating.GOOD) for number in range(responses))
        work(store, told.append)
    assert sum(told) == PARTS
    assert min(told) >= 0
