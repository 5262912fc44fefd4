"""What a goal lacks to be judged: the figure for due that is not in, the parts of a total that is not full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.assess.gaps import listed
from tracker.errors import Say, say
from tracker.model.goal import SUMMED

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment


def waiting(seen: Assessment, latest: Say) -> Say:
    """Return what a goal waits for whose due is past."""
    is_long = seen.status is Status.OVERDUE
    lacking = [period for period in seen.lacking if seen.goal.due is not None and period.end > seen.goal.due.start]
    if lacking:
        periods = listed(lacking)
        if is_long:
            return say("due {due} is long past and its total still lacks {periods}; {latest}", due=seen.due,
                       periods=periods, latest=latest)  # fmt: skip
        return say("due {due} is past and its total lacks {periods}; {latest}", due=seen.due, periods=periods,
                   latest=latest)  # fmt: skip
    if seen.target is not None and seen.target.form == "series" and _is_in(seen):
        series = seen.target.series
        if is_long:
            return say("due {due} is long past and {series} has no actual for it; {latest}", due=seen.due,
                       series=series, latest=latest)  # fmt: skip
        return say("due {due} is past and {series} has no actual for it yet; {latest}", due=seen.due, series=series,
                   latest=latest)  # fmt: skip
    if is_long:
        return say("due {due} is long past and nothing was recorded for it; {latest}", due=seen.due, latest=latest)
    return say("due {due} is past and its actual is not in yet; {latest}", due=seen.due, latest=latest)


def _is_in(seen: Assessment) -> bool:
    """Tell whether the goal's own figure for due is in."""
    return seen.due is not None and any(point.period.start <= seen.due <= point.on for point in seen.history)


def no_total(seen: Assessment) -> Say:
    """Return that what is recorded makes no total, or no sum of several series, that can be compared with due."""
    series = seen.goal.series or ", ".join(seen.goal.sum)
    if seen.kind not in SUMMED:
        return say("{series} have no day with a value in each yet; the latest is {period}", series=series,
                   period=seen.recorded)  # fmt: skip
    none = say(
        "what is recorded of {series}, up to {period}, makes no full total yet to compare with {due}",
        series=series,
        period=seen.recorded,
        due=seen.goal.due,
    )
    return _with_missing(none, seen)


def one_total(seen: Assessment) -> Say:
    """Return that a single total can be compared with the one due, and what the others lack."""
    only = say(
        "only {period} can be compared with {due}, and nothing predicts from one point",
        period=seen.history[0].period,
        due=seen.goal.due,
    )
    return _with_missing(only, seen)


def _with_missing(sentence: Say, seen: Assessment) -> Say:
    if not seen.lacking:
        return sentence
    return say(
        "{only}; {periods} is missing",
        "{only}; {periods} are missing",
        only=sentence,
        periods=listed(seen.lacking),
        n=len(seen.lacking),
    )
