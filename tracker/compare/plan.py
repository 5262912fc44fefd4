"""What is needed at each coming period on the path from the latest actual to the target at due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import Recorded
from tracker.assess.figures import Status
from tracker.compare.needed import Plan, path_plan
from tracker.compare.sources import source_of
from tracker.compare.yearplan import rate_plan, year_plan
from tracker.errors import WrongUsage, say
from tracker.model.goal import Direction, Kind, Moving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.compare.needed import Needed
    from tracker.errors import Say
    from tracker.model.actual import Actual, View
    from tracker.model.goal import GoalsFile


def plan(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], view: View, seen: Assessment) -> Plan:
    """Return what is needed at each coming period; `actuals` are the lines in force, `seen` the goal's assessment.

    Between two corners (the latest actual, steps, the target) the needed growth is the same throughout, counted over
    the time that is left: who records exactly what is needed leaves the required growth as it is.

    Raises:
        WrongUsage: the goal has no values of its own to plan.
    """
    goal = seen.goal
    if goal.parts is not None:
        raise WrongUsage(
            say("{goal} is made of other goals and has no values of its own", goal=goal.id),
            say("plan one of them: {goals}", goals=", ".join(seen.children)),
        )
    if seen.kind is Kind.MILESTONE:
        raise WrongUsage(say("{goal} is a milestone: it is done or not, and has no values to plan", goal=goal.id))
    why = _nothing(seen)
    if why is not None:
        return Plan(seen, why=why)
    recorded = Recorded(file, actuals, view)
    if seen.kind is Kind.GROWTH:
        made = rate_plan(seen)
    elif seen.year is not None:
        made = year_plan(seen, source_of(goal, recorded))
    else:
        reference = recorded.source(goal.target.series).points if isinstance(goal.target, Moving) else []
        made = path_plan(seen, reference)
    rows = tuple(row._replace(over=row.period.end <= view.as_of) for row in made.rows)
    return made._replace(rows=rows, notes=(*made.notes, *_common_notes(seen, rows)))


def _nothing(seen: Assessment) -> Say | None:  # noqa: PLR0911  one sentence for each
    """Return why there is nothing to plan; None where there is."""
    if seen.goal.target is None:
        return say("There is no target to plan for.")
    if seen.recorded is not None:
        return say("What is recorded, up to {period}, makes no full total yet: there is nothing to start from.",
                   period=seen.recorded)  # fmt: skip
    if seen.actual is None:
        return say("No actual is recorded yet: there is nothing to start from.")
    if seen.target is None or seen.target.value is None:
        return say("The target cannot be computed yet, so there is nothing to plan for.")
    match seen.status:
        case Status.ACHIEVED:
            return say("The target has been achieved since {day}: nothing is left to plan.", day=seen.achieved_on)
        case Status.MISSED:
            return say("The target is missed already: nothing is left to plan.")
        case Status.AWAITING | Status.OVERDUE:
            return say("Due {due} is past: no period is left to plan.", due=seen.due)
    if seen.due is None or seen.actual.on >= seen.due:
        return say("The latest actual is of due or later: no period is left to plan.")
    return None


def _common_notes(seen: Assessment, rows: Sequence[Needed]) -> list[Say]:
    notes = []
    if seen.goal.direction is Direction.DOWN and seen.target is not None and seen.target.low is None:
        notes.append(say("Lower is better: what is needed is at most this."))
    over = sum(row.over for row in rows)
    if over:
        notes.append(
            say(
                "{n} period is over already and its actual is not recorded.",
                "{n} periods are over already and their actuals are not recorded.",
                n=over,
            )
        )
    return notes
