"""Holding a sitting: on a screen where there is a terminal, line by line where there is none or none is wanted."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable

from quiz.cli.guard import INTERRUPTED
from quiz.desk import Desk
from quiz.terminal.style import Style
from quiz.terminal.text import Page

PLAIN_COLUMNS = 100
PLAIN_HELP = "Plain lines of text instead of a screen, for screen readers."


def hold(desk: Desk, closing: Callable[[Page], Iterable[str]], *, plain: bool = False) -> int:
    """Hold the sitting until it is over or the learner quits, and print how it ended; returns the exit code.

    ``closing`` gives the lines printed at the end.
    """
    on_terminal = has_screen() and not plain
    style = Style.for_terminal(os.environ, is_tty=on_terminal)
    code = 0
    try:
        if on_terminal:
            _on_screen(desk, style)
        else:
            from quiz.terminal.plain import run

            run(desk, sys.stdin, print_line, milliseconds)
    except KeyboardInterrupt:
        code = INTERRUPTED
    import shutil  # brings compression along, which nobody needs before the first question

    columns = shutil.get_terminal_size().columns if on_terminal else PLAIN_COLUMNS
    for line in ("", *closing(Page(columns, style))):
        print_line(line)
    return code


def has_screen() -> bool:
    """Whether there is a terminal that can be drawn on, and keys to read from it."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _on_screen(desk: Desk, style: Style) -> None:
    from quiz.terminal.keys import Keyboard
    from quiz.terminal.screen import Screen

    title = next(iter(desk.sources)) if len(desk.sources) == 1 else f"{len(desk.sources)} decks"
    with Keyboard(sys.stdin.fileno(), sys.stdout, alternate_screen=True) as keyboard:
        Screen(desk, keyboard, sys.stdout, style, title, milliseconds).run()


def print_line(line: str) -> None:
    """One line, at once: whoever answers through a pipe waits for it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def milliseconds() -> int:
    """A clock that only goes forward."""
    return time.monotonic_ns() // 1_000_000
