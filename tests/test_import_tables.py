"""Several tables in one sheet, sheets that are hidden, and tables whose title alone has the year."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = """
language = "en"
[series.gdp]
name = "地区生产总值"
unit = "亿元"
kind = "flow"
[series.urb]
name = "城镇化率"
unit = "%"
kind = "ratio"
[series.pop]
name = "常住人口"
unit = "万人"
[[goals]]
id = "u"
series = "urb"
target = 60
due = 2030
"""
Rows = list[list[Any]]


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with three series and no actuals."""
    return project.write(GOALS)


def book(path: Path, sheets: dict[str, Rows], hidden: tuple[str, ...] = ()) -> Path:
    """Write a workbook of sheets, some of them hidden."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    made.save(path)
    return path


def planned(run: Run, plan: Path, *more: str) -> tuple[dict[str, float], dict[str, Any]]:
    """Return the values that an import would record by series and period, and its whole plan."""
    record = json.loads(run("import", "x.xlsx", "-n", "--json", *more, cwd=plan).out)
    return {f"{line['series']} {line['period']}": line["value"] for line in record["lines"]}, record


UPPER: Rows = [
    ["指标", "单位", "2022年", "2023年"],
    ["地区生产总值", "亿元", 1500, 1600],
    ["常住人口", "万人", 500, 499],
]
OF_UPPER = {"gdp 2022": 1500, "gdp 2023": 1600, "pop 2022": 500, "pop 2023": 499}
OF_LOWER = {"urb 2023": 42, "urb 2024": 44}


@pytest.mark.parametrize(
    ("rows", "areas", "values"),
    [
        ([["表一"], *UPPER, [], ["表二"], ["指标", "单位", "2023年", "2024年"], ["城镇化率", "%", 42, 44]],
         ["A2:D4", "A7:D8"], OF_UPPER | OF_LOWER),
        ([["指标", "单位", 2022, 2023], *UPPER[1:], ["指标", "单位", 2023, 2024], ["城镇化率", "%", 42, 44]],
         ["A1:D3", "A4:D5"], OF_UPPER | OF_LOWER),
        ([*UPPER, [], ["年份", "城镇化率"], [2023, 42], [2024, 44]], ["A1:D3", "A5:B7"], OF_UPPER | OF_LOWER),
        ([["年份", "地区生产总值"], ["2022", 1500], ["2023", 1600], [], ["年份", "城镇化率"], ["2023", 42],
          ["2024", 44]], ["A1:B3", "A5:B7"], {"gdp 2022": 1500, "gdp 2023": 1600} | OF_LOWER),
        ([["指标", "2022年", "2023年", None, "指标", "2023年", "2024年"],
          ["地区生产总值", 1500, 1600, None, "城镇化率", 42, 44], ["常住人口", 500, 499]],
         ["A1:C3", "E1:G2"], OF_UPPER | OF_LOWER),
        ([["序列", "时期", "数值"], ["gdp", 2022, 1500], [], ["指标", "2023年", "2024年"], ["城镇化率", 42, 44]],
         ["A1:C2", "A4:C5"], {"gdp 2022": 1500} | OF_LOWER),
        ([*UPPER, [], ["指标", "2020年", "2021年", "2023年", "2024年"], ["城镇化率", 37, 39, 42, 44],
          ["城镇化率", 37, 39, 42, 44], ["粮食", 1, 1, 1, 1]],
         ["A1:D3", "A5:E8"], OF_UPPER | OF_LOWER | {"urb 2020": 37, "urb 2021": 39}),
    ],
    ids=["below", "bare years", "the other way", "down", "beside", "long above", "larger below"],
)  # fmt: skip
def test_every_table_has_its_own_periods(
    run: Run, plan: Path, rows: Rows, areas: list[str], values: dict[str, float]
) -> None:
    """A second heading begins a table of its own: nothing under it is read under the periods of the first."""
    book(plan / "x.xlsx", {"表": rows})
    found, record = planned(run, plan)
    assert found == values
    assert [table["area"] for table in record["tables"]] == areas


def test_a_heading_of_the_next_page_is_no_table(run: Run, plan: Path) -> None:
    """The same heading once more, between the rows, is passed over."""
    book(plan / "x.xlsx", {"表": [*UPPER, UPPER[0], ["城镇化率", "%", 41, 42]]})
    found, record = planned(run, plan)
    assert found == {**OF_UPPER, "urb 2022": 41, "urb 2023": 42}
    assert [table["area"] for table in record["tables"]] == ["A1:D5"]


def test_words_in_the_place_of_values_begin_no_table(run: Run, plan: Path) -> None:
    """A row that says 待公布 for all periods is a problem of its own cells, as before."""
    book(plan / "x.xlsx", {"表": [*UPPER, [], ["城镇化率", "%", "待公布", "待公布"], ["人口", "万人", 3, 4]]})
    _, record = planned(run, plan)
    assert [problem["cell"] for problem in record["problems"]] == ["表!C5", "表!D5"]


def test_a_title_holds_for_the_tables_below_it_unless_they_say_otherwise(run: Run, plan: Path) -> None:
    """The unit over the first table is that of the second; a unit over the second comes before it."""
    below: Rows = [["指标", "2023年", "2024年"], ["地区生产总值", 16000000, 17000000]]
    first: Rows = [["单位：万元"], ["指标", "2021年", "2022年"], ["地区生产总值", 14000000, 15000000], []]
    book(plan / "x.xlsx", {"表": [*first, *below]})
    assert planned(run, plan)[0] == {"gdp 2021": 1400, "gdp 2022": 1500, "gdp 2023": 1600, "gdp 2024": 1700}
    book(plan / "x.xlsx", {"表": [*first, ["单位：元"], *below]})
    assert planned(run, plan)[0]["gdp 2024"] == 0.17


def test_a_part_without_periods_is_named_with_its_range(run: Run, plan: Path) -> None:
    """A second block that is no table is passed over by its range, which --range takes."""
    book(plan / "x.xlsx", {"表": [*UPPER, [], ["指标", None, "户数", "面积"], ["城镇化率", None, 3, 4]]})
    found, record = planned(run, plan)
    assert found == OF_UPPER
    assert [(one["cell"], one["label"]) for one in record["skipped"]] == [("表!A5", "指标")]
    assert "--range A5:D6" in record["skipped"][0]["why"]


def test_hidden_sheets_are_named_and_read_when_asked_for(run: Run, plan: Path) -> None:
    """A hidden sheet is passed over by name, with the option that reads it."""
    book(plan / "x.xlsx", {"表": UPPER, "旧 表": [["指标", "2024年"], ["城镇化率", 44]]}, hidden=("旧 表",))
    found, record = planned(run, plan)
    assert found == OF_UPPER
    assert [one["label"] for one in record["skipped"]] == ["旧 表"]
    assert '--sheet "旧 表"' in record["skipped"][0]["why"]
    assert planned(run, plan, "--sheet", "旧 表")[0] == {"urb 2024": 44}


TITLED: Rows = [
    ["指标", "单位", "绝对值", "比上年增长%"], ["地区生产总值", "亿元", 1500, 5.1], ["城镇化率", "%", 44, None]
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "values"),
    [
        ("2024年主要指标", {"gdp 2024": 1500, "urb 2024": 44}),
        ("昭通市2024年三季度主要指标", {"gdp 2024-Q3": 1500, "urb 2024-Q3": 44}),
    ],
)
def test_the_title_gives_the_one_period(run: Run, plan: Path, title: str, values: dict[str, float]) -> None:
    """Under a title with one period the column of values is of that period; the growth beside it is named as unread."""
    book(plan / "x.xlsx", {"表": [[title], *TITLED]})
    found, record = planned(run, plan)
    assert found == values
    assert [(one["label"], one["cell"]) for one in record["skipped"]] == [("比上年增长%", "表!D2")]
    assert f"{record['tables'][0]['titled']} from the title" in run("import", "x.xlsx", "-n", cwd=plan).out


def test_titles_with_two_years_give_no_period(run: Run, plan: Path) -> None:
    """Two years in the title are one too many: the problem says what was seen and what would do."""
    book(plan / "x.xlsx", {"表": [["2023年、2024年主要指标"], *TITLED]})
    done = run("import", "x.xlsx", "-n", cwd=plan)
    assert done.code == 4
    assert "the headings are 指标, 单位, 绝对值, 比上年增长%" in done.err
    assert "write the period over its values, such as 2024年" in done.err


def test_what_stands_under_a_year_is_the_period(run: Run, plan: Path) -> None:
    """1-9月 under 2024年 is no whole year, nor is the growth beside it; a flow does not take it, 三季度 it does."""
    rows: Rows = [
        ["指标", "单位", "2024年", "2024年"],
        [None, None, "1-9月", "增长%"],
        ["地区生产总值", "亿元", 1500, 5.1],
    ]
    book(plan / "x.xlsx", {"表": rows})
    mapped = planned(run, plan, "--map", "地区生产总值 增长%=urb")
    assert mapped[0] == {}
    assert [problem["cell"] for problem in mapped[1]["problems"]] == ["表!C3", "表!D3"]
    rows[1][2] = "三季度"
    book(plan / "x.xlsx", {"表": rows})
    assert planned(run, plan, "--map", "地区生产总值 增长%=urb")[0] == {"gdp 2024-Q3": 1500, "urb 2024-Q3": 5.1}


def test_a_second_heading_of_values_says_nothing_of_its_own(run: Run, plan: Path) -> None:
    """绝对值 under each year, as bulletins have it, leaves the label what it is; 比上年增长% makes it another."""
    rows: Rows = [
        ["指标", "单位", "2024年", None, "2023年", None],
        [None, None, "绝对值", "比上年增长%", "绝对值", "比上年增长%"],
        ["地区生产总值", "亿元", 1500, 5.1, 1400, 4.8],
    ]
    book(plan / "x.xlsx", {"表": rows})
    found, record = planned(run, plan)
    assert found == {"gdp 2024": 1500, "gdp 2023": 1400}
    assert [one["label"] for one in record["skipped"]] == ["地区生产总值 比上年增长%"]
