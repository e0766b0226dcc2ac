"""The screen: what stands on it cannot steer the terminal, wherever it came from."""

from __future__ import annotations

import io

from quiz.terminal.canvas import CLEAR, Canvas
from quiz.terminal.keyparser import Key
from quiz.terminal.style import Style


class Keys:
    """A keyboard that types the same key for ever."""

    def read(self) -> Key:
        return Key("enter")


def test_a_text_to_be_edited_brings_no_escapes() -> None:
    """A note may have come from another machine, or through a pipe."""
    out = io.StringIO()
    canvas = Canvas(Keys(), out, Style(False), lambda page: "head")  # type: ignore[arg-type]
    assert canvas.line(lambda page: [], "enter", 80, start="a \x1b]0;owned\x07note\u2066") == ("enter", "a note")
    assert "\x1b" not in out.getvalue().replace(CLEAR, "") and "\u2066" not in out.getvalue()
