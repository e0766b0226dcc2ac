"""Writes docs/commands.md from the help texts, so that the two cannot differ: ``make commands``."""

from __future__ import annotations

import os
from pathlib import Path

import click

PAGE = Path(__file__).with_name("commands.md")

HEAD = """\
# Commands

Written from the help texts by `make commands`.
"""


def page() -> str:
    """The page as it should be."""
    from quiz.cli import COMMANDS, main, named

    os.environ["COLUMNS"] = "100"
    parent = click.Context(main, info_name="quiz", max_content_width=100)
    parts = [HEAD, f"## quiz\n\n```\n{main.get_help(parent)}\n```\n"]
    for name in COMMANDS:
        command = named(name)
        context = click.Context(command, info_name=name, parent=parent, max_content_width=100)
        parts.append(f"## quiz {name}\n\n```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
