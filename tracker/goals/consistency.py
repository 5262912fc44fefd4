"""What must hold within one goal once its values could be read; a value that could not is not judged again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.goals import keys
from tracker.goals.declared import is_milestone
from tracker.goals.findings import Finding, found, plain
from tracker.model.goal import Band, Grown, Kind, Number, Span, Times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.goals.declared import Declared
    from tracker.goals.findings import KeyPath
    from tracker.model.goal import Goal, Series, Target
    from tracker.periods import Period

PARTICULAR = frozenset({Kind.FLOW, Kind.YTD, Kind.GROWTH})
"""The kinds of series that not every baseline and not every target goes with."""
_FULL = 1.0  # a growth of 100 % a year: above it the percent sign was probably meant


def goal_findings(
    declared: Declared, series: Mapping[str, Series], *, is_kind_unread: bool, needs_target: bool = True
) -> Iterator[Finding]:
    """Yield what is wrong within one goal; `series` are the declared ones.

    `is_kind_unread`: the kind of the goal's series could not be read, so it may well be a milestone.
    `needs_target`: no rule that judges goals without a target was chosen.
    """
    goal, raw, path = declared
    yield from _exclusive(raw, path)
    if not raw.keys().isdisjoint(keys.COMPOSITE):
        yield from _composite(raw, path)
        yield from _revised(goal, raw, path)
        return
    if "due" not in raw:
        help_ = say("write the period by whose last day the target must be met: due = 2026")
        yield Finding((*path, "due"), say("is missing"), help_)
    if not is_kind_unread:
        yield from _target_given(goal, raw, path, series, needs_target=needs_target)
    yield from _dates(goal, path)
    if goal.repeat is not None or goal.first is not None:
        from tracker.goals.repeats import repeat_findings

        yield from repeat_findings(goal, raw, path)
    yield from _revised(goal, raw, path)
    for way, target, due in _promises(goal, path):
        yield from _sensible(goal, target, due, way)
    if isinstance(goal.target, Band) and "direction" in raw:
        yield Finding((*path, "direction"), say("a band takes no direction: both sides of it are a miss"))
    if goal.tolerance < 0:
        yield Finding((*path, "tolerance"), say("expected 0 or more, got {found}", found=found(raw["tolerance"])))
    if goal.every == Span():
        yield Finding(
            (*path, "every"), say("expected more than no time at all, got {found}", found=found(raw["every"]))
        )
    yield from _summed(goal, path, series)
    kinds = {series[name].kind for name in (goal.series, *goal.sum) if name is not None and name in series}
    if goal.allow is not None or kinds & PARTICULAR:
        from tracker.goals.fitting import of_kind

        yield from of_kind(goal, path, kinds)


def _exclusive(raw: Mapping[str, object], path: KeyPath) -> Iterator[Finding]:
    given = [key for key in keys.MEASURED if key in raw]
    if len(given) > 1:
        what = say('a goal is judged by "{one}" or by "{other}", not by both', one=given[0], other=given[1])
        yield Finding((*path, given[1]), what)


def _composite(raw: Mapping[str, object], path: KeyPath) -> Iterator[Finding]:
    for key in keys.NOT_COMPOSITE:
        if key in raw:
            yield Finding((*path, key), say("a composite goal is judged by its goals and takes no {key}", key=key))
    revisions = raw.get("revisions")
    for i, revision in enumerate(revisions if isinstance(revisions, list) else ()):
        if isinstance(revision, dict) and "target" in revision:
            what = say("a composite goal is judged by its goals and takes no {key}", key="target")
            yield Finding((*path, "revisions", i, "target"), what)


def _target_given(
    goal: Goal, raw: Mapping[str, object], path: KeyPath, series: Mapping[str, Series], *, needs_target: bool
) -> Iterator[Finding]:
    if is_milestone(goal, series):
        if goal.target not in (None, Number(1.0)):
            yield Finding((*path, "target"), say("a milestone is done or not: its target is 1 or left out"))
    elif "target" not in raw and "limit" not in raw and needs_target:
        help_ = say("write a number or a table; done or not is {kind} in the goal's series", kind='kind = "milestone"')
        yield Finding((*path, "target"), say("is missing"), help_)
    elif "target" in raw and "limit" in raw:
        yield Finding((*path, "limit"), say("does nothing beside a target"), warning=True)


def _dates(goal: Goal, path: KeyPath) -> Iterator[Finding]:
    start = goal.baseline.period if goal.baseline is not None else None
    if start is not None and goal.due is not None and goal.due.end <= start.end:
        yield _not_after((*path, "due"), goal.due, start)
    before = start
    for i, step in enumerate(goal.steps):
        way = (*path, "steps", i, "due")
        if before is not None and step.due.end <= before.end:
            if before is start:
                yield _not_after(way, step.due, before)
            else:
                yield Finding(way, say("{due} is not after the step before it, {before}", due=step.due, before=before))
        elif goal.due is not None and step.due.end >= goal.due.end:
            yield Finding(way, say("{step} is not before the due {due}", step=step.due, due=goal.due))
        before = step.due


def _not_after(path: KeyPath, due: Period, baseline: Period) -> Finding:
    what = say("{due} is not after the baseline {baseline}", due=due, baseline=baseline)
    return Finding(path, what, say("write a later due, or an earlier baseline"))


def _revised(goal: Goal, raw: Mapping[str, object], path: KeyPath) -> Iterator[Finding]:
    seen = set()
    for i, revision in enumerate(goal.revisions):
        way = (*path, "revisions", i)
        if revision.until in seen:
            yield Finding((*way, "until"), say("two promises end on {day}", day=revision.until.isoformat()))
        seen.add(revision.until)
        if goal.baseline is not None and revision.due is not None and revision.due.end <= goal.baseline.period.end:
            yield _not_after((*way, "due"), revision.due, goal.baseline.period)
    tables = raw.get("revisions")
    for i, table in enumerate(tables if isinstance(tables, list) else ()):
        if isinstance(table, dict) and "until" in table and not table.keys() & {"target", "due"}:
            yield Finding((*path, "revisions", i), say("names neither another target nor another due"), warning=True)


def _promises(goal: Goal, path: KeyPath) -> Iterator[tuple[KeyPath, Target, Period | None]]:
    """Yield every target of the goal, today's and earlier ones, with the due it belongs to."""
    if goal.target is not None:
        yield (*path, "target"), goal.target, goal.due
    for i, revision in enumerate(goal.revisions):
        if revision.target is not None:
            yield (*path, "revisions", i, "target"), revision.target, revision.due or goal.due


def _sensible(goal: Goal, target: Target, due: Period | None, path: KeyPath) -> Iterator[Finding]:
    if isinstance(target, Times):
        if target.times <= 0:
            what = say("expected a number above 0, got {found}", found=f"{target.times:g}")
            yield Finding((*path, "times"), what)
        if due is not None and target.of.end >= due.end:
            yield Finding((*path, "of"), say("{of} is not before the due {due}", of=target.of, due=due))
    if isinstance(target, Grown):
        way = (*path, "growth")
        start = goal.baseline.value if goal.baseline is not None else None
        if target.growth <= -1:
            yield Finding(way, say("expected a number above -1, got {found}", found=f"{target.growth:g}"))
        elif target.growth > _FULL:
            percent = f"{target.growth * 100:g}"
            what = say("{growth} is {percent} % a year", growth=f"{target.growth:g}", percent=percent)
            yield Finding(way, what, say("8 % a year is written 0.08"), warning=True)
        if start is not None and start <= 0:
            yield Finding(way, say("a baseline of {value} cannot grow by a rate", value=f"{start:g}"))


def _summed(goal: Goal, path: KeyPath, series: Mapping[str, Series]) -> Iterator[Finding]:
    if len(goal.sum) == 1:
        what = say("a sum of one series is that series")
        yield Finding((*path, "sum"), what, say("write series = {id}", id=found(goal.sum[0])), warning=True)
    members = [series[name] for name in goal.sum if name in series]
    kinds = dict.fromkeys(member.kind.value for member in members)
    units = dict.fromkeys(member.unit for member in members if member.unit is not None)
    if len(kinds) > 1:
        yield Finding((*path, "sum"), say("series of one sum must be of one kind, got {kinds}", kinds=", ".join(kinds)))
    if len(units) > 1:
        yield Finding(
            (*path, "sum"), say("series of one sum must have one unit, got {units}", units=", ".join(map(plain, units)))
        )
