"""The table of what bots score."""

from __future__ import annotations

from quiz.flaws import table
from quiz.flaws.bots import Score


def test_a_row_a_kind_and_a_column_a_bot_with_a_mark_above_the_limit() -> None:
    """The best position stands in brackets; a score over the limit is marked."""
    rows = list(
        table(
            [
                Score("longest", "contrast", 100, 0.5, 0.25, 0.04),
                Score("position-2", "contrast", 90, 0.3, 0.25, 0.04),
                Score("longest", "sort", 40, 0.3, 0.333, 0.07),
                Score("position-1", "sort", 40, 0.3, 0.333, 0.07),
            ]
        )
    )
    assert [row.split() for row in rows] == [
        ["kind", "asked", "chance", "limit", "longest", "position"],
        ["contrast", "100", "25.0%", "31.6%", "50.0%", "!", "30.0%", "(2)"],
        ["sort", "40", "33.3%", "44.8%", "30.0%", "30.0%", "(1)"],
    ]


def test_a_small_bank_has_no_table() -> None:
    """It says why."""
    assert list(table([])) == ["too few questions to judge"]
