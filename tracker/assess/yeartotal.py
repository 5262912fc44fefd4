"""A year's total before the year is over: flow and ytd series against a target for the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess import target
from tracker.assess.facts import direction_of
from tracker.assess.figures import Growth, Projected, ProRata, Status, YearSeen
from tracker.assess.history import Totals, missing_periods, point_on, step_of, totals, with_baseline
from tracker.assess.measured import Draft, counting, is_stale, missed, opening, over_breaks, rests_on_soft, spending
from tracker.assess.standing import Met, standing
from tracker.assess.yearsums import years_of
from tracker.chance import cut
from tracker.chance.year import YearAnswer, year_chance_of_sums
from tracker.model.goal import Kind, Mode, Moving
from tracker.model.number import finite, settled
from tracker.periods import Length, containing
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.facts import Source
    from tracker.assess.figures import Assessment, Common, Point
    from tracker.assess.target import Reference, Threshold
    from tracker.assess.yearsums import Years
    from tracker.errors import Say
    from tracker.model.goal import Goal
    from tracker.periods import Period


def is_running(source: Source, due: Period) -> Totals | None:
    """Return the year's totals where the latest actual lies inside the year that is due, else None."""
    if source.kind not in {Kind.FLOW, Kind.YTD} or due.length is not Length.YEAR or not source.points:
        return None
    if source.points[-1].period.length not in {Length.MONTH, Length.QUARTER, Length.HALF}:
        return None
    found = totals(source.points, source.kind, Length.YEAR)
    return found if found.running is not None and found.running.on.year == due.end.year else None


def year_total(  # noqa: PLR0913, PLR0917  one argument for each thing it is computed from
    goal: Goal, due: Period, source: Source, found: Totals, reference: Reference | None, as_of: date
) -> Draft:
    """Return the figures of a year's total that is still growing; within-year.md has the model."""
    running = found.running
    if running is None:
        raise ValueError(due)
    points = with_baseline(found.full, goal, as_of, source.breaks)
    baseline = over_breaks(target.baseline_of(goal, points), source) if goal.baseline is not None else None
    aim = target.aim(goal, points, baseline, running, reference)
    step = step_of(source.points)
    seen = opening(goal, due, source, as_of)._replace(
        baseline=baseline,
        target=aim.seen,
        actual=running,
        age_days=(as_of - running.on).days,
        history=(*points, running),
        notes=aim.notes,
        stale=is_stale(goal, running, step, as_of),
        provisional=rests_on_soft(running, baseline and baseline.point, aim.seen.base, aim.seen.since),
    )
    years = years_of(source, running, due)
    last = next((point.value for point in points if point.on.year == due.end.year - 1), None)
    seen = _by_itself(seen, _year_of(years, last), running.value, due, as_of)
    if aim.seen.value is None:
        return Draft(seen, Status.NO_DATA if goal.target is not None else Status.TOO_FEW)
    sign = direction_of(goal, aim.seen, None, running.value)
    limit = target.threshold(goal, aim.seen.value, aim.seen.low, aim.seen.high)
    facts = YearFacts(running, aim.seen.value, limit, sign, last)
    seen, gone = _with_figures(seen, years, facts)
    if isinstance(goal.target, Moving):
        shared = target.common(points, goal.target, reference)
        seen = _with_common(seen, shared, sign)
        met = [Met(one.period, target.threshold(goal, one.reference).met(one.value)) for one in shared]
    else:
        earlier = totals(source.earlier, source.kind, Length.YEAR).full
        met = [Met(point.period, limit.met(point.value)) for point in (*earlier, *points)]
    counted = counting(met, goal, baseline)
    if years.only_grows and _is_beyond(goal, limit, running.value):
        counted.append(Met(_deciding(goal, limit, found.parts, source.kind), goal.mode is Mode.BY))
    # the budget counts years, also the one that is not over
    spent = spending(goal, due, [one._replace(period=containing(one.on, Length.YEAR)) for one in counted], step)
    decided = standing(goal, due, counted, as_of, step, allowed=spent.allowed if spent else 0)
    meeting = point_on(points, decided.achieved_on)
    seen = seen._replace(
        achieved_on=decided.achieved_on,
        lapsed=decided.lapsed,
        budget=spent,
        provisional=seen.provisional or rests_on_soft(meeting),
    )
    status = decided.status
    if status is None and gone is not None:
        status = Status.TOO_FEW
        seen = seen._replace(notes=(*seen.notes, gone))
    if goal.mode is Mode.KEEP:
        start = goal.baseline.period.end if goal.baseline else None
        whole = [containing(one.on, Length.YEAR) for one in counted]
        seen = seen._replace(missing=missing_periods(whole, start, due), misses=missed(counted))
        status = status or Status.ON_TRACK
    return Draft(seen, status)


def _deciding(goal: Goal, limit: Threshold, parts: Sequence[Point], kind: Kind) -> Period:
    """Return the first period with which the sum of the year so far has decided it."""
    total = 0.0
    for part in parts:
        total = part.value if kind is Kind.YTD else settled(total + part.value)
        if _is_beyond(goal, limit, total):
            return part.period
    return parts[-1].period


def _is_beyond(goal: Goal, limit: Threshold, value: float) -> bool:
    """Tell whether a sum that can only grow has decided the year already: nothing more of it undoes that.

    A band may still be left again, and a target that moves is not known before its own year is over.
    """
    if isinstance(goal.target, Moving):
        return False
    if goal.mode is Mode.BY:
        return limit.high is None and limit.met(value)
    return goal.mode is Mode.KEEP and limit.high is not None and settled(value) > settled(limit.high)


def _with_common(seen: Assessment, shared: tuple[Common, ...], sign: int) -> Assessment:
    """Return the assessment with the full years that a moving target shares with its series."""
    if not shared or seen.target is None:
        return seen._replace(common=shared)
    gap_now = finite(sign * (shared[-1].reference - settled(shared[-1].value)))
    return seen._replace(common=shared, gap_now=gap_now, target=seen.target._replace(now=shared[-1].reference))


def _year_of(years: Years, last: float | None) -> YearSeen:
    same, rest = years.before[-1] if years.before else (None, None)
    return YearSeen(years.done, years.per_year, finite(same), finite(rest), None, tuple(years.before), finite(last))


def _by_itself(seen: Assessment, year: YearSeen, so_far: float, due: Period, as_of: date) -> Assessment:
    """Return the assessment with what needs no target."""
    same = year.before[-1][0] if year.before else None
    return seen._replace(
        elapsed=finite(year.done / year.periods),
        growth=Growth("fraction/year", observed=finite(so_far / same - 1) if same else None, compound=True),
        today=seen.today._replace(elapsed=_gone(due, as_of)),
        year=year,
    )


class YearFacts(NamedTuple):
    """What the figures of a running year are computed from; `last` is last year's total.

    `limit` is the target with its tolerance.
    """

    running: Point
    value: float
    limit: Threshold
    sign: int
    last: float | None


def _with_figures(seen: Assessment, years: Years, facts: YearFacts) -> tuple[Assessment, Say | None]:
    """Return the assessment with the figures of the running year, and why it has no chance where it has none."""
    running, value, sign, last = facts.running, facts.value, facts.sign, facts.last
    answer = _answer(years, running.value, facts)
    obstacle = years.obstacle or answer.reason
    if obstacle is not None:
        answer = YearAnswer(None)
    rest = years.before[-1][1] if years.before else None
    share = answer.share if answer.share is not None else years.done / years.per_year
    kept = seen.goal.mode is Mode.KEEP
    expected = finite(value if kept else share * value)
    chance = answer.chance if answer.chance is None or answer.certain else cut(answer.chance)
    return seen._replace(
        gap=_gap(seen, facts),
        progress=finite(running.value / value) if value and not kept else None,
        expected=expected,
        ahead=None if expected is None else finite(sign * (settled(running.value) - expected)),
        growth=Growth(
            "fraction/year",
            observed=seen.growth and seen.growth.observed,
            planned=finite(value / last - 1) if last and not kept else None,
            required=finite(settled(value - running.value) / rest - 1) if rest and not kept else None,
            compound=True,
        ),
        pace=finite(running.value / (share * value)) if expected and not kept else None,
        projected=Projected(*(finite(one) for one in (answer.projected, answer.low, answer.projected, answer.high))),
        chance=finite(chance),
        model="year" if chance is not None else None,
        bound="upper" if kept else None,
        year=_year_of(years, last)._replace(share=finite(answer.share), pro_rata=_pro_rata(years, facts)),
    ), obstacle


def _pro_rata(years: Years, facts: YearFacts) -> ProRata:
    """Return the reading by time alone: every period brings the same part of the target."""
    expected = finite(facts.value * years.done / years.per_year)
    if expected is None:
        return ProRata(None, None, None)
    ahead = finite(facts.sign * (settled(facts.running.value) - expected))
    pace = facts.running.value / (facts.value * years.done / years.per_year) if expected else None
    return ProRata(expected, ahead, finite(pace))


def _answer(years: Years, so_far: float, facts: YearFacts) -> YearAnswer:
    """Return the model's answer: of passing the target, or of coming to lie inside the band."""

    def answer(edge: float | None, *, up: bool) -> YearAnswer:
        return year_chance_of_sums(years.before, so_far, years.done / years.per_year, edge, up=up)

    low, high = facts.limit
    if low is None or high is None:
        return answer(high if low is None else low, up=low is not None)
    above_low, above_high = answer(low, up=True), answer(high, up=True)
    if above_low.chance is None or above_high.chance is None:
        return above_low
    # at the upper edge itself the sum is still inside, but has nothing more to gain
    return above_low._replace(
        chance=above_low.chance - above_high.chance,
        certain=above_high.certain and settled(so_far) > settled(high),
    )


def _gap(seen: Assessment, facts: YearFacts) -> float | None:
    low, high = (seen.target.low, seen.target.high) if seen.target else (None, None)
    now = settled(facts.running.value)
    if low is not None and high is not None:
        return finite(max(low - now, now - high, 0.0))
    return finite(facts.sign * (settled(facts.value) - now))


def _gone(due: Period, as_of: date) -> float | None:
    """Return the share of the year that is gone on a day."""
    return finite(((as_of - due.start).days + 1) / ((due.end - due.start).days + 1))
