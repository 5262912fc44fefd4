"""What must hold of a goal that repeats: its periods fit together, and nothing in it belongs to one period alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.goals.findings import Finding
from tracker.model.goal import Times
from tracker.model.repeating import MOST, first_period, periods_of
from tracker.periods import Length, containing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.errors import Say
    from tracker.goals.findings import KeyPath
    from tracker.model.goal import Goal
    from tracker.periods import Period


def repeat_findings(goal: Goal, raw: Mapping[str, object], path: KeyPath) -> Iterator[Finding]:
    """Yield what is wrong with how a goal repeats."""
    if goal.repeat is None:
        if "repeat" not in raw:
            help_ = say("write how often: {form}", form='repeat = "quarter"')
            yield Finding((*path, "first"), say("first belongs to a goal that repeats"), help_)
        return
    length = Length(goal.repeat.value)
    if goal.first is None and goal.baseline is None and not raw.keys() & {"first", "baseline"}:
        what = say("a goal that repeats needs its first period")
        yield Finding((*path, "first"), what, say("write first = 2025, or the baseline before it"))
    yield from _aligned(goal, length, path)
    yield from _single(goal, raw, path)
    first, periods = first_period(goal), periods_of(goal)
    if first is not None and goal.due is not None and not periods:
        yield Finding((*path, "due"), say("{due} is before the first period, {first}", due=goal.due, first=first))
    if len(periods) > MOST:
        what = say("more than {n} goals in one, from {first} to {due}", n=MOST, first=first, due=goal.due)
        yield Finding((*path, "repeat"), what)
    if first is not None and isinstance(goal.target, Times) and goal.target.of.end >= first.end:
        what = say("{of} is not before the first period, {first}", of=goal.target.of, first=first)
        yield Finding((*path, "target", "of"), what)


def _aligned(goal: Goal, length: Length, path: KeyPath) -> Iterator[Finding]:
    """Yield where the first period does not begin, or the last not end, with a period of the length."""
    first = first_period(goal)
    start = goal.baseline.period if goal.baseline is not None else None
    if first is not None and goal.first is not None and first.start != goal.first.start:
        yield Finding((*path, "first"), _unfit(goal.first, length))
    elif first is not None and goal.first is not None and start is not None and start.end >= first.start:
        what = say("{first} is not after the baseline {baseline}", first=goal.first, baseline=start)
        yield Finding((*path, "first"), what, say("write a later first period, or an earlier baseline"))
    elif first is not None and goal.first is None and start is not None and first.start <= start.end:
        yield Finding((*path, "baseline"), _unfit(start, length))
    if goal.due is not None and containing(goal.due.end, length).end != goal.due.end:
        yield Finding((*path, "due"), _unfit(goal.due, length))


def _unfit(period: Period, length: Length) -> Say:
    match length:
        case Length.YEAR:
            return say("{period} does not fit a goal for each year", period=period)
        case Length.HALF:
            return say("{period} does not fit a goal for each half-year", period=period)
        case Length.QUARTER:
            return say("{period} does not fit a goal for each quarter", period=period)
        case _:
            return say("{period} does not fit a goal for each month", period=period)


def _single(goal: Goal, raw: Mapping[str, object], path: KeyPath) -> Iterator[Finding]:
    if "steps" in raw:
        yield Finding((*path, "steps"), say("a goal that repeats takes no steps: each period has the target"))
    for i, revision in enumerate(goal.revisions):
        if revision.due is not None:
            what = say("a goal that repeats was promised for each of its periods: a revision changes its target alone")
            yield Finding((*path, "revisions", i, "due"), what)
