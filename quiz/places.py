"""Where progress, configuration and cache live on this machine."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from quiz.errors import StorageError

_NAME = "tellapart"


class Places(NamedTuple):
    """The file that holds progress, the file that holds the configuration, and the folder for what can be made anew."""

    progress: Path
    config: Path
    cache: Path


def places_here() -> Places:
    """The places of this machine and user. Raises StorageError as `find_places` does."""
    try:
        home = Path.home()
    except RuntimeError:
        home = None
    return find_places(os.environ, sys.platform, home)


def find_places(env: Mapping[str, str], platform: str, home: Path | None) -> Places:
    """The places by environment, platform (as in ``sys.platform``) and home folder, None if there is none.

    ``QUIZ_HOME`` covers everything; a ``~`` at its start is the home folder. Without it the platform's own folders are
    taken. Raises StorageError when QUIZ_HOME is relative, for then progress would depend on where the command is given,
    or when neither it nor a home folder tells where to go.
    """
    if chosen := env.get("QUIZ_HOME"):
        folder = _chosen(chosen, home)
        return _places(folder, folder, folder / "cache")
    if platform == "win32":
        local = _folder(env, "LOCALAPPDATA", home, "AppData/Local") / _NAME
        return _places(local, _folder(env, "APPDATA", home, "AppData/Roaming") / _NAME, local / "cache")
    if platform == "darwin":
        support = _below(home, "Library/Application Support") / _NAME
        return _places(support, support, _below(home, "Library/Caches") / _NAME)
    return _places(
        _folder(env, "XDG_DATA_HOME", home, ".local/share") / _NAME,
        _folder(env, "XDG_CONFIG_HOME", home, ".config") / _NAME,
        _folder(env, "XDG_CACHE_HOME", home, ".cache") / _NAME,
    )


def _places(data: Path, config: Path, cache: Path) -> Places:
    return Places(progress=data / "progress.db", config=config / "config.toml", cache=cache)


def _chosen(text: str, home: Path | None) -> Path:
    parts = Path(text).parts
    folder = _below(home, *parts[1:]) if parts[:1] == ("~",) else Path(text)
    if not folder.is_absolute():
        raise StorageError(f'QUIZ_HOME is "{text}", which depends on the current folder; set it to an absolute path')
    return folder


def _folder(env: Mapping[str, str], variable: str, home: Path | None, otherwise: str) -> Path:
    """A folder by its variable; one that is unset, empty or relative is passed over, as XDG demands."""
    folder = Path(env.get(variable, ""))
    return folder if folder.is_absolute() else _below(home, otherwise)


def _below(home: Path | None, *parts: str) -> Path:
    if home is None or not home.is_absolute():
        raise StorageError("no home folder is known to keep progress in; set HOME or QUIZ_HOME to an absolute path")
    return home.joinpath(*parts)
