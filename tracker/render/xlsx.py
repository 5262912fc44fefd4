"""Tables as an Excel workbook: real numbers and days, the header frozen, the statuses coloured."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from tracker.assess.figures import Status
from tracker.render.plain import shown
from tracker.views.table import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.views.table import Cell, Column, Table

FILLS = {
    Status.ACHIEVED: "C6EFCE",
    Status.ON_TRACK: "E2F0D9",
    Status.AT_RISK: "FFEB9C",
    Status.OFF_TRACK: "FFC7CE",
    Status.MISSED: "FF9C9C",
    Status.AWAITING: "DDEBF7",
    Status.OVERDUE: "E4DFEC",
    Status.OPEN: "D9E1F2",
    Status.TOO_FEW: "EDEDED",
    Status.NO_DATA: "EDEDED",
}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME = 28  # of the 31 characters of a sheet's name, as a second one of the same name is numbered
_WIDEST = 60
_DAY = "yyyy-mm-dd"
_BOLD, _ITALIC = Font(bold=True), Font(italic=True)


def workbook(tables: Sequence[Table], name: str) -> bytes:
    """Return a workbook with a sheet for each table; `name` is what a sheet without a title is called.

    A cell holds the number or day behind its text, else the text, which is never run as a formula.
    """
    book = Workbook()
    book.remove(book["Sheet"])
    for table in tables:
        # a summary makes no name for a sheet; a single table has the name of what was asked
        title = name if len(tables) == 1 or not table.title else table.title
        _fill(book.create_sheet(title=shown(title).translate(_FORBIDDEN)[:_LONGEST_NAME]), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table) -> None:
    line = 0
    for line, text in enumerate([*([table.title] if table.title else []), *table.lead], 1):
        _say(sheet, line, text, _BOLD if text == table.title else None)
    head = line = line + 1
    group = None
    for row in table.rows:
        if row.group != group and row.depth == 0:
            group = row.group
            if group:
                line += 1
                _say(sheet, line, group, _BOLD)
        line += 1
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
            _put(sheet, (line, place), cell, column, row.depth)
    if table.columns:
        _settle(sheet, table, head, line)
    for note in table.notes:
        line += 1
        _say(sheet, line, note, _ITALIC)


def _settle(sheet: Worksheet, table: Table, head: int, last: int) -> None:
    """Freeze what must stay in sight, let the rows be filtered, and give each column room."""
    sheet.freeze_panes = f"A{head + 1}"
    if not any(row.group for row in table.rows):  # a filter would tear headings from their rows
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{last}"
    for place, column in enumerate(table.columns):
        _say(sheet, head, column.title, _BOLD, place + 1)
        texts = [column.title, *(row.cells[place].text for row in table.rows)]
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(_WIDEST, 2 + max(map(_width, texts)))
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def _put(sheet: Worksheet, where: tuple[int, int], cell: Cell, column: Column, depth: int) -> None:
    """Write a cell: its number or day, else its text."""
    put = sheet.cell(*where)
    indent = depth if column.folds and not column.priority else 0
    if cell.text == NONE.text:
        return  # a blank cell is what a spreadsheet knows to be missing
    if cell.value is None:
        _say(sheet, where[0], cell.text, None, where[1])
        side = "right" if column.right else None
        put.alignment = Alignment(side, "top", wrap_text=_width(cell.text) > _WIDEST, indent=indent)
    else:
        put.value = cell.value
        put.number_format = shown(cell.pattern or ("General" if isinstance(cell.value, int | float) else _DAY))
        put.alignment = Alignment(vertical="top")
    if cell.status is not None:
        put.fill = PatternFill("solid", fgColor=FILLS[cell.status])


def _say(sheet: Worksheet, line: int, text: str, font: Font | None, place: int = 1) -> None:
    """Write a text, which is no formula whatever it begins with."""
    put = sheet.cell(line, place)
    if text:
        put.value = shown(text)
        put.data_type = "s"
    if font is not None:
        put.font = font
