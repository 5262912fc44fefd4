"""The planned path from baseline to target, and the day the observed growth meets the target."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from math import isfinite, log

from tracker.model.goal import Step
from tracker.model.number import finite
from tracker.periods import after_years, years
from tracker.tuples import NamedTuple

REACH_YEARS = 50
"""How many years ahead a meeting of growth and target is still worth a date."""
_HALVINGS = 60


class Corner(NamedTuple):
    """A day and the value the path has on it."""

    on: date
    value: float


def on_path(corners: Sequence[Corner], day: date, *, compound: bool) -> float | None:
    """Return the value of the path through `corners` (by day) on a day.

    Between two corners it is straight (or geometric where `compound`); after the last it stays there.
    None before the first.
    """
    if not corners or day < corners[0].on:
        return None
    for start, end in pairwise(corners):
        if day <= end.on:
            share = years(start.on, day) / years(start.on, end.on)
            if compound:
                return finite(start.value * (end.value / start.value) ** share)
            return finite(start.value + (end.value - start.value) * share)
    return corners[-1].value


def way(start: Corner, steps: Sequence[Step], end: Corner) -> list[Corner]:
    """Return the corners of the path from start to end, bent by the steps that lie between them.

    An implied baseline or a due that is assumed may leave a step outside the way.
    """
    between = (Corner(step.due.end, step.target) for step in steps if start.on < step.due.end < end.on)
    return [start, *between, end]


def meeting(start: float, value: float, target: float, gone: float, *, compound: bool) -> float | None:
    """Return the units of time until a value meets a fixed target, going on as it came from start over `gone`.

    None if never. It does not go by way of the rate, as `run_on` does not.
    """
    if compound and min(start, value, target) <= 0:
        return None
    pace = log(value) - log(start) if compound else value - start
    if pace == 0 or gone <= 0:
        return None
    # each logarithm by itself: a ratio may leave the range of floats
    units = (log(target) - log(value) if compound else target - value) / pace * gone
    return units if isfinite(units) and units > 0 else None


def catching(one: Callable[[float], float | None], other: Callable[[float], float | None], *, up: bool) -> float | None:
    """Return the years until a value that moves as `one` meets a target that moves as `other`; None if not in 50.

    Each gives its value some years from now, None where that is beyond what floats can hold. Both are smooth and at
    most exponential, so one crossing is looked for, year by year, then halved.
    """
    sign = 1 if up else -1

    def short(span: float) -> float | None:
        value, target = one(span), other(span)
        return None if value is None or target is None else sign * (target - value)

    before = short(0.0)
    if before is None or before <= 0:
        return None
    for year in range(1, REACH_YEARS + 1):
        now = short(float(year))
        if now is None:
            return None
        if now <= 0:
            low, high = year - 1.0, float(year)
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                gap = short(middle)
                low, high = (middle, high) if gap is None or gap > 0 else (low, middle)
            return high
    return None


def day_after(start: date, span_years: float | None) -> date | None:
    """Return the first day at least some years after start; None where beyond 50 years or not known."""
    if span_years is None or span_years > REACH_YEARS:
        return None
    return after_years(start, span_years)
