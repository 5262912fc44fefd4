"""The recorded lines as a table for people and as records for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.views.cells import cell
from tracker.views.jsonvalues import day, moment, raw
from tracker.views.table import NONE, Cell, Column, Row, Table
from tracker.wording.quantity import Exact
from tracker.wording.terms import QUALITY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.model.actual import Actual
    from tracker.model.goal import Series
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

SCHEMA = "tracker/log/1"
LINE_KEYS = (
    "line", "series", "period", "value", "quality", "published", "source", "url", "note", "recorded_at", "holds",
)  # fmt: skip
"""The keys of a recorded line, in order."""

Marked = tuple["Actual", bool]
"""A recorded line, and whether it is the one that holds for its period."""


def line_record(line: Actual, holds: bool) -> dict[str, Json]:  # noqa: FBT001  one of the fields
    """Return a recorded line as a record; `holds` is whether it is in force."""
    return {
        "line": line.line or line.position,
        "series": line.series,
        "period": line.period.text,
        "value": raw(line.value),
        "quality": line.quality.value,
        "published": day(line.published),
        "source": line.source,
        "url": line.url,
        "note": line.note,
        "recorded_at": moment(line.recorded_at),
        "holds": holds,
    }


def log_record(lines: Sequence[Marked], store: str) -> dict[str, Json]:
    """Return what `tracker log --json` prints."""
    return {"schema": SCHEMA, "actuals": store, "lines": [line_record(*one) for one in lines]}


def log_table(lines: Sequence[Marked], series: Mapping[str, Series], words: Words) -> Table:
    """Return the recorded lines as a table, in the order of writing."""
    columns = (
        Column("line", words.text("Line"), right=True, priority=6),
        Column("series", words.text("Series"), folds=True),
        Column("period", words.text("Period")),
        Column("value", words.text("Value"), right=True),
        Column("holds", words.text("Holds"), priority=1),
        Column("quality", words.text("Quality"), priority=2),
        Column("published", words.text("Published"), priority=4),
        Column("recorded_at", words.text("Recorded"), priority=3),
        Column("source", words.text("Source"), priority=5),
    )
    rows = tuple(_row(line, holds, series.get(line.series), words) for line, holds in lines)
    return Table(columns, rows, title=words.text("{n} recorded line", "{n} recorded lines", n=len(rows)))


def _row(line: Actual, holds: bool, series: Series | None, words: Words) -> Row:  # noqa: FBT001  one of the fields
    unit = series.unit if series else None
    cells = (
        cell(line.line or line.position, words),
        Cell(line.series),
        Cell(line.period.text),
        NONE if line.value is None else cell(Exact(line.value, unit), words),
        Cell(words.text("yes") if holds else words.text("no")),
        Cell(words(QUALITY[line.quality])),
        cell(line.published, words),
        cell(line.recorded_at, words),
        Cell(line.source or "–"),
    )
    return Row(tuple(one._replace(dim=not holds) for one in cells))
