"""What goes wrong in a command ends in one line and an exit code. Needs nothing that parses commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from quiz.errors import DeckError, QuizError

INTERRUPTED = 130
"""The exit code after Ctrl-C."""

CLOSED_PIPE = 141
"""The exit code when the reader of the output went away."""


def run(command: Callable[[], object]) -> int:
    """Call the command; returns the exit code, after one clear line on standard error if something went wrong."""
    _be_able_to_write()
    try:
        result = command()
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except DeckError as error:
        for problem in error.problems:
            complain(str(problem))
        complain(str(error))
        return error.exit_code
    except QuizError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return CLOSED_PIPE
    except SystemExit as exit_:
        if exit_.code != 1:
            raise
        _drop_output()  # click exits with 1 by itself when the reader of the output went away, and only then
        return CLOSED_PIPE
    except MemoryError:
        complain("not enough memory")
        return 3
    except UnicodeError:
        complain("the input is not text in the encoding of this terminal; set PYTHONUTF8=1 if it is UTF-8")
        return 3
    except OSError as error:
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        return 3


def _be_able_to_write() -> None:
    """Streams that were closed lead nowhere, and what an encoding lacks is shown as a question mark."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - it stays open until the end
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def safe(line: str) -> str:
    """What was typed, or came from a file, made harmless for a terminal."""
    from quiz.terminal import style  # only when something went wrong: the first question is to come soon

    return style.safe(line)


def complain(line: str) -> None:
    """One line on standard error; nothing when that is closed as well."""
    line = safe(line)
    try:
        sys.stderr.write(f"{line}\n" if line.startswith("quiz:") else f"quiz: {line}\n")
        sys.stderr.flush()
    except OSError:
        _drop_output()


def _drop_output() -> None:
    """Point the standard streams at nothing, so that Python does not complain about them on its way out."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nothing, stream.fileno())
        except (OSError, ValueError):
            continue
