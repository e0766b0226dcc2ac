"""A sitting from beginning to end: open decks and progress, plan, hold it, sum up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from quiz.cli.holding import has_screen, hold, print_line
from quiz.cli.open import material_of, ready
from quiz.cli.opening import adopt_renamed, begun, open_progress, past_of
from quiz.cli.options import SEED
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


def study(
    names: Sequence[str] = (),
    *,
    new: int | None = None,
    limit: int | None = None,
    only: Sequence[str] = (),
    kinds: Sequence[str] = (),
    given_only: bool = False,
    seed: int = SEED,
    plain: bool = False,
) -> int:
    """Hold a sitting over the decks of these names or paths, and return the exit code; see `quiz study --help`."""
    materials, dealt = _opened(tuple(names) if names or only else begun(), given_only=given_only)
    wanted = frozenset[str]()
    if only:
        from quiz import lookup

        wanted = lookup.subjects([each.deck for each in materials.values()], only)
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
            print_line(f"Nothing to study now · {outlook} · {advice}")
            return 0
        plain = plain or settings.plain
        if made.later and (plain or not has_screen()):  # a screen would hide it at once; it says so at its end
            print_line(f"{made.due} of {made.due + made.later} reviews today; {_spread(made)}")
        desk = Desk(
            Sitting(made.turns),
            materials,
            StoreJournal(store, seed, settings.retention, stamp),
            seed,
            reserve=lambda deck, pair: of_pair(deck, *pasts[deck], pair, seed, kinds=wishes.kinds),
            notes={(deck, card): note for deck in dealt for card, note in store.notes(deck).items()},
        )
        shorts = {id_: each.short for of in materials.values() for id_, each in of.deck.subjects.items()}

        def closing(page: Page) -> list[str]:
            from shlex import quote  # only at the end: the first question is to come soon

            from quiz.terminal.forgotten import forgotten

            mixed = [(each.actual, each.taken) for said in desk.sitting.answered for each in desk.mixed_up(said)]
            result = desk.sitting.summary()
            outlook = "" if result.left else _outlook(store, dealt, day, made.later, narrowed=narrowed)
            deck = f" {quote(names[0])}" if len(names) == 1 else ""
            lines = summary(result, shorts, outlook, deck, page, made.later, mixed, narrowed or new is not None)
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
