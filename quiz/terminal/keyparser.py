"""From the bytes of a terminal to keys; pure, so that any way of cutting up the bytes gives the same keys."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from quiz.terminal.style import safe

PASTE_KEPT = 4096  # characters
LONGEST_SEQUENCE = 64  # characters; of a longer one the middle is forgotten

_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
# CSI (and function keys of the Linux console), SS3, strings that a terminal sends as a reply, alt with a character.
_PARTIAL = re.compile(r"\x1b(\[\[?|\[[0-?]*[ -/]*|O[0-9;]*|[]PX^_][^\x00-\x1f\x7f]*\x1b?)?")
_WHOLE = re.compile(
    r"\x1b(\[\[?[0-?]*[ -/]*[@-~]|O[0-9;]*[@-~]|[]PX^_][^\x00-\x1f\x7f]*(\x07|\x1b\\)|[^\x00-\x1f\x7f])"
)
_SEQUENCES = {
    "up": "[A OA",
    "down": "[B OB",
    "right": "[C OC",
    "left": "[D OD",
    "home": "[H OH [1~ [7~",
    "end-key": "[F OF [4~ [8~",
    "insert": "[2~",
    "delete": "[3~",
    "pgup": "[5~",
    "pgdn": "[6~",
    "shift-tab": "[Z",
    "enter": "OM",
    "f1": "OP [11~ [[A",
}
_NAMES = {"\x1b" + tail: name for name, tails in _SEQUENCES.items() for tail in tails.split()}
_CONTROLS = {
    **{chr(code): f"ctrl-{chr(code + 96)}" for code in range(1, 27)},
    **{"\r": "enter", "\n": "enter", "\t": "tab", "\x08": "backspace", "\x7f": "backspace"},
    **{chr(code): f"ctrl-{chr(code + 64)}" for code in range(28, 32)},
}


class Key(NamedTuple):
    """One key press, or one paste. A printable character is its own name and text; a paste has all its text.

    Other names: enter, tab, shift-tab, backspace, delete, insert, escape, up, down, left, right, home, end-key, pgup,
    pgdn, f1, ctrl-x, alt-x, paste, and unknown for what this list leaves out. A keyboard adds three that nobody typed:
    redraw (the window changed, or the program was stopped and continued), end (there is no more input), timeout.
    """

    name: str
    text: str = ""


REDRAW, END, TIMEOUT, UNKNOWN = Key("redraw"), Key("end"), Key("timeout"), Key("unknown")


class KeyParser:
    """Turns the bytes that a terminal sends into keys, however they are split; remembers no more than a paste's limit.

    Bytes that are not UTF-8 are left out, sequences that mean no known key come as one ``unknown``.
    """

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        self._sequence = ""
        self._paste: str | None = None
        self._closing = ""  # what may be the beginning of the end of the paste

    @property
    def waiting(self) -> bool:
        """Whether an escape was seen that may stand alone or begin a sequence; see ``flush``."""
        return bool(self._sequence)

    @property
    def pasting(self) -> bool:
        """Whether the end of a paste is still to come."""
        return self._paste is not None

    def feed(self, data: bytes) -> list[Key]:
        """The keys that these bytes complete."""
        return [key for char in self._decode(data) for key in self._take(char)]

    def flush(self) -> list[Key]:
        """The keys that an unfinished sequence stands for, once nothing more comes: a bare escape first of all."""
        sequence, self._sequence = self._sequence, ""
        if not sequence:
            return []
        return [Key("escape")] if sequence == "\x1b" else [_named(sequence)]

    def _take(self, char: str) -> Iterator[Key]:
        if self._paste is not None:
            yield from self._take_pasted(char)
        elif self._sequence:
            yield from self._take_escaped(char)
        elif char == "\x1b":
            self._sequence = char
        elif char.isprintable() or char in "\u200c\u200d":  # the joiners, which some scripts need
            yield Key(char, char)
        elif char.isspace() and char > "\x7f":
            yield Key(" ", " ")
        else:
            yield Key(_CONTROLS.get(char, UNKNOWN.name))

    def _take_escaped(self, char: str) -> Iterator[Key]:
        sequence = self._sequence + char
        if _PARTIAL.fullmatch(sequence):
            self._sequence = sequence if len(sequence) <= LONGEST_SEQUENCE else self._sequence[:-1] + char
        elif _WHOLE.fullmatch(sequence):
            self._sequence = ""
            if sequence == _PASTE_START:
                self._paste = ""
            else:
                yield _named(sequence)
        else:  # broken off, so that no garbage can swallow a Ctrl-C
            escaped = len(sequence) > 2 and sequence[-2] == "\x1b"
            yield from self.flush()
            self._sequence = "\x1b" if escaped else ""
            yield from self._take(char)

    def _take_pasted(self, char: str) -> Iterator[Key]:
        self._closing += char
        if self._closing == _PASTE_END:
            yield Key("paste", safe(self._paste or ""))
            self._paste, self._closing = None, ""
        elif not _PASTE_END.startswith(self._closing):
            # An escape stands only at the beginning of the end, so nothing else of what was held can begin it.
            rest = "\x1b" if char == "\x1b" else ""
            self._paste = ((self._paste or "") + self._closing.removesuffix(rest))[:PASTE_KEPT]
            self._closing = rest


def _named(sequence: str) -> Key:
    if len(sequence) == 2:
        return Key(f"alt-{sequence[1]}")
    return Key(_NAMES.get(sequence, UNKNOWN.name))
