"""CSV and TSV as spreadsheets write them: the separator is found, blank lines keep their place."""

from __future__ import annotations

import csv
import re
from io import BytesIO, TextIOWrapper

from tracker.errors import say
from tracker.intake.grid import Grid
from tracker.intake.sources import refuse
from tracker.intake.values import Refused

_SEPARATORS = ",\t;|，"
_LOOKED_AT = 65536
_LONGEST_SHOWN = 60
_QUOTED = say('a cell with a comma or a quote in it is written "like ""this"" one"')
_FAULTS = {
    "unexpected end of data": (say("a quote is opened and never closed"), _QUOTED),
    "field larger than field limit (131072)": (
        say("a cell is longer than 131,072 characters"),
        say("is this a table? Take that cell out, or close a quote that is open before it"),
    ),
}
_BY_COMMA = ";"
"""What spreadsheets write between cells where a comma goes before decimals, and a point between thousands."""
_AS_TEXT = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")
"""An apostrophe that keeps a spreadsheet from taking a text for a formula, as `--excel` writes it: no part of it."""
_EITHER = re.compile(r"\s*[-+]?\s*([1-9][0-9]{0,2})\.([0-9]{3})(?![0-9.,])")
_POINT = re.compile(r"\s*[-+]?(?:0?\.[0-9]+|(?!(?:19|20|21)[0-9]{2}\.)[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,}))\s*%?\s*")


def delimited_grid(text: str, file: str) -> Grid:
    """Return the rows of a text table; raises `InvalidFile` where it is none."""
    separator = _separator(text[:_LOOKED_AT], file)
    # a StringIO would take four bytes for each character
    stream = TextIOWrapper(BytesIO(text.encode(errors="surrogatepass")), "utf-8", "surrogatepass", newline="")
    reader = csv.reader(stream, delimiter=separator, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for row in reader:
            rows.append([text[1:] if _AS_TEXT.match(text) else text for text in row])
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        what, advice = _FAULTS.get(str(error), (say("this is not CSV: {reason}", reason=str(error)), _QUOTED))
        raise refuse(file, what, advice, line) from None
    return Grid(file, None, rows, lines=lines, faults=_ambiguous(rows) if separator == _BY_COMMA else {})


def _ambiguous(rows: list[list[str]]) -> dict[tuple[int, int], Refused]:
    """Return the cells in which a point may stand before decimals or between thousands: 1.800.

    They are clear where another cell has a point that can only stand before decimals, such as 2.5.
    """
    if any(_POINT.fullmatch(text) for row in rows for text in row if "." in text):
        return {}
    found = {}
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            number = _EITHER.match(text) if "." in text else None
            if number is not None:
                found[place, column] = Refused(
                    say('"{text}" in a table with ; between cells: {thousands} or {decimal}?',
                        text=text.strip()[:_LONGEST_SHOWN], thousands=number[1] + number[2],
                        decimal=f"{number[1]}.{number[2]}".rstrip("0").rstrip(".")),
                    say("write it without a point, or with another number of decimals"),
                )  # fmt: skip
    return found


def _separator(start: str, file: str) -> str:
    """Return what stands between cells: a tab in .tsv, else whatever is there most often outside quotes."""
    if file.lower().endswith(".tsv"):
        return "\t"
    plain = "".join(start.split('"')[::2])
    counts = {mark: plain.count(mark) for mark in _SEPARATORS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","
