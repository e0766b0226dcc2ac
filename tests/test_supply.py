"""What is installed is known: ranges in pyproject.toml, and versions with hashes where it is developed and tested."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PINNED = (ROOT / "constraints.txt", ROOT / ".ci" / "constraints.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]


def pinned(path: Path) -> dict[str, str]:
    """Versions by name."""
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text(encoding="utf-8"), re.M)
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (PINNED[0], [*PROJECT["project"]["dependencies"], *EXTRAS["dev"], *PROJECT["build-system"]["requires"]]),
        (PINNED[1], [*EXTRAS["oracle"], *EXTRAS["audit"]]),
    ],
)
def test_every_dependency_is_pinned_within_its_range(path: Path, wanted: list[str]) -> None:
    """A range that was changed without making the file anew is noticed."""
    versions = pinned(path)
    for each in map(Requirement, wanted):
        assert versions[canonicalize_name(each.name)] in each.specifier, each


@pytest.mark.parametrize("path", PINNED, ids=["development", "ci"])
def test_every_pinned_version_has_hashes_and_nothing_has_an_address(path: Path) -> None:
    """Then what is fetched is what was looked at, from wherever it comes."""
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    blocks = re.split(r"^(?=\w)", "\n".join(lines), flags=re.M)[1:]
    assert len(blocks) == len(pinned(path)) > 20
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)
    assert not re.search(r"://| @ |^-|file:|git\+", "\n".join(lines), re.M)


def test_both_files_agree() -> None:
    """A package that stands in both is pinned to one version."""
    development, ci = map(pinned, PINNED)
    assert {name: ci[name] for name in development.keys() & ci.keys()} == {
        name: development[name] for name in development.keys() & ci.keys()
    }


def test_each_dependency_of_the_program_has_a_range_with_an_end() -> None:
    """A next major version is tried before learners get it."""
    for each in map(Requirement, PROJECT["project"]["dependencies"]):
        assert {">=", "<"} <= {part.operator for part in each.specifier}, each


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_audit_fails_for_what_is_known_and_says_what_it_could_not_look_up(audit: ModuleType) -> None:
    """Out of reach is no failure, and no all-clear either."""
    clean = {"name": "a", "version": "1", "vulns": []}
    bad = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
    skipped = {"name": "c", "skip_reason": "Dependency not found on PyPI"}

    def told(*found: object) -> tuple[int, str]:
        code, said = audit.verdict(json.dumps({"dependencies": found}), "")
        return int(code), str(said)

    assert told(clean) == (0, "1 packages without a known vulnerability")
    assert told(clean, bad, skipped) == (1, "known vulnerabilities: b 2: PYSEC-1")
    assert told(clean, skipped) == (0, "1 packages without a known vulnerability; not looked up: c")
    assert told(skipped)[0] == 0 and told(skipped)[1].startswith("skipped")
    assert audit.verdict("", "ConnectionError: Failed to resolve")[0] == 0
    assert audit.verdict("", "KeyError: 'x'")[0] == 1
