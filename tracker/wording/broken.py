"""What people read of breaks in a series: what they part, and how a link joins the two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.breaks import broken_by, factor, noted
from tracker.errors import Say, say
from tracker.model.goal import SUMMED, Times
from tracker.wording.explain_line import Line
from tracker.wording.formula import exact

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment, BaselineSeen, Point


def clauses(seen: Assessment) -> list[Say]:
    """Return what the reason says beside the status: the breaks of the series and of the one its target follows."""
    reference = noted(seen.target.breaks, seen.target.series) if seen.target else ()
    return [*noted(seen.breaks), *reference]


def lost_base(seen: Assessment) -> Say | None:
    """Return why a multiple of a period's value cannot be computed, where a break lies after that period."""
    if not isinstance(seen.goal.target, Times):
        return None
    of = seen.goal.target.of
    lost = broken_by(of.end, seen.breaks)
    if lost is None:
        return None
    return say("the target cannot be computed: {of} lies before the break of {day}", of=of, day=lost.on)


def lost_baseline(baseline: BaselineSeen) -> Say:
    """Return what is not known because a break lies after the baseline."""
    return say(
        "the baseline {period} lies before the break of {day}, so growth and progress since it are not known",
        period=baseline.period,
        day=baseline.broken.on if baseline.broken else None,
    )


def linked(seen: Assessment, point: Point) -> Say | None:
    """Return how a recorded value was put on the footing of the latest ones; None where it stands as recorded."""
    ratio = factor(point.on, seen.breaks)
    recorded = point.actual.value if point.actual else None
    if point.actual is None and seen.goal.baseline is not None and point.on == seen.goal.baseline.period.end:
        recorded = seen.goal.baseline.value
    if ratio == 1 or recorded is None or seen.kind in SUMMED or seen.goal.sum:
        return None
    return say("{formula}: linked over the break", formula=f"{exact(recorded)} × {exact(ratio)}")


def lines(seen: Assessment) -> list[Line]:
    """Return a line for each break: the day, and what becomes of the values before it."""
    own = [
        Line(f"breaks.{each.on}", say("break"), each.on, note)
        for each, note in zip(seen.breaks, noted(seen.breaks), strict=True)
    ]
    if seen.target is None:
        return own
    notes = noted(seen.target.breaks, seen.target.series)
    return own + [
        Line(f"target.breaks.{each.on}", say("break"), each.on, note)
        for each, note in zip(seen.target.breaks, notes, strict=True)
    ]
