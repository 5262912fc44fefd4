"""Calendar time by its own arithmetic: periods, anniversaries, spans; years beyond 9999 are fine here."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

MONTHS = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
PER_YEAR = {"year": 1, "half-year": 2, "quarter": 4, "month": 12}
FINEST_FIRST = ("day", "week", "month", "quarter", "half-year", "year")
LETTER = {"half-year": "S", "quarter": "Q"}
Triple = tuple[int, int, int]


class When(NamedTuple):
    """A period: its notation, its length, its first and last day."""

    text: str
    length: str
    start: date
    end: date


def last_day(year: int, month: int) -> int:
    """Return the number of the last day of a month."""
    if month == 2:
        return 29 if year % 400 == 0 or (year % 4 == 0 and year % 100 != 0) else 28
    return 31 if month in {1, 3, 5, 7, 8, 10, 12} else 30


def number(day: Triple) -> int:
    """Return the days from 1 January of year 1, counted from 1, by the rule of leap years."""
    year, month, of_month = day
    before = year - 1
    count = 365 * before + before // 4 - before // 100 + before // 400
    return count + sum(last_day(year, m) for m in range(1, month)) + of_month


def triple(day: date) -> Triple:
    """Return year, month and day."""
    return day.year, day.month, day.day


def moved(day: Triple, months: int) -> Triple:
    """Return the day some months on; a month's last day goes to a month's last day."""
    year, month = divmod(day[0] * 12 + day[1] - 1 + months, 12)
    is_last = day[2] == last_day(day[0], day[1])
    last = last_day(year, month + 1)
    return year, month + 1, last if is_last else min(day[2], last)


def years(start: date, end: date) -> Decimal:
    """Return whole anniversaries, then days over the days between the two anniversaries."""
    if end < start:
        return -years(end, start)
    a, b = triple(start), triple(end)
    whole = b[0] - a[0]
    while anniversary(a, whole) > b:
        whole -= 1
    before, after = number(anniversary(a, whole)), number(anniversary(a, whole + 1))
    return whole + Decimal(number(b) - before) / Decimal(after - before)


def anniversary(day: Triple, count: int) -> Triple:
    """Return the anniversary of a day; that of February's last day is February's last day."""
    last = last_day(day[0] + count, day[1])
    is_last = day[2] == last_day(day[0], day[1])
    return day[0] + count, day[1], last if is_last else min(day[2], last)


def after(start: date, span: Decimal) -> date | None:
    """Return the first day that lies `span` years after another, or later; None beyond year 9999."""
    whole = int(span)
    first, then = anniversary(triple(start), whole), anniversary(triple(start), whole + 1)
    days = (span - whole) * (number(then) - number(first))
    count = number(first) + int(days.to_integral_value(rounding="ROUND_CEILING"))
    return date.fromordinal(count) if count <= date.max.toordinal() else None


def later(day: date, months: int, days: int) -> date:
    """Return a day some months and then days on; the last day of the calendar where it would lie beyond."""
    there = number(moved(triple(day), months)) + days
    return date.fromordinal(min(there, date.max.toordinal()))


def period(text: str) -> When:
    """Read a period."""
    head, _, rest = text.partition("-")
    year = int(head)
    if not rest:
        return _months(text, "year", year, 1)
    if rest[0] in "SQ":
        return _months(text, "half-year" if rest[0] == "S" else "quarter", year, int(rest[1:]))
    if rest[0] == "W":
        monday = date.fromisocalendar(year, int(rest[1:]), 1)
        return When(text, "week", monday, monday + timedelta(days=6))
    if len(rest) == 2:
        return _months(text, "month", year, int(rest))
    day = date.fromisoformat(text)
    return When(text, "day", day, day)


def _months(text: str, length: str, year: int, part: int) -> When:
    last = part * MONTHS[length]
    first = last - MONTHS[length] + 1
    return When(text, length, date(year, first, 1), date(year, last, last_day(year, last)))


def around(day: date, length: str) -> When:
    """Return the period of a length in which a day lies."""
    if length == "day":
        return period(day.isoformat())
    if length == "week":
        year, week, _ = day.isocalendar()
        return period(f"{year:04}-W{week:02}")
    if length == "year":
        return period(f"{day.year:04}")
    if length == "month":
        return period(f"{day.year:04}-{day.month:02}")
    return period(f"{day.year:04}-{LETTER[length]}{(day.month - 1) // MONTHS[length] + 1}")


def following(one: When, count: int = 1) -> When:
    """Return the period of the same length so many later."""
    for _ in range(count):
        one = around(one.end + timedelta(days=1), one.length)
    return one
