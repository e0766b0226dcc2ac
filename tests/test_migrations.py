"""Progress of every version that was ever kept is brought up, with a backup before; a newer one is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from quiz.errors import StorageError
from quiz.memory import Mode
from quiz.store import Store, database
from quiz.store.backups import look_into, restore

KEPT = Path(__file__).parent / "data"
VERSIONS = tuple(range(1, len(database.MIGRATIONS) + 1))


def progress_of(version: int, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as old:
        old.executescript((KEPT / f"progress-{version}.sql").read_text(encoding="utf-8"))
    return path


def test_progress_of_every_version_is_kept_here() -> None:
    """Whoever adds a schema adds progress that was made with it."""
    assert sorted(path.name for path in KEPT.glob("*.sql")) == [f"progress-{version}.sql" for version in VERSIONS]


@pytest.mark.parametrize("version", VERSIONS)
def test_progress_of_a_version_is_brought_up_with_all_that_is_in_it(tmp_path: Path, version: int) -> None:
    """Its log holds an undo after the clock was set back, a rename and a suspension."""
    path = progress_of(version, tmp_path / "progress.db")
    before = look_into(path)
    for _ in range(2):
        with Store.open(path, "other") as store:
            assert [(each.uuid, each.card, each.mode) for each in store.responses()] == [
                ("r1", "robin", Mode.STUDY),
                ("r2", "jenny-wren", Mode.STUDY),
            ]
            assert {card: memory.lapses for card, memory in store.memories("birds").items()} == {
                "robin": 0,
                "jenny-wren": 0,
            }
            assert store.suspended("birds") == {"tit"}
            assert store.notes("birds") == ({"robin": "red = robin"} if version > 1 else {})
            assert store.device == "laptop"
            assert (store.damage(), store.agrees()) == ("", True)
    assert look_into(path) == before
    with closing(sqlite3.connect(path)) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute("UPDATE log SET rating = 3")


@pytest.mark.parametrize("version", VERSIONS)
def test_before_progress_is_brought_up_it_is_backed_up_as_it_was(tmp_path: Path, version: int) -> None:
    path = progress_of(version, tmp_path / "progress.db")
    Store.open_to_read(path).close()
    made = list((tmp_path / "backups").glob("before-version-*.db"))
    assert len(made) == (version < len(VERSIONS))
    for backup in made:
        with closing(sqlite3.connect(backup)) as raw:
            assert raw.execute("PRAGMA user_version").fetchone() == (version,)
        assert look_into(backup) == look_into(path)
        restore(path, backup)
        with Store.open(path, "other") as store:
            assert len(list(store.responses())) == 2


def test_all_versions_put_the_same_rows_into_the_same_order(tmp_path: Path) -> None:
    """Copies of one log that were brought up on different machines can be merged."""
    orders = []
    for version in VERSIONS:
        with Store.open(progress_of(version, tmp_path / f"{version}.db"), "other") as store:
            orders.append([(row["uuid"], row["rank"]) for row in store.rows() if row["event"] != "note"])
    assert orders == [orders[-1]] * len(orders)


def test_where_no_backup_can_be_made_nothing_is_brought_up(tmp_path: Path) -> None:
    path = progress_of(1, tmp_path / "progress.db")
    (tmp_path / "backups").write_text("in the way")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="check the path"):
        Store.open(path, "other")
    assert path.read_bytes() == before
