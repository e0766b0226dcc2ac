"""`quiz backup`, `quiz restore`, and the backup that is made by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quiz.cli.program import main
from quiz.places import places_here
from quiz.store import Store
from tests.sample import DECK


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wrapped."""
    monkeypatch.setattr("quiz.cli.cards.WIDEST", 1_000)
    monkeypatch.setenv("COLUMNS", "1000")


@pytest.fixture
def ducks(tmp_path: Path) -> str:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    return str(folder)


def quiz(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=typed)


def complaint(result: Result) -> str:
    """The one line with which a command ended that could not be carried out."""
    assert isinstance(result.exception, SystemExit), result.output
    assert result.output.count("\n") == 1, result.output
    return result.output


def kept() -> list[str]:
    folder = places_here().progress.with_name("backups")
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def responses() -> int:
    with Store.open_to_read(places_here().progress) as store:
        return len(list(store.responses()))


def test_the_first_sitting_of_a_day_is_backed_up_at_its_end_and_later_ones_are_not(ducks: str) -> None:
    quiz("study", ducks, typed=":quit\n")
    assert kept() == []
    quiz("study", ducks, typed="a\n:quit\n")
    [name] = kept()
    before = (places_here().progress.with_name("backups") / name).read_bytes()
    quiz("study", ducks, typed="a\n:quit\n")
    assert kept() == [name]
    assert (places_here().progress.with_name("backups") / name).read_bytes() == before


def test_a_backup_that_cannot_be_made_is_told_and_costs_nothing(ducks: str) -> None:
    quiz("study", ducks, typed=":quit\n")
    places_here().progress.with_name("backups").write_text("in the way")
    result = quiz("study", ducks, typed="a\n:quit\n")
    assert result.exit_code == 0
    assert "everything is kept, but no backup was made" in result.output
    assert responses() == 1


def test_a_backup_into_a_file_can_be_brought_back(ducks: str, tmp_path: Path) -> None:
    quiz("study", ducks, typed="a\n:quit\n")
    file = tmp_path / "stick" / "mine.db"
    assert str(file) in quiz("backup", str(file)).output
    quiz("study", ducks, typed="a\na\n:quit\n")
    shown = quiz("restore", str(file)).output
    assert "1 response on 1 card" in shown
    assert "There are now 3 responses on 3 cards" in shown
    assert "2 responses would be lost" in shown
    assert "Nothing was changed; --yes does it." in shown
    assert responses() == 3
    done = quiz("restore", str(file), "--yes").output
    assert responses() == 1
    aside = done.split("What was there before is kept in ")[1].strip()
    assert quiz("restore", aside, "--yes").exit_code == 0
    assert responses() == 3


def test_without_a_file_the_latest_sound_backup_is_brought_back(ducks: str) -> None:
    quiz("study", ducks, typed="a\n:quit\n")
    assert "Copied to " in quiz("backup").output
    daily, by_hand = sorted(kept(), key=lambda name: name.startswith("by-hand"))
    folder = places_here().progress.with_name("backups")
    (folder / by_hand).write_bytes(b"damaged " * 100)
    shown = quiz("restore").output
    assert f"{folder / by_hand} is no progress of quiz, or damaged" in shown
    assert f"{folder / daily}: 1 response on 1 card" in shown
    assert f"Other backups: {by_hand}" in shown
    assert "Nothing would be lost" in shown


def test_a_backup_may_be_named_by_its_name_in_the_folder(ducks: str) -> None:
    quiz("study", ducks, typed="a\n:quit\n")
    [name] = kept()
    assert "1 response on 1 card" in quiz("restore", name).output


@pytest.mark.parametrize("content", [b"", b"text " * 1000, b"SQLite format 3\0" + b"\0" * 8000])
def test_whoever_meets_damaged_progress_is_shown_the_way_back(ducks: str, content: bytes) -> None:
    """The damaged file is left as it is, and then kept aside."""
    quiz("study", ducks, typed="a\n:quit\n")
    path = places_here().progress
    path.write_bytes(content)
    result = quiz("study", ducks)
    assert result.exit_code == 3
    assert str(path) in complaint(result)
    assert "`quiz restore`" in result.output
    assert path.read_bytes() == content
    restored = quiz("restore", "--yes")
    assert restored.exit_code == 0, restored.output
    assert "nobody can say what it has beyond the backup" in restored.output
    assert responses() == 1
    [aside] = path.parent.glob("progress-aside-*.db")
    assert aside.read_bytes() == content


def test_wrong_input_ends_in_one_line_with_a_remedy(ducks: str, tmp_path: Path) -> None:
    assert "nothing to back up" in complaint(quiz("backup"))
    assert "no backup is in" in complaint(quiz("restore"))
    assert "there is no file" in complaint(quiz("restore", "nowhere.db"))
    quiz("study", ducks, typed="a\n:quit\n")
    (tmp_path / "there").write_text("mine")
    assert "exists already; name another file" in complaint(quiz("backup", str(tmp_path / "there")))
    assert "is the progress in use" in complaint(quiz("restore", str(places_here().progress)))
    assert "is no sound backup" in complaint(quiz("restore", str(tmp_path / "there"), "--yes"))
    assert (tmp_path / "there").read_text() == "mine"
    assert "cannot be used" in complaint(quiz("backup", str(tmp_path / "there" / "below.db")))
    assert responses() == 1
