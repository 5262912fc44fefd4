"""From the bytes of a CSV ledger to its lines, or to every problem in it."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from io import BytesIO, TextIOWrapper
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import InvalidFile
from tracker.model.actual import Actual, Quality
from tracker.stores import cells
from tracker.stores.cells import READERS, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Row = list[str] | csv.Error

BOM = "\ufeff"
LINE_ENDS = ("\n", "\r")


class Ledger(NamedTuple):
    """What a CSV ledger holds.

    `columns` is empty where there is no header yet, `line_end` what ends a line of text, `ended` whether the last
    line has its end.
    """

    columns: tuple[str, ...]
    lines: list[Actual]
    line_end: str
    ended: bool


NOTHING = Ledger((), [], "\n", ended=True)
"""A ledger that is not there yet."""


def ledger(data: bytes, file: str) -> Ledger:
    """Return what the bytes of a CSV ledger hold; raises `InvalidFile` with every problem at once.

    UTF-8 with or without a byte order mark, columns by name in any order. `Actual.line` is the line of text on which
    a record begins; `file` is what problems call the ledger.
    """
    text, strange = _text(data)
    records = _records(text)
    line, header = next(records, (1, []))
    first, newline, _ = text.partition("\n")
    line_end = "\r\n" if newline and first.endswith("\r") else "\n" if newline or "\r" not in text else "\r"
    ended = text.endswith(LINE_ENDS)
    if isinstance(header, list) and not header:
        return Ledger((), [], line_end, ended or not text)
    columns = tuple(name.strip() for name in header) if isinstance(header, list) else ()
    if columns != tuple(READERS):
        _check_header(header, columns, data, file, line)
    lines, unread, last = _lines(records, columns, strange=strange, ended=ended)
    if unread:
        from tracker.stores.csvfaults import problems

        raise InvalidFile(problems(unread, columns, data, file, None if ended else last))
    return Ledger(columns, lines, line_end, ended)


def _text(data: bytes) -> tuple[str, bool]:
    """Return the text, and whether some of it is no text: bytes that are not UTF-8 stand in it as surrogates."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data.decode(errors="surrogateescape").removeprefix(BOM), True
    return text.removeprefix(BOM), "\0" in text


def _records(text: str) -> Iterator[tuple[int, Row]]:
    """Yield each record that is not blank with the line of text on which it begins."""
    # a StringIO would take four bytes for each character of a text that is mostly ASCII
    lines = TextIOWrapper(BytesIO(text.encode(errors="surrogatepass")), "utf-8", "surrogatepass", newline="")
    reader = csv.reader(lines, strict=True)
    while True:
        line = 1 + reader.line_num
        try:
            for row in reader:
                if row and (row[0] or any(row)):
                    yield line, row
                line = 1 + reader.line_num
        except csv.Error as error:
            yield line, error
        else:
            return


def _check_header(header: Row, columns: tuple[str, ...], data: bytes, file: str, line: int) -> None:
    from tracker.stores.csvfaults import header_problems

    wrong = header_problems(header, columns, data, file, line)
    if wrong:
        raise InvalidFile(wrong)


def _lines(
    records: Iterator[tuple[int, Row]], columns: tuple[str, ...], *, strange: bool, ended: bool
) -> tuple[list[Actual], list[tuple[int, Row]], int]:
    """Return the lines that can be read, the records that cannot, and where the last record begins."""
    read = _row_reader(columns, strange=strange)
    lines: list[Actual] = []
    unread: list[tuple[int, Row]] = []
    line: int = 0
    row: Row = []
    for line, row in records:
        try:
            lines.append(read(row, line, len(lines) + 1))
        except Unreadable:
            unread.append((line, row))
    if not ended and lines and lines[-1].line == line and columns[-1] == "recorded_at":
        cut = isinstance(row, list) and cells.is_cut_moment(row[-1])
        unread += [(line, row)] if cut else []
    return lines, unread, line


def _row_reader(columns: tuple[str, ...], *, strange: bool) -> Callable[[Row, int, int], Actual]:
    """Return what reads one record; it raises `Unreadable` without saying why, which is looked for afterwards."""
    width = len(columns)
    # a column that the file does not have reads the blank cell that is added behind the others
    pick = itemgetter(*(columns.index(name) if name in columns else width for name in READERS))
    # a ledger has many lines and few periods
    period, quality, day = cache(cells.period), cache(cells.quality), cache(cells.day)
    # what was imported together was recorded at one moment
    moment = lru_cache(maxsize=64)(cells.moment)
    series, number, words = cells.series, cells.number, cells.words
    retracted = Quality.RETRACTED

    def read(row: Row, line: int, position: int) -> Actual:
        if not isinstance(row, list) or len(row) != width or (strange and not cells.is_text("".join(row))):
            raise Unreadable
        name, when, value, firm, published, source, url, note, recorded = pick([*row, ""])
        amount, firmness = number(value), quality(firm)
        if firmness is retracted:
            amount = None
        elif amount is None:
            raise Unreadable
        return Actual(
            series(name),
            period(when),
            amount,
            firmness,
            day(published),
            words(source),
            words(url),
            words(note),
            moment(recorded),
            position,
            line,
        )

    return read
