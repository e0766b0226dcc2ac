"""Keeps a page as a file, without harm to a file that is not one of ours."""

from __future__ import annotations

import os
from pathlib import Path

from quiz.errors import StorageError, UsageError
from quiz.private import put
from quiz.report.page import GENERATOR

_MARK = f'<meta name="generator" content="{GENERATOR} '.encode()


def keep(path: Path, page: str, *, force: bool = False) -> None:
    """Write a page for its owner to read: aside first, then into its place, so that there is never half a page.

    Raises UsageError, with nothing written, where a file stands that is not a page of ours (unless ``force``) or
    something that is no file; StorageError when writing fails.
    """
    path = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is not a file; name one with -o, report.html for example")
        if path.exists() and not force and not _is_ours(path):
            raise UsageError(f"{path} is not a page made by quiz; name another file, or give --force to overwrite it")
        put(path, page.encode())
    except OSError as error:
        remedy = "check that the folder exists and can be written to"
        raise StorageError(f"{path} cannot be written ({error.strerror}); {remedy}") from error


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return _MARK in file.read(500)
