"""Columns and rows as data: what every format lays out in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.figures import Status


class Bar(NamedTuple):
    """Progress against time: both fractions, None where not known; `text` says the same in numbers."""

    fill: float | None
    mark: float | None


class Cell(NamedTuple):
    """One place of a table.

    `text` is the whole content in words; `status` colours it and gives it a glyph; `bar` is drawn before the
    text where the format can draw, `spark` (values, oldest first) instead of it; `dim` is said quietly. `value` is the
    number or day behind the text, for a format that holds such; `pattern` shows it as a spreadsheet writes it, such as
    0.0% or #,##0.00. `lines` is the text in two lines, for where space is short; the first of a bar is the bar itself.
    """

    text: str = ""
    status: Status | None = None
    bar: Bar | None = None
    dim: bool = False
    value: float | date | None = None
    pattern: str | None = None
    spark: tuple[float, ...] = ()
    lines: tuple[str, ...] = ()


NONE = Cell("–", dim=True)
"""There is no such thing here; never 0."""


class Column(NamedTuple):
    """A column: its key, its title in words, and how soon it goes where space is short (0: never).

    One that `folds` is a name or a sentence. One that `wraps` is a short text: it is folded, into that many cells at
    the least, only where one of its kind would go otherwise (0: never).
    """

    key: str
    title: str
    right: bool = False
    priority: int = 0
    folds: bool = False
    wraps: int = 0


class Row(NamedTuple):
    """A row of cells, one for each column; `depth` is how deep it lies in the tree of composites."""

    cells: tuple[Cell, ...]
    group: str | None = None
    depth: int = 0


class Table(NamedTuple):
    """A table; `lead` is running text under its title, `notes` stand below it; rows of one `group` stand together.

    Without columns it is its title and its lead alone.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str | None = None
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
