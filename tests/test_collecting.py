"""Looking for garbage stands still within, and goes on as it was before."""

from __future__ import annotations

import gc

import pytest

from quiz.collecting import paused


def test_collection_stands_still_within_and_is_taken_up_again() -> None:
    """Also when something goes wrong within."""
    assert gc.isenabled()
    with pytest.raises(ValueError, match="wrong"), paused():
        assert not gc.isenabled()
        raise ValueError("wrong")
    assert gc.isenabled()


def test_collection_that_was_off_stays_off() -> None:
    """One pause within another does not end it."""
    with paused():
        with paused():
            pass
        assert not gc.isenabled()
