"""The series a moving target follows, carried on to periods that are only supposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.growth import carried
from tracker.model.actual import Actual
from tracker.model.goal import Moving
from tracker.model.number import finite
from tracker.periods import years
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from tracker.assess.figures import Assessment, Point
    from tracker.periods import Period


class Followed(NamedTuple):
    """The lines in force with the reference carried on, and the values that were added."""

    actuals: Mapping[str, Sequence[Actual]]
    added: tuple[Actual, ...] = ()


def with_reference(
    target: Moving, seen: Assessment, actuals: Mapping[str, Sequence[Actual]], periods: Sequence[Period]
) -> Followed:
    """Return the actuals with the reference carried on to periods at its own growth, where it is not known yet."""
    aim = seen.target
    lines = actuals.get(target.series, ())
    if aim is None or aim.base is None:
        return Followed(actuals)
    known = {line.period.end for line in lines}
    added = []
    for period in periods:
        if period.end not in known:
            span = years(aim.base.on, period.end)
            value = carried(aim.base.value, aim.rate or 0.0, span, compound=aim.compound)
            added.append(Actual(target.series, period, value))
    together = sorted([*lines, *added], key=lambda line: line.period.end)
    return Followed({**actuals, target.series: together}, tuple(added))


def reference_on(seen: Assessment, reference: Sequence[Point]) -> Callable[[date], float | None]:
    """Return a moving target's value as a function of the day: as recorded, else carried on."""
    moving, aim = seen.goal.target, seen.target
    if not isinstance(moving, Moving) or aim is None or aim.base is None:
        return lambda _day: None
    base = aim.base
    known = {point.on: point.value for point in reference}

    def value(day: date) -> float | None:
        found = known.get(day)
        if found is None and day > base.on:
            found = carried(base.value, aim.rate or 0.0, years(base.on, day), compound=aim.compound)
        return None if found is None else finite(moving.share * found + moving.offset)

    return value
