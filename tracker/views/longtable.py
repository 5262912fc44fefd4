"""Long tables, one value a row: the recorded lines in the store's own columns, and every figure of every goal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.errors import Say, say
from tracker.views import fields
from tracker.views.cells import pattern
from tracker.views.jsonvalues import day, heading, moment, raw
from tracker.views.table import NONE, Cell, Column, Row, Table
from tracker.wording.quantity import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.model.actual import Actual, View
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

    Line = Mapping[str, Json]
    """One row of a long table, by its columns."""

ACTUALS_SCHEMA, FIGURES_SCHEMA = "tracker/actuals/1", "tracker/figures/1"
ACTUAL_KEYS = ("series", "period", "value", "quality", "published", "source", "url", "note", "recorded_at")
FIGURE_KEYS = ("goal", "name", "group", "owner", "status", "figure", "value", "unit", "period")

TITLES: Mapping[str, Say] = {
    "series": say("Series"),
    "period": say("Period"),
    "value": say("Value"),
    "quality": say("Quality"),
    "published": say("Published"),
    "source": say("Source"),
    "url": say("Address"),
    "note": say("Note"),
    "recorded_at": say("Recorded"),
    "goal": say("Id"),
    "figure": say("Figure"),
}
"""What people call the columns of a long table that are no fields of a goal."""

_DAYS = frozenset({"actual.age_days", "today.left"})
_SHARES = frozenset({"pace", "verdict.ratio"})
_AT_BASELINE = frozenset({"baseline.value"})
_AT_DUE = ("target.", "projected.", "growth.planned", "growth.required", "today.", "chance")
_NO_FIGURE = frozenset({"today.unit", "growth.unit"})


def actual_lines(lines: Sequence[Actual]) -> Iterator[dict[str, Json]]:
    """Yield recorded lines in the columns a store writes, so that they can be recorded again as they are."""
    for line in lines:
        told: tuple[Json, ...] = (
            line.series, line.period.text, raw(line.value), line.quality.value, day(line.published),
            line.source, line.url, line.note, moment(line.recorded_at),
        )  # fmt: skip
        yield dict(zip(ACTUAL_KEYS, told, strict=True))


def figure_lines(seen: Assessment, flat: fields.Flat) -> Iterator[dict[str, Json]]:
    """Yield every figure that a goal has, with its unit and the period it is of; what there is not is no row."""
    goal = seen.goal
    for name, value in flat.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or name.startswith(fields.FREE):
            continue
        told = (goal.id, goal.name, goal.group, goal.owner, seen.status.value)
        yield dict(zip(FIGURE_KEYS, (*told, name, value, _unit(name, flat), _period(name, seen)), strict=True))


def _unit(name: str, flat: fields.Flat) -> Json:
    unit = flat.get("unit")
    match fields.holds(name):
        case fields.Is.AMOUNT:
            return unit
        case fields.Is.POINTS:
            return "pp" if unit == "%" else unit
        case fields.Is.SHARE | fields.Is.CHANCE:
            return "fraction"
        case fields.Is.RATE:
            return flat.get("today.unit" if name == "today.required" else "growth.unit")
        case _:
            return "day" if name in _DAYS else "fraction" if name in _SHARES else None


def _period(name: str, seen: Assessment) -> str | None:
    if name in _AT_BASELINE:
        return seen.baseline.period.text if seen.baseline else None
    if name.startswith(_AT_DUE):
        return seen.goal.due.text if seen.goal.due else day(seen.due)
    return seen.actual.period.text if seen.actual else None


def title(key: str, words: Words) -> str:
    """Return what people call a column of a long table."""
    return words(TITLES[key]) if key in TITLES else fields.title(key, words)


def long_table(keys: Sequence[str], lines: Sequence[tuple[Line, str | None]], words: Words) -> Table:
    """Return rows as a table for people and for a workbook, each with the heading it stands under."""
    columns = tuple(
        Column(key, title(key, words), right=key == "value", priority=place, folds=key in {"source", "note", "name"})
        for place, key in enumerate(keys)
    )
    rows = tuple(Row(tuple(_cell(key, line.get(key), words) for key in keys), under) for line, under in lines)
    return Table(columns, rows)


def _cell(key: str, value: Json, words: Words) -> Cell:
    if value is None:
        return NONE
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(number(value), value=value, pattern=pattern(value))
    if key == "status":
        return Cell(fields.term(key, value, words), status=Status(str(value)))
    if key == "published":
        return Cell(str(value), value=date.fromisoformat(str(value)))
    return Cell(fields.term("actual.quality" if key == "quality" else key, value, words))


def actuals_record(lines: Sequence[Line], store: str) -> dict[str, Json]:
    """Return what `tracker export --json` prints."""
    return {"schema": ACTUALS_SCHEMA, "actuals": store, "lines": [dict(line) for line in lines]}


def figures_record(lines: Sequence[Line], view: View, goals_file: str) -> dict[str, Json]:
    """Return what `tracker export --figures --json` prints."""
    return {**heading(FIGURES_SCHEMA, view, goals_file), "figures": [dict(line) for line in lines]}


def series_of(seen: Sequence[Assessment]) -> set[str]:
    """Return every series that goals are measured by or compared with."""
    found: set[str] = set()
    for one in seen:
        found |= {*one.goal.sum, *([one.goal.series] if one.goal.series else [])}
        if one.target is not None and one.target.series is not None:
            found.add(one.target.series)
    return found
