"""CSV and TSV as spreadsheets write them: the separator is found, blank lines keep their place."""

from __future__ import annotations

import csv
from io import BytesIO, TextIOWrapper

from tracker.errors import say
from tracker.intake.grid import Grid
from tracker.intake.sources import refuse

_SEPARATORS = ",\t;|，"
_LOOKED_AT = 65536
_FAULTS = {
    "unexpected end of data": say("a quote is opened and never closed"),
    "field larger than field limit (131072)": say("a cell is longer than 131,072 characters"),
}


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
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        what = _FAULTS.get(str(error), say("this is not CSV: {reason}", reason=str(error)))
        advice = say('a cell with a comma or a quote in it is written "like ""this"" one"')
        raise refuse(file, what, advice, line) from None
    return Grid(file, None, rows, lines=lines)


def _separator(start: str, file: str) -> str:
    """Return what stands between cells: a tab in .tsv, else whatever is there most often outside quotes."""
    if file.lower().endswith(".tsv"):
        return "\t"
    plain = "".join(start.split('"')[::2])
    counts = {mark: plain.count(mark) for mark in _SEPARATORS}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] else ","
