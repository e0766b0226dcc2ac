"""Files that are whole or not there, and folders, that only their owner can read."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for the owner alone. Raises OSError."""
    for each in (*reversed(path.parents), path):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)


def put(path: Path, data: bytes, *, private: bool = True) -> None:
    """Write a file aside, and then into its place; others may read it only if not ``private``. Raises OSError.

    The name aside cannot be foreseen, and no link that lies there is followed: the folder may be a stranger's.
    """
    aside = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.new")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(aside, flags, 0o600 if private else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
