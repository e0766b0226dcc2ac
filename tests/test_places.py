"""Progress, configuration and cache live where the platform, or QUIZ_HOME, says."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import StorageError
from quiz.places import Places, find_places, places_here

HOME = Path("/home/ada").absolute()
ELSEWHERE = str(Path("/elsewhere").absolute())


@pytest.mark.parametrize(
    ("platform", "progress", "config", "cache"),
    [
        (
            "linux",
            ".local/share/tellapart/progress.db",
            ".config/tellapart/config.toml",
            ".cache/tellapart",
        ),
        (
            "darwin",
            "Library/Application Support/tellapart/progress.db",
            "Library/Application Support/tellapart/config.toml",
            "Library/Caches/tellapart",
        ),
        (
            "win32",
            "AppData/Local/tellapart/progress.db",
            "AppData/Roaming/tellapart/config.toml",
            "AppData/Local/tellapart/cache",
        ),
    ],
)
def test_without_variables_the_platforms_own_folders_are_taken(
    platform: str, progress: str, config: str, cache: str
) -> None:
    assert find_places({}, platform, HOME) == Places(HOME / progress, HOME / config, HOME / cache)


def test_xdg_variables_are_honoured_on_linux() -> None:
    env = {"XDG_DATA_HOME": f"{ELSEWHERE}/d", "XDG_CONFIG_HOME": f"{ELSEWHERE}/c", "XDG_CACHE_HOME": f"{ELSEWHERE}/x"}
    expected = Places(
        Path(ELSEWHERE, "d/tellapart/progress.db"),
        Path(ELSEWHERE, "c/tellapart/config.toml"),
        Path(ELSEWHERE, "x/tellapart"),
    )
    assert find_places(env, "linux", None) == expected


@pytest.mark.parametrize("value", ["", "relative/data"])
def test_an_empty_or_relative_xdg_variable_is_passed_over(value: str) -> None:
    assert find_places({"XDG_DATA_HOME": value}, "linux", HOME) == find_places({}, "linux", HOME)


def test_windows_variables_are_honoured_on_windows() -> None:
    places = find_places({"LOCALAPPDATA": f"{ELSEWHERE}/l", "APPDATA": f"{ELSEWHERE}/r"}, "win32", None)
    assert places.progress == Path(ELSEWHERE, "l/tellapart/progress.db")
    assert places.config == Path(ELSEWHERE, "r/tellapart/config.toml")


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("home", [HOME, None])
def test_quiz_home_covers_everything(platform: str, home: Path | None) -> None:
    env = {"QUIZ_HOME": ELSEWHERE, "XDG_DATA_HOME": "/x", "APPDATA": "/y"}
    folder = Path(ELSEWHERE)
    expected = Places(folder / "progress.db", folder / "config.toml", folder / "cache")
    assert find_places(env, platform, home) == expected


def test_an_empty_quiz_home_is_as_good_as_none() -> None:
    assert find_places({"QUIZ_HOME": ""}, "linux", HOME) == find_places({}, "linux", HOME)


def test_a_tilde_that_no_shell_expanded_is_the_home_folder() -> None:
    assert find_places({"QUIZ_HOME": "~/quiz"}, "linux", HOME).progress == HOME / "quiz/progress.db"


@pytest.mark.parametrize("value", ["here", "./here", "..", "."])
def test_a_relative_quiz_home_is_refused_in_one_line(value: str) -> None:
    """Else progress would seem lost whenever the command is given in another folder."""
    with pytest.raises(StorageError) as caught:
        find_places({"QUIZ_HOME": value}, "linux", HOME)
    assert str(caught.value) == (
        f'QUIZ_HOME is "{value}", which depends on the current folder; set it to an absolute path'
    )


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
@pytest.mark.parametrize("home", [None, Path(), Path("ada")])
def test_without_a_home_folder_one_line_says_what_to_set(platform: str, home: Path | None) -> None:
    with pytest.raises(StorageError) as caught:
        find_places({}, platform, home)
    assert "set HOME or QUIZ_HOME to an absolute path" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_places_here_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path))
    assert places_here().progress == tmp_path / "progress.db"


def test_a_machine_that_knows_no_home_needs_only_quiz_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setenv("QUIZ_HOME", str(tmp_path))
    assert places_here().cache == tmp_path / "cache"
