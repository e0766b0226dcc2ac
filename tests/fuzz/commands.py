"""Command lines, from the commands and options that there are, with values that fit and values that do not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import click

from quiz.cli.program import COMMANDS as NAMES
from quiz.cli.program import named
from tests.fuzz import garbage
from tests.fuzz.program import call, home
from tests.fuzz.target import Input, Target

VALUES = (
    "DUCKS",
    "DUCKS",
    "DUCKS",
    "teal",
    "smew",
    "crest",
    "claim:teal:crest",
    "whistle",
    "contrast",
    "recall",
    "new",
    "retention",
    "out.apkg",
    "out.html",
    "out.md",
    "-",
    "",
    ".",
    "DUCKS/deck.yaml",
    "python-collections",
    "--",
    "nowhere/out.html",
)
TYPED = (b"", b"a\nb\n:quit\n", b"y\n", b"\xff\x00\n", b"1\n" * 30)


@cache
def _commands() -> tuple[tuple[tuple[str, ...], click.Command], ...]:
    """All commands with their names, those within groups too."""
    found: list[tuple[tuple[str, ...], click.Command]] = []

    def add(names: tuple[str, ...], command: click.Command) -> None:
        found.append((names, command))
        if isinstance(command, click.Group):
            for name in command.list_commands(click.Context(command)):
                inner = command.get_command(click.Context(command), name)
                if inner is not None:
                    add((*names, name), inner)

    for name in NAMES:
        add((name,), named(name))
    return tuple(found)


def _value(chance: Random) -> str:
    return chance.choice(VALUES) if chance.random() < 0.75 else garbage.text(chance).replace("\x00", "")


def _numbered(chance: Random) -> str:
    return (
        chance.choice(("0", "1", "2", "7", "-1", "99999999999999999999", "1.5", "x", ""))
        if chance.random() < 0.9
        else _value(chance)
    )


def draw(chance: Random) -> Input:
    """Arguments, in which DUCKS stands for the sample deck, and what is typed."""
    names, command = chance.choice(_commands())
    arguments = list(names)
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            most = 3 if parameter.nargs < 0 else parameter.nargs
            arguments += [
                _value(chance) for _ in range(chance.randint(0 if chance.random() < 0.3 else min(1, most), most))
            ]
        elif chance.random() < 0.25 and "--help" not in parameter.opts:
            arguments.append(chance.choice([*parameter.opts, *parameter.secondary_opts]))
            if isinstance(parameter, click.Option) and not parameter.is_flag:
                arguments.append(
                    _numbered(chance)
                    if "int" in parameter.type.name or "float" in parameter.type.name
                    else _value(chance)
                )
    if chance.random() < 0.1:
        chance.shuffle(arguments)
    if chance.random() < 0.1:
        arguments.insert(chance.randrange(len(arguments) + 1), _value(chance))
    return tuple(arguments), chance.choice(TYPED)


def run(given: Input, folder: Path) -> None:
    """Give the command."""
    arguments, typed = given
    if len("".join(arguments)) % 10 == 0:
        home(folder, fresh=True)
    call([each.replace("DUCKS", str(folder / "ducks")) for each in arguments], typed)


COMMANDS = Target("command", 3000, draw, run)
