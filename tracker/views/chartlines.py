"""The lines of a goal's chart: where it was, where it was to go, where it must and where it will."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.assess.growth import Spacing, carried
from tracker.assess.history import comparable, points_of
from tracker.assess.path import Corner, on_path, way
from tracker.model.goal import Mode, Moving
from tracker.model.number import finite, settled
from tracker.periods import years
from tracker.tuples import NamedTuple
from tracker.wording.explain_line import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.model.actual import Actual
    from tracker.model.goal import GoalsFile

MOST = 120
"""How many of the last values of a history a chart shows."""
PIECES = 8
"""How many straight pieces a curve is drawn with."""


class Spot(NamedTuple):
    """A day and the value on it."""

    on: date
    value: float


def values(seen: Assessment) -> tuple[Spot, ...]:
    """Return the history as it was recorded; of a year that is not over, the full years before."""
    points = seen.history[:-1] if seen.year is not None else seen.history
    return tuple(Spot(point.on, settled(point.value)) for point in points[-MOST:])


def so_far(seen: Assessment) -> tuple[Spot, ...]:
    """Return this year's sum as it grew from nothing; nothing where the goal is on no running year."""
    if seen.year is None or seen.actual is None or seen.due is None:
        return ()
    return (Spot(_new_year(seen.due), 0.0), Spot(seen.actual.on, settled(seen.actual.value)))


def _new_year(due: date) -> date:
    return due.replace(month=1, day=1)


def planned(seen: Assessment) -> tuple[Spot, ...]:
    """Return the planned path from the baseline over its steps to the target."""
    now, due, end = seen.actual, seen.due, values_of(seen).edge
    if seen.goal.mode is Mode.KEEP or due is None or end is None or now is None:
        return ()
    if seen.year is not None:
        middle = [] if seen.expected is None else [Spot(now.on, seen.expected)]
        return (Spot(_new_year(due), 0.0), *middle, Spot(due, end))
    start = seen.baseline
    if start is None or start.value is None or seen.growth is None:
        return ()
    corners = way(Corner(start.period.end, start.value), seen.goal.steps, Corner(due, end))
    compound = seen.growth.compound
    return _curve(
        start.period.end, due, lambda day: on_path(corners, day, compound=compound),
        curved=compound, also=[corner.on for corner in corners],
    )  # fmt: skip


def followed(seen: Assessment) -> tuple[Spot, ...]:
    """Return where the latest actual leads if its observed growth goes on to due."""
    now, due, growth = seen.actual, seen.due, seen.growth
    ahead = seen.projected.value if seen.projected else None
    if now is None or due is None or growth is None or ahead is None or now.on >= due:
        return ()
    if seen.year is not None:
        return (Spot(now.on, now.value), Spot(due, ahead))
    span = Spacing(growth.per)

    def value(day: date) -> float | None:
        return finite(carried(now.value, growth.observed, span.between(now.on, day), compound=growth.compound))

    return _curve(now.on, due, value, curved=growth.compound)


def required_way(seen: Assessment) -> tuple[Spot, ...]:
    """Return the way from the latest actual to the target at the required growth."""
    now, due, growth, end = seen.actual, seen.due, seen.growth, seen.target.value if seen.target else None
    if now is None or due is None or growth is None or growth.required is None or end is None or now.on >= due:
        return ()
    if seen.year is not None:
        return (Spot(now.on, now.value), Spot(due, end))
    corners = [Corner(now.on, now.value), Corner(due, end)]
    return _curve(
        now.on, due, lambda day: on_path(corners, day, compound=growth.compound), curved=growth.compound
    )  # fmt: skip


def moved(seen: Assessment, file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> tuple[Spot, ...]:
    """Return a moving target as far as it is known, and from there on carried on by its own growth to due."""
    target, aim, due = seen.goal.target, seen.target, seen.goal.due
    if not isinstance(target, Moving) or aim is None or aim.base is None or due is None or not seen.history:
        return ()
    kind = file.series[target.series].kind
    known = comparable(points_of(actuals.get(target.series, ()), kind), kind, due).full
    first = min(seen.history[-MOST:][0].on, aim.base.on)

    def shared(value: float | None) -> float | None:
        return None if value is None else finite(target.share * value + target.offset)

    base, growth = aim.base, aim.rate
    spots = [(point.on, shared(point.value)) for point in known if first <= point.on <= base.on]
    if base.on < due.end:
        grown = _curve(
            base.on, due.end, lambda day: shared(carried(base.value, growth or 0.0, years(base.on, day),
            compound=aim.compound)), curved=aim.compound,
        )  # fmt: skip
        spots += grown[1:]
    return tuple(Spot(on, value) for on, value in spots[-MOST:] if value is not None)


def _curve(
    start: date, end: date, value: Callable[[date], float | None], *, curved: bool, also: Sequence[date] = ()
) -> tuple[Spot, ...]:
    """Return a way from one day to another as straight pieces; `also` are days where it has a corner."""
    days = {start, end, *also}
    if curved:
        span = (end - start).days
        days |= {start + timedelta(days=round(span * piece / PIECES)) for piece in range(1, PIECES)}
    spots = [(day, value(day)) for day in sorted(days)]
    return tuple(Spot(day, one) for day, one in spots if one is not None)
