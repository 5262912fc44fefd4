"""Where the axes are marked: time at the ends of periods, where values stand, and values at round ones."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from math import ceil, floor, log10

from tracker.tuples import NamedTuple

MOST = 8
"""How many marks stand at most on an axis."""
YEARS_FROM, MONTHS_FROM = 1000, 75
"""From so many days on an axis is marked by years, and by months."""
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000)
MONTH_STEPS = (1, 2, 3, 6, 12)
DAY_STEPS = (1, 2, 5, 7, 10, 14)


class Ticks(NamedTuple):
    """The days that are marked, and how they read: "year", "month" or "day"."""

    length: str
    days: tuple[date, ...]

    def label(self, day: date) -> str:
        """Return how a day reads.

        >>> Ticks("month", ()).label(date(2024, 3, 31))
        '2024-03'
        """
        return day.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.length]]


def ticks(start: date, end: date, anchor: date) -> Ticks:
    """Return the marks between two days; the one of `anchor`'s period is among them where it lies inside.

    >>> [str(day) for day in ticks(date(2015, 12, 31), date(2026, 12, 31), date(2026, 12, 31)).days]
    ['2016-12-31', '2018-12-31', '2020-12-31', '2022-12-31', '2024-12-31', '2026-12-31']
    """
    span = (end - start).days
    if span >= YEARS_FROM:
        years = end.year - start.year + 1
        step = next((step for step in YEAR_STEPS if years / step <= MOST), YEAR_STEPS[-1])
        first = start.year + (anchor.year - start.year) % step
        days = [date(year, 12, 31) for year in range(first, end.year + 1, step)]
        return Ticks("year", _inside(days, start, end))
    if span >= MONTHS_FROM:
        first, last, goal = (day.year * 12 + day.month - 1 for day in (start, end, anchor))
        step = next((step for step in MONTH_STEPS if (last - first + 1) / step <= MOST), MONTH_STEPS[-1])
        days = [_month_end(month) for month in range(first + (goal - first) % step, last + 1, step)]
        return Ticks("month", _inside(days, start, end))
    step = next((step for step in DAY_STEPS if span / step < MOST), DAY_STEPS[-1])
    lead = (anchor - start).days % step
    return Ticks("day", tuple(start + timedelta(days=n) for n in range(lead, span + 1, step)))


def _month_end(month: int) -> date:
    year, before = divmod(month, 12)
    return date(year, before + 1, monthrange(year, before + 1)[1])


def _inside(days: list[date], start: date, end: date) -> tuple[date, ...]:
    return tuple(day for day in days if start <= day <= end)


def round_values(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Return the round values between two, evenly spaced, at most `most` of them; none where they are too close.

    >>> round_values(26.3, 58.1), round_values(-0.2, 1.1)
    ((30.0, 35.0, 40.0, 45.0, 50.0, 55.0), (0.0, 0.5, 1.0))
    """
    if not high - low > 0:
        return ()
    size = 10.0 ** floor(log10((high - low) / most))
    for step in (size, 2 * size, 5 * size, 10 * size, 20 * size):
        first, last = ceil(low / step), floor(high / step)
        if last - first < most:
            return tuple(float(f"{place * step:.12g}") for place in range(first, last + 1))
    return ()
