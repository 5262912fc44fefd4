"""Ranks that are computed: the place of a series among all series of its panel, period by period."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tracker.assess.history import points_of, time_of
from tracker.model.actual import Actual, Quality
from tracker.model.goal import Direction, Kind
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from tracker.model.goal import GoalsFile, Series

_PLACE = re.compile(r"\{[^{}]*\}")


def member_of(series: Series) -> str:
    """Return the member of a panel whose rank a series is: the last part of its id stands for the place in braces.

    >>> from tracker.model.goal import Series
    >>> member_of(Series("rank/zhaoyang", "", rank_of="urbanization/{county}"))
    'urbanization/zhaoyang'
    """
    last = series.id.rpartition("/")[2]
    return _PLACE.sub(lambda _found: last, series.rank_of or "")


_Time = tuple["date", "date"]
"""What two values share that have a place beside each other: the last day, or the span of an amount."""


class _Field(NamedTuple):
    """What a panel has for one time: its values from the lowest, and when they were known.

    `soft`: one of them is not final.
    """

    values: Sequence[float]
    soft: bool
    published: date | None
    recorded_at: datetime | None


class _Panel(NamedTuple):
    """The lines of a panel by member, and what it has for each time; `down`: the lowest value is the first."""

    members: Mapping[str, Mapping[_Time, Actual]]
    fields: Mapping[_Time, _Field]
    down: bool


def with_ranks(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> dict[str, Sequence[Actual]]:
    """Return the actuals with those of every series that is a rank; what was typed for such a series does not count.

    The first place is that of the highest value, or of the lowest where the goals of the panel want less. Equal values
    share the better place. A period counts once its member and at least one other have a value for it. The
    values of one last day belong together, amounts only those of one span.
    """
    ranked = [name for name, series in file.series.items() if series.rank_of is not None]
    return {**actuals, **ranks(ranked, file, actuals)}


def ranks(names: Iterable[str], file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> dict[str, list[Actual]]:
    """Return the actuals of some series that are ranks, as `with_ranks` has them."""
    panels: dict[str | None, _Panel] = {}
    result: dict[str, list[Actual]] = {}
    for name in names:
        series = file.series[name]
        if series.rank_of not in panels:
            panels[series.rank_of] = _panel(series, file, actuals)
        result[name] = _ranks(series, panels[series.rank_of])
    return result


def ranks_by(member: str, file: GoalsFile) -> set[str]:
    """Return the series that are a rank in a panel that another series is a member of: it may decide each of them."""
    ranked = ((name, series) for name, series in file.series.items() if series.rank_of is not None)
    return {name for name, series in ranked if members_of(series).fullmatch(member)}


def members_of(series: Series) -> re.Pattern[str]:
    """Return what fits the ids of all series that a rank is computed among."""
    head, tail = (re.escape(part) for part in _PLACE.split(series.rank_of or "", maxsplit=1))
    return re.compile(f"{head}[^/]+{tail}")


def _panel(series: Series, file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> _Panel:
    fits = members_of(series)
    members = {
        name: _at_each_time(lines, file.series[name].kind if name in file.series else Kind.LEVEL)
        for name, lines in actuals.items()
        if fits.fullmatch(name)
    }
    by_time: dict[_Time, list[Actual]] = {}
    for member in members.values():
        for time, line in member.items():
            by_time.setdefault(time, []).append(line)
    fields = {time: _field(lines) for time, lines in by_time.items()}
    return _Panel(members, fields, _wants_less(file, fits))


def _at_each_time(lines: Sequence[Actual], kind: Kind) -> dict[_Time, Actual]:
    """Return the line of a member that counts at each time, as its history has one for it."""
    return {time_of(point.period, kind): point.actual for point in points_of(lines, kind) if point.actual is not None}


def _field(lines: Sequence[Actual]) -> _Field:
    days = [line.published for line in lines if line.published is not None]
    moments = [line.recorded_at for line in lines if line.recorded_at is not None]
    return _Field(
        sorted(line.value for line in lines if line.value is not None),
        any(line.quality is not Quality.FINAL for line in lines),
        max(days, default=None),
        max(moments, default=None),
    )


def _ranks(series: Series, panel: _Panel) -> list[Actual]:
    return [
        _rank(series, line, field, down=panel.down)
        for time, line in panel.members.get(member_of(series), {}).items()
        if len((field := panel.fields[time]).values) > 1
    ]


def _wants_less(file: GoalsFile, fits: re.Pattern[str]) -> bool:
    directions = {goal.direction for goal in file.goals if goal.series is not None and fits.fullmatch(goal.series)}
    return directions == {Direction.DOWN}


def _rank(series: Series, own: Actual, field: _Field, *, down: bool) -> Actual:
    value = own.value or 0.0
    better = bisect_left(field.values, value) if down else len(field.values) - bisect_right(field.values, value)
    return Actual(
        series.id,
        own.period,
        1.0 + better,
        Quality.PROVISIONAL if field.soft else Quality.FINAL,
        field.published,
        own.source,
        own.url,
        recorded_at=field.recorded_at,
        position=own.position,
        line=own.line,
    )
