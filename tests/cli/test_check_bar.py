"""`quiz check` shows how far it is, where somebody watches, and there alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from quiz.cli.program import main
from quiz.deck import Deck

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(os.name == "nt", reason="a terminal of our own needs a pty")

DUCKS = """
subjects:
  teal: {group: birds, name: teal, short: teals}
  smew: {group: birds, name: smew, short: smews}
features:
  crest:
    aspect: sign
    noun: a crest
    present:
      smew: {says: Smews have a crest., cite: book Ducks ¶1, cloze: "Smews have a {crest}."}
    absent:
      teal: {says: Teals have no crest., cite: book Ducks ¶2}
"""


def test_a_bar_tells_how_far_the_check_is(deck_of: Callable[[str], Deck]) -> None:
    """In a terminal, one for making the questions and one for checking them, both to the end."""
    child = pexpect.spawn(
        sys.executable,
        ["-c", "from quiz.cli import main; main()", "check", deck_of(DUCKS).path],
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    child.expect(pexpect.EOF)
    for label in ("Making questions of sample", "Checking sample"):
        assert label in child.before
    assert child.before.count("100%") == 2


def test_without_a_terminal_nothing_but_the_result_is_printed(deck_of: Callable[[str], Deck]) -> None:
    """A log or a pipe holds no bar, on either stream."""
    result = CliRunner().invoke(main, ["check", deck_of(DUCKS).path])
    assert result.output.count("\n") == 1
    assert result.output.endswith("question\n") or result.output.endswith("questions\n")
