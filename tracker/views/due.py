"""What should have been recorded by now and what comes next, as a table for people and as records for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.views.cells import cell, counted
from tracker.views.jsonvalues import Json, heading
from tracker.views.status import clocks
from tracker.views.table import NONE, Cell, Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assess.wanted import Wanted
    from tracker.model.actual import View
    from tracker.model.goal import GoalsFile, Series, Span
    from tracker.wording.words import Words

SCHEMA = "tracker/due/1"
FIELDS = (
    "series", "name", "goals", "owners", "latest.period", "latest.on", "step.months", "step.days", "late.first",
    "late.last", "late.periods", "late.by", "late.days", "next.period", "next.by", "next.days", "late.runs",
)  # fmt: skip
"""The columns of CSV."""
COUNT = {"late.periods": "count"}
"""What a column has another name for than JSON."""


def due_table(found: Sequence[Wanted], file: GoalsFile, view: View, words: Words) -> Table:
    """Return the series that goals wait for, the most late first."""
    columns = (
        Column("series", words.text("Series"), folds=True),
        Column("late", words.text("Late")),
        Column("days", words.text("Days late"), right=True, priority=1),
        Column("next", words.text("Comes next"), priority=2),
        Column("owner", words.text("Owner"), folds=True, priority=3),
        Column("latest", words.text("Latest"), priority=4),
        Column("rhythm", words.text("Comes every"), priority=6),
        Column("goals", words.text("Goals"), folds=True, priority=5),
    )
    late = sum(one.late is not None for one in found)
    counted = words.text("{n} series is late", "{n} series are late", n=late)
    title = " · ".join([*([file.title] if file.title else []), *clocks(view, words), counted])
    return Table(columns, tuple(_row(one, file.series[one.series], words) for one in found), title=title)


def _row(one: Wanted, series: Series, words: Words) -> Row:
    late, coming = one.late, one.coming
    missing = NONE
    if late is not None:
        missing = Cell(", ".join(str(run) if run.periods == 1 else f"{run} ({run.periods})" for run in late.runs))
    following = NONE
    if coming is not None:
        following = Cell(words.text("{period}, by {day}", period=coming.period, day=coming.by))
    latest = Cell(one.latest.text) if one.latest else Cell(words.text("never recorded"), dim=True)
    name = series.name if series.name == one.series else f"{series.name} ({one.series})"
    return Row(
        (
            Cell(name),
            missing,
            NONE if late is None else cell(late.days, words),
            following,
            Cell(", ".join(one.owners)) if one.owners else NONE,
            latest,
            NONE if one.step is None else _span(one.step, words),
            Cell(", ".join(one.goals)),
        )
    )


def _span(step: Span, words: Words) -> Cell:
    if step.months:
        return counted(step.months, words.text("{n} month", "{n} months", n=step.months))
    return counted(step.days, words.text("{n} day", "{n} days", n=step.days))


def due_record(found: Sequence[Wanted], file: GoalsFile, view: View) -> dict[str, Json]:
    """Return what `tracker due --json` prints."""
    return {
        **heading(SCHEMA, view, file.file),
        "title": file.title,
        "late": sum(one.late is not None for one in found),
        "series": [series_record(one, file.series) for one in found],
    }


def series_record(one: Wanted, series: Mapping[str, Series]) -> dict[str, Json]:
    """Return one series as a record; `latest`, `step`, `late` and `next` are null where there is none."""
    late, coming, step = one.late, one.coming, one.step
    return {
        "series": one.series,
        "name": series[one.series].name,
        "goals": list(one.goals),
        "owners": list(one.owners),
        "latest": None if one.latest is None else {"period": one.latest.text, "on": one.latest.end.isoformat()},
        "step": None if step is None else {"months": step.months, "days": step.days},
        "late": None
        if late is None
        else {
            "first": late.runs[0].first.text,
            "last": late.runs[-1].last.text,
            "count": late.periods,
            "by": late.by.isoformat(),
            "days": late.days,
            "runs": [{"first": run.first.text, "last": run.last.text, "count": run.periods} for run in late.runs],
        },
        "next": None
        if coming is None
        else {"period": coming.period.text, "by": coming.by.isoformat(), "days": coming.days},
    }


def due_row(one: Wanted, series: Mapping[str, Series]) -> list[Json]:
    """Return one series as a row of CSV, its columns being `FIELDS`."""
    record = series_record(one, series)
    row: list[Json] = []
    for field in FIELDS:
        key, _dot, inner = field.partition(".")
        inner, value = COUNT.get(field, inner), record[key]
        row.append(value.get(inner) if inner and isinstance(value, dict) else None if inner else value)
    return row
