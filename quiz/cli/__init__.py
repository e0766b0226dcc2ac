"""The command line: parse, call, print. Nowhere else are the parts wired together."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from quiz.cli.guard import INTERRUPTED, complain, run
from quiz.collecting import paused

_COMPLETING = "_QUIZ_COMPLETE"
"""By this variable a shell asks which words may follow."""

_EXPANDED = frozenset("~*?[%")


def main() -> NoReturn:
    """Run the command that was given, and exit.

    A sitting without any options, the most usual call by far, is begun without the library that parses commands:
    importing it takes longer than all else before the first question.
    """
    arguments = sys.argv[1:] or ["study"]
    is_plain = arguments[0] == "study" and not any(map(_has_a_meaning, arguments))
    if is_plain and _COMPLETING not in os.environ:
        sys.exit(run(lambda: _study(arguments[1:])))
    try:
        from quiz.cli.program import main as program
    except KeyboardInterrupt:
        complain("interrupted")
        sys.exit(INTERRUPTED)
    sys.exit(program())


def _has_a_meaning(argument: str) -> bool:
    """Whether a word is an option, or on Windows, where no shell does it, stands for other words."""
    return argument.startswith("-") or (os.name == "nt" and not _EXPANDED.isdisjoint(argument))


def _study(names: Sequence[str]) -> int:
    with paused():
        from quiz.cli.sitting import study

    return study(names)
