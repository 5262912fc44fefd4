"""A kept goal that may be missed now and then: how many misses it has, and how many are used."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from tracker.assess.figures import BudgetSeen
from tracker.assess.standing import for_due
from tracker.model.goal import Mode, Span
from tracker.periods import MONTHS, Length, years

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.standing import Met
    from tracker.model.goal import Goal
    from tracker.periods import Period


def budget(
    goal: Goal, due: Period, counted: Sequence[Met], step: Span | None, *, after: bool = False
) -> BudgetSeen | None:
    """Return the misses that a kept goal allows and those it has had; None where it allows none.

    A share allows floor(share * periods) misses, where `periods` are all from the baseline (else the first one
    recorded) to due, also those still to come; a period without a value is no miss. With `after` the baseline itself
    is none of them. `counted` are the recorded periods that count, oldest first, `step` is the spacing of actuals on
    days.
    """
    if goal.allow is None or goal.mode is not Mode.KEEP or not counted:
        return None
    start = goal.baseline.period.end if goal.baseline is not None else counted[0].on
    periods = _count(start, due.end, _length(counted[-1].period, step)) - (after and goal.baseline is not None)
    allowed = goal.allow.periods
    if allowed is None:
        # a share such as 0.07 of 100 must not come out as 6 for the rounding of floats
        allowed = floor((goal.allow.share or 0.0) * periods + 1e-9)
    decisive = for_due(due, counted)
    last = decisive.on if decisive else due.end
    return BudgetSeen(allowed, periods, tuple(one.period for one in counted if not one.met and one.on <= last))


def _length(period: Period, step: Span | None) -> Span:
    if period.length in MONTHS:
        return Span(months=MONTHS[period.length])
    if period.length is Length.WEEK:
        return Span(days=7)
    return step or Span(days=1)


def _count(start: date, due: date, step: Span) -> int:
    """Return how many periods end from one day to another, both included."""
    if due < start:
        return 0
    if step.months:
        return floor(years(start, due) * 12 / step.months + 1e-9) + 1
    return (due - start).days // max(step.days, 1) + 1
