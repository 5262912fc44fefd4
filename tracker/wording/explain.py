"""Every figure of a goal explained: its value, how it is made with the numbers in it, and where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import Say, say
from tracker.model.goal import Direction, Mode
from tracker.wording.quantity import Amount, Likelihood, Points, Rate, Share
from tracker.wording.reason import target_value
from tracker.wording.terms import QUALITY

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.figures import Assessment, Point

UNCERTAIN = 100.0
"""A range whose high is this many times its low says nothing that people can use."""


class Line(NamedTuple):
    """One figure: its key in JSON, its name, its value in words, how it is made, and its source."""

    figure: str
    label: Say
    value: object
    how: Say | None = None
    source: str | None = None


def explained(seen: Assessment) -> list[Line]:
    """Return a line for every figure that applies to a goal, in the order people ask for them."""
    lines = [
        *_points(seen),
        *_distance(seen),
        *_growth(seen),
        *_ahead(seen),
        *_chance(seen),
    ]
    return [line for line in lines if line.value is not None]


def _amount(seen: Assessment, value: float | None) -> Amount | None:
    return None if value is None else Amount(value, seen.unit)


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


def _points(seen: Assessment) -> list[Line]:
    lines = []
    if seen.actual is not None:
        how = _origin(seen.actual) or say("{period}", period=seen.actual.period)
        if seen.year is not None:
            how = say("the sum of the year so far, up to {period}", period=seen.actual.period)
        lines.append(Line("actual", say("actual"), _amount(seen, seen.actual.value), how, seen.actual.source))
    if seen.baseline is not None:
        point = seen.baseline.point
        how = _origin(point) or say("{period}, as the goals file gives it", period=seen.baseline.period)
        if seen.baseline.implied:
            how = say("the first actual, {period}: the goal names no baseline", period=seen.baseline.period)
        if seen.baseline.value is None:
            how = say("nothing is recorded for {period}", period=seen.baseline.period)
        value = _amount(seen, seen.baseline.value) or say("–")
        lines.append(Line("baseline", say("baseline"), value, how, point.source if point else None))
    if seen.target is not None and seen.target.value is not None and seen.target.form != "milestone":
        lines.append(Line("target", say("target"), target_value(seen), _target(seen), seen.goal.source))
    return lines


def _target(seen: Assessment) -> Say:  # noqa: PLR0911  one sentence for each form
    target, due = seen.target, seen.due
    if target is None:
        return say("due {due}", due=due)
    base = target.base
    match target.form:
        case "series" if base is not None and target.rate is not None and target.since is not None:
            return say(
                "{series} at {due}: {base} ({period}) carried on for {span} years at {rate} a year, "
                "its growth since {since}",
                series=target.series,
                due=due,
                base=base.value,
                period=base.period,
                span=target.span,
                rate=Share(target.rate, 4) if target.compound else target.rate,
                since=target.since.period,
            )
        case "series" if base is not None:
            return say(
                "{series} at {due}: {base} ({period})",
                series=target.series,
                due=due,
                base=base.value,
                period=base.period,
            )
        case "times" if base is not None:
            return say("a multiple of {base} in {period}, due {due}", base=base.value, period=base.period, due=due)
        case "change":
            return say("the baseline plus an amount, due {due}", due=due)
        case "growth":
            return say(
                "the baseline grown by {rate} a year for {span} years, due {due}",
                rate=None if target.rate is None else Share(target.rate, 4),
                span=target.span,
                due=due,
            )
        case "between":
            return say("met inside the band, both ends included, due {due}", due=due)
        case _:
            return say("as promised, due {due}", due=due)


def _values(seen: Assessment) -> tuple[float | None, float | None, float | None]:
    """Return the values of baseline, latest actual and target."""
    return (
        seen.baseline.value if seen.baseline else None,
        seen.actual.value if seen.actual else None,
        seen.target.value if seen.target else None,
    )


def _distance(seen: Assessment) -> list[Line]:
    return [*_gaps(seen), *_progress(seen), *_path(seen)]


def _gaps(seen: Assessment) -> list[Line]:
    lines = []
    _, now, target = _values(seen)
    if seen.gap is not None and seen.target is not None:
        how = say("{target} − {actual}", target=target, actual=now)
        if seen.target.low is not None:
            how = say("from {actual} to the nearest end of the band", actual=now)
        elif seen.goal.direction is Direction.DOWN:
            how = say("{actual} − {target}", target=target, actual=now)
        lines.append(Line("gap", say("gap"), Points(seen.gap, seen.unit), how))
    if seen.gap_now is not None and seen.common:
        last = seen.common[-1]
        how = say(
            "{reference} − {value}, both for {period}", reference=last.reference, value=last.value, period=last.period
        )
        lines.append(Line("gap_now", say("gap now"), Points(seen.gap_now, seen.unit), how))
    return lines


def _progress(seen: Assessment) -> list[Line]:
    lines = []
    start, now, target = _values(seen)
    if seen.progress is not None:
        if seen.goal.parts is not None:
            how = say("from the progress of its children, each cut to 0 … 100 %")
        elif seen.year is not None:
            how = say("{actual} / {target}", actual=now, target=target)
        elif seen.target is not None and seen.target.form == "milestone":
            how = say("done or not")
        else:
            how = say("({actual} − {start}) / ({target} − {start})", actual=now, start=start, target=target)
        lines.append(Line("progress", say("progress"), Share(seen.progress), how))
    if seen.elapsed is not None:
        how = say("the time from the baseline to the latest actual, over the time from the baseline to due")
        if seen.year is not None:
            how = say("{done} of {all} periods of the year", done=seen.year.done, all=seen.year.periods)
        lines.append(Line("elapsed", say("time gone"), Share(seen.elapsed), how))
    return lines


def _path(seen: Assessment) -> list[Line]:
    if seen.expected is None:
        return []
    lines = [Line("expected", say("expected"), _amount(seen, seen.expected), _expected(seen))]
    if seen.ahead is not None:
        text = say("ahead of the path") if seen.ahead >= 0 else say("behind the path")
        how = say("{actual} against {expected}", actual=_values(seen)[1], expected=seen.expected)
        lines.append(Line("ahead", text, Points(abs(seen.ahead), seen.unit), how))
    return lines


def _expected(seen: Assessment) -> Say:
    if seen.goal.mode is Mode.KEEP:
        return say("the target, in every period")
    if seen.year is not None:
        if seen.year.share is None:
            return say("the target times the share of the year gone")
        return say(
            "the target times {share}, the mean share of the same periods in the years before",
            share=Share(seen.year.share),
        )
    if seen.growth is not None and seen.growth.compound:
        return say("on the path of equal yearly rates, at the day of the latest actual")
    return say("on the straight path, at the day of the latest actual")


def _growth(seen: Assessment) -> list[Line]:
    growth = seen.growth
    if growth is None:
        return []
    start, now, target = _values(seen)
    rates = (
        ("growth.observed", say("growth observed"), growth.observed, start, now),
        ("growth.planned", say("growth planned"), growth.planned, start, target),
        ("growth.required", say("growth required"), growth.required, now, target),
    )
    lines = []
    for key, label, value, one, other in rates:
        if value is not None:
            shown = Rate(value / 100, "fraction/year") if growth.unit == "%/year" else Rate(value, growth.unit)
            lines.append(Line(key, label, shown, _rate(seen, key, one, other)))
    if growth.undefined is not None:
        lines.append(Line("growth.undefined", say("why in amounts"), growth.undefined))
    if seen.pace is not None:
        how = say("{actual} / {expected}", actual=now, expected=seen.expected)
        if seen.year is None:
            how = say(
                "observed / planned: {observed} / {planned}",
                observed=_plain(growth.observed),
                planned=_plain(growth.planned),
            )
        lines.append(Line("pace", say("pace"), seen.pace, how))
    return lines


def _plain(value: float | None) -> Say | None:
    return None if value is None else say("{value}", value=value)


def _rate(seen: Assessment, key: str, one: float | None, other: float | None) -> Say:
    growth = seen.growth
    if growth is None or growth.unit == "%/year":
        return say("from the published rates, chained over the years")
    if seen.year is not None:
        return {
            "growth.observed": say("this year so far over the same periods of last year, less 1"),
            "growth.planned": say("the target over last year's total, less 1"),
        }.get(key, say("what is left over the rest of last year, less 1"))
    span = _span(seen, key)
    if growth.compound:
        return say("({other} / {one})^(1 / {span}) − 1", one=one, other=other, span=span)
    return say("({other} − {one}) / {span}", one=one, other=other, span=span)


def _span(seen: Assessment, key: str) -> Say | None:
    from tracker.assess.growth import Spacing

    origin = seen.baseline.period.end if seen.baseline else None
    latest = seen.actual.on if seen.actual else None
    ends: dict[str, tuple[date | None, date | None]] = {
        "growth.observed": (origin, latest),
        "growth.planned": (origin, seen.due),
        "growth.required": (latest, seen.due),
    }
    begin, end = ends[key]
    if begin is None or end is None or seen.growth is None:
        return None
    units = Spacing(seen.growth.per).between(begin, end)
    match seen.growth.per:
        case "day":
            return say("{units} days", units=units)
        case "month":
            return say("{units} months", units=units)
        case _:
            return say("{units} years", units=units)


def _ahead(seen: Assessment) -> list[Line]:
    lines = []
    if seen.today.left is not None:
        how = say("from the day we look from to due {due}", due=seen.due)
        lines.append(Line("today.left", say("days left"), seen.today.left, how))
    if seen.today.required is not None and seen.today.unit is not None:
        how = say("from the latest actual to the target, over the days left")
        lines.append(
            Line("today.required", say("required from today"), Rate(seen.today.required, seen.today.unit), how)
        )
    projected = seen.projected
    if projected is not None:
        if projected.value is not None and seen.growth is not None:
            how = say("the latest actual carried on at the observed growth to due")
            lines.append(Line("projected.value", say("projected"), _amount(seen, projected.value), how))
        if projected.low is not None and projected.high is not None:
            how = say(
                "10 % and 90 % quantiles of the model; half of all outcomes lie below {median}",
                median=_amount(seen, projected.median),
            )
            value: object = say("{low} to {high}", low=projected.low, high=_amount(seen, projected.high))
            if len(seen.history) < 3 or _is_wide(projected.low, projected.high):  # noqa: PLR2004  two points fix no spread
                value = say("too uncertain")
            lines.append(Line("projected.range", say("likely range"), value, how))
    if seen.reaches is not None:
        lines.append(
            Line("reaches", say("reaches it"), seen.reaches, say("the day the observed growth meets the target"))
        )
    return lines


def _is_wide(low: float, high: float) -> bool:
    return low > 0 and high > UNCERTAIN * low


def _chance(seen: Assessment) -> list[Line]:
    if seen.chance is None:
        return []
    if seen.goal.parts is not None:
        how = say(
            "if the children hang together; {independent} if they are independent",
            independent=None if seen.independent is None else Likelihood(seen.independent),
        )
    elif seen.model == "total":
        how = say("from the increments of all {n} points of the history (model total)", n=len(seen.history))
    elif seen.model == "year":
        how = say("from the same periods of the years before (model year)")
    elif seen.common:
        how = say(
            "of the difference to {series} reaching 0: {first} ({begin}) … {last} ({end}), model trend",
            series=seen.target.series if seen.target else None,
            first=seen.common[0].value - seen.common[0].reference,
            begin=seen.common[0].period,
            last=seen.common[-1].value - seen.common[-1].reference,
            end=seen.common[-1].period,
        )
    else:
        how = say("from all {n} points of the history (model trend)", n=len(seen.history))
    lines = [Line("chance", say("chance"), Likelihood(seen.chance), how)]
    if seen.bound == "upper":
        lines.append(Line("bound", say("bound"), say("upper"), say("the chance is at most this")))
    elif seen.bound == "lower":
        lines.append(Line("bound", say("bound"), say("lower"), say("the chance is at least this")))
    return lines
