"""The study day: the local day from 04:00 to 04:00, as in Anki, so that a late evening is not cut in two."""

from __future__ import annotations

from datetime import date

_HOUR = 3_600_000
_DAY = 24 * _HOUR
_MINUTE = 60_000
_START = 4 * _HOUR

_EPOCH = date(1970, 1, 1).toordinal()


def study_day(time_ms: int, offset_minutes: int) -> int:
    """The study day of a time, counted from 1970-01-01.

    The time is UTC in milliseconds since 1970, the offset that of local time from UTC in minutes.
    """
    return (time_ms + offset_minutes * _MINUTE - _START) // _DAY


def day_to_date(day: int) -> date:
    """The calendar date on which a study day starts. Raises ValueError outside the years 1 to 9999."""
    return date.fromordinal(_EPOCH + day)


def date_to_day(date_: date) -> int:
    """The study day that starts on a calendar date."""
    return date_.toordinal() - _EPOCH
