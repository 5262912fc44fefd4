"""A goal before a published rule: its yearly values, its target, and the status that follows from the verdict.

The rule replaces only what looks ahead; what is already decided stays decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from tracker.assess.figures import JUDGED, Assessment, Status, VerdictSeen
from tracker.assess.target import threshold
from tracker.chance import coarsened
from tracker.errors import Say, say
from tracker.model.goal import SUMMED, Direction, Kind, Method, Mode, Rule
from tracker.model.number import settled
from tracker.periods import Length, containing
from tracker.tuples import NamedTuple
from tracker.verdicts import NOT_AVAILABLE, Aim, Call, Verdict, Yearly, destatis, pace, statcan, unavailable
from tracker.verdicts.destatis import SYMBOLS
from tracker.verdicts.pace import called
from tracker.verdicts.statcan import ACHIEVED, BEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.assess.figures import Point
    from tracker.model.goal import Goal

LEAST = 2
"""With fewer points of history no method judges."""


class Ruled(NamedTuple):
    """What a rule says of a goal, and the status that follows."""

    verdict: VerdictSeen
    status: Status


def ruled(seen: Assessment, status: Status, method: Method) -> Ruled:
    """Return what a method other than the chance says; `status` is the one that holds without it."""
    said = _verdict(seen, method)
    verdict = VerdictSeen(method, said.label, said.ratio, said.score, said.notes, said.basis)
    if status in JUDGED or (status is Status.TOO_FEW and len(seen.history) >= LEAST):
        status = Status.TOO_FEW if said.call is None else Status(said.call.value)
    return Ruled(verdict, status)


def ruled_together(goal: Goal, children: Sequence[Assessment], method: Method) -> VerdictSeen:
    """Return what a method says of a composite: of several targets destatis takes the worst symbol.

    The other rules have nothing of their own on goals made of goals, and so has destatis where not all must be met.
    """
    if method is not Method.DESTATIS or goal.parts is None or goal.parts.rule is not Rule.ALL:
        return VerdictSeen(method)
    labels = {child.verdict.label for child in children}
    if not labels <= set(SYMBOLS):
        return VerdictSeen(method, NOT_AVAILABLE, notes=(say("not every goal in it has a symbol"),))
    return VerdictSeen(method, next(symbol for symbol in reversed(SYMBOLS) if symbol in labels))


def _verdict(seen: Assessment, method: Method) -> Verdict:  # noqa: PLR0911  one return for each obstacle
    if seen.kind is Kind.RANK:
        return unavailable(say("the rule does not apply to ranks"))
    if seen.kind is Kind.MILESTONE:
        return _of_milestone(seen, method)
    if method is Method.PACE:
        return _pace(seen)
    points = yearly(seen)
    if points is None:
        return unavailable(say("the rule knows yearly values only, and the target is for a shorter period"))
    aims = [] if seen.target is None or seen.target.value is None else [*_steps(seen), _aim(seen)]
    match method:
        case Method.DESTATIS:
            if not aims:
                return unavailable(say("the rule needs a target"))
            return destatis(points, aims, keeps=seen.goal.mode is Mode.KEEP)
        case Method.STATCAN:
            return _statcan(seen, points, aims)
        case Method.CHANCE:
            raise ValueError(seen.goal.id)  # it is no rule: whoever asks has the chance already
        case _:
            assert_never(method)


def _statcan(seen: Assessment, points: Sequence[Yearly], aims: Sequence[Aim]) -> Verdict:
    goal = seen.goal
    if not aims and goal.target is not None:
        return unavailable(say("the target cannot be computed yet"))
    return statcan(
        points,
        aims[-1] if aims else None,
        up=goal.direction is Direction.UP,
        base_year=goal.baseline.period.end.year if goal.baseline else None,
        limit=goal.limit,
    )


def yearly(seen: Assessment) -> list[Yearly] | None:
    """Return one value for each year, oldest first: of a level or a share the last, of amounts the year's total.

    The latest value of a level stands for a year that is not over; a year's total counts once it is whole. None for
    amounts that are compared with a target for less than a year.
    """
    points = list(seen.history[:-1] if seen.year is not None else seen.history)
    if seen.kind is Kind.GROWTH:  # a rate cumulated to December is the year's
        points = [point for point in points if point.on == containing(point.on, Length.YEAR).end]
    elif seen.kind not in SUMMED:
        points = _last_of_years(seen, points)
    by_year = {point.on.year: Yearly(point.on, point.value) for point in points}
    if len(by_year) < len(points):
        return None
    return list(by_year.values())


def _last_of_years(seen: Assessment, points: Sequence[Point]) -> list[Point]:
    """Return the last point of each year that is over, the latest one, and the baseline of a year without any."""
    by_day = {point.on: point for point in points}
    kept = {period.end for period, _ in coarsened([(p.period, p.value) for p in points], "last", Length.YEAR)}
    base = seen.goal.baseline.period.end if seen.goal.baseline else None
    if base in by_day and all(day.year != base.year for day in kept):
        kept.add(base)
    return [by_day[day] for day in sorted(kept)]


def _aim(seen: Assessment) -> Aim:
    goal, target = seen.goal, seen.target
    if target is None or target.value is None or seen.due is None:
        raise ValueError(goal.id)
    low, high = target.low, target.high
    if low is None or high is None:
        low, high = _sided(goal, target.value)
    met_now = None
    if target.form == "series" and seen.common:
        last = seen.common[-1]
        met_now = threshold(goal, last.reference).met(last.value)
    return Aim(seen.due, low, high, goal.tolerance, met_now)


def _steps(seen: Assessment) -> list[Aim]:
    """Return the intermediate targets: to destatis they are target years of their own."""
    goal = seen.goal
    return [Aim(step.due.end, *_sided(goal, step.target), goal.tolerance) for step in goal.steps]


def _sided(goal: Goal, value: float) -> tuple[float | None, float | None]:
    return (value, None) if goal.direction is Direction.UP else (None, value)


def _of_milestone(seen: Assessment, method: Method) -> Verdict:
    if method is Method.STATCAN and seen.actual is not None and seen.actual.value >= 1:
        return Verdict(ACHIEVED, None, BEST, Call.ON_TRACK)
    return unavailable(say("the rule does not apply to what is done or not"))


def _pace(seen: Assessment) -> Verdict:
    if seen.pace is None:
        return unavailable(_no_pace(seen))
    said = pace(seen.pace)
    less_is_better = seen.goal.direction is Direction.DOWN and (seen.target is None or seen.target.low is None)
    if seen.year is None or not less_is_better or seen.pace <= 0:
        return said
    # a year's sum grows whichever way is better: here it must stay behind its path
    note = say("less is better, so what was expected over what there is decides: {ratio}", ratio=settled(1 / seen.pace))
    return said._replace(call=called(1 / seen.pace), notes=(note,))


def _no_pace(seen: Assessment) -> Say:  # noqa: PLR0911  one return for each reason
    if seen.goal.target is None:
        return say("the rule needs a target")
    if seen.goal.mode is Mode.KEEP:
        return say("a goal to be kept has no growth planned")
    if seen.kind is Kind.GROWTH:
        return say("the rule does not apply to published rates")
    if seen.target is None or seen.target.value is None:
        return say("the target cannot be computed yet")
    if seen.year is not None:
        return say("the path of the year is not known")
    start = seen.baseline
    if start is None or start.value is None:
        return say("there is no baseline to plan from")
    if seen.growth is None or seen.growth.observed is None:
        return say("the growth since the baseline is not known")
    if seen.growth.planned is None:
        return say("the baseline lies inside the band")
    return say("the baseline equals the target")
