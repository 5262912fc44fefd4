"""Workbooks under fuzzing: bytes choose what stands in the cells, or which parts of the packed file are mangled."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook

from fuzz import tables
from fuzz.plans import Bytes
from tracker.errors import InvalidFile
from tracker.intake.goalsheet import sheet_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

LABELS = (
    "指标",
    "地区生产总值",
    "城镇化率(%)",
    "gdp",
    "rate",
    "people",
    "a",
    "注：①年末数",
    "单位：亿元",
    "series",
    "period",
    "value",
)
CELLS: Sequence[object] = (
    5, 0.405, -3, 1e300, 1e-300, 123456789012345678, "1,000", "44%", "12.5万", "868.9①", "—", "", " ", None, True,
    "=1+1", time(1, 2),
    "=SUM(B2:B3)", "#DIV/0!", "2024", 2024, "2024年", "2024年1-6月", date(2024, 6, 30), datetime(2024, 1, 1),  # noqa: DTZ001
    timedelta(days=2), "\u202e1", "<b>", "&amp;", "_x000D_", "x" * 5000, "'5", date(1900, 3, 1), date(9999, 12, 31),
)  # fmt: skip
FORMATS = (
    "General", "0%", "0.00%", '0.0"亿元"', "#,##0,", "yyyy", 'yyyy"年"m"月"', "@", "[Red]0;[Blue]-0", "0E+00", '"', "[",
    ";;;", "General;General", "0\\%", "[$¥-804]0", "%%0",
)  # fmt: skip


def made(choose: Bytes) -> bytes:
    """Return a workbook of chosen cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    width, height = 1 + choose.number() % 5, 1 + choose.number() % 6
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            cell = sheet.cell(row, column)
            offered: Sequence[object] = CELLS
            if row == 1 or column == 1:
                offered = (*LABELS, "2023年", "2024年", 2024, "2024-Q1") if choose.number() % 8 else CELLS
            cell.value = offered[choose.number() % len(offered)]  # type: ignore[assignment]
            if choose.number() % 4 == 0:
                cell.number_format = choose.one(FORMATS)
    if choose.number() % 4 == 0:
        sheet.merge_cells(
            start_row=1, start_column=1, end_row=1 + choose.number() % 3, end_column=1 + choose.number() % 3
        )
    if choose.number() % 8 == 0:
        book.create_sheet("另一个").append(["series", "period", "value"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def mangled(data: bytes, choose: Bytes) -> bytes:
    """Return a workbook with a part changed, cut short or left out, or with other bytes in the packed file."""
    if choose.number() % 4 == 0:
        found = bytearray(data)
        for _ in range(1 + choose.number() % 4):
            found[(choose.number() * 256 + choose.number()) % len(found)] = choose.number()
        return bytes(found)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = choose.one(sorted(parts))
    at, content = (choose.number() * 256 + choose.number()) % (len(parts[name]) + 1), parts[name]
    put = choose.one(("", "<", "&#0;", "99999999999", "\x00", '"', "<!DOCTYPE a>", "-1", "é", 'r="A0"', "NaN", "<c/>"))
    match choose.number() % 4:
        case 0:
            parts[name] = content[:at]
        case 1:
            del parts[name]
        case _:
            parts[name] = content[:at] + put.encode() + content[at + choose.number() % 20 :]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return out.getvalue()


def workbook(data: bytes) -> bool:
    """Read the workbook that the bytes choose; one in two is mangled."""
    choose = Bytes(data)
    is_mangled = choose.number() % 2
    content = made(choose)
    content = mangled(content, choose) if is_mangled else content
    with suppress(InvalidFile):
        sheet_rows(content, "plan.xlsx")
    return tables.workbook(content)
