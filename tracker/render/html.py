"""Tables as one HTML page that needs nothing else: for a browser, a mail, or a paste into a document."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.render.glyphs import UNICODE, drawn
from tracker.render.plain import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.views.table import Cell, Column, Row, Table

_COLOURS = {
    Status.ACHIEVED: "#1a7f37",
    Status.ON_TRACK: "#1a7f37",
    Status.AT_RISK: "#9a6700",
    Status.OFF_TRACK: "#cf222e",
    Status.MISSED: "#a40e26",
    Status.AWAITING: "#0a6c74",
    Status.OVERDUE: "#8250df",
    Status.OPEN: "#0969da",
    Status.TOO_FEW: "#59636e",
    Status.NO_DATA: "#59636e",
}
"""Colours that can be read on white."""

_STYLE = """
body { font-family: system-ui, sans-serif; margin: 1.5em; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: bold; padding: 0.5em 0; }
th, td { text-align: left; vertical-align: top; padding: 0.25em 0.6em; border-bottom: 1px solid #d1d9e0; }
.right { text-align: right; white-space: nowrap; }
.quiet { color: #59636e; }
"""


def page(tables: Sequence[Table], language: str) -> str:
    """Return a whole page with the tables one below the other; every text in it is escaped."""
    title = next((table.title for table in tables if table.title), "tracker")
    body = "\n".join(line for table in tables for line in _table(table))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(shown(text))


def _table(table: Table) -> Iterator[str]:
    yield "<table>"
    if table.title or table.lead:
        lead = "".join(f"<br>{_text(line)}" for line in table.lead)
        yield f"<caption>{_text(table.title or '')}{lead}</caption>"
    heads = "".join(f'<th scope="col"{_class(column)}>{_text(column.title)}</th>' for column in table.columns)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    group = None
    for row in table.rows:
        if row.group != group and row.depth == 0:
            group = row.group
            if group:
                yield f'<tr><th scope="rowgroup" colspan="{len(table.columns)}">{_text(group)}</th></tr>'
        yield _row(row, table.columns)
    yield "</tbody>\n</table>"
    yield from (f"<p>{_text(note)}</p>" for note in table.notes)


def _class(column: Column, *, quiet: bool = False) -> str:
    names = " ".join([*(["right"] if column.right else []), *(["quiet"] if quiet else [])])
    return f' class="{names}"' if names else ""


def _row(row: Row, columns: Sequence[Column]) -> str:
    cells = zip(row.cells, columns, strict=True)
    return f"<tr>{''.join(_cell(cell, column, row.depth) for cell, column in cells)}</tr>"


def _cell(cell: Cell, column: Column, depth: int) -> str:
    text = _text(cell.text)
    style = ""
    if cell.status is not None:
        text, style = f"{UNICODE.status[cell.status]} {text}", f' style="color: {_COLOURS[cell.status]}"'
    elif cell.bar is not None:
        text = f"{drawn(cell.bar, UNICODE)} {text}"
    elif column.folds and not column.priority and depth:  # the name, not what is said of it
        style = f' style="padding-left: {0.6 + 1.2 * depth:.1f}em"'
    return f"<td{_class(column, quiet=cell.dim)}{style}>{text}</td>"
