"""`quiz import progress`: what was learned in Anki, brought back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quiz.cache.compiled import Compiled
from quiz.cli.open import ready
from quiz.cli.opening import adopt_renamed, open_progress, read_progress
from quiz.configuration import load_settings
from quiz.memory import Memory, Mode, Rating, Response
from quiz.places import places_here
from quiz.questions.model import Card
from quiz.questions.wording import counted
from quiz.store import Store
from quiz.studyday import day_to_date

if TYPE_CHECKING:
    from quiz.anki.incoming import Known


@click.group(name="import")
def import_() -> None:
    """Bring in what other programs have."""


@import_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("--apply", "apply_", is_flag=True, help="Do it; without this nothing is changed.")
def progress(file: Path, decks: tuple[str, ...], apply_: bool) -> None:
    """Bring reviews done in Anki into the progress here.

    FILE is what Anki writes with File, Export: a deck (.apkg, with "Include scheduling information") or a whole
    collection (.colpkg). Only reviews of notes that came from `quiz export anki` are read, of the shipped decks or of
    the decks named.

    First it is shown what would change; --apply does it, after a backup, in one step. Nothing counts twice: reviews
    that went from here to Anki, or were brought in before, are known again, so the same file may be imported twice, and
    several files in any order.
    """
    from quiz.anki.incoming import additions, card_of_guids
    from quiz.anki.reading import printable, read_reviews

    found = ready(decks)
    cards = {guid: card for deck, dealt in found for guid, card in card_of_guids(deck.id, dealt).items()}
    reviews = read_reviews(file, cards)
    retention = load_settings(places_here().config).retention
    with open_progress() if apply_ else read_progress() as store:
        if apply_:
            for deck, dealt in found:
                adopt_renamed(store, deck.id, dealt)
        known = {deck.id: _known(store, deck.id, dealt) for deck, dealt in found}
        new = list(additions(reviews, cards, known, _offset))
        before = {(deck.id, card): memory for deck, _ in found for card, memory in store.memories(deck.id).items()}
        after = store.rehearse(list(_filed(new, before, found)), retention)
        for line in _told(len(reviews), new, before, after):
            click.echo(printable(f"{file}: {line}") if line[0] != " " else line)
        if new and apply_:
            backup = store.back_up(f"before-import-{datetime.now():%Y-%m-%d-%H%M%S}.db")
            store.add(new, retention)
            click.echo(f"Done. Progress as it was before is kept in {backup}")
        elif new:
            click.echo("Nothing was changed yet; --apply does it.")


def _filed(
    new: Iterable[Response], before: Mapping[tuple[str, str], Memory], found: Iterable[Compiled]
) -> Iterator[Response]:
    """The responses under the ids under which their cards still stand where a rename was not adopted yet."""
    former = {
        (deck.id, card.id): name
        for deck, dealt in found
        for card in dealt
        for name in card.was
        if (deck.id, name) in before
    }
    for each in new:
        yield each._replace(card=former.get((each.deck, each.card), each.card))


def _known(store: Store, deck: str, dealt: Iterable[Card]) -> list[Known]:
    """What the log holds of a deck, under the ids that its cards have now."""
    from quiz.anki.incoming import Known

    now = {former: card.id for card in dealt for former in card.was}
    return [
        Known(uuid, now.get(card, card), time, None if rating is None else Rating(rating), mode != Mode.ANKI)
        for uuid, card, time, rating, mode in store.logged(deck)
    ]


def _offset(time: int) -> int:
    """The offset of local time from UTC at a time, by the time zone of this machine."""
    local = datetime.fromtimestamp(time / 1000, UTC).astimezone().utcoffset()
    return round(local.total_seconds() / 60) if local else 0


def _told(
    read: int,
    new: Sequence[Response],
    before: Mapping[tuple[str, str], Memory],
    after: Mapping[tuple[str, str], Memory | None],
) -> Iterator[str]:
    """What was found, and what becomes of it."""
    if not read:
        yield "no reviews of these decks. In Anki, tick “Include scheduling information” when exporting."
        return
    yield f"{counted(read, 'review')} of these decks, {read - len(new)} known already, {len(new)} new"
    if not new:
        return
    days = sorted({review.day for review in new})
    yield f"  from {day_to_date(days[0])} to {day_to_date(days[-1])}, on {counted(len(after), 'card')}"
    fresh = sum(card not in before for card in after)
    moved = [memory.due - before[card].due for card, memory in after.items() if memory and card in before]
    later, sooner = sum(days > 0 for days in moved), sum(days < 0 for days in moved)
    yield f"  {counted(fresh, 'card')} seen for the first time, {later} due later than now, {sooner} due sooner"
