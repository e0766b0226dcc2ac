"""Work on a whole log shows how far it is, where somebody watches, and there alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from quiz.cli.program import main
from tests.sample import DECK

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a terminal of our own needs a pty")


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """The log of a first sitting as a file, and a home in which nothing was answered."""
    folder, file = tmp_path / "ducks", tmp_path / "log.jsonl"
    folder.mkdir()
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    elsewhere = {"QUIZ_HOME": str(tmp_path / "elsewhere")}
    for command in (["study", str(folder)], ["progress", "export", str(file)]):
        assert CliRunner().invoke(main, command, input="a\na\n:quit\n", env=elsewhere).exit_code == 0
    return file


def in_a_terminal(*arguments: str) -> str:
    command = ["-c", "from quiz.cli import main; main()", *arguments]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60, dimensions=(24, 80))
    child.expect(pexpect.EOF)
    return str(child.before)


def test_a_merge_and_a_look_at_the_memories_each_show_a_bar_to_its_end(answered: Path) -> None:
    merged = in_a_terminal("progress", "merge", str(answered), "--apply")
    looked_at = in_a_terminal("doctor", "--dry-run")
    for shown, label in ((merged, "Working out memories"), (looked_at, "Checking memories")):
        assert label in shown
        assert "100%" in shown


def test_without_a_terminal_there_is_no_bar(answered: Path) -> None:
    for command in (["progress", "merge", str(answered), "--apply"], ["doctor", "--dry-run"]):
        assert "memories  [" not in CliRunner().invoke(main, command).output
        assert "Checking memories" not in CliRunner().invoke(main, command).output
