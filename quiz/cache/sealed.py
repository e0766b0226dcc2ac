"""Seals files of the cache by a digest: what is not as it was written is not read, since it could crash its reader."""

from __future__ import annotations

import marshal
from contextlib import suppress
from pathlib import Path
from typing import Any

from quiz.draw import blake2b
from quiz.private import make_folder, put

_DIGEST = 16


def seal(data: bytes) -> bytes:
    """The bytes with a digest before them."""
    return blake2b(data, digest_size=_DIGEST).digest() + data


def opened(path: Path) -> bytes | None:
    """The bytes that were sealed into a file; None when there is none, or it is not as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    data = content[_DIGEST:]
    return data if content == seal(data) else None


def read(path: Path) -> Any:
    """What `write` put into a file; None when there is none, or it is not as it was written."""
    data = opened(path)
    try:
        return None if data is None else marshal.loads(data)
    except (EOFError, ValueError, TypeError):
        return None


def write(path: Path, value: Any) -> None:
    """Put numbers, texts, and tuples, sets and mappings of them into a file, as far as it can be written."""
    with suppress(OSError):
        make_folder(path.parent)
        put(path, seal(marshal.dumps(value)))
