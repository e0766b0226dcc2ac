"""The command line: parse, call, print. The only place where the parts are wired together."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import StringIO, TextIOWrapper
from keyword import iskeyword
from pathlib import Path
from typing import Any, NoReturn

import click

from quiz import __version__
from quiz.cli.options import INTERRUPTED
from quiz.errors import DeckError, QuizError

CLOSED_PIPE = 141

EPILOG = """\b
Exit codes:
  0    done
  1    a deck has problems
  2    the command was not understood
  3    progress or a deck cannot be read or written
  129, 143  the terminal was closed, or the program told to end; everything answered is kept
  130  interrupted by Ctrl-C; everything answered is kept
  141  the reader of the output went away

For study; not medical advice."""


COMMANDS = (
    "study",
    "drill",
    "exam",
    "probe",
    "decks",
    "find",
    "card",
    "note",
    "suspend",
    "unsuspend",
    "flags",
    "reset",
    "check",
    "facts",
    "sources",
    "bank",
    "claim",
    "compare",
    "unknowns",
    "confusions",
    "stats",
    "report",
    "export",
    "import",
    "progress",
    "backup",
    "restore",
    "doctor",
    "config",
    "where",
)
"""Each is a module of this package with the command of the same name, imported when it is called."""


class Program(click.Group):
    """The group of all commands; turns what can go wrong into one line and an exit code."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        return named(name) if name in COMMANDS else None

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run a command and exit."""
        sys.exit(run(lambda: super(Program, self).main(*args, **{**kwargs, "standalone_mode": False})))


def named(name: str) -> click.Command:
    """The command in the module of that name."""
    module = f"{name}_" if iskeyword(name) else name
    command = getattr(import_module(f"quiz.cli.{module}"), module)
    assert isinstance(command, click.Command)
    return command


def run(command: Any) -> int:
    """Call the command; returns the exit code, after one clear line on standard error if something went wrong."""
    _be_able_to_write()
    try:
        result = command()
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        click.echo("\n".join(_safe(line) for line in shown.getvalue().rstrip("\n").split("\n")), err=True)
        return error.exit_code
    except DeckError as error:
        for problem in error.problems:
            complain(str(problem))
        complain(str(error))
        return error.exit_code
    except QuizError as error:
        complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
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


def _safe(line: str) -> str:
    """What was typed, or came from a file, made harmless for a terminal."""
    from quiz.terminal.style import safe  # only when something went wrong: the first question is to come soon

    return safe(line)


def complain(line: str) -> None:
    """One line on standard error; nothing when that is closed as well."""
    line = _safe(line)
    try:
        click.echo(f"quiz: {line}" if not line.startswith("quiz:") else line, err=True)
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


@click.group(cls=Program, invoke_without_command=True, epilog=EPILOG, context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="quiz")
@click.pass_context
def main(context: click.Context) -> object:
    """Learn to tell look-alikes apart.

    `quiz` alone starts studying: what is due today, plus ten new cards a day. One key answers; every option
    explains itself with its source. Progress is kept after every single response.
    """
    if context.invoked_subcommand is None:
        return context.invoke(named("study"))
    return None
