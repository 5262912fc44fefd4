"""What lies ahead: the days left, where the actual leads, the chance, and what is decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.assess.growth import Spacing, spacing
from tracker.assess.target import threshold
from tracker.errors import Say, say
from tracker.model.goal import Direction, Kind, Moving, Rule
from tracker.periods import years
from tracker.wording.explain_decided import decided
from tracker.wording.explain_line import Line, amount, span_of, values_of, with_span
from tracker.wording.explain_points import shared
from tracker.wording.formula import carried_on, exact, listed, rate_of
from tracker.wording.quantity import Likelihood, Rate
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment, Projected

UNCERTAIN = 100.0
"""A range whose high is this many times its low says nothing that people can use."""
LISTED = 8
"""So many values of a history are named where the chance is explained; more are in the history below."""


def ahead(seen: Assessment) -> list[Line]:
    """Return the lines of the time left, the projection, the chance and what is decided."""
    return [*_today(seen), *_projected(seen), *_year(seen), *_chance(seen), *decided(seen)]


def _today(seen: Assessment) -> list[Line]:
    left, due = seen.today.left, seen.due
    if left is None or due is None:
        return []
    as_of = due - timedelta(days=left)
    lines = [Line("today.left", say("days left"), left, say("from {day} to due {due}", day=as_of, due=due))]
    if seen.today.required is not None and seen.today.unit is not None and seen.growth is not None:
        values = values_of(seen)
        units, span = span_of(spacing(as_of, due).per, as_of, due)
        formula = rate_of(values.now, values.target, units, compound=seen.growth.compound)
        rate = Rate(seen.today.required, seen.today.unit)
        lines.append(Line("today.required", say("required from today"), rate, with_span(formula, span)))
    return lines


def is_uncertain(seen: Assessment, projected: Projected) -> bool:
    """Tell whether a range says nothing that people can use: two points only, or high beyond 100 times low."""
    low, high = projected.low, projected.high
    return _is_short(seen) or (low is not None and high is not None and 0 < UNCERTAIN * low < high)


def _is_short(seen: Assessment) -> bool:
    """Tell whether two points fix no spread; the model of the year has one, and needs a single full year."""
    return seen.year is None and len(seen.history) < 3  # noqa: PLR2004


def _projected(seen: Assessment) -> list[Line]:
    projected, growth, lines = seen.projected, seen.growth, []
    if projected is None:
        return []
    if projected.value is not None and seen.year is not None:
        how: Say | None = say("the middle of the model of the year: half of all outcomes lie below")
        lines.append(Line("projected.value", say("projected"), amount(seen, projected.value), how))
    elif projected.value is not None and growth is not None and seen.actual is not None and seen.due is not None:
        units, span = span_of(growth.per, seen.actual.on, seen.due)
        how = with_span(carried_on(seen.actual.value, growth.observed, units, compound=growth.compound), span)
        lines.append(Line("projected.value", say("projected"), amount(seen, projected.value), how))
    if projected.low is not None and projected.high is not None:
        lines.append(_range(seen, projected))
    if seen.reaches is not None:
        lines.append(Line("reaches", say("reaches it"), seen.reaches, _reaches(seen)))
    return lines


def _range(seen: Assessment, projected: Projected) -> Line:
    value: object = say("{low} to {high}", low=projected.low, high=amount(seen, projected.high))
    how = say(
        "10 % and 90 % quantiles of the model; half of all outcomes lie below {median}",
        median=amount(seen, projected.median),
    )
    if is_uncertain(seen, projected):
        value = say("too uncertain")
        how = say("the high end is more than 100 times the low one")
        if _is_short(seen):
            how = say("the history has two points only")
    return Line("projected.range", say("likely range"), value, how)


def _reaches(seen: Assessment) -> Say | None:
    """Return the meeting of growth and target, so that both sides can be computed for the day."""
    growth, actual, aim = seen.growth, seen.actual, seen.target
    if growth is None or actual is None or aim is None or seen.reaches is None:
        return None
    units = Spacing(growth.per).between(actual.on, seen.reaches)
    own = carried_on(actual.value, growth.observed, units, compound=growth.compound)
    slack = seen.goal.tolerance
    if isinstance(seen.goal.target, Moving) and aim.base is not None:
        span = years(aim.base.on, seen.reaches)
        reference = carried_on(aim.base.value, aim.rate or 0.0, span, compound=aim.compound)
        other = shared(seen.goal.target, reference)
        put = {"formula": own, "series": aim.series}
        if slack:
            other += f" {'+' if seen.goal.direction is Direction.DOWN else '−'} {exact(slack)}"
            return say("{formula} meets {series} within the tolerance, {other}, on that day", **put, other=other)
        return say("{formula} meets {series}, {other}, on that day", **put, other=other)
    if slack and aim.value is not None:
        edge = threshold(seen.goal, aim.value, aim.low, aim.high).edge(actual.value)
        return say(
            "{formula} meets {edge} on that day, the edge of the tolerance", formula=own, edge=amount(seen, edge)
        )
    return say("{formula} meets the target on that day", formula=own)


def _year(seen: Assessment) -> list[Line]:
    """Return what the model of the year used: the sums of the same periods and of the rest, year by year."""
    if seen.year is None or seen.due is None:
        return []
    lines = []
    for back, (same, rest) in enumerate(reversed(seen.year.before), 1):
        label = say("year {year}", year=f"{seen.due.year - back:04d}")
        how = say("{formula}: the same periods and the rest", formula=f"{exact(same)} + {exact(rest)}")
        lines.append(Line(f"year.{seen.due.year - back:04d}", label, amount(seen, same + rest), how))
    return lines


def _chance(seen: Assessment) -> list[Line]:
    if seen.chance is None:
        why = _no_chance(seen)
        return [] if why is None else [Line("chance", say("chance"), None, why)]
    if seen.goal.parts is not None:
        lines = [Line("chance", say("chance"), Likelihood(seen.chance), say("if the children hang together"))]
        if seen.independent is not None:
            how = say("if they are independent")
            lines.append(Line("independent", say("chance"), Likelihood(seen.independent), how))
    else:
        lines = [Line("chance", say("chance"), Likelihood(seen.chance), _made(seen))]
    if seen.bound == "upper":
        lines.append(Line("bound", say("bound"), say("upper"), say("the chance is at most this")))
    elif seen.bound == "lower":
        lines.append(Line("bound", say("bound"), say("lower"), say("the chance is at least this")))
    return lines


def _no_chance(seen: Assessment) -> Say | None:
    if seen.goal.parts is not None:
        is_mean = seen.goal.parts.rule is Rule.MEAN
        return (
            say("a mean has none: it does not say what grade is enough")
            if is_mean
            else say("there is none while a child has none")
        )
    if seen.target is not None and seen.target.form == "milestone":
        return say("nothing predicts a milestone")
    if seen.kind is Kind.GROWTH:
        return say("none is computed for a published rate")
    if seen.status in {Status.ACHIEVED, Status.MISSED, Status.AWAITING, Status.OVERDUE}:
        return say("none is computed once it is {status}", status=STATUS[seen.status])
    if len(seen.history) == 1:
        return say("nothing predicts from one point")
    return None


def _made(seen: Assessment) -> Say:
    if seen.model == "year":
        return say("model {model}, from this year's sum and the years above: {event}", model="year", event=_event(seen))
    if isinstance(seen.goal.target, Moving):
        used = [(listed(one.value - one.reference), one.period.text) for one in seen.common]
        event = say(
            "a difference to {series} of {edge} or better at {due}",
            series=seen.goal.target.series,
            edge=_edge_of_difference(seen),
            due=seen.due,
        )
    else:
        used = [(listed(point.value), point.period.text) for point in seen.history]
        event = _event(seen)
    values = ", ".join(f"{value} ({period})" for value, period in used[-LISTED:])
    if len(used) > LISTED:
        return say(
            "model {model}, from {n} points up to {values}: {event}",
            model=seen.model,
            n=len(used),
            values=values,
            event=event,
        )
    return say("model {model}, from {values}: {event}", model=seen.model, values=values, event=event)


def _edge_of_difference(seen: Assessment) -> str:
    slack = seen.goal.tolerance
    return listed(slack if seen.goal.direction is Direction.DOWN else -slack)


def _event(seen: Assessment) -> Say:
    """Return what the chance is the chance of."""
    aim, slack = seen.target, seen.goal.tolerance
    if aim is None or aim.value is None:
        return say("the target at {due}", due=seen.due)
    if aim.low is not None and aim.high is not None:
        return say(
            "{low} to {high} at {due}",
            low=amount(seen, aim.low - slack),
            high=amount(seen, aim.high + slack),
            due=seen.due,
        )
    if seen.goal.direction is Direction.DOWN:
        return say("{value} or less at {due}", value=amount(seen, aim.value + slack), due=seen.due)
    return say("{value} or more at {due}", value=amount(seen, aim.value - slack), due=seen.due)
