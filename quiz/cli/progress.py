"""`quiz progress`: the log as a file, and the logs of two machines in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import click

from quiz.cli.bar import bar, watched
from quiz.cli.cards import counted, say
from quiz.cli.opening import open_progress, read_progress
from quiz.cli.options import harmless_json
from quiz.errors import StorageError, UsageError
from quiz.store.deriving import PARTS
from quiz.store.rows import Row


@click.group()
def progress() -> None:
    """Carry progress from one machine to another, or keep it as text."""


@progress.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
def export(file: Path) -> None:
    """Write everything you ever answered into FILE, as lines of JSON; `-` prints it.

    The file holds the whole log, struck-out responses too; memories follow from it. The first line says what the file
    is, each line after it is one row. An earlier export in FILE is replaced; no other file is.
    """
    from quiz.store.exchange import lines_of

    with read_progress() as store:
        lines = lines_of(store.rows())
        if str(file) == "-":
            for line in lines:
                click.echo(harmless_json(line))
            return
        if file.exists() and not _is_export(file):
            raise UsageError(f"{file} is there already and is no export of progress; name another file")
        with bar("Writing the log", store.size() + 1) as advance:
            rows = _write(file, watched(lines, advance)) - 1
    say(f"{file}: {counted(rows, 'row')} of the log; `quiz progress merge` takes them in on another machine")


def _is_export(file: Path) -> bool:
    from quiz.store.exchange import is_ours

    with file.open("rb") as lines:
        return is_ours(lines.readline(1_000))


def _write(file: Path, lines: Iterable[str]) -> int:
    """Write the file aside and move it into place, for its owner alone; returns how many lines there are."""
    from quiz.store.database import new_file, one_line

    with one_line(file):
        new = new_file(file)
        try:
            with new.open("w", encoding="utf-8", newline="\n") as out:
                count = sum(1 for line in lines if out.write(line + "\n"))
            new.replace(file)
        finally:
            new.unlink(missing_ok=True)
    return count


@progress.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Do it; without this nothing is changed.")
def merge(file: Path, apply_: bool) -> None:
    """Take in what was answered on another machine.

    FILE is what `quiz progress export` wrote there. First it is shown what is new in it; --apply takes it in, after a
    backup, in one step, and works all memories out anew.

    Nothing counts twice, and the order does not matter: merge the same file again, or each machine's file into the
    other, and both know the same.
    """
    if not apply_:
        with read_progress() as store:
            tally = _tally(store.unknown(_rows_of(file)))
        _tell(file, tally)
        if tally:
            say("Nothing was changed yet; --apply does it.")
        return
    with open_progress() as store:
        tally = _tally(store.unknown(_rows_of(file)))
        _tell(file, tally)
        if tally:
            backup = store.back_up(f"before-merge-{datetime.now():%Y-%m-%d-%H%M%S}.db")
            with bar("Working out memories", PARTS) as advance:
                store.merge(_rows_of(file), advance)
            say(f"Done. Progress as it was before is kept in {backup}")


def _rows_of(file: Path) -> Iterator[tuple[str, Row]]:
    from quiz.store.exchange import read_rows

    try:
        with file.open("rb") as lines:
            yield from read_rows(lines, str(file))
    except OSError as error:
        raise StorageError(f"{file} cannot be read ({error.strerror}); check the path and its permissions") from error


def _tally(rows: Iterable[Row]) -> Counter[str]:
    return Counter(row["event"] for row in rows)


def _tell(file: Path, new: Counter[str]) -> None:
    if not new:
        say(f"{file}: nothing new; all of it is here already")
        return
    others = new.total() - new["response"]
    beside = f", and {counted(others, 'row')} of another kind, such as undone responses, notes, suspensions"
    say(f"{file}: {counted(new['response'], 'new response')}{beside if others else ''}")
