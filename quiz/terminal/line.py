"""A line that is being typed: pure, so that every key on it can be tried without a terminal."""

from __future__ import annotations

from typing import NamedTuple

from quiz.terminal.keyparser import Key
from quiz.terminal.style import fitting, safe, width

CARET = "▏"


class Line(NamedTuple):
    """What stands before the caret and after it."""

    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """All that was typed."""
        return self.before + self.after

    def typed(self, key: Key, longest: int) -> Line:
        """The line after a key; one that means nothing here leaves it as it was. A mark goes with its letter."""
        before, after = self
        match key.name:
            case "backspace":
                return Line(_without_last(before), after)
            case "delete":
                return Line(before, after[_first(after) :])
            case "left":
                kept = _without_last(before)
                return Line(kept, before[len(kept) :] + after)
            case "right":
                moved = _first(after)
                return Line(before + after[:moved], after[moved:])
            case "home" | "ctrl-a":
                return Line("", self.text)
            case "end-key" | "ctrl-e":
                return Line(self.text)
            case "ctrl-u":
                return Line("", after)
            case "ctrl-w":
                return Line(before.rstrip(" ").rpartition(" ")[0] + " " * (" " in before.rstrip(" ")), after)
        room = max(0, longest - len(self.text))
        return Line(before + safe(key.text)[:room], after)

    def shown(self, columns: int) -> str:
        """The line around its caret in so many columns."""
        before, after = self
        used = width(before)
        after = "".join(fitting(after, max(columns - 1 - used, columns // 3)))
        room, start = columns - 1 - width(after), 0
        while start < len(before) and (used > room or (start and width(before[start]) == 0)):
            used -= width(before[start])
            start += 1
        return f"{before[start:]}{CARET}{after}"


def _without_last(text: str) -> str:
    end = len(text) - 1
    while end > 0 and width(text[end]) == 0:
        end -= 1
    return text[: max(0, end)]


def _first(text: str) -> int:
    """How long the first letter is with its marks."""
    end = min(1, len(text))
    while end < len(text) and width(text[end]) == 0:
        end += 1
    return end
