"""What would turn a verdict: the next actual, or the due, that would make a goal on track."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING

from tracker.assess import assess
from tracker.assess.figures import Assessment, Status, Turning
from tracker.compare.reference import with_reference
from tracker.model.actual import Actual
from tracker.model.goal import Direction, Kind, Moving
from tracker.periods import Length, Period, add_days, add_months, containing, next_period
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from tracker.model.actual import View
    from tracker.model.goal import Goal, GoalsFile

GOOD = frozenset({Status.ON_TRACK, Status.ACHIEVED})
HALVINGS, DOUBLINGS = 18, 12
LATER_YEARS = 50
"""How many years later a due is still worth naming."""
LOSS = 0.005
"""What rounding to a number that people can say may add to the step that is needed."""
LAST_YEAR = 9990
WHOLE_FROM = 1e15
"""From here on floats have no decimals left to round."""


def turning(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], view: View, seen: Assessment) -> Turning:
    """Return what would turn the verdict of a goal that is at risk or off track.

    `actuals` are the lines in force, as for `assess`; `seen` is the goal's own assessment from them.
    """
    goal = seen.goal
    if seen.status not in {Status.AT_RISK, Status.OFF_TRACK} or goal.parts is not None or seen.actual is None:
        return Turning()

    def becomes(one: Goal, lines: Mapping[str, Sequence[Actual]], looking: View) -> Status:
        # the promise in force is in `one` already
        alone = file._replace(goals=(one._replace(revisions=()),))
        return assess(alone, lines, looking)[0].status

    # without a target nothing hangs on due, and a goal that repeats has its own for each period
    is_fixed = goal.target is None or goal.repeat is not None
    due = None if is_fixed else _later_due(goal, lambda one: becomes(one, actuals, view) in GOOD)
    period, series = _next(seen, actuals), goal.series
    if period is None or series is None:
        return Turning(due=due)
    looking = view._replace(as_of=max(view.as_of, period.end))
    around = actuals
    if isinstance(goal.target, Moving):
        around = with_reference(goal.target, seen, actuals, [period]).actuals

    def with_next(value: float) -> Status:
        return becomes(goal, {**around, series: [*around.get(series, ()), Actual(series, period, value)]}, looking)

    value = _least(_search(seen), lambda value: with_next(value) in GOOD)
    if value is None:
        return Turning(due=due)
    return Turning(period, value, due, achieves=with_next(value) is Status.ACHIEVED)


def _next(seen: Assessment, actuals: Mapping[str, Sequence[Actual]]) -> Period | None:
    """Return the period after the latest actual.

    None where it would end after due, where actuals stand for days, and where the next actual is only a part of
    the total that counts.
    """
    lines = actuals.get(seen.goal.series or "", ())
    if seen.actual is None or seen.due is None or not lines or lines[-1].period != seen.actual.period:
        return None
    if seen.actual.period.length is Length.DAY or seen.actual.period.end >= seen.due:
        return None
    period = next_period(seen.actual.period)
    return period if period.end <= seen.due else None


def _later_due(goal: Goal, turns: Callable[[Goal], bool]) -> Period | None:
    """Return the first later due, of the same length, under which the goal would be on track."""
    if goal.due is None:
        return None
    before = goal.due
    for later in range(1, LATER_YEARS + 1):
        day = add_months(goal.due.end, 12 * later)
        if day.year > LAST_YEAR:
            return None
        due = containing(day, goal.due.length)
        if turns(goal._replace(due=due)):
            return _first_between(before, due, lambda one: turns(goal._replace(due=one)))
        before = due
    return None


def _first_between(before: Period, after: Period, turns: Callable[[Period], bool]) -> Period:
    """Return the first period that turns, after one that does not and up to one that does, found by halving."""
    while next_period(before).end < after.end:
        middle = containing(_middle(before.end, after.end), after.length)
        if middle.end in {before.end, after.end}:
            middle = next_period(before)
        before, after = (before, middle) if turns(middle) else (middle, after)
    return after


def _middle(one: date, other: date) -> date:
    return add_days(one, (other - one).days // 2)


class Search(NamedTuple):
    """Where the value that turns is looked for: from `near` in steps that are better (`step` has the sign)."""

    near: float
    step: float


def _search(seen: Assessment) -> Search | None:
    if seen.actual is None or seen.target is None:
        return None
    now = seen.actual.value
    target = now if seen.target.value is None else seen.target.value
    near = seen.actual.actual.value if seen.kind is Kind.GROWTH and seen.actual.actual else now
    if near is None:
        return None
    if seen.year is not None and seen.kind is Kind.FLOW:
        near = 0.0  # the next period has an amount of its own
    up = seen.goal.direction is Direction.UP if seen.target.low is None else target >= now
    size = abs(target - now) or abs(target) or 1.0
    return Search(near, size if up else -size)


def _least(search: Search | None, turns: Callable[[float], bool]) -> float | None:
    """Return the least good value that turns the verdict, found by halving and rounded to its good side."""
    if search is None:
        return None
    near, step = search
    good = turns(near)
    reach = -step if good else step
    for _ in range(DOUBLINGS):
        if turns(near + reach) is not good:
            break
        reach *= 2
    else:
        return None
    worse, better = (near + reach, near) if good else (near, near + reach)
    for _ in range(HALVINGS):
        middle = (worse + better) / 2
        worse, better = (worse, middle) if turns(middle) else (middle, better)
    if not isfinite(better):
        return None
    rounded = _rounded(better, step, abs(better - near))
    return rounded if turns(rounded) else better


def _rounded(value: float, step: float, distance: float) -> float:
    """Return a value with as few decimals as cost little, never on the worse side."""
    if abs(value) >= WHOLE_FROM:
        return value
    most = max(2, 3 - floor(log10(abs(value)))) if value else 2
    for decimals in range(most + 1):
        scale = 10.0**decimals
        scaled = round(value * scale, 6)
        rounded = (ceil(scaled) if step > 0 else floor(scaled)) / scale
        if abs(rounded - value) <= LOSS * distance:
            return rounded
    return rounded
