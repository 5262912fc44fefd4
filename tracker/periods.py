"""Periods and spans of time: the one place that decides what a year, a step or an anniversary is.

A period stands at its last day. Dates run from year 1 to year 9999.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from math import ceil

from tracker.tuples import NamedTuple


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
FEBRUARY = 2
DAYS_OF_WEEK = 7
_LETTERS = {"S": Length.HALF, "Q": Length.QUARTER, "W": Length.WEEK}
_SHORT = frozenset({4, 6, 9, 11})
PER_YEAR = {Length.YEAR: 1, Length.HALF: 2, Length.QUARTER: 4, Length.MONTH: 12}


class Period(NamedTuple):
    """A stretch of calendar time in SDMX / ISO 8601 notation; it stands at its last day, `end`."""

    text: str
    length: Length
    start: date
    end: date

    def __str__(self) -> str:
        """Return the notation, such as 2024-Q3."""
        return self.text


def month_days(year: int, month: int) -> int:
    """Return how many days a month has; `calendar` tells it too, but takes a millisecond to import.

    >>> month_days(2024, 2), month_days(1900, 2), month_days(2000, 2), month_days(2023, 4)
    (29, 28, 29, 30)
    """
    if month == FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in _SHORT else 31


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; `month` is 1 to 12."""
    return date(year, month, month_days(year, month))


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period | None:
    """Read a period in SDMX / ISO 8601 notation; None where the text is not one.

    >>> parse_period("2024-Q3").end
    datetime.date(2024, 9, 30)
    >>> parse_period("2025-13") is None
    True
    """
    notation = text.strip().upper()
    head, _, rest = notation.partition("-")
    if len(head) != len("2024") or not _is_number(head):
        return None
    try:
        return _within(int(head), rest, notation) if rest or notation == head else None
    except (ValueError, OverflowError):
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _within(year: int, rest: str, notation: str) -> Period | None:
    """Return the period that a year and what follows its hyphen name; raises ValueError where there is no such day."""
    if not rest:
        return _part(year, Length.YEAR, 1, notation)
    if rest[0] in _LETTERS:
        return _lettered(year, _LETTERS[rest[0]], rest[1:], notation)
    month, hyphen, day = rest.partition("-")
    if any(len(part) != 2 or not _is_number(part) for part in ([month, day] if hyphen else [month])):  # noqa: PLR2004
        return None
    if not hyphen:
        return _part(year, Length.MONTH, int(month), notation)
    only = date(year, int(month), int(day))
    return Period(notation, Length.DAY, only, only)


def _lettered(year: int, length: Length, digits: str, notation: str) -> Period | None:
    if not _is_number(digits) or len(digits) != (2 if length is Length.WEEK else 1):
        return None
    if length is not Length.WEEK:
        return _part(year, length, int(digits), notation)
    start = date.fromisocalendar(year, int(digits), 1)
    return Period(notation, length, start, start + timedelta(days=6))


def _part(year: int, length: Length, number: int, notation: str) -> Period | None:
    """Return the part of a year with a number, from 1; None where the year has no such part."""
    if not 1 <= number <= PER_YEAR[length]:
        return None
    months = MONTHS[length]
    last = number * months
    return Period(notation, length, date(year, last - months + 1, 1), month_end(year, last))


def day_period(day: date) -> Period:
    """Return the period of one day.

    >>> str(day_period(date(2025, 1, 29)))
    '2025-01-29'
    """
    return Period(day.isoformat(), Length.DAY, day, day)


def is_last_in(period: Period, block: Period) -> bool:
    """Tell whether a period is the last of a block; a week counts where it ends, so another may begin in its block."""
    if period.length is Length.WEEK:
        return (block.end - period.end).days < DAYS_OF_WEEK
    return period.end == block.end


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
    last = month_days(year, month + 1)
    is_last = day.day == month_days(day.year, day.month)
    return date(year, month + 1, last if is_last else min(day.day, last))


def add_days(day: date, days: int) -> date:
    """Return the day some days on; the calendar ends with year 9999."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def _anniversary(day: date, year: int) -> date:
    """Return the anniversary in `year`; a month's last day keeps being the last day."""
    if day.month == FEBRUARY and day.day >= 28:  # noqa: PLR2004  only February's end moves
        last = month_days(year, FEBRUARY)
        was_last = day.day == month_days(day.year, FEBRUARY)
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
