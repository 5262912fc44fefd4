"""The coming periods filled with the values that an assumed growth leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.compare.coming import coming
from tracker.compare.solving import Course
from tracker.compare.yearplan import years_left
from tracker.errors import WrongUsage, say
from tracker.model.actual import Actual
from tracker.model.goal import SUMMED, Kind
from tracker.model.number import finite
from tracker.periods import PER_YEAR, next_period
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.assess import Recorded
    from tracker.assess.figures import Assessment, Point
    from tracker.periods import Period

YEAR = "year"


class Filled(NamedTuple):
    """A series' lines up to due, and those of them that the growth gave."""

    lines: list[Actual]
    added: tuple[Actual, ...]


def filled(seen: Assessment, recorded: Recorded, growth: float, per: str) -> Filled:
    """Return the lines of a goal's series with every coming period up to due filled.

    A year's total that is not over grows on the same periods of last year; a published rate is the rate of every year
    left; what is compared with later years' totals is filled in years.
    """
    goal = seen.goal
    series = goal.series or ""
    lines = list(recorded.actuals.get(series, ()))
    if seen.actual is None or goal.due is None:
        return Filled(lines, ())
    everything = -100 if seen.kind is Kind.GROWTH else -1
    if growth < everything and (seen.kind is Kind.GROWTH or (seen.growth is not None and seen.growth.compound)):
        raise WrongUsage(say("nothing can fall by more than 100 %"))
    if seen.kind is Kind.GROWTH:
        values: list[tuple[Period, float | None]] = [(period, growth) for period in years_left(seen)]
    elif seen.year is not None:
        values = _rest_of_year(seen, recorded.source(series).points, growth, per)
    else:
        course = course_of(seen, growth, per)
        periods = coming(seen.history, seen.kind, goal.due).periods
        values = [(period, course.at(period.end)) for period in periods]
        if seen.kind in SUMMED and periods and lines and lines[-1].period.length is not periods[0].length:
            lines = [
                Actual(series, point.period, point.value, point.quality, source=point.source)
                for point in seen.history
                if point.quality is not None
            ]
    added = []
    for period, value in values:
        if value is None:
            raise WrongUsage(
                say("a growth of {growth} leads beyond all numbers by {period}", growth=growth, period=period)
            )
        added.append(Actual(series, period, value))
    return Filled([*lines, *added], tuple(added))


def course_of(seen: Assessment, growth: float, per: str) -> Course:
    """Return how a goal's latest actual goes on at a growth."""
    if seen.actual is None:
        raise ValueError(seen.goal.id)  # `refuse` has looked at it
    compound = seen.growth is not None and seen.growth.compound
    return Course(seen.actual.on, seen.actual.value, growth, per, compound)


def _rest_of_year(
    seen: Assessment, points: Sequence[Point], growth: float, per: str
) -> list[tuple[Period, float | None]]:
    actual, due = seen.actual, seen.goal.due
    if actual is None or due is None:
        raise ValueError(seen.goal.id)  # `refuse` has looked at it
    if per != YEAR:
        raise WrongUsage(say("growth within a year is on the same periods of last year: state it per year"))
    per_year = PER_YEAR[actual.period.length]
    before = {p.on.month * per_year // 12: p.value for p in points if p.on.year == actual.on.year - 1}
    done = actual.on.month * per_year // 12
    ytd = seen.kind is Kind.YTD
    if any(k not in before for k in range(done if ytd else done + 1, per_year + 1)):
        raise WrongUsage(
            say("last year's figures for the rest of the year are not recorded, so nothing can grow on them")
        )
    values: list[tuple[Period, float | None]] = []
    period = actual.period
    for k in range(done + 1, per_year + 1):
        period = next_period(period)
        grown = (before[k] - before[done] if ytd else before[k]) * (1 + growth)
        values.append((period, finite(actual.value + grown if ytd else grown)))
    return values
