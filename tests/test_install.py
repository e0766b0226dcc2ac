"""The program and its decks are found however it was installed: from a wheel, editable, or straight from a clone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the repository as it is committed, in an empty folder."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git checkout, so there is nothing to clone")
    folder = tmp_path_factory.mktemp("clone") / "tellapart"
    run("git", "clone", "--quiet", str(ROOT), str(folder), cwd=ROOT)
    return folder


def run(*command: str, cwd: Path, typed: str = "") -> str:
    """The output of a command that must succeed; its complaints are shown when it does not."""
    env = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS")}
    done = subprocess.run(command, cwd=cwd, env=env, input=typed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def environment(folder: Path) -> Path:
    """A fresh virtual environment; returns the folder of its programs."""
    run(sys.executable, "-m", "venv", str(folder), cwd=folder.parent)
    return folder / ("Scripts" if os.name == "nt" else "bin")


def shipped(programs: Path, cwd: Path) -> dict[str, str]:
    """Paths of the shipped decks by id, as the installed program finds them."""
    rows = json.loads(run(str(programs / "quiz"), "decks", "--json", cwd=cwd))["decks"]
    return {row["id"]: row["path"] for row in rows}


def test_a_wheel_brings_its_decks(clone: Path, tmp_path: Path) -> None:
    """Installed from a wheel, outside any clone, the decks come from within the package."""
    programs = environment(tmp_path / "env")
    run(str(programs / "pip"), "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(clone), cwd=tmp_path)
    (wheel,) = tmp_path.glob("tellapart-*.whl")
    run(str(programs / "pip"), "install", "--quiet", str(wheel), cwd=tmp_path)
    path = shipped(programs, tmp_path)["lupus-look-alikes"]
    assert path.startswith(str(tmp_path / "env"))
    assert "Question 1 of 10" in run(str(programs / "quiz"), cwd=tmp_path, typed=":quit\n")


def test_an_editable_install_uses_the_decks_of_the_clone(clone: Path, tmp_path: Path) -> None:
    """Whoever works on a deck studies the deck that is worked on."""
    programs = environment(tmp_path / "env")
    run(str(programs / "pip"), "install", "--quiet", "--editable", str(clone), cwd=tmp_path)
    assert shipped(programs, tmp_path)["lupus-look-alikes"] == str(clone / "decks" / "lupus-look-alikes")


def test_make_quiz_in_a_fresh_clone_reaches_a_question(clone: Path) -> None:
    """One command sets up and starts studying; without a terminal it asks line by line."""
    if shutil.which("make") is None:
        pytest.skip("there is no make on this machine")
    shown = run("make", "quiz", f"PYTHON={sys.executable}", cwd=clone, typed="a\n:quit\n")
    assert "Question 1 of 10" in shown
    assert "Why: " in shown
