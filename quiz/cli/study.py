"""`quiz study`: open decks and progress, plan, hold the sitting, sum up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from shlex import quote

import click

from quiz import lookup
from quiz.cli.holding import PLAIN_HELP, has_screen, hold
from quiz.cli.open import material_of, ready
from quiz.cli.opening import adopt_renamed, begun, open_progress, past_of
from quiz.cli.options import KINDS_HELP, SEED, one_of_the_kinds
from quiz.configuration import load_settings
from quiz.desk import Desk
from quiz.journal import StoreJournal, stamp_now
from quiz.places import places_here
from quiz.planning import Past, Plan, Wishes, leeches, of_pair, plan
from quiz.questions import Card, Material, cards
from quiz.reasoning import Knowledge
from quiz.session import Sitting
from quiz.store import Store
from quiz.terminal.text import Page, summary


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
    materials, dealt = _opened(decks if decks or only else begun(), given_only=given_only)
    wanted = lookup.subjects([each.deck for each in materials.values()], only)
    if wanted:
        materials = {id_: each for id_, each in materials.items() if wanted & each.deck.subjects.keys()}
        dealt = {id_: dealt[id_] for id_ in materials}
    settings = load_settings(places_here().config)
    wishes = Wishes(
        new=settings.new if new is None else new,
        reviews=settings.reviews,
        limit=limit,
        only=wanted,
        kinds=frozenset(kinds),
        recall=settings.recall,
    )
    with open_progress() as store:
        stamp = partial(stamp_now, store.device)
        day = stamp().day
        for deck, of_deck in dealt.items():
            adopt_renamed(store, deck, of_deck)
        pasts = {
            deck: (of_deck, past_of(store, materials[deck].knowledge, of_deck, day)) for deck, of_deck in dealt.items()
        }
        made = plan(pasts, wishes, day, seed)
        narrowed = limit is not None or bool(wanted or kinds)
        if not made.turns:
            more = max(past.introduced for _, past in pasts.values()) + settings.new
            advice = f"`--new {more}` adds new cards, if there are any left"
            outlook = _spread(made) if made.later else _outlook(store, dealt, day, 0, narrowed=narrowed)
            click.echo(f"Nothing to study now · {outlook} · {advice}")
            return 0
        plain = plain or settings.plain
        if made.later and (plain or not has_screen()):  # a screen would hide it at once; it says so at its end
            click.echo(f"{made.due} of {made.due + made.later} reviews today; {_spread(made)}")
        desk = Desk(
            Sitting(made.turns),
            materials,
            StoreJournal(store, seed, settings.retention, stamp),
            seed,
            reserve=lambda deck, pair: of_pair(deck, *pasts[deck], pair, seed, kinds=wishes.kinds),
            notes={(deck, card): note for deck in dealt for card, note in store.notes(deck).items()},
        )
        names = {id_: each.short for of in materials.values() for id_, each in of.deck.subjects.items()}
        deck = f" {quote(decks[0])}" if len(decks) == 1 else ""

        def closing(page: Page) -> list[str]:
            from quiz.terminal.forgotten import forgotten  # only at the end: the first question is to come soon

            mixed = [(each.actual, each.taken) for said in desk.sitting.answered for each in desk.mixed_up(said)]
            result = desk.sitting.summary()
            outlook = "" if result.left else _outlook(store, dealt, day, made.later, narrowed=narrowed)
            lines = summary(result, names, outlook, deck, page, made.later, mixed, narrowed or new is not None)
            decks_here = {id_: each.deck for id_, each in materials.items()}
            return [*lines, *forgotten(_leeches(desk.sitting, store), decks_here, deck, page)]

        return hold(desk, closing, plain=plain)


def _opened(names: tuple[str, ...], *, given_only: bool) -> tuple[dict[str, Material], dict[str, tuple[Card, ...]]]:
    """What questions are made from, and the cards, by deck id."""
    decks = ready(names)
    if given_only:
        materials = {deck.id: material_of(deck, only_given=True) for deck, _ in decks}
        return materials, {deck: cards(material) for deck, material in materials.items()}
    return {deck.id: Material(Knowledge(deck)) for deck, _ in decks}, {deck.id: dealt for deck, dealt in decks}


def _spread(made: Plan) -> str:
    """What becomes of the cards that are due but left for later, in words."""
    are = "is" if made.later == 1 else "are"
    return f"{made.later} more due {are} spread over the next days (`quiz config reviews` sets how many a day)"


def _leeches(sitting: Sitting, store: Store) -> Iterator[tuple[str, Card]]:
    """The cards missed in the sitting that are forgotten again and again."""
    missed = {each.turn.name: each.turn.card for each in sitting.answered if each.mark.right is False}
    for deck in dict.fromkeys(deck for deck, _ in missed):
        past = Past(store.memories(deck), store.suspended(deck))
        yield from ((deck, card) for card in leeches([card for (of, _), card in missed.items() if of == deck], past))


def _outlook(store: Store, decks: Mapping[str, Iterable[Card]], day: int, later: int, *, narrowed: bool) -> str:
    """When the next cards of these decks fall due, in words; ``later`` of those due today are spoken of elsewhere.

    What else is due today lies outside a narrowed sitting, or waits for tomorrow since it is too like a card of today.
    """
    forecast: Counter[int] = Counter()
    for deck, cards_of in decks.items():
        memories, suspended = store.memories(deck), store.suspended(deck)
        live = (memories[each.id] for each in cards_of if each.id in memories and each.id not in suspended)
        forecast.update(max(day, memory.due) for memory in live)
    waiting = forecast.pop(day, 0) - later
    if waiting > 0 and narrowed:
        return f"still due today: {waiting}"
    forecast[day + 1] += max(0, waiting)
    forecast = +forecast
    if not forecast:
        return "" if later else "nothing is due yet"
    soonest = min(forecast)
    when = "tomorrow" if soonest == day + 1 else f"in {soonest - day} days"
    return f"next due {when}: {forecast[soonest]}"
