"""What is assumed of a goal, what follows from it, and what cannot be assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import WrongUsage, say
from tracker.model.goal import Kind
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment
    from tracker.model.actual import Actual, View
    from tracker.periods import Period


class Assumed(NamedTuple):
    """What is assumed of a goal, None where nothing is: actuals, growth from then on, another target, another due.

    `growth` is in the goal's own unit of growth, `per` the time it is stated for (None: as the goal's).
    """

    actuals: tuple[tuple[Period, float], ...] = ()
    growth: float | None = None
    per: str | None = None
    target: float | None = None
    due: Period | None = None


class Solved(NamedTuple):
    """What the others give: the target reached by due, the first due that meets the target, the growth needed.

    `never`: at this growth no due within 50 years meets the target.
    """

    target: float | None = None
    due: Period | None = None
    growth: float | None = None
    never: bool = False


class Supposed(NamedTuple):
    """A goal as it stands and as it would; `view` is where the second is seen from.

    `unit` is the unit of the assumed growth and of the one solved. `grown` are the values that the assumed growth gives
    for the coming periods, `followed` those that the reference of a moving target is carried on to.
    """

    assumed: Assumed
    now: Assessment
    then: Assessment
    view: View
    unit: str | None = None
    solved: Solved = Solved()
    grown: tuple[Actual, ...] = ()
    followed: tuple[Actual, ...] = ()


def refuse(now: Assessment, assumed: Assumed, *, grows: bool) -> None:
    """Refuse what cannot be assumed of a goal; `grows` tells whether growth is assumed.

    Raises:
        WrongUsage: the goal has no series of its own, no target, or no growth to assume.
    """
    goal = now.goal
    if goal.parts is not None:
        raise WrongUsage(
            say("{goal} is made of other goals and has no values of its own", goal=goal.id),
            say("assume something of one of them: {goals}", goals=", ".join(now.children)),
        )
    if goal.series is None and (assumed.actuals or grows):
        raise WrongUsage(
            say("{goal} adds up {series} and has no series of its own", goal=goal.id, series=", ".join(goal.sum)),
            say("--target and --due can be assumed of it"),
        )
    if now.kind is Kind.MILESTONE and (grows or assumed.target is not None):
        raise WrongUsage(say("{goal} is a milestone: it has neither growth nor a target", goal=goal.id))
    if not grows:
        return
    if now.kind is Kind.RANK:
        raise WrongUsage(say("{goal} is a rank: it has no growth", goal=goal.id))
    if now.actual is None and not assumed.actuals:
        raise WrongUsage(
            say("{goal} has no actual that could grow", goal=goal.id), say("assume one with --actual VALUE@PERIOD")
        )
