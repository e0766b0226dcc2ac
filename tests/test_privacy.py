"""What a learner does stays with the learner: no network, and files that nobody else can read."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from quiz.cli.program import COMMANDS
from quiz.private import make_folder, put
from tests.sample import DECK

ROOT = Path(__file__).parents[1]

TALKING = {
    "socket",
    "ssl",
    "http",
    "urllib",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
    "telnetlib",
    "xmlrpc",
    "asyncio",
} | {*("socketserver", "webbrowser", "requests", "httpx", "aiohttp", "urllib3", "subprocess", "multiprocessing")}
"""Modules that reach other machines, or programs that might."""

WITHOUT_NETWORK = """
import sys
def refuse(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "http.")):
        print("REFUSED", event, arguments, file=sys.stderr)
        raise PermissionError(event)
sys.addaudithook(refuse)
from quiz.cli import main
main()
"""

CALLS = {
    "study": ["study", "DECK"],
    "drill": ["drill", "teal", "smew", "DECK"],
    "exam": ["exam", "DECK", "--print", "exam.md"],
    "probe": ["probe", "list", "python-collections"],
    "find": ["find", "teal", "--deck", "DECK"],
    "card": ["card", "claim:teal:crest", "--deck", "DECK"],
    "note": ["note", "claim:teal:crest", "like a kettle", "--deck", "DECK"],
    "suspend": ["suspend", "claim:teal:crest", "--deck", "DECK"],
    "unsuspend": ["unsuspend", "claim:teal:crest", "--deck", "DECK"],
    "flags": ["flags", "DECK"],
    "reset": ["reset", "claim:teal:crest", "--deck", "DECK", "--yes"],
    **{
        name: [name, "DECK"]
        for name in ("check", "facts", "sources", "bank", "unknowns", "confusions", "stats", "report")
    },
    "claim": ["claim", "teal", "crest", "DECK"],
    "compare": ["compare", "teal", "smew", "DECK"],
    "export": ["export", "anki", "DECK", "--progress", "-o", "out.apkg"],
    "import": ["import", "progress", "out.apkg", "DECK"],
    "config": ["config", "new", "7"],
    "backup": ["backup"],
    "restore": ["restore"],
    "progress": ["progress", "export", "log.jsonl"],
}
"""A call of each command that does something; one that is not here is called alone."""

REVIEWED = b"a\n:note mine\nb\n:flag odd\na\n:quit\n"


@pytest.fixture
def deck(tmp_path: Path) -> str:
    folder = tmp_path / "ducks"
    folder.mkdir()
    (folder / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    return str(folder)


def called(command: str, deck: str, folder: Path, typed: bytes = b":quit\n") -> subprocess.CompletedProcess[bytes]:
    """A command in a process in which every socket and every other program is refused."""
    arguments = [deck if each == "DECK" else each for each in CALLS.get(command, [command])]
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, *arguments], input=typed, capture_output=True, cwd=folder, timeout=120
    )


@pytest.mark.slow
def test_no_command_uses_the_network_or_another_program(deck: str, tmp_path: Path) -> None:
    """Each is called where both are refused, with progress to work on."""
    assert called("study", deck, tmp_path, REVIEWED).returncode == 0
    for command in ("export", *COMMANDS):
        result = called(command, deck, tmp_path)
        assert b"REFUSED" not in result.stderr, (command, result.stderr)
        assert b"Traceback" not in result.stderr, (command, result.stderr)
        if command in CALLS:
            assert result.returncode == 0, (command, result.stderr)


def test_what_refuses_the_network_would_be_noticed(tmp_path: Path) -> None:
    """The same hook, with a program that does use it."""
    program = WITHOUT_NETWORK.replace("from quiz.cli import main\nmain()", "import socket; socket.socket()")
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=tmp_path)
    assert b"REFUSED socket" in result.stderr


def test_no_module_imports_what_talks_to_others() -> None:
    """Nowhere in the program, so that it does not even come close."""
    for path in (ROOT / "quiz").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.partition(".")[0] for name in names} & TALKING, f"{path}:{getattr(node, 'lineno', 0)}"


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_everything_kept_is_for_its_owner_alone(deck: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress, settings, backups and cache have mode 600 and their folders 700, whatever the usual mode is."""
    home = tmp_path / "new" / "home"
    monkeypatch.setenv("QUIZ_HOME", str(home))
    before = os.umask(0o022)
    try:
        for command in ("study", "config", "note", "backup", "export", "report"):
            assert called(command, deck, tmp_path, REVIEWED).returncode == 0, command
    finally:
        os.umask(before)
    kept = [home.parent, home, *home.rglob("*"), *(tmp_path / name for name in ("report.html", "out.apkg"))]
    open_to_others = [str(path) for path in kept if path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert {"progress.db", "config.toml"} <= {path.name for path in kept}
    assert any(path.suffix == ".deck" for path in kept)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_the_lock_file_of_a_deck_can_be_read_by_others(deck: str, tmp_path: Path) -> None:
    """It belongs to the deck, and is shared with it."""
    before = os.umask(0o022)
    try:
        assert called("export", deck, tmp_path).returncode == 0
    finally:
        os.umask(before)
    assert Path(deck, "anki-lock.json").stat().st_mode & 0o777 == 0o644


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_the_folder_of_a_stranger_s_deck_are_not_followed(deck: str, tmp_path: Path) -> None:
    """Neither at the name of the lock file nor at one where it might be written aside."""
    victim = tmp_path / "victim"
    victim.write_text('{"notes": {}}')
    for name in ("anki-lock.json", "anki-lock.new", ".anki-lock.json.new"):
        Path(deck, name).symlink_to(victim)
    called("export", deck, tmp_path)
    assert victim.read_text() == '{"notes": {}}'
    assert "claim:teal:crest" in json.loads(Path(deck, "anki-lock.json").read_text())["notes"]


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it cannot be put into place, nothing is left aside."""
    path = tmp_path / "x"
    put(path, b"before")

    def fail(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no"):
        put(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_missing_folders_are_all_made_private(tmp_path: Path) -> None:
    """Not the last one only; those that exist stay as they are."""
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    modes = [each.stat().st_mode & 0o777 for each in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")]
    assert modes == [0o755, 0o700, 0o700]
