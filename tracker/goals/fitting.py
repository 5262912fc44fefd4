"""What a goal may ask of the kind of its series: budgets of kept goals, years of totals, targets of published rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.goals.findings import Finding
from tracker.model.goal import SUMMED, Band, Kind, Mode, Number
from tracker.periods import Length, containing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from tracker.goals.findings import KeyPath
    from tracker.model.goal import Goal


def of_kind(goal: Goal, path: KeyPath, kinds: AbstractSet[Kind]) -> Iterator[Finding]:
    """Yield what a goal asks that its mode or the kinds of its series cannot give."""
    if goal.allow is not None and goal.mode is not Mode.KEEP:
        what = say("allow belongs to {mode}: only a goal that is kept can be missed now and then", mode='mode = "keep"')
        yield Finding((*path, "allow"), what)
    if kinds & SUMMED and goal.repeat is None:
        yield from _of_year(goal, path, is_cumulated=kinds == {Kind.YTD})
    if Kind.GROWTH in kinds:
        targets = [((*path, "target"), goal.target)]
        targets += [((*path, "revisions", i, "target"), each.target) for i, each in enumerate(goal.revisions)]
        for way, target in targets:
            if target is not None and not isinstance(target, Number | Band):
                what = say("a published rate has a number or a band as its target")
                yield Finding(way, what, say("write {one} or {other}", one="7", other="{ between = [6, 7] }"))


def _of_year(goal: Goal, path: KeyPath, *, is_cumulated: bool) -> Iterator[Finding]:
    """Yield where a year's total is compared with less than a year; a year cumulated to its end is a whole one."""
    start = goal.baseline.period if goal.baseline is not None else None
    if start is None or goal.due is None or goal.due.length is not Length.YEAR or start.length is Length.YEAR:
        return
    whole = containing(start.end, Length.YEAR)
    if not (is_cumulated and start.end == whole.end):
        what = say("{period} is less than a year, and the target is a year's total", period=start)
        yield Finding((*path, "baseline"), what, say("write a year: {year}", year=whole))
