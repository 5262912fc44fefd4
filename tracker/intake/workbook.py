"""Sheets of .xlsx and .xls as grids of what their cells show; formulas are never computed."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from tracker.errors import WrongUsage, say
from tracker.intake.grid import Grid
from tracker.intake.numberformat import look, shown_date, shown_number
from tracker.intake.oldfonts import has_raised_font
from tracker.intake.sources import refuse
from tracker.intake.unseen import Unseen
from tracker.intake.values import Refused
from tracker.intake.zipparts import checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.sources import Asked, Watch

VERY_LARGE = 4 * 2**20
"""Bytes of a sheet's XML from which the fast reader is used, if nothing in the workbook needs the careful one."""

_ZIP = b"PK"
_CALAMINE, _OPENPYXL = "python-calamine", "openpyxl"
_TOLD_EVERY = 1000
_DIGITS = re.compile(r"\s*[-+−－]?\s*\d[\d.,' ]*")


def workbook_grids(data: bytes, file: str, asked: Asked, watch: Watch) -> list[Grid]:
    """Return the sheets that are asked for, else every visible one and the names of the hidden ones.

    An .xlsx is read by openpyxl, which knows number formats and formulas. One that is very large is read by calamine,
    ten times faster, if neither matters in it. An .xls is always read by calamine, which has no number formats:
    its 40.5% is a bare 0.405, and asked about as such; where it has raised characters, a number that was written as
    text is refused, as nobody tells which of its digits is a note. Raises `InvalidFile` and `WrongUsage`.
    """
    if data.startswith(_ZIP):
        parts = checked(data, file)
        book = _calamine(parts.data, file)
        names = _chosen(book, file, asked)
        if parts.sheet_bytes < VERY_LARGE or parts.formulas or not _formats_are_plain(parts.data, file):
            found = _careful(parts.data, file, book, names, watch, formulas=parts.formulas)
        else:
            found = [_fast(book, file, name) for name in names]
        return [
            *(grid._replace(unseen=parts.unseen.get(name, Unseen())) for grid, name in zip(found, names, strict=True)),
            *_hidden(book, file, asked),
        ]
    book = _calamine(data, file)
    is_raised = has_raised_font(data)
    found = [_fast(book, file, name, is_raised=is_raised)._replace(unformatted=True)
             for name in _chosen(book, file, asked)]  # fmt: skip
    return [*found, *_hidden(book, file, asked)]


def _needs(module: str) -> WrongUsage:
    what = say("{module} is needed to read spreadsheets, and not installed", module=module)
    from tracker.extras import advice

    return WrongUsage(what, advice("excel"))


def _calamine(data: bytes, file: str) -> Any:  # noqa: ANN401  loaded late
    try:
        import python_calamine as calamine
    except ImportError:
        raise _needs(_CALAMINE) from None
    try:
        return calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except calamine.PasswordError:
        raise refuse(file, say("this workbook is protected by a password"), say("save it without one")) from None
    except calamine.CalamineError as error:
        raise _damaged(file, error) from None


def _openpyxl(data: bytes, file: str, *, values: bool) -> Any:  # noqa: ANN401  loaded late
    try:
        import openpyxl
    except ImportError:
        raise _needs(_OPENPYXL) from None
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions that do not matter here
        try:
            return openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=values, keep_links=False)
        except Exception as error:  # noqa: BLE001  it raises whatever the XML leads it to
            raise _damaged(file, error) from None


def _damaged(file: str, error: Exception) -> Exception:
    what = say("this workbook cannot be read: {reason}", reason=str(error) or type(error).__name__)
    return refuse(file, what, say("open it in a spreadsheet and save it again"))


def _chosen(book: Any, file: str, asked: Asked) -> list[str]:  # noqa: ANN401
    """Return the names of the sheets to read; one may also be named by its number from 1."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets]
    if not asked.sheets:
        return [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    result = []
    for text in asked.sheets:
        place = int(text) - 1 if text.isdecimal() and len(text) < 5 else -1  # noqa: PLR2004  no book has 10,000
        if text not in names and not 0 <= place < len(names):
            what = say('{file} has no sheet "{name}"', file=file, name=text)
            raise WrongUsage(what, say("its sheets are {names}", names=", ".join(names)))
        result.append(text if text in names else names[place])
    return result


def _hidden(book: Any, file: str, asked: Asked) -> list[Grid]:  # noqa: ANN401
    """Return the sheets that are hidden, unread, where none are asked for."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet and not asked.sheets]
    return [Grid(file, each.name, [], hidden=True) for each in sheets if each.visible != SheetVisibleEnum.Visible]


def _formats_are_plain(data: bytes, file: str) -> bool:
    """Tell whether no number format of a workbook changes what a number says, and no date shows less than a day."""
    book = _openpyxl(data, file, values=True)
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    custom = book._number_formats  # noqa: SLF001  read-only workbooks offer no other way to all formats at once
    for style in book._cell_styles:  # noqa: SLF001
        number = style.numFmtId
        form = custom[number - 164] if 0 <= number - 164 < len(custom) else BUILTIN_FORMATS.get(number, "General")
        if is_date_format(form):
            return False
        if not (look(form).is_plain and look(form, negative=True).is_plain):
            return False
    return True


def _sheet(book: Any, file: str, name: str) -> Any:  # noqa: ANN401
    import python_calamine as calamine

    try:
        return book.get_sheet_by_name(name)
    except calamine.CalamineError as error:
        raise _damaged(file, error) from None


def _fast(book: Any, file: str, name: str, *, is_raised: bool = False) -> Grid:  # noqa: ANN401
    sheet = _sheet(book, file, name)
    values = sheet.to_python(skip_empty_area=False)
    rows = [[_text(value) for value in row] for row in values]
    faults = {
        (number, place): _raised(value)
        for number, row in enumerate(values if is_raised else ())
        for place, value in enumerate(row)
        if isinstance(value, str) and _DIGITS.fullmatch(value)
    }
    return Grid(file, name, rows, merges=sheet.merged_cell_ranges or (), faults=faults)


def _raised(text: str) -> Refused:
    what = say('"{text}" is a text in an .xls with raised characters: its last digits may be a note', text=text[:60])
    return Refused(what, say("open it in a spreadsheet and save it as .xlsx"))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float | int) and not isinstance(value, bool):
        found = shown_number(value, "General")
        return found if isinstance(found, str) else ""
    return shown_date(value, None) if isinstance(value, date | time | timedelta) else str(value).lower()


def _careful(  # noqa: PLR0913
    data: bytes,
    file: str,
    book: Any,  # noqa: ANN401
    names: Sequence[str],
    watch: Watch,
    *,
    formulas: bool,
) -> list[Grid]:
    import warnings

    values = _openpyxl(data, file, values=True)
    written = _openpyxl(data, file, values=False) if formulas else None
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a date that is none is told as the error that its cell shows
        for name in names:
            try:
                grid = _shown(values[name], file, watch)
                if written is not None:
                    grid = _with_formulas(grid, written[name])
            except Exception as error:  # noqa: BLE001  it raises whatever the XML leads it to
                raise _damaged(file, error) from None
            found.append(grid._replace(merges=_sheet(book, file, name).merged_cell_ranges or ()))
    return found


def _shown(sheet: Any, file: str, watch: Watch) -> Grid:  # noqa: ANN401
    total = sheet.max_row or 0
    sheet.reset_dimensions()
    rows: list[list[str]] = []
    faults: dict[tuple[int, int], Refused] = {}
    for row in sheet.iter_rows():
        texts: list[str] = []
        for cell in row:
            found = _cell(cell)
            if isinstance(found, Refused):
                faults[len(rows), len(texts)] = found
                found = str(cell.value)
            texts.append(found)
        rows.append(texts)
        if len(rows) % _TOLD_EVERY == 0:
            watch(len(rows), total)
    return Grid(file, sheet.title, rows, faults=faults)


def _cell(cell: Any) -> str | Refused:  # noqa: ANN401
    """Return what a cell shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            what = say("the cell shows the error {error}", error=value)
            return Refused(what, say("correct the formula and save the file again"))
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return shown_number(value, cell.number_format)
    return shown_date(value, cell.number_format)


def _with_formulas(grid: Grid, sheet: Any) -> Grid:  # noqa: ANN401
    """Return a grid in which formulas that were never computed are faults, not blank cells."""
    sheet.reset_dimensions()
    faults = dict(grid.faults)
    for number, row in enumerate(sheet.iter_rows()):
        for place, cell in enumerate(row):
            if cell.data_type == "f" and not grid.rows[number][place]:
                what = say("the formula {formula} was never computed", formula=str(cell.value)[:60])
                advice = say("open the file in a spreadsheet and save it: that computes it")
                faults[number, place] = Refused(what, advice)
    return grid._replace(faults=faults)
