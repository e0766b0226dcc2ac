"""Texts and bytes that nobody would type, and some that somebody would."""

from __future__ import annotations

from random import Random

MARKUP = (
    "<img src=x onerror=alert(1)>",
    "</td></tr></style><script>alert(1)</script>",
    "\"' onmouseover='alert(1)",
    "&lt;script&gt;",
    "<!-- ",
    "]]>",
    "javascript:alert(1)",
    "[sound:x.mp3]",
    "[latex]x[/latex]",
    "[$]x[/$]",
    "[anki:play:q:0]",
    r"\(\href{javascript:alert(1)}{x}\)",
    r"\[x\]",
    "{{c1::x}}",
    "{{Stem}}",
    "}}{{#A}}",
    "::",
)
FORMATS = ("{0}", "{subject.__class__}", "{", "}", "%s%n", "${title}", "$title", "{is|are}", "{a}{b}{feature}")
ESCAPES = (
    "\x1b[31m",
    "\x1b]0;owned\x07",
    "\x1b]52;c;eA==\x1b\\",
    "\x1bP1$r\x1b\\",
    "\x9b31m",
    "\x9d0;x\x9c",
    "\x07",
    "\x08\x08",
    "\r",
    "\x00",
    "\x7f",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u2028",
)
LETTERS = (
    "",
    " ",
    "a",
    "é",
    "e\u0301",
    "文",
    "👩\u200d🔬",
    "\u0301",
    "ß",
    "İ",
    "٣",
    "²",
    "½",
    "\u1100\u1161",
    "\U0010ffff",
    "\ud800",
)
NUMBERS = (
    "0",
    "-1",
    "1",
    "3",
    "1e999",
    "nan",
    "inf",
    "-0",
    "007",
    "0x10",
    "1_000",
    "9" * 30,
    "9" * 5000,
    "1/0",
    "30 %",
    "٣",
)
WORDS = (
    "yes",
    "no",
    "true",
    "null",
    "~",
    "teal",
    "smew",
    "crest",
    "ducks",
    "book Teals ¶1",
    "sign",
    "birds",
    "---",
    "...",
    "- a",
    "a: b",
    "#",
    "|",
    ">",
)


def text(chance: Random) -> str:
    """One piece, or a few run together; now and then a long one."""
    pieces = [
        chance.choice(chance.choice((MARKUP, FORMATS, ESCAPES, LETTERS, NUMBERS, WORDS)))
        for _ in range(chance.choice((1, 1, 1, 2, 4)))
    ]
    found = chance.choice(("", " ")).join(pieces)
    return found * chance.choice((100, 3000)) if chance.random() < 0.02 else found


def printable(chance: Random) -> str:
    """A text without control characters, as YAML lets it in."""
    return "".join(char for char in text(chance) if char.isprintable())


def damaged(chance: Random, data: bytes) -> bytes:
    """The data cut, doubled, overwritten or with bits turned over, once or a few times."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        start = chance.randrange(len(found) + 1)
        end = min(len(found), start + chance.choice((1, 1, 2, 8, 64, 1000)))
        match chance.randrange(6):
            case 0:
                del found[start:end]
            case 1:
                del found[start:]
            case 2:
                found[start:end] = chance.randbytes(end - start)
            case 3:
                found[start:start] = found[start:end] * chance.choice((1, 2, 50))
            case 4:
                found[start:start] = text(chance).encode("utf-8", "surrogatepass")
            case 5 if start < len(found):
                found[start] ^= 1 << chance.randrange(8)
    return bytes(found)
