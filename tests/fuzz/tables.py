"""Imported files under fuzzing: a text table in any encoding, JSON, or a workbook, and what is read from its cells."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz import independent
from fuzz.readers import told
from tracker.errors import InvalidFile, WrongUsage
from tracker.goals.read import goals_in
from tracker.intake.importing import drafted, plan_of
from tracker.intake.kept import Knowing
from tracker.intake.labels import lookup
from tracker.intake.sources import Asked, unwatched
from tracker.model.actual import Quality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.importing import Draft
    from tracker.intake.kept import Candidate
    from tracker.model.goal import GoalsFile

GOALS = """format = 1
[series.gdp]
name = "地区生产总值"
unit = "亿元"
kind = "ytd"
[series.rate]
name = "城镇化率"
unit = "%"
kind = "ratio"
[series.people]
unit = "万人"
[series.a]
"""
SUFFIXES = (".csv", ".tsv", ".json", ".xlsx")
ENCODINGS = (None, None, None, "utf-16-le", "big5", "latin-1")
NOW = datetime(2025, 1, 31, tzinfo=UTC)


@cache
def _file() -> GoalsFile:
    return goals_in(GOALS.encode(), "goals.toml").file


@cache
def _place() -> str:
    """Return a file in memory where there is such a place, as it is written for every input."""
    folder = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    place = tempfile.mkdtemp(prefix="tracker-fuzz-", dir=folder)
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place


def draft(data: bytes, suffix: str, encoding: str | None = None) -> Draft:
    """Return what the bytes of a file with such a name give."""
    path = Path(_place()) / f"table{suffix}"
    path.write_bytes(data)
    file = _file()
    knowing = Knowing(file.series, {}, lookup(file.series, {}, {}))
    return drafted([str(path)], Asked(encoding), knowing, None, unwatched)


def tables(data: bytes) -> bool:
    """Read a table: the first byte chooses the name of the file and the encoding that is asked for."""
    if not data:
        return False
    suffix = SUFFIXES[data[0] % 3]
    encoding = ENCODINGS[data[0] // 3 % len(ENCODINGS)]
    content = data[1:]
    try:
        found = draft(content, suffix, encoding)
    except InvalidFile as error:
        told(error.problems, content)
        return False
    except WrongUsage:
        return False
    if suffix == ".json" or content.lstrip(b"\xef\xbb\xbf \n\r\t")[:1] in {b"[", b"{"}:
        grids = _json(content)
    else:
        grids = [] if encoding is not None else independent.cells(content)
    _check(found, content, grids)
    return bool(found.candidates)


def workbook(data: bytes) -> bool:
    """Read the bytes of a workbook."""
    try:
        found = draft(data, ".xlsx")
    except InvalidFile as error:
        told(error.problems, data)
        return False
    except WrongUsage:
        return False
    _check(found, data, [])
    return bool(found.candidates)


def _check(found: Draft, content: bytes, grids: Sequence[Sequence[Sequence[str]]]) -> None:
    """Check that every value is the one of a second reading of a cell that is really there."""
    if found.problems:
        told([problem._replace(line=None) for problem in found.problems], content)
    plan_of(found, [], _file(), NOW)
    for each in found.candidates:
        if grids:
            place = _real_place(each)
            assert any(_at(grid, place) == each.text for grid in grids), (place, each.text)
        _same_value(each)


def _real_place(each: Candidate) -> tuple[int, int]:
    """Return where the cell of a value stands in its file."""
    grid = each.found.field.grid
    return each.place[0] + grid.top, each.place[1] + grid.left


def _at(grid: Sequence[Sequence[str]], place: tuple[int, int]) -> str | None:
    row, column = place
    return grid[row][column] if row < len(grid) and column < len(grid[row]) else None


def _same_value(each: Candidate) -> None:
    actual = each.actual
    if actual.quality is Quality.RETRACTED:
        assert actual.value is None
        return
    assert actual.value is not None
    unit = _file().series[actual.series].unit
    headings = {None, unit, each.found.around.unit, *UNITS_OVER}
    readings = [independent.marked_value(each.text, unit, heading) for heading in headings]
    assert any(one is not None and float(one) == actual.value for one in readings), (each.text, actual.value)


UNITS_OVER = ("%", "‰", "元", "万元", "亿元", "人", "万人", "百分点", "万", "亿", "千", "百", "十", "百万", "千万")
"""Units that a heading over a cell may give."""


def _json(content: bytes) -> list[list[list[str]]]:
    """Return the rows of records or lists of a JSON text with their digits; none where it is anything else."""
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_int=str, parse_float=str)
    except ValueError:
        return []
    if not isinstance(data, list) or not all(isinstance(one, list) for one in data):
        return []
    return [[["" if cell is None else str(cell) for cell in row] for row in data]]
