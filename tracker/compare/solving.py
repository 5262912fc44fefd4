"""A value that goes on at a growth: where it is on a day, and the first due by which it meets a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.growth import Spacing, carried
from tracker.assess.target import threshold
from tracker.compare.reference import reference_on
from tracker.model.goal import Moving
from tracker.model.number import finite
from tracker.periods import add_days, add_months, containing, next_period, years
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tracker.assess.figures import Assessment, Point
    from tracker.periods import Length, Period

LONGEST = 12 * 50
"""How many months ahead a due is still worth naming."""


class Course(NamedTuple):
    """A value on a day that goes on at a growth: a fraction of itself where `compound`, else an amount, `per` time."""

    on: date
    value: float
    growth: float
    per: str
    compound: bool

    def at(self, day: date) -> float | None:
        """Return the value on a later day; None where it leaves the range of floats."""
        units = Spacing(self.per).between(self.on, day)
        return finite(carried(self.value, self.growth, units, compound=self.compound))


def due_for(course: Course, met: Callable[[date, float], bool], length: Length) -> Period | None:
    """Return the first period of a length at whose end a target is met; None if it is not within 50 years."""
    last = add_months(course.on, LONGEST)
    try:
        period = containing(add_days(course.on, 1), length)
        while period.end <= last:
            value = course.at(period.end)
            if value is None:
                return None
            if met(period.end, value):
                return period
            period = next_period(period)
    except OverflowError:  # the calendar ends
        return None
    return None


def meeting(seen: Assessment, reference: Sequence[Point]) -> Callable[[date, float], bool]:
    """Return what tells whether a value on a day meets a goal's target; `reference` is what a moving one follows.

    A target that grows with its due is what it would be if that day were due.
    """
    goal, aim = seen.goal, seen.target
    moved = reference_on(seen, reference)

    def met(day: date, value: float) -> bool:
        target = None if aim is None else aim.value
        if isinstance(goal.target, Moving):
            target = moved(day)
        elif aim is not None and aim.form == "growth" and seen.baseline is not None and seen.baseline.value is not None:
            span = years(seen.baseline.period.end, day)
            target = finite(carried(seen.baseline.value, aim.rate, span, compound=True))
        if aim is None or target is None:
            return False
        return threshold(goal, target, aim.low, aim.high).met(value)

    return met
