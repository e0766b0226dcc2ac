"""The house stays in order: who may import whom, and which module alone may use a library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS = (
    {"errors", "deck", "memory", "collecting"},
    {"facts", "verdict", "hierarchy", "reasoning", "conflicts", "citation", "lookup", "draw", "studyday", "coverage"},
    {"questions", "scheduling", "gaps"},
    {"proof", "flaws", "interchange", "confusion", "finding", "catalogue", "parts"},
    {"session", "newcards", "planning", "drilling", "exam", "probe", "desk", "insight", "settings", "standing"},
    {
        "yamltree",
        "loader",
        "shelf",
        "places",
        "private",
        "cache",
        "store",
        "journal",
        "terminal",
        "configuration",
        "report",
        "anki",
    },
    {"cli"},
)
FLOOR = {module: number for number, modules in enumerate(FLOORS) for module in modules}

MAY_USE_A_NEIGHBOUR = {
    ("loader", "yamltree"),
    *((each, "private") for each in ("anki", "cache", "configuration", "report", "store")),
    ("journal", "store"),
    ("reasoning", "verdict"),
    ("reasoning", "hierarchy"),
    ("conflicts", "reasoning"),
    ("gaps", "questions"),
    ("planning", "session"),
    ("planning", "newcards"),
    ("desk", "session"),
    ("standing", "planning"),
    ("report", "terminal"),
    ("drilling", "session"),
    ("probe", "session"),
    ("exam", "session"),
}
"""Within a floor, modules keep apart, but for these."""

OWNERS = {
    "yaml": {"yamltree"},
    "sqlite3": {"store", "anki", "cache"},
    "genanki": {"anki"},
    "zstandard": {"anki"},
    "fsrs": {"scheduling"},
    "rapidfuzz": {"questions"},
    "click": {"cli"},
    "termios": {"terminal"},
    "msvcrt": {"terminal"},
}

PURE = {module for floor in FLOORS[:5] for module in floor}


def imports(path: Path) -> Iterator[str]:
    """Every module imported in a file, wherever it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "quiz")


def modules() -> list[tuple[str, Path]]:
    """(name of the module or package below quiz, file) for every source file."""
    found = []
    for path in sorted((ROOT / "quiz").rglob("*.py")):
        inside = path.relative_to(ROOT / "quiz").parts
        if inside != ("__init__.py",):
            found.append((inside[0].removesuffix(".py"), path))
    return found


def test_every_module_has_its_floor() -> None:
    """A new module needs a place in the house."""
    assert {name for name, _ in modules()} == set(FLOOR)


@pytest.mark.parametrize(
    ("module", "path"), modules(), ids=lambda value: value if isinstance(value, str) else value.name
)
def test_modules_import_from_lower_floors_only(module: str, path: Path) -> None:
    """The core knows nothing of the edges, and edges nothing of each other."""
    for name in imports(path):
        package, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if package == "quiz" and other in FLOOR and other != module:
            lower = FLOOR[other] < FLOOR[module]
            assert lower or (module, other) in MAY_USE_A_NEIGHBOUR, f"{path} imports quiz.{other}"


@pytest.mark.parametrize(
    ("module", "path"), modules(), ids=lambda value: value if isinstance(value, str) else value.name
)
def test_one_library_one_module(module: str, path: Path) -> None:
    """Each library has one door."""
    for name in imports(path):
        owners = OWNERS.get(name.partition(".")[0])
        assert owners is None or module in owners, f"{path} imports {name}"


@pytest.mark.parametrize(
    ("module", "path"),
    [(module, path) for module, path in modules() if module in PURE],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_the_core_has_no_clock_no_chance_and_no_files(module: str, path: Path) -> None:
    """The moment and the seed are arguments; nothing is printed or opened below the edges."""
    for name in imports(path):
        assert name.partition(".")[0] not in {"random", "time", "os", "pathlib", "sys", "io", "secrets", "uuid"}, path
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "open", "input"}, f"{path}:{node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"now", "today", "utcnow"}, f"{path}:{node.lineno}"


def test_proof_shares_nothing_with_what_it_checks() -> None:
    """The checker imports the nouns of the deck and nothing else of ours."""
    for module, path in modules():
        if module == "proof":
            ours = {name for name in imports(path) if name.startswith("quiz.")}
            assert all(name.startswith(("quiz.deck", "quiz.proof")) for name in ours), path
