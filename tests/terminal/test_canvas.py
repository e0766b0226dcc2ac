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


def test_what_is_to_be_done_meanwhile_is_done_when_the_screen_is_drawn_and_before_a_key_is_read() -> None:
    """Each time: a resize draws anew."""
    steps: list[str] = []

    class Out(io.StringIO):
        def flush(self) -> None:
            steps.append("drawn")

    class Watched:
        def __init__(self) -> None:
            self.keys = [Key("redraw"), Key("enter")]

        def read(self) -> Key:
            steps.append("read")
            return self.keys.pop(0)

    canvas = Canvas(Watched(), Out(), Style(False), lambda page: "head", lambda: steps.append("meanwhile"))  # type: ignore[arg-type]
    assert canvas.key(lambda page: ["body"], "enter") == Key("enter")
    assert steps == ["drawn", "meanwhile", "read"] * 2
