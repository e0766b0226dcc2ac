"""Keeps the log of responses, and the memories derived from it, in one SQLite file.

`backups`, `salvage` and `exchange` are for the commands that need them, and imported there.
"""

from quiz.store.store import Store

__all__ = ["Store"]
