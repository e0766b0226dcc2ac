"""The frame of a page, and text made harmless for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from quiz import __version__
from quiz.terminal.style import safe

GENERATOR = "tellapart"
"""What a page of ours names as its maker, with the version; so it is known again."""


def text(value: object) -> str:
    """A text that the program did not write itself, for a place between tags or in an attribute with quotes.

    A figure and its % stay on one line.
    """
    return escape(re.sub(r"(?<=\d) %", "\u00a0%", safe(str(value))))


def page(title: str, body: Iterable[str]) -> str:
    """A whole page: its title as plain text, its body as lines of HTML."""
    folder = files(__package__)
    template = Template((folder / "page.html").read_text(encoding="utf-8"))
    style = (folder / "style.css").read_text(encoding="utf-8")
    generator = f"{GENERATOR} {__version__}"
    return template.substitute(title=text(title), style=style, body="\n".join(body), generator=generator)
