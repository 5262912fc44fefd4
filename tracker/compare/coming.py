"""The periods that are still to come, from the latest actual to due."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.assess.history import STEP_PERIODS
from tracker.model.goal import Kind
from tracker.periods import COARSEST_FIRST, MONTHS, Length, Period, add_days, add_months, containing, day_period
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.figures import Point

MOST = 366
"""How many coming periods are worth a line each; beyond that the next coarser length is taken."""
EACH_DAY, EACH_WEEK = 14, 60
"""For actuals on days: with so many days left every day has its line, then every week, then every month."""
WEEK = 7


class Coming(NamedTuple):
    """The coming periods, due's last, and how far apart they are; `coarser` than the series' own step."""

    periods: list[Period]
    length: Length
    coarser: bool = False


def coming(history: Sequence[Point], kind: Kind | None, due: Period) -> Coming:
    """Return the periods after the last point of a history, of the history's own step, up to due.

    Cumulated values that are due inside a year are compared with the same part of each year; so these are the
    periods. Actuals on days have no step that the calendar knows: how many days are left decides.
    """
    start = history[-1].on
    own = _length(history)
    if kind is Kind.YTD and due.length is not Length.YEAR:
        return Coming(_each_year(start, due), own)
    if own is Length.DAY:
        return _days(start, due)
    length: Length = own
    while length is not Length.YEAR and (due.end - start).days * _per_year(length) > MOST * 366:
        length = COARSEST_FIRST[COARSEST_FIRST.index(length) - 1]
    return Coming(_between(start, due, length), length, coarser=length is not own)


def _length(history: Sequence[Point]) -> Length:
    """Return the most frequent length of the last periods, the latest one's of several."""
    lengths = [point.period.length for point in history[-STEP_PERIODS:]]
    counts = Counter(lengths)
    return max(counts, key=lambda one: (counts[one], one is lengths[-1]))


def _per_year(length: Length) -> float:
    return 12 / MONTHS[length] if length in MONTHS else 366 / WEEK


def _between(start: date, due: Period, length: Length) -> list[Period]:
    periods: list[Period] = []
    day = start
    while day < due.end:
        try:
            period = containing(add_days(day, 1), length)
        except OverflowError:  # the calendar ends inside a week
            break
        if period.end == due.end:  # it stands at the last day of due, and is called as the series calls it
            return [*periods, period]
        if period.end > due.end:
            break
        periods.append(period)
        day = period.end
    return [*periods, due] if start < due.end else []


def _days(start: date, due: Period) -> Coming:
    left = (due.end - start).days
    if left > EACH_WEEK:
        return Coming(_between(start, due, Length.MONTH), Length.MONTH, coarser=True)
    step = 1 if left <= EACH_DAY else WEEK
    days = [day_period(add_days(due.end, -back)) for back in range(step, left, step)]
    length = Length.DAY if step == 1 else Length.WEEK
    return Coming([*reversed(days), *([due] if left > 0 else [])], length, coarser=step > 1)


def _each_year(start: date, due: Period) -> list[Period]:
    periods = []
    back = 0
    while (end := add_months(due.end, -12 * back)) > start and end.year > 1:
        periods.append(containing(end, due.length) if back else due)
        back += 1
    return periods[::-1]
