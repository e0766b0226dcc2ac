"""`quiz export anki`: decks as a package for Anki."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quiz import lookup
from quiz.cli.bar import bar, watched
from quiz.cli.ending import ended_in_order
from quiz.cli.open import material_of, ready
from quiz.cli.opening import read_progress
from quiz.cli.options import KINDS_HELP, one_of_the_kinds
from quiz.configuration import load_settings
from quiz.deck import Deck
from quiz.errors import StorageError, UsageError
from quiz.places import places_here
from quiz.questions import Card, Material, cards
from quiz.questions.wording import counted
from quiz.reasoning import Knowledge

if TYPE_CHECKING:
    from quiz.anki.lock import Lock
    from quiz.anki.notes import Note
    from quiz.anki.package import Entry, Standing

FIRST_IMPORT_ONLY = """\
Progress is taken over at the first import only: in Anki tick "Import any learning progress". Cards that Anki has
already keep its own progress; `quiz import progress` brings that back here."""


@click.group()
def export() -> None:
    """Write decks for other programs."""


@export.command()
@click.argument("decks", metavar="[DECK]...", nargs=-1)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), required=True, help="The .apkg file.")
@click.option("--only", metavar="SUBJECT", multiple=True, help="Only cards about this subject; may be repeated.")
@click.option("--kind", "kinds", multiple=True, callback=one_of_the_kinds, help=KINDS_HELP)
@click.option("--given-only", is_flag=True, help="Only what the given sources say, without reference works.")
@click.option("--progress", is_flag=True, help="With memories, due dates and reviews; Anki takes them once, see below.")
def anki(
    decks: tuple[str, ...],
    output: Path,
    only: tuple[str, ...],
    kinds: tuple[str, ...],
    given_only: bool,
    progress: bool,
) -> None:
    """Write decks as a package for Anki (Desktop, AnkiDroid, AnkiMobile).

    DECK is a shipped deck's name or the path of a deck folder; without it, all shipped decks are written. In Anki:
    File, Import, choose FILE. Import a newer package the same way: it updates the texts and keeps your progress, your
    own style and everything you added.

    When each note last changed is kept in anki-lock.json beside the deck. Keep that file with the deck, so that
    everyone who exports it writes the same package.

    With --progress, what you have learned here goes along. Anki takes it over at the first import only, and only if you
    tick "Import any learning progress"; `quiz import progress` brings back what you learn there.
    """
    from quiz.anki.exporting import description
    from quiz.anki.notes import one_level
    from quiz.anki.package import is_ours, write_package

    if output.suffix != ".apkg":
        raise UsageError(f"{output} should end in .apkg, by which Anki knows a package")
    if output.exists() and not output.is_dir() and not is_ours(output):
        raise UsageError(f"{output} is there already and not from here, so it stays; choose another name")
    materials = _materials(decks, given_only=given_only)
    wanted = lookup.subjects([material.deck for material, _ in materials], only) if only else set()
    standings = _standings(materials) if progress else {}
    entries: list[Entry] = []
    with ended_in_order():
        with bar("Making notes", sum(len(dealt) for _, dealt in materials)) as advance:
            for material, dealt in materials:
                made, lock = _locked(material, dealt, advance, given_only=given_only)
                entries += _chosen(material.deck, made, lock, wanted, kinds, *standings.get(material.deck.id, ({}, ())))
        if not entries:
            raise UsageError("there is nothing to export; choose other subjects or kinds")
        descriptions = {one_level(material.deck.title): description(material.deck) for material, _ in materials}
        try:
            with bar("Writing", len(entries)) as advance:
                write_package(output, watched(entries, advance), descriptions)
        except OSError as error:
            raise StorageError(f"{output} cannot be written ({error.strerror or error}); check its folder") from error
    for line in _summary(output, entries, progress=progress):
        click.echo(line)


def _materials(names: tuple[str, ...], *, given_only: bool) -> list[tuple[Material, Sequence[Card]]]:
    """The decks with their cards."""
    if given_only:
        materials = [material_of(each.deck, only_given=True) for each in ready(names)]
        return [(material, cards(material)) for material in materials]
    return [(Material(Knowledge(each.deck)), each.cards) for each in ready(names)]


def _locked(
    material: Material, dealt: Sequence[Card], advance: Callable[[int], None], *, given_only: bool
) -> tuple[list[Note], Lock]:
    """All notes of a deck, and its lock file brought up to date.

    Always all, whatever is chosen of them: then what is extra, and when a note changed, hangs on the deck alone.
    """
    from quiz.anki.lock import GIVEN, WHOLE, locked, read_lock, write_lock
    from quiz.anki.notes import notes

    folder = Path(material.deck.path)
    part = GIVEN if given_only else WHOLE
    before = read_lock(folder, part)
    types = {card: entry.type for each in (GIVEN, WHOLE) for card, entry in read_lock(folder, each).items()}
    made = list(watched(notes(material, dealt, types), advance))
    lock = locked(before, made, int(time.time()))
    if lock != before:
        try:
            write_lock(folder, lock, part)
        except OSError as error:
            line = f"{folder} cannot be written ({error.strerror or error}), so the times of changed notes are not kept"
            click.echo(f"quiz: {line}", err=True)
    return made, lock


def _chosen(
    deck: Deck,
    made: Sequence[Note],
    lock: Lock,
    subjects: Collection[str],
    kinds: tuple[str, ...],
    standings: Mapping[str, Standing],
    suspended: Collection[str],
) -> Iterator[Entry]:
    """What goes into the package of the notes of a deck: those about one of the subjects and of one of the kinds."""
    from quiz.anki.exporting import entries

    chosen = [
        note
        for note in made
        if (not subjects or not note.about.isdisjoint(subjects)) and (not kinds or note.fields["Kind"] in kinds)
    ]
    return entries(deck, chosen, lock, standings, suspended, whole=not (subjects or kinds))


def _standings(
    materials: Sequence[tuple[Material, Sequence[Card]]],
) -> dict[str, tuple[dict[str, Standing], set[str]]]:
    """By deck, the progress of the cards that were reviewed, and the cards that are suspended."""
    from quiz.anki.standing import by_card, standing

    retention = load_settings(places_here().config).retention
    taken: set[int] = set()
    found = {}
    with read_progress() as store:
        for material, dealt in materials:
            deck = material.deck.id
            now = {former: card.id for card in dealt for former in card.was}
            memories = {now.get(card, card): memory for card, memory in store.memories(deck).items()}
            reviews = by_card(store.responses(deck), now)
            standings = {card: standing(each, taken, retention, memories.get(card)) for card, each in reviews.items()}
            suspended = {now.get(card, card) for card in store.suspended(deck)}
            found[deck] = {card: each for card, each in standings.items() if each}, suspended
    return found


def _summary(path: Path, entries: Sequence[Entry], *, progress: bool) -> Iterator[str]:
    living = [entry for entry in entries if entry.has_card]
    kinds = Counter(entry.note.type.name.removeprefix("tellapart ") for entry in living)
    listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield f"{path}: {counted(len(living), 'note')}{f' ({listed})' if listed else ''}"
    if extra := sum(entry.note.is_extra for entry in living):
        yield f"{extra} of them are extras, tagged so: they come last, and suspended if Anki takes over progress."
    if gone := len(entries) - len(living):
        yield f"{counted(gone, 'note')} of cards that left the deck: where Anki has them, they get a tag that says so."
    if progress:
        suspended = sum(entry.is_suspended for entry in living)
        left_out = f"; {suspended} that you suspended arrive suspended" if suspended else ""
        yield f"With the progress of {counted(sum(entry.standing is not None for entry in living), 'card')}{left_out}."
        yield FIRST_IMPORT_ONLY
    yield "In Anki: File, Import, choose the file."
