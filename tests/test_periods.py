"""Calendar time against the arithmetic of `exact.times`, from year 1 to 9999, at month ends and leap days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from exact import times

from tracker.periods import (
    Length,
    add_days,
    add_months,
    after_years,
    containing,
    day_period,
    month_end,
    next_period,
    parse_period,
    years,
)

ROUNDS = 1500
ENDS = [date(1, 1, 1), date(1, 12, 31), date(4, 2, 29), date(9999, 12, 31), date(9999, 1, 1), date(9996, 2, 29)]


def some_day(random: Random) -> date:
    """Return a day, often at the end of a month, of February, of a year or of the calendar."""
    if random.random() < 0.1:
        return random.choice(ENDS)
    year = random.choice([1, 4, 100, 400, 1900, 2000, 2023, 2024, 2025, 9998, 9999, random.randint(1, 9999)])
    month = random.choice([1, 2, 2, 3, 4, 12, random.randint(1, 12)])
    last = times.last_day(year, month)
    return date(year, month, random.choice([1, 28, last, last, random.randint(1, last)]))


def test_years_are_anniversaries_and_the_days_of_the_year_between() -> None:
    """To the last digit of floats, forwards and backwards."""
    random = Random(1)  # noqa: S311  the same days every time
    for _ in range(ROUNDS):
        a = some_day(random)
        b = some_day(random) if random.random() < 0.6 else add_days(a, random.randint(0, 900))
        assert years(a, b) == pytest.approx(float(times.years(a, b)), rel=1e-14, abs=1e-14), (a, b)


def test_months_on_and_days_on() -> None:
    """A month's last day goes to a month's last day, and the calendar ends with 9999."""
    random = Random(2)  # noqa: S311  the same days every time
    for _ in range(ROUNDS):
        day, months, days = some_day(random), random.choice([0, 1, 3, 12, 13, 60]), random.choice([0, 1, 30, 800])
        wanted = times.moved(times.triple(day), months)
        assert add_months(day, months) == (date(*wanted) if wanted[0] < 10_000 else date.max), (day, months)
        assert add_days(day, days) == times.later(day, 0, days)
        if day.year > 5:
            assert add_months(day, -months) == date(*times.moved(times.triple(day), -months))
    assert month_end(2024, 2) == date(2024, 2, 29)


def test_the_first_day_some_years_on() -> None:
    """It is the first that lies so far or farther; beyond year 9999 there is none."""
    random = Random(3)  # noqa: S311  the same days every time
    for _ in range(ROUNDS):
        day, span = some_day(random), random.choice([0.0, 1.0, 0.5, 4.25, 49.99, random.uniform(0, 60)])
        found = after_years(day, span)
        if day.year + int(span) >= 9999:
            assert found is None or found.year == 9999
            continue
        assert found is not None
        assert years(day, found) >= span - 1e-6
        assert found == day or years(day, found - timedelta(days=1)) < span
        wanted = times.after(day, Decimal(span))
        assert wanted is not None
        assert abs((found - wanted).days) <= (span != int(span))


def test_periods_are_read_and_follow_each_other() -> None:
    """The period of each length around a day, its notation read again, and the next one."""
    random = Random(4)  # noqa: S311  the same days every time
    for _ in range(ROUNDS):
        day, length = some_day(random), random.choice(list(Length))
        try:
            wanted = times.around(day, length.value)
        except (OverflowError, ValueError):  # at either end of the calendar a week is not whole
            with pytest.raises((OverflowError, ValueError)):
                containing(day, length)
            continue
        one = containing(day, length)
        assert (one.text, one.length.value, one.start, one.end) == wanted
        assert parse_period(one.text) == one
        assert parse_period(f" {one.text.lower()} ") == one
        if wanted.end.year < 9999:
            following = next_period(one)
            assert following.start == one.end + timedelta(days=1)
            assert (following.text, following.end) == (times.following(wanted).text, times.following(wanted).end)
    assert day_period(date(2025, 1, 29)) == parse_period("2025-01-29")


@pytest.mark.parametrize(
    "text",
    ["", "24", "02024", "2024-", "2024-0", "2024-13", "2024-00", "2024-1", "2024-Q0", "2024-Q5", "2024-Q12", "2024-S3",
     "2024-W00", "2024-W54", "2025-W53", "2024-W5", "2024-02-30", "2023-02-29", "2024-2-01", "2024-02-1", "2024-02-001",
     "2024-02-01-", "２０２４", "2024-Q³", "2024-٠١", "0000", "2024-X1", "x024", "2024/05", "9999-W53"],
)  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    """Nothing that only looks like a period is read as one."""
    assert parse_period(text) is None
