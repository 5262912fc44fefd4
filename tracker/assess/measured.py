"""A goal with a history of values: what is decided, and the question it puts to the chance model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import target
from tracker.assess.asking import Asked, asked
from tracker.assess.facts import Facts, direction_of
from tracker.assess.figures import Assessment, Growth, Projected, Status, Today
from tracker.assess.growth import unit_of_growth
from tracker.assess.history import comparable, goes_stale, missing_periods, point_on, step_of, with_baseline
from tracker.assess.outlook import with_figures
from tracker.assess.standing import Met, all_met, standing
from tracker.model.actual import Quality
from tracker.model.goal import Kind, Mode, Moving
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.facts import Source
    from tracker.assess.figures import BaselineSeen, BudgetSeen, Point
    from tracker.assess.target import Reference
    from tracker.model.goal import Goal, Span
    from tracker.periods import Period


class Draft(NamedTuple):
    """An assessment that waits for its chance; `decided` is a status that needs none."""

    seen: Assessment
    decided: Status | None
    asked: Asked = Asked()


def draft(goal: Goal, due: Period, source: Source, reference: Reference | None, as_of: date) -> Draft:
    """Return the figures of a goal that is due in a period, before its chance is known."""
    points = with_baseline(comparable(source.points, source.kind, due).full, goal, as_of, source.breaks)
    baseline = over_breaks(target.baseline_of(goal, points), source)
    latest = points[-1] if points else None
    aim = target.aim(goal, points, baseline, latest, reference)
    seen = opening(goal, due, source, as_of)
    if latest is None:
        seen = seen._replace(baseline=baseline, target=aim.seen, history=tuple(points), notes=aim.notes)
        return Draft(seen, Status.NO_DATA)
    step = step_of([*source.earlier, *source.points] or points)
    seen = seen._replace(
        baseline=baseline,
        target=aim.seen,
        actual=latest,
        history=tuple(points),
        notes=aim.notes,
        age_days=(as_of - latest.on).days,
        stale=not source.ended and is_stale(goal, (source.points or points)[-1], step, as_of),
        provisional=rests_on_soft(latest, baseline and baseline.point, aim.seen.base, aim.seen.since),
    )
    s = direction_of(goal, aim.seen, baseline.value if baseline else None, latest.value)
    limit = target.threshold(goal, aim.seen.value or 0.0, aim.seen.low, aim.seen.high)
    facts = Facts(goal, due, source.kind, source.unit, as_of, points, baseline, latest, aim.seen, reference, s, limit)
    seen = with_figures(seen, facts)
    if aim.seen.value is None:  # some figures need none
        return Draft(seen, Status.NO_DATA if goal.target is not None else Status.TOO_FEW)
    return judged(seen, facts, step)


def opening(goal: Goal, due: Period, source: Source, as_of: date) -> Assessment:
    """Return what is known of a goal before any figure."""
    growth = Growth(unit_of_growth(source.kind, source.unit, "year", compound=False))
    return Assessment(
        goal,
        kind=source.kind,
        unit=source.unit,
        due=due.end,
        growth=None if source.kind is Kind.RANK else growth,
        projected=Projected(),
        today=Today(None, (due.end - as_of).days, None, None),
        earlier=tuple(source.earlier),
        breaks=source.breaks,
    )


def over_breaks(baseline: BaselineSeen | None, source: Source) -> BaselineSeen | None:
    """Return the baseline with the break that parts it from the latest actual, where one does."""
    if baseline is None or not source.breaks:
        return baseline
    from tracker.assess.breaks import broken_by

    return baseline._replace(broken=broken_by(baseline.period.end, source.breaks))


def is_stale(goal: Goal, latest: Point, step: Span | None, as_of: date) -> bool:
    """Tell whether the latest actual is older than two steps and the lag.

    One for a goal of a single period is not once that period is in: what comes later belongs to other goals.
    """
    if goal.repeat is not None and goal.due is not None and latest.on >= goal.due.end:
        return False
    last_day = goes_stale(goal, latest.on, step)
    return last_day is not None and as_of > last_day


def rests_on_soft(*points: Point | None) -> bool:
    """Tell whether any of the figures is not final."""
    return any(point is not None and point.quality not in {None, Quality.FINAL} for point in points)


def judged(seen: Assessment, facts: Facts, step: Span | None) -> Draft:
    """Return the draft with what is decided, and with its question where nothing is."""
    met = met_in(seen, facts)
    counted = counting([*_met_before(seen, facts), *met], facts.goal, seen.baseline)
    spent = spending(facts.goal, facts.due, counted, step)
    decided = standing(facts.goal, facts.due, counted, facts.as_of, step, allowed=spent.allowed if spent else 0)
    achieved_on = decided.achieved_on
    meeting = point_on(facts.points, achieved_on)
    seen = seen._replace(
        achieved_on=achieved_on,
        lapsed=decided.lapsed,
        budget=spent,
        provisional=seen.provisional or rests_on_soft(meeting),
    )
    if facts.goal.mode is Mode.KEEP:
        start = facts.goal.baseline.period.end if facts.goal.baseline else None
        missing = missing_periods([one.period for one in counted], start, facts.due)
        seen = seen._replace(bound="upper", missing=missing, misses=missed(counted))
    status = decided.status
    is_untried = facts.goal.mode is Mode.KEEP and not counted
    if status is None and (len(met) < 2 or is_untried):  # noqa: PLR2004  nothing predicts from one point
        status = Status.TOO_FEW
    if status is None and facts.goal.mode is Mode.KEEP:
        status = Status.ON_TRACK
    judging = status is None or (facts.goal.mode is Mode.KEEP and status is Status.ON_TRACK)
    return Draft(seen, status, asked(facts, seen.common, judging=judging))


def spending(
    goal: Goal, due: Period, counted: Sequence[Met], step: Span | None, *, after: bool = False
) -> BudgetSeen | None:
    """Return the misses that a kept goal allows and has had; None where it allows none.

    Its baseline counts, unless only what comes `after` it does.
    """
    if goal.allow is None:
        return None
    from tracker.assess.budget import budget

    return budget(goal, due, counted, step, after=after)


def met_in(seen: Assessment, facts: Facts) -> list[Met]:
    """Return for each period of the history whether the target was met in it.

    A moving target is met where the two series' values for one period say so.
    """
    if facts.aim.form != "series":
        return all_met(facts.points, facts.limit)
    return [Met(one.period, target.threshold(facts.goal, one.reference).met(one.value)) for one in seen.common]


def _met_before(seen: Assessment, facts: Facts) -> list[Met]:
    """Return for each period before a break whether the target was met in it, on the footing of that time."""
    if not seen.earlier and not isinstance(facts.goal.target, Moving):
        return []
    earlier = comparable(seen.earlier, facts.kind, facts.due).full
    if isinstance(facts.goal.target, Moving):
        was = facts.reference and facts.reference._replace(points=(*facts.reference.earlier, *facts.reference.points))
        days = {one.period.end for one in seen.common}
        points = [point for point in (*earlier, *facts.points) if point.on not in days]
        shared = target.common(points, facts.goal.target, was) if earlier or (was and was.breaks) else ()
        return [Met(one.period, target.threshold(facts.goal, one.reference).met(one.value)) for one in shared]
    return all_met(earlier, facts.limit)


def missed(counted: Sequence[Met]) -> tuple[Period, ...]:
    """Return the periods in which the target was not met."""
    return tuple(one.period for one in counted if not one.met)


def counting(met: Sequence[Met], goal: Goal, baseline: BaselineSeen | None) -> list[Met]:
    """Return the periods that count for achieved and missed: those after a declared baseline.

    For a kept goal the baseline counts too.
    """
    if baseline is None or baseline.implied:
        return list(met)
    start = baseline.period.end
    if goal.mode is Mode.KEEP:
        return [one for one in met if one.period.end >= start]
    return [one for one in met if one.period.end > start]
