"""The figures and the status of a goal on a level, a ratio, a total or a rank: design.md, sections 5, 7 and 13."""

from __future__ import annotations

import itertools
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from exact.aims import Aim, Reference, aim, reference
from exact.digits import LARGEST, ZERO, cut, power, settle, shown
from exact.forecast import forecast
from exact.times import MONTHS, When, after, later, period, years
from exact.world import Goal, Point, World, kind_of, points_of, promised, series_of

if TYPE_CHECKING:
    from datetime import date

Figures = dict[str, Any]
SPANS = {"20d": (0, 20), "2m": (2, 0), "month": (1, 0), "year": (12, 0), "10d": (0, 10)}
JUDGED = ("on-track", "at-risk", "off-track")


class Case(NamedTuple):
    """A goal with everything its figures are made from."""

    world: World
    goal: Goal
    kind: str
    unit: str | None
    due: When
    sign: int
    mode: str
    tolerance: Decimal
    points: list[Point]
    rhythm: list[Point]
    start: When | None
    y0: Decimal | None
    aim: Aim
    ref: Reference | None

    @property
    def last(self) -> Point | None:
        """Return the latest actual."""
        return self.points[-1] if self.points else None


def case(world: World, goal: Goal, points: list[Point] | None = None) -> Case:
    """Return what a goal's figures are made from."""
    goal = promised(world, goal)
    name = goal["sum"][0] if "sum" in goal else series_of(goal)
    kind = kind_of(world, name)
    due = period(str(goal["due"]))
    points = points_of(world, goal) if points is None else points
    rhythm = points
    base = goal.get("baseline")
    start, y0 = None, None
    if base is not None:
        start = period(str(base["period"] if isinstance(base, dict) else base))
        held = [each for each in points if each.on == start.end]
        if held:
            y0 = held[0].value
        elif isinstance(base, dict) and "value" in base:
            y0 = Decimal(str(base["value"]))
            if start.end <= world.as_of:
                points = sorted([*points, Point(start, y0, "")], key=lambda each: each.on)
            else:
                y0 = None
    elif len(points) >= 2 and points[0].on < due.end:
        start, y0 = points[0].when, points[0].value
    ref = reference(world, goal, start, due)
    tolerance = Decimal(str(goal.get("tolerance", 0)))
    seen = aim(goal, points, (start.end, y0) if start and y0 is not None else None, due, ref)
    unit = world.series.get(name, {}).get("unit")
    mode = goal.get("mode", "by")
    sign = -1 if goal.get("direction") == "down" else 1
    if seen.low is not None and seen.high is not None and points:
        inside = y0 is None or seen.low <= y0 <= seen.high
        sign = -1 if (points[-1].value if inside or y0 is None else y0) > seen.high else 1
    return Case(world, goal, kind, unit, due, sign, mode, tolerance, points, rhythm or points, start, y0, seen, ref)


def met(one: Case, value: Decimal, reference: Decimal | None = None) -> bool:
    """Tell whether a value meets the target within the tolerance."""
    if one.aim.low is not None and one.aim.high is not None:
        return settle(miss(one, value)) <= one.tolerance
    target = reference if one.ref is not None else one.aim.value
    assert target is not None
    return settle(one.sign * (target - value)) <= one.tolerance


def miss(one: Case, value: Decimal) -> Decimal:
    """Return how far a value lies outside a band."""
    assert one.aim.low is not None
    assert one.aim.high is not None
    return max(ZERO, one.aim.low - value, value - one.aim.high)


def is_compound(one: Case) -> bool:
    """Tell whether the rates are compound: by the path, where everything is above 0."""
    asked = one.goal.get("path") or ("linear" if one.kind in {"ratio", "rank"} else "compound")
    last = one.last
    values = [one.y0, last.value if last else None, one.aim.value, *steps(one).values()]
    return asked == "compound" and all(value is None or value > 0 for value in values)


def steps(one: Case) -> dict[date, Decimal]:
    """Return the intermediate targets by their day."""
    return {period(str(each["due"])).end: Decimal(str(each["target"])) for each in one.goal.get("steps", [])}


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
    for (a, from_), (b, to) in itertools.pairwise(knots):
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
    out["target.now"] = one.ref.now(one.points) if one.ref and target is not None else None
    out["baseline.on"], out["baseline.value"] = start.end if start else None, y0
    if start and y0 is not None and target is not None and last and years(start.end, one.due.end) > 0:
        whole = years(start.end, one.due.end)
        out["today.elapsed"] = years(start.end, one.world.as_of) / whole
        out["elapsed"] = years(start.end, last.on) / whole
    out["today.left"] = (one.due.end - one.world.as_of).days
    if last is None:
        return out
    y1 = last.value
    out["actual.on"], out["actual.value"] = last.on, y1
    out["actual.age_days"] = (one.world.as_of - last.on).days
    if target is None:
        return out
    band = one.aim.low is not None
    out["gap"] = miss(one, y1) if band else one.sign * (target - y1)
    edge = target if not band or y0 is None else one.aim.edge(y0)
    if y0 is not None and not keep and edge is not None and edge != y0:
        out["progress"] = (y1 - y0) / (edge - y0)
    out["expected"] = edge if keep else on_path(one, last.on, compound=compound)
    if out["expected"] is not None:
        out["ahead"] = one.sign * (y1 - out["expected"])
    if one.ref:
        shared = one.ref.common(one.points)
        if shared:
            out["gap_now"] = one.sign * (shared[-1][2] - shared[-1][1])
    if not rank:
        rates(one, out, edge, compound=compound)
    return out


def rates(one: Case, out: Figures, edge: Decimal | None, *, compound: bool) -> None:
    """Add growth, pace, what today needs, the projection and the day it reaches the target."""
    last, start, target, y0 = one.last, one.start, one.aim.value, one.y0
    assert last is not None
    assert target is not None
    y1, due, keep = last.value, one.due.end, one.mode == "keep"
    left = last.on < due
    begun = start.end if start else None
    unit = per(last.on, due) if left else per(begun, due) if begun and begun < due else "year"
    out["growth.unit"] = word(one, unit, compound=compound)
    observed = None
    if begun and y0 is not None:
        observed = rate(y0, y1, length(begun, last.on, unit), compound=compound)
        if not keep and edge is not None and begun < due:
            out["growth.planned"] = rate(y0, edge, length(begun, due, unit), compound=compound)
    out["growth.observed"] = observed
    if left and not keep:
        out["growth.required"] = rate(y1, target, length(last.on, due, unit), compound=compound)
    planned = out.get("growth.planned")
    if observed is not None and planned:
        out["pace"] = one.sign * observed / abs(planned)
    if one.world.as_of < due and not keep:
        now = per(one.world.as_of, due)
        out["today.unit"] = word(one, now, compound=compound)
        out["today.required"] = rate(y1, target, length(one.world.as_of, due, now), compound=compound)
    if observed is None:
        return
    if left:
        span = length(last.on, due, unit)
        out["projected.value"] = y1 * power(1 + observed, span) if compound else y1 + observed * span
    if not keep:
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
        return later(last.on, 0, days) if days <= 50 * 366 else None
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


def step_of(points: list[Point]) -> tuple[int, int] | None:
    """Return the step of a series in months and days: the commonest length of the last 8, on days their median spacing.

    A single day has none.
    """
    recent = points[-8:]
    counts = Counter(each.when.length for each in recent)
    named = max(counts, key=lambda each: (counts[each], each == recent[-1].when.length))
    if named in MONTHS:
        return MONTHS[named], 0
    if named == "week":
        return 0, 7
    days = [each.on for each in points if each.when.length == "day"][-8:]
    gaps = sorted((b - a).days for a, b in itertools.pairwise(days))
    if not gaps:
        return None
    half = len(gaps) // 2
    return 0, gaps[half] if len(gaps) % 2 else round((gaps[half - 1] + gaps[half]) / 2)


def decided(one: Case) -> tuple[str | None, date | None, bool]:
    """Return the status that no chance decides, the day of success, and whether it has lapsed."""
    due, as_of, last = one.due.end, one.world.as_of, one.last
    if last is None or one.aim.value is None:
        return "no-data", None, False
    begun = one.start.end if one.start and one.goal.get("baseline") is not None else None
    pairs: list[tuple[When, Decimal, Decimal | None]] = [(p.when, p.value, None) for p in one.points]
    if one.ref:
        pairs = [*one.ref.common(one.points)]
    counted = [(when, met(one, mine, other)) for when, mine, other in pairs if begun is None or when.end > begun]
    if one.mode == "keep" and begun is not None:
        counted = [(when, met(one, mine, other)) for when, mine, other in pairs if when.end >= begun]
    at_due = next((each for each in counted if each[0].end == due), None)
    at_due = at_due or next((each for each in counted if each[0].start <= due < each[0].end), None)
    by_due = [each for each in counted if each[0].end <= due]
    later_ones = [each for each in counted if each[0].end >= due]
    first = next((when.end for when, is_met in by_due if is_met), None)
    if one.mode == "by":
        if first is not None:
            return "achieved", first, not counted[-1][1]
        if later_ones:
            late = next((when.end for when, is_met in later_ones if is_met), None)
            return "missed", late, False
    elif one.mode == "at":
        if at_due:
            return ("achieved" if at_due[1] else "missed"), at_due[0].end if at_due[1] else None, False
    elif any(not is_met for when, is_met in counted if when.end <= due or when == (at_due or [None])[0]):
        return "missed", None, False
    elif at_due:
        return "achieved", at_due[0].end, False
    if as_of > due:
        months, days = SPANS[one.goal["every"]] if "every" in one.goal else step_of(one.rhythm) or (0, 30)
        wait = max(later(due, months, days), later(due, 0, 30))
        lag = one.goal.get("lag")
        wait = later(wait, *SPANS[lag]) if lag else wait
        return ("overdue" if as_of > wait else "awaiting"), None, False
    return None, None, False


def judge(one: Case) -> Figures:
    """Return every figure, the chance and the status."""
    out = figures(one)
    status, on, lapsed = decided(one)
    last, keep = one.last, one.mode == "keep"
    if last is not None and one.aim.value is not None:
        count = len(one.ref.common(one.points)) if one.ref else len(one.points)
        if status is None and count < 2:
            status = "too-few"
        elif status is None and keep:
            status = "on-track"
        judging = status is None or status == "on-track"
        said = forecast(one, judging=judging)
        if said is not None:
            out["projected.low"], out["projected.median"], out["projected.high"] = said.quantiles or (None, None, None)
        if judging and said is not None and said.chance is not None:
            out["chance"], out["model"] = cut(said.chance), said.model
        status = status or called(one, out.get("chance"))
        if keep:
            out["bound"] = "upper"
    out["status"], out["achieved_on"], out["lapsed"] = status, on, lapsed
    out["provisional"] = last is not None and is_soft(one, on)
    if last is not None:
        last = one.rhythm[-1]
        span = SPANS[one.goal["every"]] if "every" in one.goal else step_of(one.rhythm)
        if span is not None:
            wait = later(last.on, 2 * span[0], 2 * span[1])
            if lag := one.goal.get("lag"):
                wait = later(wait, *SPANS[lag])
            out["stale"] = one.world.as_of > wait
    sizes = [abs(value) for value in (one.y0, one.aim.value, *(each.value for each in one.points)) if value is not None]
    return {**written(out), "scale": max(sizes, default=ZERO)}


def written(out: Figures) -> Figures:
    """Return figures as they are written: settled, null where they left the range of floats."""
    return {key: shown(value) if isinstance(value, Decimal) else value for key, value in out.items()}


def called(one: Case, chance: Decimal | None) -> str:
    """Return the status a chance means."""
    if chance is None:
        return "too-few"
    sure = settle(chance)
    if sure >= settle(one.world.on_track):
        return "on-track"
    return "off-track" if sure < settle(one.world.off_track) else "at-risk"


def is_soft(one: Case, on: date | None) -> bool:
    """Tell whether it rests on a figure that is not final: actual, baseline, the target's base, the success."""
    days = {one.last.on if one.last else None, one.start.end if one.start else None, on}
    target = one.goal.get("target")
    if isinstance(target, dict) and "of" in target:
        days.add(period(str(target["of"])).end)
    used = [each for each in one.points if each.on in days]
    return any(each.quality not in {"final", ""} for each in [*used, *(one.ref.used() if one.ref else ())])
