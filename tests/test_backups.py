"""Backups are made once a study day, worn out in turn, and put back with what was there before kept aside."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from quiz.errors import StorageError
from quiz.store import Store
from quiz.store.backups import back_up_daily, backups, look_into, restore, worn_out
from quiz.store.database import writing_to
from quiz.store.salvage import salvage
from tests.test_merge import response

MONDAY = date(2026, 11, 16)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Progress with one response."""
    path = tmp_path / "data" / "progress.db"
    with Store.open(path, "laptop") as store:
        store.record(response("a", "robin"))
    return path


def uuids(path: Path) -> list[str]:
    with Store.open_to_read(path) as store:
        return [each.uuid for each in store.responses()]


def test_one_backup_is_made_a_study_day(path: Path) -> None:
    with Store.open(path, "laptop") as store:
        made = back_up_daily(store, MONDAY)
        store.record(response("b", "wren"))
        assert back_up_daily(store, MONDAY) is None
        assert back_up_daily(store, MONDAY + timedelta(1)) is not None
    assert made is not None
    assert (uuids(made), len(look_into(made).responses)) == (["a"], 1)
    assert [each.name for each in backups(path)] == ["daily-2026-11-17.db", "daily-2026-11-16.db"]


def test_seven_days_and_four_weeks_before_them_are_kept() -> None:
    names = [f"daily-{MONDAY - timedelta(days)}.db" for days in range(60)]
    kept = [name for name in names if name not in worn_out(names)]
    assert kept == [
        *(f"daily-2026-11-{day}.db" for day in (16, 15, 14, 13, 12, 11, 10)),
        "daily-2026-11-09.db",
        "daily-2026-11-08.db",
        "daily-2026-11-01.db",
        "daily-2026-10-25.db",
    ]


def test_backups_made_one_a_day_for_a_year_leave_the_latest_days_and_some_weeks() -> None:
    kept: set[str] = set()
    for days in range(365):
        kept.add(f"daily-{MONDAY + timedelta(days)}.db")
        kept -= worn_out(kept)
    assert len(kept) == 11
    assert min(kept) < f"daily-{MONDAY + timedelta(364 - 21)}.db"


def test_other_files_in_the_folder_are_never_worn_out() -> None:
    others = [
        "before-import-2026-01-01-000000.db",
        "daily-2026-02-30.db",
        "daily-x.db",
        "mine.db",
        "daily-2026-01-01.db.new",
    ]
    assert worn_out([*others, *(f"daily-2025-{month:02}-01.db" for month in range(1, 13))]).isdisjoint(others)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_backups(path: Path) -> None:
    with Store.open(path, "laptop") as store:
        made = back_up_daily(store, MONDAY)
    assert made is not None
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert restore(path, made) is not None
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.glob("*.db")} == {0o600}


def test_a_backup_can_be_made_while_others_write_and_stands_alone(path: Path) -> None:
    with Store.open(path, "laptop") as store, Store.open(path, "laptop") as other:
        other.record(response("b", "wren"))
        made = store.back_up("now.db")
        other.record(response("c", "tit"))
    assert [each.name for each in made.parent.iterdir()] == ["now.db"]
    assert uuids(made) == ["a", "b"]


def test_restoring_keeps_what_was_there_and_can_be_taken_back(path: Path) -> None:
    with Store.open(path, "laptop") as store:
        backup = store.back_up("before.db")
        store.record(response("b", "wren"))
    content = backup.read_bytes()
    aside = restore(path, backup)
    assert aside is not None
    assert (uuids(path), uuids(aside)) == (["a"], ["a", "b"])
    again = restore(path, aside)
    assert again not in (None, aside)
    assert uuids(path) == ["a", "b"]
    assert backup.read_bytes() == content


def test_restoring_where_there_is_nothing_makes_the_file(path: Path) -> None:
    with Store.open(path, "laptop") as store:
        backup = store.back_up("before.db")
    path.unlink()
    assert restore(path, backup) is None
    assert uuids(path) == ["a"]


@pytest.mark.parametrize("content", [b"", b"text " * 1000, b"SQLite format 3\0" + b"\0" * 8000])
def test_a_damaged_or_foreign_file_goes_aside_untouched(path: Path, content: bytes) -> None:
    with Store.open(path, "laptop") as store:
        backup = store.back_up("before.db")
    path.write_bytes(content)
    aside = restore(path, backup)
    assert aside is not None
    assert aside.read_bytes() == content
    assert uuids(path) == ["a"]


def test_latest_writes_beside_a_file_go_aside_with_it(path: Path) -> None:
    """They must not be taken for those of the file that was put back."""
    with Store.open(path, "laptop") as store:
        backup = store.back_up("before.db")
    beside = path.with_name("progress.db-wal")
    path.write_bytes(b"damaged " * 1000)
    beside.write_bytes(b"latest writes")
    aside = restore(path, backup)
    assert aside is not None
    assert not beside.exists()
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"latest writes"


def test_nothing_is_put_back_while_a_sitting_is_open(path: Path) -> None:
    """What the sitting writes would go aside unseen."""
    with Store.open(path, "laptop") as sitting:
        backup = sitting.back_up("before.db")
        sitting.record(response("b", "wren"))
        with pytest.raises(StorageError, match="in use by another program"):
            restore(path, backup)
        sitting.record(response("c", "tit"))
    assert uuids(path) == ["a", "b", "c"]
    assert sorted(each.name for each in path.parent.iterdir()) == ["backups", "progress.db"]


@pytest.mark.parametrize("cut", [0, 100, 5_000, 20_000])
def test_a_backup_that_is_cut_short_is_refused_and_nothing_changes(path: Path, cut: int) -> None:
    with Store.open(path, "laptop") as store:
        backup = store.back_up("before.db")
    backup.write_bytes(backup.read_bytes()[:cut])
    with pytest.raises(StorageError, match=r"before\.db"):
        restore(path, backup)
    assert uuids(path) == ["a"]
    assert sorted(each.name for each in path.parent.iterdir()) == ["backups", "progress.db"]


# Made anew from the log


def spoil_root_page(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("table", ["memory", "living", "suspended", "remark", "log_by_rank", "living_by_day"])
def test_a_database_with_a_whole_log_is_made_anew_from_it(path: Path, table: str) -> None:
    with Store.open(path, "laptop") as store:
        memories = store.memories("birds")
    spoil_root_page(path, table)
    spoilt = path.read_bytes()
    aside = salvage(path, "new")
    assert aside is not None
    assert aside.read_bytes() == spoilt
    with Store.open(path, "laptop") as store:
        assert (store.damage(), store.agrees(), store.device) == ("", True, "laptop")
        assert store.memories("birds") == memories


def test_a_database_that_lost_the_id_of_its_machine_is_given_another(path: Path) -> None:
    spoil_root_page(path, "meta")
    assert salvage(path, "new") is not None
    with Store.open(path, "laptop") as store:
        assert store.device == "new"


def test_a_log_that_cannot_be_read_is_left_as_it_is(path: Path) -> None:
    spoil_root_page(path, "log")
    spoilt = path.read_bytes()
    with pytest.raises(StorageError):
        salvage(path, "new")
    assert path.read_bytes() == spoilt
    assert [each.name for each in path.parent.iterdir()] == ["progress.db"]


def test_a_log_with_rows_missing_is_not_made_anew(path: Path) -> None:
    with Store.open(path, "laptop") as store:
        store.record(response("b", "wren"))
    with writing_to(path) as raw:
        raw.execute("DROP TRIGGER log_is_never_deleted")
        raw.execute("DELETE FROM log WHERE uuid = 'a'")
    with Store.open_to_read(path) as store:
        assert "1 rows of the log are missing" in store.damage()
    with pytest.raises(StorageError, match=r"lost rows of its log; `quiz restore`"):
        salvage(path, "new")
