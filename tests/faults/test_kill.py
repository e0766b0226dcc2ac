"""Whatever moment a sitting is killed at, what it had acknowledged is there, and memories are what the log gives."""

from __future__ import annotations

import os
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.conftest import Sittings, is_sound, rows, script
from tests.faults.sitting import Orders, make_home

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has neither fork nor SIGKILL")

SITTINGS_A_HOME = 12
"""Every so many sittings another learner begins, so that files are being made as well."""


@pytest.mark.parametrize("kills", [12, pytest.param(504, marks=pytest.mark.slow)])
def test_a_sitting_killed_at_any_moment_loses_no_acknowledged_response(
    sittings: Sittings, tmp_path: Path, kills: int
) -> None:
    """One sitting follows the other on the same progress, some days later each."""
    chance = random.Random(kills)
    home = tmp_path
    days = before = 0
    for number in range(kills):
        if number % SITTINGS_A_HOME == 0:
            home, before = make_home(tmp_path / f"learner-{number}"), 0
        days += chance.randrange(4)
        held = sittings.start(Orders(home, script(chance, 60), timedelta(days=days)))
        held.wait_for(chance.randrange(-1, 9))
        time.sleep(chance.random() * 0.02)
        acknowledged = held.kill()
        path = home / "progress.db"
        written = len(rows(path)) - before
        assert acknowledged <= written <= acknowledged + 1, f"sitting {number}"
        assert is_sound(path), f"sitting {number}"
        before += written
