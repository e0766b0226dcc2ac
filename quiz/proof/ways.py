"""Checks questions of how a cause leads to an effect against the signed set that they rest on, for the checker."""

from __future__ import annotations

from collections.abc import Iterator

from quiz.deck import Deck, Tells, Ways, Weight
from quiz.proof.bank import Choice, Item
from quiz.proof.shape import normal


def led(deck: Deck, item: Item) -> Iterator[str]:
    """Objections to a question of how; whether its facts are dated is left to those that check its sources."""
    form, asked = deck.facts[item.asked.set].form, item.asked.fact
    if not isinstance(form, Ways) or asked not in form.members:
        yield f"{item.asked.set} is no signed set of ways with {asked} among them"
        return
    cause = _mechanism(deck, asked)[0]
    if not cause or normal(cause) not in normal(item.stem):
        yield "the stem does not name the cause"
    if deck.facts[asked].weight is Weight.BACKGROUND:
        yield f"fact {asked} is background, which is never asked"
    for number, choice in enumerate(item.choices, 1):
        yield from (f"option {number}: {why}" for why in _leads(deck, item, form, choice))


def _leads(deck: Deck, item: Item, form: Ways, choice: Choice) -> Iterator[str]:
    """Objections to one option: it must tell the effect of a member, and be the key just if it is the one asked."""
    asked = item.asked.fact
    if len(choice.links) != 1 or choice.links[0][0] != asked or choice.links[0][1] not in form.members:
        yield "it does not claim that the cause asked about has the effect of a member"
        return
    member = choice.links[0][1]
    cause, effect = _mechanism(deck, member)
    if choice.text != effect:
        yield f"it does not read as the effect that {member} tells"
    if choice.key != (member == asked):
        yield "the key is the effect of the cause asked about, and no other"
    if member != asked and normal(cause) == normal(_mechanism(deck, asked)[0]):
        yield f"{member} has the cause asked about"
    rule, needed = ("stated", {asked}) if choice.key else ("apart", {item.asked.set, member})
    if choice.rule != rule or not needed <= set(choice.facts):
        yield f"it is decided by rule {rule} and by {', '.join(sorted(needed))}"


def _mechanism(deck: Deck, fact: str) -> tuple[str, str]:
    """Cause and effect that the fact tells; empty where it tells none."""
    form = deck.facts[fact].form if fact in deck.facts else None
    return (form.mechanism if isinstance(form, Tells) else None) or ("", "")
