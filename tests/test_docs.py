"""The documents say what the program does."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from quiz.cli.program import COMMANDS
from quiz.loader import facts, load, sections
from quiz.loader.shapes import Shape
from quiz.questions import KINDS
from quiz.verdict import Rule

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("decks/*.md")]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_page_of_commands_is_that_of_the_help_texts() -> None:
    """`make commands` was run after the last change of a help text."""
    spec = importlib.util.spec_from_file_location("write_commands", ROOT / "docs" / "write_commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert text("docs/commands.md") == module.page()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Every relative link names a file of the repository."""
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_commands_that_pages_speak_of_exist(page: Path) -> None:
    """Whoever types what a page says is not told that there is no such command."""
    for name in re.findall(r"`quiz ([a-z]+)[` ]", page.read_text(encoding="utf-8")):
        assert name in COMMANDS, name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_make_targets_that_pages_speak_of_exist(page: Path) -> None:
    """The Makefile has every target that is promised."""
    makefile = text("Makefile")
    for name in re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8")):
        assert re.search(rf"^{name}:", makefile, re.M), name


def test_every_rule_and_kind_is_described() -> None:
    """The contract of the bank leaves none out."""
    page = text("docs/bank-format.md")
    assert all(f"`{rule}`" in page for rule in Rule)
    assert all(f"`{kind}`" in page for kind in KINDS)


def test_the_example_in_the_format_page_is_a_deck_once_its_gaps_are_filled(tmp_path: Path) -> None:
    """The YAML blocks of docs/deck-format.md are read by the loader; only ids that the page does not define are missing."""
    blocks = re.findall(r"```yaml\n(.*?)```", text("docs/deck-format.md"), re.S)
    assert len(blocks) >= 4
    for number, block in enumerate(blocks):
        (tmp_path / f"{number}.yaml").write_text(block.replace("…", "smart-living-2009 Lupus ¶2"), encoding="utf-8")
    _, problems = load(tmp_path)
    for problem in problems:
        missing = "unknown" in problem.message and "unknown key" not in problem.message
        assert missing or "no other feature has near" in problem.message, problem


def test_the_session_in_the_readme_is_as_printed() -> None:
    """`docs/show_session.py` prints the very screens that the README shows."""
    pytest.importorskip("pexpect", reason="pexpect drives the terminal")
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "show_session.py")], capture_output=True, text=True, check=True
    )
    assert done.stdout.rstrip("\n") in text("README.md")


@pytest.mark.parametrize(
    ("entry", "shape"),
    [
        ("deck", sections.DECK),
        ("source", sections.SOURCE),
        ("paragraph", sections.PARAGRAPH),
        ("group", sections.GROUP),
        ("subject", sections.SUBJECT),
        ("aspect", sections.ASPECT),
        ("feature", sections.FEATURE),
        ("fact", facts.FACT),
        ("disputed", facts.DISPUTED),
        ("closure", facts.CLOSURE),
        ("apart", facts.APART),
        ("more-often", facts.MORE_OFTEN),
        ("side-by-side", facts.SIDE_BY_SIDE),
        ("statement", facts.STATEMENT),
        ("number", facts.FIGURE),
        ("how", facts.HOW),
    ],
)
def test_the_table_of_keys_is_that_of_the_loader(entry: str, shape: Shape) -> None:
    """Every key that the loader knows stands in its column, and no other."""
    rows = re.findall(r"^\| (\S+)[^|]*\|([^|]*)\|([^|]*)\|$", text("docs/deck-format.md"), re.M)
    cells = {name: (must, may) for name, must, may in rows}
    fact = facts.FACT if entry not in ("fact", "disputed") else Shape({})
    must, may = cells[entry]
    shown = {
        word for word in re.findall(r"[a-z_-]+", must) if word not in ("a", "reference", "also", "read", "address")
    }
    own = set(shape.required) - (set(fact.required) if entry in LIKE_A_FACT else set())
    assert shown == own
    optional = set(shape.optional) - (set(fact.optional) if entry in LIKE_A_FACT else set())
    if entry == "disputed":
        optional = {"cite"}
    assert optional <= set(re.findall(r"[a-z_-]+", f"{must} {may}"))


LIKE_A_FACT = {"closure", "apart", "more-often", "side-by-side", "statement", "how"}
