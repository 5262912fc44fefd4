"""A whole ledger that goes by in the order of writing, some lines at a time, none of them left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.stores import statements
from tracker.stores.mapped import UNORDERED
from tracker.stores.sqlrows import actuals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.actual import Actual
    from tracker.stores.sqlstore import Engine
    from tracker.stores.statements import Source

BATCH = 20_000
"""Lines that are in memory at a time."""


def passing(engine: Engine, source: Source, after: int | None) -> Iterator[list[Actual]]:
    """Yield all lines in the order of writing, or those behind a position; without one also places below 1.

    Lines of one place, which only tables of somebody else have, come in one batch and in the same order every time.
    """
    if source.fields["position"] == UNORDERED:
        # a place is counted out in the order that the lines themselves give
        lines = sorted(_lines(engine, source, None, None), key=_written)
        if lines[after or 0 :]:
            yield [line._replace(position=place) for place, line in enumerate(lines, 1)][after or 0 :]
        return
    most: int | None = BATCH
    while True:
        batch = _lines(engine, source, after, most)
        is_last = most is None or len(batch) < most
        if not is_last:
            last = batch[-1].position  # of its lines some may lie behind the batch: they come with the next one
            while batch and batch[-1].position == last:
                batch.pop()
            if not batch:  # more lines of one place than a batch holds
                most = None
                continue
        if len({line.position for line in batch}) < len(batch):
            batch.sort(key=lambda line: (line.position, *_written(line)))
        if batch:
            yield batch
        if is_last:
            return
        after = batch[-1].position


def _lines(engine: Engine, source: Source, after: int | None, most: int | None) -> list[Actual]:
    statement = statements.lines(source, engine.dialect, None, after, most)
    return actuals(engine.columns(statement.text, statement.bound), engine.name)


def _written(line: Actual) -> tuple[str, ...]:
    """Return what orders lines that have no place: when they were recorded and published, then all that they say."""
    day = line.published.isoformat() if line.published else ""
    moment = line.recorded_at.isoformat() if line.recorded_at else ""
    return (moment or day, day, line.series, line.period.start.isoformat(), *map(str, line[1:]))
