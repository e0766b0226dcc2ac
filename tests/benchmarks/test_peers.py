"""A peer that cannot be measured here is named with the reason, and is no failure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.peers import MissingError, milliseconds, python_of


def test_this_python_is_taken_if_it_will_do() -> None:
    assert python_of((sys.version_info.minor, 99)) == sys.executable


def test_a_python_that_nobody_has_is_said_to_be_missing() -> None:
    with pytest.raises(MissingError, match=r"needs Python 3.98 to 3.99, and there is none here"):
        python_of((98, 99))


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no command there")
def test_a_command_that_fails_gives_its_last_words_and_no_time(tmp_path: Path) -> None:
    command = tmp_path / "peer"
    command.write_text('#!/bin/sh\necho "first" >&2\necho "no such option: $1" >&2\nexit 2\n')
    command.chmod(0o700)
    with pytest.raises(MissingError, match=r"`peer --version` fails: no such option: --version"):
        milliseconds(command, "--version", {})
