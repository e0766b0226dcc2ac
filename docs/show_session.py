"""Prints the sitting that the README shows: two screens of 80 columns, as a terminal gets them."""

from __future__ import annotations

import os
import re
import sys
import tempfile

import pexpect

ARGUMENTS = ["study", "--only", "ms", "--kind", "contrast", "--seed", "49"]
KEYS = "a"


def screens() -> list[str]:
    """The screen with the first question, and the one after the key was pressed."""
    with tempfile.TemporaryDirectory() as home:
        child = pexpect.spawn(
            sys.executable,
            ["-c", "from quiz.cli import main; main()", *ARGUMENTS],
            dimensions=(44, 80),
            encoding="utf-8",
            timeout=30,
            env={**os.environ, "QUIZ_HOME": home, "NO_COLOR": "1", "TERM": "xterm"},
        )
        child.expect("q quit")
        first = _screen(f"{child.before}{child.after}")
        child.send(KEYS)
        child.expect("q quit")
        second = _screen(f"{child.before}{child.after}")
        child.send("q")
        child.expect(pexpect.EOF)
        child.close()
    return [first, second]


def _screen(output: str) -> str:
    """What stands on the screen after the last time it was cleared."""
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", output.rpartition("\x1b[2J")[2]).replace("\r", "")
    return "\n".join(line.rstrip() for line in shown.strip("\n").split("\n"))


if __name__ == "__main__":
    for screen in screens():
        sys.stdout.write(f"{screen}\n\n")
