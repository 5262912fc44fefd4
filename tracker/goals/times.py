"""Periods, days and lengths of time in goals.toml, as people and TOML write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.goals.findings import Finding, found
from tracker.model.goal import Span
from tracker.periods import MONTHS, Length, Period, day_period, parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.goals.findings import KeyPath

YEARS = range(1000, 10000)  # an integer of four digits is a year
LONGEST_SPAN = 36525  # days: a century
_SPANS: Mapping[str, Span] = {
    **{length.value: Span(months=months) for length, months in MONTHS.items()},
    Length.WEEK.value: Span(days=7),
    Length.DAY.value: Span(days=1),
}
_SPAN_UNITS: Mapping[str, Span] = {"d": Span(days=1), "w": Span(days=7), "m": Span(months=1), "y": Span(months=12)}
_MONTH_DAYS = 31  # at most


def period(value: object, path: KeyPath, findings: list[Finding]) -> Period | None:
    """Return a period from a year of four digits, a date or a text."""
    result: Period | None = None
    if isinstance(value, str):
        result = parse_period(value)
    elif isinstance(value, int) and value in YEARS and not isinstance(value, bool):
        result = parse_period(str(value))
    elif isinstance(value, date) and not isinstance(value, datetime):
        result = day_period(value)
    if result is None:
        what = say(
            "{found} is not a period; write 2025, 2025-S1, 2025-Q3, 2025-11, 2025-W05 or 2025-11-30",
            found=found(value),
        )
        findings.append(Finding(path, what))
    return result


def day(value: object, path: KeyPath, findings: list[Finding]) -> date | None:
    """Return a day from a date or a text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    result = parse_period(value) if isinstance(value, str) else None
    if result is not None and result.length is Length.DAY:
        return result.end
    findings.append(Finding(path, say("{found} is not a day; write 2025-11-30", found=found(value))))
    return None


def span(value: object, path: KeyPath, findings: list[Finding]) -> Span | None:
    """Return a length of time from a word, a number with d, w, m or y, or a number of days."""
    result = _span(value)
    if result is None:
        what = say("expected a length of time, got {found}", found=found(value))
        help_ = say("write a number of days, {words}, 45d, 6w, 2m or 1y", words=", ".join(_SPANS))
        findings.append(Finding(path, what, help_))
    return result


def _span(value: object) -> Span | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Span(days=value) if 0 <= value <= LONGEST_SPAN else None
    if not isinstance(value, str):
        return None
    known = _SPANS.get(value)
    if known is not None:
        return known
    unit, digits = _SPAN_UNITS.get(value[-1:]), value[:-1]
    if unit is None or not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(LONGEST_SPAN)):
        return None
    result = Span(unit.months * int(digits), unit.days * int(digits))
    return result if result.months * _MONTH_DAYS + result.days <= LONGEST_SPAN else None
