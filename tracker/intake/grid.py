"""A foreign table as it lies in its file: rows of texts with the places they came from, before it means anything."""

from __future__ import annotations

import re
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from tracker.errors import WrongUsage, say
from tracker.intake.unseen import Unseen
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tracker.intake.values import Refused

    Place = tuple[int, int]
    Block = tuple[Place, Place]

_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_MOST_MERGED = 1_000_000
_LETTERS = 26


class Grid(NamedTuple):
    """The cells of a sheet, or of a text file, as people see them.

    Places are (row, column) from 0. `merges` are the first and last places of merged cells; `faults` are cells that
    cannot be used as they are; `top` and `left` are how far a part of a sheet lies from its corner. `lines` gives the
    line of text on which each row begins, `keys` the names of columns that have names instead of letters (JSON).
    `about` is what else a reader must know, such as the encoding; a `hidden` sheet is named and not read;
    of an `unformatted` one nobody knows how its numbers were shown, so that 0.405 may have been 40.5%. The rows and
    columns that are `unseen` are read as all others, and named.
    """

    file: str
    sheet: str | None
    rows: list[list[str]]
    about: str | None = None
    merges: Sequence[Block] = ()
    faults: Mapping[Place, Refused] = {}
    top: int = 0
    left: int = 0
    lines: Sequence[int] | None = None
    keys: Sequence[str] | None = None
    hidden: bool = False
    unformatted: bool = False
    unseen: Unseen = Unseen()

    def name(self, row: int, column: int) -> str:
        """Return what people call a cell: 表1!B7, B7, or [6].value in JSON."""
        if self.keys is not None:
            return f"[{row + self.top}]" + (f".{self.keys[column]}" if column < len(self.keys) else "")
        cell = f"{letters(column + self.left)}{row + self.top + 1}"
        return f"{self.sheet}!{cell}" if self.sheet is not None else cell

    def area(self, first: Place, last: Place) -> str:
        """Return what people call a block of cells."""
        if self.keys is not None:
            return f"[{first[0] + self.top}]–[{last[0] + self.top}]"
        start = f"{letters(first[1] + self.left)}{first[0] + self.top + 1}"
        return f"{start}:{letters(last[1] + self.left)}{last[0] + self.top + 1}"

    def unseen_among(self, places: Iterable[Place]) -> tuple[str, ...]:
        """Return what people call the hidden rows and columns that any of some cells lie in, runs of them as 5–7."""
        cells = set(places) if any(self.unseen) else set()
        rows = self.unseen.rows & {row + self.top for row, _ in cells}
        columns = self.unseen.columns & {column + self.left for _, column in cells}
        return (*_runs(rows, lambda row: str(row + 1)), *_runs(columns, letters))

    def line(self, row: int) -> int | None:
        """Return the line of text on which a row begins, None where there are no lines."""
        return self.lines[row] if self.lines is not None and row < len(self.lines) else None


def _runs(numbers: Iterable[int], name: Callable[[int], str]) -> Iterator[str]:
    """Yield the names of numbers in order, those that follow each other as one."""
    # what stands at its own place among the sorted is as far from it as the one before, in a run
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        first, *others = (number for _, number in run)
        yield f"{name(first)}–{name(others[-1])}" if others else name(first)


def letters(column: int) -> str:
    """Return the letters of a column counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        text = chr(ord("A") + rest) + text
    return text


def _number(text: str) -> int:
    number = 0
    for letter in text.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def cropped(grid: Grid, text: str) -> Grid:
    """Return the part of a grid that a range such as B3:H20 names; raises `WrongUsage` where it is none."""
    found = _RANGE.fullmatch(text.strip())
    if found is None or found[2] == "0":
        raise WrongUsage(say('--range: "{text}" is not a range', text=text), say("write it such as B3:H20"))
    top, left = int(found[2]) - 1, _number(found[1])
    bottom, right = (int(found[4]), _number(found[3]) + 1) if found[3] else (len(grid.rows), _number("ZZZ"))

    return part(grid, range(top, bottom), range(left, right))


def part(grid: Grid, rows: range, columns: range) -> Grid:
    """Return some rows and columns of a grid; its cells keep their names."""

    def moved(place: Place) -> Place:
        return place[0] - rows.start, place[1] - columns.start

    def inside(place: Place) -> bool:
        return place[0] in rows and place[1] in columns

    return grid._replace(
        rows=[row[columns.start : columns.stop] for row in grid.rows[rows.start : rows.stop]],
        merges=[(moved(first), moved(last)) for first, last in grid.merges if inside(first)],
        faults={moved(place): why for place, why in grid.faults.items() if inside(place)},
        top=grid.top + rows.start,
        left=grid.left + columns.start,
        lines=grid.lines[rows.start : rows.stop] if grid.lines is not None else None,
        keys=grid.keys[columns.start : columns.stop] if grid.keys is not None else None,
    )


class Field(NamedTuple):
    """A grid seen so that periods lie across: turned by its diagonal where they run down.

    `owners` gives, for each cell of a merged block but the first, the place of the first, which has the text.
    """

    grid: Grid
    rows: Sequence[Sequence[str]]
    owners: Mapping[Place, Place]
    turned: bool = False

    def at(self, row: int, column: int) -> str:
        """Return the text of one cell, "" beyond the end."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def heading(self, row: int, column: int) -> str:
        """Return the text that a cell shows, that of the whole block where it is merged."""
        return self.at(*self.owners.get((row, column), (row, column)))

    def place(self, row: int, column: int) -> Place:
        """Return the place in the grid as it lies in its file."""
        return (column, row) if self.turned else (row, column)

    def name(self, row: int, column: int) -> str:
        """Return what people call a cell."""
        return self.grid.name(*self.place(row, column))


def field(grid: Grid) -> Field:
    """Return a grid as it lies."""
    owners: dict[Place, Place] = {}
    width = max(map(len, grid.rows), default=0)
    for first, last in grid.merges:
        rows = range(first[0], min(last[0] + 1, len(grid.rows)))
        columns = range(first[1], min(last[1] + 1, width))
        if len(owners) + len(rows) * len(columns) > _MOST_MERGED:
            break
        owners.update({(r, c): first for r in rows for c in columns if (r, c) != first})
    return Field(grid, grid.rows, owners)


def turned(upright: Field) -> Field:
    """Return the same with rows and columns exchanged."""
    owners = {(c, r): (b, a) for (r, c), (a, b) in upright.owners.items()}
    rows = list(zip_longest(*upright.rows, fillvalue=""))
    return Field(upright.grid, rows, owners, turned=not upright.turned)
