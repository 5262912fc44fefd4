"""Importing tables that others keep: found, named, converted exactly, all of it or none."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from conftest import plain_environment
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tracker.errors import InvalidFile
from tracker.intake.finding import tables_in
from tracker.intake.grid import Grid, cropped, letters
from tracker.intake.numberformat import shown_number
from tracker.intake.published import published
from tracker.intake.sources import Asked, grids
from tracker.intake.values import Refused
from tracker.intake.when import calendar_period, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Project, Run

GOALS = """
language = "en"
[series.urbanization]
name = "城镇化率"
unit = "%"
kind = "ratio"
[series.gdp]
name = "地区生产总值"
unit = "亿元"
kind = "flow"
[series.revenue]
name = "财政收入"
unit = "亿元"
kind = "ytd"
[series.population]
name = "常住人口"
unit = "万人"
[[goals]]
id = "u"
series = "urbanization"
target = 60
due = 2030
[import.yearly]
map = { "GDP" = "gdp" }
source = "Bulletin"
"""
HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
BULLETIN = """昭通市主要指标,,,,
,,,,单位：亿元
指标,计量单位,2022年,2023年,2024年(预计)①
一、综合,,,,
GDP(亿元),,"1,500",1700,2000
1. 城镇化率,%,40.5,42,44②
常住人口②,人,4949000,—,492万
粮食产量,万吨,1,2,3

注：①为预计数 ②抽样调查,,,,
"""


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with four series and an empty ledger."""
    return project.write(GOALS, HEADER)


def recorded(folder: Path, run: Run) -> dict[tuple[str, str], float]:
    """Return the values in force by series and period."""
    lines = json.loads(run("log", "--json", cwd=folder).out)["lines"]
    return {(line["series"], line["period"]): line["value"] for line in lines if line["holds"]}


def workbook(path: Path, fill: Callable[[Any], None], title: str = "表1") -> Path:
    """Write an .xlsx whose first sheet a function fills."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    fill(sheet)
    book.save(path)
    return path


def converted(path: Path, form: str, tmp_path: Path) -> Path:
    """Return a workbook as LibreOffice writes it in another format."""
    if shutil.which("soffice") is None:
        pytest.skip("soffice is not installed, so that no other program can write spreadsheets")
    folder = tmp_path / "converted"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", form,
         "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    return folder / f"{path.stem}.{form.split(':', maxsplit=1)[0]}"


def fill_bulletin(sheet: Any) -> None:  # noqa: ANN401  openpyxl's own type
    """Fill a sheet as an office does: merged titles and years, percents by number format, a formula, a note."""
    sheet.append(["昭通市主要指标"])
    sheet.merge_cells("A1:E1")
    sheet.append(["指标", "单位", 2023, None, date(2024, 6, 1)])
    sheet.append([None, None, "一季度", "上半年", None])
    sheet.merge_cells("C2:D2")
    sheet.append(["城镇化率", None, 0.405, 0.41, 0.415])
    sheet.append(["地区生产总值", "亿元", 400, 900, None])
    sheet.append(["注：现价"])
    for cell in "CDE":
        sheet[f"{cell}4"].number_format = "0.0%"
    sheet["E2"].number_format = 'yyyy"年"m"月"'


def test_a_bulletin_in_gbk_is_found_and_named(run: Run, plan: Path) -> None:
    """Title, unit, group, notes and soft heading are found: 492万 people under 人 are 492 万人, — is no value."""
    (plan / "b.csv").write_bytes(BULLETIN.encode("gb18030"))
    done = run("import", "b.csv", "--mapping", "yearly", "--json", cwd=plan)
    assert done.code == 0, done.err
    record = json.loads(done.out)
    Draft202012Validator(json.loads(run("schema", "import").out)).validate(record)
    table = record["tables"][0]
    assert (table["area"], table["layout"], table["encoding"], table["unit"]) == ("A3:E8", "across", "GB18030", "亿元")
    assert [each["cell"] for each in table["titles"]] == ["A1", "E2"]
    assert [each["text"] for each in table["between"]] == ["一、综合"]
    assert [each["text"] for each in table["footnotes"]] == ["注：①为预计数 ②抽样调查"]
    assert [(each["cell"], each["label"]) for each in record["skipped"]] == [("C8", "粮食产量")]
    assert record["summary"] == {
        "new": 8, "same": 0, "revised": 0, "quality": 0, "missing": 1, "skipped": 1, "problems": 0,
    }  # fmt: skip
    last = next(line for line in record["lines"] if line["cell"] == "E6")
    assert (last["quality"], last["note"], last["source"]) == ("estimate", "② 抽样调查; ① 为预计数", "Bulletin")
    first = next(line for line in record["lines"] if line["cell"] == "C7")
    assert (first["series"], first["note"]) == ("population", "② 抽样调查")
    assert recorded(plan, run)["population", "2024"] == 492
    assert recorded(plan, run)["population", "2022"] == 494.9


def test_importing_twice_changes_nothing(run: Run, plan: Path) -> None:
    """The same file again appends no byte, and a dry run never does."""
    (plan / "b.csv").write_bytes(BULLETIN.encode("utf-16"))
    assert run("import", "b.csv", "--map", "GDP=gdp", "--dry-run", cwd=plan).code == 0
    assert (plan / "actuals.csv").read_text() == HEADER
    assert run("import", "b.csv", "--map", "GDP=gdp", cwd=plan).code == 0
    before = (plan / "actuals.csv").read_bytes()
    done = run("import", "b.csv", "--map", "GDP=gdp", cwd=plan)
    assert (done.code, done.err) == (0, "actuals.csv: 0 new · 8 same · 0 revised · 1 cell without a value\n")
    assert (plan / "actuals.csv").read_bytes() == before


def test_revisions_need_revise(run: Run, plan: Path) -> None:
    """Another value is shown with the recorded one and stops everything, until --revise appends it as a correction."""
    run("record", "urbanization", "40", "--period", "2022", cwd=plan)
    (plan / "b.csv").write_text("指标,2022,2023\n城镇化率,40.5,42\n", encoding="utf-8-sig")
    done = run("import", "b.csv", cwd=plan)
    assert done.code == 2
    assert "1 value differs from what is recorded; nothing was imported" in done.err
    assert "40.5 %" in done.out
    assert recorded(plan, run) == {("urbanization", "2022"): 40}
    assert run("import", "b.csv", "--revise", cwd=plan).code == 0
    assert recorded(plan, run) == {("urbanization", "2022"): 40.5, ("urbanization", "2023"): 42}


def test_one_problem_imports_nothing(run: Run, plan: Path) -> None:
    """Every refused value is named with its cell, what it looks like and what would do; no good one is kept."""
    (plan / "b.csv").write_text("指标,2022,2023\n城镇化率,40.5,4O\n地区生产总值,5吨,1700\n", encoding="utf-8")
    done = run("import", "b.csv", cwd=plan)
    assert done.code == 4
    assert done.err == (
        'b.csv:2: C2: "4O" is in O, but the series is in %\n'
        "  write the number in %, with or without the unit\n"
        'b.csv:3: B3: "5吨" is in 吨, but the series is in 亿元\n'
        "  write the number in 亿元, with or without the unit\n"
        "2 problems\nnothing was imported\n"
    )
    assert (plan / "actuals.csv").read_text() == HEADER


def test_a_fraction_beside_percents_is_a_question(run: Run, plan: Path) -> None:
    """0.618 beside 60 is neither taken nor guessed; --as answers, and with --as fraction it is exactly 61.8."""
    run("record", "urbanization", "60", "--period", "2022", cwd=plan)
    (plan / "b.csv").write_text("指标,2023\n城镇化率,0.618\n", encoding="utf-8")
    done = run("import", "b.csv", cwd=plan)
    assert done.code == 4
    assert "B2: 0.618 in urbanization, which is in %: 0.618 % or 61.8 %?" in done.err
    assert run("import", "b.csv", "--as", "fraction", cwd=plan).code == 0
    assert recorded(plan, run)["urbanization", "2023"] == 61.8


def test_number_formats_merged_years_and_dates_of_a_workbook(run: Run, plan: Path) -> None:
    """A cell that shows 40.5% is 40.5; merged 2023 stands over two periods; a date shown as 2024年6月 is the month."""
    workbook(plan / "b.xlsx", fill_bulletin)
    done = run("import", "b.xlsx", cwd=plan)
    assert done.code == 4  # the flow has a quarter and a half-year, which do not add up
    assert "are periods of different lengths in gdp" in done.err
    done = run("import", "b.xlsx", "--range", "A2:E4", cwd=plan)
    assert done.code == 0, done.err
    assert recorded(plan, run) == {
        ("urbanization", "2023-Q1"): 40.5, ("urbanization", "2023-S1"): 41, ("urbanization", "2024-06"): 41.5,
    }  # fmt: skip


def test_a_formula_without_a_value_is_a_problem(run: Run, plan: Path) -> None:
    """What was never computed is not blank, and an error in a cell is not a value; nothing is computed here."""

    def fill(sheet: Any) -> None:  # noqa: ANN401  openpyxl's own type
        sheet.append(["指标", 2022, 2023])
        sheet.append(["城镇化率", "=40+0.5", "#N/A"])

    workbook(plan / "b.xlsx", fill)
    done = run("import", "b.xlsx", cwd=plan)
    assert done.code == 4
    assert "b.xlsx: 表1!B2: the formula =40+0.5 was never computed" in done.err
    assert "b.xlsx: 表1!C2: the cell shows the error #N/A" in done.err


def test_files_of_another_program(run: Run, plan: Path, tmp_path: Path) -> None:
    """LibreOffice's .xlsx, .xls and GB18030 .csv give what ours gives; in .xls 0.405 is a question."""

    def fill(sheet: Any) -> None:  # noqa: ANN401  openpyxl's own type
        sheet.append(["指标", "2022年", "2023年"])
        sheet.append(["城镇化率", 0.405, 0.42])
        sheet["B2"].number_format = sheet["C2"].number_format = "0.0%"

    path = workbook(tmp_path / "own.xlsx", fill)
    expected = {("urbanization", "2022"): 40.5, ("urbanization", "2023"): 42}
    office = converted(path, "xlsx", tmp_path)
    table = converted(path, "csv:Text - txt - csv (StarCalc):44,34,85,1", tmp_path)
    old = converted(path, "xls", tmp_path)
    assert run("import", office, cwd=plan).code == 0
    assert recorded(plan, run) == expected
    assert table.read_bytes().decode("gb18030").startswith('"指标"')
    assert run("import", table, old, "--as", "fraction", cwd=plan).code == 0
    assert recorded(plan, run) == expected
    (plan / "actuals.csv").write_text(HEADER)
    done = run("import", old, cwd=plan)
    assert done.code == 4
    assert "表1!B2: 0.405 in urbanization" in done.err


def test_long_tables_json_and_stdin(run: Run, plan: Path) -> None:
    """One value a line, as JSON lines and as TSV on stdin, with the quality, the day and the note of each."""
    text = '{"series": "gdp", "period": 2023, "value": 1700.50, "note": "x"}\n'
    text += '{"series": "gdp", "period": 2024, "value": null}\n'
    done = run("import", "-", "--json", cwd=plan, stdin=text)
    assert (done.code, json.loads(done.out)["summary"]["missing"]) == (0, 1)
    table = "指标\t年份\t数值\t单位\tquality\tpublished\n城镇化率\t2023年\t42\t%\tprovisional\t2024-03-01\n"
    assert run("import", "-", cwd=plan, stdin=table).code == 0
    lines = json.loads(run("log", "--json", cwd=plan).out)["lines"]
    assert [(line["value"], line["quality"], line["published"], line["note"]) for line in lines] == [
        (1700.5, "final", None, "x"), (42, "provisional", "2024-03-01", None),
    ]  # fmt: skip


def test_the_ledger_itself_is_the_same(run: Run, plan: Path) -> None:
    """A ledger with a revision, a retraction and a day imports into itself without a change."""
    run("record", "gdp", "1700", "-p", "2023", "--published", "2024-01-20", cwd=plan)
    run("record", "gdp", "1701", "-p", "2023", "--revise", "--quality", "provisional", cwd=plan)
    run("record", "urbanization", "44", "-p", "2024", cwd=plan)
    run("record", "urbanization", "-p", "2024", "--undo", cwd=plan)
    before = (plan / "actuals.csv").read_bytes()
    done = run("import", "actuals.csv", cwd=plan)
    assert (done.code, done.err) == (0, "actuals.csv: 0 new · 4 same · 0 revised\n")
    assert (plan / "actuals.csv").read_bytes() == before


def test_periods_down_with_units_under_the_names(run: Run, plan: Path) -> None:
    """Cumulated months of a ytd series: 1-2月 of a year is the state at the end of February; 万元 become 亿元."""
    table = "2024年财政收入情况,,\n时间,财政收入,城镇化率\n,万元,%\n1-2月,250000,43\n1—3月,400000,43.5\n"
    (plan / "b.csv").write_text(table, encoding="utf-8")
    done = run("import", "b.csv", "--json", cwd=plan)
    assert done.code == 4
    problem = json.loads(done.out)["problems"][0]
    assert (problem["cell"], problem["what"]) == ("C4", "this stretch is no period of such a series")
    assert run("import", "b.csv", "--range", "A1:B5", cwd=plan).code == 0
    assert recorded(plan, run) == {("revenue", "2024-02"): 25, ("revenue", "2024-03"): 40}


def test_what_is_asked_for_and_not_there(run: Run, plan: Path) -> None:
    """A label of the map that no table has, a map to no series, a sheet that is not there: each is said."""
    (plan / "b.csv").write_text("指标,2022\n城镇化率,40.5\n", encoding="utf-8")
    done = run("import", "b.csv", "--mapping", "yearly", cwd=plan)
    assert (done.code, (plan / "actuals.csv").read_text()) == (4, HEADER)
    assert 'the map\'s label "gdp" is in no table' in done.err
    assert run("import", "b.csv", "--map", "城镇化率=urbanisation", cwd=plan).code == 2
    assert run("import", "b.csv", "--sheet", "2", cwd=plan).code == 2
    assert run("import", "b.csv", "--range", "nonsense", cwd=plan).code == 2
    assert run("import", "b.csv", "--encoding", "hex", cwd=plan).code == 2
    assert run("import", "nowhere.csv", cwd=plan).code == 5


def packed(parts: dict[str, bytes]) -> bytes:
    """Return an .xlsx of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b" " * (513 * 2**20)}, "larger than 512 MB"),
        ({"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "xl/workbook.xml declares entities"),
        (
            {"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b'<c r="A1"/><c r="XFD1048576"/>'},
            "a sheet reaches over more than 50,000,000 cells",
        ),
        ({"word/document.xml": b""}, "this is a ZIP file, but no .xlsx workbook"),
        ({"xl/workbook.xml": b"nonsense"}, "this workbook cannot be read"),
    ],
)
def test_harmful_workbooks_are_refused(run: Run, plan: Path, parts: dict[str, bytes], sentence: str) -> None:
    """A bomb, entities, a cell at the end of the world and what is no workbook end with 4."""
    (plan / "b.xlsx").write_bytes(packed(parts))
    done = run("import", "b.xlsx", cwd=plan)
    assert done.code == 4
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_a_line_without_end_is_refused(run: Run, plan: Path) -> None:
    """A text of one endless line is left after the first megabyte or two."""
    (plan / "b.csv").write_bytes(b"1," * 2**20 + b"\n")
    done = run("import", "b.csv", cwd=plan)
    assert done.code == 4
    assert "a line is longer than 1 MB" in done.err


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年", "2024"), ("2024年度", "2024"), ("2024", "2024"), ("2024年1-6月", "2024-S1"),
        ("2024年6月", "2024-06"),
        ("2024年一季度", "2024-Q1"), ("2024Q1", "2024-Q1"), ("２０２４年第３季度", "2024-Q3"),
        ("2024年上半年", "2024-S1"),
        ("2024年下半年", "2024-S2"), ("2024/6/30", "2024-06-30"), ("202406", "2024-06"), ("2024年末", "2024"),
        ("截至2024年6月底", "2024-06"), ("2024年第5周", "2024-W05"), ("Jan 2024", "2024-01"), ("2024年1-5月", None),
    ],
)  # fmt: skip
def test_periods_as_offices_write_them(text: str, period: str | None) -> None:
    """Each way of writing a period means that period; a stretch that is none has none."""
    when = written(text)
    assert when is not None
    found = calendar_period(when)
    assert (found.text if found else None) == period


@pytest.mark.parametrize("text", ["", "2024.1", "12", "2024年目标", "2024-13", "13月", "GDP", "2023-2024"])
def test_what_is_no_period(text: str) -> None:
    """A number, a half-written month and a plan are no periods."""
    assert written(text) is None


MARKS = ["", "①", "*", "(1)", "（2）", "注1", "[a]", " ①"]


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(MARKS), st.sampled_from(["", "万元", "亿元"]))
def test_a_published_number_reads_back(value: Any, mark: str, unit: str) -> None:  # noqa: ANN401  a Decimal
    """Thousands, full-width digits, units and note marks change nothing of a number, whichever way it is written."""
    scale = 10_000 if unit == "亿元" else 1
    plain = published(f"{value:,}{unit}{mark}", "万元")
    assert plain.value == float(value * scale)
    assert plain.marks == mark.strip()
    wide = f"{value:f}".translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789."})
    assert published(f"{wide}{unit}{mark}", "万元").value == plain.value


@given(st.decimals(-1000, 1000, places=6))
def test_a_percent_format_shows_a_hundred_times(value: Any) -> None:  # noqa: ANN401  a Decimal
    """A cell in a percent format shows exactly a hundred times what it holds, with a sign."""
    text = shown_number(float(value), "0.0%")
    assert not isinstance(text, Refused)
    assert published(text, "%").value == float(value * 100)


@pytest.mark.parametrize("text", ["", " ", "-", "—", "——", "…", "..", "－", "/", "n/a"])
def test_signs_for_no_value(text: str) -> None:
    """What tables write where there is no value is no value, and no problem."""
    assert published(text, "%").value is None


@given(st.integers(0, 18_277))
def test_letters_of_columns_read_back(column: int) -> None:
    """A column's letters crop to that column."""
    grid = Grid("x", None, [[""] * column + ["x"]])
    assert cropped(grid, f"{letters(column)}1:{letters(column)}1").rows == [["x"]]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_grid_or_refused(data: bytes) -> None:
    """Whatever a file holds, it is rows of texts or an `InvalidFile`, nothing else."""
    with tempfile.NamedTemporaryFile() as file, contextlib.suppress(InvalidFile):
        file.write(data)
        file.flush()
        for grid in grids(file.name, Asked()):
            tables_in(grid)


def test_a_missing_library_is_named_with_the_line_that_installs_it(plan: Path) -> None:
    """Without the extra an .xlsx ends with 2 and the exact command; CSV needs nothing of it."""
    workbook(plan / "b.xlsx", fill_bulletin)
    code = (
        "import sys; sys.modules['python_calamine'] = None; from tracker.cli import main; "
        "sys.exit(main(['import', 'b.xlsx']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=plan, env=plain_environment(), capture_output=True, check=False
    )
    assert done.returncode == 2
    told, line = done.stderr.decode().splitlines()
    assert told == "tracker: python-calamine is needed to read spreadsheets, and not installed"
    assert line.startswith("  install it with: ")
    assert "[excel]" in line


def test_spreadsheet_libraries_are_loaded_for_spreadsheets_only(plan: Path) -> None:
    """Importing CSV loads neither openpyxl nor calamine nor, without a terminal, a progress bar."""
    (plan / "b.csv").write_text("指标,2022\n城镇化率,40.5\n", encoding="utf-8")
    code = (
        "import sys; from tracker.cli import main; code = main(['import', 'b.csv', '--json']); "
        "print(code, sorted({'openpyxl', 'python_calamine', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=plan, env=plain_environment(), capture_output=True, check=True
    )
    assert done.stderr.decode().splitlines()[-1] == "0 []"


def test_chinese_says_all_of_it(run: Run, plan: Path) -> None:
    """The plan and its problems follow --lang."""
    (plan / "b.csv").write_text("指标,2022\n城镇化率,5吨\n粮食,1\n", encoding="utf-8")
    done = run("import", "b.csv", "--lang", "zh", cwd=plan)
    assert "时期横排" in done.out
    assert "没有这个名称的序列" in done.out
    assert done.err.endswith("未导入任何数据\n")


def test_a_map_to_no_series_is_an_error_of_the_goals_file(project: Project, run: Run) -> None:
    """A saved map that leads to a series nobody knows stops with its line and the nearest; one of a panel does not."""
    panel = '[[goals]]\nid = "p/{county}"\nseries = "p/{county}"\ntarget = 1\ndue = 2030\n'
    saved = '[import.m]\nmap = { "a" = "gdpp", "b" = "p/one" }\n[import.n.map]\n"c" = "other"\n'
    folder = project.write(f"{GOALS}{panel}{saved}", HEADER)
    lines = (folder / "goals.toml").read_text(encoding="utf-8").splitlines()
    done = run("check", cwd=folder)
    assert done.code == 4
    first, other = (1 + next(n for n, line in enumerate(lines) if text in line) for text in ('"gdpp"', '"other"'))
    assert f'goals.toml:{first}: import.m.map.a: the series "gdpp" has neither a table nor an actual' in done.err
    assert 'did you mean "gdp"?' in done.err
    assert f"goals.toml:{other}: import.n.map.c: " in done.err
    assert "p/one" not in done.err


def test_years_that_no_heading_has_are_periods_of_a_long_table(plan: Path, run: Run) -> None:
    """What `record` takes as a period an import takes too, so that what was exported comes back: 1066, 2300-01-01."""
    for period in ("1066", "2300-01-01", "0999-12"):
        run("record", "population", "1", "--period", period, cwd=plan)
    run("export", "-o", "all.csv", cwd=plan)
    done = run("import", "all.csv", cwd=plan)
    assert done.code == 0, done.err
    assert "0 new · 3 same" in done.out


def test_many_problems_of_one_kind_are_counted(plan: Path, run: Run) -> None:
    """Twenty of a kind are written out, with the number of the others; JSON names every one, other kinds are not lost.

    3,000 rows with a month that does not exist, and one value that is no number.
    """
    rows = "".join(f"population,2024-13-{n},{n}\n" for n in range(3000))
    (plan / "x.csv").write_text(f"series,period,value\n{rows}population,2024,abc\n", encoding="utf-8")
    done = run("import", "x.csv", cwd=plan)
    assert done.code == 4
    assert done.err.count("is not a period") == 20
    assert 'abc"' in done.err
    assert "2980 more like these; --json names each\n3001 problems\n" in done.err
    assert len(json.loads(run("import", "x.csv", "--json", cwd=plan).out)["problems"]) == 3001
