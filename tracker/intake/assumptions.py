"""Assumptions as people write them: 47@2025, and growth in a goal's own unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import WrongUsage, say
from tracker.intake.values import Refused, has_unit, value_in_unit
from tracker.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.periods import Period

PERIODS = "2025, 2025-S1, 2025-Q3, 2025-11, 2025-W05, 2025-11-30"
MINUS = "−"
TIMES = {"year": "year", "month": "month", "day": "day", "年": "year", "月": "month", "日": "day", "天": "day"}
POINTS = "百分点"


def assumed_actuals(texts: Sequence[str], unit: str | None) -> tuple[tuple[Period, float], ...]:
    """Return the periods and values of assumptions such as 47@2025, in the series' unit.

    Raises:
        WrongUsage: one is not of this form, its value cannot have the unit, or a period is there twice.
    """
    found: dict[Period, float] = {}
    for text in texts:
        value, at, when = text.rpartition("@")
        if not at:
            what = say('--actual: "{text}" names no period', text=text)
            raise WrongUsage(what, say("write VALUE@PERIOD, such as 47@2025"))
        period = assumed_period(when, "--actual")
        if period in found:
            raise WrongUsage(say("--actual: {period} is assumed twice", period=period))
        found[period] = assumed_value(value, unit, "--actual")
    return tuple(found.items())


def assumed_period(text: str, option: str) -> Period:
    """Return a period; raises `WrongUsage` where the text is none."""
    period = parse_period(text.replace(MINUS, "-"))
    if period is None:
        what = say('{option}: "{text}" is not a period', option=option, text=text.strip())
        raise WrongUsage(what, say("write one of {periods}", periods=PERIODS))
    return period


def assumed_value(text: str, unit: str | None, option: str) -> float:
    """Return a value in a unit; raises `WrongUsage` where it cannot be that."""
    found = value_in_unit(text, unit)
    if isinstance(found, Refused):
        raise WrongUsage(say("{option}: {what}", option=option, what=found.what), found.help)
    return found


def assumed_growth(text: str, unit: str) -> tuple[float, str | None]:
    """Return a growth in a goal's own unit of growth, and what time it is said to be per (None: it does not say).

    `unit` is one of `Growth.unit`, such as fraction/year, pp/year, %/year or 亿元/month. A fraction is written 5% or
    0.05; a number from 1 up without % would be hundreds of percent and is refused, as is a percentage of points.

    >>> assumed_growth("5%", "fraction/year"), assumed_growth("2pp/month", "pp/year")
    ((0.05, None), (2.0, 'month'))
    """
    amount, per = _split(text)
    kind = unit.rpartition("/")[0]
    percent = amount.rstrip().endswith(("%", "％"))
    if kind == "fraction":
        has_another = not percent and has_unit(amount)
        value = 0.0 if has_another else assumed_value(amount, "%" if percent else None, "--growth")
        if has_another or (not percent and abs(value) >= 1):
            what = say('--growth: "{text}" is not clear: growth of this goal is compound', text=text)
            raise WrongUsage(what, say("write 5% or 0.05 for five percent"))
        return (value / 100 if percent else value), per
    if kind == "pp":
        if percent:
            what = say('--growth: "{text}" is in %, but growth of this goal is in percentage points', text=text)
            raise WrongUsage(what, say("write 2 or 2pp for two percentage points"))
        return assumed_value(amount, POINTS, "--growth"), per
    return assumed_value(amount, kind or None, "--growth"), per


def _split(text: str) -> tuple[str, str | None]:
    """Return a growth without its time, and the time it names."""
    amount, slash, time = text.rpartition("/")
    if not slash:
        return text, None
    per = TIMES.get(time.strip().lower())
    if per is None:
        what = say('--growth: "{time}" is not a time that growth is stated for', time=time.strip())
        raise WrongUsage(what, say("write /year, /month or /day, or nothing"))
    return amount, per
