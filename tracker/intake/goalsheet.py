"""The rows of a table of goals as texts, from a text file of any usual encoding or a workbook."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from tracker.errors import InvalidFile, Problem, WrongUsage, say

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORKBOOK = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "gb18030")
_SEPARATORS = ("\t", ",", ";", "，")


def sheet_rows(data: bytes, file: str) -> list[list[str]]:
    """Return the rows of a table, each cell as people see it; of a workbook those of its first sheet.

    Raises:
        InvalidFile: the bytes are no table.
        WrongUsage: reading a workbook needs a package that is not installed.
    """
    return _workbook(data, file) if data.startswith(_WORKBOOK) else _text_rows(_decoded(data, file), file)


def _decoded(data: bytes, file: str) -> str:
    encodings = ("utf-16",) if data.startswith(_UTF16) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    what = say("neither a workbook (.xlsx) nor text in UTF-8, UTF-16 or GB18030")
    raise InvalidFile([Problem(file, None, None, what)])


def _text_rows(text: str, file: str) -> list[list[str]]:
    separator = max(_SEPARATORS, key=text.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise InvalidFile([Problem(file, None, None, say("no table: {reason}", reason=str(error)))]) from None
    return [[cell.strip() for cell in row] for row in rows]


def _workbook(data: bytes, file: str) -> list[list[str]]:
    try:
        from openpyxl import load_workbook
    except ModuleNotFoundError as error:
        what = say("reading a workbook needs {package}, which is not installed", package="openpyxl")
        from tracker.extras import advice

        raise WrongUsage(what, advice("excel")) from error
    import warnings

    from tracker.intake.zipparts import checked

    whole = checked(data, file).data
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what does not matter here
            sheet: Any = load_workbook(BytesIO(whole), data_only=True).active
            rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows()]
    except Exception as error:  # noqa: BLE001  whatever a damaged workbook makes of the library
        reason = f"{type(error).__name__}: {error}"
        raise InvalidFile([Problem(file, None, None, say("no workbook: {reason}", reason=reason))]) from None
    return _unmerged(rows, (area.bounds for area in sheet.merged_cells.ranges))


def _cell(cell: Any) -> str:  # noqa: ANN401  openpyxl's own type
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).removesuffix(" 00:00:00").strip()
    if "%" in (cell.number_format or ""):
        return f"{value * 100:.12g}%"
    return f"{value:.15g}"


def _unmerged(rows: list[list[str]], areas: Iterable[tuple[int, int, int, int]]) -> list[list[str]]:
    """Return rows in which every cell down a merged column says what the first does: a group over its goals."""
    for left, top, _right, bottom in areas:
        for row in range(top, bottom):
            rows[row][left - 1] = rows[top - 1][left - 1]
    return rows
