"""Writes docs/commands.md from the help texts, so that the two cannot differ: ``make commands``."""

from __future__ import annotations

from pathlib import Path

import click

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 100

HEAD = """\
# Commands

Written from the help texts by `make commands`.
"""


def page() -> str:
    """The page as it should be."""
    from quiz.cli.program import COMMANDS, main, named

    parent = click.Context(main, info_name="quiz", terminal_width=WIDTH)
    parts = [HEAD, f"## quiz\n\n```\n{main.get_help(parent)}\n```\n"]
    for name in COMMANDS:
        command = named(name)
        context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
        parts.append(f"## quiz {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
