"""Finding decks: those shipped with the program, and folders of the learner's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from quiz.errors import UsageError
from quiz.shelf import find, shipped, shipped_folder

PYPROJECT = '[project]\nname = "tellapart"\n'


def make(folder: Path, *decks: str) -> Path:
    """A folder of decks, each with one YAML file."""
    for deck in decks:
        (folder / deck).mkdir(parents=True)
        (folder / deck / "deck.yaml").write_text("deck: {}\n", encoding="utf-8")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The package of a clone that ships two decks."""
    (tmp_path / "clone" / "quiz").mkdir(parents=True)
    (tmp_path / "clone" / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    make(tmp_path / "clone" / "decks", "lupus-look-alikes", "birds")
    return tmp_path / "clone" / "quiz"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_an_installed_program_ships_decks_within_its_package(tmp_path: Path) -> None:
    """In a wheel the decks lie in the package, whatever lies beside it."""
    inside = make(tmp_path / "quiz" / "decks", "birds")
    make(tmp_path / "decks", "somebody-elses")
    assert shipped_folder(tmp_path / "quiz") == inside
    assert shipped(tmp_path / "quiz") == (inside / "birds",)


def test_a_clone_ships_the_decks_beside_its_package(package: Path) -> None:
    """In a clone the decks lie beside the package, in the order of their names."""
    decks = package.parent / "decks"
    assert shipped_folder(package) == decks
    assert shipped(package) == (decks / "birds", decks / "lupus-look-alikes")


@pytest.mark.parametrize("text", ['[project]\nname = "other"\n', "[project", "project = 1", "", "\udcff"])
def test_decks_beside_another_project_are_not_shipped(text: str, package: Path) -> None:
    """Only this program's own pyproject.toml makes a clone."""
    (package.parent / "pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert shipped(package) == ()


def test_this_program_knows_its_own_folder() -> None:
    """Where these tests run, the folder of shipped decks is called so."""
    assert shipped_folder().name == "decks"


def test_only_folders_with_yaml_files_are_decks(package: Path) -> None:
    """Files, empty folders and folders of other things are passed over."""
    decks = package.parent / "decks"
    (decks / "README.md").write_text("For authors", encoding="utf-8")
    (decks / "empty").mkdir()
    (decks / "pictures").mkdir()
    (decks / "pictures" / "a.png").write_bytes(b"")
    assert [deck.name for deck in shipped(package)] == ["birds", "lupus-look-alikes"]


def test_a_name_finds_a_shipped_deck(package: Path, here: Path) -> None:
    """The plain name of a shipped deck is enough."""
    assert find("birds", package) == package.parent / "decks" / "birds"


def test_a_path_finds_a_folder(package: Path, here: Path) -> None:
    """Folders are found by relative and absolute paths, and by a plain name when no shipped deck has it."""
    make(here, "mine")
    assert find("./mine", package) == Path("mine")
    assert find("mine", package) == Path("mine")
    assert find("mine/", package) == Path("mine")
    assert find(str(here / "mine"), package) == here / "mine"
    assert find(".", package) == Path()
    assert find("..", package) == Path("..")


def test_a_shipped_name_wins_over_a_folder_here_unless_it_is_written_as_a_path(package: Path, here: Path) -> None:
    """A name means the same deck wherever the command is given; a separator asks for the folder here."""
    make(here, "birds")
    assert find("birds", package) == package.parent / "decks" / "birds"
    assert find("./birds", package) == Path("birds")
    assert find("birds/", package) == Path("birds")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("brids", 'there is no deck "brids"; did you mean "birds"?'),
        ("zzz", 'there is no deck "zzz"; give the path of a folder, or one of: birds, lupus-look-alikes'),
        ("", 'there is no deck ""; give the path of a folder, or one of: birds, lupus-look-alikes'),
        ("./birds", 'there is no folder "./birds"; check the path'),
        ("no/such", 'there is no folder "no/such"; check the path'),
        ("deck.yaml", '"deck.yaml" is a file, and a deck is a folder; give the folder that the file is in'),
        ("./deck.yaml", '"./deck.yaml" is a file, and a deck is a folder; give the folder that the file is in'),
    ],
)
def test_what_is_no_deck_is_said_in_one_line(asked: str, message: str, package: Path, here: Path) -> None:
    """A wrong name gets the nearest or all names; a wrong path is told to be one."""
    (here / "deck.yaml").write_text("deck: {}\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        find(asked, package)
    assert str(caught.value) == message


def test_without_shipped_decks_a_path_is_asked_for(tmp_path: Path, here: Path) -> None:
    """Where the program came without decks, the advice names none."""
    with pytest.raises(UsageError) as caught:
        find("birds", tmp_path / "nowhere")
    assert str(caught.value) == 'there is no deck "birds"; give the path of a folder with a deck in it'


@pytest.mark.parametrize("asked", ["x" * 5000, "a\0b", "a/" * 3000])
def test_a_path_that_cannot_be_looked_at_is_missing(asked: str, package: Path, here: Path) -> None:
    """Names too long for the system and names with a null are no tracebacks."""
    with pytest.raises(UsageError, match="there is no"):
        find(asked, package)
