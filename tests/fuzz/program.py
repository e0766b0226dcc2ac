"""Calls the program as a user would, within this process."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from textwrap import dedent

from quiz.cli.program import main
from quiz.terminal import keys
from quiz.terminal.keyparser import END, KeyParser
from tests.fuzz.target import FindError
from tests.fuzz.watching import harmless
from tests.sample import DECK

EXIT_CODES = frozenset({0, 1, 2, 3, 130, 141})


class _Stream(io.TextIOWrapper):
    """A standard stream that may pass for a terminal, and has no number of its own."""

    def __init__(self, data: bytes, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8", errors="replace", newline="" if terminal else None)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def fileno(self) -> int:
        if self._terminal and self.mode == "rb":
            return 0
        raise io.UnsupportedOperation("no number")

    mode = ""

    def all(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode("utf-8", "replace")


def call(
    arguments: Sequence[str], typed: bytes = b"", *, screen: bool = False, codes: Collection[int] = EXIT_CODES
) -> str:
    """What the program printed. Raises FindError for a traceback, another exit code, or what steers a terminal.

    With ``screen``, it is on a terminal, and ``typed`` are the bytes that come from the keyboard.
    """
    saved = sys.stdin, sys.stdout, sys.stderr, sys.argv
    stdin, out, errors = (
        _Stream(b"" if screen else typed, terminal=screen),
        _Stream(b"", terminal=screen),
        _Stream(b"", terminal=False),
    )
    stdin.mode = "rb"
    sys.stdin, sys.stdout, sys.stderr, sys.argv = stdin, out, errors, ["quiz"]
    _keyboard(typed)
    try:
        main.main(list(arguments), prog_name="quiz")
        code: object = 0
    except SystemExit as exit_:
        code = exit_.code or 0
    finally:
        sys.stdin, sys.stdout, sys.stderr, sys.argv = saved
    shown = out.all()
    harmless(shown)
    harmless(errors.all())
    if code not in codes:
        raise FindError(f"exit code {code!r}: {errors.all()[-300:]}")
    if code in (0, 1) and not shown and not errors.all():
        raise FindError(f"exit code {code} without a word")
    return shown


def _keyboard(data: bytes) -> None:
    """Let every keyboard give these bytes, in pieces, and then say that there is no more input."""
    parser, ends = KeyParser(), [0]
    pieces = [data[start : start + 7] for start in range(0, len(data), 7)]

    def fill(self: keys.Keyboard, _wait: float | None) -> None:
        if pieces:
            self._queue.extend([*parser.feed(pieces.pop(0)), *parser.flush()])
            return
        ends[0] += 1
        if ends[0] > 500:
            raise FindError("the input ended, and the program goes on reading")
        self._queue.append(END)

    keys.Keyboard.__enter__ = lambda self: self  # type: ignore[method-assign]
    keys.Keyboard.__exit__ = lambda self, *_: None  # type: ignore[method-assign]
    keys.Keyboard._fill = fill  # type: ignore[method-assign]
    keys.Keyboard._suspend = lambda self: None  # type: ignore[method-assign]


def home(folder: Path, *, fresh: bool = False) -> Path:
    """The home of the program in a folder, with the sample deck beside it; emptied where ``fresh``, but for the cache."""
    if fresh:
        for each in (*folder.glob("*/*"), *folder.glob("*.*")):
            if each.is_dir() and each.name != "cache":
                shutil.rmtree(each)
            elif not each.is_dir():
                each.unlink()
    (folder / "ducks").mkdir(parents=True, exist_ok=True)
    (folder / "work").mkdir(exist_ok=True)
    (folder / "ducks" / "deck.yaml").write_text(dedent(DECK), encoding="utf-8")
    os.environ.update(
        QUIZ_HOME=str(folder / "home"),
        HOME=str(folder),
        NO_COLOR="1",
        TERM="xterm",
        COLUMNS="80",
        LINES="24",
        TMPDIR=str(folder / "work"),
    )
    os.chdir(folder / "work")
    return folder / "home"
