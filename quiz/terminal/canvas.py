"""One screen, drawn anew for every key: lines that scroll, the keys of the moment below, and a line to type in."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TextIO

from quiz.terminal import text
from quiz.terminal.keyparser import Key
from quiz.terminal.keys import Keyboard
from quiz.terminal.line import Line
from quiz.terminal.style import Style, clip, safe

Body = Callable[[text.Page], list[str]]
"""The lines of a screen for a page; called anew whenever the window has changed."""

SCROLLING = {"up": -1, "down": 1, "pgup": -8, "pgdn": 8}
CLEAR = "\x1b[H\x1b[2J"
BOTTOM = 100_000


def window(out: TextIO) -> tuple[int, int]:
    """Columns and rows of the terminal; not those of the environment, which does not hear of a resize."""
    try:
        columns, rows = os.get_terminal_size(out.fileno())
    except OSError:
        return 80, 24
    return (columns, rows) if columns and rows else (80, 24)


class Canvas:
    """Draws on a terminal and waits for a key; scrolling, redrawing and help are done here."""

    def __init__(
        self,
        keyboard: Keyboard,
        out: TextIO,
        style: Style,
        head: Callable[[text.Page], str],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """``head`` gives the first line of the screen; ``meanwhile`` is what to do while the learner reads it."""
        self.keyboard = keyboard
        self.out = out
        self.style = style
        self.head = head
        self.meanwhile = meanwhile
        self.notice = ""
        """What was just done; it stands above the keys until the next one is pressed."""

    def key(self, body: Body, hints: str, *, typing: bool = False, start: int = 0) -> Key:
        """Draw, and wait for a key that is not about the drawing. Raises KeyboardInterrupt on Ctrl-C.

        ``hints`` are the keys of the moment, with " · " between them. Where something is typed, the end is in view.
        Lines before ``start`` are scrolled out of view as far as others need their room.
        """
        top = BOTTOM if typing else start
        while True:
            top = self._draw(body, hints, top)
            self.meanwhile()
            key = self.keyboard.read()
            if key.name == "ctrl-c":
                raise KeyboardInterrupt
            if key.name == "end":
                return Key("ctrl-d")
            if key.name == "paste" and not typing:
                continue  # pasted text is no answer
            if key.name == "f1" or (key.name == "?" and not typing):
                self.help()
            elif key.name in SCROLLING:
                top += SCROLLING[key.name]
            elif key.name == "redraw":
                top = BOTTOM if typing else top
            else:
                self.notice = ""
                return key

    def line(
        self, body: Body, hints: str, longest: int, start: str = "", ends: Sequence[str] = ("enter",)
    ) -> tuple[str, str]:
        """Let a line be typed below the body; returns the key that ended it, of ``ends`` or ctrl-d, and the line."""
        line = Line(safe(start))  # an older text, perhaps of another machine

        def whole(page: text.Page) -> list[str]:
            return [*body(page), "", f" › {line.shown(page.measure - 4)}"]

        while True:
            key = self.key(whole, hints, typing=True)
            if key.name in (*ends, "ctrl-d"):
                return key.name, line.text.strip()
            line = line.typed(key, longest)

    def help(self) -> None:
        """Show all keys until one is pressed."""
        top, self.notice = 0, ""
        while True:
            top = self._draw(text.key_list, "any key goes back", top)
            key = self.keyboard.read()
            if key.name == "ctrl-c":
                raise KeyboardInterrupt
            if key.name in SCROLLING:
                top += SCROLLING[key.name]
            elif key.name != "redraw":
                return

    def page(self) -> text.Page:
        """What a body is given for the window as it is now."""
        return text.Page(window(self.out)[0], self.style)

    def _draw(self, body: Body, hints: str, top: int) -> int:
        """Draw a screen from line ``top`` of the body on; returns ``top`` as far as the body allows it."""
        columns, rows = window(self.out)
        page = text.Page(columns, self.style)
        lines = body(page)
        foot = [*text.notice(self.notice, page), *text.footer(hints, page, rows)]
        room = max(1, rows - 2 - len(foot))
        top = max(0, min(top, len(lines) - room))
        shown = lines[top : top + room]
        if top + room < len(lines):
            shown[-1] = self.style.dim(clip(" ↓ more", columns))
        if top > 0:
            shown[0] = self.style.dim(clip(" ↑ more", columns))
        filler = [""] * max(0, min(room, 3 + len(lines)) - len(shown) - 2)
        self.out.write(CLEAR + "\n".join([self.head(page), *shown, *filler, "", *foot]))
        self.out.flush()
        return top
