"""Ranks that are computed: the place of a series among all series of its panel, period by period."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.model.actual import Actual, Quality
from tracker.model.goal import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def with_ranks(file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> dict[str, Sequence[Actual]]:
    """Return the actuals with those of every series that is a rank; what was typed for such a series does not count.

    The first place is that of the highest value, or of the lowest where the goals of the panel want less. Equal values
    share the better place. A period counts once its member and at least one other have a value for it.
    """
    result = dict(actuals)
    for name, series in file.series.items():
        if series.rank_of is not None:
            result[name] = _ranks(series, file, actuals)
    return result


def _ranks(series: Series, file: GoalsFile, actuals: Mapping[str, Sequence[Actual]]) -> list[Actual]:
    head, tail = (re.escape(part) for part in _PLACE.split(series.rank_of or "", maxsplit=1))
    fits = re.compile(f"{head}[^/]+{tail}")
    panel = {name: lines for name, lines in actuals.items() if fits.fullmatch(name)}
    down = _wants_less(file, fits)
    by_period: dict[str, list[Actual]] = {}
    for lines in panel.values():
        for line in lines:
            by_period.setdefault(line.period.text, []).append(line)
    own = panel.get(member_of(series), ())
    return [_rank(series, line, by_period[line.period.text], down=down) for line in own
            if len(by_period[line.period.text]) > 1]  # fmt: skip


def _wants_less(file: GoalsFile, fits: re.Pattern[str]) -> bool:
    directions = {goal.direction for goal in file.goals if goal.series is not None and fits.fullmatch(goal.series)}
    return directions == {Direction.DOWN}


def _rank(series: Series, own: Actual, rivals: Sequence[Actual], *, down: bool) -> Actual:
    values = [line.value for line in rivals if line.value is not None]
    value = own.value or 0.0
    place = 1 + sum(other < value if down else other > value for other in values)
    soft = any(line.quality is not Quality.FINAL for line in rivals)
    days = [line.published for line in rivals if line.published is not None]
    moments = [line.recorded_at for line in rivals if line.recorded_at is not None]
    return Actual(
        series.id,
        own.period,
        float(place),
        Quality.PROVISIONAL if soft else Quality.FINAL,
        max(days, default=None),
        own.source,
        own.url,
        recorded_at=max(moments, default=None),
        position=own.position,
        line=own.line,
    )
