"""From lines to the bytes of a CSV book."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, WrongUsage, say
from tracker.stores.cells import READERS
from tracker.stores.csvreading import BOM, Form, Line, book, nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.stores.csvreading import Ledger

COLUMNS = tuple(READERS)
"""The columns of a ledger of actuals."""
LINE_END = "\n"


def rows(lines: Iterable[Line], columns: Sequence[str], line_end: str, form: Form[Line]) -> bytes:
    """Return the text lines for lines of a book; what `columns` does not name is left out."""
    if tuple(columns) == tuple(form.readers):
        return "".join([_row(form.texts(line).values(), line_end) for line in lines]).encode()
    cells = (form.texts(line) for line in lines)
    return "".join([_row([cell[name] for name in columns], line_end) for cell in cells]).encode()


def beginning(before: Ledger[Line], form: Form[Line]) -> bytes:
    """Return what has to stand between a book as it is and its next row: the end of a line, or the header."""
    end = "" if before.ended else before.line_end
    return (end if before.columns else end + _row(form.readers, before.line_end)).encode()


def lacks_columns(lines: Iterable[Line], columns: Sequence[str], form: Form[Line]) -> bool:
    """Tell whether the lines hold anything that has no column to go to and does not go without saying."""
    return not set(form.readers).issubset(columns) and any(
        cell and name not in columns and cell not in form.implied
        for line in lines
        for name, cell in form.texts(line).items()
    )


def widened(data: bytes, columns: Sequence[str], line_end: str, form: Form[Line]) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of a book with every column that it lacks added at the right, blank, and all its columns.

    All that stands in it stays byte for byte; a last line without an end gets one.
    """
    text = data.decode()
    bom = BOM if text.startswith(BOM) else ""
    texts = list(StringIO(text.removeprefix(BOM), newline=""))
    reader = csv.reader(iter(texts), strict=True)
    added = [name for name in form.readers if name not in columns]
    result, begin, suffix = [bom], 0, "," + ",".join(added)
    for row in reader:
        record = "".join(texts[begin : reader.line_num])
        begin = reader.line_num
        if any(row):
            body = record.rstrip("\r\n")
            record = body + suffix + (record[len(body) :] or line_end)
            suffix = "," * len(added)
        result.append(record)
    return "".join(result).encode(), (*columns, *added)


def read_back(lines: Sequence[Line], form: Form[Line]) -> tuple[list[Line], bytes]:
    """Return the lines as they will be read, with positions and text lines counted behind the header, and their text.

    Raises `WrongUsage` where that would not be what was given: a book takes nothing that it cannot hold.
    """
    try:
        text = rows(lines, tuple(form.readers), LINE_END, form)
        back = book(beginning(nothing(), form) + text, "", form).lines
    except UnicodeEncodeError:
        raise WrongUsage(say("this cannot be recorded: it holds bytes that are no text")) from None
    except InvalidFile as error:
        first = error.problems[0]
        raise WrongUsage(say("this cannot be recorded: {reason}", reason=first.what), first.help) from None
    told = len(form.readers)
    for line, read in zip(lines, back, strict=True):
        if line[:told] != read[:told] and form.texts(line) != form.texts(read):
            what = say('this cannot be recorded: "{series}" would not read back as it is', series=line[0])
            raise WrongUsage(what, say("the id of a series neither begins nor ends with a blank"))
    return back, text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


# a writer quotes a cell for the characters of its own line end only, so that is always both
_WRITER = csv.writer(_Echo(), lineterminator="\r\n")


def _row(cells: Iterable[str], line_end: str) -> str:
    text: str = _WRITER.writerow(cells)
    return text.removesuffix("\r\n") + line_end
