"""What the lines of a database must keep among each other, asked of the engine; each line by itself is read anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.periods import parse_period
from tracker.stores.mapped import UNORDERED
from tracker.stores.statements import begun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from tracker.stores.sqlstore import Engine
    from tracker.stores.statements import Source

_MOST = 20
"""A table may be wrong from top to bottom: so many cases of each rule are told."""


def broken_rules(engine: Engine, source: Source) -> list[Say]:
    """Return what lines break: a series without name, a place that is there twice, days that are not of their period.

    In a table whose lines have no order, also periods of which two lines are of the same time: nothing says there
    which one holds.
    """
    return [*_nameless(engine, source), *_places(engine, source), *_days(engine, source)]


def _nameless(engine: Engine, source: Source) -> Iterator[Say]:
    name = source.fields["series"]
    ((count,),) = engine.rows(f"SELECT COUNT(*) FROM {source.relation} WHERE {name} IS NULL OR {name} = ''")
    if count:
        yield say("{n} line has no series", "{n} lines have no series", n=count)


def _places(engine: Engine, source: Source) -> Iterator[Say]:
    if source.fields["position"] != UNORDERED:
        place = source.fields["position"]
        several = f"GROUP BY {place} HAVING COUNT(*) > 1 ORDER BY 1 LIMIT {_MOST}"
        text = f"SELECT {place}, COUNT(*) FROM {source.relation} {several}"
        for position, count in engine.rows(text):
            yield say("{n} lines have the place {place}", n=count, place=position)
        return
    lines = begun(source, engine.dialect)
    day = engine.dialect.day_of.format("recorded_at")
    same = f"series, period, COALESCE(published, {day}), recorded_at"
    several = f"GROUP BY {same} HAVING COUNT(*) > 1 ORDER BY series, period LIMIT {_MOST}"
    text = f"{lines.text} SELECT series, period FROM lines {several}"
    for series, period in engine.rows(text, lines.bound):
        yield say(
            "{series} {period}: several lines are of the same time, and nothing says which one holds",
            series=series,
            period=period,
        )


def _days(engine: Engine, source: Source) -> Iterator[Say]:
    if source.periods is not None:  # they are worked out from the period itself
        return
    rows: list[Sequence[Any]] = engine.rows(f"SELECT DISTINCT period, starts, ends FROM {source.relation} ORDER BY 1")
    wrong = [row for row in rows if _is_other(*row)]
    for period, starts, ends in wrong[:_MOST]:
        yield say("{period} does not go from {start} to {end}", period=period, start=str(starts), end=str(ends))


def _is_other(text: str, starts: object, ends: object) -> bool:
    found = parse_period(text)
    return found is not None and (str(starts), str(ends)) != (found.start.isoformat(), found.end.isoformat())
