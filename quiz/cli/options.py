"""What several commands share: checks of options, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

SEED = 0
"""The bank that is looked at, and the draw of a sitting, when no seed is named."""


KINDS_HELP = (
    "Only this kind (contrast, sort, shared, which-subject, which-feature, case, how, true-false, number, recall); "
    "may be repeated."
)


def as_json(data: object) -> str:
    """Data as indented JSON."""
    import json

    return harmless_json(json.dumps(data, ensure_ascii=False, indent=1))


def harmless_json(text: str) -> str:
    """JSON in which what could steer a terminal is written as an escape of JSON; those below a space are already."""
    import re

    return re.sub("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]", lambda found: f"\\u{ord(found.group()):04x}", text)


def one_of_the_kinds(_context: click.Context, _parameter: click.Parameter, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse kinds of question that do not exist."""
    if kinds:
        import click

        from quiz.questions import KINDS

        for kind in kinds:
            if kind not in KINDS:
                raise click.BadParameter(f'there is no kind "{kind}"; the kinds are {", ".join(KINDS)}')
    return kinds
