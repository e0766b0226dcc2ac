"""`quiz doctor`: is everything in order, and mending what can be mended."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from quiz.cache.compiled import recall
from quiz.cache.pieces import is_sound
from quiz.catalogue import PIECES
from quiz.cli.bar import bar
from quiz.cli.cards import counted, say, style_here
from quiz.cli.opening import LONG_WAIT
from quiz.cli.options import as_json
from quiz.configuration import load_settings
from quiz.errors import QuizError, StorageError
from quiz.journal import new_id, stamp_now
from quiz.loader import load
from quiz.places import places_here
from quiz.shelf import shipped
from quiz.store import Store
from quiz.store.backups import backups, look_into
from quiz.store.database import DamageError, backup_folder
from quiz.store.deriving import PARTS
from quiz.store.salvage import salvage

WELL, MENDED, ILL = "well", "mended", "ill"
_HOUR = 3_600
_DAY_MS = 86_400_000


class Finding(NamedTuple):
    """What was looked at, how it is now, and that in words."""

    about: str
    state: str
    said: str


@click.command()
@click.option("--dry-run", is_flag=True, help="Only look; mend nothing.")
@click.option("--json", "json_", is_flag=True, help="As JSON.")
def doctor(dry_run: bool, json_: bool) -> int:
    """Look whether progress, backups, decks, cache, settings and clock are in order, and mend what can be.

    The log of your responses is what counts; all memories follow from it. Where they do not agree, or a part of the
    database beside the log is damaged, everything is worked out from the log anew, with what was there before kept
    aside. What cannot be mended is told with what to do, and the exit code is 3.
    """
    places = places_here()
    found = [
        *_progress(places.progress, mend=not dry_run),
        *_private(places.progress, mend=not dry_run),
        *_leftovers(places.progress, mend=not dry_run),
        _backups(places.progress),
        *_decks(),
        _cache(places.cache, mend=not dry_run),
        _settings(places.config),
        _clock(places.progress),
    ]
    if json_:
        click.echo(as_json({"checks": [each._asdict() for each in found]}))
    else:
        style = style_here()
        for each in found:
            say(f"{each.about:<9} {each.said}" if each.state == WELL else f"{each.about:<9} {each.state}: {each.said}")
        if all(each.state == WELL for each in found):
            click.echo(style.strong("Everything is in order."))
    return 3 if any(each.state == ILL for each in found) else 0


def _progress(path: Path, *, mend: bool) -> Iterator[Finding]:
    if not path.exists():
        yield Finding("progress", WELL, f"none yet; it will be kept in {path}")
        return
    try:
        try:
            with Store.open_to_read(path, wait=LONG_WAIT) as store:
                with bar("Checking the log", store.size()) as advance:
                    damage = store.damage(advance)
                agrees = not damage and _agrees(store)
        except DamageError as error:
            damage, agrees = str(error), False
        if damage:
            yield _salvaged(path, damage, mend=mend)
        elif not agrees:
            yield _rebuilt(path, mend=mend)
        inside = look_into(path)
        if agrees:
            responses, cards = counted(len(inside.responses), "response"), counted(inside.cards, "card")
            yield Finding(
                "progress", WELL, f"{responses} on {cards}; the file is sound, and memories are what the log gives"
            )
    except StorageError as error:
        yield Finding("progress", ILL, str(error))


def _agrees(store: Store) -> bool:
    with bar("Checking memories", PARTS) as advance:
        return store.agrees(advance)


def _salvaged(path: Path, damage: str, *, mend: bool) -> Finding:
    if not mend:
        return Finding("progress", ILL, f"the database is damaged: {damage}; `quiz doctor` tries to mend it")
    aside = salvage(path, new_id())
    return Finding(
        "progress",
        MENDED,
        f"the database was damaged ({damage}), and made anew from its log, which is whole; kept aside: {aside}",
    )


def _rebuilt(path: Path, *, mend: bool) -> Finding:
    if not mend:
        return Finding("progress", ILL, "memories are not what the log gives; `quiz doctor` works them out anew")
    with Store.open(path, new_id(), wait=LONG_WAIT) as store:
        backup = store.back_up(f"before-doctor-{datetime.now():%Y-%m-%d-%H%M%S}.db")
        with bar("Working out memories", PARTS) as advance:
            store.rebuild(advance)
    return Finding(
        "progress", MENDED, f"memories were not what the log gives, and were worked out anew; before: {backup}"
    )


def _private(path: Path, *, mend: bool) -> Iterator[Finding]:
    """Files that others can read, where the system knows of such a thing."""
    for each in (path, *backups(path)):
        if os.name == "posix" and each.exists() and each.stat().st_mode & 0o077:
            if mend:
                each.chmod(0o600)
            said = f"{each} {'could be' if mend else 'can be'} read by others"
            yield Finding("privacy", MENDED if mend else ILL, f"{said}; now only by you" if mend else said)


def _leftovers(path: Path, *, mend: bool) -> Iterator[Finding]:
    """Files half made when a program was killed; one that is being made now is younger."""
    halves = [*path.parent.glob("*.new*"), *backup_folder(path).glob("*.new*")]
    old = [each for each in halves if each.stat().st_mtime < datetime.now().timestamp() - _HOUR]
    if old:
        for each in old if mend else ():
            each.unlink(missing_ok=True)
        said = f"{counted(len(old), 'file')} half made when a program was killed"
        yield Finding("leftovers", MENDED if mend else WELL, f"{said}; removed" if mend else said)


def _backups(path: Path) -> Finding:
    found = backups(path)
    if not found:
        return Finding("backups", WELL, "none yet; one is made on every day on which you study")
    latest = datetime.fromtimestamp(found[0].stat().st_mtime)
    return Finding("backups", WELL, f"{len(found)}, the latest of {latest:%Y-%m-%d}: {found[0]}")


def _decks() -> Iterator[Finding]:
    for folder in shipped():
        try:
            deck, problems = load(folder)
        except QuizError as error:
            yield Finding("decks", ILL, str(error))
            continue
        if deck is None or problems:
            yield Finding(
                "decks", ILL, f"{folder}: {counted(len(problems), 'problem')}; `quiz check {folder.name}` lists them"
            )
        else:
            yield Finding("decks", WELL, f"{deck.id} {deck.version}, {counted(len(deck.facts), 'fact')}")


def _cache(folder: Path, *, mend: bool) -> Finding:
    entries = sorted(folder.glob("*.deck"))
    spoilt = [each for each in entries if recall(folder, each.stem) is None]
    spoilt += [each for each in folder.glob(f"*{PIECES}") if not is_sound(each)]
    if not spoilt:
        return Finding("cache", WELL, f"{counted(len(entries), 'deck')} ready in {folder}")
    if mend:
        for each in spoilt:
            with suppress(OSError):  # a folder by that name, or a file that a sitting has open on Windows
                each.unlink(missing_ok=True)
    said = f"{counted(len(spoilt), 'entry')} of another version, or damaged"
    return Finding("cache", WELL, f"{said}{'; removed, as decks are read anew when needed' if mend else ''}")


def _settings(path: Path) -> Finding:
    try:
        load_settings(path)
    except StorageError as error:
        return Finding("settings", ILL, str(error))
    return Finding("settings", WELL, str(path) if path.exists() else "all as they come")


def _clock(path: Path) -> Finding:
    now = stamp_now("")
    hours, minutes = divmod(abs(now.offset), 60)
    zone = f"UTC{'-' if now.offset < 0 else '+'}{hours:02}:{minutes:02}"
    try:
        latest = look_into(path).latest if path.exists() else None
    except StorageError:
        latest = None
    if latest is not None and latest > now.time + _DAY_MS:
        moment = datetime.fromtimestamp(latest / 1000)
        said = f"the latest response is of {moment:%Y-%m-%d}, and this clock says {datetime.now():%Y-%m-%d}"
        return Finding(
            "clock", ILL, f"{said}: set it right; cards answered while it was ahead can be reset (`quiz reset`)"
        )
    return Finding("clock", WELL, f"{datetime.now():%Y-%m-%d %H:%M}, {zone}; a study day begins at 04:00")
