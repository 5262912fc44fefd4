"""From lines to the bytes of a CSV ledger."""

from __future__ import annotations

import csv
from datetime import UTC
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, WrongUsage, say
from tracker.model.actual import Quality
from tracker.stores.cells import READERS, words
from tracker.stores.csvreading import BOM, NOTHING, ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tracker.model.actual import Actual
    from tracker.stores.csvreading import Ledger

COLUMNS = tuple(READERS)
LINE_END = "\n"
_TOLD = len(COLUMNS)  # the fields of an Actual that stand in a file come first


def rows(lines: Iterable[Actual], columns: Sequence[str], line_end: str) -> bytes:
    """Return the text lines for actuals; what `columns` does not name is left out."""
    if tuple(columns) == COLUMNS:
        return "".join([_row(_texts(line), line_end) for line in lines]).encode()
    cells = (_cells(line) for line in lines)
    return "".join([_row([cell[name] for name in columns], line_end) for cell in cells]).encode()


def beginning(before: Ledger) -> bytes:
    """Return what has to stand between a ledger as it is and its next row: the end of a line, or the header."""
    end = "" if before.ended else before.line_end
    return (end if before.columns else end + _row(COLUMNS, before.line_end)).encode()


def lacks_columns(lines: Iterable[Actual], columns: Sequence[str]) -> bool:
    """Tell whether the lines hold anything that has no column to go to; without a quality column all are final."""
    return not set(COLUMNS).issubset(columns) and any(
        cell and name not in columns and cell != Quality.FINAL.value
        for line in lines
        for name, cell in _cells(line).items()
    )


def widened(data: bytes, columns: Sequence[str], line_end: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of a ledger with every column that it lacks added at the right, blank, and all its columns.

    All that stands in it stays byte for byte; a last line without an end gets one.
    """
    text = data.decode()
    bom = BOM if text.startswith(BOM) else ""
    texts = list(StringIO(text.removeprefix(BOM), newline=""))
    reader = csv.reader(iter(texts), strict=True)
    added = [name for name in COLUMNS if name not in columns]
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


def read_back(lines: Sequence[Actual]) -> tuple[list[Actual], bytes]:
    """Return the lines as they will be read, with positions and text lines counted from 1, and their plain text.

    Raises `WrongUsage` where that would not be what was given: a ledger takes nothing that it cannot hold.
    """
    try:
        text = rows(lines, COLUMNS, LINE_END)
        back = ledger(beginning(NOTHING) + text, "").lines
    except UnicodeEncodeError:
        raise WrongUsage(say("this cannot be recorded: it holds bytes that are no text")) from None
    except InvalidFile as error:
        first = error.problems[0]
        raise WrongUsage(say("this cannot be recorded: {reason}", reason=first.what), first.help) from None
    for line, read in zip(lines, back, strict=True):
        if line[:_TOLD] != read[:_TOLD] and _cells(line) != _cells(read):
            what = say('this cannot be recorded: "{series}" would not read back as it is', series=line.series)
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


def _cells(line: Actual) -> dict[str, str]:
    return dict(zip(COLUMNS, _texts(line), strict=True))


def _texts(line: Actual) -> tuple[str, ...]:
    """Return the cells of a line in the order of a new file."""
    series, period, value, quality, published, source, url, note, recorded_at, *_ = line
    return (
        series,
        period.text,
        "" if value is None else repr(value + 0.0).removesuffix(".0"),
        quality.value,
        "" if published is None else published.isoformat(),
        _words(source),
        _words(url),
        _words(note),
        "" if recorded_at is None else _moment(recorded_at),
    )


def _words(text: str | None) -> str:
    """Return free text as it is read back: blanks alone are none."""
    return words(text) or "" if text else ""


@lru_cache(maxsize=64)  # lines that are imported together have one moment
def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
