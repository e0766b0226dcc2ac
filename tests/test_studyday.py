"""The study day runs from 04:00 to 04:00 local time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.studyday import date_to_day, day_to_date, study_day

TIMES = st.integers(min_value=-(10**12), max_value=10**13)
OFFSETS = st.integers(min_value=-12 * 60, max_value=14 * 60)


def day_start(day: int, offset: int) -> int:
    """Four o'clock local time of a day, as UTC in milliseconds: the law that the study day keeps."""
    return day * 86_400_000 + 4 * 3_600_000 - offset * 60_000


def milliseconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("2024-03-02T03:59:59.999+01:00", "2024-03-01"),
        ("2024-03-02T04:00:00+01:00", "2024-03-02"),
        ("2024-03-02T23:30:00+01:00", "2024-03-02"),
        ("2024-03-03T00:30:00-08:00", "2024-03-02"),
        ("2024-03-02T04:00:00+05:45", "2024-03-02"),
        ("2024-03-02T03:59:00+05:45", "2024-03-01"),
        ("1969-12-31T12:00:00+00:00", "1969-12-31"),
    ],
)
def test_the_day_changes_at_four_in_the_morning_local_time(local: str, expected: str) -> None:
    offset = datetime.fromisoformat(local).utcoffset()
    assert offset is not None
    day = study_day(milliseconds(local), int(offset.total_seconds()) // 60)
    assert day_to_date(day) == date.fromisoformat(expected)


def test_days_are_counted_from_1970() -> None:
    assert date_to_day(date(1970, 1, 1)) == 0
    assert date_to_day(date(1969, 12, 31)) == -1
    assert study_day(milliseconds("1970-01-01T04:00:00+00:00"), 0) == 0


@given(TIMES, OFFSETS)
def test_a_time_lies_between_the_start_of_its_day_and_the_start_of_the_next(time: int, offset: int) -> None:
    day = study_day(time, offset)
    assert day_start(day, offset) <= time < day_start(day + 1, offset)


@given(st.integers(min_value=-50_000, max_value=500_000), OFFSETS)
def test_a_day_starts_at_four_by_the_local_clock(day: int, offset: int) -> None:
    start = datetime.fromtimestamp(day_start(day, offset) / 1000, UTC).astimezone(timezone(timedelta(minutes=offset)))
    assert (start.hour, start.minute, start.date()) == (4, 0, day_to_date(day))
    assert study_day(day_start(day, offset), offset) == day
    assert study_day(day_start(day, offset) - 1, offset) == day - 1


@given(st.dates())
def test_dates_and_days_convert_both_ways(a_date: date) -> None:
    assert day_to_date(date_to_day(a_date)) == a_date
