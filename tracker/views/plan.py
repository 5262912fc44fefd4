"""A plan: the coming periods as a table for people, as a record and as rows for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.views.cells import cell
from tracker.views.jsonvalues import Json, day, plain, raw
from tracker.views.table import NONE, Cell, Column, Row, Table
from tracker.wording.quantity import Amount, Rate, Share
from tracker.wording.reason import target_value
from tracker.wording.terms import STATUS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.compare.needed import Needed, Plan
    from tracker.wording.words import Words

SCHEMA = "tracker/plan/1"
PERIOD_KEYS = ("period", "on", "needed", "planned", "amount", "total", "reference", "over")
"""The keys of a coming period, in order."""


def plan_table(plan: Plan, words: Words) -> Table:
    """Return the coming periods with what each needs, under a line that says from where to where."""
    seen = plan.seen
    title = " · ".join(part for part in (seen.goal.id, seen.goal.name, words(STATUS[seen.status])) if part)
    if plan.why is not None:
        return Table((), (), title=title, lead=(words(plan.why),))
    columns = [Column("period", words.text("Period")), Column("needed", words.text("Needed"), right=True)]
    shown = [("planned", words.text("Planned path"), 1), ("amount", words.text("Amount"), 3)]
    shown += [("total", words.text("Sum of the year"), 2), ("reference", words.text("Target then"), 2)]
    used = [one for one in shown if _tells_more(plan.rows, one[0])]
    columns += [Column(key, title_, right=True, priority=priority) for key, title_, priority in used]
    rows = tuple(_row(row, [key for key, _title, _priority in used], plan, words) for row in plan.rows)
    notes = tuple(words(note) for note in plan.notes)
    return Table(tuple(columns), rows, title=title, lead=(_lead(plan, words),), notes=notes)


def _tells_more(rows: Sequence[Needed], key: str) -> bool:
    """Tell whether a column says anything; an amount or a sum that is itself recorded stands as needed already."""
    values = [(getattr(row, key), row.needed) for row in rows]
    return any(value is not None and (key in {"planned", "reference"} or value != needed) for value, needed in values)


def _row(row: Needed, keys: Sequence[str], plan: Plan, words: Words) -> Row:
    values = [getattr(row, key) for key in ("needed", *keys)]
    cells = [NONE if value is None else cell(Amount(value, plan.seen.unit), words) for value in values]
    period = words.text("{period} (over)", period=row.period) if row.over else row.period.text
    return Row((Cell(period), *cells))


def _lead(plan: Plan, words: Words) -> str:
    seen = plan.seen
    growth = seen.growth
    aim = seen.target.value if seen.target else None
    actual = Amount(seen.actual.value, seen.unit, aim) if seen.actual else None
    way = say(
        "From {actual} in {period} to {target} by {due}",
        actual=actual,
        period=seen.actual.period if seen.actual else None,
        target=target_value(seen),
        due=seen.goal.due,
    )
    if growth is None or growth.required is None or growth.unit == "%/year":
        return words.text("{way}.", way=way)
    if seen.year is not None:
        text = say(
            "{way}: the rest of the year must be {required} above last year's.",
            way=way,
            required=Share(growth.required),
        )
        return words(text)
    required = Rate(growth.required, growth.unit)
    return words.text("{way}: growth of {required} is needed.", way=way, required=required)


def plan_record(plan: Plan, head: dict[str, Json], words: Words) -> dict[str, Json]:
    """Return what `tracker plan --json` prints, after its `head`."""
    seen, growth = plan.seen, plan.seen.growth
    actual = seen.actual
    return {
        **head,
        "goal": seen.goal.id,
        "name": seen.goal.name,
        "unit": seen.unit,
        "status": seen.status.value,
        "actual": None
        if actual is None
        else {"period": actual.period.text, "on": day(actual.on), "value": raw(actual.value)},
        "target": None if seen.target is None else raw(seen.target.value),
        "due": day(seen.due),
        "required": None if growth is None else {"value": plain(growth.required), "unit": growth.unit},
        "reason": None if plan.why is None else words(plan.why),
        "periods": [_period(row) for row in plan.rows],
        "seasons": list(plan.years),
        "notes": [words(note) for note in plan.notes],
    }


def _period(row: Needed) -> dict[str, Json]:
    values: tuple[Json, ...] = (
        row.period.text,
        day(row.period.end),
        *(plain(value) for value in (row.needed, row.planned, row.amount, row.total, row.reference)),
        row.over,
    )
    return dict(zip(PERIOD_KEYS, values, strict=True))


def plan_rows(plan: Plan) -> list[list[Json]]:
    """Return a row for each coming period, the goal's id first."""
    return [[plan.seen.goal.id, *_period(row).values()] for row in plan.rows]
