"""`quiz claim`: the verdict on one claim, and why."""

from __future__ import annotations

from collections.abc import Iterator

import click

from quiz import lookup
from quiz.citation import spelled
from quiz.cli.open import deck_knowing, material_of
from quiz.questions import Material
from quiz.verdict import Verdict


@click.command()
@click.argument("subject")
@click.argument("feature")
@click.argument("deck", required=False)
def claim(subject: str, feature: str, deck: str | None) -> None:
    """Say whether it is known that SUBJECT has FEATURE, and why.

    Both are given by id or by name, for example: quiz claim ms "butterfly rash"

    Without DECK, it is the shipped deck that knows them.
    """
    knowing = deck_knowing(deck, lambda each: lookup.subject(each, subject), lambda each: lookup.feature(each, feature))
    material = material_of(knowing)
    one, what = lookup.subject(material.deck, subject), lookup.feature(material.deck, feature)
    for line in _verdict_lines(material, one.id, what.id):
        click.echo(line)


def _verdict_lines(material: Material, subject: str, feature: str) -> Iterator[str]:
    deck, knowledge = material.deck, material.knowledge
    judgement = knowledge.judge(subject, feature)
    yield f"{judgement.verdict}  {deck.subjects[subject].short} · {deck.features[feature].noun}"
    if judgement.ground:
        ground = judgement.ground
        yield ground.text
        yield f"Rule: {ground.rule}. Facts: {', '.join(ground.ids)}."
        yield f"Source: {spelled(deck, material.cites(ground.ids))}"
        return
    yield judgement.note
    known = [
        f"{each.short} {'yes' if knowledge.judge(each.id, feature).verdict is Verdict.TRUE else 'no'}"
        for each in deck.subjects.values()
        if each.id != subject and knowledge.judge(each.id, feature).ground
    ]
    if known:
        yield f"Known: {', '.join(known)}."
