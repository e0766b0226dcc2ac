"""A short run of bad input, past finds first, and that what watches over it would see what it is there for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="only POSIX systems say how much memory a process needed")

from tests.fuzz.__main__ import KEPT, NAMES, past_finds  # noqa: E402
from tests.fuzz.markup import ROWS, inert, inert_field  # noqa: E402
from tests.fuzz.target import FindError  # noqa: E402
from tests.fuzz.watching import harmless  # noqa: E402

ROOT = Path(__file__).parents[2]
SHORT = 15
"""Inputs a target, beside the past finds."""


@pytest.mark.parametrize("name", NAMES)
def test_past_finds_and_a_few_new_inputs_do_no_harm(name: str, tmp_path: Path) -> None:
    """`make fuzz` tries thousands; these are some of another seed."""
    command = [sys.executable, "-m", "tests.fuzz", name, f"--inputs={SHORT}", "--seed=7", f"--found={tmp_path}"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_past_find_belongs_to_a_target() -> None:
    """A file whose name begins with no target would never be tried again."""
    assert sum(len(past_finds(name)) for name in NAMES) == len(list(KEPT.iterdir())) > 0


WATCHED = """
import os, sys, tempfile
from pathlib import Path
from tests.fuzz import watching
watching.SECONDS = 1
watch = watching.Watch()
with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as other:
    try:
        with watch.on(Path(own)):
            Path(own, "x").write_text("mine")
            {deed}
    except (watching.FindError, watching.TooLongError) as found:
        print("found:", found)
"""
DEEDS = {
    "Path(own, 'y').write_text('mine as well')": "",
    "Path(other, 'x').write_text('not mine')": "found: open writes",
    "Path('/etc/hostname').read_text()": "found: open reads /etc/hostname",
    "Path(other, 'x').mkdir()": "found: os.mkdir writes",
    "os.replace(Path(own, 'x'), Path(other, 'x'))": "found: os.rename writes",
    "os.symlink(other, Path(own, 'l')); Path(own, 'l', 'x').write_text('not mine')": "found: open writes",
    "import sqlite3; sqlite3.connect(Path(other, 'x')).close()": "found: sqlite3.connect writes",
    "import socket; socket.socket().close()": "found: socket.__new__",
    "os.system('true')": "found: os.system",
    "while True: pass": "found: over 1 s of computing",
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_watch_hears_what_must_not_be(deed: str) -> None:
    """Files outside the folders named, the network, other programs, and computing without end."""
    run = subprocess.run([sys.executable, "-c", WATCHED.format(deed=deed)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(DEEDS[deed]) and bool(run.stdout) == bool(DEEDS[deed])


@pytest.mark.parametrize("shown", ["\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "a\rb", "\u202eabc", "\x00"])
def test_what_steers_a_terminal_is_a_find(shown: str) -> None:
    """But for the few codes with which the program draws a screen."""
    harmless("\x1b[H\x1b[2Jplain text\n")
    with pytest.raises(FindError):
        harmless(shown)


@pytest.mark.parametrize(
    "html", ["<b>x</b>", "<script>", "<!-- x -->", "<td onclick=x>", "[sound:x.mp3]", r"\(x\)", "[latex]"]
)
def test_what_would_be_active_in_a_card_is_a_find(html: str) -> None:
    """Rows of a table may stand in a field made for them, and nothing else anywhere."""
    inert_field("1 &lt; 2 &amp; &#91;sound:x]")
    inert('<tr><th scope="row">x</th></tr>', ROWS)
    with pytest.raises(FindError):
        inert_field(html, ROWS)
