"""Workbooks that are damaged or odd inside: an error of ours with the file's name, and no words of the libraries."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Project, Run

GOALS = '[series.gdp]\n[[goals]]\nid = "gdp"\ntarget = 5\ndue = 2030\n'
SHEET = "xl/worksheets/sheet1.xml"


def book(value: object = 5, number_format: str = "General") -> bytes:
    """Return a workbook with one value."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["series", "period", "value"])
    sheet.append(["gdp", "2024", value])
    sheet["C2"].number_format = number_format
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_bad_stream(data: bytes) -> bytes:
    """Return a workbook whose sheet cannot be unpacked."""
    found = bytearray(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = archive.getinfo(SHEET)
    start = part.header_offset + 30 + len(part.filename)
    found[start : start + 12] = b"\xff" * 12
    return bytes(found)


def without_part(data: bytes) -> bytes:
    """Return a workbook that names a sheet which it does not hold."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as packed:
        for name in archive.namelist():
            if name != SHEET:
                packed.writestr(name, archive.read(name))
    return out.getvalue()


@pytest.mark.parametrize("damage", [with_bad_stream, without_part])
@pytest.mark.parametrize("command", [("import", "b.xlsx"), ("init", "new", "--from", "b.xlsx")], ids=lambda one: one[0])
def test_a_damaged_workbook_is_named(
    run: Run, project: Project, damage: Callable[[bytes], bytes], command: tuple[str, ...]
) -> None:
    """A part that cannot be unpacked, or is not there, is exit 4 with one sentence, and nothing is written."""
    folder: Path = project.write(GOALS)
    (folder / "b.xlsx").write_bytes(damage(book()))
    done = run(*command, cwd=folder)
    assert done.code == 4
    assert done.err.startswith("b.xlsx: ")
    assert "Traceback" not in done.err
    assert {path.name for path in folder.iterdir()} == {"goals.toml", "b.xlsx"}


def test_a_number_that_is_no_date_is_refused_without_a_word_of_the_library(run: Run, project: Project) -> None:
    """A cell in a date format whose number is no day shows an error in a spreadsheet, and here."""
    folder = project.write(GOALS)
    (folder / "b.xlsx").write_bytes(book(1e300, "yyyy-mm-dd"))
    done = run("import", "b.xlsx", cwd=folder)
    assert (done.code, "Warning" in done.err) == (4, False)
    assert "C2" in done.err


def test_a_bomb_is_no_plan(run: Run, project: Project) -> None:
    """`init --from` looks at a workbook's parts as import does, before any library unpacks them."""
    folder = project.write(GOALS)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    (folder / "b.xlsx").write_bytes(out.getvalue())
    done = run("init", "new", "--from", "b.xlsx", cwd=folder)
    assert done.code == 4
    assert "declares entities" in done.err
