"""Charts as inline SVG, coloured by the style sheet; every one is told in words or in a table beside it as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_LEFT, _TOP, _TALL, _BELOW = 26, 12, 96, 18
_DAY = 10
"""Width of a day; so small that the chart stands on a phone as drawn, with letters that can be read."""


def forecast(due: Sequence[tuple[str, int]], words: str) -> str:
    """Bars of what falls due by day, given as ISO dates with counts; ``words``, which are HTML, say it in short."""
    most = max((count for _, count in due), default=0)
    wide = _LEFT + _DAY * len(due)
    floor = _TOP + _TALL
    bars = []
    for place, (day, count) in enumerate(due):
        height = round(_TALL * count / most, 1) if most else 0
        at = f'x="{_LEFT + place * _DAY + 1}" y="{floor - height:g}" width="{_DAY - 2}" height="{height:g}"'
        bars.append(f'<rect class="bar" {at}><title>{_spelled(day)}: {count}</title></rect>')
    return "\n".join(
        (
            f'<svg class="chart" viewBox="0 0 {wide} {floor + _BELOW}" role="img" aria-label="{words}">',
            f'<path class="axis" d="M{_LEFT} {_TOP}H{wide}M{_LEFT} {floor}H{wide}"/>',
            *bars,
            f'<text x="{_LEFT - 4}" y="{_TOP + 4}" text-anchor="end">{most}</text>',
            f'<text x="{_LEFT - 4}" y="{floor + 4}" text-anchor="end">0</text>',
            f'<text x="{_LEFT}" y="{floor + 14}">{_spelled(due[0][0])}</text>',
            f'<text x="{wide}" y="{floor + 14}" text-anchor="end">{_spelled(due[-1][0])}</text>',
            "</svg>",
        )
    )


def meter(share: float) -> str:
    """A bar filled to a share from 0 to 1; the figure beside it says the same, so it is hidden from screen readers."""
    return (
        '<svg class="meter" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="track" width="100" height="8"/><rect class="bar" width="{100 * share:.0f}" height="8"/></svg>'
    )


def _spelled(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b}"
