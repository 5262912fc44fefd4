"""A table in Markdown, for git and mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.render.glyphs import UNICODE, drawn, sparked
from tracker.render.plain import shown

if TYPE_CHECKING:
    from tracker.views.table import Cell, Row, Table

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|~&"})


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is written."""
    return shown(text).translate(_SPECIAL)


def markdown(table: Table) -> str:
    """Return a table in GitHub's Markdown: the title as a paragraph, group names as rows of their own."""
    lines = [line for text in (table.title, *table.lead) if text for line in (escaped(text), "")]
    if not table.columns:
        return "\n".join([*lines[:-1], ""])
    lines.append("| " + " | ".join(escaped(column.title) for column in table.columns) + " |")
    lines.append("| " + " | ".join("---:" if column.right else "---" for column in table.columns) + " |")
    group = None
    for row in table.rows:
        if row.group != group and row.depth == 0:
            group = row.group
            if group:
                lines.append(f"| **{escaped(group)}** |" + " |" * (len(table.columns) - 1))
        lines.append("| " + " | ".join(_cell(cell, row, place) for place, cell in enumerate(row.cells)) + " |")
    lines += ["", *(escaped(note) for note in table.notes)] if table.notes else []
    return "\n".join(lines) + "\n"


def _cell(cell: Cell, row: Row, place: int) -> str:
    text = escaped(cell.text)
    if cell.status is not None:
        return f"{UNICODE.status[cell.status]} {text}"
    if cell.spark:
        return sparked(cell.spark, UNICODE)
    if cell.bar is not None:
        return f"{drawn(cell.bar, UNICODE)} {text}"
    return "&nbsp;&nbsp;" * row.depth + ("└ " if row.depth else "") + text if place == 1 else text
