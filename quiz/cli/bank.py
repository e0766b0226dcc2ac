"""`quiz bank`: every question, with all that proves it."""

from __future__ import annotations

import click

from quiz.citation import spelled
from quiz.cli.open import material_of, one_deck
from quiz.cli.options import KINDS_HELP, SEED, as_json, one_of_the_kinds
from quiz.draw import lot
from quiz.errors import UsageError
from quiz.interchange import bank_as_data
from quiz.questions import bank as questions_of
from quiz.terminal.text import LETTERS


@click.command()
@click.argument("deck", required=False)
@click.option("--kind", "kinds", multiple=True, callback=one_of_the_kinds, help=KINDS_HELP)
@click.option("--fact", metavar="ID", help="Only questions that rest on this fact.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Draws wording, distractors and their order.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only N questions, drawn by the seed.")
@click.option("--json", "json_", is_flag=True, help="As JSON; docs/bank-format.md describes it.")
def bank(
    deck: str | None, kinds: tuple[str, ...], fact: str | None, seed: int, sample: int | None, json_: bool
) -> None:
    """Print every question of a deck with key, distractors, reasons and sources.

    Without DECK, it is the first shipped deck; `quiz decks` lists them.
    """
    material = material_of(one_deck(deck))
    if fact is not None and fact not in material.deck.facts:
        raise UsageError(f'deck {material.deck.id} has no fact "{fact}"; `quiz facts` lists them')
    questions = [each for each in questions_of(material, seed, kinds) if fact is None or fact in each.facts]
    if sample is not None:
        drawn = {each.id for each in sorted(questions, key=lambda each: lot("sample", seed, each.id))[:sample]}
        questions = [each for each in questions if each.id in drawn]
    if json_:
        click.echo(as_json(bank_as_data(material.deck, seed, questions)))
        return
    for question in questions:
        click.echo(f"{question.id}\n  {question.stem}")
        for letter, option in zip(LETTERS, question.options, strict=False):
            click.echo(f"   {'*' if option.key else ' '} {letter}) {option.text}")
            click.echo(f"        {option.reason.rule}: {option.reason.text}")
        if question.accepts:
            click.echo(f"   * {' | '.join(question.accepts)}\n        {question.explanation}")
        click.echo(f"  {spelled(material.deck, question.cites)}\n")
