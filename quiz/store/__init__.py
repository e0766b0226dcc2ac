"""Keeps the log of responses, and the memories derived from it, in one SQLite file."""

from quiz.store.store import Store

__all__ = ["Store"]
