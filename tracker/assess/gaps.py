"""Periods that were passed over: recorded neither in time nor since, and needed for what a goal is judged by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.assess.history import finer, totals
from tracker.model.goal import SUMMED, Kind, Mode
from tracker.periods import Length, Period, containing, next_period
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.assess.figures import Point
    from tracker.model.goal import Goal


class Run(NamedTuple):
    """Periods that follow one another: the first, the last, and how many they are."""

    first: Period
    last: Period
    periods: int

    def __str__(self) -> str:
        """Return them as people read them, such as 2024-07 … 2024-09."""
        return self.first.text if self.periods == 1 else f"{self.first} … {self.last}"


def runs(periods: Sequence[Period]) -> list[Run]:
    """Return periods, oldest first, as runs of those that follow one another."""
    found: list[Run] = []
    for period in periods:
        last = found[-1] if found else None
        if last is not None and last.last.length is period.length and next_period(last.last) == period:
            found[-1] = Run(last.first, period, last.periods + 1)
        else:
            found.append(Run(period, period, 1))
    return found


def listed(periods: Sequence[Period]) -> str:
    """Return periods as people read them.

    >>> from tracker.periods import parse_period
    >>> listed([parse_period(text) for text in ("2024-05", "2024-07", "2024-08")])
    '2024-05, 2024-07 … 2024-08'
    """
    return ", ".join(map(str, runs(periods)))


def gaps(goal: Goal, points: Sequence[Point], kind: Kind, due: Period, length: Length) -> list[Period]:
    """Return the periods before the latest one that a goal due in a period cannot do without, oldest first.

    They are those of its totals, the years that a plan's rates are chained over, else the one that decides at due;
    `length` is how long the periods of the series are.
    """
    if not points:
        return []
    if is_totalled(points, kind, due):
        return lacking(points, kind, due, points[-1].on)
    if kind is Kind.GROWTH and goal.mode is not Mode.KEEP:
        return list(_of_plan(goal, points, due, length))
    decided = any(point.on == due.end or point.period.start <= due.end < point.on for point in points)
    return [] if decided or points[-1].on < due.end else [containing(due.end, length)]


def is_totalled(points: Sequence[Point], kind: Kind, due: Period) -> bool:
    """Tell whether a goal due in a period is judged by totals of the shorter periods that are recorded."""
    if kind not in SUMMED or not points or due.length in {Length.DAY, Length.WEEK}:
        return False
    return finer(points[-1].period.length, due.length) and (kind is Kind.FLOW or due.length is Length.YEAR)


def lacking(points: Sequence[Point], kind: Kind, due: Period, until: date) -> list[Period]:
    """Return the periods over by a day that the totals behind a goal lack: the latest one, and the one before it.

    Once due is over its own total decides alone; the one before is not needed beside a latest that is full, unless
    that is the only one. What is older than these two is history, gap or not.
    """
    latest = min(due, containing(until, due.length), key=lambda block: block.end)
    full = {total.period.end for total in totals(points, kind, due.length).full}
    found: list[Period] = []
    is_needed = latest.end not in full or len(full) == 1
    if until < due.end and is_needed and latest.start > date.min:
        before = containing(latest.start - timedelta(days=1), due.length)
        found += _needed_before(points, kind, before, full, is_running=latest == due)
    if latest.end not in full:
        found += _parts(points, kind, latest)
    return [period for period in found if period.end <= until]


def lacking_until(as_of: date, points: Sequence[Point], kind: Kind, due: Period) -> tuple[Period, ...]:
    """Return the periods that the totals which are over by a day lack, none where a goal is judged by no totals."""
    if not is_totalled(points, kind, due):
        return ()
    running = containing(as_of, due.length).start
    if as_of <= due.end and running == date.min:
        return ()
    return tuple(lacking(points, kind, due, due.end if as_of > due.end else running - timedelta(days=1)))


def _needed_before(
    points: Sequence[Point], kind: Kind, before: Period, full: set[date], *, is_running: bool
) -> list[Period]:
    """Return what the block before the latest lacks, where the series had begun by then.

    A cumulated year that is compared with the one running needs the value of the same part too.
    """
    if kind is Kind.FLOW:
        return _parts(points, kind, before) if points[0].period.start <= before.start else []
    if points[0].on > before.end:
        return []
    found = [] if before.end in full else _parts(points, kind, before)
    month = points[-1].on.month
    same = [period for period in _each(before, points[-1].period.length) if period.end.month == month]
    held = {point.on for point in points}
    needed = [period for period in same if is_running and period.end not in held and period.end != before.end]
    return [*needed, *found]


def _parts(points: Sequence[Point], kind: Kind, block: Period) -> list[Period]:
    """Return the periods that the total of a block lacks: any of a flow, the last of a cumulated series."""
    held = {point.on for point in points}
    every = list(_each(block, points[-1].period.length))
    return [period for period in (every[-1:] if kind is Kind.YTD else every) if period.end not in held]


def _each(block: Period, length: Length) -> Iterator[Period]:
    """Yield the periods of a length that end inside a block."""
    try:
        period = containing(block.start, length)
        while period.end <= block.end:
            yield period
            period = next_period(period)
    except OverflowError:  # the calendar ends
        return


def _of_plan(goal: Goal, points: Sequence[Point], due: Period, length: Length) -> Iterator[Period]:
    """Yield the periods whose rate a plan's chain lacks: of each year after the baseline, and of due."""
    held = {point.on for point in points}
    first = goal.baseline.period.end.year + 1 if goal.baseline else due.end.year
    for day in (*(date(year, 12, 31) for year in range(first, due.end.year)), due.end):
        if day not in held and day < points[-1].on:
            yield containing(day, length)
