"""Published growth rates: a target of "about 7 %", for one year or chained over the years of a plan."""

from __future__ import annotations

from math import inf, prod
from typing import TYPE_CHECKING

from tracker.assess.facts import direction_of
from tracker.assess.figures import BaselineSeen, Growth, Point, Projected, Rates, Status, TargetSeen, Today
from tracker.assess.history import missing_periods, step_of
from tracker.assess.measured import Draft, is_stale, missed, opening, rests_on_soft, spending
from tracker.assess.standing import Met, standing, waiting
from tracker.assess.target import threshold
from tracker.errors import say
from tracker.model.goal import Band, Kind, Mode, Number
from tracker.model.number import finite, settled
from tracker.periods import MONTHS, Length, add_days, containing, years
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.facts import Source
    from tracker.assess.figures import Assessment
    from tracker.model.goal import Goal
    from tracker.periods import Period

UNIT = "%/year"
WHOLE = 100.0
"""A rate in %: at -100 nothing is left to grow."""
LAST_YEARS = 3
"""A rate above all of the last three years' is taken to be out of reach."""


class Chain(NamedTuple):
    """The yearly rates of a plan: those recorded of the years from the baseline to due."""

    baseline: Period
    length: int
    rates: tuple[Point, ...]
    whole: bool

    @property
    def left(self) -> int:
        """Return the years whose rate is still open."""
        return self.length - len(self.rates)


def published(goal: Goal, due: Period, source: Source, level: Source | None, as_of: date) -> Draft:
    """Return what is known of a goal on a published rate; `level` gives last year's shares where it is known."""
    seen = opening(goal, due, source, as_of)._replace(
        growth=Growth(UNIT), history=tuple(source.points), projected=Projected(), target=_target(goal)
    )
    if not source.points:
        return Draft(seen, Status.NO_DATA)
    latest = source.points[-1]
    step = step_of(source.points)
    seen = seen._replace(
        stale=is_stale(goal, latest, step, as_of),
        notes=(
            say("no chance is computed for a published rate")
            if goal.mode is Mode.KEEP
            else say("no chance is computed for a published rate: the rates the years left need decide"),
        ),
    )
    chain = _chain(goal, due, source.points)
    now = _mean(chain) if chain.rates and chain.whole else None
    inside_year = latest.on.year == due.end.year and latest.on < due.end and chain.length == 1
    kept = goal.mode is Mode.KEEP
    chained: tuple[Point, ...] = ()
    if kept or now is None or inside_year:
        now = latest.value
    elif chain.rates:
        # the mean is that of whole years: a rate of part of the next one is not in it
        latest, chained = chain.rates[-1], chain.rates
    actual = Point(latest.period, now, latest.quality, latest.source, latest.actual)
    seen = seen._replace(
        age_days=(as_of - latest.on).days,
        provisional=rests_on_soft(latest, *chained),
        rates=Rates(chain.rates if chain.whole else (), chain.length),
    )
    if seen.target is None or seen.target.value is None:
        return Draft(seen._replace(actual=actual), Status.TOO_FEW if goal.target is None else Status.NO_DATA)
    value = seen.target.value
    if goal.target is not None and isinstance(goal.target, Band):
        value = goal.target.low if now <= goal.target.low else min(now, goal.target.high)
    required = None if kept else _rest_of_year(value, latest, level, due) if inside_year else _years_left(value, chain)
    sign = direction_of(goal, seen.target, None, now)
    seen = seen._replace(
        actual=actual,
        baseline=BaselineSeen(chain.baseline, None, None) if goal.baseline else None,
        target=seen.target._replace(value=value),
        gap=finite(sign * (settled(value) - settled(now))),
        expected=value,
        ahead=finite(sign * (settled(now) - settled(value))),
        elapsed=finite(len(chain.rates) / chain.length) if goal.baseline else None,
        growth=Growth(UNIT, observed=finite(now), planned=None if kept else finite(value), required=finite(required)),
        today=Today(_gone(chain, due, as_of), (due.end - as_of).days, None, None),
    )
    return _kept(seen, goal, due, as_of) if kept else _judged(seen, goal, due, chain, sign, as_of)


def _target(goal: Goal) -> TargetSeen:
    match goal.target:
        case Number(value):
            return TargetSeen("number", value)
        case Band(low, high):
            return TargetSeen("between", low, low, high)
        case _:
            return TargetSeen(None)


def _gone(chain: Chain, due: Period, as_of: date) -> float | None:
    span = years(chain.baseline.end, due.end)
    return finite(years(chain.baseline.end, as_of) / span) if span > 0 else None  # there is no year before year 1


def _chain(goal: Goal, due: Period, points: Sequence[Point]) -> Chain:
    """Return the plan's years: from the baseline's to due's; without a baseline the year of due alone."""
    year = containing(due.end, Length.YEAR)
    before = containing(year.start.replace(year=max(year.start.year - 1, 1)), Length.YEAR)
    baseline = goal.baseline.period if goal.baseline else before
    length = max(1, due.end.year - baseline.end.year)
    rates = [p for p in points if (_is_full_year(p) or p.on == due.end) and baseline.end < p.on <= due.end]
    whole = [p.on.year for p in rates] == list(range(baseline.end.year + 1, baseline.end.year + 1 + len(rates)))
    return Chain(baseline, length, tuple(rates), whole)


def means(goal: Goal, periods: Sequence[Period], points: Sequence[Point]) -> dict[date, float]:
    """Return the mean yearly rate from the baseline to each of some periods, by its last day, where it is known."""
    chains = {period.end: _chain(goal, period, points) for period in periods}
    return {day: _mean(chain) for day, chain in chains.items() if chain.whole and len(chain.rates) == chain.length}


def _is_full_year(point: Point) -> bool:
    """Tell whether a rate stands for a whole year: a yearly one, or one cumulated to December."""
    return point.on == containing(point.on, Length.YEAR).end


def _mean(chain: Chain) -> float:
    """Return the mean yearly rate so far, in %."""
    mean = _root(prod(1 + point.value / 100 for point in chain.rates), len(chain.rates))
    return -WHOLE if mean is None else settled(mean)


def _years_left(value: float, chain: Chain) -> float | None:
    """Return the mean rate (%) the years left need: ((1+T)^N / Π(1+g))^(1/left) - 1; None where none is left."""
    if chain.left <= 0 or not chain.whole:
        return None
    done = prod(1 + point.value / 100 for point in chain.rates)
    try:
        return _root((1 + value / 100) ** chain.length / done, chain.left) if done > 0 and value > -WHOLE else None
    except OverflowError:
        return None


def _root(factor: float, count: int) -> float | None:
    """Return the mean yearly rate (%) behind a factor over some years; None where everything was lost."""
    return (float(factor ** (1 / count)) - 1) * WHOLE if 0 < factor < inf else None


def _rest_of_year(value: float, latest: Point, level: Source | None, due: Period) -> float | None:
    """Return the rate (%) that the rest up to due needs, from last year's shares; None where these are not known."""
    if level is None:
        return None
    last = [p for p in level.points if p.on.year == latest.on.year - 1]
    same, whole = (_up_to(day, last, level.kind) for day in (latest.on, due.end))
    if same is None or whole is None or whole <= same:
        return None
    return ((whole * (1 + value / 100) - same * (1 + latest.value / 100)) / (whole - same) - 1) * 100


def _up_to(day: date, points: Sequence[Point], kind: Kind) -> float | None:
    """Return what a year had brought by a day of another year; None where a period that it needs is missing."""
    end = (day.month, day.day)
    until = [p for p in points if (p.on.month, p.on.day) <= end or (p.on.month == end[0] == 2)]  # noqa: PLR2004  leap
    if not until or until[-1].on.month != day.month:
        return None
    if kind is Kind.YTD:
        return until[-1].value
    return sum(p.value for p in until) if len(until) == _periods_until(until[-1]) else None


def _periods_until(last: Point) -> int:
    """Return how many periods of its length a year has up to a point, which is the last of them."""
    length, new_year = last.period.length, last.on.replace(month=1, day=1)
    if length in MONTHS:
        return last.on.month // MONTHS[length]
    if length is Length.WEEK:
        return last.on.toordinal() // 7 - (new_year.toordinal() - 1) // 7  # weeks end on Sundays, multiples of 7
    return (last.on - new_year).days + 1


def _kept(seen: Assessment, goal: Goal, due: Period, as_of: date) -> Draft:
    """Return the draft of a rate that every published period must meet, from after the baseline to due."""
    target = seen.target
    if target is None or target.value is None:
        return Draft(seen, Status.NO_DATA)
    limit, start = threshold(goal, target.value, target.low, target.high), goal.baseline and goal.baseline.period.end
    history = [*seen.earlier, *seen.history]
    counted = [Met(point.period, limit.met(point.value)) for point in history if start is None or point.on > start]
    step = step_of(seen.history)
    spent = spending(goal, due, counted, step, after=True)
    decided = standing(goal, due, counted, as_of, step, allowed=spent.allowed if spent else 0)
    missing = missing_periods([one.period for one in counted], start and add_days(start, 1), due)
    seen = seen._replace(budget=spent, achieved_on=decided.achieved_on, missing=missing, misses=missed(counted))
    is_untried = len(seen.history) < 2 or not counted  # noqa: PLR2004  one rate is no history
    few = Status.TOO_FEW if is_untried else Status.ON_TRACK
    return Draft(seen, decided.status or few)


def _judged(  # noqa: PLR0911, PLR0913, PLR0917  one return for each status
    seen: Assessment, goal: Goal, due: Period, chain: Chain, sign: int, as_of: date
) -> Draft:
    """Return the draft with its status: decided by the rate for due, before it by the rates still needed."""
    target, actual, growth = seen.target, seen.actual, seen.growth
    if target is None or target.value is None or actual is None or growth is None:
        return Draft(seen, Status.NO_DATA)
    limit = threshold(goal, target.value, target.low, target.high)
    met = limit.met(actual.value)
    if chain.whole and chain.left <= 0:
        on = chain.rates[-1].on
        return Draft(seen._replace(achieved_on=on if met else None), Status.ACHIEVED if met else Status.MISSED)
    step = step_of(seen.history)
    decided = waiting(goal, due, as_of, step).status
    if decided is not None:
        return Draft(seen, decided)
    if not chain.whole:
        note = say("a year between the baseline and the latest rate has no rate, so the rates cannot be chained")
        return Draft(seen._replace(notes=(*seen.notes, note)), Status.TOO_FEW)
    if len(seen.history) < 2:  # noqa: PLR2004  one rate is no history
        return Draft(seen, Status.TOO_FEW)
    if met:
        return Draft(seen, Status.ON_TRACK)
    last = [p.value for p in seen.history if _is_full_year(p)][-LAST_YEARS:]
    # what is enough to be met: within the tolerance, where the whole years of a plan are left
    enough = growth.required
    if goal.tolerance and chain.left and chain.rates:
        enough = finite(_years_left(target.value - sign * goal.tolerance, chain))
    beyond = enough is not None and last and all(sign * (enough - settled(rate)) > 0 for rate in last)
    return Draft(seen, Status.OFF_TRACK if beyond else Status.AT_RISK)
