"""What if: a goal as it would stand under assumed actuals, growth, target or due. Nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import Recorded, assess
from tracker.assess.facts import direction_of
from tracker.assess.growth import unit_of_growth
from tracker.assess.published import UNIT as RATES
from tracker.compare.assumed import Solved, Supposed, refuse
from tracker.compare.filling import course_of, filled
from tracker.compare.reference import with_reference
from tracker.compare.solving import due_for, meeting
from tracker.errors import WrongUsage, say
from tracker.model.actual import Actual
from tracker.model.goal import SUMMED, Band, Direction, Kind, Moving, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.compare.assumed import Assumed
    from tracker.model.actual import View
    from tracker.model.goal import Goal, GoalsFile
    from tracker.periods import Period

    Lines = Mapping[str, Sequence[Actual]]


def suppose(file: GoalsFile, actuals: Lines, view: View, now: Assessment, assumed: Assumed) -> Supposed:
    """Return a goal as it would stand; `actuals` are the lines in force, `now` the goal's assessment from them.

    What is assumed of a period replaces what is recorded for it; the goal is then seen from the last period that has
    a value, if that is later. Where growth is assumed, every coming period up to due has the value it leads to, so
    that the verdict is what would come. A moving target's reference is carried on at its own growth to these periods.
    A number in a band's place is to be met from the side that the band is come from.

    Raises:
        WrongUsage: the goal has nothing that could be assumed of it.
    """
    refuse(now, assumed, grows=assumed.growth is not None)
    goal = _promised(now, assumed)
    lines = _with_actuals(now, actuals, assumed)
    looking = _looking(view, [period for period, _value in assumed.actuals])
    if assumed.target is not None and isinstance(now.goal.target, Band):
        banded = goal._replace(target=now.goal.target, revisions=())
        goal = goal._replace(direction=_side(assess(file._replace(goals=(banded,)), lines, looking)[0]))
    alone = file._replace(goals=(goal._replace(revisions=()),))
    base, lines, followed = _seen(alone, lines, looking, [period for period, _value in assumed.actuals])
    base = base._replace(parent=now.parent)
    supposed = Supposed(assumed, now, base, looking, followed=followed)
    if assumed.growth is not None:
        return _grown(alone, lines, supposed, assumed.growth)
    if assumed.target is None or assumed.due is None or base.growth is None:
        return supposed
    return supposed._replace(unit=base.growth.unit, solved=Solved(growth=base.growth.required))


def _promised(now: Assessment, assumed: Assumed) -> Goal:
    goal = now.goal
    if assumed.target is not None:
        goal = goal._replace(target=Number(assumed.target))
    if assumed.due is None:
        return goal
    start = goal.baseline.period if goal.baseline else None
    if start is not None and assumed.due.end <= start.end:
        what = say("--due {due} is not after the baseline {baseline}", due=assumed.due, baseline=start)
        raise WrongUsage(what)
    return goal._replace(due=assumed.due)


def _side(banded: Assessment) -> Direction:
    """Return which way is better for a number in a band's place: a band declares none, it lies where it lies."""
    if banded.actual is None or banded.target is None:
        return banded.goal.direction
    # a year's sum and a published rate are measured from themselves
    alone = banded.year is not None or banded.kind is Kind.GROWTH
    start = banded.baseline.value if banded.baseline and not alone else None
    up = direction_of(banded.goal, banded.target, start, banded.actual.value) > 0
    return Direction.UP if up else Direction.DOWN


def _with_actuals(now: Assessment, actuals: Lines, assumed: Assumed) -> Lines:
    series = now.goal.series
    if series is None or not assumed.actuals:
        return actuals
    held = list(actuals.get(series, ()))
    for period, value in assumed.actuals:
        if now.kind in SUMMED and held and held[-1].period.length is not period.length:
            what = say(
                "{period} and {other} are periods of different lengths in a series of kind {kind}",
                period=period,
                other=held[-1].period,
                kind=now.kind.value if now.kind else "",
            )
            raise WrongUsage(what, say("amounts add up only if all periods of a series have one length"))
        same = [line for line in held if line.period == period and line.value == value]
        # a level has one value a day: of two periods with the same end the assumed one counts
        held = [line for line in held if line.period.end != period.end]
        held += same or [Actual(series, period, value)]
    held.sort(key=lambda line: (line.period.end, line.period.start))
    return {**actuals, series: held}


def _looking(view: View, periods: Sequence[Period]) -> View:
    return view._replace(as_of=max([view.as_of, *(period.end for period in periods)]))


def _seen(
    alone: GoalsFile, lines: Lines, looking: View, periods: Sequence[Period]
) -> tuple[Assessment, Lines, tuple[Actual, ...]]:
    """Return the goal's assessment, with a moving target's reference carried on to the periods."""
    seen = assess(alone, lines, looking)[0]
    target = seen.goal.target
    if not isinstance(target, Moving) or not periods:
        return seen, lines, ()
    found = with_reference(target, seen, lines, periods)
    return assess(alone, found.actuals, looking)[0], found.actuals, found.added


def _grown(alone: GoalsFile, lines: Lines, supposed: Supposed, growth: float) -> Supposed:
    """Return the goal with its coming periods filled at a growth, and what that growth solves."""
    seen, assumed, view = supposed.then, supposed.assumed, supposed.view
    if seen.goal.series is None or seen.growth is None:
        raise ValueError(seen.goal.id)  # `refuse` has looked at it
    per = assumed.per or seen.growth.per
    recorded = Recorded(alone, lines, view)
    made = filled(seen, recorded, growth, per)
    periods = [line.period for line in made.added]
    looking = _looking(view, periods)
    then, _lines, followed = _seen(alone, {**lines, seen.goal.series: made.lines}, looking, periods)
    target = None
    if assumed.target is None and then.actual is not None and then.due is not None and then.actual.on >= then.due:
        target = then.actual.value
    return supposed._replace(
        then=then._replace(parent=seen.parent),
        view=looking,
        unit=_unit(seen, per),
        solved=_due(seen, recorded, growth, per)._replace(target=target) if assumed.due is None else Solved(target),
        grown=made.added,
        followed=(*supposed.followed, *followed),
    )


def _unit(seen: Assessment, per: str) -> str:
    if seen.kind is None or seen.kind is Kind.GROWTH:
        return RATES
    return unit_of_growth(seen.kind, seen.unit, per, compound=seen.growth is not None and seen.growth.compound)


def _due(seen: Assessment, recorded: Recorded, growth: float, per: str) -> Solved:
    """Return the first due by which a growth meets the target; nothing where it is met now, or is a year's total."""
    due, target = seen.goal.due, seen.goal.target
    if due is None or seen.gap is None or seen.gap <= 0 or seen.year is not None or seen.kind is Kind.GROWTH:
        return Solved()
    reference = recorded.source(target.series).points if isinstance(target, Moving) else []
    found = due_for(course_of(seen, growth, per), meeting(seen, reference), due.length)
    return Solved(due=found, never=found is None)
