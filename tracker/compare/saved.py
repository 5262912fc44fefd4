"""A saved status beside what is known now: which of its values are others, and which are new since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.history import point_on
from tracker.compare.snapshot import Place, Said, Snapshot, Value, said_of, value_of
from tracker.model.goal import SUMMED, Kind
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assess.figures import Assessment, Point
    from tracker.model.actual import Actual, View
    from tracker.periods import Period


class Known(NamedTuple):
    """A value that a saved status shows: of a period, in the goal's unit."""

    period: Period
    value: Value


class SavedGoal(NamedTuple):
    """One goal of a saved status, with the latest actual and the baseline it was judged by."""

    said: Said
    actual: Known | None
    baseline: Known | None


class Saved(NamedTuple):
    """A saved status: from where it looked, and its goals by id."""

    view: View
    goals: Mapping[str, SavedGoal]


def between(
    saved: Saved, then: Sequence[Assessment], now: Sequence[Assessment], actuals: Mapping[str, Sequence[Actual]]
) -> tuple[Snapshot, Snapshot]:
    """Return what was said and what is said, with the values that both can tell.

    A saved status shows of each goal its latest actual and its baseline only. `then` are the assessments as seen from
    the saved day with all that is known now, so that sums are compared with sums of the same periods; `now` are those
    of now, from the lines in force, `actuals`.
    """
    before: dict[Place, Value] = {}
    after: dict[Place, Value] = {}
    lookup = {seen.goal.id: seen for seen in then}
    for seen in now:
        id_ = seen.goal.id
        was, again = saved.goals.get(id_), lookup.get(id_)
        if was is None or again is None or was.said.terms.series != seen.goal.series or seen.goal.parts is not None:
            continue
        for known in (was.actual, was.baseline):
            if known is not None and _is_comparable(known, again):
                place = _place(seen, known.period)
                before.setdefault(place, known.value)
                found = _again(known, again)
                if found is not None:
                    after.setdefault(place, found)
        after |= {place: value for place, value in _later(seen, was, actuals).items() if place not in before}
    said = {id_: one.said for id_, one in saved.goals.items()}
    return Snapshot(said, before), Snapshot(said_of(now), after)


def _place(seen: Assessment, period: Period) -> Place:
    return Place(seen.goal.series, period, None if seen.goal.series is not None else seen.goal.id)


def _is_comparable(known: Known, again: Assessment) -> bool:
    """Tell whether the same value can be looked for: a sum of periods is gone once another period was added to it."""
    if again.kind not in SUMMED or any(point.period == known.period for point in again.history):
        return True
    return again.actual is None or again.actual.on <= known.period.end


def _again(known: Known, again: Assessment) -> Value | None:
    """Return the value of the same period as it is known now; None where there is none any more."""
    points = {point.period: point for point in again.history}
    if again.actual is not None:  # a mean of rates stands in no line
        points[again.actual.period] = again.actual
    point = points.get(known.period)
    if point is None and again.kind not in SUMMED:  # a goal may write its baseline otherwise: 2022-12 for 2022
        point = point_on(again.history, known.period.end)
    return None if point is None else _value(point)


def _value(point: Point) -> Value:
    line = point.actual if point.actual is not None and point.actual.value == point.value else None
    return Value(point.value, point.quality, point.source, line)


def _later(seen: Assessment, was: SavedGoal, actuals: Mapping[str, Sequence[Actual]]) -> dict[Place, Value]:
    """Return what is certainly new: what stands for a later time than the latest actual did."""
    last = was.actual.period.end if was.actual is not None else None
    lines = actuals.get(seen.goal.series or "", ())
    is_sum = seen.goal.series is not None and seen.kind in SUMMED and seen.year is not None
    if is_sum and (was.actual is None or was.actual.period.length is not lines[-1].period.length):
        return {}  # nobody recorded the sum of a running year, and which of its lines are new is not known
    if seen.goal.series is None or (seen.kind in SUMMED and not is_sum) or seen.kind is Kind.GROWTH:
        if seen.actual is None or (last is not None and seen.actual.on <= last):
            return {}
        return {_place(seen, seen.actual.period): _value(seen.actual)}
    return {Place(line.series, line.period): value_of(line) for line in lines if last is None or line.period.end > last}
