"""The few exceptions that a user can meet; each carries one clear line."""

from __future__ import annotations

from collections.abc import Sequence


class QuizError(Exception):
    """Something the user can mend. The text is one line: what is wrong, where, and what to do."""

    exit_code = 1


class UsageError(QuizError):
    """The command was asked for something that does not exist."""

    exit_code = 2


class StorageError(QuizError):
    """Progress, a deck file or a configuration cannot be read or written."""

    exit_code = 3


class DeckError(QuizError):
    """A deck has problems, so it cannot be used. ``problems`` are printable, one a line."""

    def __init__(self, message: str, problems: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
