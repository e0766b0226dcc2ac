"""`quiz progress export` and `quiz progress merge` between two machines."""

from __future__ import annotations

import json
import os
import stat
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


def quiz(*arguments: str, typed: str = "", home: Path | None = None) -> Result:
    env = {"QUIZ_HOME": str(home)} if home else None
    return CliRunner().invoke(main, list(arguments), input=typed, env=env)


def known(home: Path) -> tuple[object, ...]:
    with Store.open_to_read(home / "progress.db") as store:
        return list(store.rows()), store.memories("ducks")


def test_two_machines_that_take_in_each_others_files_know_the_same(ducks: str, tmp_path: Path) -> None:
    desk, lap = tmp_path / "desk", tmp_path / "lap"
    quiz("study", ducks, typed="a\n:undo\nb\na\n:quit\n", home=desk)
    quiz("study", ducks, "--seed", "5", typed="a\na\n:quit\n", home=lap)
    for home in (desk, lap):
        assert quiz("progress", "export", str(tmp_path / f"{home.name}.jsonl"), home=home).exit_code == 0
    shown = quiz("progress", "merge", str(tmp_path / "lap.jsonl"), home=desk)
    assert "2 new responses" in shown.output
    assert "Nothing was changed yet; --apply does it." in shown.output
    done = quiz("progress", "merge", str(tmp_path / "lap.jsonl"), "--apply", home=desk)
    assert "Progress as it was before is kept in " in done.output
    assert list((desk / "backups").glob("before-merge-*.db"))
    taken = quiz("progress", "merge", str(tmp_path / "desk.jsonl"), "--apply", home=lap)
    assert "3 new responses, and 1 row of another kind" in taken.output
    assert known(desk) == known(lap)
    again = quiz("progress", "merge", str(tmp_path / "desk.jsonl"), "--apply", home=lap)
    assert "nothing new" in again.output


def test_a_new_machine_takes_in_everything(ducks: str, tmp_path: Path) -> None:
    quiz("study", ducks, typed="a\na\n:quit\n", home=tmp_path / "old")
    quiz("progress", "export", str(tmp_path / "log.jsonl"), home=tmp_path / "old")
    assert quiz("progress", "merge", str(tmp_path / "log.jsonl"), "--apply", home=tmp_path / "new").exit_code == 0
    assert known(tmp_path / "new") == known(tmp_path / "old")


def test_the_log_can_be_printed(ducks: str) -> None:
    quiz("study", ducks, typed="a\n:quit\n")
    head, row = quiz("progress", "export", "-").stdout.splitlines()
    assert json.loads(head) == {"tellapart": "progress", "version": 1}
    assert json.loads(row)["event"] == "response"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read_an_export_and_only_an_export_is_replaced(ducks: str, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    for _ in range(2):
        assert quiz("progress", "export", str(file)).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    quiz("study", ducks, typed="a\n:quit\n")
    for other in (Path(ducks) / "deck.yaml", places_here().progress):
        before = other.read_bytes()
        refused = quiz("progress", "export", str(other))
        assert (refused.exit_code, refused.output.count("\n")) == (2, 1)
        assert "is no export of progress; name another file" in refused.output
        assert other.read_bytes() == before


@pytest.mark.parametrize("apply_", [(), ("--apply",)])
def test_a_file_from_elsewhere_is_refused_with_its_line_and_nothing_changes(
    ducks: str, tmp_path: Path, apply_: tuple[str, ...]
) -> None:
    quiz("study", ducks, typed="a\na\n:quit\n", home=tmp_path / "there")
    file = tmp_path / "log.jsonl"
    quiz("progress", "export", str(file), home=tmp_path / "there")
    head, first, second = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join((head, first, second[:-20])), encoding="utf-8")
    quiz("study", ducks, typed="a\n:quit\n")
    before = known(places_here().progress.parent)
    result = quiz("progress", "merge", str(file), *apply_)
    assert (result.exit_code, result.output.count("\n")) == (3, 1)
    assert f"{file}:3: no JSON, or cut short" in result.output
    assert known(places_here().progress.parent) == before


def test_a_folder_or_nothing_in_place_of_a_file_is_refused_in_one_line(tmp_path: Path) -> None:
    assert quiz("progress", "merge", str(tmp_path)).exit_code == 2
    assert quiz("progress", "merge", str(tmp_path / "nowhere")).exit_code == 2
    (tmp_path / "empty").write_text("")
    result = quiz("progress", "merge", str(tmp_path / "empty"))
    assert (result.exit_code, result.output.count("\n")) == (3, 1)
    assert result.output.startswith(f"quiz: {tmp_path / 'empty'}:1: this is no progress of quiz")
