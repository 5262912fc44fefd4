"""Every figure that follows from baseline, latest actual, target and path; design section 5."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from tracker.assess import path, target
from tracker.assess.facts import is_rank, keeps
from tracker.assess.figures import Assessment, Growth, Projected, Today
from tracker.assess.growth import Spacing, course, rate, run_on, spacing, unit_of_growth
from tracker.model.goal import Moving
from tracker.model.number import finite, settled
from tracker.periods import add_days, years

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tracker.assess.facts import Facts
    from tracker.assess.growth import Course


MOST_DAYS = path.REACH_YEARS * 367.0
"""More days than any number of years that are still worth a date."""


def with_figures(seen: Assessment, facts: Facts) -> Assessment:
    """Return the assessment with every figure that follows from two points and a path."""
    goal, baseline, latest, due = facts.goal, facts.baseline, facts.latest, facts.due.end
    start, end = facts.start, facts.planned_target
    going = course(goal, facts.kind, _named(facts))
    growth, pace = (None, None) if is_rank(facts) else _growth(facts, going)
    expected = _expected(facts, going)
    elapsed = progress = None
    if baseline is not None and start is not None:
        elapsed = finite(years(baseline.period.end, latest.on) / years(baseline.period.end, due))
        if end is not None and end != start and not keeps(facts):
            progress = finite((latest.value - start) / (end - start))
    shared = target.common(facts.points, goal.target, facts.reference) if isinstance(goal.target, Moving) else ()
    return seen._replace(
        gap=_gap(facts),
        gap_now=finite(facts.s * (shared[-1].reference - settled(shared[-1].value))) if shared else None,
        target=facts.aim._replace(now=shared[-1].reference) if shared else facts.aim,
        progress=progress,
        elapsed=elapsed,
        expected=expected,
        ahead=None if expected is None else finite(facts.s * (settled(latest.value) - expected)),
        growth=growth,
        pace=pace,
        common=shared,
        today=_today(facts, growth),
        projected=Projected(value=_projected(facts, growth)),
        reaches=_reaches(facts, growth),
    )


def _named(facts: Facts) -> list[tuple[str, float | None]]:
    steps: list[tuple[str, float | None]] = [("step", step.target) for step in facts.goal.steps]
    return [("baseline", facts.start), ("actual", facts.latest.value), ("target", facts.aim.value), *steps]


def _gap(facts: Facts) -> float | None:
    now, value, low, high = facts.latest.value, facts.aim.value, facts.aim.low, facts.aim.high
    if value is None:
        return None
    if low is not None and high is not None:
        return finite(max(low - now, now - high, 0.0))
    return finite(facts.s * (settled(value) - settled(now)))


def _expected(facts: Facts, going: Course) -> float | None:
    end, baseline = facts.planned_target, facts.baseline
    if keeps(facts):
        return end
    if baseline is None or baseline.value is None or end is None:
        return None
    corners = path.way(
        path.Corner(baseline.period.end, baseline.value), facts.goal.steps, path.Corner(facts.due.end, end)
    )
    return path.on_path(corners, facts.latest.on, compound=going.compound)


def _span(facts: Facts) -> Spacing:
    due, latest = facts.due.end, facts.latest.on
    if latest < due:
        return spacing(latest, due)
    return spacing(facts.baseline.period.end, due) if facts.baseline else Spacing("year")


def _growth(facts: Facts, going: Course) -> tuple[Growth, float | None]:
    """Return the growth, and the pace from rates that are not settled yet: 0.95 shall not become 0.949999999996."""
    due, latest, start = facts.due.end, facts.latest, facts.start
    origin = facts.baseline.period.end if facts.baseline else latest.on
    span, compound, kept = _span(facts), going.compound, keeps(facts)
    observed = rate(start, latest.value, span.between(origin, latest.on), compound=compound)
    planned = None if kept else rate(start, facts.planned_target, span.between(origin, due), compound=compound)
    required = None
    if not kept:
        required = rate(latest.value, facts.aim.value, span.between(latest.on, due), compound=compound)
    growth = Growth(
        unit_of_growth(facts.kind, facts.unit, span.per, compound=compound),
        observed=finite(observed),
        planned=finite(planned),
        required=finite(required),
        undefined=going.undefined,
        compound=compound,
        per=span.per,
    )
    pace = facts.s * observed / abs(planned) if observed is not None and growth.planned and planned else None
    return growth, None if growth.observed is None else finite(pace)


def _today(facts: Facts, growth: Growth | None) -> Today:
    due, as_of, baseline = facts.due.end, facts.as_of, facts.baseline
    elapsed = None
    if baseline is not None and baseline.value is not None:
        elapsed = finite(years(baseline.period.end, as_of) / years(baseline.period.end, due))
    left = (due - as_of).days
    if growth is None or keeps(facts) or left <= 0:
        return Today(elapsed, left, None, None)
    span = spacing(as_of, due)
    required = rate(facts.latest.value, facts.aim.value, span.between(as_of, due), compound=growth.compound)
    unit = unit_of_growth(facts.kind, facts.unit, span.per, compound=growth.compound)
    return Today(elapsed, left, finite(required), unit)


def _projected(facts: Facts, growth: Growth | None) -> float | None:
    baseline, latest, due = facts.baseline, facts.latest, facts.due.end
    if growth is None or growth.observed is None or baseline is None or baseline.value is None or latest.on >= due:
        return None
    span = Spacing(growth.per)
    gone, ahead = span.between(baseline.period.end, latest.on), span.between(latest.on, due)
    return finite(run_on(baseline.value, latest.value, gone, ahead, compound=growth.compound))


def _reaches(facts: Facts, growth: Growth | None) -> date | None:
    """Return the day the observed growth meets the target; None where it is met already, or never."""
    if growth is None or growth.observed is None or facts.aim.value is None or keeps(facts):
        return None
    if facts.aim.form == "series":
        return _catches_up(facts, growth)
    limit, baseline, latest = facts.limit, facts.baseline, facts.latest
    if limit.met(latest.value) or baseline is None or baseline.value is None:
        return None
    edge = limit.edge(latest.value)
    gone = Spacing(growth.per).between(baseline.period.end, latest.on)
    units = path.meeting(baseline.value, latest.value, edge, gone, compound=growth.compound)
    if units is None:
        return None
    if growth.per == "day":
        day = add_days(latest.on, ceil(settled(min(units, MOST_DAYS))))
        return day if years(latest.on, day) <= path.REACH_YEARS else None
    return path.day_after(latest.on, units / (12 if growth.per == "month" else 1))


def _catches_up(facts: Facts, growth: Growth) -> date | None:
    baseline, latest = facts.baseline, facts.latest
    if baseline is None or baseline.value is None:
        return None
    ahead = _moving_on(baseline.value, latest.value, years(baseline.period.end, latest.on), compound=growth.compound)
    return path.day_after(latest.on, path.catching(ahead, _moved(facts), up=facts.s > 0))


def _moving_on(start: float, latest: float, gone: float, *, compound: bool) -> Callable[[float], float | None]:
    """Return a value as a function of the years after its latest actual, None beyond what floats can hold.

    What shrinks by a rate never gets to 0: there it is below the smallest of them.
    """

    def value(span: float) -> float | None:
        found = run_on(start, latest, gone, span, compound=compound)
        return None if compound and found == 0 else found

    return value


def _moved(facts: Facts) -> Callable[[float], float | None]:
    """Return the moving target as a function of the years after the latest actual, within tolerance."""
    aim, goal = facts.aim, facts.goal
    if aim.base is None or not isinstance(goal.target, Moving):
        return lambda _span: None
    moving, base, since, slack = goal.target, aim.base, aim.since, facts.s * goal.tolerance
    lead = years(base.on, facts.latest.on)
    gone = years(since.on, base.on) if since else 0.0

    def value(span: float) -> float | None:
        held = base.value
        reference = run_on(since.value, held, gone, lead + span, compound=aim.compound) if since else held
        return None if reference is None else moving.share * reference + moving.offset - slack

    return value
