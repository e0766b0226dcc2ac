"""The command line: parse, call, print. The only place where the parts are wired together."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from quiz.cli.guard import run
from quiz.collecting import paused

_COMPLETING = "_QUIZ_COMPLETE"
"""By this variable a shell asks which words may follow."""


def main() -> NoReturn:
    """Run the command that was given, and exit.

    A sitting without any options, the most usual call by far, is begun without the library that parses commands:
    importing it takes longer than all else before the first question.
    """
    arguments = sys.argv[1:] or ["study"]
    if (
        arguments[0] == "study"
        and not any(each.startswith("-") for each in arguments)
        and _COMPLETING not in os.environ
    ):
        sys.exit(run(lambda: _study(arguments[1:])))
    from quiz.cli.program import main as program

    sys.exit(program())


def _study(names: Sequence[str]) -> int:
    with paused():
        from quiz.cli.sitting import study

    return study(names)
