"""Keys and pasted garbage in a sitting, drill, exam and probe: on a screen, and line by line."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.fuzz import garbage
from tests.fuzz.program import call, home
from tests.fuzz.target import Input, Target

COMMANDS = (
    ("study", "--new", "30"),
    ("study", "--kind", "recall", "--kind", "number", "--new", "9"),
    ("study", "--kind", "sort"),
    ("drill", "teal", "smew"),
    ("exam", "--seed", "1", "--minutes", "1"),
    ("exam", "--seed", "2", "--count", "--kind", "recall"),
    ("probe", "list", "python-collections", "-n", "8"),
)
KEYS = tuple("abcdeABCtfyxugson!?hq \r\n\t\x7f\x15\x17\x01\x05") + (
    *(
        "\x1b",
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[3~",
        "\x1b[Z",
        "\x1bOP",
        "\x1b[H",
        "\x1a",
        "\x0c",
    ),
    *("\x1b[200~", "\x1b[201~", "\x1b[", "\x1b]0;", "\x1bP", "\x1b[<0;1;1M", "\x1b[1;5C", "\x1b[I"),
)
LINES = (
    ":undo",
    ":why",
    ":guess",
    ":note x",
    ":note",
    ":flag x",
    ":suspend",
    ":right",
    ":wrong",
    ":options",
    ":help",
    ":back",
    ":hand",
    ":nonsense",
)
ENDS = ("\x03", "\x04", ":quit\r", "q", "q\r", "")

MOST = 4000
"""Bytes that are typed: a screen is drawn for every key."""


def _pressed(chance: Random) -> bytes:
    match chance.randrange(12):
        case 0:
            pasted = garbage.text(chance) + chance.choice(("", "\r", "\n:quit\n"))
            return f"\x1b[200~{pasted}\x1b[201~".encode("utf-8", "surrogatepass")
        case 1:
            return garbage.text(chance).encode("utf-8", "surrogatepass") + b"\r"
        case 2:
            return chance.randbytes(chance.choice((1, 4, 40)))
        case 3:
            return f"{chance.choice(LINES)} {garbage.text(chance)}\r".encode("utf-8", "surrogatepass")
        case 4:
            return (chance.choice(LINES) + "\r").encode()
        case _:
            return chance.choice(KEYS).encode()


def draw(chance: Random) -> Input:
    """The command, whether on a screen, and the bytes that are typed."""
    typed = b"".join(_pressed(chance) for _ in range(chance.choice((3, 10, 40, 120))))
    return chance.choice(COMMANDS), chance.random() < 0.7, typed[:MOST] + chance.choice(ENDS).encode()


def run(given: Input, folder: Path) -> None:
    """Hold it, and have it told of afterwards."""
    (command, *options), on_screen, typed = given
    if len(typed) % 10 == 0:
        home(folder, fresh=True)
    deck = str(folder / "ducks")
    decks = [] if command == "probe" else [deck]
    typed = typed if on_screen else typed.replace(b"\r", b"\n")
    call(
        [command, *options, *decks], typed, screen=on_screen, codes={0, 2, 130} if command == "drill" else {0, 130}
    )  # of a pair that is all suspended
    if len(typed) % 4 == 0:
        call([("flags", "stats", "confusions")[len(typed) // 4 % 3], deck], codes={0})


SITTINGS = Target("sitting", 2500, draw, run)
