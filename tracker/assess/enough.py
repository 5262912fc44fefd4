"""Which part of a long history gives the same assessments as all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.history import STEP_PERIODS, points_of, step_of, with_baseline
from tracker.assess.target import aim, baseline_of, promise, threshold
from tracker.chance import HISTORY
from tracker.chance.coarsen import FAR
from tracker.model.excerpt import Wanted
from tracker.model.goal import SUMMED, Kind, Method, Mode, Moving, Times
from tracker.periods import MONTHS, years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tracker.assess.figures import Point
    from tracker.assess.target import Threshold
    from tracker.model.actual import View
    from tracker.model.excerpt import Excerpt
    from tracker.model.goal import Goal, GoalsFile, Series

LAST = HISTORY + 1
"""The model looks at so many actuals at most, and the baseline is one more."""

_WHOLE = frozenset({Kind.TOTAL, Kind.FLOW, Kind.YTD, Kind.GROWTH, Kind.MILESTONE})
"""The kinds that are judged by all they have: sums of years, chains of rates, the day something was done."""

_YEAR = 12
_SLACK = 1e-9
"""What is nearer to a threshold than this share of it is settled by the whole history."""


def wanted(file: GoalsFile, view: View) -> Wanted:
    """Return what has to be known of each series for the goals of a file to be assessed as with all of it."""
    by_series: dict[str, list[Goal]] = {}
    whole: set[str] = {series.level for series in file.series.values() if series.level is not None}
    days: set[date] = set()
    for goal in (promise(goal, view.promise_day) for goal in file.goals):
        if goal.series is not None:
            by_series.setdefault(goal.series, []).append(goal)
        whole.update(goal.sum)
        if isinstance(goal.target, Moving):
            whole.update(name for name in (goal.series, goal.target.series) if name is not None)
        days.update(_days(goal))

    def enough(name: str, excerpt: Excerpt) -> bool:
        if name in whole or file.rules.method is not Method.CHANCE or file.series[name].breaks:
            return False
        return all(_is_enough(goal, file.series[name], excerpt, view.as_of) for goal in by_series.get(name, ()))

    # amounts of unequal periods are told of with the line they are on
    return Wanted(LAST, days, enough, places=any(series.kind in SUMMED for series in file.series.values()))


def _days(goal: Goal) -> Iterator[date]:
    """Yield the days whose values a goal names."""
    if goal.baseline is not None:
        yield goal.baseline.period.end
    if isinstance(goal.target, Times):
        yield goal.target.of.end
    yield from (step.due.end for step in goal.steps)


def _is_enough(goal: Goal, series: Series, excerpt: Excerpt, as_of: date) -> bool:
    """Tell whether the rest of a history changes nothing about a goal.

    It does not where the model has its points as they are, and where no value of the rest can have met the target.
    """
    recent = points_of(excerpt.lines[-excerpt.recent :], series.kind)
    points = with_baseline(points_of(excerpt.lines, series.kind), goal, as_of)
    if _needs_all(goal, series, excerpt, recent) or points[0].value == 0.0:
        return False  # a history that starts from zero may be a running total
    baseline = baseline_of(goal, points)
    seen = aim(goal, points, baseline, points[-1], None).seen
    limit = None if seen.value is None else threshold(goal, seen.value, seen.low, seen.high)
    if limit is None or 0.0 in {seen.value, limit.low, limit.high}:
        return False  # one that comes down to zero may be a running total too
    is_before = baseline is not None and not baseline.implied and recent[0].on <= baseline.period.end
    return goal.mode is Mode.AT or is_before or _never_met(limit, excerpt)


def _needs_all(goal: Goal, series: Series, excerpt: Excerpt, recent: Sequence[Point]) -> bool:
    """Tell whether a goal is judged by every period it has, or by more of them than are here."""
    if series.kind in _WHOLE or goal.mode is Mode.KEEP or goal.due is None or goal.repeat is not None:
        return True
    if len(recent) < HISTORY or goal.due.end <= recent[0].on:
        return True
    is_irregular = any(one.period.length not in MONTHS for one in recent[-STEP_PERIODS:])
    return is_irregular or _is_coarsened(goal.due.end, excerpt, recent)


def _never_met(limit: Threshold, excerpt: Excerpt) -> bool:
    """Tell whether no value of the rest meets a target."""
    if excerpt.low is None or excerpt.high is None:
        return True
    is_below = limit.low is not None and excerpt.high < limit.low - abs(limit.low) * _SLACK
    return is_below or (limit.high is not None and excerpt.low > limit.high + abs(limit.high) * _SLACK)


def _is_coarsened(due: date, excerpt: Excerpt, recent: Sequence[Point]) -> bool:
    """Tell whether due may be so far away that the model takes quarters or years, which need every period."""
    first, last = excerpt.lines[0].period.end, excerpt.lines[-1].period.end
    step = step_of(recent)
    is_yearly = step is not None and step.months >= _YEAR
    return not is_yearly and years(last, due) * excerpt.total > FAR * years(first, last)
