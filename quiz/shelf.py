"""Where decks are found: the decks that come with the program, and folders of the learner's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from quiz.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def shipped_folder(package: Path = _PACKAGE) -> Path:
    """The folder of the decks that come with the program.

    In an installed wheel that is ``decks`` within the package, in a clone (or an editable install, which points at
    one) ``decks`` beside the package, told by the program's own pyproject.toml. The folder may be missing.
    """
    beside = package.parent / "decks"
    return beside if _is_clone(package.parent) and beside.is_dir() else package / "decks"


def _is_clone(folder: Path) -> bool:
    try:
        project = (folder / "pyproject.toml").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    return 'name = "tellapart"' in project.splitlines()  # a TOML reader would take longer than the deck


def shipped(package: Path = _PACKAGE) -> tuple[Path, ...]:
    """The folders of the decks that come with the program, by name; each holds at least one YAML file."""
    try:
        folders = sorted(shipped_folder(package).iterdir())
    except OSError:
        return ()
    return tuple(each for each in folders if each.is_dir() and next(each.glob("*.yaml"), None))


def find(name_or_path: str, package: Path = _PACKAGE) -> Path:
    """The folder of the deck that is meant.

    A text with a separator in it (``./birds``, ``decks/birds``) is a path, and so are ``.`` and ``..``. A plain
    name is first that of a shipped deck, so that it means the same wherever the command is given, and else a folder
    here. Raises UsageError where there is no such deck; what is in the folder is for the loader to say.
    """
    path = Path(name_or_path)
    decks = {deck.name: deck for deck in shipped(package)}
    if name_or_path in decks:
        return decks[name_or_path]
    if name_or_path and _is(path.is_dir):
        return path
    if name_or_path and _is(path.exists):
        raise UsageError(f'"{name_or_path}" is a file, and a deck is a folder; give the folder that the file is in')
    if _is_path(name_or_path):
        raise UsageError(f'there is no folder "{name_or_path}"; check the path')
    raise UsageError(f'there is no deck "{name_or_path}"{_advice(name_or_path, list(decks))}')


def _is(test: Callable[[], bool]) -> bool:
    """Whether something holds of a path, counting a path that cannot even be looked at as missing."""
    try:
        return test()
    except (OSError, ValueError):
        return False


def _is_path(text: str) -> bool:
    return text in (".", "..") or any(mark in text for mark in (os.sep, os.altsep) if mark)


def _advice(name: str, names: list[str]) -> str:
    import difflib

    if near := difflib.get_close_matches(name, names, n=1):
        return f'; did you mean "{near[0]}"?'
    if names:
        return f"; give the path of a folder, or one of: {', '.join(names)}"
    return "; give the path of a folder with a deck in it"
