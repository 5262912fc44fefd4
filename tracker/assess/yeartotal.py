"""A year's total before the year is over: flow and ytd series against a target for the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.assess import target
from tracker.assess.facts import direction_of
from tracker.assess.figures import Growth, Projected, Status, Today, YearSeen
from tracker.assess.history import Totals, step_of, totals, with_baseline
from tracker.assess.measured import Draft, counting, is_stale, opening, rests_on_soft
from tracker.assess.standing import Met, standing
from tracker.chance import YearAnswer, cut, year_chance_of_sums
from tracker.errors import say
from tracker.model.goal import Kind, Mode
from tracker.model.number import finite, settled
from tracker.periods import PER_YEAR, Length

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.facts import Source
    from tracker.assess.figures import Assessment, Point
    from tracker.assess.target import Reference
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
    points = with_baseline(found.full, goal, as_of)
    baseline = target.baseline_of(goal, points) if goal.baseline is not None else None
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
        growth=Growth("fraction/year", compound=True),
    )
    if aim.seen.value is None:
        return Draft(seen, Status.NO_DATA if goal.target is not None else Status.TOO_FEW)
    sign = direction_of(goal, aim.seen, None, running.value)
    limit = target.threshold(goal, aim.seen.value, aim.seen.low, aim.seen.high)
    edge = limit.low if sign > 0 else limit.high
    seen, gone = _with_figures(seen, source, YearFacts(running, aim.seen.value, edge, sign, due, as_of))
    counted = counting([Met(point.period, limit.met(point.value)) for point in points], goal, baseline)
    # the sum can only grow: short of the year's end it decides only what more of it cannot undo
    beyond = sign > 0 if goal.mode is Mode.BY else goal.mode is Mode.KEEP and sign < 0
    if beyond and limit.met(running.value) == (goal.mode is Mode.BY):
        counted.append(Met(running.period, goal.mode is Mode.BY))
    decided = standing(goal, due, counted, as_of, step)
    seen = seen._replace(achieved_on=decided.achieved_on, lapsed=decided.lapsed)
    status = decided.status
    if status is None and gone is not None:
        status = Status.TOO_FEW
        seen = seen._replace(notes=(*seen.notes, gone))
    if status is None and goal.mode is Mode.KEEP:
        status = Status.ON_TRACK
    return Draft(seen, status)


class YearFacts(NamedTuple):
    """What the figures of a running year are computed from; `edge` is the target with its tolerance."""

    running: Point
    value: float
    edge: float | None
    sign: int
    due: Period
    as_of: date


def _with_figures(seen: Assessment, source: Source, facts: YearFacts) -> tuple[Assessment, Say | None]:
    """Return the assessment with the figures of the running year, and why it has no chance where it has none."""
    running, value, sign, due = facts.running, facts.value, facts.sign, facts.due
    years = _years(source, running, due)
    answer = year_chance_of_sums(years.before, running.value, years.done / years.per_year, facts.edge, up=sign > 0)
    obstacle = years.obstacle or answer.reason
    if obstacle is not None:
        answer = YearAnswer(None)
    same, rest = years.before[-1] if years.before else (None, None)
    last = same + rest if same is not None and rest is not None else None
    share = answer.share if answer.share is not None else years.done / years.per_year
    expected = finite(share * value)
    chance = answer.chance if answer.chance is None or answer.certain else cut(answer.chance)
    return seen._replace(
        gap=finite(sign * (settled(value) - settled(running.value))),
        progress=finite(running.value / value) if value else None,
        elapsed=finite(years.done / years.per_year),
        expected=expected,
        ahead=None if expected is None else finite(sign * (settled(running.value) - expected)),
        growth=Growth(
            "fraction/year",
            observed=finite(running.value / same - 1) if same else None,
            planned=finite(value / last - 1) if last else None,
            required=finite((value - running.value) / rest - 1) if rest else None,
            compound=True,
        ),
        pace=finite(running.value / expected) if expected else None,
        today=Today(_gone(due, facts.as_of), (due.end - facts.as_of).days, None, None),
        projected=Projected(*(finite(one) for one in (answer.projected, answer.low, answer.projected, answer.high))),
        chance=finite(chance),
        model="year" if chance is not None else None,
        bound="upper" if seen.goal.mode is Mode.KEEP else None,
        year=YearSeen(
            years.done, years.per_year, finite(same), finite(rest), finite(answer.share), tuple(years.before)
        ),
    ), obstacle


def _gone(due: Period, as_of: date) -> float | None:
    """Return the share of the year that is gone on a day."""
    return finite(((as_of - due.start).days + 1) / ((due.end - due.start).days + 1))


class Years(NamedTuple):
    """The sums of the years: of the first `done` of `per_year` periods and of the rest, this year last."""

    before: list[tuple[float, float]]
    done: int
    per_year: int
    obstacle: Say | None = None


def _years(source: Source, running: Point, due: Period) -> Years:
    """Return the full consecutive years up to last year in two parts each, as the running year is."""
    per_year = PER_YEAR[running.period.length]
    done = running.on.month * per_year // 12
    by_year: dict[int, dict[int, float]] = {}
    for point in source.points:
        by_year.setdefault(point.on.year, {})[point.on.month * per_year // 12] = point.value
    ytd = source.kind is Kind.YTD
    if not ytd and not set(range(1, done + 1)) <= set(by_year[due.end.year]):
        return Years([], done, per_year, say("a period of this year is missing, so its sum is not comparable"))
    before: list[tuple[float, float]] = []
    for year in range(due.end.year - 1, 0, -1):
        parts = _parts(by_year.get(year, {}), done, per_year, ytd=ytd)
        if parts is None:
            break
        before.insert(0, parts)
    return Years(before, done, per_year)


def _parts(values: dict[int, float], done: int, per_year: int, *, ytd: bool) -> tuple[float, float] | None:
    """Return the sum of a year's first periods and of its rest; None where a needed period is missing.

    A cumulated series needs only the two periods that end the parts: one missing in between is in the next.
    """
    if ytd:
        if done not in values or per_year not in values:
            return None
        return values[done], values[per_year] - values[done]
    if len(values) < per_year:
        return None
    return sum(values[k] for k in range(1, done + 1)), sum(values[k] for k in range(done + 1, per_year + 1))
