"""Text for a terminal: how wide it is, how it is wrapped, made harmless and coloured."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

ELLIPSIS = "…"
ROOM = 2  # columns that an indent leaves at least: the widest character

_CONTROL = "\x00-\x1f\x7f-\x9f"
# Sequences that steer a terminal: CSI; strings such as window titles, up to their end or the next control character;
# all other escapes. A stray control character that is left over goes afterwards.
_ESCAPES = re.compile(
    rf"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    rf"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^{_CONTROL}]*(?:\x07|\x1b\\|\x9c)?"
    rf"|\x1b[ -/]*[0-~]"
)
_BLANKS = re.compile("\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
# Control characters, marks that reverse the direction of text, invisible marks that some terminals draw, and halves of
# characters that cannot be written at all.
_HARMFUL = re.compile(f"[{_CONTROL}\xad\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")


def safe(text: str) -> str:
    """The text without control characters, terminal escapes and marks that override its direction.

    Line breaks and tabs become spaces. For every text that the program did not write itself.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HARMFUL.sub("", _BLANKS.sub(" ", _ESCAPES.sub("", text)))


def width(text: str) -> int:
    """The number of columns that a text without escape codes takes: wide East Asian characters two, marks none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_COLUMNS.__getitem__, text))


class _Columns(dict[str, int]):
    """The columns of characters, looked up once for each: a screen holds the same few again and again."""

    def __missing__(self, char: str) -> int:
        if unicodedata.category(char) in ("Mn", "Me", "Cc", "Cf") or "\u1160" <= char <= "\u11ff":
            columns = 0  # marks, formats, and the vowels and finals of Korean syllables, which join the letter before
        else:
            columns = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        self[char] = columns
        return columns


_COLUMNS = _Columns()


def wrap(text: str, columns: int, indent: str = "", hanging: str = "") -> list[str]:
    """The text in lines of at most ``columns``, broken at spaces; spaces inside a line stay as they are.

    ``indent`` begins the first line, ``hanging`` the others. A word that is longer than a line is broken; only a wide
    character in a single column sticks out. An indent that leaves no room for text is broken over lines of its own,
    or shortened if it is blank. There is always at least one line.
    """
    columns = max(1, columns)
    lines: list[str] = []
    line, hanging = indent, _shortened(hanging, columns)
    if indent.isspace():
        line = _shortened(indent, columns)
    elif indent and columns - width(indent) < ROOM:
        lines, line = _pieces(indent.rstrip(), columns, columns), hanging
    fresh, used, indented = True, width(line), width(hanging)
    for blank, word in re.findall("( *)([^ ]+)", text.rstrip(" ")):
        gap, long = "" if fresh else blank, width(word)
        if used + len(gap) + long > columns and (not fresh or indented + long <= columns):
            lines.append(line)
            line, gap, used = hanging, "", indented
        if used + len(gap) + long <= columns:
            line, used, fresh = line + gap + word, used + len(gap) + long, False
            continue
        *full, rest = _pieces(word, columns - used - len(gap), columns - indented)
        for piece in full:
            lines.append(line + gap + piece)
            line, gap = hanging, ""
        line, fresh = line + gap + rest, False
        used = width(line)
    return [*lines, line]


def flow(parts: Sequence[str], columns: int, indent: str = "", hanging: str = "") -> list[str]:
    """The parts with " · " between them, in lines of at most ``columns`` that break behind a dot where they can.

    ``indent`` begins the first line, ``hanging`` the others. No parts, no lines.
    """
    rows: list[str] = []
    used = 0
    for place, part in enumerate(parts, start=1):
        dot = " ·" if place < len(parts) else ""
        long = width(part) + len(dot)
        if rows and used + 1 + long <= columns:
            rows[-1] += f" {part}{dot}"
            used += 1 + long
        else:
            rows.append(f"{part}{dot}")
            used = width(hanging if rows[1:] else indent) + long
    starts = [indent, *[hanging] * len(rows)]
    return [line for start, row in zip(starts, rows, strict=False) for line in wrap(row, columns, start, hanging)]


def _shortened(blank: str, columns: int) -> str:
    """A blank indent that leaves room for text."""
    if columns - width(blank) >= ROOM:
        return blank
    return "".join(fitting(blank, min(columns // 2, columns - ROOM)))


def _pieces(word: str, first: int, others: int) -> list[str]:
    """The word cut into pieces of at most ``first`` columns, then ``others``; marks stay with their letter."""
    room, pieces, used = first, [""], 0
    for char in word:
        columns = _COLUMNS[char]
        if columns and used and used + columns > room:
            room = others
            pieces.append("")
            used = 0
        pieces[-1] += char
        used += columns
    return pieces


def pad(text: str, columns: int) -> str:
    """The text filled with spaces up to ``columns``; a longer text stays as it is."""
    return text + " " * (columns - width(text))


def clip(text: str, columns: int) -> str:
    """The text cut to ``columns``, with "…" at its end if anything was cut."""
    if width(text) <= columns:
        return text
    return "".join(fitting(text, columns - 1)) + ELLIPSIS if columns > 0 else ""


def fitting(text: str, columns: int) -> Iterator[str]:
    """The characters of a text as far as they fit into so many columns."""
    for char in text:
        columns -= _COLUMNS[char]
        if columns < 0:
            return
        yield char


def bar(done: int, total: int, columns: int, plain: bool) -> str:
    """A progress bar of ``columns``, full only when all is done; in ASCII if ``plain``."""
    share = min(max(done, 0), total) * columns // total if total > 0 else 0
    full, empty = ("#", "-") if plain else ("█", "░")
    return full * share + empty * (columns - share)


class Style(NamedTuple):
    """Colours by role. Only basic colours that can be read on light and on dark; without colour, the text as it is."""

    colour: bool

    @classmethod
    def for_terminal(cls, env: Mapping[str, str], is_tty: bool) -> "Style":
        """The style that the environment asks for: NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then the terminal."""
        if env.get("NO_COLOR"):
            return cls(False)
        if any(env.get(name, "") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
            return cls(True)
        refused = env.get("TERM") == "dumb" or "0" in (env.get("FORCE_COLOR"), env.get("CLICOLOR"))
        return cls(is_tty and not refused)

    def _painted(self, codes: str, text: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.colour and text else text

    def key(self, text: str) -> str:
        """The right option, or a right response."""
        return self._painted("1;32", text)

    def wrong(self, text: str) -> str:
        """A wrong choice."""
        return self._painted("1;31", text)

    def warn(self, text: str) -> str:
        """Something to take note of; magenta, since yellow cannot be read on white."""
        return self._painted("35", text)

    def title(self, text: str) -> str:
        """What a screen is about."""
        return self._painted("1", text)

    def strong(self, text: str) -> str:
        """A word that stands out."""
        return self._painted("1", text)

    def dim(self, text: str) -> str:
        """What stands back."""
        return self._painted("2", text)

    def plain(self, text: str) -> str:
        """The text as it is, where a role is looked for and there is none."""
        return text
