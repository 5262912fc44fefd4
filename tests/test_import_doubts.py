"""What in a table could be read in two ways: asked about or refused, never taken for one of them."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import openpyxl
import pytest
from foreign import goals, values
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = goals(
    profit="净利润 万元 flow", power="发电量 亿千瓦时 flow", gdp="地区生产总值 亿元 ytd", people="常住人口 万人"
)


class Read(NamedTuple):
    """What an import would record by series and period, its problems as (cell, what, help), and its whole plan."""

    values: dict[str, float]
    problems: list[tuple[str, str, str]]
    plan: dict[str, Any]


@pytest.fixture
def folder(project: Project) -> Path:
    """Return a folder with four series and no actuals."""
    return project.write(GOALS)


def read(run: Run, folder: Path, table: str | Path, *more: str) -> Read:
    """Return what an import of a text on stdin, or of a file, comes to."""
    file, text = ("-", table) if isinstance(table, str) else (table, "")
    done = run("import", file, "-n", "--json", *more, cwd=folder, stdin=text)
    plan = json.loads(done.out)
    problems = [(each["cell"], each["what"], each["help"]) for each in plan["problems"]]
    assert done.code == (4 if problems else 0), done.err
    return Read(values(plan), problems, plan)


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("▲30", "▲", "30"), ("△5", "△", "5"), ("30▲", "▲", "30"), ("△ 12.5亿元", "△", "12.5亿元"), ("▲-3", "▲", "3"),
        ("▲①3", "▲", "3"),
    ],
)  # fmt: skip
def test_a_triangle_is_never_dropped(run: Run, folder: Path, text: str, mark: str, number: str) -> None:
    """▲30 is -30 in accounts and 30 with a note elsewhere: neither is taken, in text and in JSON."""
    what = f'"{text}": {mark} beside a number may mean minus, or point to a note'
    advice = f"write -{number} or {number}"
    found = read(run, folder, f"指标,2023年,2024年\n净利润,100,{text}\n")
    assert (found.values, found.problems) == ({"profit 2023": 100}, [("C2", what, advice)])
    table = json.dumps([{"series": "profit", "period": "2024", "value": text}])
    assert read(run, folder, table).problems == [("[1].value", what, advice)]


def test_a_triangle_in_a_name_or_beside_no_value_says_nothing_of_a_sign(run: Run, folder: Path) -> None:
    """△净利润 is the series with a mark; — with one is no value."""
    found = read(run, folder, "指标,2023年,2024年\n△净利润,100,—△\n")
    assert (found.values, found.problems) == ({"profit 2023": 100}, [])


def sheet(path: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    """Write a workbook of one sheet."""
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    page.title = "表"
    for row in rows:
        page.append(row)
    for cell, form in (formats or {}).items():
        page[cell].number_format = form
    made.save(path)
    return path


def test_a_number_format_that_shows_minus_as_a_triangle_is_exact(run: Run, folder: Path) -> None:
    """The cell holds -5 and shows ▲5: it is -5; 5 shown as ▲5 is not clear."""
    rows: list[list[Any]] = [["指标", "2023年", "2024年"], ["净利润", -5, 5]]
    below = sheet(folder / "x.xlsx", rows, {"B2": '#,##0;"▲ "#,##0', "C2": '#,##0;"▲ "#,##0'})
    assert read(run, folder, below).values == {"profit 2023": -5, "profit 2024": 5}
    always = sheet(folder / "x.xlsx", rows, {"C2": '"▲"0'})
    assert [cell for cell, _, _ in read(run, folder, always).problems] == ["表!C2"]


def raised(text: str, mark: str, align: Literal["superscript", "subscript"] = "superscript") -> CellRichText:
    """Return what a cell holds in which a mark stands higher than the text, or lower."""
    return CellRichText(text, TextBlock(InlineFont(vertAlign=align), mark))


def shared(path: Path) -> Path:
    """Rewrite a workbook as spreadsheet programs do it: the texts of cells in a part of their own."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    texts = re.findall(r"<is>(.*?)</is>", parts[name])
    places = iter(range(len(texts)))
    parts[name] = re.sub(r'"inlineStr"><is>.*?</is>', lambda _: f'"s"><v>{next(places)}</v>', parts[name])
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = "".join(f"<si>{text}</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}" count="{len(texts)}">{items}</sst>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rIdS" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


FILLING = 25_000
"""Rows of other things after which a sheet is large enough for the fast reader."""


@pytest.mark.parametrize("filling", [0, FILLING], ids=["careful", "fast"])
@pytest.mark.parametrize("is_shared", [False, True], ids=["inline", "shared"])
def test_a_raised_note_is_no_digit(run: Run, folder: Path, filling: int, is_shared: bool) -> None:
    """200 and a raised 1 are 200 with note ¹, whichever reader it is; so are raised notes at names and periods."""
    rows: list[list[Any]] = [
        ["指标", "2021年", "2022年", raised("2023年", "1"), "2024年"],
        [raised("净利润", "1"), raised("200", "1"), raised("201", "1)"), raised("202", "1,2"), raised("203", "*")],
        *([["粮食产量", 1, 2, 3, "其他" * 20]] * filling),
        [CellRichText(TextBlock(InlineFont(vertAlign="superscript"), "1"), "未经审计")],
    ]
    path = sheet(folder / "x.xlsx", rows)
    found = read(run, folder, shared(path) if is_shared else path)
    expected = {"profit 2021": 200, "profit 2022": 201, "profit 2023": 202, "profit 2024": 203}
    assert (found.values, found.problems) == (expected, [])
    notes = [line["note"] for line in found.plan["lines"]]
    assert notes == ["¹ 未经审计; ¹ 未经审计", "(1); ¹ 未经审计", "(1)(2); ¹ 未经审计; ¹ 未经审计", "*; ¹ 未经审计"]


def test_what_stands_raised_or_lowered_and_is_no_note_is_never_part_of_the_number(run: Run, folder: Path) -> None:
    """10⁶, a lowered digit, an exponent and a raised note alone are refused; m² stays a unit."""
    cells = [raised("10", "6"), raised("200", "1", "subscript"), raised("2", "e5"), raised("", "7"), raised("3", "-1")]
    rows: list[list[Any]] = [["指标", *(f"{year}年" for year in range(2020, 2025))], ["净利润", *cells]]
    found = read(run, folder, sheet(folder / "x.xlsx", rows))
    assert found.values == {}
    assert [cell for cell, _, _ in found.problems] == [f"表!{column}2" for column in "BCDEF"]
    assert found.problems[0][1] == '"10⁶" may be a power of ten, or 10 with a note'
    more = '[series.floor]\nname = "面积"\nunit = "万m²"\n[series.road]\nname = "道路"\nunit = "km"\n'
    (folder / "goals.toml").write_text(f"{(folder / 'goals.toml').read_text(encoding='utf-8')}{more}", encoding="utf-8")
    rows = [["指标", "2024年"], ["面积", raised("50000m", "2")], ["道路", raised("20km", "2")]]
    found = read(run, folder, sheet(folder / "x.xlsx", rows))
    assert (found.values, [cell for cell, _, _ in found.problems]) == ({"floor 2024": 5}, ["表!B3"])


@pytest.mark.parametrize(
    ("table", "values", "cells"),
    [
        ("指标,2024年8月,2024年9月累计\n发电量,80,700\n", {"power 2024-08": 80}, ["C2"]),
        ("时间,发电量\n2024年8月,80\n9月累计,700\n", {"power 2024-08": 80}, ["B3"]),
        ("2024年9月累计主要指标,,\n指标,单位,绝对值\n发电量,亿千瓦时,700\n", {}, ["C3"]),
        ("指标,2024年6月累计\n发电量,400\n", {"power 2024-S1": 400}, []),
        ("指标,2024年9月累计,2024年全年累计\n净利润,60,90\n", {"profit 2024": 90}, ["B2"]),
        ("指标,2024年三季度累计,2024年累计\n净利润,60,90\n", {}, ["B2", "C2"]),
        ("指标,2024年9月累计,2024年12月累计\n地区生产总值,60,90\n", {"gdp 2024-09": 60, "gdp 2024-12": 90}, []),
    ],
)
def test_what_is_cumulated_is_no_month(
    run: Run, folder: Path, table: str, values: dict[str, float], cells: list[str]
) -> None:
    """9月累计 is January to September, wherever it stands: never September alone, and no guess where it began."""
    found = read(run, folder, table)
    assert (found.values, [cell for cell, _, _ in found.problems]) == (values, cells)


@pytest.mark.parametrize(
    ("stretch", "first", "last"), [("4-6月", 4, 6), ("7-9月", 7, 9), ("二季度", 4, 6), ("下半年", 7, 12), ("Q3", 7, 9)]
)
def test_later_months_alone_are_no_period_of_a_cumulated_series(
    run: Run, folder: Path, stretch: str, first: int, last: int
) -> None:
    """4-6月 says the amount of three months, or the year up to June: it is asked about; 1-6月 and 2024-Q2 are clear."""
    found = read(run, folder, f"指标,2024年{stretch}\n地区生产总值,100\n")
    assert found.values == {}
    assert found.problems == [
        ("B2", f"months {first} to {last}: their own amount, or that of the year up to then?",
         f"write 2024年1-{last}月 for the year up to then; the amount of some months needs a series of another kind"),
    ]  # fmt: skip
    clear = read(run, folder, "series,period,value\ngdp,2024-Q1,100\ngdp,2024-Q2,210\n")
    assert (clear.values, clear.problems) == ({"gdp 2024-Q1": 100, "gdp 2024-Q2": 210}, [])


def test_a_whole_year_beside_cumulated_months_is_told_how_to_be_written(run: Run, folder: Path) -> None:
    """全年 beside 1-3月 is a year beside a month: the next step is 1-12月."""
    found = read(run, folder, "2024年,,\n指标,1-3月,全年\n地区生产总值,30,120\n")
    assert [(cell, advice) for cell, _, advice in found.problems] == [
        ("C3", "head what is cumulated since January with 1-3月, 1-6月 and so on, and the whole year with 1-12月")
    ]
    found = read(run, folder, "2024年,,\n指标,1-3月,1-12月\n地区生产总值,30,120\n")
    assert found.values == {"gdp 2024-03": 30, "gdp 2024-12": 120}


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("年份,月份,净利润\n2023,12,90\n2024,1,100\n", {"profit 2023-12": 90, "profit 2024-01": 100}),
        ("月份,年份,净利润\n12,2023年,90\n1,2024年,100\n", {"profit 2023-12": 90, "profit 2024-01": 100}),
        ("年份,净利润,月份\n2023,90,12\n2024,100,1\n", {"profit 2023-12": 90, "profit 2024-01": 100}),
        ("年份,季度,净利润\n2023,4,90\n2024,一季度,100\n", {"profit 2023-Q4": 90, "profit 2024-Q1": 100}),
        ("指标,2023年,2024年\n月份,12,9\n净利润,90,100\n", {"profit 2023-12": 90, "profit 2024-09": 100}),
        (
            "指标,年份,月份,数值\n净利润,2024,1,90\n净利润,2024年,12,100\n",
            {"profit 2024-01": 90, "profit 2024-12": 100},
        ),
    ],
)
def test_a_year_and_its_month_apart_are_one_period(
    run: Run, folder: Path, table: str, values: dict[str, float]
) -> None:
    """12 in the column of months beside 2023 is December 2023, not the whole year, whichever way the table lies."""
    found = read(run, folder, table)
    assert (found.values, found.problems) == (values, [])


@pytest.mark.parametrize("part", ["13", "合计", "2023年1月"])
def test_a_part_of_a_year_that_is_none_is_refused(run: Run, folder: Path, part: str) -> None:
    """A thirteenth month is neither left out nor read as the year."""
    expected = [("C3", f'"2024 {part}" is not a period')]
    found = read(run, folder, f"年份,月份,净利润\n2023,12,90\n2024,{part},100\n")
    assert (found.values, [each[:2] for each in found.problems]) == ({"profit 2023-12": 90}, expected)


WAYS = ("2024-{month:02}-{day:02}", "2024/{month}/{day}", "2024.{month}.{day}", "2024{month:02}{day:02}")


@pytest.mark.parametrize("way", WAYS)
def test_a_step_that_is_asked_for_is_that_of_every_date(run: Run, folder: Path, way: str) -> None:
    """With --step month any day of it is the month, however the date is written; without, the first of one is asked."""
    dates = [way.format(month=month, day=day) for month, day in ((1, 1), (2, 1), (3, 28), (4, 30))]
    rows = "".join(f"{date},{value}\n" for value, date in enumerate(dates, 1))
    found = read(run, folder, f"date,净利润\n{rows}", "--step", "month")
    expected = {"profit 2024-01": 1, "profit 2024-02": 2, "profit 2024-03": 3, "profit 2024-04": 4}
    assert (found.values, found.problems) == (expected, [])
    asked = read(run, folder, f"date,净利润\n{rows}").problems
    assert [(cell, what[10:]) for cell, what, _ in asked[:2]] == [
        (cell, ": the day, or the month or the year that begins with it?") for cell in ("B2", "B3")
    ]
    days = read(run, folder, f"series,period,value\nprofit,{dates[0]},1\nprofit,{dates[2]},2\n", "--step", "day")
    assert days.values == {"profit 2024-01-01": 1, "profit 2024-03-28": 2}


def test_a_date_inside_a_long_step_is_refused(run: Run, folder: Path) -> None:
    """28 December stands for the year that ends, 30 June does not."""
    found = read(run, folder, "date,净利润\n2023-12-28,1\n2024-06-30,2\n", "--step", "year")
    assert found.values == {"profit 2023": 1}
    assert [each[:2] for each in found.problems] == [
        ("B3", "2024-06-30 is neither at the beginning nor at the end of 2024")
    ]


def test_dates_of_a_workbook_take_the_step_as_well(run: Run, folder: Path) -> None:
    """The 28th in a cell of dates is the month with --step month."""
    path = sheet(folder / "x.xlsx", [["日期", "净利润"], [date(2024, 1, 28), 1], [date(2024, 2, 1), 2]])
    assert read(run, folder, path, "--step", "month").values == {"profit 2024-01": 1, "profit 2024-02": 2}


def test_a_ledger_has_its_own_days(run: Run, folder: Path) -> None:
    """The first of January in a ledger was recorded as a day: it is no question, and comes back as it went."""
    run("record", "people", "1", "--period", "2024-01-01", cwd=folder)
    ledger = (folder / "actuals.csv").read_text(encoding="utf-8")
    (folder / "actuals.csv").unlink()
    found = read(run, folder, ledger)
    assert (found.values, found.problems) == ({"people 2024-01-01": 1}, [])


def test_a_point_before_three_digits_between_semicolons_is_a_question(run: Run, folder: Path) -> None:
    """Where ; stands between cells 1.800 is 1800 to some: it is asked about, unless another cell has 2.5."""
    found = read(run, folder, "指标;2022年;2023年;2024年\n净利润;1.800;-2.000亿元;30\n")
    advice = "write it without a point, or with another number of decimals"
    assert found.values == {"profit 2024": 30}
    assert found.problems == [
        ("B2", '"1.800" in a table with ; between cells: 1800 or 1.8?', advice),
        ("C2", '"-2.000亿元" in a table with ; between cells: 2000 or 2?', advice),
    ]
    for other, value in (("2.5", 2.5), ("0.618", 0.618)):
        clear = read(run, folder, f"指标;2023年;2024年\n净利润;1.800;{other}\n")
        assert (clear.values, clear.problems) == ({"profit 2023": 1.8, "profit 2024": value}, [])
    dates = read(run, folder, "指标;2024.05;2024.06\n净利润;1.800;12\n")  # a month is no number with decimals
    assert [cell for cell, _, _ in dates.problems] == ["B2"]
    assert read(run, folder, "指标,2023年,2024年\n净利润,1.800,2.000\n").values == {
        "profit 2023": 1.8,
        "profit 2024": 2,
    }


def test_a_cell_that_is_too_long_is_not_told_about_commas(run: Run, folder: Path) -> None:
    """A cell of a hundred thousand characters and more has a next step of its own."""
    (folder / "x.csv").write_text(f"指标,2024年\n净利润,{'x' * 140_000}\n", encoding="utf-8")
    done = run("import", "x.csv", cwd=folder)
    assert done.code == 4
    assert done.err == (
        "x.csv:2: a cell is longer than 131,072 characters\n"
        "  is this a table? Take that cell out, or close a quote that is open before it\n1 problem\n"
    )


def test_a_general_format_with_a_unit_shows_it_behind_the_number(run: Run, folder: Path) -> None:
    """General"万元" is 100万元, not 万元100, and below zero as well."""
    rows: list[list[Any]] = [["指标", "2022年", "2023年", "2024年"], ["净利润", 100, -3, -0.5]]
    forms = {"B2": 'General"万元"', "C2": 'General"亿元"', "D2": 'General"亿元";-General"亿元"'}
    found = read(run, folder, sheet(folder / "x.xlsx", rows, forms))
    assert (found.values, found.problems) == (
        {"profit 2022": 100, "profit 2023": -30000, "profit 2024": -5000}, []
    )  # fmt: skip


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#NAME?"])
def test_an_error_of_a_spreadsheet_is_quoted_as_it_stands(run: Run, folder: Path, error: str) -> None:
    """#REF! in a text table is the error that the cell showed, as in a workbook: no mark is taken off it."""
    found = read(run, folder, f"指标,2023年,2024年\n净利润,100,{error}\n")
    assert found.problems == [
        ("C2", f"the cell shows the error {error}", "correct the formula and save the file again")
    ]


@pytest.mark.parametrize(
    ("table", "qualities", "notes"),
    [
        ("指标,2023年,2024年\n净利润,1900,2000(p)\n", ["final", "provisional"], [None, "(p)"]),
        ("指标,2023年,2024年(e)\n净利润,1900[p],2000\n", ["provisional", "estimate"], ["[p]", "(e)"]),
        ("指标,2024年\n净利润,2000(p)\n(p) 初步数\n", ["provisional"], ["(p) 初步数"]),
        ("指标,2024年\n净利润,2000(e)\n(d) 现价 (e) 不含税\n", ["final"], ["(e) 不含税"]),
        ("指标,2024年\n净利润,2000(a)\n", ["final"], ["(a)"]),
    ],
)
def test_a_letter_that_says_provisional_is_believed(
    run: Run, folder: Path, table: str, qualities: list[str], notes: list[str | None]
) -> None:
    """(p) is provisional and (e) an estimate, unless the table explains the letter as something else."""
    lines = read(run, folder, table).plan["lines"]
    assert [line["quality"] for line in lines] == qualities
    assert [line["note"] for line in lines] == notes


@pytest.mark.parametrize("way", WAYS)
def test_two_dates_in_one_month_are_days(run: Run, folder: Path, way: str) -> None:
    """Beside 2 January the first is a day as well, and no question; for a series with firsts alone it is one."""
    first, second, later = (way.format(month=month, day=day) for month, day in ((1, 1), (1, 2), (2, 1)))
    table = f"series,period,value\npeople,{first},1\npeople,{second},2\npeople,{later},3\nprofit,{later},4\n"
    found = read(run, folder, table)
    assert found.values == {"people 2024-01-01": 1, "people 2024-01-02": 2, "people 2024-02-01": 3}
    assert [cell for cell, _, _ in found.problems] == ["C5"]
