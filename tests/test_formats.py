"""Formats: every table as text for programs, as a page, and as a workbook that an office opens."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from datetime import datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import openpyxl
import pytest
from conftest import ROOT, Project, Run
from hypothesis import given
from hypothesis import strategies as st

from tracker.assess.figures import Status
from tracker.render.csvtext import csv_text
from tracker.render.html import page
from tracker.render.xlsx import FILLS, workbook
from tracker.views.table import Cell, Column, Row, Table

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
EVIL = '=HYPERLINK("http://x")'
GOALS = f"""
title = "T"
[series.x]
unit = "%"
kind = "ratio"
[[goals]]
id = "x"
name = '{EVIL}'
group = "<b>G & H</b>"
owner = "@sum"
baseline = {{ period = 2020, value = 40 }}
target = 50
due = 2030
"""
ACTUALS = HEADER + "x,2024,42.5,final,2025-01-31,-1+1,,,2025-01-31T08:00:00Z\n"


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a project whose names try to be formulas and tags."""
    return project.write(GOALS, ACTUALS)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=5), st.sampled_from([",", "\t"]))
def test_any_text_reads_back(rows: list[list[str]], delimiter: str) -> None:
    """Commas, tabs, quotes and line ends of every kind survive CSV and TSV."""
    text = csv_text(["a", "b"], rows, delimiter=delimiter)
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:] == rows


@given(texts)
def test_excel_runs_nothing(text: str) -> None:
    """With --excel no text begins with a sign of a formula, and no other text is changed."""
    (cell,) = list(csv.reader(io.StringIO(csv_text(["a"], [[text]], excel=True), newline="")))[1:] or [[""]]
    assert not "".join(cell) or cell[0][0] not in "=+-@\t\r\n＝＋－＠"
    assert "".join(cell) in {text, f"'{text}"}


def test_csv_for_excel(run: Run, plan: Path) -> None:
    """--excel writes the mark of UTF-8 and neutralises texts; a negative number stays one."""
    raw = run("status", "--format", "csv", "--excel", cwd=plan).raw
    assert raw.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert (row["name"], row["owner"]) == (f"'{EVIL}", "'@sum")
    # 40 at the end of 2020, 50 due at the end of 2030: expected 44 at the end of 2024, 42.5 is 1.5 behind
    assert row["ahead"] == "-1.5"


@pytest.mark.parametrize("command", [["status"], ["log"]])
def test_excel_is_an_option_wherever_csv_is(run: Run, plan: Path, command: list[str]) -> None:
    """Every command with CSV takes --excel, in any place; alone it asks for CSV, with another format it is refused."""
    raw = run(*command, "--excel", "--format", "csv", cwd=plan).raw
    assert raw.startswith(b"\xef\xbb\xbf")
    assert run("--lang", "en", *command, "--excel", cwd=plan).raw == raw
    assert run(*command, "--excel", "-o", "x.csv", cwd=plan).code == 0
    assert (plan / "x.csv").read_bytes() == raw
    for other in (["--json"], ["--format", "tsv"], ["-o", "x.xlsx"]):
        refused = run(*command, "--excel", *other, cwd=plan)
        assert (refused.code, refused.err.split("\n")[0]) == (2, "tracker: --excel goes with --format csv")


def test_tsv_has_the_fields_of_csv(run: Run, plan: Path) -> None:
    """TSV holds the same rows, tabs between the fields."""
    rows = list(csv.reader(io.StringIO(run("status", "--format", "tsv", cwd=plan).out), delimiter="\t"))
    assert rows == list(csv.reader(io.StringIO(run("status", "--format", "csv", cwd=plan).out)))


class Reader(HTMLParser):
    """It collects the tags of a page, and the texts of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  HTMLParser's own
        """Note a tag."""
        self.tags.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        """Close a cell."""
        if tag in {"td", "th"}:
            self.inside = False

    def handle_data(self, data: str) -> None:
        """Note the text of a cell."""
        if self.inside:
            self.cells[-1] += data


def test_a_page_is_whole_and_escaped(run: Run, plan: Path) -> None:
    """HTML is one page with one table; a name's tags are text in it, and it says its encoding and language."""
    out = run("status", "--format", "html", "--lang", "zh", cwd=plan).out
    assert out.startswith('<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">')
    reader = Reader()
    reader.feed(out)
    assert (reader.tags.count("table"), reader.tags.count("b")) == (1, 0)
    assert {"状态", EVIL, "<b>G & H</b>"} <= set(reader.cells)


@given(st.text(max_size=30))
def test_no_text_makes_a_tag(text: str) -> None:
    """Whatever a cell, title or note says, a page has the same tags."""
    made = Table((Column("a", text),), (Row((Cell(text),), text or None),), text, (text,), (text,))
    reader, plain = Reader(), Reader()
    reader.feed(page([made], "en"))
    plain.feed(page([Table((Column("a", "a"),), (Row((Cell("a"),), "a"),), "a", ("a",), ("a",))], "en"))
    assert set(reader.tags) <= set(plain.tags)


def test_a_workbook_needs_a_file(run: Run, plan: Path) -> None:
    """Without -o a workbook is refused; `-o -` writes it to a pipe."""
    refused = run("status", "--format", "xlsx", cwd=plan)
    assert (refused.code, refused.raw) == (2, b"")
    assert run("status", "--format", "xlsx", "-o", "-", cwd=plan, encoding="latin-1").raw.startswith(b"PK")


def test_a_workbook_has_real_numbers(run: Run, plan: Path) -> None:
    """Numbers and days are such with a format, no text is a formula, the header is frozen, the status coloured.

    42.5 of 50 % is a gap of 7.5; of the way from 40 to 50 a quarter is done.
    """
    run("status", "--as-of", "2025-06-30", "-o", "plan.xlsx", "--lang", "zh", cwd=plan)
    sheet = openpyxl.load_workbook(plan / "plan.xlsx").active
    assert sheet is not None
    head = [cell.value for cell in sheet[2]]
    cells = dict(zip(head, sheet[3], strict=True))
    assert sheet.freeze_panes == "A3"
    assert (cells["实际值"].value, cells["缺口"].value, cells["完成进度"].value) == (42.5, 7.5, 0.25)
    assert (cells["实际值"].number_format, cells["完成进度"].number_format) == ("#,##0.0", "0.0%")
    assert cells["期限"].value == datetime(2030, 12, 31)  # noqa: DTZ001  a workbook knows no zones
    assert (cells["目标"].value, cells["目标"].data_type) == (EVIL, "s")
    assert (cells["状态"].value, cells["状态"].fill.fgColor.rgb) == ("难以实现", f"00{FILLS[Status.OFF_TRACK]}")
    assert cells["预计到期值"].value == 46.25  # 42.5 + 6 years × 0.625


def test_the_ledger_in_a_workbook_has_real_numbers(run: Run, plan: Path) -> None:
    """Lines, values and days are numbers and days; the unit stands in the format, a value that is none is blank."""
    run("log", "-o", "log.xlsx", "--lang", "en", cwd=plan)
    sheet = openpyxl.load_workbook(plan / "log.xlsx").active
    assert sheet is not None
    rows = [dict(zip([cell.value for cell in sheet[2]], row, strict=True)) for row in sheet.iter_rows(min_row=3)]
    assert rows
    for row in rows:
        assert isinstance(row["Line"].value, int)
        assert row["Value"].value is None or isinstance(row["Value"].value, int | float)
    assert rows[0]["Value"].number_format == '#,##0.0" %"'


NUMBER = re.compile(r"[≤≥]? ?[-−]?[0-9][0-9,]*(\.[0-9]+)?( ?%|/[a-z]+| ?pp.*| months?| ± [0-9.]+)?")
YEAR = re.compile(r"[0-9]{4}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["status"],
        ["show", "x"],
        ["show", "both"],
        ["plan", "x"],
        ["what-if", "x", "--growth", "2pp"],
        ["due"],
        ["log"],
        ["log", "--notes"],
        ["diff", "--since", "2023-01-01"],
        ["backtest"],
        ["export"],
        ["export", "--figures"],
    ],
)
def test_no_table_writes_a_number_as_text(run: Run, project: Project, arguments: list[str]) -> None:
    """In the workbook of every command what is one number is a number with a format; years are names of periods."""
    steps = "".join(f"x,{2020 + n},{40 + n * 1.25},final,{2021 + n}-01-31,s,,,\n" for n in range(5))
    parts = '[[goals]]\nid = "both"\nall = ["x", "y"]\n[[goals]]\nid = "y"\ntarget = 9\ndue = 2026\n'
    project.write(f"{GOALS}{parts}", f"{HEADER}{steps}y,2024,1200.5,estimate,2025-01-31,s,,,\n")
    run("note", "x", "--text", "well", "--confidence", "8", cwd=project.folder)
    done = run(*arguments, "-o", "x.xlsx", "--lang", "en", cwd=project.folder)
    assert done.code == 0, done.err
    book = openpyxl.load_workbook(project.folder / "x.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [
        cell.value
        for cell in cells
        if isinstance(cell.value, str) and NUMBER.fullmatch(cell.value) and not YEAR.fullmatch(cell.value)
    ]
    assert any(isinstance(cell.value, int | float) for cell in cells)


def test_a_workbook_without_a_table_has_its_words(run: Run, project: Project) -> None:
    """A goal that is reached leaves nothing to plan: the sheet says so."""
    project.write(GOALS, f"{HEADER}x,2024,55,,,,,,\n")
    assert run("plan", "x", "--lang", "en", "-o", "x.xlsx", cwd=project.folder).code == 0
    sheet = openpyxl.load_workbook(project.folder / "x.xlsx").active
    assert sheet is not None
    assert "nothing is left to plan" in str(sheet["A2"].value)


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        ("49.9999", {"实际值": (49.9999, '#,##0.0000" %"'), "完成进度": (0.99999, '0.000" "%')}),
        ("40.1", {"缺口": (9.9, '#,##0.0" 百分点"'), "可能性": (0.01, '"≤ "0" "%')}),
    ],
)
def test_a_workbook_shows_what_the_table_says(
    run: Run, project: Project, last: str, shown: dict[str, tuple[float, str]]
) -> None:
    """The format around a number has the unit; a chance that was cut says so, and what is not all reads so."""
    steps = "".join(f"x,{year},40,,,,,,\n" for year in range(2015, 2024))
    project.write(GOALS, f"{HEADER}{steps}x,2024,{last},,,,,,\n")
    run("show", "x", "--as-of", "2025-01-31", "--lang", "zh", "-o", "x.xlsx", cwd=project.folder)
    sheet = openpyxl.load_workbook(project.folder / "x.xlsx").worksheets[0]
    found = {row[0].value: (row[1].value, row[1].number_format) for row in sheet.iter_rows(max_col=2)}
    assert {name: found[name] for name in shown} == shown


@pytest.mark.parametrize("arguments", [["show", "x"], ["log"]])
def test_every_table_is_a_sheet(run: Run, plan: Path, arguments: list[str]) -> None:
    """A command with several tables writes a sheet for each."""
    run(*arguments, "-o", "x.xlsx", cwd=plan)
    sheets = openpyxl.load_workbook(plan / "x.xlsx").worksheets
    assert len(sheets) == (2 if arguments[0] == "show" else 1)


@given(st.text(max_size=40))
def test_a_workbook_holds_any_text(text: str) -> None:
    """Whatever a cell, a title or a note says, the workbook can be written and read, and runs nothing."""
    made = Table((Column("a", "A"),), (Row((Cell(text),)),), text, notes=(text,))
    book = openpyxl.load_workbook(io.BytesIO(workbook([made, made], "x")))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.json", b'{"schema"'), ("a.csv", b"id,"), ("a.tsv", b"id\t"), ("a.md", b"T "), ("a.html", b"<!DOCTYPE"),
     ("A.XLSX", b"PK"), ("a.txt", b"T ")],
)  # fmt: skip
def test_the_name_of_the_file_tells_the_format(run: Run, plan: Path, name: str, begins: bytes) -> None:
    """Where no format is asked for, -o NAME decides by its ending."""
    assert run("status", "-o", name, cwd=plan).code == 0
    assert (plan / name).read_bytes().startswith(begins)
    assert stat.S_IMODE((plan / name).stat().st_mode) & 0o400


def test_a_format_that_was_asked_for_holds(run: Run, plan: Path) -> None:
    """--format decides before the name of the file."""
    run("status", "--format", "csv", "-o", "a.json", cwd=plan)
    assert (plan / "a.json").read_text().startswith("id,")


def test_without_openpyxl_it_is_said(run: Run, plan: Path, tmp_path: Path) -> None:
    """Where the extra is not installed, the command to install it is named."""
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "openpyxl.py").write_text("raise ModuleNotFoundError('openpyxl')")
    done = run("status", "-o", "a.xlsx", cwd=plan, env={"PYTHONPATH": f"{tmp_path / 'none'}:{ROOT}"})
    assert (done.code, "install it with: " in done.err, "[excel]" in done.err) == (2, True, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--compare"],
        ["plan", "x"],
        ["what-if", "x", "--growth", "2pp"],
        ["due"],
        ["log"],
        ["log", "--notes"],
        ["backtest"],
        ["import", "new.csv", "-n"],
        ["methods"],
    ],
)
def test_what_has_rows_has_them_as_json_lines(run: Run, plan: Path, arguments: list[str]) -> None:
    """Each line is an object with the columns of the CSV and the same values."""
    (plan / "new.csv").write_text("series,period,value\nx,2025,43.5\n", encoding="utf-8")
    run("note", "x", "--text", "well", "--confidence", "8", cwd=plan)
    lines = [json.loads(line) for line in run(*arguments, "--format", "jsonl", cwd=plan).out.splitlines()]
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv", cwd=plan).out)))
    assert [list(line) for line in lines] == [list(row) for row in rows] != []
    for line, row in zip(lines, rows, strict=True):
        told = {key: value if isinstance(value, str) else json.dumps(value) for key, value in line.items()}
        assert {key: "" if text in {"null", "[]", "{}"} else text for key, text in told.items()} == row


@pytest.mark.parametrize("form", ["tsv", "jsonl"])
def test_show_has_no_rows_of_one_kind(run: Run, plan: Path, form: str) -> None:
    """`show` refuses CSV, TSV and JSON lines, names what has them, and its help does not offer them."""
    done = run("show", "x", "--format", form, cwd=plan)
    assert (done.code, done.out) == (2, "")
    assert "`tracker status --format" in done.err
    assert form not in run("show", "--help", cwd=plan).out


def test_json_is_untouched_by_formats(run: Run, plan: Path) -> None:
    """JSON keeps the name as it is, whatever a spreadsheet would do with it."""
    assert json.loads(run("status", "--json", cwd=plan).out)["goals"][0]["name"] == EVIL
