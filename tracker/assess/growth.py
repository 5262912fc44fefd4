"""Growth rates: the unit a rate is stated in, and the rate itself."""

from collections.abc import Sequence
from datetime import date
from math import exp, expm1, isfinite, log

from tracker.errors import Say, say
from tracker.model.goal import Goal, Kind, Path
from tracker.periods import years
from tracker.tuples import NamedTuple

DAILY_BELOW_DAYS = 60
"""With fewer days than this to go, growth is stated per day."""


class Spacing(NamedTuple):
    """The unit of time that rates are stated in: "year", "month" or "day"."""

    per: str

    def between(self, start: date, end: date) -> float:
        """Return the units of time from start to end."""
        if self.per == "day":
            return float((end - start).days)
        return years(start, end) * (12 if self.per == "month" else 1)


def spacing(start: date, end: date) -> Spacing:
    """Return the unit of time for rates over a span: nothing is annualised into a monster."""
    if (end - start).days < DAILY_BELOW_DAYS:
        return Spacing("day")
    return Spacing("month" if years(start, end) < 1 else "year")


def rate(start: float | None, end: float | None, units: float, *, compound: bool) -> float | None:
    """Return the growth from start to end for each of `units` units of time.

    Compound: a fraction, (end/start)^(1/units) - 1; else an amount, (end - start)/units.
    None where a value is missing, the span is not positive or the rate leaves the range of floats.
    """
    if start is None or end is None or units <= 0:
        return None
    try:
        if not compound:
            result = (end - start) / units
        else:
            ratio = end / start
            power = log(ratio) if ratio > 0 and isfinite(ratio) else log(end) - log(start)
            result = expm1(power / units)
    except OverflowError:
        return None
    return result if isfinite(result) else None


def carried(value: float, growth: float | None, units: float, *, compound: bool) -> float | None:
    """Return a value carried on at a growth for some units of time; None where growth is."""
    if growth is None:
        return None
    try:
        result = value * (1 + growth) ** units if compound else value + growth * units
    except (OverflowError, ZeroDivisionError):  # back from a growth of -1 there is no way
        return None
    return result if isfinite(result) else None


def run_on(start: float, latest: float, gone: float, ahead: float, *, compound: bool) -> float | None:
    """Return the latest value carried on for `ahead` units of time as it grew since start over the `gone` before.

    It does not go by way of the rate: 1 + growth has few digits left where almost nothing remains of a value.
    None where it leaves the range of floats.
    """
    if not compound:
        return carried(latest, rate(start, latest, gone, compound=False), ahead, compound=False)
    try:
        result = latest * exp((log(latest) - log(start)) / gone * ahead)
    except OverflowError:
        return None
    return result if isfinite(result) else None


def default_path(kind: Kind) -> Path:
    """Return how a kind grows where the goal does not say: shares and ranks by amounts, others by rates."""
    return Path.LINEAR if kind in {Kind.RATIO, Kind.RANK, Kind.GROWTH, Kind.MILESTONE} else Path.COMPOUND


class Course(NamedTuple):
    """Whether a goal's rates are compound, and why not where they should have been."""

    compound: bool
    undefined: Say | None = None


def course(goal: Goal, kind: Kind, named: Sequence[tuple[str, float | None]]) -> Course:
    """Return how a goal's rates are computed; `named` are the values that a compound rate needs above 0."""
    if (goal.path or default_path(kind)) is Path.LINEAR:
        return Course(compound=False)
    for name, value in named:
        if value is not None and value <= 0:
            return Course(compound=False, undefined=_undefined(name, value))
    return Course(compound=True)


def _undefined(name: str, value: float) -> Say:
    match name:
        case "baseline":
            return say("no compound rate: the baseline is {value}, so growth is in amounts", value=value)
        case "actual":
            return say("no compound rate: the actual is {value}, so growth is in amounts", value=value)
        case "target":
            return say("no compound rate: the target is {value}, so growth is in amounts", value=value)
        case _:
            return say("no compound rate: a step is {value}, so growth is in amounts", value=value)


def unit_of_growth(kind: Kind, unit: str | None, per: str, *, compound: bool) -> str:
    """Return the unit of a goal's rates, such as fraction/year, pp/month or 亿元/day."""
    if compound:
        return f"fraction/{per}"
    return f"{'pp' if kind is Kind.RATIO and unit == '%' else unit or ''}/{per}"
