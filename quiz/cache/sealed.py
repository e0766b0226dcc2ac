"""Plain values in a file of the cache, sealed by a digest: what is not as it was written is not read at all."""

from __future__ import annotations

import marshal
from contextlib import suppress
from pathlib import Path
from typing import Any

from quiz.draw import blake2b
from quiz.private import make_folder, put

_DIGEST = 16


def read(path: Path) -> Any:
    """What `write` put into a file; None when there is none, or it is not as it was written."""
    try:
        content = path.read_bytes()
        digest, data = content[:_DIGEST], content[_DIGEST:]
        if blake2b(data, digest_size=_DIGEST).digest() != digest:  # what is broken could crash what reads it
            return None
        return marshal.loads(data)
    except (OSError, EOFError, ValueError, TypeError):
        return None


def write(path: Path, value: Any) -> None:
    """Put numbers, texts, and tuples, sets and mappings of them into a file, as far as it can be written."""
    data = marshal.dumps(value)
    with suppress(OSError):
        make_folder(path.parent)
        put(path, blake2b(data, digest_size=_DIGEST).digest() + data)
