"""`quiz export anki`: decks as a package for Anki."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quiz import lookup
from quiz.cli.open import material_of, ready
from quiz.cli.options import KINDS_HELP, one_of_the_kinds
from quiz.cli.progress import adopt_renamed, open_progress
from quiz.configuration import load_settings
from quiz.errors import StorageError, UsageError
from quiz.places import places_here
from quiz.questions import Card, Material, cards
from quiz.reasoning import Knowledge

if TYPE_CHECKING:
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
    from quiz.anki.package import write_package

    if output.suffix != ".apkg":
        raise UsageError(f"{output} should end in .apkg, by which Anki knows a package")
    materials = _materials(decks, only, given_only=given_only)
    whole = not (only or kinds or given_only)
    parts = [_part(material, dealt, kinds, whole=whole, progress=progress) for material, dealt in materials]
    entries = [entry for part in parts for entry in part]
    if not entries:
        raise UsageError("there is nothing to export; choose other subjects or kinds")
    descriptions = {material.deck.title: description(material.deck) for material, _ in materials}
    try:
        with _bar(len(entries)) as tick:
            write_package(output, entries, descriptions, tick=tick)
    except OSError as error:
        raise StorageError(f"{output} cannot be written ({error.strerror or error}); check its folder") from error
    for line in _summary(output, entries, progress=progress):
        click.echo(line)


def _materials(
    names: tuple[str, ...], only: tuple[str, ...], *, given_only: bool
) -> list[tuple[Material, Sequence[Card]]]:
    """The decks with the cards wanted. Raises UsageError for a subject that no deck knows."""
    found: list[tuple[Material, Sequence[Card]]] = []
    for deck, dealt in ready(names):
        material = material_of(deck, only_given=True) if given_only else Material(Knowledge(deck))
        found.append((material, cards(material) if given_only else dealt))
    if not only:
        return found
    wanted = lookup.subjects([material.deck for material, _ in found], only)
    return [
        (material, [card for card in dealt if wanted.intersection(card.about)])
        for material, dealt in found
        if wanted & material.deck.subjects.keys()
    ]


def _part(
    material: Material, dealt: Sequence[Card], kinds: tuple[str, ...], *, whole: bool, progress: bool
) -> list[Entry]:
    """The notes of one deck, after its lock file has been brought up to date."""
    from quiz.anki.exporting import entries
    from quiz.anki.lock import locked, read_lock, write_lock
    from quiz.anki.notes import notes

    deck, folder = material.deck, Path(material.deck.path)
    before = read_lock(folder)
    made = list(notes(material, dealt, kinds, {card: entry.type for card, entry in before.items()}))
    lock = locked(before, made, int(time.time()))
    if whole and lock != before:
        try:
            write_lock(folder, lock)
        except OSError as error:
            line = f"{folder} cannot be written ({error.strerror or error}), so the times of changed notes are not kept"
            click.echo(f"quiz: {line}", err=True)
    return list(entries(deck, made, lock, _standings(deck.id, dealt) if progress else {}, whole=whole))


def _standings(deck: str, dealt: Sequence[Card]) -> dict[str, Standing]:
    """The progress of the cards that were reviewed."""
    from quiz.anki.standing import by_card, standing

    retention = load_settings(places_here().config).retention
    with open_progress() as store:
        adopt_renamed(store, deck, dealt)
        reviews = by_card(store.responses(deck))
    taken: set[int] = set()
    found = {card: standing(each, taken, retention) for card, each in reviews.items()}
    return {card: each for card, each in found.items() if each}


@contextmanager
def _bar(length: int) -> Iterator[Callable[[], None]]:
    """A progress bar on the error stream where somebody watches; what advances it by one."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with click.progressbar(length=length, label="Writing", file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def _summary(path: Path, entries: Sequence[Entry], *, progress: bool) -> Iterator[str]:
    from quiz.anki.exporting import retired

    kinds = Counter(entry.note.type.name.removeprefix("tellapart ") for entry in entries)
    yield f"{path}: {len(entries)} notes ({', '.join(f'{count} {kind}' for kind, count in kinds.most_common())})"
    extra = sum(entry.note.is_extra for entry in entries) - retired(entries)
    if extra:
        yield f"{extra} of them are extras: they come last, and suspended if Anki takes over progress."
    if gone := retired(entries):
        yield f"{gone} notes of cards that left the deck go along with the tag tellapart::retired."
    if progress:
        yield f"With the progress of {sum(entry.standing is not None for entry in entries)} cards."
        yield FIRST_IMPORT_ONLY
    yield "In Anki: File, Import, choose the file."
