"""Rows as CSV or TSV, with the fields of the JSON records, flattened with dots."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOM = "\ufeff"
_RUN = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, full width as well."""


def csv_text(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",", excel: bool = False
) -> str:
    r"""Return rows as text: numbers in full, null as an empty cell, lists and tables as JSON.

    `excel` is for a spreadsheet: it begins with the mark by which Excel knows UTF-8, and a text that the program would
    run as a formula has an apostrophe in front of it; numbers, also negative ones, stay numbers.

    >>> csv_text(["name", "gap"], [["=1+1", -2.5]], excel=True)
    "\ufeffname,gap\n'=1+1,-2.5\n"
    """
    out = StringIO()
    # a cell is quoted for the characters of the line end only, so that is both while it is written
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    lines = []
    for row in [header, *rows]:
        writer.writerow([_harmless(value) if excel else _cell(value) for value in row])
        lines.append(out.getvalue().removesuffix("\r\n") + "\n")
        out.seek(0)
        out.truncate()
    return (BOM if excel else "") + "".join(lines)


def _harmless(value: object) -> str:
    text = _cell(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_RUN) else text


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False) if value else ""
        case _:
            return str(value)
