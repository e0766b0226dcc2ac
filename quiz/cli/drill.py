"""`quiz drill`: contrast questions on one pair, with feedback at once."""

from __future__ import annotations

from collections import Counter
from functools import partial
from shlex import quote

import click

from quiz.cli.holding import PLAIN_HELP, hold
from quiz.cli.open import deck_knowing, ready
from quiz.cli.opening import adopt_renamed, open_progress, past_of
from quiz.cli.options import SEED
from quiz.configuration import load_settings
from quiz.deck import Deck, Subject
from quiz.desk import Desk
from quiz.drilling import counting, last_drill, ordered, outcome
from quiz.errors import UsageError
from quiz.journal import StoreJournal, stamp_now
from quiz.lookup import subject as find_subject
from quiz.memory import Mode
from quiz.places import places_here
from quiz.planning import met_by, of_pair
from quiz.questions import Material
from quiz.reasoning import Knowledge
from quiz.scheduling import is_due
from quiz.session import Sitting
from quiz.terminal.drilled import ending
from quiz.terminal.text import Page


@click.command()
@click.argument("a")
@click.argument("b")
@click.argument("deck", required=False)
@click.option(
    "-n",
    "most",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="So many questions, if there are; those missed come back.",
)
@click.option("--count", is_flag=True, help="Let cards that are due, or new, count as reviewed today.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Draws order, wording and options.")
@click.option("--plain", is_flag=True, help=PLAIN_HELP)
def drill(a: str, b: str, deck: str | None, most: int, count: bool, seed: int, plain: bool) -> int:
    """Practise telling two look-alikes apart: what parts A from B, and what they share.

    Both are given by id or by name, for example: quiz drill lupus MS

    What you mixed up before comes first; what you miss comes back. The schedule stays as it is, so you may drill
    whenever you like; with --count, cards that are due or new, and were not asked today, count as reviewed.

    Without DECK, it is the shipped deck that knows both. `quiz confusions` shows which pairs to drill.
    """
    path = deck or deck_knowing(None, lambda each: find_subject(each, a), lambda each: find_subject(each, b)).path
    [(found, cards)] = ready((path,))
    first, second = find_subject(found, a), find_subject(found, b)
    if first.id == second.id:
        raise UsageError(f'"{a}" and "{b}" are the same subject, {first.name}; name two')
    settings = load_settings(places_here().config)
    knowledge = Knowledge(found)
    material = Material(knowledge)
    with open_progress() as store:
        stamp = partial(stamp_now, store.device)
        day = stamp().day
        adopt_renamed(store, found.id, cards)
        past = past_of(store, material, cards, day)
        pair = frozenset((first.id, second.id))
        ids = {card.id for card in cards if frozenset(card.about) == pair}
        responses = [each for each in store.responses(found.id) if each.card in ids]
        mixed_up = {feature for each in past.confused if {each.actual, each.taken} == pair for feature in each.features}
        turns = ordered(
            of_pair(found.id, cards, past, pair, seed, Mode.DRILL),
            knowledge,
            mixed_up,
            Counter(each.card for each in responses),
        )
        if not turns:
            raise UsageError(_nothing(found, (first, second), knowledge, any(id_ in past.suspended for id_ in ids)))
        asked = turns[:most]
        if count:
            asked = counting(asked, past.memories, day, met_by(cards, past.answered))
        desk = Desk(
            Sitting(asked),
            {found.id: material},
            StoreJournal(store, seed, settings.retention, stamp),
            seed,
            reserve=lambda _deck, wanted: turns[most:] if wanted == pair else (),
            notes={(found.id, card): note for card, note in store.notes(found.id).items()},
        )
        before = last_drill(responses, ids)
        again = f"quiz drill {quote(first.id)} {quote(second.id)}{f' {quote(deck)}' if deck else ''}"

        def closing(page: Page) -> list[str]:
            memories = store.memories(found.id)
            due = sum(id_ in memories and is_due(memories[id_], day) for id_ in ids - set(past.suspended))
            outlook = _outlook(due)
            command = again if count or not due else f"{again} --count"
            result = outcome(desk.sitting.answered, desk.mixed_up)
            return list(ending(result, before, knowledge, outlook, command, page))

        return hold(desk, closing, plain=plain or settings.plain)


def _outlook(due: int) -> str:
    """How many cards of the pair are due."""
    if not due:
        return "No card of this pair is due."
    return "1 card of this pair is due." if due == 1 else f"{due} cards of this pair are due."


def _nothing(deck: Deck, pair: tuple[Subject, Subject], knowledge: Knowledge, suspended: bool) -> str:
    """Why there is nothing to drill, and what to do about it."""
    a, b = pair
    names = f"{a.short} and {b.short}"
    if suspended:
        return (
            f"every card of {names} is suspended; `quiz suspend` lists them, and `quiz unsuspend` takes them in again"
        )
    if knowledge.hierarchy.are_related(a.id, b.id):
        return f"one of {names} is a kind or a manifestation of the other, so nothing is asked to tell them apart"
    if a.group != b.group:
        groups = " and the other to ".join(deck.groups[each.group].plural for each in pair)
        return f"of {names} one belongs to {groups}; name two of one group"
    return (
        f"deck {deck.id} knows too little of {names} to ask what parts them; `quiz compare {a.id} {b.id}` shows what it"
        f" knows, and `quiz unknowns {deck.id}` which facts would bring questions"
    )
