"""From recorded actuals to the history a goal is judged by."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from math import isfinite

from tracker.assess.figures import Point
from tracker.model.actual import Actual, Quality
from tracker.model.goal import SUMMED, Break, Goal, Kind, Span
from tracker.model.number import settled
from tracker.periods import (
    COARSEST_FIRST,
    DAYS_OF_WEEK,
    MONTHS,
    Length,
    Period,
    add_days,
    add_months,
    containing,
    is_last_in,
    next_period,
)
from tracker.tuples import NamedTuple

FEBRUARY = 2
STEP_PERIODS = 8
"""How many of the last actuals decide a series' step."""


def points_of(actuals: Sequence[Actual], kind: Kind) -> list[Point]:
    """Return one point for each last day, oldest first.

    Of several periods that end on one day the finest holds, of published rates the longest.
    """
    if kind in SUMMED:
        return _points(actual for actual in actuals if actual.value is not None)
    if kind is Kind.GROWTH:  # a year's own rate, not that of its last quarter
        return _points({actual.period.end: actual for actual in reversed(actuals)}.values())[::-1]
    return _points({actual.period.end: actual for actual in actuals}.values())


def _points(actuals: Iterable[Actual]) -> list[Point]:
    # a large store brings millions: made straight from tuples they take a third of the time
    return [_new_point((one.period, one.value or 0.0, one.quality, one.source, one)) for one in actuals]


_new_point: Callable[[tuple[object, ...]], Point] = partial(tuple.__new__, Point)


QUALITY_ORDER = (Quality.FINAL, Quality.PROVISIONAL, Quality.ESTIMATE)


def worst_quality(points: Sequence[Point]) -> Quality | None:
    """Return the least firm quality among points; None where none was recorded."""
    seen = [point.quality for point in points if point.quality is not None]
    return max(seen, key=QUALITY_ORDER.index) if seen else None


def time_of(period: Period, kind: Kind) -> tuple[date, date]:
    """Return what the values of two series must share to be put together.

    An amount is that of its whole span; all else stands at its last day, however its period is written.
    """
    return (period.start if kind in SUMMED else period.end, period.end)


def summed(histories: Sequence[Sequence[Point]], kind: Kind) -> list[Point]:
    """Return the sum of several series of a kind wherever all of them have a value, where it is within floats.

    Of periods with one last day the longest stands for the sum: it comes as seldom as the slowest of its series.
    """
    if not histories:
        return []
    others = [{time_of(point.period, kind): point for point in history} for history in histories[1:]]
    result = []
    for point in histories[0]:
        time = time_of(point.period, kind)
        same = [point, *(other[time] for other in others if time in other)]
        total = settled(sum(p.value for p in same))
        if len(same) == len(histories) and isfinite(total):
            sources = list(dict.fromkeys(p.source for p in same if p.source))
            longest = min((p.period for p in same), key=lambda period: COARSEST_FIRST.index(period.length))
            result.append(Point(longest, total, worst_quality(same), "; ".join(sources) or None))
    return result


def with_baseline(points: list[Point], goal: Goal, as_of: date, breaks: Sequence[Break] = ()) -> list[Point]:
    """Return the history with the goal's own baseline value in it, where no actual stands for that day.

    A value before one of the `breaks` is linked as an actual would be, and left out where nothing links it, or where
    that leaves the range of floats.
    """
    own = goal.baseline
    if own is None or own.value is None or own.period.end > as_of:
        return points
    if point_on(points, own.period.end) is not None:
        return points
    value = own.value
    if breaks:
        from tracker.assess.breaks import broken_by, factor

        if broken_by(own.period.end, breaks) is not None:
            return points
        value = settled(value * factor(own.period.end, breaks))
        if not isfinite(value):
            return points
    return sorted([*points, Point(own.period, value, None, goal.source)], key=lambda p: p.on)


def point_on(points: Iterable[Point], day: date | None) -> Point | None:
    """Return the point that stands at a day; None where none does, or there is no day."""
    for point in () if day is None else points:
        if point.period.end == day:
            return point
    return None


def finer(one: Length, other: Length) -> bool:
    """Tell whether one length is shorter than another."""
    return COARSEST_FIRST.index(one) > COARSEST_FIRST.index(other)


class Totals(NamedTuple):
    """A flow or ytd series in blocks: the full ones, and the latest one where it is not full yet.

    `parts` are the points of the running block in order, `running` its sum so far.
    """

    full: list[Point]
    running: Point | None
    parts: list[Point]


def blocks(points: Sequence[Point], length: Length) -> dict[str, list[Point]]:
    """Return the points by the calendar block of a length that their last day lies in."""
    result: dict[str, list[Point]] = {}
    for point in points:
        result.setdefault(containing(point.on, length).text, []).append(point)
    return result


def totals(points: Sequence[Point], kind: Kind, length: Length) -> Totals:
    """Return a flow or ytd series as totals of blocks of a length.

    A block is full when its last period is recorded (ytd) or every period is (flow). One whose sum leaves the
    range of floats is none.
    """
    full: list[Point] = []
    running: Point | None = None
    parts: list[Point] = []
    grouped = blocks(points, length)
    for members in grouped.values():
        block = containing(members[-1].on, length)
        is_full = is_last_in(members[-1].period, block)
        if kind is Kind.YTD:
            value = members[-1].value
        else:
            value = settled(sum(point.value for point in members))
            is_full = is_full and is_unbroken(members, length)
        if not isfinite(value):
            continue
        source = list(dict.fromkeys(point.source for point in members if point.source))
        quality = members[-1].quality if kind is Kind.YTD else worst_quality(members)
        whole = block if is_full else members[-1].period
        total = Point(whole, value, quality, "; ".join(source) or None, members[-1].actual)
        if is_full:
            full.append(total)
            running, parts = None, []
        else:
            running, parts = total, members
    return Totals(full, running, parts)


def is_unbroken(members: Sequence[Point], length: Length) -> bool:
    """Tell whether every period of a block of a length is there, from its first to the last one given."""
    last = members[-1].period
    start, end = containing(last.end, length).start, last.end
    if last.length in MONTHS:
        wanted = ((end.year - start.year) * 12 + end.month - start.month + 1) // MONTHS[last.length]
    elif last.length is Length.WEEK:
        first = start + timedelta(
            days=-start.isoweekday() % DAYS_OF_WEEK
        )  # the first Sunday: a week counts where it ends
        wanted = (end - first).days // DAYS_OF_WEEK + 1
    else:
        wanted = (end - start).days + 1
    return len(members) == wanted


def same_part_of_year(points: Sequence[Point], due: Period) -> list[Point]:
    """Return the cumulated values that cover the same part of each year as the one due."""
    end = due.end
    return [p for p in points if p.on.month == end.month and (p.on.day == end.day or end.month == FEBRUARY)]


def comparable(points: Sequence[Point], kind: Kind, due: Period) -> Totals:
    """Return the points that may be compared with a target due in a period; others pass as they are.

    For flow and ytd the period of `due` says what is compared: a year means the year's total.
    """
    if kind not in SUMMED or not points or due.length in {Length.DAY, Length.WEEK}:
        return Totals(list(points), None, [])
    shorter = finer(points[-1].period.length, due.length)
    if kind is Kind.YTD and due.length is not Length.YEAR:
        return Totals(same_part_of_year(points, due), None, [])
    return totals(points, kind, due.length) if shorter else Totals(list(points), None, [])


def step_of(points: Sequence[Point]) -> Span | None:
    """Return the length of a series' periods: the most frequent of the last 8.

    For actuals on days it is their median spacing; None where a single day tells nothing.
    """
    last = points[-STEP_PERIODS:]
    if not last:
        return None
    lengths = [point.period.length for point in last]
    length = lengths[-1]
    if lengths.count(length) < len(lengths):
        counts = Counter(lengths)
        length = max(counts, key=lambda one: (counts[one], one is lengths[-1]))
    if length in MONTHS:
        return Span(months=MONTHS[length])
    if length is Length.WEEK:
        return Span(days=7)
    days = [point.on for point in points if point.period.length is Length.DAY][-STEP_PERIODS:]
    gaps = [(b - a).days for a, b in pairwise(days)]
    return Span(days=max(1, _median(gaps))) if gaps else None


def _median(values: Sequence[int]) -> int:
    """Return the middle value; `statistics` has one too, but takes 3 ms to import."""
    ranked, middle = sorted(values), len(values) // 2
    return round((ranked[middle] + ranked[-middle - 1]) / 2)


def after(day: date, span: Span, times: int = 1) -> date:
    """Return the day some spans of calendar time later."""
    moved = add_months(day, span.months * times) if span.months else day
    return add_days(moved, span.days * times)


def missing_periods(periods: Sequence[Period], start: date | None, due: Period) -> int:
    """Return how many periods have no value, from `start` (else the first) to the last one recorded up to due.

    Days have no next one that is due, so none is missing.
    """
    until = [period for period in periods if period.start <= due.end]
    if not until or until[-1].length is Length.DAY:
        return 0
    last, recorded = until[-1], {period.end for period in until}
    count, period = 0, containing(start or until[0].end, last.length)
    while period.end < last.end:
        count += period.end not in recorded
        period = next_period(period)
    return count


def goes_stale(goal: Goal, on: date, step: Span | None) -> date | None:
    """Return the last day on which an actual is not yet stale: two steps and the lag after it.

    None where the step is not known.
    """
    span = goal.every or step
    return None if span is None else after(after(on, span, times=2), goal.lag)
