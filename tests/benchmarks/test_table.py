"""Figures are compared pair by pair, and what could not be measured claims nothing."""

from __future__ import annotations

import json

import pytest

from benchmarks.table import as_data, cells, paired, skipped, table


def test_the_ratio_is_the_median_of_the_pairs_and_not_the_ratio_of_the_medians() -> None:
    """A pair in which the machine was slow for both counts like any other."""
    row = paired("ours", "theirs", 1.0, [(1, 2), (30, 40), (3, 1)], "s")
    assert (row.ratio, row.least, row.most) == (0.75, 0.5, 3)
    assert (row.ours, row.theirs) == (3, 2)


@pytest.mark.parametrize(("goal", "met"), [(1.0, True), (0.5, True), (0.49, False), (None, None)])
def test_a_goal_is_met_by_a_ratio_no_higher(goal: float | None, met: bool | None) -> None:
    """Without a goal there is nothing to meet."""
    assert paired("ours", "theirs", goal, [(1, 2)], "s").is_met is met


def test_nothing_measured_is_no_row() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        paired("ours", "theirs", 1.0, [], "s")


def test_what_was_skipped_has_no_figure_and_meets_no_goal() -> None:
    """It is null in JSON, which knows no "not a number"."""
    row = skipped("ours", "theirs", 1.0, "no network")
    assert row.is_met is None
    (found,) = json.loads(json.dumps(as_data([row]), allow_nan=False))["rows"]
    assert (found["ratio"], found["is_met"], found["note"]) == (None, None, "skipped: no network")
    assert "NO" not in cells(row)


def test_the_table_has_a_line_for_each_row_under_a_head() -> None:
    """All lines are of one width, so that it can be read as it stands."""
    rows = [paired("short", "x", None, [(1, 3)], "s"), paired("a longer one", "x", 1.0, [(2500, 1000)], "ms", "peak")]
    lines = list(table(rows))
    assert lines[0].startswith("| ratio | ")
    assert set(lines[1]) == {"|", "-"}
    assert "0.33" in lines[2] and "1 s" in lines[2]
    assert "2.50" in lines[3] and "NO" in lines[3] and "2,500 ms" in lines[3]
    assert len({len(line) for line in lines}) == 1
