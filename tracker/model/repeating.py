"""Goals that repeat: one declaration makes one goal for each period, and the old ones stay as history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tracker.model.goal import Baseline, Goal, GoalsFile
from tracker.periods import Length, Period, containing, next_period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 1200
"""So many goals at most are made from one declaration: a century of months."""


def first_period(goal: Goal) -> Period | None:
    """Return the period of the first goal: `first` where given, else the one after the baseline; None without either.

    It is the one in which that day lies, so that `first = 2025` and quarters begin with 2025-Q1.
    """
    if goal.repeat is None:
        return None
    length = Length(goal.repeat.value)
    if goal.first is not None:
        return containing(goal.first.start, length)
    if goal.baseline is None or goal.baseline.period.end == date.max:
        return None
    return containing(goal.baseline.period.end + timedelta(days=1), length)


def periods_of(goal: Goal) -> list[Period]:
    """Return the periods a goal is made for, from the first to the one due lies in, `MOST` + 1 at most.

    None for an ordinary goal, and for one whose first or last period cannot be told.
    """
    found: list[Period] = []
    period = first_period(goal)
    while period is not None and goal.due is not None and period.start <= goal.due.end and len(found) <= MOST:
        found.append(period)
        period = next_period(period) if period.end < goal.due.end else None
    return found


def repeated(goal: Goal) -> list[Goal]:
    """Return the goals that one declaration makes, oldest first; an ordinary goal stays alone.

    Each is due in its own period and starts from the period before it, the first from the baseline as declared.
    Its id is that of the declaration, '/' and the period: "new-customers/2025-Q1".

    >>> from tracker.model.goal import Repeat
    >>> from tracker.periods import parse_period
    >>> every = Goal("x", "X", due=parse_period("2026"), first=parse_period("2026"), repeat=Repeat.HALF)
    >>> [(one.id, one.baseline.period.text) for one in repeated(every)]
    [('x/2026-S1', '2025-S2'), ('x/2026-S2', '2026-S1')]
    """
    made: list[Goal] = []
    for period in periods_of(goal):
        start = goal.baseline if not made and goal.baseline is not None else _before(period)
        made.append(
            goal._replace(
                id=f"{goal.id}/{period.text}",
                name=f"{goal.name} {period.text}",
                due=period,
                baseline=start,
                declaration=goal.id,
            )
        )
    return made or [goal]


def _before(period: Period) -> Baseline | None:
    if period.start == date.min:
        return None
    return Baseline(containing(period.start - timedelta(days=1), period.length))


def with_repeated(file: GoalsFile) -> GoalsFile:
    """Return the goals of a file with those that repeat made; a composite that names a declaration has all of them."""
    made = {goal.id: repeated(goal) for goal in file.goals}
    ids = {name: tuple(one.id for one in goals) for name, goals in made.items()}
    goals = (one for goal in file.goals for one in made[goal.id])
    return file._replace(goals=tuple(_of_all(goal, ids) for goal in goals))


def _of_all(goal: Goal, made: Mapping[str, Sequence[str]]) -> Goal:
    """Return a composite with every goal that its declared children make; they share the weight of a mean."""
    parts = goal.parts
    if parts is None:
        return goal
    given = parts.weights or (1.0,) * len(parts.ids)
    shares: list[tuple[str, float]] = []
    for name, weight in zip(parts.ids, given, strict=True):
        members = made.get(name, (name,))
        shares += [(member, weight / len(members)) for member in members]
    ids, weights = zip(*shares, strict=True) if shares else ((), ())
    return goal._replace(parts=parts._replace(ids=ids, weights=weights if parts.weights else ()))


def current(goals: Sequence[Goal], day: date) -> Goal:
    """Return, of the goals that one declaration makes, the one whose period a day lies in.

    Before the first it is the first, after the last the last.
    """
    begun = [goal for goal in goals if goal.due is not None and goal.due.start <= day]
    return begun[-1] if begun else goals[0]
