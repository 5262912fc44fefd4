"""Periods and spans of time: the one place that decides what a year, a step or an anniversary is.

A period stands at its last day. Dates run from year 1 to year 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from math import ceil
from typing import NamedTuple


class Length(StrEnum):
    """The length of a period."""

    YEAR = "year"
    HALF = "half-year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


COARSEST_FIRST = tuple(Length)
MONTHS = {Length.YEAR: 12, Length.HALF: 6, Length.QUARTER: 3, Length.MONTH: 1}
PER_YEAR = {Length.YEAR: 1, Length.HALF: 2, Length.QUARTER: 4, Length.MONTH: 12}

_PERIOD = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?:S(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d\d)|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?",
    re.ASCII,
)


class Period(NamedTuple):
    """A stretch of calendar time in SDMX / ISO 8601 notation; it stands at its last day, `end`."""

    text: str
    length: Length
    start: date
    end: date

    def __str__(self) -> str:
        """Return the notation, such as 2024-Q3."""
        return self.text


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; `month` is 1 to 12."""
    return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period | None:
    """Read a period in SDMX / ISO 8601 notation; None where the text is not one.

    >>> parse_period("2024-Q3").end
    datetime.date(2024, 9, 30)
    >>> parse_period("2025-13") is None
    True
    """
    found = _PERIOD.fullmatch(text.strip().upper())
    if found is None:
        return None
    part = found.groupdict()
    year = int(part["year"])
    try:
        if part["week"]:
            start = date.fromisocalendar(year, int(part["week"]), 1)
            return Period(found[0], Length.WEEK, start, start + timedelta(days=6))
        if part["day"]:
            day = date(year, int(part["month"]), int(part["day"]))
            return Period(found[0], Length.DAY, day, day)
        length, number = _calendar_part(part)
        months = MONTHS[length]
        first = (number - 1) * months + 1
        return Period(found[0], length, date(year, first, 1), month_end(year, first + months - 1))
    except (ValueError, OverflowError):
        return None


def _calendar_part(part: dict[str, str | None]) -> tuple[Length, int]:
    for name, length in (("half", Length.HALF), ("quarter", Length.QUARTER), ("month", Length.MONTH)):
        if part[name]:
            return length, int(part[name] or 0)
    return Length.YEAR, 1


def day_period(day: date) -> Period:
    """Return the period of one day.

    >>> str(day_period(date(2025, 1, 29)))
    '2025-01-29'
    """
    return Period(day.isoformat(), Length.DAY, day, day)


def containing(day: date, length: Length) -> Period:
    """Return the period of a length that contains a day.

    >>> str(containing(date(2024, 8, 5), Length.QUARTER))
    '2024-Q3'
    """
    year = f"{day.year:04d}"
    if length is Length.DAY:
        return day_period(day)
    if length is Length.WEEK:
        iso = day.isocalendar()
        text = f"{iso.year:04d}-W{iso.week:02d}"
    elif length is Length.YEAR:
        text = year
    elif length is Length.MONTH:
        text = f"{year}-{day.month:02d}"
    else:
        letter = "S" if length is Length.HALF else "Q"
        text = f"{year}-{letter}{(day.month - 1) // MONTHS[length] + 1}"
    found = parse_period(text)
    if found is None:  # only the first and last days of the calendar fall outside every week
        raise OverflowError(text)
    return found


def next_period(period: Period) -> Period:
    """Return the period of the same length that follows.

    >>> str(next_period(parse_period("2024-12")))
    '2025-01'
    """
    return containing(period.end + timedelta(days=1), period.length)


def add_months(day: date, months: int) -> date:
    """Return the day some calendar months on; the last day of a month stays the last day.

    >>> add_months(date(2023, 2, 28), 12)
    datetime.date(2024, 2, 29)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year > date.max.year:
        return date.max
    last = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_last else min(day.day, last))


def add_days(day: date, days: int) -> date:
    """Return the day some days on; the calendar ends with year 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def _anniversary(day: date, year: int) -> date:
    """Return the anniversary in `year`; a month's last day keeps being the last day."""
    if day.month == 2 and day.day >= 28:  # noqa: PLR2004  only February's end moves
        last = monthrange(year, 2)[1]
        was_last = day.day == monthrange(day.year, 2)[1]
        return date(year, 2, last if was_last else min(day.day, last))
    return date(year, day.month, day.day)


@lru_cache(maxsize=65536)
def years(start: date, end: date) -> float:
    """Return the years from start to end: whole anniversaries, then days over the days of that year.

    Negative where end lies before start.

    >>> years(date(2022, 12, 31), date(2026, 12, 31))
    4.0
    >>> years(date(2024, 2, 29), date(2025, 2, 28))
    1.0
    """
    if end < start:
        return -years(end, start)
    whole = end.year - start.year
    last = _anniversary(start, end.year)
    if last > end:
        whole -= 1
        last = _anniversary(start, end.year - 1)
    if last == end:
        return float(whole)
    # the calendar repeats every 400 years: that keeps the following anniversary inside year 9999
    base = last.year - 400 if last.year == date.max.year else last.year
    span = _anniversary(start, base + 1) - _anniversary(start, base)
    return whole + (end - last).days / span.days


def after_years(start: date, span: float) -> date | None:
    """Return the first day at least `span` years (0 or more) after start; None beyond year 9999.

    >>> after_years(date(2024, 12, 31), 1.0)
    datetime.date(2025, 12, 31)
    """
    whole = int(span)
    if start.year + whole >= date.max.year:
        return None
    day = _anniversary(start, start.year + whole)
    following = _anniversary(start, start.year + whole + 1)
    part = (span - whole) * (following - day).days
    return day + timedelta(days=ceil(round(part, 6)))
