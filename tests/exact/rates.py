"""Published rates: one year's, or the mean of a plan's years and what the years left need."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from exact.cases import Case, Figures, met, miss
from exact.digits import ONE, ZERO, power, settle
from exact.standing import allowed, concluded, misses, waited
from exact.standing import whole as number_of_periods
from exact.times import PER_YEAR, years
from exact.world import Point, World, kind_of, recorded

if TYPE_CHECKING:
    from datetime import date


def factor(rates: list[Decimal]) -> Decimal:
    """Return what the rates multiply to."""
    found = ONE
    for each in rates:
        found *= 1 + each / 100
    return found


def needed(target: Decimal, count: int, done: Decimal, left: int) -> Decimal | None:
    """Return the mean rate in % that the years left need."""
    if left <= 0 or done <= 0 or target <= -100:
        return None
    return (power(power(1 + target / 100, Decimal(count)) / done, ONE / left) - 1) * 100


def rest_of_year(world: World, series: str, value: Decimal, latest: Point, due: date) -> Decimal | None:
    """Return the rate in % that the rest up to due needs, by last year's shares."""
    kind = kind_of(world, series)
    last = [each for each in recorded(world, series) if each.on.year == latest.on.year - 1]

    def brought(month: int) -> Decimal | None:
        until = [each for each in last if each.on.month <= month]
        if not until or until[-1].on.month != month:
            return None
        if kind == "ytd":
            return until[-1].value
        if len(until) * 12 != month * PER_YEAR[until[-1].when.length]:
            return None
        return sum((each.value for each in until), ZERO)

    same, whole = brought(latest.on.month), brought(due.month)
    if same is None or whole is None or whole <= same:
        return None
    return ((whole * (1 + value / 100) - same * (1 + latest.value / 100)) / (whole - same) - 1) * 100


def kept_rates(one: Case, out: Figures, begun: date, *, start: bool) -> Figures:
    """Return the figures and the status of a rate that every period after the baseline must meet."""
    due, latest = one.due.end, one.points[-1]
    now, target = latest.value, one.aim.value
    assert target is not None
    sign = one.sign
    if one.aim.low is not None and one.aim.high is not None:
        target = one.aim.low if now <= one.aim.low else min(now, one.aim.high)
        sign = -1 if now > one.aim.high else 1
    whole = [p for p in one.points if begun < p.on <= due and (p.on.month == 12 or p.on == due)]
    out["target.value"], out["baseline.on"] = target, begun if start else None
    out["actual.on"], out["actual.value"], out["actual.age_days"] = latest.on, now, (one.world.as_of - latest.on).days
    out["gap"], out["ahead"], out["expected"] = sign * (target - now), sign * (now - target), target
    out["growth.observed"] = now
    out["today.elapsed"] = years(begun, one.world.as_of) / years(begun, due)
    out["elapsed"] = Decimal(len(whole)) / (due.year - begun.year) if start else None
    counted = [
        (p.when, settle(miss(one, p.value)) <= one.tolerance if one.aim.low is not None else met(one, p.value))
        for p in one.points
        if not start or p.on > begun
    ]
    at_due = next((each for each in counted if each[0].end == due), None)
    at_due = at_due or next((each for each in counted if each[0].start <= due < each[0].end), None)
    spent, most = len(misses(one, counted, at_due)), allowed(one, counted, before=start)
    if "allow" in one.goal and counted:
        out["budget.allowed"], out["budget.used"], out["budget.left"] = most, spent, most - spent
        out["budget.periods"] = number_of_periods(one, counted) - start
    on = None
    if spent > most:
        status = "missed"
    elif at_due:
        status, on = "achieved", at_due[0].end
    else:
        status = waited(one) or ("on-track" if len(one.points) > 1 and counted else "too-few")
    return {**concluded(one, out, status, on, lapsed=False), "provisional": latest.quality != "final"}


def judge_rates(one: Case) -> Figures:
    """Return the figures and the status of a goal on a published rate."""
    world, due, points = one.world, one.due, one.points
    out: Figures = {"due": due.end, "growth.unit": "%/year", "today.left": (due.end - world.as_of).days}
    banded = one.aim.low is not None and one.aim.high is not None
    out["target.value"], out["target.low"], out["target.high"] = one.aim.value, one.aim.low, one.aim.high
    if banded:
        out["target.value"] = one.aim.low
    if not points:
        return concluded(one, out, "no-data", None, lapsed=False)
    start = one.start if "baseline" in one.goal and one.start else None
    begun = start.end if start else due.end.replace(year=due.end.year - 1)
    count = due.end.year - begun.year
    if one.mode == "keep":
        return kept_rates(one, out, begun, start=start is not None)
    chain = [each for each in points if begun < each.on <= due.end and (each.on.month == 12 or each.on == due.end)]
    is_whole = [each.on.year for each in chain] == [begun.year + 1 + k for k in range(len(chain))]
    latest = points[-1]
    inside = latest.on.year == due.end.year and latest.on < due.end and count == 1
    now, on = latest.value, latest
    if chain and is_whole and not inside:
        done = factor([each.value for each in chain])
        now, on = settle((power(done, ONE / len(chain)) - 1) * 100), chain[-1]
    target = one.aim.value
    assert target is not None
    if one.aim.low is not None and one.aim.high is not None:
        target = one.aim.low if now <= one.aim.low else min(now, one.aim.high)
    sign = -1 if banded and one.aim.high is not None and now > one.aim.high else 1 if banded else one.sign
    left = count - len(chain)
    done = factor([each.value for each in chain])
    required = needed(target, count, done, left) if is_whole else None
    if inside:
        level = world.series["x"].get("level")
        required = rest_of_year(world, level, target, latest, due.end) if level else None
    out["target.value"] = target
    out["baseline.on"] = start.end if start else None
    out["actual.quality"] = on.quality
    out["actual.on"], out["actual.value"], out["actual.age_days"] = on.on, now, (world.as_of - on.on).days
    out["gap"], out["ahead"], out["expected"] = sign * (target - now), sign * (now - target), target
    out["growth.observed"], out["growth.planned"], out["growth.required"] = now, target, required
    out["today.elapsed"] = years(begun, world.as_of) / years(begun, due.end)
    out["elapsed"] = Decimal(len(chain)) / count if start else None
    status, success = None, None
    is_met = settle(miss(one, now)) <= one.tolerance if banded else met(one, now)
    if is_whole and left <= 0:
        status, success = ("achieved", chain[-1].on) if is_met else ("missed", None)
    elif (late := waited(one)) is not None:
        status = late
    elif not is_whole or len(points) < 2:
        status = "too-few"
    elif is_met:
        status = "on-track"
    else:
        enough = required
        if one.tolerance and left and chain:
            enough = needed(target - sign * one.tolerance, count, done, left)
        last = [each.value for each in points if each.on.month == 12][-3:]
        hard = enough is not None and last and all(settle(sign * (enough - each)) > 0 for each in last)
        status = "off-track" if hard else "at-risk"
    found = concluded(one, out, status, success, lapsed=False)
    used = [on, *(chain if is_whole and not inside else ())]
    found["provisional"] = any(each.quality != "final" for each in used)
    return found
