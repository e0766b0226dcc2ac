"""The group of all commands, with its options and help."""

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


COMMANDS = {
    "study": "Study what is due today, and some new cards.",
    "drill": "Practise telling two look-alikes apart: what parts A from B, and what they share.",
    "exam": "Sit an exam: no feedback until you hand in, then a score and every mistake explained.",
    "probe": "Measure how well you tell SUBJECT from its look-alikes.",
    "decks": "List the shipped decks with facts, cards, and what is new or due today.",
    "find": "Find cards by words, and see how they stand.",
    "card": "Show all there is to know of one card.",
    "note": "Show the note of a card, or write one in its place.",
    "suspend": "Leave cards out of sittings, or list those left out.",
    "unsuspend": "Take suspended cards into sittings again, as they were.",
    "flags": "List flagged cards, for the author of the deck.",
    "reset": "Forget the progress of cards, so that they are new again.",
    "check": "Check decks: format, contradictions, a proof of every question, and flaws in its wording.",
    "facts": "List all facts of a deck, with claims, strength, hedge and citations.",
    "sources": "Show what a deck was made from, paragraph by paragraph.",
    "bank": "Print every question of a deck with key, distractors, reasons and sources.",
    "claim": "Say whether it is known that SUBJECT has FEATURE, and why.",
    "compare": "Set two subjects side by side: what only A has, both, only B, and what is not known.",
    "unknowns": "List the gaps of a deck, those first that would unlock most questions.",
    "confusions": "Show what you take for what, and the three pairs to work on.",
    "stats": "Show what was reviewed, what is remembered, what falls due, what is mastered and what is mixed up.",
    "report": "Write a page with your progress: what `quiz stats` tells, and who is taken for whom as a matrix.",
    "export": "Write decks for other programs.",
    "import": "Bring in what other programs have.",
    "progress": "Carry progress from one machine to another, or keep it as text.",
    "backup": "Copy your progress into FILE, which must not exist yet.",
    "restore": "Bring progress back from a backup.",
    "doctor": "Look whether progress, backups, decks, cache, settings and clock are in order, and mend what can be.",
    "config": "List what can be set, or set it.",
    "where": "Say where progress, decks, configuration and cache lie.",
}
"""What each command does, in a sentence. Each is a module of this package by the same name, imported when it is called;
to list them, none has to be."""


class Program(click.Group):
    """The group of all commands; turns what can go wrong into one line and an exit code."""

    def list_commands(self, context: click.Context) -> list[str]:
        """The names, in the order in which help shows them."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        return named(name) if name in COMMANDS else None

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

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
