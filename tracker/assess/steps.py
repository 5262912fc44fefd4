"""The intermediate targets of a goal beside what was recorded for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.facts import direction_of
from tracker.assess.figures import StepSeen
from tracker.assess.history import blocks, is_unbroken
from tracker.assess.published import means
from tracker.model.goal import SUMMED, Kind, Mode
from tracker.model.number import settled

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.facts import Source
    from tracker.assess.figures import Assessment
    from tracker.periods import Length, Period


def with_steps(seen: Assessment, source: Source, due: Period) -> Assessment:
    """Return the assessment with each step, what stands at its day, and whether that falls short.

    A step inside the year of a total is compared with the sum up to it, one of a published rate with the mean rate up
    to it, as its goal is. A missed step changes no status, and is said (design section 13).
    """
    goal = seen.goal
    values = {point.on: point.value for point in seen.history}
    if source.kind in SUMMED:
        values = _sums(source, due.length) | values
    elif source.kind is Kind.GROWTH and goal.mode is not Mode.KEEP:
        values |= means(goal, [step.due for step in goal.steps], source.points)
    baseline = seen.baseline.value if seen.baseline else None
    sign = direction_of(goal, seen.target, baseline, seen.actual.value) if seen.target and seen.actual else 1
    steps = []
    for step in goal.steps:
        value = values.get(step.due.end)
        steps.append(StepSeen(step, value, value is not None and sign * (settled(value) - step.target) < 0))
    return seen._replace(steps=tuple(steps))


def _sums(source: Source, length: Length) -> dict[date, float]:
    """Return the sum of each block of a length at the last day of each of its periods, as long as none is missing."""
    found = {}
    for members in blocks(source.points, length).values():
        total = 0.0
        for n, point in enumerate(members, 1):
            total = point.value if source.kind is Kind.YTD else settled(total + point.value)
            if source.kind is Kind.YTD or is_unbroken(members[:n], length):
                found[point.on] = total
    return found
