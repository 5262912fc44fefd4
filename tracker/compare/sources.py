"""What a goal is measured by: one series, or several added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.history import summed

if TYPE_CHECKING:
    from tracker.assess import Recorded
    from tracker.assess.facts import Source
    from tracker.model.goal import Goal


def measured(goal: Goal) -> tuple[str, ...]:
    """Return the series a goal is measured by; none for a goal made of goals."""
    return goal.sum or ((goal.series,) if goal.series is not None else ())


def source_of(goal: Goal, recorded: Recorded) -> Source:
    """Return the points a goal is measured by, with their kind and unit."""
    sources = [recorded.source(series) for series in measured(goal)]
    if not goal.sum:
        return sources[0]
    return sources[0]._replace(points=summed([source.points for source in sources], sources[0].kind))
