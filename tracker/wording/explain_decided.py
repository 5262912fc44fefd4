"""What is decided: the day a goal was met, the child that decides, periods without a value, the budget of misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.errors import say
from tracker.model.goal import Mode
from tracker.wording.explain_line import Line
from tracker.wording.formula import percent

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment, BudgetSeen
    from tracker.model.goal import Goal

LISTED = 8
"""So many missed periods are named; all of them stand in the history below."""


def decided(seen: Assessment) -> list[Line]:
    """Return the lines of what is decided, and of what decides it."""
    lines = []
    if seen.achieved_on is not None and seen.goal.parts is None:
        how = say("the last day of the first period after the baseline whose actual met the target")
        if seen.goal.mode is not Mode.BY:
            how = say("the last day of the period that decides")
        lines.append(Line("achieved_on", say("met on"), seen.achieved_on, how))
    if seen.limiting is not None:
        how = say("the child whose status it takes")
        if seen.grades and seen.status not in {Status.ACHIEVED, Status.MISSED}:
            how = say("from the worst child on, the first with which half of the weight is reached")
        lines.append(Line("limiting", say("decided by"), seen.limiting, how))
    if seen.budget is not None:
        lines += _budget(seen.budget, seen.goal)
    if seen.missing:
        lines.append(Line("missing", say("periods missing"), seen.missing, say("up to the last one recorded")))
    return lines


def _budget(spent: BudgetSeen, goal: Goal) -> list[Line]:
    """Return how many misses a kept goal allows, and which it has had."""
    share = goal.allow.share if goal.allow else None
    how = say("as promised, of {n} periods until due", n=spent.periods)
    if share is not None:
        formula = f"{percent(share)} × {spent.periods}"
        how = say("{formula}, whole misses only: all periods until due", formula=formula)
    names = [period.text for period in spent.missed]
    listing = ", ".join(names[-LISTED:]) or "–"
    which = say("up to {periods}", periods=listing) if len(names) > LISTED else listing
    left = f"{spent.allowed} − {len(names)}"
    return [
        Line("budget.allowed", say("misses allowed"), spent.allowed, how),
        Line("budget.used", say("misses so far"), len(names), which),
        Line("budget.left", say("misses left"), spent.left, left),
    ]
