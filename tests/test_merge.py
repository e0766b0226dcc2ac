"""Merging logs is a union of sets, and memories follow from the union; a file from elsewhere is checked line by line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.errors import StorageError
from quiz.memory import Confidence, Rating, Response, Stamp
from quiz.store import Store
from quiz.store.exchange import HEAD, LONGEST_LINE, lines_of, read_rows
from quiz.store.rows import Row

DAY = 19_800
DECK = "birds"
CARDS = ("robin", "wren", "tit")

STEP = st.tuples(
    st.sampled_from(
        ("record", "record", "record", "undo", "replace", "rename", "reset", "unreset", "suspend", "unsuspend", "note")
    ),
    st.sampled_from(CARDS),
    st.sampled_from(CARDS),
    st.integers(min_value=-3, max_value=20),
    st.sampled_from(Rating),
)
MACHINES = st.lists(st.tuples(st.integers(min_value=0, max_value=2), STEP), max_size=30)
"""What is done on three machines, one after the other; clocks go as they like."""


def response(uuid: str, card: str, day: int = DAY, rating: Rating = Rating.GOOD, **more: Any) -> Response:
    plain = Response(
        uuid=uuid,
        device="laptop",
        time=day * 86_400_000 + 36_000_000,
        offset=60,
        day=day,
        deck=DECK,
        card=card,
        kind="contrast",
        seed=2**64 - 1,
        options=("a red breast", "a blue “cap”"),
        chosen=0,
        typed="",
        claims=(("robin", "red-breast", True),),
        took=2300,
        confidence=Confidence.PLAIN,
        right=rating is not Rating.AGAIN,
        rating=rating,
        counts=True,
    )
    return plain._replace(**more)


def stamp(uuid: str, day: int) -> Stamp:
    return Stamp(uuid, "laptop", day * 86_400_000 + 36_000_000, 60, day)


def take(store: Store, uuid: str, step: tuple[Any, ...]) -> None:
    """One step of a learner, as far as it is possible."""
    what, card, other, days, rating = step
    day = DAY + days
    living = [each.uuid for each in store.responses()]
    match what:
        case "record":
            store.record(response(uuid, card, day, rating))
        case "undo" if living:
            store.undo(living[days % len(living)], stamp(uuid, day))
        case "replace" if living:
            store.replace(living[days % len(living)], response(uuid, card, day, rating))
        case "rename":
            store.rename(DECK, card, other, stamp(uuid, day))
        case "reset":
            store.reset(DECK, {card: stamp(uuid, day)})
        case "unreset":
            store.unreset(DECK, {card: stamp(uuid, day)})
        case "suspend":
            store.suspend(DECK, card, stamp(uuid, day))
        case "unsuspend":
            store.unsuspend(DECK, card, stamp(uuid, day))
        case "note":
            store.note(DECK, card, other, stamp(uuid, day))


def placed(rows: list[Row]) -> Iterator[tuple[str, Row]]:
    return ((f"file:{number}", row) for number, row in enumerate(rows, 2))


def known(store: Store) -> tuple[object, ...]:
    """All that a learner has: the log, memories, suspensions, notes, and responses in their order."""
    return (
        list(lines_of(store.rows())),
        store.memories(DECK),
        store.suspended(DECK),
        store.notes(DECK),
        list(store.responses()),
    )


@given(MACHINES, st.booleans())
@settings(max_examples=8, deadline=None)
def test_whatever_was_done_on_three_machines_merging_is_a_union_of_sets(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, tuple[Any, ...]]], met: bool
) -> None:
    merges_as_sets(tmp_path_factory.mktemp("machines"), steps, met=met)


@pytest.mark.slow
@given(MACHINES, st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_same_for_many_more_histories(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, tuple[Any, ...]]], met: bool
) -> None:
    merges_as_sets(tmp_path_factory.mktemp("machines"), steps, met=met)


def merges_as_sets(folder: Path, steps: list[tuple[int, tuple[Any, ...]]], *, met: bool) -> None:
    """In any order, once or twice, pair by pair or all at once: the same log, and the same memories from it.

    Halfway the machines may have met, so that the one goes on with what was done on another.
    """
    stores = [Store.open(folder / f"{name}.db", str(name)) for name in range(3)]
    try:
        for number, (machine, step) in enumerate(steps):
            if met and number == len(steps) // 2:
                stores[0].merge(placed(list(stores[1].rows())))
            take(stores[machine], f"step-{number}", step)
        logs = [list(store.rows()) for store in stores]
        outcomes = []
        for number, order in enumerate(permutations(range(3))):
            with Store.open(folder / f"all-{number}.db", "all") as together:
                for machine in (*order, order[0]):
                    together.merge(placed(logs[machine]))
                assert together.agrees()
                outcomes.append(known(together))
        stores[1].merge(placed(logs[2]))
        stores[0].merge(placed(list(stores[1].rows())))
        assert stores[0].agrees()
        assert all(outcome == known(stores[0]) for outcome in outcomes)
        uuids = {row["uuid"] for log in logs for row in log}
        assert len(outcomes[0][0]) - 1 == len(uuids)  # type: ignore[arg-type]
    finally:
        for store in stores:
            store.close()


def test_an_undo_written_after_the_clock_was_set_back_still_comes_after_its_response(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", "a") as here, Store.open(tmp_path / "b.db", "b") as there:
        here.record(response("r", "robin", DAY))
        here.undo("r", stamp("u", DAY - 30))
        there.merge(placed(list(reversed(list(here.rows())))))
        assert there.memories(DECK) == {}
        here.rebuild()
        assert here.memories(DECK) == {}


def test_the_same_file_merged_again_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", "a") as store:
        store.record(response("r", "robin"))
        before = known(store)
        assert store.merge(placed(list(store.rows()))) == 0
        assert known(store) == before


def test_a_row_under_the_id_of_another_is_refused_with_its_place_and_nothing_is_taken_in(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", "a") as store:
        store.record(response("r", "robin"))
        [row] = store.rows()
        forged = [row | {"uuid": "new"}, row | {"rating": 1}]
        with pytest.raises(StorageError, match="^file:3: another row has this id"):
            store.merge(placed(forged))
        with pytest.raises(StorageError, match="^file:3: another row has this id"):
            list(store.unknown(placed([row | {"uuid": "x"}, row | {"uuid": "x", "rating": 1}])))
        assert list(store.rows()) == [row]


def test_a_review_brought_in_from_anki_on_both_machines_counts_once(tmp_path: Path) -> None:
    """Its id comes from Anki; the machines may differ in what they add to it, such as the desired retention."""
    from quiz.memory import Mode

    with Store.open(tmp_path / "a.db", "a") as here, Store.open(tmp_path / "b.db", "b") as there:
        here.record(response("r", "robin", mode=Mode.ANKI), 0.9)
        there.record(response("r", "robin", mode=Mode.ANKI), 0.8)
        assert here.merge(placed(list(there.rows()))) == 0
        assert here.memories(DECK)["robin"].reviews == 1


# The file


def exported(tmp_path: Path) -> list[str]:
    with Store.open(tmp_path / "export.db", "a") as store:
        store.record(response("r", "robin", typed="naïve\x00 ﬁ 🐦"))
        store.suspend(DECK, "wren", stamp("s", DAY))
        store.note(DECK, "tit", "", stamp("n", DAY))
        return list(lines_of(store.rows()))


def read(*lines: str | bytes) -> list[tuple[str, Row]]:
    data = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    return list(read_rows(io.BytesIO(data), "log.jsonl"))


def test_what_was_exported_comes_back_as_it_was(tmp_path: Path) -> None:
    lines = exported(tmp_path)
    assert json.loads(lines[0]) == HEAD
    rows = [row for _, row in read(*lines)]
    assert list(lines_of(rows)) == lines
    assert [place for place, _ in read(*lines)] == ["log.jsonl:2", "log.jsonl:3", "log.jsonl:4"]


@pytest.mark.parametrize("first", ["", "{}", "[1]", '{"tellapart": "deck"}', "\x00\xff", "[" * 100_000])
def test_a_file_that_is_no_export_is_refused_at_its_first_line(first: str) -> None:
    with pytest.raises(StorageError, match=r"^log.jsonl:1: this is no progress of quiz"):
        read(first)


def test_a_file_of_a_newer_version_is_refused() -> None:
    with pytest.raises(StorageError, match=r"^log.jsonl:1: .*upgrade quiz"):
        read('{"tellapart": "progress", "version": 2}')


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("uuid", ""),
        ("uuid", None),
        ("time", "now"),
        ("time", 1e3),
        ("time", 2**63),
        ("rank", 2**63 - 1),
        ("day", 10**7),
        ("event", "delete"),
        ("event", ["response"]),
        ("card", {"a": 1}),
        ("seed", "7; DROP TABLE log"),
        ("seed", "9" * 5_000),
        ("options", "<"),
        ("options", "[1]"),
        ("claims", '[["robin", "red-breast", 1]]'),
        ("claims", '[["robin"]]'),
        ("options", "[" * 50_000),
        ("confidence", "very"),
        ("mode", "dream"),
        ("mode", None),
        ("rating", 5),
        ("rating", True),
        ("right", 2),
        ("retention", 0.1),
        ("retention", float("nan")),
        ("retention", None),
        ("counts", None),
        ("took", -1),
        ("typed", "\ud800"),
    ],
)
def test_a_value_that_quiz_never_writes_is_refused_with_line_and_column(
    tmp_path: Path, column: str, value: object
) -> None:
    lines = exported(tmp_path)
    forged = json.dumps(json.loads(lines[1]) | {column: value})
    with pytest.raises(StorageError, match=r"^log.jsonl:3: .*; export the file anew$") as caught:
        read(lines[0], lines[2], forged)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("event", ["undo", "rename", "unreset"])
def test_a_row_that_points_nowhere_is_refused(tmp_path: Path, event: str) -> None:
    lines = exported(tmp_path)
    with pytest.raises(StorageError, match=r'^log.jsonl:2: "target"'):
        read(lines[0], json.dumps(json.loads(lines[2]) | {"event": event}))


@pytest.mark.parametrize(
    "line", ["{", "null", "{}", '{"uuid": "x"}', b"\xff\xfe", "[" * 100_000, b'{"uuid": "' + b"x" * LONGEST_LINE]
)
def test_a_line_that_is_no_row_is_refused_with_its_number(tmp_path: Path, line: str | bytes) -> None:
    lines = exported(tmp_path)
    with pytest.raises(StorageError, match=r"^log.jsonl:3: ") as caught:
        read(lines[0], lines[1], line)
    assert "\n" not in str(caught.value)


def test_a_column_too_many_or_too_few_is_refused(tmp_path: Path) -> None:
    lines = exported(tmp_path)
    row = json.loads(lines[1])
    for forged in (row | {"more": 1}, {name: row[name] for name in row if name != "rank"}):
        with pytest.raises(StorageError, match=r"^log.jsonl:2: not the columns"):
            read(lines[0], json.dumps(forged))
