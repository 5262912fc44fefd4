"""A goal with everything its figures are made from."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from exact.aims import Aim, Reference, aim, reference
from exact.digits import ZERO, settle
from exact.times import MONTHS, When, period
from exact.world import Goal, Point, Sides, World, kind_of, points_of, promised, series_of, sides

if TYPE_CHECKING:
    from datetime import date

Figures = dict[str, Any]


JUDGED = ("on-track", "at-risk", "off-track")


SPANS = {"20d": (0, 20), "2m": (2, 0), "month": (1, 0), "year": (12, 0), "10d": (0, 10)}


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
    over: Sides
    start: When | None
    y0: Decimal | None
    aim: Aim
    ref: Reference | None

    @property
    def last(self) -> Point | None:
        """Return the latest actual."""
        return self.points[-1] if self.points else None


def case(world: World, goal: Goal, points: list[Point] | None = None, running: Point | None = None) -> Case:
    """Return what a goal's figures are made from; `running` is the sum of a year that is not over."""
    goal = promised(world, goal)
    name = goal["sum"][0] if "sum" in goal else series_of(goal)
    kind = kind_of(world, name)
    due = period(str(goal["due"]))
    rhythm = points_of(world, goal)
    if "of" in goal:
        rhythm = [each for each in rhythm if each.when.start <= due.end]
    over = sides(rhythm, world.series.get(name, {}).get("breaks", []), due.end, started(goal))
    if "of" not in goal and world.series.get(name, {}).get("breaks"):
        rhythm = over.points or rhythm
        points = over.points
    points = rhythm if points is None else points
    base = goal.get("baseline")
    start, y0 = None, None
    if base is not None:
        start = period(str(base["period"] if isinstance(base, dict) else base))
        held = [each for each in points if each.on == start.end]
        if held:
            y0 = held[0].value
        elif isinstance(base, dict) and "value" in base and not (over.cut and start.end < over.cut):
            y0 = Decimal(str(base["value"])) * over.factor(start.end)
            if start.end <= world.as_of:
                points = sorted([*points, Point(start, y0, "")], key=lambda each: each.on)
            else:
                y0 = None
    elif running is None and len(points) >= 2 and points[0].on < due.end:
        start, y0 = points[0].when, points[0].value
    ref = reference(world, goal, start, due)
    tolerance = Decimal(str(goal.get("tolerance", 0)))
    if running is not None:
        points = [*points, running]
    seen = aim(goal, points, (start.end, y0) if start and y0 is not None else None, due, ref)
    unit = world.series.get(name, {}).get("unit")
    mode = goal.get("mode", "by")
    sign = -1 if goal.get("direction") == "down" else 1
    if running is not None and seen.high is not None:
        sign = -1 if running.value > seen.high else 1
    elif seen.low is not None and seen.high is not None and points:
        inside = y0 is None or seen.low <= y0 <= seen.high
        sign = -1 if (points[-1].value if inside or y0 is None else y0) > seen.high else 1
    return Case(
        world, goal, kind, unit, due, sign, mode, tolerance, points, rhythm or points, over, start, y0, seen, ref
    )


def started(goal: Goal) -> date | None:
    """Return the day of the declared baseline."""
    base = goal.get("baseline")
    return None if base is None else period(str(base["period"] if isinstance(base, dict) else base)).end


def met(one: Case, value: Decimal, reference: Decimal | None = None) -> bool:
    """Tell whether a value meets the target within the tolerance."""
    if one.aim.low is not None and one.aim.high is not None:
        return settle(miss(one, value)) <= one.tolerance
    target = reference if one.ref is not None else one.aim.value
    assert target is not None
    return settle(one.sign * (settle(target) - settle(value))) <= one.tolerance


def miss(one: Case, value: Decimal) -> Decimal:
    """Return how far a value lies outside a band."""
    assert one.aim.low is not None
    assert one.aim.high is not None
    return max(ZERO, one.aim.low - value, value - one.aim.high)


def steps(one: Case) -> dict[date, Decimal]:
    """Return the intermediate targets by their day."""
    return {period(str(each["due"])).end: Decimal(str(each["target"])) for each in one.goal.get("steps", [])}


def step_of(points: list[Point]) -> tuple[int, int] | None:
    """Return the step of a series in months and days: the commonest length of the last 8, on days their median spacing.

    A single day has none, and neither has nothing.
    """
    recent = points[-8:]
    if not recent:
        return None
    counts = Counter(each.when.length for each in recent)
    named = max(counts, key=lambda each: (counts[each], each == recent[-1].when.length))
    if named in MONTHS:
        return MONTHS[named], 0
    if named == "week":
        return 0, 7
    days = [each.on for each in points if each.when.length == "day"][-8:]
    gaps = sorted((b - a).days for a, b in pairwise(days))
    if not gaps:
        return None
    half = len(gaps) // 2
    return 0, gaps[half] if len(gaps) % 2 else round((gaps[half - 1] + gaps[half]) / 2)
