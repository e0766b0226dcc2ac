"""A sitting from beginning to end: open decks and progress, plan, hold it, sum up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import chain

from quiz.cache.checkpoint import path_of
from quiz.catalogue import Catalogue, Whole
from quiz.cli.holding import has_screen, hold, print_line
from quiz.cli.open import Opened, material_of, opened, ready
from quiz.cli.opening import adopt_renamed, begun, open_progress
from quiz.cli.options import SEED
from quiz.cli.resuming import Resumed
from quiz.configuration import load_settings
from quiz.deck import Deck
from quiz.desk import Desk
from quiz.journal import StoreJournal, stamp_now
from quiz.places import places_here
from quiz.planning import Past, Plan, Wishes, leeches, of_pair, plan
from quiz.questions import Card, cards
from quiz.session import Sitting, Turn
from quiz.store import Store
from quiz.terminal.text import Page, summary

Pasts = Mapping[str, tuple[Sequence[Card], Past]]
"""By deck the cards among which to plan, and what the log says of them."""


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
    decks = _opened(tuple(names) if names or only else begun(), given_only=given_only)
    wanted = frozenset[str]()
    if only:
        from quiz import lookup

        wanted = lookup.subjects([each.catalogue.deck for each in decks], only)
        decks = [each for each in decks if wanted & each.catalogue.deck.subjects.keys()]
    catalogues = {each.catalogue.id: each.catalogue for each in decks}
    places = places_here()
    settings = load_settings(places.config)
    wishes = Wishes(
        new=settings.new if new is None else new,
        reviews=settings.reviews,
        limit=limit,
        only=wanted,
        kinds=frozenset(kinds),
        recall=settings.recall,
    )
    with ExitStack() as ending, open_progress() as store:
        for catalogue in catalogues.values():
            ending.callback(catalogue.close)
        stamp = partial(stamp_now, store.device)
        day = stamp().day
        for deck, catalogue in catalogues.items():
            adopt_renamed(store, deck, catalogue.renamed())
        resumed = {
            catalogue.id: Resumed(store, catalogue, path_of(places.cache, name, places.progress) if name else None, day)
            for catalogue, name in decks
        }
        pasts, made = _planned(resumed, wishes, day, seed)
        narrowed = limit is not None or bool(wanted or kinds)
        if not made.turns:
            outlook = _spread(made) if made.later else _outlook(store, catalogues, day, 0, narrowed=narrowed)
            more = max(past.introduced for _, past in pasts.values()) + settings.new
            print_line(f"Nothing to study now · {outlook} · `--new {more}` adds new cards, if there are any left")
            return 0
        plain = plain or settings.plain
        if made.later and (plain or not has_screen()):  # a screen would hide it at once; it says so at its end
            print_line(f"{made.due} of {made.due + made.later} reviews today; {_spread(made)}")

        def reserve(deck: str, pair: frozenset[str]) -> Iterator[Turn]:
            on_pair = catalogues[deck].of_pairs(pair)
            past = pasts[deck][1]._replace(memories=store.memories_of(deck, [card.id for card in on_pair]))
            return of_pair(deck, on_pair, past, pair, seed, kinds=wishes.kinds)

        desk = Desk(
            Sitting(made.turns),
            catalogues,
            StoreJournal(store, seed, settings.retention, stamp),
            seed,
            reserve=reserve,
            notes={(deck, card): note for deck in catalogues for card, note in store.notes(deck).items()},
        )

        def closing(page: Page) -> list[str]:
            from shlex import quote  # only at the end: the first question is to come soon

            from quiz.terminal.forgotten import forgotten

            result = desk.sitting.summary()
            outlook = "" if result.left else _outlook(store, catalogues, day, made.later, narrowed=narrowed)
            deck = f" {quote(names[0])}" if len(names) == 1 else ""
            narrow = narrowed or new is not None
            lines = summary(result, _shorts(desk), outlook, deck, page, made.later, _mixed_up(desk), narrow)
            return [*lines, *forgotten(_leeches(desk, store), deck, page)]

        code = hold(desk, closing, plain=plain)
        for each in resumed.values():
            each.keep(settings.new)
        return code


def _opened(names: tuple[str, ...], *, given_only: bool) -> list[Opened]:
    """The decks of a sitting. What is made from given sources only is not in the cache."""
    if not given_only:
        return opened(names)
    materials = [material_of(each.deck, only_given=True) for each in ready(names)]
    return [Opened(Whole(material, cards(material)), "") for material in materials]


def _planned(resumed: Mapping[str, Resumed], wishes: Wishes, day: int, seed: int) -> tuple[Pasts, Plan]:
    """The plan, and what it was made from: of large decks all cards only where no others do."""
    pasts = {deck: each.past(every=bool(wishes.only or wishes.kinds), new=wishes.new) for deck, each in resumed.items()}
    made = plan(pasts, wishes, day, seed)
    if _lacks_new(made, wishes, pasts) and any(each.may_find_more for each in resumed.values()):
        pasts = {deck: each.past(every=True, new=wishes.new) for deck, each in resumed.items()}
        made = plan(pasts, wishes, day, seed)
    return pasts, made


def _lacks_new(made: Plan, wishes: Wishes, pasts: Pasts) -> bool:
    """Whether there is room for more new cards than were found."""
    wanted = sum(max(0, wishes.new - past.introduced) for _, past in pasts.values())
    return made.new < wanted and (wishes.limit is None or len(made.turns) < wishes.limit)


def _spread(made: Plan) -> str:
    """What becomes of the cards that are due but left for later, in words."""
    are = "is" if made.later == 1 else "are"
    return f"{made.later} more due {are} spread over the next days (`quiz config reviews` sets how many a day)"


def _mixed_up(desk: Desk) -> list[tuple[str, str]]:
    """Who was taken for whom, by the first response to each card: what comes back is an echo, as in the log."""
    first = {said.turn.name: said for said in reversed(desk.sitting.answered)}
    return [(each.actual, each.taken) for said in first.values() for each in desk.mixed_up(said)]


def _shorts(desk: Desk) -> dict[str, str]:
    """How the subjects are called in a sentence, by id: those of the parts that were asked from."""
    decks = {id(deck): deck for deck in (desk.material(said.turn).deck for said in desk.sitting.answered)}
    return {id_: each.short for deck in decks.values() for id_, each in deck.subjects.items()}


def _leeches(desk: Desk, store: Store) -> Iterator[tuple[Deck, Card]]:
    """The cards missed in the sitting that are forgotten again and again."""
    missed = {each.turn.name: each.turn for each in desk.sitting.answered if each.mark.right is False}
    for (deck, card), turn in missed.items():
        past = Past(store.memories_of(deck, [card]), store.suspended(deck))
        yield from ((desk.material(turn).deck, each) for each in leeches([turn.card], past))


def _outlook(store: Store, catalogues: Mapping[str, Catalogue], day: int, later: int, *, narrowed: bool) -> str:
    """When the next cards of these decks fall due, in words; ``later`` of those due today are spoken of elsewhere.

    What else is due today lies outside a narrowed sitting, or waits for tomorrow since it is too like a card of today.
    """
    forecast: Counter[int] = Counter()
    for deck, catalogue in catalogues.items():
        suspended = store.suspended(deck)
        for falls, due in chain([(day, store.due(deck, day))], store.coming(deck, after=day)):
            forecast[falls] += sum(card.id not in suspended for card in catalogue.find(due))
            if falls > day and forecast[falls]:
                break
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
