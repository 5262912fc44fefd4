"""What is needed of the rest of a year whose total counts, and of the years left of a published rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.target import above_ceiling
from tracker.compare.needed import Needed, Plan
from tracker.compare.season import season
from tracker.errors import say
from tracker.model.goal import Kind
from tracker.model.number import finite
from tracker.periods import Length, containing, next_period

if TYPE_CHECKING:
    from tracker.assess.facts import Source
    from tracker.assess.figures import Assessment
    from tracker.periods import Period


def year_plan(seen: Assessment, source: Source) -> Plan:
    """Return what each period left of the year must bring so that the year's total comes to the target.

    What is left is spread as the same periods of up to three full years before ran.
    """
    actual, aim = seen.actual, seen.target
    if actual is None or aim is None or aim.value is None:
        raise ValueError(seen.goal.id)  # `plan` has looked at it
    left = aim.value - actual.value
    if above_ceiling(seen) is not None and seen.gap is not None and seen.gap > 0:
        what = say("The sum so far is above the target already: nothing that is left to plan would bring it back.")
        return Plan(seen, why=what)
    if left <= 0:
        return Plan(seen, why=say("The sum so far has come to the target already: nothing is left to plan."))
    shares = season(source, actual)
    rows = []
    period, done = actual.period, 0.0
    for place, share in enumerate(shares.rest):
        period, done = next_period(period), done + share
        last = place == len(shares.rest) - 1
        total = aim.value if last else actual.value + left * done
        gone = shares.gone[place + 1]
        if source.kind is Kind.YTD:
            needed, planned = total, aim.value * gone
        else:
            needed, planned = left * share, aim.value * (gone - shares.gone[place])
        rows.append(Needed(period, finite(needed), finite(planned), finite(left * share), finite(total)))
    if shares.years:
        note = say("The amounts follow how {years} ran.", years=", ".join(map(str, shares.years)))
    else:
        note = say("No full year before says how a year runs: the amounts are equal.")
    return Plan(seen, tuple(rows), notes=(note,), years=shares.years)


def years_left(seen: Assessment) -> list[Period]:
    """Return the years of a published rate's plan whose rate is still open, due's last.

    Where due's own year is the only one it is due itself: the rate cumulated by then.
    """
    goal, due = seen.goal, seen.goal.due
    if due is None:
        return []
    start = goal.baseline.period.end.year if goal.baseline else due.end.year - 1
    whole = [point for point in seen.history if point.on == containing(point.on, Length.YEAR).end]
    first = max([start, *(point.on.year for point in whole)]) + 1
    if first == due.end.year == start + 1:
        return [due]
    return [containing(due.end.replace(year=year), Length.YEAR) for year in range(first, due.end.year + 1)]


def rate_plan(seen: Assessment) -> Plan:
    """Return the rate that each year left needs; within a single year, the cumulated rate at due and the rest's."""
    aim, growth = seen.target, seen.growth
    if aim is None or aim.value is None:
        raise ValueError(seen.goal.id)  # `plan` has looked at it
    required = growth.required if growth else None
    planned = finite(aim.value)
    periods = years_left(seen)
    baseline = seen.goal.baseline
    if len(periods) == 1 and (baseline is None or baseline.period.end.year == periods[0].end.year - 1):
        notes = () if required is None else (say("The rest of the year needs {rate} %.", rate=required),)
        return Plan(seen, (Needed(periods[0], planned, planned),), notes=notes)
    if required is None:
        return Plan(seen, why=say("A year between has no rate, so what the years left need is not known."))
    return Plan(seen, tuple(Needed(period, required, planned) for period in periods))
