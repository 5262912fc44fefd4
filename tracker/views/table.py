"""Columns and rows as data: what every format lays out in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tracker.assess.figures import Status


class Bar(NamedTuple):
    """Progress against time: both fractions, None where not known; `text` says the same in numbers."""

    fill: float | None
    mark: float | None


class Cell(NamedTuple):
    """One place of a table.

    `text` is the whole content in words; `status` colours it and gives it a glyph; `bar` is drawn before the
    text where the format can draw, `spark` (values, oldest first) instead of it; `dim` is said quietly.
    """

    text: str = ""
    status: Status | None = None
    bar: Bar | None = None
    dim: bool = False
    spark: tuple[float, ...] = ()


class Column(NamedTuple):
    """A column: its key, its title in words, and how soon it goes where space is short (0: never)."""

    key: str
    title: str
    right: bool = False
    priority: int = 0
    folds: bool = False


class Row(NamedTuple):
    """A row of cells, one for each column; `depth` is how deep it lies in the tree of composites."""

    cells: tuple[Cell, ...]
    group: str | None = None
    depth: int = 0


class Table(NamedTuple):
    """A table; `lead` is running text under its title, `notes` stand below it; rows of one `group` stand together."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str | None = None
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
