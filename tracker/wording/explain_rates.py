"""How fast a goal went, was to go and must go: the three growth rates and the pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.goal import Kind, Mode
from tracker.wording.explain_line import Line, span_of, values_of, with_span
from tracker.wording.explain_points import rates_of
from tracker.wording.formula import chained, exact, grown, percent, rate_of
from tracker.wording.quantity import Rate

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.figures import Assessment, Growth, YearSeen


def rates(seen: Assessment) -> list[Line]:
    """Return the lines of the three growth rates, of why they are in amounts, and of the pace."""
    growth = seen.growth
    if growth is None:
        return []
    labels = (
        ("observed", say("growth observed"), growth.observed),
        ("planned", say("growth planned"), growth.planned),
        ("required", say("growth required"), growth.required),
    )
    lines = []
    for key, label, value in labels:
        if value is not None:
            percents = growth.unit == "%/year"
            shown = Rate(value / 100, "fraction/year") if percents else Rate(value, growth.unit)
            lines.append(Line(f"growth.{key}", label, shown, _rate(seen, growth, key)))
    if growth.undefined is not None:
        lines.append(Line("growth.undefined", say("why in amounts"), None, growth.undefined))
    if seen.pace is not None:
        lines.append(Line("pace", say("pace"), seen.pace, _pace(seen, growth)))
    return lines


def _rate(seen: Assessment, growth: Growth, key: str) -> Say | str | None:
    if seen.kind is Kind.GROWTH:
        return _published(seen, key)
    if seen.year is not None:
        return _of_year(seen, seen.year, key)
    values = values_of(seen)
    origin = seen.baseline.period.end if seen.baseline else None
    latest = seen.actual.on if seen.actual else None
    ends: dict[str, tuple[float | None, float | None, date | None, date | None]] = {
        "observed": (values.start, values.now, origin, latest),
        "planned": (values.start, values.edge, origin, seen.due),
        "required": (values.now, values.target, latest, seen.due),
    }
    one, other, begin, end = ends[key]
    if begin is None or end is None:
        return None
    units, span = span_of(growth.per, begin, end)
    return with_span(rate_of(one, other, units, compound=growth.compound), span)


def _of_year(seen: Assessment, year: YearSeen, key: str) -> Say:
    values = values_of(seen)
    if key == "observed":
        return say(
            "{formula}: this year so far over the same periods of last year, less 1",
            formula=f"{exact(values.now)} / {exact(year.last_same)} − 1",
        )
    if key == "planned":
        return say(
            "{formula}: the target over last year's total, less 1",
            formula=f"{exact(values.target)} / {exact(year.last)} − 1",
        )
    return say(
        "{formula}: what is left over the rest of last year, less 1",
        formula=f"({exact(values.target)} − {exact(values.now)}) / {exact(year.last_rest)} − 1",
    )


def _published(seen: Assessment, key: str) -> Say | str:
    """Return how the rates of a goal on published rates are made, in % a year."""
    values, done = values_of(seen), rates_of(seen)
    if key == "planned" or seen.due is None:
        return say("the target itself")
    if key == "observed":
        if not done or seen.goal.mode is Mode.KEEP:
            return say("the latest published rate")
        return f"({chained(done)})^(1 / {len(done)}) − 1"
    length = max(1, seen.due.year - seen.baseline.period.end.year) if seen.baseline else 1
    left = length - len(done)
    wanted = f"{grown(None if values.target is None else values.target / 100)}^{length}"
    if not done:
        is_begun = length == 1 and seen.actual is not None and seen.actual.on.year == seen.due.year
        return _of_what_is_left(seen.due) if is_begun else say("the target itself")
    return say(
        "{formula}: the mean rate the years left need",
        formula=f"({wanted} / ({chained(done)}))^(1 / {left}) − 1",
    )


def _of_what_is_left(due: date) -> Say:
    if (due.month, due.day) == (12, 31):
        return say("what the rest of the year needs, by the shares of the year before")
    return say("what is left up to due needs, by the shares of the year before")


def _pace(seen: Assessment, growth: Growth) -> Say | str:
    if seen.year is not None:
        return say("{formula}: actual over expected", formula=f"{exact(values_of(seen).now)} / {exact(seen.expected)}")
    observed, planned = growth.observed or 0.0, growth.planned or 0.0
    shown = percent if growth.compound else exact
    sign = 1 if observed * (seen.pace or 0.0) >= 0 else -1
    return say("{formula}: observed over planned", formula=f"{shown(sign * observed)} / {shown(abs(planned))}")
