"""What would turn a verdict: the next actual, or the due, that would make a goal on track."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import assess
from tracker.assess.figures import Assessment, Status, Turning
from tracker.model.actual import Actual
from tracker.model.goal import SUMMED, Kind, Moving
from tracker.periods import Length, Period, next_period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracker.model.actual import View
    from tracker.model.goal import Goal, GoalsFile

GOOD = frozenset({Status.ON_TRACK, Status.ACHIEVED})
HALVINGS, DOUBLINGS, LATER_DUES = 40, 20, 50


def turning(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], view: View, seen: Assessment) -> Turning:
    """Return what would turn the verdict of a goal that is at risk or off track."""
    goal = seen.goal
    if seen.status not in {Status.AT_RISK, Status.OFF_TRACK} or goal.series is None or seen.actual is None:
        return Turning()
    if seen.kind in {Kind.GROWTH, *SUMMED} and seen.year is not None:
        return Turning()

    def status(one: Goal, lines: Mapping[str, Sequence[Actual]], looking: View) -> Status:
        # the promise in force is in `one` already
        alone = file._replace(goals=(one._replace(revisions=()),))
        return assess(alone, lines, looking)[0].status

    due = _later_due(goal, lambda one: status(one, actuals, view) in GOOD)
    period = _next(seen)
    if period is None:
        return Turning(due=due)
    looking = view._replace(as_of=max(view.as_of, period.end))
    series = goal.series

    def turns(value: float) -> bool:
        added = {**actuals, series: [*actuals.get(series, ()), Actual(series, period, value)]}
        if isinstance(goal.target, Moving):
            added = _with_reference(goal.target, seen, added, period)
        return status(goal, added, looking) in GOOD

    value = _least(seen, turns)
    return Turning(period if value is not None else None, value, due)


def _next(seen: Assessment) -> Period | None:
    """Return the period after the latest actual; None where it would end after due, or is a day."""
    if seen.actual is None or seen.due is None or seen.actual.period.length is Length.DAY:
        return None
    period = next_period(seen.actual.period)
    return period if period.end <= seen.due else None


def _with_reference(
    target: Moving, seen: Assessment, actuals: Mapping[str, Sequence[Actual]], period: Period
) -> dict[str, Sequence[Actual]]:
    """Return the actuals with the reference carried on to a period at its own growth, where it is not known yet."""
    aim = seen.target
    lines = actuals.get(target.series, ())
    if aim is None or aim.base is None or any(line.period.end == period.end for line in lines):
        return dict(actuals)
    from tracker.assess.growth import carried
    from tracker.periods import years

    value = carried(aim.base.value, aim.rate or 0.0, years(aim.base.on, period.end), compound=aim.compound)
    return {**actuals, target.series: [*lines, Actual(target.series, period, value)]}


def _later_due(goal: Goal, turns: Callable[[Goal], bool]) -> Period | None:
    """Return the first later due, of the same length, under which the goal would be on track."""
    due = goal.due
    for _ in range(LATER_DUES):
        if due is None or due.end.year >= due.end.max.year - 1:
            return None
        due = next_period(due)
        if turns(goal._replace(due=due)):
            return due
    return None


def _least(seen: Assessment, turns: Callable[[float], bool]) -> float | None:
    """Return the value nearest to the latest actual that turns the verdict, found by halving."""
    if seen.actual is None or seen.target is None or seen.target.value is None or seen.gap is None:
        return None
    near = seen.actual.value
    step = seen.target.value - near
    if step == 0 or turns(near):
        return None
    for _ in range(DOUBLINGS):
        if turns(near + step):
            break
        step *= 1.25
    else:
        return None
    low, high = near, near + step
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if turns(middle) else (middle, high)
    return high
