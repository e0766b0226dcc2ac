"""The command line: parse, call, print. The only place where the parts are wired together."""

from __future__ import annotations

import sys
from importlib import import_module
from io import StringIO
from keyword import iskeyword
from typing import Any, NoReturn

import click

from quiz import __version__
from quiz.cli.guard import run, safe

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

        def command() -> object:
            try:
                return super(Program, self).main(*args, **{**kwargs, "standalone_mode": False})
            except click.ClickException as error:
                return _explained(error)
            except click.Abort:
                raise KeyboardInterrupt from None

        sys.exit(run(command))


def named(name: str) -> click.Command:
    """The command in the module of that name."""
    module = f"{name}_" if iskeyword(name) else name
    command = getattr(import_module(f"quiz.cli.{module}"), module)
    assert isinstance(command, click.Command)
    return command


def _explained(error: click.ClickException) -> int:
    """Say what was wrong with the call, and return the exit code."""
    shown = StringIO()
    error.show(shown)
    click.echo("\n".join(safe(line) for line in shown.getvalue().rstrip("\n").split("\n")), err=True)
    return error.exit_code


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
