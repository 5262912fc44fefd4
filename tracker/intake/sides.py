"""The columns beside the values of a wide table: labels, units, plans or actuals, and what says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.footnotes import speaks_of_values
from tracker.intake.found import is_label
from tracker.intake.headings import role
from tracker.intake.units import is_unit
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.across import Heading
    from tracker.intake.grid import Field

_NO_LABELS = frozenset({"number", "note", "source", "url"})


class Beside(NamedTuple):
    """The columns beside the values: those of labels, of units, of plans or actuals, and those that say nothing.

    `remarks` are columns of remarks that say of values how firm they are, or that they are plans.
    `unit_rows` lie under values as columns of units lie beside them, in a table that runs down.
    """

    labels: tuple[int, ...]
    units: tuple[int, ...]
    unused: tuple[int, ...]
    scenario: int | None = None
    unit_rows: tuple[int, ...] = ()
    remarks: tuple[int, ...] = ()

    def unit(self, field: Field, row: int, column: int, first: int) -> str:
        """Return the unit that stands beside or under a value, "" where none does; `first` is the first period."""
        beside = _nearest(self.units, column, first)
        under = _nearest(self.unit_rows, row, 0)
        own = field.heading(row, beside).strip() if beside is not None else ""
        return own or (field.heading(under, column).strip() if under is not None else "")


def _nearest(lines: Sequence[int], at: int, first: int) -> int | None:
    """Return the line of units that holds for a value: the next one after it, where none stands before all values.

    指标, 2023, 单位, 2024, 单位 has each unit behind its value; 指标, 单位, 2023, 单位, 2024 before it.
    """
    before = [line for line in lines if line < at]
    after = [line for line in lines if line > at]
    if before and (lines[0] < first or not after):
        return before[-1]
    return after[0] if after else None


def columns_beside(field: Field, head: Heading, top: int, values: Sequence[int], end: int | None) -> Beside:
    """Return what stands beside the values, up to the column `end` where another table begins."""
    labels, unused, units, remarks, scenario = [], [], list[int](), [], None
    start, right = min(head.periods), max(head.periods) + 1
    width = max((len(field.rows[row]) for row in values), default=0) if end is None else end
    for column in (*range(start), *(each for each in range(start, max(width, right)) if each not in head.periods)):
        at = field.heading if column < start else field.at  # a merged label holds for each of its rows
        texts = [text for row in values if (text := at(row, column).strip())]
        roles = _roles(field, column, range(top, values[0] if values else top))
        is_label_column = column < start and not roles & _NO_LABELS and any(map(is_label, texts))
        if _holds_units(texts, roles) and not (column < start and units):
            units.append(column)
        elif texts and "scenario" in roles:
            scenario = column
        elif "note" in roles and any(speaks_of_values(text, of_one_period=len(head.periods) == 1) for text in texts):
            remarks.append(column)
        elif is_label_column:
            labels.append(column)
        elif texts:
            unused.append(column)
    return Beside(tuple(labels), tuple(units), tuple(unused), scenario, remarks=tuple(remarks))


def _roles(field: Field, column: int, rows: range) -> set[str | None]:
    return {role(field.heading(row, column)) for row in rows}


def _holds_units(texts: Sequence[str], roles: set[str | None]) -> bool:
    return bool(texts) and ("unit" in roles or all(map(is_unit, texts)))
