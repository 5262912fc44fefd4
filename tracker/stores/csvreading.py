"""From the bytes of a CSV book to its lines, or to every problem in it: a ledger of actuals, or of anything else."""

import csv
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from io import BytesIO, TextIOWrapper
from operator import itemgetter
from typing import Generic, TypeVar

from tracker.errors import InvalidFile, Say, say
from tracker.model.actual import Actual, Quality
from tracker.stores import cells
from tracker.stores.cells import READERS, REQUIRED, Unreadable, texts
from tracker.tuples import NamedTuple

Row = list[str] | csv.Error

BOM = "\ufeff"
LINE_ENDS = ("\n", "\r")
Line = TypeVar("Line", bound=tuple[object, ...])
"""A line of a book: its fields that stand in the file come first, in the order of the columns."""
RowReader = Callable[[Row, int, int], Line]


class Missing(NamedTuple):
    """What a record lacks although each of its cells can be read."""

    what: Say
    help: Say
    column: str


class Form(NamedTuple, Generic[Line]):
    """What the lines of a book look like.

    `readers` has every column in the order of a new file, with what reads its cells; `reader` makes what reads a
    record from the columns of a file and whether there are bytes in it that are no text; `texts` gives the cells of a
    line, of which those in `implied` need no column; `moved` puts a line some places and lines of text on; `missing`
    says what a record lacks; `stranger` is what one is called that is none.
    """

    readers: Mapping[str, Callable[[str], object]]
    required: tuple[str, ...]
    reader: Callable[[tuple[str, ...], bool], RowReader[Line]]
    texts: Callable[[Line], dict[str, str]]
    moved: Callable[[Line, int, int], Line]
    missing: Callable[[Mapping[str, str]], Missing | None]
    stranger: Say
    implied: frozenset[str] = frozenset()


class Ledger(NamedTuple, Generic[Line]):
    """What a CSV book holds.

    `columns` is empty where there is no header yet, `line_end` what ends a line of text, `ended` whether the last
    line has its end.
    """

    columns: tuple[str, ...]
    lines: list[Line]
    line_end: str
    ended: bool


def nothing() -> Ledger[Line]:
    """Return a book that is not there yet."""
    return Ledger((), [], "\n", ended=True)


def ledger(data: bytes, file: str) -> Ledger[Actual]:
    """Return what the bytes of a ledger of actuals hold; as `book`."""
    return book(data, file, ACTUALS)


def book(data: bytes, file: str, form: Form[Line]) -> Ledger[Line]:
    """Return what the bytes of a CSV book hold; raises `InvalidFile` with every problem at once.

    UTF-8 with or without a byte order mark, columns by name in any order. A line knows the line of text on which
    its record begins; `file` is what problems call the book.
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
    if columns != tuple(form.readers):
        _check_header(header, columns, data, file, line, form)
    lines, unread, last = _lines(records, columns, form.reader(columns, strange), ended=ended)
    if unread:
        from tracker.stores.csvfaults import problems

        raise InvalidFile(problems(unread, columns, data, file, None if ended else last, form))
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


def _check_header(  # noqa: PLR0913, PLR0917  one argument for each thing a problem tells
    header: Row, columns: tuple[str, ...], data: bytes, file: str, line: int, form: Form[Line]
) -> None:
    from tracker.stores.csvfaults import header_problems

    wrong = header_problems(header, columns, data, file, line, form)
    if wrong:
        raise InvalidFile(wrong)


def _lines(
    records: Iterator[tuple[int, Row]], columns: tuple[str, ...], read: RowReader[Line], *, ended: bool
) -> tuple[list[Line], list[tuple[int, Row]], int]:
    """Return the lines that can be read, the records that cannot, and where the last record begins."""
    lines: list[Line] = []
    began = 0
    unread: list[tuple[int, Row]] = []
    line: int = 0
    row: Row = []
    for line, row in records:
        try:
            lines.append(read(row, line, len(lines) + 1))
            began = line
        except Unreadable:
            unread.append((line, row))
    if not ended and lines and began == line and columns[-1] == "recorded_at":
        cut = isinstance(row, list) and cells.is_cut_moment(row[-1])
        unread += [(line, row)] if cut else []
    return lines, unread, line


def _row_reader(columns: tuple[str, ...], strange: bool) -> RowReader[Actual]:  # noqa: FBT001  as a form has it
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


def _moved(line: Actual, places: int, lines: int) -> Actual:
    return line._replace(position=line.position + places, line=(line.line or 0) + lines)


def _missing(cell: Mapping[str, str]) -> Missing | None:
    if cell["value"].strip() or cell.get("quality", "").strip().lower() == Quality.RETRACTED:
        return None
    return Missing(say("the value is missing"), say("only a line whose quality is retracted has none"), "value")


ACTUALS: Form[Actual] = Form(
    READERS,
    REQUIRED,
    _row_reader,
    texts,
    _moved,
    _missing,
    say("this is no line of actuals"),
    frozenset({Quality.FINAL.value}),
)
"""The form of a ledger of actuals; without a quality column all are final."""
