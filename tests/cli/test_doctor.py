"""`quiz doctor`: what it looks at, what it mends, and what it says of it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz import journal
from quiz.cli.program import main
from quiz.places import places_here
from quiz.store import Store
from tests.sample import DECK
from tests.test_backups import spoil_root_page


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wrapped."""
    monkeypatch.setattr("quiz.cli.cards.WIDEST", 1_000)
    monkeypatch.setenv("COLUMNS", "1000")


@pytest.fixture
def ducks(tmp_path: Path) -> Path:
    """A deck, the only one shipped, in which something was answered."""
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    assert quiz("study", str(folder), typed="a\na\na\n:quit\n").exit_code == 0
    return folder


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("quiz.cli.doctor.shipped", lambda: (tmp_path / "ducks",))


def checks(*arguments: str) -> dict[str, tuple[str, str]]:
    """State and words by what was looked at."""
    rows = json.loads(quiz("doctor", "--json", *arguments).stdout)["checks"]
    return {row["about"]: (row["state"], row["said"]) for row in rows}


def memories() -> object:
    with Store.open_to_read(places_here().progress) as store:
        return store.memories("ducks")


def test_sound_progress_is_found_in_order_and_left_as_it_is(ducks: Path) -> None:
    path = places_here().progress
    before = path.read_bytes()
    result = quiz("doctor")
    assert result.exit_code == 0
    assert "3 responses on 3 cards; the file is sound, and memories are what the log gives" in result.output
    assert "Everything is in order." in result.output
    assert path.read_bytes() == before


def test_where_nothing_was_answered_yet_nothing_is_made() -> None:
    result = quiz("doctor", "--json")
    assert not places_here().progress.exists()
    assert "none yet" in result.output
    assert "there is no such folder" in result.output


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM memory",
        "UPDATE memory SET due = due + 100",
        "DELETE FROM living",
        "INSERT INTO suspended VALUES ('ducks', 'x')",
        "DROP TABLE memory",
        "DROP TABLE remark",
        "DROP INDEX living_by_day",
    ],
)
def test_what_is_derived_is_worked_out_anew_from_the_log(ducks: Path, damage: str) -> None:
    path = places_here().progress
    before = memories()
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(damage)
    if not damage.startswith("DROP INDEX"):
        assert checks("--dry-run")["progress"][0] == "ill"
        assert quiz("doctor", "--dry-run").exit_code == 3
        state, said = checks()["progress"]
        assert state == "mended"
        assert "before: " in said or "kept aside: " in said
    assert memories() == before
    assert checks()["progress"][0] == "well"


def test_a_damaged_table_beside_a_whole_log_is_mended(ducks: Path) -> None:
    path = places_here().progress
    before = memories()
    spoil_root_page(path, "memory")
    spoilt = path.read_bytes()
    result = quiz("doctor")
    assert result.exit_code == 0
    assert "mended: the database was damaged" in result.output
    [aside] = path.parent.glob("progress-aside-*.db")
    assert str(aside) in result.output
    assert aside.read_bytes() == spoilt
    assert memories() == before


def test_a_damaged_log_is_left_as_it_is_and_the_way_back_is_shown(ducks: Path) -> None:
    path = places_here().progress
    spoil_root_page(path, "log")
    spoilt = path.read_bytes()
    result = quiz("doctor")
    assert result.exit_code == 3
    assert "`quiz restore` puts a backup in its place" in result.output
    assert path.read_bytes() == spoilt
    assert quiz("restore", "--yes").exit_code == 0
    assert checks()["progress"][0] == "well"


@pytest.mark.parametrize(
    ("pragma", "said"), [("application_id = 5", "another program"), ("user_version = 99", "upgrade quiz")]
)
def test_a_foreign_or_newer_database_is_told_and_left_alone(ducks: Path, pragma: str, said: str) -> None:
    path = places_here().progress
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA {pragma}")
    before = path.read_bytes()
    result = quiz("doctor")
    assert result.exit_code == 3
    assert said in result.output
    assert path.read_bytes() == before
    assert not list(path.parent.glob("progress-aside-*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_progress_that_others_could_read_is_made_private(ducks: Path) -> None:
    path = places_here().progress
    path.chmod(0o644)
    assert checks("--dry-run")["privacy"] == ("ill", f"{path} can be read by others")
    assert checks()["privacy"][0] == "mended"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "privacy" not in checks()


def test_files_half_made_long_ago_are_removed_and_young_ones_are_not(ducks: Path) -> None:
    folder = places_here().progress.parent
    old, young = folder / "progress.db.x1.new", folder / "backups" / "daily.db.x2.new"
    for each in (old, young):
        each.write_text("half")
    os.utime(old, (0, 0))
    assert checks()["leftovers"][0] == "mended"
    assert (old.exists(), young.exists()) == (False, True)


def test_a_spoilt_cache_entry_is_removed(ducks: Path) -> None:
    (places_here().cache / "0123.deck").write_bytes(b"no pickle")
    assert "removed" in checks()["cache"][1]
    assert not (places_here().cache / "0123.deck").exists()


def test_settings_and_decks_that_cannot_be_read_are_told(ducks: Path) -> None:
    places_here().config.write_text("new = lots\n", encoding="utf-8")
    (ducks / "deck.yaml").write_text("deck: {", encoding="utf-8")
    found = checks()
    assert found["settings"][0] == "ill"
    assert "config.toml:1" in found["settings"][1]
    assert found["decks"][0] == "ill"
    assert "`quiz check ducks`" in found["decks"][1]


def test_responses_from_the_future_are_told(ducks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock was ahead when they were given, or is behind now."""

    class Ahead(datetime):
        @classmethod
        def now(cls, tz=None):  # type: ignore[no-untyped-def]
            return datetime.now(tz) + timedelta(days=30)

    with monkeypatch.context() as patched:
        patched.setattr(journal, "datetime", Ahead)
        quiz("study", str(ducks), typed="a\n:quit\n")
    state, said = checks()["clock"]
    assert state == "ill"
    assert "this clock says" in said
