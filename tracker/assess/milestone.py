"""A milestone: done or not; an actual of 1 on the day it was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Assessment, Status, TargetSeen, Today
from tracker.assess.history import missing_periods, point_on, step_of, with_baseline
from tracker.assess.measured import Draft, counting, is_stale, rests_on_soft, spending
from tracker.assess.standing import Met, standing
from tracker.assess.target import baseline_of
from tracker.model.goal import Kind, Mode

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.facts import Source
    from tracker.model.goal import Goal
    from tracker.periods import Period

DONE = 1.0


def milestone(goal: Goal, due: Period, source: Source, as_of: date) -> Draft:
    """Return what is known of a milestone: it is open until done, and nothing predicts it."""
    points = with_baseline(source.points, goal, as_of)
    baseline = baseline_of(goal, points) if goal.baseline is not None else None
    latest = points[-1] if points else None
    step = step_of(points)
    seen = Assessment(
        goal,
        kind=Kind.MILESTONE,
        unit=source.unit,
        due=due.end,
        baseline=baseline,
        target=TargetSeen("milestone", DONE),
        actual=latest,
        age_days=(as_of - latest.on).days if latest else None,
        progress=1.0 if latest is not None and latest.value >= DONE else 0.0,
        today=Today(None, (due.end - as_of).days, None, None),
        history=tuple(points),
        stale=latest is not None and is_stale(goal, latest, step, as_of),
        provisional=rests_on_soft(latest),
    )
    met = [Met(point.period, point.value >= DONE) for point in points]
    counted = counting(met, goal, baseline)
    spent = spending(goal, due, counted, step)
    decided = standing(goal, due, counted, as_of, step, allowed=spent.allowed if spent else 0)
    meeting = point_on(points, decided.achieved_on)
    seen = seen._replace(
        achieved_on=decided.achieved_on,
        lapsed=decided.lapsed,
        budget=spent,
        provisional=seen.provisional or rests_on_soft(meeting),
    )
    if goal.mode is Mode.KEEP:
        start = baseline and baseline.period.end
        seen = seen._replace(missing=missing_periods([one.period for one in counted], start, due))
    return Draft(seen, decided.status or _ahead(goal, met))


def _ahead(goal: Goal, met: list[Met]) -> Status:
    """Return the status of a milestone before due; one that is kept has been done so far."""
    if goal.mode is not Mode.KEEP or not met:
        return Status.OPEN
    return Status.ON_TRACK if len(met) > 1 else Status.TOO_FEW
