"""Why a goal made of goals has its status: the child that decides, or the grade of a mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.errors import Say, say
from tracker.model.goal import Rule
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment


def composite(seen: Assessment) -> Say:  # noqa: PLR0911  one sentence for each rule
    """Return the clause that says what decides a composite."""
    parts = seen.goal.parts
    if not seen.children:
        return say("no series matches any of its goals yet")
    status = STATUS[seen.status]
    if parts is not None and parts.rule is not Rule.MEAN and len(parts.ids) == 1:
        return say("{goal}, the only goal it is made of, decides: {status}", goal=seen.decisive, status=status)
    if parts is not None and parts.rule is Rule.ALL and len(parts.ids) == 2:  # noqa: PLR2004  both
        return say("both are needed; {goal} is the furthest behind: {status}", goal=seen.decisive, status=status)
    if parts is not None and parts.rule is Rule.ALL:
        return say(
            "all {n} are needed; {goal} is the furthest behind: {status}",
            n=len(parts.ids),
            goal=seen.decisive,
            status=status,
        )
    if parts is not None and parts.rule is Rule.ANY:
        return say(
            "any of {n} is enough; {goal} is the furthest ahead: {status}",
            n=len(parts.ids),
            goal=seen.decisive,
            status=status,
        )
    if parts is not None and parts.rule is Rule.MEAN:
        return _mean(seen)
    return say(
        "{n} of {all} is needed; {goal} decides: {status}",
        "{n} of {all} are needed; {goal} decides: {status}",
        n=parts.least if parts else 0,
        all=len(parts.ids) if parts else 0,
        goal=seen.decisive,
        status=status,
    )


def _mean(seen: Assessment) -> Say:
    graded = say(
        "the mean of {n} goal, by weight, is {grade}",
        "the mean of {n} goals, by weight, is {grade}",
        n=len(seen.children),
        grade=seen.progress,
    )
    match seen.status:
        case Status.ACHIEVED:
            return say("{graded}; all are achieved", graded=graded)
        case Status.MISSED:
            return say("{graded}; all are decided, {goal} was missed", graded=graded, goal=seen.decisive)
        case _:
            return say(
                "{graded}; {goal} stands in the middle of the weight: {status}",
                graded=graded,
                goal=seen.decisive,
                status=STATUS[seen.status],
            )
