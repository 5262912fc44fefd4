"""Gap, progress, path and growth: the figures of design.md section 5."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from exact.cases import Case, Figures, met, miss, steps
from exact.digits import LARGEST, ZERO, power, settle
from exact.times import after, later, years

if TYPE_CHECKING:
    from datetime import date


def is_compound(one: Case) -> bool:
    """Tell whether the rates are compound: by the path, where everything is above 0."""
    asked = one.goal.get("path") or ("linear" if one.kind in {"ratio", "rank"} else "compound")
    last = one.last
    values = [one.y0, last.value if last else None, one.aim.value, *steps(one).values()]
    return asked == "compound" and all(value is None or value > 0 for value in values)


def rate(a: Decimal, b: Decimal, span: Decimal, *, compound: bool) -> Decimal | None:
    """Return the growth from one value to another over a span."""
    if span <= 0:
        return None
    return power(b / a, 1 / span) - 1 if compound else (b - a) / span


def per(start: date, end: date) -> str:
    """Return what rates are per: day below 60 days, month below a year, else year."""
    if (end - start).days < 60:
        return "day"
    return "month" if years(start, end) < 1 else "year"


def length(start: date, end: date, unit: str) -> Decimal:
    """Return a span in years, months of a twelfth of a year, or days."""
    return Decimal((end - start).days) if unit == "day" else years(start, end) * (12 if unit == "month" else 1)


def on_path(one: Case, day: date, *, compound: bool) -> Decimal | None:
    """Return the path's value on a day, from the baseline over the steps to the target."""
    if one.start is None or one.y0 is None or one.aim.value is None or one.start.end >= one.due.end:
        return None
    goes_to = one.aim.value if one.aim.low is None else one.aim.edge(one.y0)
    if goes_to is None or day < one.start.end:
        return None
    between = [(on, value) for on, value in sorted(steps(one).items()) if one.start.end < on < one.due.end]
    knots = [(one.start.end, one.y0), *between, (one.due.end, goes_to)]
    if day >= one.due.end:
        return goes_to
    for (a, from_), (b, to) in pairwise(knots):
        if a <= day <= b:
            part = years(a, day) / years(a, b)
            return from_ * power(to / from_, part) if compound else from_ + (to - from_) * part
    return None


def word(one: Case, unit: str, *, compound: bool) -> str:
    """Return the unit of a rate."""
    name = "fraction" if compound else "pp" if one.kind == "ratio" and one.unit == "%" else (one.unit or "")
    return f"{name}/{unit}"


def figures(one: Case) -> Figures:
    """Return every figure but chance and status."""
    out: Figures = {"due": one.due.end}
    last, start = one.last, one.start
    target, y0 = one.aim.value, one.y0
    if one.kind != "rank":
        out["growth.unit"] = word(one, "year", compound=False)
    keep, rank = one.mode == "keep", one.kind == "rank"
    compound = is_compound(one)
    out["target.value"], out["target.low"], out["target.high"] = target, one.aim.low, one.aim.high
    out["target.now"] = one.ref.now(one.points) if one.ref else None
    out["baseline.on"], out["baseline.value"] = start.end if start else None, y0
    if start and y0 is not None and last and years(start.end, one.due.end) > 0:
        whole = years(start.end, one.due.end)
        out["today.elapsed"] = years(start.end, one.world.as_of) / whole
        out["elapsed"] = years(start.end, last.on) / whole
    out["today.left"] = (one.due.end - one.world.as_of).days
    if last is None:
        return out
    y1 = last.value
    out["actual.on"], out["actual.value"] = last.on, y1
    out["actual.age_days"] = (one.world.as_of - last.on).days
    if one.ref:
        shared = one.ref.common(one.points)
        if shared:
            out["gap_now"] = one.sign * (shared[-1][2] - shared[-1][1])
    if target is None:
        if not rank:
            rates(one, out, None, compound=compound)
        return out
    band = one.aim.low is not None
    out["gap"] = miss(one, y1) if band else one.sign * (target - y1)
    edge = target if not band or y0 is None else one.aim.edge(y0)
    if y0 is not None and not keep and edge is not None and edge != y0:
        out["progress"] = (y1 - y0) / (edge - y0)
    out["expected"] = edge if keep else on_path(one, last.on, compound=compound)
    if out["expected"] is not None:
        out["ahead"] = one.sign * (y1 - out["expected"])
    if not rank:
        rates(one, out, edge, compound=compound)
    return out


def rates(one: Case, out: Figures, edge: Decimal | None, *, compound: bool) -> None:
    """Add growth, pace, what today needs, the projection and the day it reaches the target."""
    last, start, target, y0 = one.last, one.start, one.aim.value, one.y0
    assert last is not None
    y1, due, keep = last.value, one.due.end, one.mode == "keep"
    left = last.on < due
    begun = start.end if start else None
    unit = per(last.on, due) if left else per(begun, due) if begun and begun < due else "year"
    out["growth.unit"] = word(one, unit, compound=compound)
    asked = one.goal.get("path") or ("linear" if one.kind == "ratio" else "compound")
    out["growth.undefined"] = asked == "compound" and not compound
    observed = None
    if begun and y0 is not None:
        observed = rate(y0, y1, length(begun, last.on, unit), compound=compound)
        if not keep and edge is not None and begun < due:
            out["growth.planned"] = rate(y0, edge, length(begun, due, unit), compound=compound)
    out["growth.observed"] = observed
    if left and not keep and target is not None:
        out["growth.required"] = rate(y1, target, length(last.on, due, unit), compound=compound)
    planned = out.get("growth.planned")
    if observed is not None and planned:
        out["pace"] = one.sign * observed / abs(planned)
    if one.world.as_of < due and not keep:
        now = per(one.world.as_of, due)
        out["today.unit"] = word(one, now, compound=compound)
        if target is not None:
            out["today.required"] = rate(y1, target, length(one.world.as_of, due, now), compound=compound)
    if observed is None:
        return
    if left:
        span = length(last.on, due, unit)
        out["projected.value"] = y1 * power(1 + observed, span) if compound else y1 + observed * span
    if target is not None and not keep:
        out["reaches"] = reaching(one, observed, unit, compound=compound)


def reaching(one: Case, observed: Decimal, unit: str, *, compound: bool) -> date | None:
    """Return the day the observed growth meets the target; null where it never does, or after more than 50 years."""
    last, target = one.last, one.aim.value
    assert last is not None
    assert target is not None
    if one.ref is not None:
        return catching(one, compound=compound)
    if met(one, last.value):
        return None
    wanted = target - one.sign * one.tolerance
    if one.aim.low is not None and one.aim.high is not None:
        wanted = one.aim.low - one.tolerance if last.value < one.aim.low else one.aim.high + one.tolerance
    rises = observed > 0
    if observed == 0 or rises != (wanted > last.value) or (compound and wanted <= 0):
        return None
    span = (wanted / last.value).ln() / (1 + observed).ln() if compound else (wanted - last.value) / observed
    if unit == "day":
        days = int(settle(span).to_integral_value(rounding="ROUND_CEILING"))
        day = later(last.on, 0, min(days, 20_000))
        return day if years(last.on, day) <= 50 else None
    span = span / 12 if unit == "month" else span
    return after(last.on, span) if span <= 50 else None


def catching(one: Case, *, compound: bool) -> date | None:
    """Return the first day, of 50 years, on which the value meets a target that moves at its own growth."""
    last, start, y0, ref = one.last, one.start, one.y0, one.ref
    assert last is not None
    assert ref is not None
    if start is None or y0 is None or last.on <= start.end:
        return None
    yearly = rate(y0, last.value, years(start.end, last.on), compound=compound)
    assert yearly is not None

    def short(span: Decimal) -> Decimal:
        mine = last.value * power(1 + yearly, span) if compound else last.value + yearly * span
        theirs = ref.carried(last.on, span)
        return Decimal("NaN") if max(abs(mine), abs(theirs)) > LARGEST else one.sign * (theirs - mine) - one.tolerance

    if short(ZERO) <= 0:
        return None
    spans = (short(Decimal(k)) for k in range(1, 51))
    year = next((k for k, far in enumerate(spans, 1) if far.is_nan() or far <= 0), None)
    if year is None or short(Decimal(year)).is_nan():
        return None
    low, high = Decimal(year - 1), Decimal(year)
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if short(middle) <= 0 else (middle, high)
    return after(last.on, high)
