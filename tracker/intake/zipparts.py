"""The parts of an .xlsx, looked at before any library opens them: their sizes, their entities, how far cells reach."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from tracker.errors import InvalidFile, say
from tracker.intake.raised import with_own_digits
from tracker.intake.sources import refuse
from tracker.intake.unseen import Unseen, unseen
from tracker.tuples import NamedTuple

LARGEST_PART = 512 * 2**20
"""Bytes that all parts of a workbook may have together once they are unpacked."""
MOST_CELLS = 50_000_000
"""Places of the smallest rectangle that holds every cell of a sheet; a reader keeps room for each."""

_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_UNREAD = re.compile(r"xl/(?:media|drawings|charts|embeddings|printerSettings|ctrlProps|activeX)/|docProps/thumb")
_CODECS = ("ascii", "utf-16-le", "utf-16-be")
_ENTITIES = tuple(text.encode(codec) for text in ("<!DOCTYPE", "<!ENTITY") for codec in _CODECS)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})?([0-9]{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:[A-Za-z0-9]+:)?f[\s>/]")
_CHUNK = 2**20


class Parts(NamedTuple):
    """A workbook whose parts were looked at, packed anew so that a reader finds nothing else in it.

    `formulas` tells whether any sheet has formulas, `sheet_bytes` how large the largest sheet is, `unseen` what is
    hidden in a sheet, by its name.
    """

    data: bytes
    formulas: bool
    sheet_bytes: int
    unseen: dict[str, Unseen]


def checked(data: bytes, file: str) -> Parts:
    """Return the parts of an .xlsx; raises `InvalidFile` where it is none, or one that could do harm."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _read(archive, file) if _WORKBOOK in archive.namelist() else None
    except InvalidFile:
        raise
    except Exception as error:  # noqa: BLE001  each way of packing has errors of its own
        what = say("this .xlsx is damaged: {reason}", reason=str(error) or type(error).__name__)
        raise refuse(file, what) from None
    if parts is None:
        what = say("this is a ZIP file, but no .xlsx workbook")
        raise refuse(file, what, say("open it in a spreadsheet and save it as .xlsx"))
    sheets = {name: content for name, content in parts.items() if _SHEET.fullmatch(name)}
    for content in sheets.values():
        _check_reach(content, file)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    formulas = any(_FORMULA.search(content) for content in sheets.values())
    return Parts(packed.getvalue(), formulas, max(map(len, sheets.values()), default=0), unseen(parts))


def _read(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    """Return the parts that hold cells; what a part says about its size is not believed."""
    parts: dict[str, bytes] = {}
    left = LARGEST_PART
    for info in archive.infolist():
        if _UNREAD.match(info.filename) or info.is_dir():
            continue
        content = bytearray()
        if info.file_size > left:
            raise _bomb(file)
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                content += chunk
                left -= len(chunk)
                if left < 0:
                    raise _bomb(file)
        if any(mark in content for mark in _ENTITIES):
            what = say("{part} declares entities, which no spreadsheet writes", part=info.filename)
            raise refuse(file, what, say("open it in a spreadsheet and save it as .xlsx"))
        is_style = info.filename == _STYLES
        parts[info.filename] = bytes(content) if is_style else with_own_digits(bytes(content))
    return parts


def _bomb(file: str) -> InvalidFile:
    what = say("this .xlsx is larger than {size} MB once it is unpacked", size=LARGEST_PART >> 20)
    return refuse(file, what, say("import it in parts"))


def _check_reach(content: bytes, file: str) -> None:
    places = set(_CELL_REFERENCE.findall(content))
    if not places:
        return
    columns = max((len(letters), letters) for letters, _ in places)[1]
    width = sum((letter - 64) * 26**power for power, letter in enumerate(reversed(columns)))
    if max(int(row) for _, row in places) * max(width, 1) > MOST_CELLS:
        what = say("a sheet reaches over more than {cells} cells", cells=f"{MOST_CELLS:,}")
        raise refuse(file, what, say("delete what lies far outside the table"))
