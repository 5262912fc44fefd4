"""Goals made of goals: all of them, any of them, at least some of them."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from tracker.assess.figures import BEST_FIRST, JUDGED, Assessment, Status, Today
from tracker.model.goal import Rule
from tracker.model.number import finite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.model.goal import Goal, Parts


def composite(goal: Goal, parts: Parts, children: Sequence[Assessment], as_of: date) -> Assessment:
    """Return the assessment of a goal from its children's, in the order of the file.

    `all` takes the worst child's status, `any` the best child's, `at_least` the count-th best; the chance
    likewise, and progress (for `all` it is the mean of the children's, each cut to 0…1). `mean` has no chance.
    """
    if not children:  # a declaration for many that no series matches yet
        return Assessment(goal, due=goal.due.end if goal.due else None, status=Status.NO_DATA)
    if parts.rule is Rule.MEAN:
        return _mean(goal, parts, children, as_of)
    best_first = sorted(children, key=lambda child: BEST_FIRST.index(child.status))
    # a child that is listed twice counts once
    place = {Rule.ALL: len(children), Rule.ANY: 1, Rule.AT_LEAST: min(parts.least, len(children))}[parts.rule]
    decisive = best_first[place - 1]
    decisive = next(child for child in children if child.status is decisive.status)
    chances = _chances(children)
    return _opening(goal, parts, children, as_of)._replace(
        progress=_progress(parts, children, place),
        status=decisive.status,
        chance=_bounded(decisive.status, chances, place),
        independent=_independent(decisive.status, chances, place),
        bound={Rule.ALL: "upper", Rule.ANY: "lower", Rule.AT_LEAST: None}[parts.rule],
        limiting=decisive.goal.id,
        decisive=decisive.goal.name,
        achieved_on=_achieved_on(decisive.status, children, place),
        lapsed=_lapsed(decisive.status, children, place),
    )


def _opening(goal: Goal, parts: Parts, children: Sequence[Assessment], as_of: date) -> Assessment:
    """Return what holds of a composite by whatever rule: its due, what is left, and what its children rest on."""
    due = goal.due.end if goal.due else max((child.due for child in children if child.due), default=None)
    return Assessment(
        goal,
        children=parts.ids,
        due=due,
        today=Today(None, (due - as_of).days if due else None, None, None),
        stale=any(child.stale for child in children),
        provisional=any(child.provisional for child in children),
    )


def _mean(goal: Goal, parts: Parts, children: Sequence[Assessment], as_of: date) -> Assessment:
    from tracker.assess.mean import mean

    found = mean(children, dict(zip(parts.ids, parts.weights, strict=True)))
    return _opening(goal, parts, children, as_of)._replace(
        progress=found.grade,
        grades=found.grades,
        status=found.status,
        limiting=found.limiting.goal.id,
        decisive=found.limiting.goal.name,
        achieved_on=_achieved_on(found.status, children, len(children)),
        lapsed=_lapsed(found.status, children, len(children)),
    )


def _chances(children: Sequence[Assessment]) -> list[float] | None:
    """Return the children's chances, an achieved one 1 and a missed one 0; None where any has none."""
    chances = []
    for child in children:
        if child.status is Status.ACHIEVED:
            chances.append(1.0)
        elif child.status is Status.MISSED:
            chances.append(0.0)
        elif child.chance is None:
            return None
        else:
            chances.append(child.chance)
    return chances


def _bounded(status: Status, chances: list[float] | None, place: int) -> float | None:
    if chances is None or status not in JUDGED:
        return None
    return finite(sorted(chances, reverse=True)[place - 1])


def _independent(status: Status, chances: list[float] | None, place: int) -> float | None:
    """Return the chance that at least `place` children succeed if nothing ties them together."""
    if chances is None or status not in JUDGED:
        return None
    if place == len(chances):
        return finite(prod(chances))
    exactly = [1.0]
    for chance in chances:
        exactly = [
            (exactly[k] if k < len(exactly) else 0.0) * (1 - chance) + (exactly[k - 1] * chance if k else 0.0)
            for k in range(len(exactly) + 1)
        ]
    return finite(sum(exactly[place:]))


def _progress(parts: Parts, children: Sequence[Assessment], place: int) -> float | None:
    cuts = [min(max(child.progress or 0.0, 0.0), 1.0) for child in children]
    if parts.rule is Rule.ALL:
        return finite(sum(cuts) / len(cuts))
    return finite(sorted(cuts, reverse=True)[place - 1])


def _lapsed(status: Status, children: Sequence[Assessment], place: int) -> bool:
    """Tell whether too few children still meet what they achieved."""
    lasting = sum(child.status is Status.ACHIEVED and not child.lapsed for child in children)
    return status is Status.ACHIEVED and lasting < place


def _achieved_on(status: Status, children: Sequence[Assessment], place: int) -> date | None:
    if status is not Status.ACHIEVED:
        return None
    achieved = (child for child in children if child.status is Status.ACHIEVED)  # one met too late has a day as well
    days = sorted(child.achieved_on for child in achieved if child.achieved_on is not None)
    return days[place - 1] if len(days) >= place else None
