"""Warnings: what is probably not meant, and stops nothing."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from tracker.assess.breaks import factor
from tracker.assess.target import reference_at
from tracker.errors import Problem, Say, say
from tracker.model.goal import Direction, Kind, Mode, Moving
from tracker.model.number import settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from tracker.assess.figures import Assessment
    from tracker.model.actual import Actual
    from tracker.model.goal import Goal, GoalsFile, Series

JUMP = 10.0
"""Two actuals in a row this many times apart are worth a second look."""
FRACTION_AT_MOST, PERCENT_AT_LEAST = 1.0, 10.0
"""A value of at most 1 beside values of 10 and more is probably a fraction typed into a % series."""
_ONE_DAY_KINDS = frozenset({Kind.LEVEL, Kind.RATIO, Kind.RANK, Kind.TOTAL})
_JUMPS_BELONG = frozenset({Kind.TOTAL, Kind.MILESTONE, Kind.RANK, Kind.GROWTH})


def oddities(
    file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], assessments: Sequence[Assessment], today: date, store: str
) -> list[Problem]:
    """Return the warnings about goals and actuals in force, goals first, actuals by line."""
    found = [*_of_goals(file, assessments, today), *_unused(file, actuals)]
    odd = [*_undeclared(file, actuals, store)]
    for name, lines in actuals.items():
        series = file.series.get(name)
        odd += _future(lines, today, store)
        if series is not None:
            odd += [*_values(series, lines, store), *_same_day(series, lines, store)]
    return [*found, *sorted(odd, key=lambda problem: problem.line or 0)]


def _warning(file: str, line: int | None, where: str, what: Say, advice: Say | None = None) -> Problem:
    return Problem(file, line, where, what, advice, warning=True)


def _of_goals(file: GoalsFile, assessments: Sequence[Assessment], today: date) -> Iterator[Problem]:
    for seen in assessments:
        goal, start, target = seen.goal, seen.baseline, seen.target
        near = _beside_a_fraction(seen)
        if near is not None:
            what = say(
                "the target {target} beside values near {value}: a fraction in a % series?",
                target=target.value if target else None, value=near,
            )  # fmt: skip
            yield _warning(file.file, goal.line, f"goals.{goal.id}.target", what, say("40.5 % is written 40.5"))
            continue
        is_bare = seen.actual is None and seen.recorded is None and goal.repeat is None and goal.parts is None
        if is_bare and goal.due and goal.due.end < today:
            what = say("due {due} is past and nothing is recorded", due=goal.due)
            advice = say(
                "`tracker record {series} VALUE --period {due}`; or is the year mistyped?",
                series=goal.series or next(iter(goal.sum), ""),
                due=goal.due,
            )
            yield _warning(file.file, goal.line, f"goals.{goal.id}.due", what, advice)
        if start is None or start.value is None or goal.parts is not None or goal.repeat is not None:
            continue
        where = f"goals.{goal.id}"
        given = goal.baseline.value if goal.baseline else None
        link = factor(start.period.end, seen.breaks) if seen.breaks else 1.0
        if given is not None and settled(given * link) != settled(start.value):
            what = say(
                "the baseline is given as {given}, but {recorded} is recorded for {period}",
                given=given, recorded=settled(start.value / link), period=start.period,
            )  # fmt: skip
            yield _warning(file.file, goal.line, f"{where}.baseline", what, say("the recorded value holds"))
        if target is None or target.value is None or target.low is not None or seen.kind is Kind.MILESTONE:
            continue
        sign = 1 if goal.direction is Direction.UP else -1
        aim = reference_at(seen.common, start.period.end) if target.form == "series" else target.value
        if aim is None or start.implied or goal.mode is Mode.KEEP:
            continue
        if sign * (start.value - aim) > 0:
            what = say("the baseline {start} already lies beyond the target {target}", start=start.value, target=aim)
            other = "down" if sign > 0 else "up"
            yield _warning(file.file, goal.line, where, what, say('is direction = "{other}" meant?', other=other))


def _beside_a_fraction(seen: Assessment) -> float | None:
    """Return the value that shows the target of a % series to be typed as a fraction; None where it probably is not."""
    target = seen.target
    if target is None or target.value is None or target.form != "number" or not _may_be_mistyped(seen.unit, seen.kind):
        return None
    near = seen.actual.value if seen.actual else seen.baseline.value if seen.baseline else None
    is_small = 0 < target.value <= FRACTION_AT_MOST
    return near if is_small and near is not None and near >= PERCENT_AT_LEAST else None


def _may_be_mistyped(unit: str | None, kind: Kind | None) -> bool:
    """Tell whether a value of at most 1 is odd beside larger ones: in any % series but the rates, which swing so."""
    return unit == "%" and kind is not Kind.GROWTH


def _used(file: GoalsFile) -> set[str]:
    used: set[str] = set()
    for goal in file.goals:
        used |= {*_series_of(goal)}
    return used | {series.level for series in file.series.values() if series.level}


def _series_of(goal: Goal) -> Iterator[str]:
    if goal.series is not None:
        yield goal.series
    yield from goal.sum
    targets = [goal.target, *(revision.target for revision in goal.revisions)]
    yield from (target.series for target in targets if isinstance(target, Moving))


def _unused(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> Iterator[Problem]:
    used = _used(file)
    for name, series in file.series.items():
        if series.declared and name not in used and name not in actuals and not series.context:
            what = say("no goal uses this series and no actual is recorded for it")
            advice = say("`context = true` says that it is there to be read")
            yield _warning(file.file, series.line, f"series.{name}", what, advice)


def _undeclared(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]], store: str) -> Iterator[Problem]:
    used = _used(file)
    for name, lines in actuals.items():
        if name not in used and (name not in file.series or not file.series[name].declared):
            what = say("the goals file declares no such series")
            yield _warning(store, lines[0].line, name, what, say("[series.{name}] declares it", name=name))


def _future(lines: Sequence[Actual], today: date, store: str) -> Iterator[Problem]:
    for actual in lines:
        if actual.period.end > today:
            what = say("{period} ends on {day}, which is still to come", period=actual.period, day=actual.period.end)
            yield _warning(store, actual.line, actual.series, what)


def _values(series: Series, lines: Sequence[Actual], store: str) -> Iterator[Problem]:
    usual = median(actual.value for actual in lines if actual.value is not None) if lines else 0.0
    suspects = set()
    if _may_be_mistyped(series.unit, series.kind) and usual >= PERCENT_AT_LEAST:
        for actual in lines:
            if actual.value is not None and 0 < actual.value <= FRACTION_AT_MOST:
                suspects.add(actual.period)
                what = say(
                    "{value} for {period} beside values near {usual}: a fraction in a % series?",
                    value=actual.value, period=actual.period, usual=usual,
                )  # fmt: skip
                yield _warning(store, actual.line, actual.series, what, say("40.5 % is written 40.5"))
    if series.kind in _JUMPS_BELONG:
        return
    for before, after in _neighbours(series, lines):
        if any(before.period.end < each.on <= after.period.end for each in series.breaks):
            continue  # measured otherwise from there on
        if before.value and after.value and not {before.period, after.period} & suspects:
            ratio = after.value / before.value
            if ratio >= JUMP or 0 < ratio <= 1 / JUMP:
                what = say(
                    "{value} for {period} after {old} for {before}: a jump of ten times or more",
                    value=after.value, period=after.period, old=before.value, before=before.period,
                )  # fmt: skip
                yield _warning(store, after.line, after.series, what)


def _neighbours(series: Series, lines: Sequence[Actual]) -> Iterator[tuple[Actual, Actual]]:
    """Yield the actuals to compare: each with the one before, cumulated ones with the same part of the year before."""
    if series.kind is not Kind.YTD:
        yield from pairwise(lines)
        return
    by_day = {(actual.period.end.year, actual.period.end.month): actual for actual in lines}
    for (year, month), actual in by_day.items():
        before = by_day.get((year - 1, month))
        if before is not None:
            yield before, actual


def _same_day(series: Series, lines: Sequence[Actual], store: str) -> Iterator[Problem]:
    if series.kind not in _ONE_DAY_KINDS:
        return
    for coarse, fine in pairwise(lines):
        if coarse.period.end == fine.period.end and coarse.value != fine.value:
            what = say(
                "{coarse} and {fine} end on the same day with different values, {one} and {other}",
                coarse=coarse.period, fine=fine.period, one=coarse.value, other=fine.value,
            )  # fmt: skip
            yield _warning(store, fine.line, fine.series, what, say("{fine} holds, the finer period", fine=fine.period))
