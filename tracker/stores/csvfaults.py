"""Why a CSV book cannot be read; only looked for once something is known to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, Say, say
from tracker.stores import cells
from tracker.stores.cells import Unreadable
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    import csv
    from collections.abc import Iterable

    from tracker.stores.csvreading import Form, Line

    Row = list[str] | csv.Error

_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")
_CSV_FAULTS = {
    "unexpected end of data": say("a quote is opened and never closed"),
    "field larger than field limit (131072)": say("a cell is longer than 131,072 characters"),
}


class _Fault(NamedTuple):
    """One thing wrong with a record; `cut` tells whether a write that stopped half-way can have caused it."""

    what: Say
    help: Say | None
    column: str | None = None
    cut: bool = True


_NOT_UTF8 = say("this line is not UTF-8", "{n} lines are not UTF-8, this is the first", n=1)


def header_problems(  # noqa: PLR0913, PLR0917  one argument for each thing a problem tells
    header: Row, columns: tuple[str, ...], data: bytes, file: str, line: int, form: Form[Line]
) -> list[Problem]:
    """Return what is wrong with the names of the columns."""
    broken = _broken(header, len(columns), data, form.stranger)
    if broken is not None:
        return [Problem(file, line, None, broken.what, broken.help)]
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t|"):
        what = say("the columns are not separated by commas")
        return [Problem(file, line, None, what, say("write {header}", header=",".join(form.readers)))]
    found: list[tuple[Say, Say]] = []
    for name in dict.fromkeys(columns):
        if name not in form.readers:
            found.append((say('unknown column "{name}"', name=cells.shown(name)), _nearest(name, form.readers)))
        if columns.count(name) > 1:
            found.append((say('column "{name}" is there twice', name=cells.shown(name)), say("keep one of them")))
    found += [
        (say('column "{name}" is missing', name=name), say("the first line names the columns"))
        for name in form.required
        if name not in columns
    ]
    return [Problem(file, line, None, what, advice) for what, advice in found]


def _nearest(name: str, columns: Iterable[str]) -> Say:
    import difflib

    near = difflib.get_close_matches(name.lower(), list(columns), n=1)
    if near:
        return say('did you mean "{name}"?', name=near[0])
    return say("the columns are {columns}; a newer tracker may know more", columns=", ".join(columns))


def problems(  # noqa: PLR0913, PLR0917  one argument for each thing a problem tells
    unread: list[tuple[int, Row]], columns: tuple[str, ...], data: bytes, file: str, torn: int | None, form: Form[Line]
) -> list[Problem]:
    """Return every problem of the records that could not be read, in the order of the file.

    `torn` is the line of the last record where it lacks the end of its line: something stopped while it was being
    written. Records that are not UTF-8 are one problem together.
    """
    found: list[Problem] = []
    foreign: list[tuple[int, _Fault]] = []
    for line, row in unread:
        faults = _faults(row, columns, data, form)
        if line == torn and faults[0].cut:
            found.append(_torn(file, line, faults[0]))
        elif faults[0].what is _NOT_UTF8:
            foreign.append((line, faults[0]))
        else:
            found += [Problem(file, line, fault.column, fault.what, fault.help) for fault in faults]
    if foreign:
        line, fault = foreign[0]
        found.append(Problem(file, line, None, fault.what._replace(args={"n": len(foreign)}), fault.help))
    return sorted(found, key=lambda problem: problem.line or 0)


def _torn(file: str, line: int, fault: _Fault) -> Problem:
    return Problem(
        file,
        line,
        fault.column,
        say("the last line looks torn, it has no end: {fault}", fault=fault.what),
        say("the line is kept as it is: complete it, or delete it and record the value again"),
    )


def _faults(row: Row, columns: tuple[str, ...], data: bytes, form: Form[Line]) -> list[_Fault]:
    broken = _broken(row, len(columns), data, form.stranger)
    if broken is not None or not isinstance(row, list):
        return [broken] if broken is not None else []
    found = []
    for name, text in zip(columns, row, strict=True):
        try:
            form.readers[name](text)
        except Unreadable as error:
            found.append(_Fault(error.what, error.help, name))
    missing = form.missing(dict(zip(columns, row, strict=True)))
    if missing is not None:
        found.append(_Fault(*missing))
    cut = _Fault(say("the moment it was recorded at is cut short"), None, "recorded_at")
    return found or [cut]


def _broken(row: Row, width: int, data: bytes, stranger: Say) -> _Fault | None:
    """Return what is wrong with a record as a whole, before any cell is looked at."""
    if not isinstance(row, list):
        what = _CSV_FAULTS.get(str(row), say("this is not CSV: {reason}", reason=str(row)))
        return _Fault(what, say('a cell with a comma or a quote in it is written "like ""this"" one"'))
    text = "".join(row)
    if "\0" in text and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _Fault(say("there is a NUL character in this line"), say("delete it: text has none"))
    if not cells.is_text(text):
        return _Fault(_NOT_UTF8, _encoding(data))
    if len(row) == width:
        return None
    if row[0].startswith(_CONFLICT):
        advice = say("a merge left its marks here: keep the lines of both sides and delete the marks")
        return _Fault(stranger, advice)
    return _Fault(
        say("expected {expected} cells, found {found}", expected=width, found=len(row)),
        say("a cell with a comma in it is written in quotes"),
        cut=len(row) < width,
    )


def _encoding(data: bytes) -> Say:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return say("it is UTF-16: save it as UTF-8")
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return say("save it as UTF-8")
    return say("it may be GBK: iconv -f GB18030 -t UTF-8 makes UTF-8 of it")
