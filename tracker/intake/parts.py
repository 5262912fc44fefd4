"""A year in one column, or row, and its month or quarter in another: 2024 beside 9 is September 2024."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tracker.intake.headings import role
from tracker.intake.labels import plain_name
from tracker.intake.when import of_year, written

if TYPE_CHECKING:
    from tracker.intake.across import Heading
    from tracker.intake.grid import Field
    from tracker.intake.when import When

_QUARTERS = frozenset({"季度", "季", "quarter"})
_LOWEST = 60
"""Rows from the top in which the parts of a table's years are looked for."""


def in_part(year: str, part: str, over: str) -> When | str:
    """Return the stretch that a part of a year means under the heading `over`, or both as they are written.

    >>> in_part("2024年", "9", "月份")[:3], in_part("2024", "一季度", "季度")[:3]
    ((2024, 9, 9), (2024, 1, 3))
    >>> in_part("2024", "13", "月份")
    '2024 13'
    """
    whole = written(year)
    text = unicodedata.normalize("NFKC", part).strip()
    if not text:
        return year
    if text.isdecimal():
        text += "季度" if plain_name(over) in _QUARTERS else "月"
    when = written(text)
    if whole is None or not whole.is_year or when is None or when.year not in {None, whole.year}:
        return f"{year.strip()} {part.strip()}"
    return of_year(when, whole.year or 0)


def part_over(field: Field, row: int, head: Heading) -> str | None:
    """Return what a row is called that has a part of each year that stands over the values; None for other rows."""
    if row == head.row or row >= _LOWEST or not all(when.is_year for when in head.periods.values()):
        return None
    names = (field.at(row, column).strip() for column in range(min(head.periods)))
    return next((name for name in names if name and role(name) == "part"), None)


def in_parts(field: Field, head: Heading, column: int) -> When | str | None:
    """Return the period over a column whose part of a year stands in a row of its own; None where none does."""
    for row in range(min(_LOWEST, len(field.rows))):
        over = part_over(field, row, head)
        part = field.heading(row, column) if over is not None else ""
        if over is not None and part.strip():
            return in_part(str(head.periods[column].year), part, over)
    return None
