"""Which actuals should have been recorded by now, and which come next: what goals still wait for."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tracker.assess.figures import Assessment, Status
from tracker.assess.gaps import Run, gaps, runs
from tracker.assess.history import after, points_of, step_of
from tracker.model.goal import Kind, Mode, Moving, Span
from tracker.periods import MONTHS, Length, Period, add_days, containing, day_period, next_period
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from tracker.model.actual import Actual
    from tracker.model.goal import Goal, GoalsFile

_LENGTHS = {Span(months=months): length for length, months in MONTHS.items()} | {
    Span(days=7): Length.WEEK,
    Span(days=1): Length.DAY,
}
FEBRUARY = 2


class Late(NamedTuple):
    """Actuals that should be there, the day the first of them was expected `by`, and the days since.

    `gaps` are periods that were passed over, `since` those after the latest actual, in the series' rhythm.
    """

    gaps: tuple[Period, ...]
    since: Run | None
    by: date
    days: int

    @property
    def runs(self) -> list[Run]:
        """Return all of them, oldest first, as runs without an actual in between."""
        return [*runs(self.gaps), *([self.since] if self.since is not None else [])]

    @property
    def periods(self) -> int:
        """Return how many they are."""
        return sum(run.periods for run in self.runs)


class Coming(NamedTuple):
    """The period whose actual is expected next, the day it is expected by, and the days until then."""

    period: Period
    by: date
    days: int


class Wanted(NamedTuple):
    """What a series owes the goals that wait for it; `step` is None where its rhythm is not known."""

    series: str
    goals: tuple[str, ...]
    owners: tuple[str, ...]
    latest: Period | None
    step: Span | None
    late: Late | None
    coming: Coming | None


class Ledger(NamedTuple):
    """What is recorded of one series, as one goal sees it; `every` is what the goal says of its rhythm."""

    kind: Kind
    lines: Sequence[Actual]
    every: Span | None
    start: Period | None
    start_known: bool


def wanted(
    file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], assessments: Sequence[Assessment], as_of: date
) -> list[Wanted]:
    """Return what each series owes, what is most late first, then what comes soonest.

    A goal waits for the next period after the latest actual of each of its series, as long as periods are (`every` in
    the goal says otherwise), up to the one that decides at due, and for those before it that were passed over and that
    it cannot do without; each is expected by its last day plus the goal's `lag`. Where no rhythm is known, and for a
    milestone, only the figure for due is waited for. A goal that is achieved or missed waits for nothing, but one to be
    kept does until due is recorded. Of several goals on a series the one that waits longest counts.
    """
    found: dict[str, Wanted] = {}
    for seen in assessments:
        if seen.goal.due is None or seen.goal.parts is not None or _is_over(seen):
            continue
        for series in _series(seen.goal):
            one = _of_goal(seen.goal, seen.goal.due, series, _ledger(seen.goal, series, file, actuals), as_of)
            if one.late is not None or one.coming is not None:
                found[series] = _joined(found[series], one) if series in found else one
    return sorted(found.values(), key=_urgency)


def _is_over(seen: Assessment) -> bool:
    if seen.status not in {Status.ACHIEVED, Status.MISSED}:
        return False
    if seen.goal.mode is not Mode.KEEP:
        return True
    return seen.actual is not None and seen.due is not None and seen.actual.on >= seen.due


def _series(goal: Goal) -> list[str]:
    own = [goal.series] if goal.series is not None else [*goal.sum]
    return [*own, goal.target.series] if isinstance(goal.target, Moving) else own


def _ledger(goal: Goal, series: str, file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> Ledger:
    kind, lines = file.series[series].kind, actuals.get(series, ())
    if series != goal.series and series not in goal.sum:  # what the goal says of itself is not said of its reference
        return Ledger(kind, lines, None, None, start_known=False)
    start = goal.baseline
    return Ledger(kind, lines, goal.every, start and start.period, start is not None and start.value is not None)


def _of_goal(goal: Goal, due: Period, series: str, ledger: Ledger, as_of: date) -> Wanted:
    step = _step(goal, ledger)
    late: Late | None = None
    coming: Coming | None = None
    passed = _gaps(goal, due, ledger, step)
    for period in chain(passed, _periods(due, ledger, step, as_of)):
        by = after(period.end, goal.lag)
        if by >= as_of:
            coming = Coming(period, by, (by - as_of).days)
            break
        late = late or Late((), None, by, (as_of - by).days)
        if period in passed:
            late = late._replace(gaps=(*late.gaps, period))
        else:
            since = late.since or Run(period, period, 0)
            late = late._replace(since=since._replace(last=period, periods=since.periods + 1))
    owners = (goal.owner,) if goal.owner else ()
    latest = ledger.lines[-1].period if ledger.lines else None
    return Wanted(series, (goal.id,), owners, latest, step, late, coming)


def _gaps(goal: Goal, due: Period, ledger: Ledger, step: Span | None) -> list[Period]:
    if not ledger.lines:
        return []
    points = points_of(ledger.lines, ledger.kind)
    return gaps(goal, points, ledger.kind, due, _length(points[-1].period, ledger, step))


def _step(goal: Goal, ledger: Ledger) -> Span | None:
    """Return how often an actual comes; None where nothing tells, and for a milestone, which is done only once."""
    if ledger.every is not None:
        return ledger.every
    if ledger.kind is Kind.MILESTONE and goal.mode is not Mode.KEEP:
        return None
    if ledger.lines:
        return step_of(points_of(ledger.lines, ledger.kind))
    return Span(months=MONTHS[ledger.start.length]) if ledger.start and ledger.start.length in MONTHS else None


def _periods(due: Period, ledger: Ledger, step: Span | None, as_of: date) -> Iterator[Period]:
    """Yield the periods whose actuals are still to come, oldest first, up to the one that decides at due."""
    before = ledger.lines[-1].period if ledger.lines else ledger.start
    if before is None and step in _LENGTHS:  # never recorded, without a start: the last period that is over
        before = containing(add_days(containing(as_of, _LENGTHS[step]).start, -1), _LENGTHS[step])
        yield before
    elif before is not None and not ledger.lines and not ledger.start_known:
        yield before
    if before is None or step is None:
        if before is None or before.end < due.end:
            yield due
        return
    length = _length(before, ledger, step)
    skipping = _skips_january(ledger)
    while before.end < due.end:
        period = _next(before, step, length)
        if period is None:
            return
        if skipping and period.length is Length.MONTH and period.end.month == 1:
            period = next_period(period)
        if length is Length.DAY and period.end > due.end:
            period = day_period(due.end)
        yield period
        before = period


def _length(latest: Period, ledger: Ledger, step: Span | None) -> Length:
    """Return how long the periods of a series are."""
    return latest.length if ledger.every is not None or step is None or not step.months else _LENGTHS[step]


def _next(before: Period, step: Span, length: Length) -> Period | None:
    """Return the period one step on; None beyond the calendar."""
    try:
        if length is not Length.DAY and _LENGTHS.get(step) is length:
            return containing(add_days(before.end, 1), length)
        period = containing(after(before.end, step), length)
        return period if period.end > before.end else next_period(before)
    except OverflowError:
        return None


def _skips_january(ledger: Ledger) -> bool:
    """Tell whether January is never published by itself, but in one figure with February."""
    months = {line.period.end.month for line in ledger.lines if line.period.length is Length.MONTH}
    return ledger.kind is Kind.YTD and FEBRUARY in months and 1 not in months


def _joined(one: Wanted, other: Wanted) -> Wanted:
    """Return what two goals on one series wait for together."""
    comings = [coming for coming in (one.coming, other.coming) if coming is not None]
    return one._replace(
        goals=(*one.goals, *other.goals),
        owners=tuple(dict.fromkeys((*one.owners, *other.owners))),
        step=one.step or other.step,
        late=_late_together(one.late, other.late) if one.late and other.late else one.late or other.late,
        coming=min(comings, key=lambda coming: coming.by, default=None),
    )


def _late_together(one: Late, other: Late) -> Late:
    passed = sorted({*one.gaps, *other.gaps}, key=lambda period: period.end)
    since = max((late.since for late in (one, other) if late.since), key=lambda run: run.periods, default=None)
    return Late(tuple(passed), since, min(one.by, other.by), max(one.days, other.days))


def _urgency(one: Wanted) -> tuple[int, int]:
    return (-(one.late.days if one.late else 0), one.coming.days if one.coming else 0)
