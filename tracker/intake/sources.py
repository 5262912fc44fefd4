"""Files that are handed in: their bytes, within limits, and the grids of texts in them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, Problem, Say, Unreachable, say
from tracker.files import LONGEST_LINE
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from tracker.intake.grid import Grid

    Watch = Callable[[int, int], None]
    """What is told how many rows of how many are read."""

LARGEST = 512 * 2**20
"""Bytes of the largest file that is read."""
STDIN = "-"

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_JSON_NAMES = (".json", ".jsonl", ".ndjson")


class Asked(NamedTuple):
    """What somebody said about a file: its encoding, the sheets to read (none: every visible one), the range."""

    encoding: str | None = None
    sheets: Sequence[str] = ()
    range: str | None = None


def unwatched(_done: int, _all: int) -> None:
    """Tell nobody how far the reading is."""


def refuse(file: str, what: Say, advice: Say | None = None, line: int | None = None) -> InvalidFile:
    """Return the error about a file that cannot be read."""
    return InvalidFile([Problem(file, line, None, what, advice)])


def grids(path: str, asked: Asked, watch: Watch = unwatched) -> list[Grid]:
    """Return the grids of a file, "-" for stdin; what kind of file it is is seen from its content.

    Raises:
        InvalidFile: it is no table that can be read, or larger than one.
        Unreachable: the file cannot be read.
        WrongUsage: there is no such sheet or range, or an extra has to be installed.
    """
    from tracker.intake.grid import cropped

    file = "<stdin>" if path == STDIN else path
    data = content(path, file)
    if data.startswith((_ZIP, _OLE)):
        from tracker.intake.workbook import workbook_grids

        found = workbook_grids(data, file, asked, watch)
    else:
        found = [_text_grid(data, file, asked)]
    return [cropped(grid, asked.range) for grid in found] if asked.range else found


def content(path: str, file: str) -> bytes:
    """Return all bytes of a file or of stdin (`STDIN`), which messages call `file`.

    Raises:
        InvalidFile: it is too large, or a table with a line that is too long; it is never held.
        Unreachable: it cannot be read.
    """
    try:
        if path == STDIN:
            return _limited(standard_input(), file)
        with open(path, "rb") as stream:  # noqa: PTH123  pathlib is slow to import
            return _limited(stream, file)
    except (OSError, ValueError) as error:
        from tracker.wording.refusals import reason

        raise Unreachable(say("cannot read {file}: {reason}", file=file, reason=reason(error))) from error


def standard_input() -> BinaryIO:
    """Return stdin; raises `Unreachable` where it was closed before we began."""
    if sys.stdin is None:
        raise Unreachable(say("cannot read {file}: {reason}", file="<stdin>", reason=say("it is closed")))
    return sys.stdin.buffer


def _limited(stream: BinaryIO, file: str) -> bytes:
    """Return all bytes of a stream; one that is too long, or has no end of line for too long, is left at once."""
    data = bytearray()
    while chunk := stream.read(LONGEST_LINE):
        data += chunk
        if len(data) > LARGEST:
            what = say("this is larger than {size} MB", size=LARGEST >> 20)
            raise refuse(file, what, say("import it in parts"))
        is_table = not data.startswith((_ZIP, _OLE, b"[", b"{", b"\xef\xbb\xbf[", b"\xef\xbb\xbf{"))
        if is_table and len(chunk) == LONGEST_LINE and b"\n" not in chunk and b"\r" not in chunk:
            raise refuse(file, say("a line is longer than {size} MB", size=LONGEST_LINE >> 20), say("is this a table?"))
    return bytes(data)


def _text_grid(data: bytes, file: str, asked: Asked) -> Grid:
    from tracker.intake.encoding import decoded

    if asked.sheets:
        from tracker.errors import WrongUsage

        raise WrongUsage(say("{file} has no sheets", file=file), say("--sheet is for .xlsx and .xls"))
    text, encoding = decoded(data, file, asked.encoding)
    start = text[:64].lstrip()
    if start[:1] == "<":
        what = say("this is a page of HTML or XML, whatever its name says")
        raise refuse(file, what, say("open it in a spreadsheet and save it as .xlsx"))
    is_json = file.lower().endswith(_JSON_NAMES)
    if is_json or (start[:1] in {"[", "{"} and not file.lower().endswith((".csv", ".tsv", ".txt"))):
        from tracker.intake.jsonrecords import json_grid

        return json_grid(text, file)._replace(about=encoding)
    from tracker.intake.delimited import delimited_grid

    return delimited_grid(text, file)._replace(about=encoding)
