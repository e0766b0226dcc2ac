"""Progress is kept: each response is written whole or not at all, and nothing written is ever changed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import scheduling
from quiz.errors import StorageError, UsageError
from quiz.memory import Confidence, Memory, Mode, Rating, Response, Review, Stamp
from quiz.scheduling import replay
from quiz.store import Store, database

DAY = 19_800
DECK = "birds"


def response(
    uuid: str, card: str = "robin", day: int = DAY, rating: Rating | None = Rating.GOOD, **more: Any
) -> Response:
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
        claims=(("robin", "red-breast", True), ("tit", "red-breast", False)),
        took=2300,
        confidence=Confidence.PLAIN,
        right=None if rating is None else rating is not Rating.AGAIN,
        rating=rating,
        counts=True,
    )
    return plain._replace(**more)


def stamp(uuid: str, day: int = DAY) -> Stamp:
    return Stamp(uuid=uuid, device="laptop", time=day * 86_400_000 + 37_000_000, offset=60, day=day)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "progress.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, "laptop") as opened:
        yield opened


def raw(path: Path) -> closing[sqlite3.Connection]:
    """The file as another program would open it."""
    return closing(sqlite3.connect(path, isolation_level=None, timeout=0))


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with raw(path) as other:
        return {
            table: other.execute(f"SELECT * FROM {table}").fetchall()
            for table in ("log", "living", "memory", "suspended")
        }


def refusal(path: Path, wait: float = 0.0) -> str:
    """The one line with which a file is refused, to write as well as to read."""
    with pytest.raises(StorageError) as caught:
        Store.open(path, "laptop", wait=wait)
    line = str(caught.value)
    assert str(path) in line
    assert "\n" not in line
    assert ";" in line, "a remedy follows"
    return line


# Responses, memories and what is asked of them


def test_a_response_comes_back_as_it_went_in(store: Store) -> None:
    first = response("a", typed="naïve\x00 ﬁ 🐦", chosen=None, confidence=Confidence.SURE)
    store.record(first)
    assert list(store.responses()) == [first]


@given(
    typed=st.text(),
    options=st.lists(st.text(), max_size=4),
    seed=st.integers(min_value=0),
    chosen=st.none() | st.integers(min_value=0, max_value=3),
    confidence=st.sampled_from(Confidence),
    rating=st.none() | st.sampled_from(Rating),
    right=st.none() | st.booleans(),
    counts=st.booleans(),
)
@settings(max_examples=50, deadline=None)
def test_any_response_comes_back_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory, options: list[str], **more: Any
) -> None:
    first = response("a", options=tuple(options), **more)
    with Store.open(tmp_path_factory.mktemp("any") / "progress.db", "laptop") as store:
        store.record(first)
        assert list(store.responses()) == [first]


def test_half_a_character_from_a_terminal_is_no_reason_to_lose_the_response(store: Store) -> None:
    store.record(response("a", typed="robin\udcc3"))
    assert [each.typed for each in store.responses()] == ["robin?"]


def test_a_review_leaves_the_memory_that_scheduling_says(store: Store) -> None:
    expected = replay([Review(DAY, Rating.GOOD)], 0.85)
    assert store.record(response("a"), 0.85) == expected
    assert store.memories(DECK) == {"robin": expected}


def test_memories_outlive_the_program(path: Path) -> None:
    with Store.open(path, "laptop") as store:
        memory = store.record(response("a"))
    with Store.open(path, "other") as again:
        assert again.memories(DECK) == {"robin": memory}
        assert again.device == "laptop"


@pytest.mark.parametrize("more", [{"counts": False}, {"rating": None}])
def test_practice_and_unrated_responses_leave_the_memory_alone(store: Store, more: dict[str, Any]) -> None:
    assert store.record(response("a", **more)) is None
    memory = store.record(response("b", day=DAY + 1))
    assert store.record(response("c", day=DAY + 2, **more)) == memory
    assert [each.uuid for each in store.responses()] == ["a", "b", "c"]


def test_undo_brings_back_the_memory_of_before(store: Store) -> None:
    before = store.record(response("a"))
    store.record(response("b", day=DAY + 3, rating=Rating.AGAIN))
    assert store.undo("b", stamp("u", DAY + 3)) == before
    assert store.memories(DECK) == {"robin": before}
    assert store.undo("a", stamp("v")) is None
    assert store.memories(DECK) == {}
    assert list(store.responses()) == []


def test_an_undone_response_stays_in_the_log_with_a_row_that_names_it(store: Store, path: Path) -> None:
    store.record(response("a"))
    store.undo("a", stamp("u"))
    with raw(path) as other:
        rows = other.execute("SELECT uuid, event, deck, card, target FROM log ORDER BY seq").fetchall()
    assert rows == [("a", "response", DECK, "robin", None), ("u", "undo", DECK, "robin", "a")]


@pytest.mark.parametrize("uuid", ["unheard-of", "undone", "u"])
def test_only_a_living_response_can_be_undone(store: Store, path: Path, uuid: str) -> None:
    store.record(response("undone"))
    store.undo("undone", stamp("u"))
    before = contents(path)
    with pytest.raises(UsageError, match="undone already"):
        store.undo(uuid, stamp("v"))
    with pytest.raises(UsageError, match="undone already"):
        store.replace(uuid, response("w"))
    assert contents(path) == before


def test_a_replaced_response_gives_way_to_the_other(store: Store) -> None:
    store.record(response("a", confidence=Confidence.PLAIN))
    guessed = response("b", rating=Rating.AGAIN, right=True, confidence=Confidence.GUESSED)
    assert store.replace("a", guessed, 0.8) == replay([Review(DAY, Rating.AGAIN)], 0.8)
    assert list(store.responses()) == [guessed]
    assert store.undo("b", stamp("u")) is None
    assert list(store.responses()) == []


def test_reviews_are_taken_in_order_of_time_whatever_the_order_of_writing(store: Store) -> None:
    """As when the responses of another machine come in later."""
    store.record(response("late", day=DAY + 9, rating=Rating.AGAIN))
    memory = store.record(response("early"))
    assert memory == replay([Review(DAY, Rating.GOOD), Review(DAY + 9, Rating.AGAIN)])
    assert [each.uuid for each in store.responses()] == ["early", "late"]


def test_responses_can_be_those_of_one_deck_or_from_one_day_on(store: Store) -> None:
    store.record(response("a"))
    store.record(response("b", deck="trees"))
    store.record(response("c", day=DAY + 1))
    assert [each.uuid for each in store.responses(DECK)] == ["a", "c"]
    assert [each.uuid for each in store.responses(since=DAY + 1)] == ["c"]
    assert [each.uuid for each in store.responses("trees", DAY + 1)] == []


def test_decks_do_not_mix(store: Store) -> None:
    store.record(response("a"))
    store.record(response("b", deck="trees", rating=Rating.AGAIN))
    assert store.memories(DECK) != store.memories("trees")
    store.suspend("trees", "robin", stamp("s"))
    assert (store.suspended(DECK), store.suspended("trees")) == (set(), {"robin"})


def test_a_suspended_card_keeps_its_memory_and_can_be_taken_in_again(store: Store) -> None:
    memory = store.record(response("a"))
    for uuid, card in (("s", "robin"), ("t", "never-seen"), ("again", "robin")):
        store.suspend(DECK, card, stamp(uuid))
    assert store.suspended(DECK) == {"robin", "never-seen"}
    assert store.memories(DECK) == {"robin": memory}
    store.unsuspend(DECK, "robin", stamp("v"))
    assert store.suspended(DECK) == {"never-seen"}


def test_a_renamed_card_keeps_its_history_and_its_suspension(store: Store) -> None:
    memory = store.record(response("a"))
    store.suspend(DECK, "robin", stamp("s"))
    assert store.rename(DECK, "robin", "european-robin", stamp("r"))
    assert store.memories(DECK) == {"european-robin": memory}
    assert store.suspended(DECK) == {"european-robin"}
    assert [each.card for each in store.responses()] == ["european-robin"]
    assert store.undo("a", stamp("u")) is None
    assert store.memories(DECK) == {}


def test_a_rename_onto_a_card_with_a_history_joins_both_in_order_of_time(store: Store) -> None:
    store.record(response("new", "b", DAY + 5))
    store.record(response("old", "a", DAY, Rating.AGAIN))
    store.rename(DECK, "a", "b", stamp("r"))
    assert store.memories(DECK) == {"b": replay([Review(DAY, Rating.AGAIN), Review(DAY + 5, Rating.GOOD)])}


def test_a_card_can_be_renamed_there_and_back(store: Store) -> None:
    memory = store.record(response("a"))
    store.rename(DECK, "robin", "x", stamp("r"))
    store.rename(DECK, "x", "robin", stamp("q"))
    store.rebuild()
    assert store.memories(DECK) == {"robin": memory}


@pytest.mark.parametrize(("old", "new"), [("unknown", "robin"), ("robin", "robin")])
def test_a_rename_that_changes_nothing_is_not_written(store: Store, path: Path, old: str, new: str) -> None:
    store.record(response("a"))
    before = contents(path)
    assert not store.rename(DECK, old, new, stamp("r"))
    assert contents(path) == before


def test_today_counts_reviews_but_neither_practice_nor_what_was_undone(store: Store) -> None:
    store.record(response("1", "seen-before", DAY - 4))
    store.record(response("2", "seen-before"))
    store.record(response("3", "new"))
    store.record(response("4", "new-too", rating=Rating.AGAIN))
    store.record(response("5", "practised", counts=False))
    store.record(response("6", "undone"))
    store.undo("6", stamp("u"))
    assert store.answered_on(DECK, DAY) == {"seen-before", "new", "new-too", "practised"}
    assert store.introduced_on(DECK, DAY) == 2
    assert store.introduced_on(DECK, DAY - 4) == 1
    assert store.introduced_on("trees", DAY) == 0


def test_a_deck_is_begun_with_the_first_response_that_counts(store: Store) -> None:
    """Undone, it is as if it had never been opened; what was answered in another deck does not matter."""
    store.record(response("r1"))
    assert store.has_begun(DECK)
    assert not store.has_begun("another deck")
    store.undo("r1", stamp("u1"))
    assert not store.has_begun(DECK)


def test_a_card_is_confidently_wrong_until_its_next_review(store: Store) -> None:
    wrong: dict[str, Any] = {"rating": Rating.AGAIN, "confidence": Confidence.SURE}
    store.record(response("1", "misled", **wrong))
    store.record(response("2", "misled", counts=False))
    store.record(response("3", "mended", **wrong))
    store.record(response("4", "mended", DAY + 1))
    store.record(response("5", "unsure", rating=Rating.AGAIN))
    store.record(response("6", "right-and-sure", confidence=Confidence.SURE))
    store.record(response("7", "undone", **wrong))
    store.undo("7", stamp("u"))
    assert store.confidently_wrong(DECK) == {"misled"}
    assert store.confidently_wrong("trees") == set()


def test_the_forecast_counts_the_overdue_to_today_and_leaves_out_the_suspended(store: Store) -> None:
    store.record(response("1", "overdue", DAY - 50))
    store.record(response("2", "today", DAY - 2))
    store.record(response("3", "soon"))
    store.record(response("4", "suspended"))
    store.suspend(DECK, "suspended", stamp("s"))
    assert store.forecast(DAY, DECK) == {DAY: 2, DAY + 2: 1} == store.forecast(DAY)
    assert store.forecast(DAY, "trees") == {}


@pytest.mark.parametrize("retention", [0.5, 0.99, float("nan")])
def test_a_retention_out_of_range_is_refused_before_anything_is_written(store: Store, retention: float) -> None:
    store.record(response("a"))
    with pytest.raises(ValueError, match="retention"):
        store.record(response("b", day=DAY + 1, counts=False), retention)
    with pytest.raises(ValueError, match="retention"):
        store.replace("a", response("c"), retention)
    assert [each.uuid for each in store.responses()] == ["a"]


# The log is enough

CARDS = ("a", "b", "c")
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("record"),
            st.sampled_from(CARDS),
            st.integers(min_value=0, max_value=30),
            st.none() | st.sampled_from(Rating),
            st.booleans(),
            st.sampled_from((0.8, 0.9, 0.97)),
        ),
        st.tuples(st.just("undo"), st.integers(min_value=0, max_value=9)),
        st.tuples(st.just("replace"), st.integers(min_value=0, max_value=9), st.sampled_from(Rating)),
        st.tuples(st.just("rename"), st.sampled_from(CARDS), st.sampled_from(CARDS)),
        st.tuples(st.just("suspend"), st.sampled_from(CARDS)),
        st.tuples(st.just("unsuspend"), st.sampled_from(CARDS)),
    ),
    max_size=25,
)


class Fake:
    """A store in plain lists, with memories by the meaning of the words."""

    def __init__(self) -> None:
        self.living: list[tuple[Response, float]] = []
        self.left_out: set[str] = set()

    def rename(self, old: str, new: str) -> None:
        self.living = [(each._replace(card=new) if each.card == old else each, r) for each, r in self.living]
        if old in self.left_out:
            self.left_out = self.left_out - {old} | {new}

    def memories(self) -> dict[str, Memory]:
        found: dict[str, Memory] = {}
        for each, retention in sorted(self.living, key=lambda pair: pair[0].time):
            if each.counts and each.rating is not None:
                review = Review(each.day, each.rating)
                found[each.card] = scheduling.review(found.get(each.card), review, retention)
        return found


def take(step: tuple[Any, ...], uuid: str, store: Store, fake: Fake) -> None:
    match step:
        case "record", card, day, rating, counts, retention:
            new = response(uuid, card, DAY + day, rating, counts=counts)
            store.record(new, retention)
            fake.living.append((new, retention))
        case "undo", index if index < len(fake.living):
            store.undo(fake.living.pop(index)[0].uuid, stamp(uuid))
        case "replace", index, rating if index < len(fake.living):
            old, retention = fake.living.pop(index)
            new = old._replace(uuid=uuid, rating=rating)
            store.replace(old.uuid, new, retention)
            fake.living.append((new, retention))
        case "rename", old, new:
            store.rename(DECK, old, new, stamp(uuid))
            fake.rename(old, new)
        case "suspend", card:
            store.suspend(DECK, card, stamp(uuid))
            fake.left_out.add(card)
        case "unsuspend", card:
            store.unsuspend(DECK, card, stamp(uuid))
            fake.left_out.discard(card)


@given(STEPS)
@settings(max_examples=80, deadline=None)
def test_whatever_was_done_the_log_alone_gives_the_same_memories(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    path = tmp_path_factory.mktemp("steps") / "progress.db"
    fake = Fake()
    with Store.open(path, "laptop") as store:
        for i, step in enumerate(steps):
            take(step, f"step-{i}", store, fake)
        assert store.memories(DECK) == fake.memories()
        assert store.suspended(DECK) == fake.left_out
        assert {each.uuid: each for each in store.responses()} == {each.uuid: each for each, _ in fake.living}
        before = contents(path)
        store.rebuild()
        assert contents(path) == before


def test_memories_that_were_lost_are_rebuilt_from_the_log(store: Store, path: Path) -> None:
    memory = store.record(response("a"), 0.95)
    store.suspend(DECK, "wren", stamp("s"))
    with raw(path) as other:
        for table in ("living", "memory", "suspended"):
            other.execute(f"DELETE FROM {table}")
    assert store.memories(DECK) == {}
    store.rebuild()
    assert store.memories(DECK) == {"robin": memory}
    assert store.suspended(DECK) == {"wren"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET rating = 3",
        "UPDATE log SET uuid = 'b'",
        "DELETE FROM log",
        "DELETE FROM log WHERE uuid = 'a'",
        "INSERT OR REPLACE INTO log SELECT * FROM log",
        "REPLACE INTO log (uuid, device, time, offset, day, event, deck, card)"
        " VALUES ('a', 'x', 1, 1, 1, 'undo', 'd', 'c')",
    ],
)
def test_no_program_can_change_what_is_in_the_log(store: Store, path: Path, statement: str) -> None:
    store.record(response("a", rating=Rating.AGAIN))
    before = contents(path)
    with raw(path) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    assert contents(path) == before


# All or nothing


class CrashError(Exception):
    """Stands for whatever may happen halfway."""


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.record(response("new", day=DAY + 1)),
        lambda store: store.replace("a", response("new", rating=Rating.AGAIN)),
        lambda store: store.undo("a", stamp("new")),
        lambda store: store.rename(DECK, "robin", "wren", stamp("new")),
        lambda store: store.rebuild(),
    ],
)
@pytest.mark.parametrize("error", [CrashError, KeyboardInterrupt])
def test_a_crash_halfway_leaves_neither_log_row_nor_memory(
    store: Store,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[Store], object],
    error: type[BaseException],
) -> None:
    store.record(response("a"))
    store.record(response("b"))
    before = contents(path)

    def crash(*_: object) -> Memory:
        raise error

    with monkeypatch.context() as patched, pytest.raises(error):
        patched.setattr(scheduling, "fold", crash)
        write(store)
    assert contents(path) == before
    write(store)
    store.rebuild()


def test_two_programs_that_record_at_once_lose_nothing(store: Store, path: Path) -> None:
    with Store.open(path, "other") as second:
        for i in range(20):
            store.record(response(f"first-{i}", f"card-{i}", DAY + i))
            second.record(response(f"second-{i}", f"card-{i}", DAY + i + 3))
        assert len(list(store.responses())) == 40
        assert store.memories(DECK) == second.memories(DECK)
        before = contents(path)
        second.rebuild()
        assert contents(path) == before


CHILD = """
import sys
from pathlib import Path
from quiz.memory import Confidence, Rating, Response
from quiz.store import Store

def record(store, uuid, time):
    store.record(Response(
        uuid=uuid, device="child", time=time, offset=0, day=19_800, deck="birds", card=uuid, kind="recall", seed=1,
        options=(), chosen=None, typed="robin", claims=(), took=1, confidence=Confidence.PLAIN, right=True,
        rating=Rating.GOOD, counts=True,
    ))

"""


def child(code: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD + dedent(code), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
def test_what_was_acknowledged_survives_a_kill(path: Path) -> None:
    code = """
        store = Store.open(Path(sys.argv[1]), "child")
        for i in range(1_000_000):
            record(store, f"card-{i}", i)
            print(i, flush=True)
    """
    with child(code, str(path)) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(5)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    with Store.open(path, "laptop") as store:
        kept = {each.card for each in store.responses()}
        assert kept >= {f"card-{i}" for i in acknowledged}
        assert kept == set(store.memories("birds"))
        before = contents(path)
        store.rebuild()
        assert contents(path) == before


def test_programs_that_start_at_once_on_no_file_share_one_and_lose_nothing(path: Path) -> None:
    code = """
        with Store.open(Path(sys.argv[1]), sys.argv[2]) as store:
            for i in range(10):
                record(store, f"{sys.argv[2]}-{i}", i)
    """
    processes = [child(code, str(path), f"program-{i}") for i in range(4)]
    for process in processes:
        with process:
            assert process.wait() == 0
    with Store.open(path, "laptop") as store:
        assert len(list(store.responses())) == 40
        assert store.device.startswith("program-")
    assert [each.name for each in path.parent.iterdir()] == ["progress.db"]


# The file


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_progress(store: Store, path: Path) -> None:
    store.record(response("a"))
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


def test_every_commit_waits_for_the_disk(store: Store, path: Path) -> None:
    with raw(path) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA application_id").fetchone() == (database.APPLICATION_ID,)
        assert other.execute("PRAGMA user_version").fetchone() == (len(database.MIGRATIONS),)
    assert store._rows("PRAGMA synchronous") == [(2,)]


def test_nothing_but_the_file_is_left_behind(path: Path) -> None:
    with Store.open(path, "laptop") as store:
        store.record(response("a"))
    assert [each.name for each in path.parent.iterdir()] == ["progress.db"]


@pytest.mark.parametrize("error", [PermissionError, NotImplementedError])
def test_a_file_system_without_hard_links_will_do(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def no_links(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    with Store.open(path, "laptop") as store:
        store.record(response("a"))
        assert [each.name for each in path.parent.glob("*.new")] == []
    with Store.open(path, "laptop") as again:
        assert len(list(again.responses())) == 1


@pytest.mark.parametrize("error", [PermissionError, NotImplementedError])
def test_without_hard_links_a_new_file_takes_its_place_too(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """What was there is kept aside as it was."""

    def no_links(*_: object) -> None:
        raise error

    with Store.open(path, "laptop") as store:
        store.record(response("a"))
    before, new = path.read_bytes(), path.with_name("restored.db")
    with Store.open(new, "laptop"):
        pass
    restored = new.read_bytes()
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    aside = database.put_in_place(new, path)
    assert aside is not None
    assert (aside.read_bytes(), path.read_bytes()) == (before, restored)


def test_reading_where_there_is_no_progress_makes_no_file(path: Path) -> None:
    with Store.open_to_read(path) as store:
        assert store.memories(DECK) == {}
        assert list(store.responses()) == []
        assert (store.device, store.introduced_on(DECK, DAY), store.forecast(DAY)) == ("", 0, {})
        with pytest.raises(StorageError, match="cannot be written"):
            store.record(response("a"))
    assert not path.parent.exists()


def test_what_is_opened_to_read_cannot_be_written(store: Store, path: Path) -> None:
    memory = store.record(response("a"))
    with Store.open_to_read(path) as reader:
        assert reader.memories(DECK) == {"robin": memory}
        with pytest.raises(StorageError, match="cannot be written"):
            reader.suspend(DECK, "robin", stamp("s"))
    assert store.suspended(DECK) == set()


def test_a_path_with_marks_of_an_address_in_it_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "100% sûr?mode=ro#1" / "my progress.db"
    with Store.open(path, "laptop") as store:
        store.record(response("a"))
    assert path.is_file()


# What cannot be opened is refused, and left as it is


def damaged_copies(path: Path) -> dict[str, bytes]:
    """Ways in which a file may be spoilt."""
    with Store.open(path, "laptop") as store:
        for i in range(200):
            store.record(response(f"a-{i}", f"card-{i}"))
    whole = path.read_bytes()
    return {
        "text": b"progress: none\n" * 100,
        "one byte": b"S",
        "header only": whole[:100],
        "first page only": whole[:4096],
        "cut in half": whole[: len(whole) // 2],
        "cut within a page": whole[:-1000],
        "no bytes": b"",
        "header spoilt": b"\0" * 100 + whole[100:],
        "zeros": b"\0" * len(whole),
    }


KINDS_OF_DAMAGE = (
    *("text", "one byte", "header only", "first page only", "cut in half", "cut within a page"),
    *("no bytes", "header spoilt", "zeros"),
)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return damaged_copies(tmp_path_factory.mktemp("whole") / "progress.db")


@pytest.mark.parametrize("kind", KINDS_OF_DAMAGE)
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path, copies: dict[str, bytes], kind: str) -> None:
    path = tmp_path / "progress.db"
    path.write_bytes(copies[kind])
    assert "backup" in refusal(path)
    with pytest.raises(StorageError):
        Store.open_to_read(path)
    assert path.read_bytes() == copies[kind]
    assert [each.name for each in tmp_path.iterdir()] == ["progress.db"]


def test_damage_found_later_is_told_in_one_line_too(path: Path) -> None:
    """SQLite reads a page only when it is needed."""
    with Store.open(path, "laptop") as store:
        for i in range(200):
            store.record(response(f"a-{i}", f"card-{i}"))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    spoilt = path.read_bytes()
    asks: list[Callable[[Store], object]] = [
        lambda store: store.memories(DECK),
        lambda store: list(store.responses()),
        lambda store: store.forecast(DAY),
    ]
    for ask in asks:
        with (
            pytest.raises(StorageError, match="is damaged and was left as it is") as caught,
            Store.open_to_read(path) as store,
        ):
            ask(store)
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize("column", ["options", "claims", "seed", "confidence"])
def test_a_row_that_quiz_never_wrote_is_told_in_one_line(store: Store, path: Path, column: str) -> None:
    store.record(response("a"))
    with raw(path) as other:
        other.execute("DROP TRIGGER log_is_never_changed")
        other.execute(f"UPDATE log SET {column} = '<'")
    with pytest.raises(StorageError, match="is damaged"):
        list(store.responses())


def test_the_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    with raw(path) as other:
        other.execute("CREATE TABLE places (url TEXT)")
    before = path.read_bytes()
    assert "another program" in refusal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [len(database.MIGRATIONS) + 1, 99])
def test_the_file_of_a_newer_version_is_refused_and_left_as_it_is(path: Path, version: int) -> None:
    with Store.open(path, "laptop") as store:
        store.record(response("a"))
    with raw(path) as other:
        other.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    assert "upgrade quiz" in refusal(path)
    with pytest.raises(StorageError, match="upgrade quiz"):
        Store.open_to_read(path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["progress.db"]


def test_an_older_file_is_brought_up_with_everything_in_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path, "laptop") as store:
        memory = store.record(response("a"))
    second = tmp_path / "2.sql"
    second.write_text("-- A note; with a semicolon.\nALTER TABLE memory ADD note TEXT;\nCREATE TABLE more (x);\n")
    monkeypatch.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, second))
    for _ in range(2):
        with Store.open(path, "laptop") as store:
            assert store.memories(DECK) == {"robin": memory}
            assert store._rows("SELECT note FROM memory") == [(None,)]
            assert store._rows("PRAGMA user_version") == [(len(database.MIGRATIONS),)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path, "laptop") as store:
        memory = store.record(response("a"))
    second = tmp_path / "2.sql"
    second.write_text("DROP TABLE memory;\nCREATE TABLE log (x);\n")
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", (*database.MIGRATIONS, second))
        refusal(path)
    with Store.open(path, "laptop") as store:
        assert store.memories(DECK) == {"robin": memory}


def test_a_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    assert "is a folder" in refusal(path)
    assert list(path.iterdir()) == []


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert "cannot be used" in refusal(tmp_path / "data" / "progress.db")
    assert "cannot be used" in refusal(tmp_path / "data" / "more" / "progress.db")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the system has no /proc")
def test_a_folder_that_nobody_can_write_is_refused() -> None:
    assert "cannot be used" in refusal(Path("/proc/self/progress.db"))


def test_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    path.symlink_to(tmp_path / "unmounted" / "progress.db")
    refusal(path)
    assert path.is_symlink()


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Permissions do not hold root back, so root becomes nobody for the while."""
    if not hasattr(os, "setresuid") or os.geteuid() != 0:
        yield
        return
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can reach, as those of pytest are not; it belongs to nobody when root runs the tests."""
    base = Path(tempfile.mkdtemp())
    folder = base / "data"
    base.chmod(0o755)
    folder.mkdir()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(folder, 65534, -1)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(base)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o600), (0o555, 0o400), (0o755, 0o400)])
def test_what_cannot_be_written_is_refused_at_once_but_can_be_read(
    open_folder: Path, folder_mode: int, file_mode: int
) -> None:
    path = open_folder / "progress.db"
    with ordinary_user():
        with Store.open(path, "laptop") as store:
            memory = store.record(response("a"))
        path.chmod(file_mode)
        open_folder.chmod(folder_mode)
        before = path.read_bytes()
        assert "permissions" in refusal(path)
        with Store.open_to_read(path) as reader:
            assert reader.memories(DECK) == {"robin": memory}
            with pytest.raises(StorageError, match="permissions"):
                reader.record(response("b"))
        assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_no_file_is_made_in_a_folder_that_cannot_be_written(open_folder: Path) -> None:
    with ordinary_user():
        open_folder.chmod(0o555)
        assert "permissions" in refusal(open_folder / "progress.db")
        assert "permissions" in refusal(open_folder / "more" / "progress.db")
    assert list(open_folder.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_cannot_even_be_read_is_refused(open_folder: Path) -> None:
    path = open_folder / "progress.db"
    with ordinary_user():
        Store.open(path, "laptop").close()
        path.chmod(0)
        assert "permissions" in refusal(path)
        open_folder.chmod(0)
        assert "permissions" in refusal(path)
        with pytest.raises(StorageError, match="permissions"):
            Store.open_to_read(path)


def test_a_file_in_use_is_refused_after_the_wait_and_nothing_is_lost(store: Store, path: Path) -> None:
    with Store.open(path, "laptop", wait=0.05) as second, raw(path) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "in use by another program" in refusal(path, wait=0.05)
        with pytest.raises(StorageError, match="in use by another program"):
            second.record(response("a"))
        with Store.open_to_read(path, wait=0.05) as reader:
            assert list(reader.responses()) == []
        other.execute("ROLLBACK")
        second.record(response("a"))
    assert [each.uuid for each in store.responses()] == ["a"]


def test_a_full_disk_is_told_in_one_line_and_loses_nothing(store: Store, path: Path) -> None:
    store.record(response("a"))
    before = contents(path)
    (pages,) = store._rows("PRAGMA page_count")[0]
    store._rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="the disk is full; make room") as caught:
        store.record(response("big", typed="x" * 100_000))
    assert "\n" not in str(caught.value)
    assert contents(path) == before
    store._rows("PRAGMA max_page_count = 100000")
    store.record(response("big", typed="x" * 100_000))
    assert [each.uuid for each in store.responses()] == ["a", "big"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits")
def test_a_write_that_the_system_refuses_is_told_in_one_line_and_loses_nothing(path: Path) -> None:
    Store.open(path, "laptop").close()
    code = """
        import resource
        from quiz.errors import StorageError
        store = Store.open(Path(sys.argv[1]), "child")
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        try:
            for i in range(10_000):
                record(store, f"card-{i}", i)
                print(i, flush=True)
        except StorageError as error:
            print(error)
    """
    with child(code, str(path)) as process:
        assert process.stdout is not None
        *acknowledged, line = process.stdout.read().splitlines()
    assert process.returncode == 0
    assert line.startswith(f"{path} cannot be")
    with Store.open(path, "laptop") as store:
        assert {each.card for each in store.responses()} == {f"card-{i}" for i in acknowledged}
        assert len(store.memories("birds")) == len(acknowledged) > 0


def test_a_disk_that_is_full_at_the_first_start_leaves_nothing_broken(tmp_path: Path) -> None:
    """Where the file cannot be made whole it is not made at all, and nothing stays beside it."""
    path = tmp_path / "progress.db"
    script = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from pathlib import Path
from quiz.errors import StorageError
from quiz.store import Store
try:
    Store.open(Path({str(path)!r}), "device")
except StorageError as error:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
    assert list(tmp_path.iterdir()) == []
    with Store.open(path, "device") as store:
        assert store.device == "device"


def test_progress_of_version_1_is_brought_up_with_its_log_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its responses were given while studying; of what version 2 adds nothing is known."""
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", database.MIGRATIONS[:1])
        path.parent.mkdir(parents=True)
        with raw(path) as old:
            old.isolation_level = None
            database.fill(old, "laptop")
            old.execute(
                "INSERT INTO log (uuid, device, time, offset, day, event, deck, card, kind, seed, options, chosen, typed,"
                " claims, took, confidence, right, rating, counts, retention) VALUES"
                " ('a', 'laptop', 1, 60, 19800, 'response', 'birds', 'robin', 'contrast', '7', '[\"x\"]', 0, '', '[]',"
                " 9, 'plain', 1, 3, 1, 0.9)"
            )
            old.execute("INSERT INTO living VALUES ('birds', 'robin', 1, 1, 19800, 1)")
            old.execute("INSERT INTO memory VALUES ('birds', 'robin', 2.5, 5.0, 19800, 19803, 1, 0)")
    with Store.open(path, "other") as store:
        (kept,) = store.responses()
        assert (kept.uuid, kept.time, kept.seed, kept.mode, kept.sitting) == ("a", 1, 7, Mode.STUDY, "")
        assert store.memories("birds")["robin"].due == 19803
        assert store.device == "laptop"
        with pytest.raises(StorageError), store._transaction():
            store._database.execute("DELETE FROM log")


def test_how_a_response_came_about_is_kept(store: Store) -> None:
    asked = response("a", mode=Mode.EXAM, sitting="s", turn=3, most=4, counts=False)
    store.record(asked)
    assert list(store.responses()) == [asked]


def test_a_note_and_a_flag_stand_until_they_are_taken_away(store: Store) -> None:
    store.note(DECK, "robin", " red = robin ", stamp("n1"))
    store.note(DECK, "robin", "red breast", stamp("n2"))
    store.flag(DECK, "tit", "which tit?", stamp("f1"))
    assert store.notes(DECK) == {"robin": "red breast"}
    assert [(each.deck, each.card, each.text) for each in store.flags()] == [(DECK, "tit", "which tit?")]
    store.rebuild()
    assert store.notes(DECK) == {"robin": "red breast"}
    store.note(DECK, "robin", "", stamp("n3"))
    store.flag(DECK, "tit", "", stamp("f2"))
    assert (store.notes(DECK), store.flags(DECK)) == ({}, [])


def test_remarks_move_with_a_renamed_card_but_not_over_those_it_has(store: Store) -> None:
    store.note(DECK, "old", "of the old", stamp("n1"))
    store.flag(DECK, "old", "typo", stamp("f1"))
    store.note(DECK, "new", "of the new", stamp("n2"))
    assert store.rename(DECK, "old", "new", stamp("r"))
    assert store.notes(DECK) == {"new": "of the new"}
    assert [each.card for each in store.flags()] == ["new"]


def test_a_reset_card_is_new_again_and_can_be_taken_back(store: Store) -> None:
    memory = store.record(response("a"))
    store.reset(DECK, {"robin": stamp("r1")})
    assert (store.memories(DECK), list(store.responses()), store.has_begun(DECK)) == ({}, [], False)
    store.rebuild()
    assert store.memories(DECK) == {}
    assert store.unreset(DECK, {"robin": stamp("r2"), "wren": stamp("w1")}) == {"robin"}
    assert store.memories(DECK) == {"robin": memory}
    assert not store.unreset(DECK, {"robin": stamp("r3")})


def test_a_reset_from_before_a_rename_can_be_taken_back(store: Store) -> None:
    """Under the id that the card has now, over two renames."""
    memory = store.record(response("a"))
    store.note(DECK, "robin", "red", stamp("n"))
    store.reset(DECK, {"robin": stamp("r1")})
    assert store.rename(DECK, "robin", "redbreast", stamp("m1"))
    assert store.rename(DECK, "redbreast", "erithacus", stamp("m2"))
    assert store.unreset(DECK, {"erithacus": stamp("r2")}) == {"erithacus"}
    assert store.memories(DECK) == {"erithacus": memory}


def test_what_follows_a_reset_counts(store: Store) -> None:
    store.record(response("a"))
    store.reset(DECK, {"robin": stamp("r1")})
    fresh = store.record(response("b", day=DAY + 1))
    assert fresh is not None
    assert fresh.reviews == 1
    store.rebuild()
    assert store.memories(DECK) == {"robin": fresh}


# What a sitting asks of a long log


def test_the_memories_of_some_cards_are_those_among_all(store: Store) -> None:
    """However many are asked for; unknown cards, and those of another deck, have none."""
    for number in range(3):
        store.record(response(f"r{number}", card=f"card {number}"))
    store.record(response("other", card="card 0", deck="fish"))
    every = store.memories(DECK)
    assert store.memories_of(DECK, ["card 2", "card 0", "unknown"]) == {
        each: every[each] for each in ("card 2", "card 0")
    }
    assert store.memories_of(DECK, (f"card {number}" for number in range(2000))) == every
    assert store.memories_of(DECK, []) == {}


def test_what_is_due_by_a_day_is_told_with_its_memory(store: Store) -> None:
    store.record(response("a", card="robin", rating=Rating.AGAIN))
    store.record(response("b", card="wren"))
    every = store.memories(DECK)
    soon, late = every["robin"].due, every["wren"].due
    assert soon < late
    assert store.due(DECK, soon - 1) == {}
    assert store.due(DECK, soon) == {"robin": every["robin"]}
    assert store.due(DECK, late) == every
    assert store.due("fish", late) == {}


def test_what_comes_falls_due_day_by_day(store: Store) -> None:
    """The soonest first; what is due by the day itself is not to come."""
    store.record(response("a", card="robin", rating=Rating.AGAIN))
    for uuid, card in (("b", "wren"), ("c", "tit")):
        store.record(response(uuid, card=card))
    soon, late = store.memories(DECK)["robin"].due, store.memories(DECK)["wren"].due
    assert [(day, set(cards)) for day, cards in store.coming(DECK, soon - 1)] == [
        (soon, {"robin"}),
        (late, {"wren", "tit"}),
    ]
    assert [day for day, _ in store.coming(DECK, soon)] == [late]
    assert list(store.coming(DECK, late)) == list(store.coming("fish", 0)) == []


def test_confident_errors_are_told_of_all_cards_or_of_those_due(store: Store) -> None:
    for card, rating in (("robin", Rating.AGAIN), ("wren", Rating.GOOD)):
        store.record(response(f"{card} 1", card=card, rating=rating, confidence=Confidence.SURE))
        store.record(response(f"{card} 2", card=card, day=DAY + 30, rating=Rating.AGAIN, confidence=Confidence.SURE))
    store.record(response("tit", card="tit", rating=Rating.AGAIN))
    dues = {card: held.due for card, held in store.memories(DECK).items()}
    assert store.confidently_wrong(DECK) == {"robin", "wren"}
    for day in range(DAY, max(dues.values()) + 2):
        assert store.confidently_wrong(DECK, due_by=day) == {card for card in ("robin", "wren") if dues[card] <= day}


def test_responses_after_a_row_are_those_written_after_it(store: Store) -> None:
    """Whatever their time; those struck out since are gone."""
    store.record(response("a"))
    (seq, uuid, _) = store.position()
    assert uuid == "a"
    store.record(response("b", day=DAY - 5))
    store.record(response("c", deck="fish"))
    store.record(response("d"))
    store.undo("d", stamp("u"))
    assert [each.uuid for each in store.responses(after=seq)] == ["b", "c"]
    assert [each.uuid for each in store.responses(DECK, after=seq)] == ["b"]
    assert list(store.responses(DECK, since=DAY, after=seq)) == []
    assert list(store.responses(after=store.position()[0])) == []


def later(uuid: str) -> Stamp:
    return stamp(uuid, day=DAY + 1)


GROWING = {
    "nothing": lambda store: None,
    "a response": lambda store: store.record(response("z", day=DAY + 1)),
    "one of another deck": lambda store: store.record(response("z", day=DAY + 1, deck="fish")),
    "one and its undo": lambda store: (store.record(response("z", day=DAY + 1)), store.undo("z", later("u"))),
    "a suspension": lambda store: store.suspend(DECK, "robin", later("s")),
    "a note": lambda store: store.note(DECK, "robin", "red", later("n")),
    "a flag": lambda store: store.flag(DECK, "robin", "wrong", later("f")),
}
CHANGING = {
    "an undo": lambda store: store.undo("a", later("u")),
    "a response in the place of one": lambda store: store.replace("a", response("z", day=DAY + 1)),
    "a rename": lambda store: store.rename(DECK, "robin", "wren", later("m")),
    "a reset": lambda store: store.reset(DECK, {"robin": later("r")}),
    "an end of a reset": lambda store: store.unreset(DECK, {"tit": later("r")}),
    "an end of a suspension": lambda store: store.unsuspend(DECK, "robin", later("s")),
    "an earlier response": lambda store: store.record(response("z", day=DAY - 1)),
    "a change and then more": lambda store: (store.undo("a", later("u")), store.record(response("z", day=DAY + 2))),
}


@pytest.mark.parametrize("event", [*GROWING, *CHANGING])
def test_a_log_has_only_grown_unless_something_before_has_changed(store: Store, event: str) -> None:
    store.record(response("t", card="tit", day=DAY - 1))
    store.reset(DECK, {"tit": stamp("r0", day=DAY - 1)})
    store.record(response("a"))
    here = store.position()
    (GROWING | CHANGING)[event](store)
    assert store.has_only_grown(*here) is (event in GROWING)
    assert store.has_only_grown(*store.position())


def test_an_earlier_row_of_another_machine_is_no_growth(store: Store, tmp_path: Path) -> None:
    """A later one is."""
    store.record(response("a"))
    here = store.position()
    for uuid, day, is_growth in (("later", DAY + 1, True), ("earlier", DAY - 1, False)):
        with Store.open(tmp_path / f"{uuid}.db", "desktop") as other:
            other.record(response(uuid, device="desktop", day=day))
            store.merge([("there", row) for row in other.rows()])
        assert store.has_only_grown(*here) is is_growth


def test_a_response_before_one_of_a_clock_set_back_is_no_growth(store: Store) -> None:
    """Though it is later than the last row, it comes before one that was there."""
    store.record(response("a", day=DAY + 9))
    store.record(response("b", day=DAY))
    here = store.position()
    store.record(response("c", day=DAY + 1))
    assert not store.has_only_grown(*here)


def test_a_log_without_that_row_has_not_grown_from_it(store: Store) -> None:
    """As after a backup took its place. From the start of it every log has grown."""
    empty = store.position()
    assert empty == (0, "", 0)
    store.record(response("a"))
    seq, _, time = store.position()
    assert store.has_only_grown(*empty)
    assert not store.has_only_grown(seq, "b", time)
    assert not store.has_only_grown(seq + 1, "a", time)
