"""Why a goal that is to be met in every period has its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Assessment, Status
from tracker.assess.history import point_on
from tracker.errors import Say, say
from tracker.model.goal import Kind
from tracker.wording.reason import amount, target_then

if TYPE_CHECKING:
    from tracker.assess.figures import BudgetSeen


def keeping(seen: Assessment) -> Say | None:
    """Return how a goal was kept; None where what is said of every other goal fits."""
    match seen.status:
        case Status.ACHIEVED:
            return _kept(seen)
        case Status.MISSED if seen.kind is not Kind.MILESTONE:
            return _missed(seen)
        case Status.ON_TRACK | Status.AT_RISK | Status.OFF_TRACK:
            return _so_far(seen)
        case Status.TOO_FEW:
            return _not_begun(seen)
        case _:
            return None


def _budget(spent: BudgetSeen) -> Say:
    """Return how much of the budget of misses is used and left."""
    if spent.left < 0:
        return say("{used} periods missed it, {allowed} of {n} may", used=len(spent.missed), allowed=spent.allowed,
                   n=spent.periods)  # fmt: skip
    return say(
        "{used} of {allowed} allowed misses used, {left} left",
        used=len(spent.missed),
        allowed=spent.allowed,
        left=spent.left,
    )


def _kept(seen: Assessment) -> Say:
    if seen.budget is not None and seen.budget.missed:
        return say("kept until due: {budget}", budget=_budget(seen.budget))
    return say("met in every period, due included")


def _missed(seen: Assessment) -> Say:
    """Return the first period that missed the target, with what was recorded for it; of a budget how it was used."""
    if seen.budget is not None:
        return say("missed too often: {budget}", budget=_budget(seen.budget))
    first = seen.misses[0].end if seen.misses else None
    point = point_on((*seen.earlier, *seen.history), first) or seen.actual
    what = say(
        "{actual} in {period} did not meet the target of {target}",
        actual=amount(seen, point.value if point else None),
        period=point.period if point else None,
        target=target_then(seen, point.on if point else None),
    )
    more = len(seen.misses) - 1
    if more <= 0:
        return what
    return say("{what}, nor did {n} more period", "{what}, nor did {n} more periods", what=what, n=more)


def _so_far(seen: Assessment) -> Say:
    if seen.budget is not None:
        return say(
            "kept so far: {budget}; {n} day left",
            "kept so far: {budget}; {n} days left",
            budget=_budget(seen.budget),
            n=seen.today.left,
        )
    return say(
        "met in every recorded period so far; {n} day left",
        "met in every recorded period so far; {n} days left",
        n=seen.today.left,
    )


def _not_begun(seen: Assessment) -> Say | None:
    """Return that nothing counts yet, where all that is recorded lies before the baseline."""
    start = seen.goal.baseline.period if seen.goal.baseline else None
    if start is None or seen.actual is None or seen.actual.on > start.end or not seen.target or not seen.target.value:
        return None
    return say("nothing is recorded yet of what is to be kept from {period} on", period=start)
