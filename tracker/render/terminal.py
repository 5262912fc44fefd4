"""A table on a terminal or a pipe: rich colours it and knows how wide Chinese is, columns go by priority."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.assess.figures import Status
from tracker.render.fitting import BETWEEN, Piece, fitted
from tracker.render.folding import folded
from tracker.render.glyphs import Glyphs, drawn, said, sparked
from tracker.render.plain import shown
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.render.fitting import Fitted
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
INDENT = " " * 4
"""Before what stands under its line."""


class Screen(NamedTuple):
    """Where a table goes: `width` None is a pipe, where nothing is ever cut or left out."""

    glyphs: Glyphs
    width: int | None
    colour: bool


def table_text(table: Table, screen: Screen) -> str:
    """Return a table as text; columns that do not fit go by priority, and names fold, but no number is cut."""
    titles = [_title(shown(said(column.title, screen.glyphs))) for column in table.columns]
    rows = [_pieces(row, table.columns, screen.glyphs) for row in table.rows]
    fit = fitted(table.columns, [titles, *rows], screen.width)
    lines = [*_opening(table, screen)]
    lines += _laid(titles, table.columns, fit, screen)
    group = None
    for row, pieces in zip(table.rows, rows, strict=True):
        if row.group != group and row.depth == 0:
            group = row.group
            if group:
                lines += [[Piece(part, "bold")] for part in _fold(shown(group), screen)]
        lines += _laid(pieces, table.columns, fit, screen)
    lines += [[Piece(part, "dim")] for note in table.notes for part in _fold(shown(said(note, screen.glyphs)), screen)]
    return _written(lines, screen)


def _opening(table: Table, screen: Screen) -> Iterator[list[Piece]]:
    for text, style in [(table.title, "bold"), *((lead, "") for lead in table.lead)]:
        if text:
            yield from ([Piece(part, style)] for part in _fold(shown(said(text, screen.glyphs)), screen))
    if table.title and table.columns:
        yield []


def _title(text: str) -> Piece:
    before, blank, after = text.rpartition(" ")
    return Piece(text, "bold", (before, after) if blank else ())


def _fold(text: str, screen: Screen) -> list[str]:
    return [text] if screen.width is None else folded(text, screen.width)


def _pieces(row: Row, columns: Sequence[Column], glyphs: Glyphs) -> list[Piece]:
    return [_piece(cell, row, column, glyphs) for cell, column in zip(row.cells, columns, strict=True)]


def _piece(cell: Cell, row: Row, column: Column, glyphs: Glyphs) -> Piece:
    text = shown(said(cell.text, glyphs))
    if cell.status is not None:
        return Piece(text, COLOURS[cell.status], sign=f"{glyphs.status[cell.status]} ")
    if cell.spark:
        text = sparked(cell.spark, glyphs)
    elif cell.bar is not None:
        bar = drawn(cell.bar, glyphs)
        return Piece(f"{bar} {text}", "dim" if cell.dim else "", (bar, text))
    elif column.folds and not column.priority and row.depth:  # the name, not what is said of it
        text = "  " * (row.depth - 1) + glyphs.branch + text
    return Piece(text, "dim" if cell.dim else "", tuple(shown(said(line, glyphs)) for line in cell.lines))


def _laid(pieces: Sequence[Piece], columns: Sequence[Column], fit: Fitted, screen: Screen) -> Iterator[list[Piece]]:
    """Yield the lines of a row: every cell folded into its column and padded to its width."""
    parts = {place: pieces[place].within(width, folds=columns[place].folds) for place, width in fit.widths.items()}
    for number in range(max((len(part) for part in parts.values()), default=0)):
        line = []
        for place, width in fit.widths.items():
            text = parts[place][number] if number < len(parts[place]) else ""
            blank = " " * max(0, width - cell_len(text))
            text = blank + text if columns[place].right else text + blank
            line += [Piece(text, pieces[place].style), Piece(" " * BETWEEN)]
        yield line
    if fit.below is not None and pieces[fit.below].text and screen.width is not None:
        below = pieces[fit.below]
        yield from ([Piece(INDENT + part, below.style)] for part in folded(below.text, screen.width - len(INDENT)))


def _written(lines: Sequence[Sequence[Piece]], screen: Screen) -> str:
    if not screen.colour:
        return "".join("".join(piece.text for piece in line).rstrip() + "\n" for line in lines)
    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(file=out, width=10_000, color_system="standard", force_terminal=True, highlight=False)
    for line in lines:
        text = Text.assemble(*((piece.text, piece.style) for piece in line))
        text.rstrip()
        console.print(text, soft_wrap=True)
    return out.getvalue()
