"""Where a goal starts, stands and is to come: the values that everything else is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.goal import SUMMED, Change, Direction, Kind, Mode, Moving, Times
from tracker.periods import years
from tracker.wording import broken
from tracker.wording.explain_line import Line, amount
from tracker.wording.formula import carried_on, chained, exact, rate_of
from tracker.wording.quantity import Amount
from tracker.wording.reason import target_value
from tracker.wording.terms import QUALITY

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment, Point, TargetSeen


def points(seen: Assessment) -> list[Line]:
    """Return the lines of actual, baseline and target, with tolerance and steps."""
    lines = []
    if seen.actual is not None:
        lines.append(Line("actual", say("actual"), amount(seen, seen.actual.value), _actual(seen), seen.actual.source))
    if seen.baseline is not None:
        point = seen.baseline.point
        lines.append(
            Line(
                "baseline",
                say("baseline"),
                amount(seen, seen.baseline.value),
                _baseline(seen),
                point.source if point else None,
            )
        )
    if seen.target is not None and seen.target.value is not None and seen.target.form != "milestone":
        lines.append(Line("target", say("target"), target_value(seen), _target(seen, seen.target), _sources(seen)))
        if seen.goal.tolerance:
            lines.append(Line("target.tolerance", say("tolerance"), amount(seen, seen.goal.tolerance), _slack(seen)))
    if seen.breaks or (seen.target is not None and seen.target.breaks):
        lines += broken.lines(seen)
    return [*lines, *_steps(seen)]


def _origin(point: Point | None) -> Say | None:
    if point is None or point.actual is None or point.quality is None:
        return None
    actual = point.actual
    return say(
        "{period}, {quality}, published {published}, recorded {recorded}",
        period=point.period,
        quality=QUALITY[point.quality],
        published=actual.published,
        recorded=actual.recorded_at,
    )


def _actual(seen: Assessment) -> Say | None:
    point = seen.actual
    if point is None:
        return None
    if seen.goal.sum:
        return say("{series} for {period}", series=" + ".join(seen.goal.sum), period=point.period)
    if seen.kind is Kind.GROWTH and len(rates_of(seen)) > 1 and seen.goal.mode is not Mode.KEEP:
        rates = rates_of(seen)
        formula = f"({chained(rates)})^(1 / {len(rates)}) − 1"
        return say("{formula}: the mean of the published rates a year", formula=formula)
    if seen.year is not None:
        return say("the sum of the year so far, up to {period}", period=point.period)
    if seen.kind in SUMMED and point.actual is not None and point.actual.period != point.period:
        return say("the total of {period}, up to {last}", period=point.period, last=point.actual.period)
    made = _origin(point) or say("{period}, as the goals file gives it", period=point.period)
    return _linked(seen, point, made)


def _linked(seen: Assessment, point: Point, made: Say) -> Say:
    """Return where a value comes from, with the link that a break put it through."""
    link = broken.linked(seen, point) if seen.breaks else None
    return made if link is None else say("{link}; {made}", made=made, link=link)


def rates_of(seen: Assessment) -> list[float]:
    """Return the published yearly rates (in %) since the baseline, for a goal on published rates."""
    return [point.value for point in seen.rates.done] if seen.rates else []


def _baseline(seen: Assessment) -> Say | None:
    baseline = seen.baseline
    if baseline is None:
        return None
    if baseline.value is None and seen.kind is Kind.GROWTH:
        return say("{period}: the published rates count from the year after it", period=baseline.period)
    if baseline.value is None and baseline.broken is not None:
        return say("{period} lies before the break of {day}", period=baseline.period, day=baseline.broken.on)
    if baseline.value is None:
        return say("nothing is recorded for {period}", period=baseline.period)
    if baseline.implied:
        return say("the first actual, {period}: the goal names no baseline", period=baseline.period)
    made = _origin(baseline.point) or say("{period}, as the goals file gives it", period=baseline.period)
    return made if baseline.point is None else _linked(seen, baseline.point, made)


def _sources(seen: Assessment) -> str | None:
    """Return where a target's value comes from: the reference's sources, else the promise's."""
    aim = seen.target
    if aim is None or aim.form != "series":
        return seen.goal.source
    found = [point.source for point in (aim.base, aim.since) if point is not None and point.source]
    return "; ".join(dict.fromkeys(found)) or None


def _target(seen: Assessment, aim: TargetSeen) -> Say:
    base, target = aim.base, seen.goal.target
    start = seen.baseline.value if seen.baseline else None
    match target:
        case Moving() if base is not None:
            return _moving(seen, aim, base, target)
        case Times(times, of) if base is not None:
            return say("{formula}: a multiple of {of}", formula=f"{exact(times)} × {exact(base.value)}", of=of)
        case Change(change):
            return say("{formula}: the baseline plus an amount", formula=f"{exact(start)} + {exact(change)}")
    if aim.form == "growth" and aim.span is not None:
        formula = carried_on(start, aim.rate, aim.span, compound=True)
        return say("{formula}: the baseline grown by a rate a year until {due}", formula=formula, due=seen.due)
    if aim.form == "between":
        return say("met inside the band, both ends included, due {due}", due=seen.due)
    return say("as promised, due {due}", due=seen.due)


def shared(target: Moving, reference: str) -> str:
    """Return the formula of a moving target from that of its reference: times the share, plus the offset."""
    formula = reference if target.share == 1 else f"{exact(target.share)} × ({reference})"
    return f"{formula} + {exact(target.offset)}" if target.offset else formula


def _moving(seen: Assessment, aim: TargetSeen, base: Point, target: Moving) -> Say:
    carried = exact(base.value)
    if aim.rate is not None and aim.span:
        carried = carried_on(base.value, aim.rate, aim.span, compound=aim.compound)
    formula = shared(target, carried)
    if aim.rate is None or aim.since is None or not aim.span:
        return say("{formula}: {series} for {period}", formula=formula, series=target.series, period=base.period)
    rate = rate_of(aim.since.value, base.value, years(aim.since.on, base.on), compound=aim.compound)
    return say(
        "{formula}: {series} at {due}, from {period} carried on at its growth a year since {since}, {rate}",
        formula=formula,
        series=target.series,
        due=seen.due,
        period=base.period,
        since=aim.since.period,
        rate=rate,
    )


def _slack(seen: Assessment) -> Say | None:
    aim, slack = seen.target, seen.goal.tolerance
    if aim is None or aim.value is None:
        return None
    if aim.low is not None and aim.high is not None:
        return say(
            "{low} to {high} counts as met", low=amount(seen, aim.low - slack), high=amount(seen, aim.high + slack)
        )
    if seen.goal.direction is Direction.DOWN:
        return say("{value} or less counts as met", value=amount(seen, aim.value + slack))
    return say("{value} or more counts as met", value=amount(seen, aim.value - slack))


def _steps(seen: Assessment) -> list[Line]:
    lines = []
    for step, value, missed in seen.steps:
        how = say("nothing is recorded for it")
        if value is not None:
            was = Amount(value, seen.unit, step.target)
            how = say("missed: it was {value}", value=was) if missed else say("met: it was {value}", value=was)
        label = say("step {period}", period=step.due)
        lines.append(Line(f"steps.{step.due}", label, amount(seen, step.target), how))
    return lines
