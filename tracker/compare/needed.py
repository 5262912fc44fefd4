"""The coming periods on the path from the latest actual to the target at due, and what each needs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.assess.facts import planned_target
from tracker.assess.growth import Spacing
from tracker.assess.path import Corner, on_path, way
from tracker.compare.coming import coming
from tracker.compare.reference import reference_on
from tracker.errors import say
from tracker.model.goal import Mode, Moving
from tracker.model.number import finite
from tracker.periods import Length
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tracker.assess.figures import Assessment, Point
    from tracker.compare.coming import Coming
    from tracker.errors import Say
    from tracker.periods import Period


class Needed(NamedTuple):
    """One coming period.

    `needed` is the value to be recorded for it, `planned` what the planned path from the baseline has there. For a
    year's total `amount` is what the period itself brings and `total` the sum with it. `reference` is what a moving
    target is then. `over`: the period has ended without an actual.
    """

    period: Period
    needed: float | None
    planned: float | None = None
    amount: float | None = None
    total: float | None = None
    reference: float | None = None
    over: bool = False


class Plan(NamedTuple):
    """The coming periods of a goal, or why there are none; `years` are those whose seasons the amounts follow."""

    seen: Assessment
    rows: tuple[Needed, ...] = ()
    why: Say | None = None
    notes: tuple[Say, ...] = ()
    years: tuple[int, ...] = ()


def path_plan(seen: Assessment, reference: Sequence[Point]) -> Plan:
    """Return what each coming period needs; `reference` are the points that a moving target follows."""
    goal, due, actual, aim = seen.goal, seen.goal.due, seen.actual, seen.target
    if due is None or actual is None or aim is None or aim.value is None:
        raise ValueError(goal.id)  # `plan` has looked at it
    found = coming(seen.history, seen.kind, due)
    notes = _spacing_notes(found)
    is_kept, is_met = goal.mode is Mode.KEEP, all(gap is None or gap <= 0 for gap in (seen.gap, seen.gap_now))
    held = is_kept or (is_met and seen.gap is not None)
    if is_met:
        notes.append(say("The target is met now: what is needed is to keep it."))
    elif is_kept:
        notes.append(say("The target is to be met in every period."))
    else:
        steps = [step for step in goal.steps if actual.on < step.due.end < due.end]
        notes += [say("The step {value} due {day} bends the path.", value=s.target, day=s.due.text) for s in steps]
    needed = _ahead(seen, actual, due, aim.value)
    planned = _planned(seen, due)
    moved = reference_on(seen, reference)
    if isinstance(goal.target, Moving):
        note = say("The target moves: {series} is carried on at its own growth.", series=goal.target.series)
        notes.append(note)
    rows = []
    for one in found.periods:
        then = moved(one.end)
        kept = finite(aim.value) if then is None else then  # a target that moves is met by what it is then
        way_there = planned(one.end) if then is None or not is_kept else then
        rows.append(Needed(one, kept if held else needed(one.end), way_there, reference=then))
    return Plan(seen, tuple(rows), notes=tuple(notes))


def _spacing_notes(found: Coming) -> list[Say]:
    match found.length if found.coarser else None:
        case Length.WEEK:
            return [say("A line for each week up to due.")]
        case Length.MONTH:
            return [say("A line for each month.")]
        case Length.QUARTER | Length.HALF | Length.YEAR:
            return [say("The series' own periods are too many for a line each.")]
        case _:
            return []


def _ahead(seen: Assessment, actual: Point, due: Period, target: float) -> Callable[[date], float | None]:
    """Return the needed value as a function of the day, bent by the steps ahead."""
    corners = way(Corner(actual.on, actual.value), seen.goal.steps, Corner(due.end, target))
    compound = seen.growth is not None and seen.growth.compound
    span = Spacing(seen.growth.per if seen.growth else "year")

    def value(day: date) -> float | None:
        start, end = next((a, b) for a, b in pairwise(corners) if day <= b.on)
        left = span.between(day, end.on) / span.between(start.on, end.on)
        if compound:
            return finite(end.value * (start.value / end.value) ** left)
        return finite(end.value + (start.value - end.value) * left)

    return value


def _planned(seen: Assessment, due: Period) -> Callable[[date], float | None]:
    """Return the planned path's value as a function of the day; nowhere a value where there is no such path."""
    baseline, aim = seen.baseline, seen.target
    start = baseline.value if baseline else None
    end = None if aim is None else planned_target(aim, start)
    if seen.goal.mode is Mode.KEEP:
        return lambda _day: finite(end)
    if baseline is None or start is None or end is None:
        return lambda _day: None
    corners = way(Corner(baseline.period.end, start), seen.goal.steps, Corner(due.end, end))
    compound = seen.growth is not None and seen.growth.compound
    return lambda day: on_path(corners, day, compound=compound)
