"""Reads and writes the settings file."""

from __future__ import annotations

import re
from pathlib import Path

from quiz.errors import StorageError, UsageError
from quiz.private import make_folder, put
from quiz.settings import SETTINGS, Settings, from_table

_REMEDY = "mend it, or delete the file to go back to the defaults"


def load_settings(path: Path) -> Settings:
    """The settings in the file; the defaults if it is missing.

    Raises StorageError for a file that cannot be used, with the line that is at fault.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors put a mark before the first letter
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise StorageError(f"{path} is not UTF-8 text; {_REMEDY}") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    import tomllib  # only where there is a file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, at = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", at)
        number = int(line.group(1)) if line else max(1, len(text.splitlines()))
        raise StorageError(f"{path}:{number}: {said}; {_REMEDY}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists a thousand deep
        raise StorageError(f"{path} holds what no setting needs; {_REMEDY}") from error
    for name, value in table.items():
        try:
            from_table({name: value})
        except (UsageError, ValueError) as error:
            raise StorageError(f"{path}:{_line_of(name, text)}: {error}; {_REMEDY}") from error
    return from_table(table)


def _line_of(name: str, text: str) -> int:
    """The line on which a setting begins."""
    begins = re.compile(rf"""[\s\["']*{re.escape(name)}\b""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if begins.match(line)), 1)


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings that differ from the defaults, with what each does. Raises StorageError if that fails."""
    lines = ["# Settings of quiz. `quiz config` lists and explains them all, and writes this file anew."]
    for each in SETTINGS:
        value = getattr(settings, each.name)
        if value != getattr(Settings(), each.name):
            lines += [f"# {each.about}", f"{each.name} = {str(value).lower()}"]
    try:
        make_folder(path.parent)
        put(path, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written ({error.strerror}); check the folder and its permissions"
        ) from error
