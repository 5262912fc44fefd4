"""The targets of the past: what could have been asked of a history at each of its periods, and what came.

Two kinds, never mixed. `own`: the goal's own target at its own due, where due is past and decided. `path`: for every
coming period the value that the planned path has there, as a target for that period; so a goal whose due lies ahead
has cases too, and every case is about a promise somebody made. A target that moves is its own path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import target
from tracker.assess.figures import Status
from tracker.assess.growth import course
from tracker.assess.path import Corner, on_path, way
from tracker.model.goal import SUMMED, Band, Mode, Moving, Number
from tracker.periods import Length, containing
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.assess.facts import Source
    from tracker.assess.figures import Assessment, Point
    from tracker.assess.target import Reference
    from tracker.model.goal import Goal, Target
    from tracker.periods import Period

COMING = 12
"""How many coming periods are asked for at each past one."""


class Past(NamedTuple):
    """What is known today of a goal's history.

    `counted` are the points that targets are compared with (years' totals for a yearly target), the goal's own
    baseline included; `seen` is its assessment.
    """

    goal: Goal
    due: Period
    source: Source
    counted: list[Point]
    reference: Reference | None
    seen: Assessment


class Asked(NamedTuple):
    """A question of the past: seen from `origin`, would `goal` be reached? `reached` is what came at its due."""

    origin: Point
    goal: Goal
    due: Period
    reached: bool


def own_asked(past: Past) -> list[Asked]:
    """Return the goal's own target at its own due, asked at every period before; none where due is not decided.

    Decided is a due that has its actual: an early success would count while a goal still open could not.
    """
    if past.seen.status not in {Status.ACHIEVED, Status.MISSED}:
        return []
    if not past.counted or past.counted[-1].on < past.due.end:
        return []
    start = past.goal.baseline.period.end if past.goal.baseline else None
    reached = past.seen.status is Status.ACHIEVED
    origins = [origin for origin, _coming in _origins(past) if origin.on < past.due.end]
    return [Asked(one, past.goal, past.due, reached) for one in origins if start is None or one.on >= start]


def path_asked(past: Past) -> list[Asked]:
    """Return the planned path's value at every coming period as a target, asked at every period before it."""
    baseline = target.baseline_of(past.goal, past.counted)
    if baseline is None or baseline.value is None:
        return []
    asked = []
    for origin, coming in _origins(past):
        for point in coming:
            if baseline.period.end <= origin.on and point.on <= past.due.end:
                aim = _aim(past, Corner(baseline.period.end, baseline.value), point)
                reached = None if aim is None else _is_reached(past, aim, point)
                if aim is not None and reached is not None:
                    asked.append(Asked(origin, _goal(past.goal, aim, point.period), point.period, reached))
    return asked


def _origins(past: Past) -> Iterator[tuple[Point, list[Point]]]:
    """Yield each period of the past with the coming ones that it may be asked about.

    Inside a year whose total counts, that is the total of this very year.
    """
    for place, point in enumerate(past.counted):
        yield point, past.counted[place + 1 : place + 1 + COMING]
    if past.source.kind not in SUMMED or past.due.length is not Length.YEAR:
        return
    years = {point.on: point for point in past.counted if point.period.length is Length.YEAR}
    for point in past.source.points:
        end = containing(point.on, Length.YEAR).end
        if point.period.length is not Length.YEAR and point.on < end and end in years:
            yield point, [years[end]]


def _aim(past: Past, start: Corner, point: Point) -> Target | None:
    goal, seen = past.goal, past.seen.target
    if isinstance(goal.target, Moving):
        return goal.target
    if seen is None or seen.value is None:
        return None
    if goal.mode is Mode.KEEP:
        return Band(seen.low, seen.high) if seen.low is not None and seen.high is not None else Number(seen.value)
    if seen.low is not None:  # the way to a band has no side on which it is met
        return None
    named = [("baseline", start.value), ("target", seen.value), *(("step", step.target) for step in goal.steps)]
    corners = way(start, goal.steps, Corner(past.due.end, seen.value))
    value = on_path(corners, point.on, compound=course(goal, past.source.kind, named).compound)
    return None if value is None else Number(value)


def _goal(goal: Goal, aim: Target, due: Period) -> Goal:
    return goal._replace(target=aim, due=due, mode=Mode.AT, steps=())


def _is_reached(past: Past, aim: Target, point: Point) -> bool | None:
    """Tell whether a point met what was asked of its period; None where the reference has no value for it."""
    match aim:
        case Number(value):
            return target.threshold(past.goal, value).met(point.value)
        case Band(low, high):
            return target.threshold(past.goal, low, low, high).met(point.value)
        case Moving():
            shared = target.common([point], aim, past.reference)
            return target.threshold(past.goal, shared[0].reference).met(point.value) if shared else None
        case _:
            return None
