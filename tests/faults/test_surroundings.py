"""Full disks, folders nobody may write, other programs, clocks and time zones: nothing lost, nothing twice, one line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from quiz import journal
from quiz.cli.holding import milliseconds, print_line
from quiz.cli.program import main
from quiz.desk import Desk
from quiz.places import places_here
from quiz.store import Store
from quiz.studyday import day_to_date
from quiz.terminal.plain import run
from tests.faults.conftest import Sittings, is_sound, rows
from tests.faults.sitting import Orders, make_home

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor such modes and limits")


def one_clear_line(code: int, said: str, *words: str) -> None:
    assert code == 3
    assert said.count("\n") == 1
    assert said.startswith("quiz: ")
    assert all(word in said for word in words), said


# Room and permissions


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB, most of which progress and a deck take."""
    folder = tmp_path / "small"
    folder.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)):
        pytest.skip("only root may mount a disk of its own")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def mounted(*arguments: str) -> bool:
    """Whether the system let us mount that."""
    mount = shutil.which("mount")
    return mount is not None and subprocess.run([mount, *arguments], capture_output=True, check=False).returncode == 0


def fill(disk: Path) -> Path:
    """Fill a disk to the last byte, with a file that can be removed."""
    film = disk / "film"
    with suppress(OSError), film.open("wb", buffering=0) as file:
        while file.write(b"x" * 512):
            continue
    return film


def test_a_disk_that_fills_up_ends_the_sitting_and_keeps_what_was_answered(
    sittings: Sittings, small_disk: Path
) -> None:
    home = make_home(small_disk / "learner")
    path = home / "progress.db"
    held = sittings.start(Orders(home, ["a"] * 500, in_step=True))
    held.take(2)
    film = fill(small_disk)
    held.go_on()
    while held.wait_for(held.asked):
        held.go_on()
    code, said = held.outcome()
    one_clear_line(code, said, str(path), "room")
    film.unlink()
    assert len(rows(path)) == held.asked - 1 >= 2
    assert is_sound(path)
    assert sittings.start(Orders(home, ["a"] * 3)).outcome() == (0, "")


def test_a_disk_too_full_for_a_backup_is_told_and_costs_no_answer(sittings: Sittings, small_disk: Path) -> None:
    home = make_home(small_disk / "learner")
    held = sittings.start(Orders(home, ["a"] * 2, in_step=True))
    held.take(2)
    fill(small_disk)
    held.go_on()
    code, said = held.outcome()
    assert code == 0
    assert said.startswith("quiz: everything is kept, but no backup was made")
    assert said.count("\n") == 1
    assert len(rows(home / "progress.db")) == 2


def test_a_folder_that_may_not_be_written_is_told_before_the_first_question(
    sittings: Sittings, small_disk: Path
) -> None:
    home = make_home(small_disk / "learner")
    assert sittings.start(Orders(home, ["a"])).outcome() == (0, "")
    before = rows(home / "progress.db")
    assert mounted("-o", "remount,ro", str(small_disk))
    held = sittings.start(Orders(home, ["a"]))
    code, said = held.outcome()
    one_clear_line(code, said, str(home / "progress.db"), "permissions")
    assert held.asked == 0
    assert rows(home / "progress.db") == before


def test_a_file_that_may_not_grow_ends_the_sitting_in_one_line(sittings: Sittings, home: Path) -> None:
    held = sittings.start(Orders(home, ["a"] * 500, largest_file=70_000))
    code, said = held.outcome()
    assert code == 3
    assert said.count("\n") == 1
    path = home / "progress.db"
    assert len(rows(path)) == held.asked - 1
    assert is_sound(path)


# Other programs


def test_progress_locked_by_another_program_ends_the_sitting_and_keeps_what_was_answered(
    sittings: Sittings, home: Path
) -> None:
    path = home / "progress.db"
    Store.open(path, "desk").close()
    held = sittings.start(Orders(home, ["a"] * 500, in_step=True))
    held.take(2)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as other:
        other.execute("BEGIN IMMEDIATE")
        held.go_on()
        code, said = held.outcome()
        one_clear_line(code, said, str(path), "in use by another program")
        assert len(rows(path)) == 2
        other.execute("ROLLBACK")
    assert is_sound(path)


def test_two_sittings_at_once_lose_nothing_and_count_no_card_twice(sittings: Sittings, home: Path) -> None:
    """Both ask the same cards; of the reviews of one study day the first moves a memory."""
    both = [sittings.start(Orders(home, ["a"] * 8)) for _ in range(2)]
    assert [held.outcome() for held in both] == [(0, ""), (0, "")]
    path = home / "progress.db"
    written = rows(path)
    assert len(written) == sum(held.dealt_with for held in both)
    assert is_sound(path)
    with Store.open_to_read(path) as store:
        assert {memory.reviews for memory in store.memories("ducks").values()} == {1}


# Clocks


class Clock(datetime):
    """A clock that is set by hand, and goes on by a second whenever it is asked."""

    moment: ClassVar[datetime]

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        Clock.moment += timedelta(seconds=1)
        return Clock.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Clock]]:
    monkeypatch.setattr(journal, "datetime", Clock)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield Clock
    monkeypatch.undo()
    time.tzset()


def at(clock: type[Clock], moment: str, zone: str = "Europe/Berlin") -> None:
    """Set clock and time zone to a moment in UTC."""
    os.environ["TZ"] = zone
    time.tzset()
    clock.moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)


class Turns:
    """Standard input that does something between the lines."""

    def __init__(self, *steps: object) -> None:
        self._steps = list(steps)

    def readline(self) -> str:
        while self._steps:
            step = self._steps.pop(0)
            if isinstance(step, str):
                return step + "\n"
            step()  # type: ignore[operator]
        return ":quit\n"

    def isatty(self) -> bool:
        return False


@pytest.fixture
def ducks(tmp_path: Path) -> str:
    return str(make_home(tmp_path / "decks") / "ducks")


def study(monkeypatch: pytest.MonkeyPatch, ducks: str, *steps: object) -> Result:
    """A sitting with things happening in between."""

    def hold(desk: Desk, _closing: object, *, plain: bool) -> int:
        run(desk, Turns(*steps), print_line, milliseconds)  # type: ignore[arg-type]
        return 0

    monkeypatch.setattr("quiz.cli.sitting.hold", hold)
    result = CliRunner().invoke(main, ["study", ducks, "--new", "100", "--seed", "3"])
    assert result.exit_code == 0, result.output
    return result


def days() -> list[str]:
    """The study days of the responses, in the order of writing."""
    return [str(day_to_date(day)) for event, _, day in rows(places_here().progress) if event == "response"]


def test_study_across_four_in_the_morning_goes_on_under_the_next_day(
    clock: type[Clock], ducks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(clock, "2026-07-01T01:58:00")
    study(monkeypatch, ducks, "a", "a", lambda: at(clock, "2026-07-01T02:00:00"), "a", "a")
    assert days() == ["2026-06-30"] * 2 + ["2026-07-01"] * 2
    assert is_sound(places_here().progress)


def test_an_answer_taken_back_after_four_in_the_morning_is_taken_back(
    clock: type[Clock], ducks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(clock, "2026-07-01T01:59:00")
    study(monkeypatch, ducks, "a", lambda: at(clock, "2026-07-01T02:01:00"), ":undo")
    with Store.open_to_read(places_here().progress) as store:
        assert (store.memories("ducks"), list(store.responses())) == ({}, [])


@pytest.mark.parametrize("set_back_to", ["2026-07-01T09:00:00", "2026-06-20T09:00:00", "1999-01-01T09:00:00"])
def test_a_clock_set_back_loses_nothing_and_undo_still_takes_back_the_latest(
    clock: type[Clock], ducks: str, monkeypatch: pytest.MonkeyPatch, set_back_to: str
) -> None:
    at(clock, "2026-07-01T10:00:00")
    study(monkeypatch, ducks, "a", "a", lambda: at(clock, set_back_to), "a", ":undo", ":undo", "b", "b")
    path = places_here().progress
    assert [event for event, _, _ in rows(path)] == [*["response"] * 3, "undo", "undo", "response", "response"]
    with Store.open_to_read(path) as store:
        assert len(list(store.responses())) == 3
    assert is_sound(path)


def test_a_card_reset_after_the_clock_was_set_back_is_new(
    clock: type[Clock], ducks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(clock, "2026-07-01T10:00:00")
    study(monkeypatch, ducks, "a", "a")
    at(clock, "2026-06-01T10:00:00")
    assert CliRunner().invoke(main, ["reset", "--deck", ducks, "--yes"]).exit_code == 0
    with Store.open_to_read(places_here().progress) as store:
        assert store.memories("ducks") == {}
    assert is_sound(places_here().progress)


@pytest.mark.parametrize(
    ("before", "after", "zone"),
    [
        ("2026-10-25T00:59:58", "2026-10-25T01:00:00", "Europe/Berlin"),  # 02:59 comes a second time
        ("2026-03-29T00:59:58", "2026-03-29T01:00:00", "Europe/Berlin"),  # 02:00 to 03:00 is left out
        ("2026-07-01T10:00:00", "2026-07-01T10:05:00", "Pacific/Honolulu"),
        ("2026-07-01T10:00:00", "2026-07-01T10:05:00", "Pacific/Kiritimati"),
    ],
)
def test_another_offset_from_utc_within_a_sitting_loses_nothing_and_counts_nothing_twice(
    clock: type[Clock], ducks: str, monkeypatch: pytest.MonkeyPatch, before: str, after: str, zone: str
) -> None:
    at(clock, before)
    study(monkeypatch, ducks, "a", "a", lambda: at(clock, after, zone), "a", "a")
    path = places_here().progress
    assert [event for event, _, _ in rows(path)] == ["response"] * 4
    assert is_sound(path)
    with Store.open_to_read(path) as store:
        assert all(memory.reviews == 1 for memory in store.memories("ducks").values())


def test_a_change_of_summer_time_begins_no_second_study_day(
    clock: type[Clock], ducks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 25 October 2026 clocks in Berlin go from 03:00 back to 02:00, at 01:00 UTC."""
    at(clock, "2026-10-25T00:30:00")
    study(
        monkeypatch,
        ducks,
        "a",
        lambda: at(clock, "2026-10-25T01:30:00"),
        "a",
        lambda: at(clock, "2026-10-25T03:00:00"),
        "a",
    )
    assert days() == ["2026-10-24", "2026-10-24", "2026-10-25"]
