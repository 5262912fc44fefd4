"""A year's total before the year is over: within-year.md, and "A year's total" of design.md section 13."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from exact.cases import Case, Figures, case, met, miss
from exact.digits import ONE, ZERO, cut, mean, power, student, student_quantile
from exact.standing import concluded, decided
from exact.times import PER_YEAR, period
from exact.world import Goal, Point, World, points_of, totals, worst

if TYPE_CHECKING:
    from datetime import date


class Parts(NamedTuple):
    """What the years have so far: this year's sum, and of each full year before the same part's sum and the rest."""

    so_far: Decimal
    done: int
    per_year: int
    before: list[tuple[Decimal, Decimal]]
    is_whole: bool
    only_grows: bool
    sums: list[tuple[date, Decimal]]


def year_case(world: World, goal: Goal, kind: str) -> tuple[Case, Parts | None]:
    """Return the case of a goal on a year's total, and its running year if the latest actual lies in the year due."""
    points = points_of(world, goal)
    if "of" in goal:
        points = [each for each in points if each.when.start <= period(str(goal["due"])).end]
    full = totals(points, kind)
    one = case(world, goal, full)
    if not points or points[-1].on.year != one.due.end.year or any(p.on == one.due.end for p in full):
        return one, None
    now = [each for each in points if each.on.year == one.due.end.year]
    f = PER_YEAR[now[-1].when.length]
    m = now[-1].on.month * f // 12
    ytd = kind == "ytd"
    so_far = now[-1].value if ytd else sum((each.value for each in now), ZERO)
    quality = now[-1].quality if ytd else worst([each.quality for each in now])
    running = Point(now[-1].when, so_far, quality)
    by_year = {year: {p.on.month * f // 12: p.value for p in points if p.on.year == year} for year in range(1, 3000)}
    before: list[tuple[Decimal, Decimal]] = []
    for year in range(one.due.end.year - 1, 0, -1):
        values = by_year.get(year, {})
        if ytd and m in values and f in values:
            before.insert(0, (values[m], values[f] - values[m]))
        elif not ytd and len(values) == f:
            first = sum((values[k] for k in range(1, m + 1)), ZERO)
            before.insert(0, (first, sum(values.values(), ZERO) - first))
        else:
            break
    is_whole = ytd or len(now) == m
    amounts = [b - a for v in by_year.values() for a, b in pairwise([ZERO, *(v[k] for k in sorted(v))])]
    grows = all(each >= 0 for each in (amounts if ytd else [each.value for each in points]))
    base = goal.get("baseline")
    aimed = case(world, {**goal, "baseline": base} if base else goal, full, running)
    sums = [(p.on, p.value if ytd else sum((q.value for q in now[: k + 1]), ZERO)) for k, p in enumerate(now)]
    return aimed, Parts(so_far, m, f, before if is_whole else [], is_whole, grows, sums)


class Said(NamedTuple):
    """What the model of the year says."""

    share: Decimal
    centre: Decimal
    spread: Decimal


def model(parts: Parts) -> Said | None:
    """Return share, centre and spread; None where a logarithm or a divisor is not positive, or no year came before."""
    y, sums = parts.so_far, parts.before
    if not sums or y <= 0 or any(a <= 0 or b <= 0 for a, b in sums):
        return None
    (a, b), e = sums[-1], Decimal(parts.done) / parts.per_year
    g = (y / a).ln()
    devs = [
        (rest / old_rest).ln() - (first / old_first).ln() for (old_first, old_rest), (first, rest) in pairwise(sums)
    ]
    share = mean([first / (first + rest) for first, rest in sums[-3:]])
    adj = (y * (1 - share) / share / b).ln() - g
    v = (20 * Decimal("0.019") ** 2 + sum((dev * dev for dev in devs), ZERO)) / (20 + len(devs))
    s = v.sqrt() * power(1 - e, Decimal("0.18")) + Decimal("0.22") * abs(g)
    return Said(share, Decimal("0.75") * g + Decimal("0.57") * adj, s)


def above(said: Said, parts: Parts, target: Decimal) -> Decimal:
    """Return the chance that the year's total comes to the target."""
    if target <= parts.so_far:
        return ONE
    return student((said.centre - ((target - parts.so_far) / parts.before[-1][1]).ln()) / said.spread)


def year_total(one: Case, parts: Parts) -> Figures:
    """Return the figures and the status of a running year."""
    target, last, keep = one.aim.value, one.last, one.mode == "keep"
    assert last is not None
    y, e = parts.so_far, Decimal(parts.done) / parts.per_year
    out: Figures = {
        "due": one.due.end,
        "growth.unit": "fraction/year",
        "today.left": (one.due.end - one.world.as_of).days,
    }
    out["target.value"], out["target.low"], out["target.high"] = target, one.aim.low, one.aim.high
    if "baseline" in one.goal and one.start:
        out["baseline.on"], out["baseline.value"] = one.start.end, one.y0
    out["actual.on"], out["actual.value"], out["actual.age_days"] = last.on, y, (one.world.as_of - last.on).days
    out["elapsed"], out["today.elapsed"] = e, gone(one)
    if parts.before and parts.before[-1][0]:
        out["growth.observed"] = y / parts.before[-1][0] - 1
    if target is None:
        return concluded(one, out, "no-data", None, lapsed=False)
    said = model(parts)
    share = said.share if said else e
    out["gap"] = miss(one, y) if one.aim.low is not None else one.sign * (target - y)
    out["progress"] = None if keep or target == 0 else y / target
    out["expected"] = target if keep else share * target
    out["ahead"] = one.sign * (y - out["expected"])
    out["pace"] = None if keep or not out["expected"] else y / out["expected"]
    if parts.before:
        _, b = parts.before[-1]
        out["growth.required"] = (target - y) / b - 1 if b and not keep else None
    year_before = next((p.value for p in one.points[:-1] if p.on.year == one.due.end.year - 1), None)
    out["growth.planned"] = target / year_before - 1 if year_before and not keep else None
    out["year.done"], out["year.periods"], out["year.share"] = parts.done, parts.per_year, said.share if said else None
    out["year.time_expected"], out["year.time_ahead"] = target * e, one.sign * (y - target * e)
    out["year.time_pace"] = y / (target * e) if target else None
    full = [each for each in one.points if each.when.length == "year"]
    if one.ref and (shared := one.ref.common(full)):
        out["target.now"], out["gap_now"] = shared[-1][2], one.sign * (shared[-1][2] - shared[-1][1])
    chance = foreseen(one, parts, said, out) if said else None
    passed = one.aim.high is None and one.ref is None and one.sign > 0 and parts.only_grows and met(one, y)
    broken = parts.only_grows and is_beyond(one, y)
    status, on, lapsed = decided(one, full)
    if one.mode == "by" and passed and status in {None, "awaiting", "overdue"}:
        status, on, lapsed = "achieved", next(day for day, total in parts.sums if met(one, total)), False
    elif one.mode == "by" and passed and status == "achieved":
        lapsed = False
    elif keep and broken and status != "achieved":
        status = "missed"
    if status is None and said is None:
        status = "too-few"
    if status is None and keep:
        status = "on-track"
    if status in {None, "on-track"} and chance is not None:
        out["chance"], out["model"] = chance, "year"
    if keep:
        out["bound"] = "upper"
    return concluded(one, out, status, on, lapsed=lapsed)


def gone(one: Case) -> Decimal:
    """Return the share of the year that is gone on the day we look from."""
    start = one.due.start
    return Decimal((one.world.as_of - start).days + 1) / ((one.due.end - start).days + 1)


def is_beyond(one: Case, so_far: Decimal) -> bool:
    """Tell whether a sum that only grows has passed what it must not."""
    if one.ref is not None:
        return False
    most = one.aim.high if one.aim.high is not None else one.aim.value if one.sign < 0 else None
    return most is not None and so_far > most + one.tolerance


def foreseen(one: Case, parts: Parts, said: Said, out: Figures) -> Decimal:
    """Add the projection, and return the chance."""
    b = parts.before[-1][1]
    u = student_quantile(Decimal("0.9"))
    low, middle, high = (parts.so_far + b * (said.centre + k * u * said.spread).exp() for k in (-1, 0, 1))
    out["projected.value"] = out["projected.median"] = middle
    out["projected.low"], out["projected.high"] = low, high
    if one.aim.low is not None and one.aim.high is not None:
        edge = one.aim.high + one.tolerance
        inside = above(said, parts, one.aim.low - one.tolerance) - above(said, parts, edge)
        return ZERO if parts.so_far > edge else cut(inside)
    assert one.aim.value is not None
    edge = one.aim.value - one.sign * one.tolerance
    up = above(said, parts, edge)
    chance = up if one.sign > 0 else 1 - up
    return chance if edge <= parts.so_far else cut(chance)
