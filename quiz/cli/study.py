"""`quiz study`: what may be asked for."""

from __future__ import annotations

import click

from quiz.cli import sitting
from quiz.cli.holding import PLAIN_HELP
from quiz.cli.options import KINDS_HELP, SEED, one_of_the_kinds


@click.command()
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option(
    "--new",
    type=click.IntRange(min=0),
    help="New cards a day and deck, for this sitting; `quiz config` sets it for good.",
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many cards in this sitting.")
@click.option("--only", metavar="SUBJECT", multiple=True, help="Only cards about this subject; may be repeated.")
@click.option("--kind", "kinds", multiple=True, callback=one_of_the_kinds, help=KINDS_HELP)
@click.option("--given-only", is_flag=True, help="Only what the given sources say, without reference works.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Draws order, wording and options.")
@click.option("--plain", is_flag=True, help=PLAIN_HELP)
def study(
    decks: tuple[str, ...],
    new: int | None,
    limit: int | None,
    only: tuple[str, ...],
    kinds: tuple[str, ...],
    given_only: bool,
    seed: int,
    plain: bool,
) -> int:
    """Study what is due today, and some new cards.

    DECK is a shipped deck's name or the path of a deck folder. Without it, the shipped decks that you have begun are
    studied, and at the very first the first of them; naming another one begins it. With --only, the shipped decks
    that know the subject. Every response is kept at once, so you may stop at any time.

    Without a terminal, one response is read a line: a letter, typed text, :undo, :guess, :suspend, :quit, :help.
    """
    return sitting.study(
        decks, new=new, limit=limit, only=only, kinds=kinds, given_only=given_only, seed=seed, plain=plain
    )
