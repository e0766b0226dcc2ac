"""Cards that are forgotten again and again, as lines at the end of a sitting."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from quiz.deck import Deck
from quiz.finding import title
from quiz.questions.model import Card
from quiz.terminal.style import safe, wrap
from quiz.terminal.text import Page

MOST = 3
"""Naming more at once would be no advice."""


def forgotten(found: Iterable[tuple[Deck, Card]], deck: str, page: Page) -> list[str]:
    """Up to three cards, each with its deck, and what may help: a drill of its pair, or a look at it and a note.

    ``deck`` is what must be added to a command so that it speaks of the same deck; empty where nothing must.
    """
    lines: list[str] = []
    for of, card in islice(found, MOST):
        advice = f"quiz drill {' '.join(card.about)}{deck}" if len(card.about) == 2 else f"quiz note {card.id} TEXT"
        lines += wrap(safe(title(of, card)), page.measure, indent="   ", hanging="     ")
        lines += wrap(safe(advice), page.measure, indent="     ", hanging="       ")
    heading = wrap("Forgotten again and again; this may help:", page.measure, indent=" ", hanging=" ")
    return ["", *heading, *lines] if lines else []
