"""A table on a terminal or a pipe, laid out by rich: colours, Chinese widths, columns by priority."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from tracker.assess.figures import Status
from tracker.render.glyphs import Glyphs, drawn, said
from tracker.render.plain import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.views.table import Cell, Column, Row, Table

COLOURS = {
    Status.ACHIEVED: "green",
    Status.ON_TRACK: "green",
    Status.AT_RISK: "yellow",
    Status.OFF_TRACK: "red",
    Status.MISSED: "bold red",
    Status.AWAITING: "cyan",
    Status.OVERDUE: "magenta",
    Status.OPEN: "blue",
    Status.TOO_FEW: "bright_black",
    Status.NO_DATA: "bright_black",
}
NARROWEST_NAME = 16
BETWEEN = 2
"""Blank cells between two columns."""


class Screen(NamedTuple):
    """Where a table goes: `width` None is a pipe, where nothing is ever cut or left out."""

    glyphs: Glyphs
    width: int | None
    colour: bool


def table_text(table: Table, screen: Screen) -> str:
    """Return a table as text; columns that do not fit go by priority, and names fold, but no number is cut."""
    lines = [[_text(cell, row, column, screen) for cell, column in zip(row.cells, table.columns, strict=True)]
             for row in table.rows]  # fmt: skip
    widths = [
        max([cell_len(shown(said(column.title, screen.glyphs))), *(cell_len(line[place].plain) for line in lines)])
        for place, column in enumerate(table.columns)
    ]
    kept = _fitting(table.columns, widths, screen.width)
    grid = Grid(box=None, padding=(0, BETWEEN, 0, 0), pad_edge=False, header_style="bold" if screen.colour else "")
    for place in kept:
        column = table.columns[place]
        grid.add_column(
            Text(said(column.title, screen.glyphs)),
            justify="right" if column.right else "left",
            no_wrap=not column.folds,
            overflow="fold",
            min_width=None if column.folds else widths[place],
        )
    group = None
    for row, line in zip(table.rows, lines, strict=True):
        if row.group != group and row.depth == 0:
            group = row.group
            if group:
                heading = Text(shown(group), style="bold" if screen.colour else "")
                grid.add_row(*([heading] if heading.cell_len <= widths[0] else ["", heading]))
        grid.add_row(*(line[place] for place in kept))
    out = StringIO()
    console = _console(screen, out, sum(widths) + BETWEEN * len(widths) + 1)
    if table.title:
        console.print(Text(shown(said(table.title, screen.glyphs)), style="bold" if screen.colour else ""))
        for text in table.lead:
            console.print(Text(shown(said(text, screen.glyphs))))
        console.print()
    console.print(grid)
    for note in table.notes:
        console.print(Text(shown(said(note, screen.glyphs)), style="dim" if screen.colour else ""))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _fitting(columns: Sequence[Column], widths: Sequence[int], width: int | None) -> list[int]:
    """Return the places of the columns that fit, the most important ones first asked."""
    if width is None:
        return list(range(len(columns)))
    room = width
    kept = []
    for place in sorted(range(len(columns)), key=lambda place: columns[place].priority):
        need = min(widths[place], NARROWEST_NAME) if columns[place].folds else widths[place]
        if columns[place].priority == 0 or need + BETWEEN <= room:
            kept.append(place)
            room -= need + BETWEEN
    return sorted(kept)


def _text(cell: Cell, row: Row, column: Column, screen: Screen) -> Text:
    text = shown(said(cell.text, screen.glyphs))
    style = "dim" if cell.dim else ""
    if cell.status is not None:
        text, style = f"{screen.glyphs.status[cell.status]} {text}", COLOURS[cell.status]
    elif cell.bar is not None:
        text = f"{drawn(cell.bar, screen.glyphs)} {text}"
    elif column.folds and row.depth:
        text = "  " * (row.depth - 1) + screen.glyphs.branch + text
    return Text(text, style=style if screen.colour else "")


def _console(screen: Screen, out: StringIO, natural: int) -> Console:
    return Console(
        file=out,
        width=natural if screen.width is None else screen.width,
        color_system="standard" if screen.colour else None,
        force_terminal=screen.colour,
        no_color=not screen.colour,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=screen.width is None,
    )
