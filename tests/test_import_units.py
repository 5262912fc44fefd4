"""What a foreign table says of units around its values: converted exactly, or asked about, never passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from foreign import goals, imported

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = goals(
    profit="净利润 万元",
    gdp="生产总值 亿元",
    oil="原油 万桶",
    freight="周转量 亿吨公里",
    revenue="Revenue USD",
    rate="城镇化率 %",
)


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with series in several units and no actuals."""
    return project.write(GOALS)


def read(run: Run, plan: Path, text: str) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Return the values that a text table would give, by series and period, and its problems."""
    found, record = imported(run, plan, text)
    return found, record["problems"]


@pytest.mark.parametrize(
    "corner", ["单位：亿元", "指标（亿元）", "指标(单位:亿元)", "亿元", "（亿元）", "单位 亿元", "计量单位：亿元人民币"]
)
def test_the_corner_gives_the_unit(run: Run, plan: Path, corner: str) -> None:
    """What stands over the labels holds for all of them, in a text and in a workbook, across and down."""
    rows: list[list[Any]] = [[corner, "2023年", "2024年"], ["净利润", 3, 4]]
    expected = {"profit 2023": 30000, "profit 2024": 40000}
    assert read(run, plan, "".join(",".join(map(str, row)) + "\n" for row in rows)) == (expected, [])
    down = f"{corner},净利润\n2023,3\n2024,4\n"
    assert read(run, plan, down) == (expected, [])
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(plan / "x.xlsx")
    record = json.loads(run("import", "x.xlsx", "-n", "--json", cwd=plan).out)
    assert ([line["value"] for line in record["lines"]], record["tables"][0]["unit"]) == ([30000, 40000], "亿元")


@pytest.mark.parametrize(
    ("note", "label", "times"),
    [
        ("（亿元）", "净利润", 10000),
        ("（万元）", "净利润", 1),
        ("单位 亿元", "净利润", 10000),
        ("金额:亿元", "净利润", 10000),
        ("单位：亿元人民币", "净利润", 10000),
        ("单位：元  币种：人民币", "净利润", 0.0001),
        ("单位：亿元，2024年", "净利润", 10000),
        ("单位：千桶", "原油", 0.1),
        ("单位：万吨公里", "周转量", 0.0001),
        ("(USD in thousands)", "Revenue", 1000),
        ("Unit: USD million", "Revenue", 1000000),
        ("in billions of USD", "Revenue", 1000000000),
        ("责任单位：统计局", "净利润", 1),
        ("规模以上工业单位数", "净利润", 1),
        ("单位：昭通市统计局", "净利润", 1),
        ("单位负责人：张三", "净利润", 1),
    ],
)
def test_a_title_gives_the_unit_however_it_is_written(
    run: Run, plan: Path, note: str, label: str, times: float
) -> None:
    """Beside another title or alone over the table; an office is no unit."""
    series = {"净利润": "profit", "原油": "oil", "周转量": "freight", "Revenue": "revenue"}[label]
    expected = {f"{series} 2023": 5 * times, f"{series} 2024": 40 * times}
    for title in (f'表1,,"{note}"', f'"{note}",,'):
        assert read(run, plan, f"{title}\n指标,2023年,2024年\n{label},5,40\n") == (expected, [])


def test_a_title_in_brackets_gives_the_unit(run: Run, plan: Path) -> None:
    """主要指标（亿元） is a title with a unit; （2024年） is none."""
    expected = {"profit 2023": 30000}
    assert read(run, plan, "主要指标（亿元）,\n指标,2023年\n净利润,3\n") == (expected, [])
    assert read(run, plan, "主要指标（2023年）,\n指标,2023年\n净利润,3\n") == ({"profit 2023": 3}, [])


@pytest.mark.parametrize("note", ["单位：亿元", "注：本表金额单位为亿元", "（单位：亿元）", "以亿元为单位"])
def test_a_line_below_gives_the_unit(run: Run, plan: Path, note: str) -> None:
    """A line under the table that speaks of all values holds for all of them."""
    expected = {"profit 2023": 30000, "profit 2024": 40000}
    assert read(run, plan, f"指标,2023年,2024年\n净利润,3,4\n{note},,\n") == (expected, [])


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("表1,,单位：亿元、%\n指标,2023年,2024年\n净利润,3,4\n", "C1"),
        ("表1,,单位：亿元 万人\n指标,2023年,2024年\n净利润,3,4\n", "C1"),
        ("主要指标（亿元、%）,,\n指标,2023年,2024年\n净利润,3,4\n", "A1"),
        ('表1,,"Unit: USD million, %"\n指标,2023年,2024年\nRevenue,3,4\n', "C1"),
        ("表1,,单位：亿元\n指标（万元）,2023年,2024年\n净利润,3,4\n", "A2"),
        ("指标,2023年,2024年\n净利润,3,4\n注：人均净利润的单位为元,,\n", "A3"),
        ("指标,2023年,2024年\n生产总值,3,4\n二、财务（亿元）,,\n净利润,3,4\n", "A3"),
        ("表1,,单位：亿元、%\n指标,2023年,2024年\n净利润,3万,4万\n", "C1"),
    ],
)
def test_what_is_not_exactly_one_unit_is_a_question(run: Run, plan: Path, text: str, cell: str) -> None:
    """Nothing is taken in a unit that may be another: the place, what it says and what would do are named."""
    found, problems = read(run, plan, text)
    assert "profit 2023" not in found
    assert "revenue 2023" not in found
    assert [(one["cell"], one["what"].startswith("of which unit is")) for one in problems] == [(cell, True)]
    assert "write one unit over the table" in problems[0]["help"]
    assert run("import", "x.csv", cwd=plan).code == 4


def test_a_unit_written_as_one_that_is_none_is_refused(run: Run, plan: Path) -> None:
    """亿元/% may be two units or one: either way it is not the unit of the series."""
    found, problems = read(run, plan, "表1,单位：亿元/%\n指标,2023年\n净利润,3\n")
    assert (found, [one["what"] for one in problems]) == ({}, ['"3" is in 亿元/%, but the series is in 万元'])


def test_units_of_their_own_answer_before_any_title(run: Run, plan: Path) -> None:
    """Under 单位：亿元、% every label, column or cell with a unit is read in it."""
    title = "主要指标（单位：亿元、%）,,\n"
    expected = {"profit 2023": 30000, "profit 2024": 40000, "rate 2023": 42, "rate 2024": 43}
    labels = "指标,2023年,2024年\n净利润（亿元）,3,4\n城镇化率（%）,42,43\n"
    assert read(run, plan, title + labels) == (expected, [])
    cells = "指标,2023年,2024年\n净利润,3亿元,4亿元\n城镇化率,42%,43%\n"
    assert read(run, plan, title + cells) == (expected, [])
    column = "指标,单位,2023年,2024年\n净利润,亿元,3,4\n城镇化率,%,42,43\n"
    assert read(run, plan, "," + title + column) == (expected, [])
    group = "指标,2023年,2024年\n二、财务（万元）,,\n净利润,3,4\n"  # what it says changes nothing
    assert read(run, plan, group) == ({"profit 2023": 3, "profit 2024": 4}, [])


def test_a_column_beside_the_periods_says_nothing_of_them(run: Run, plan: Path) -> None:
    """增速（%） is the heading of a column of its own, passed over by name."""
    assert read(run, plan, "指标,2023年,增速（%）\n净利润,3,4\n") == ({"profit 2023": 3}, [])


@pytest.mark.parametrize("gap", [",,\n", ""])
@pytest.mark.parametrize(
    ("first", "second", "values"),
    [
        ("单位：亿元", "单位：万元", {"gdp 2023": 1800, "profit 2023": 3}),
        ("", "单位：亿元", {"gdp 2023": 1800, "profit 2023": 30000}),
        ("单位：万元", "（亿元）", {"gdp 2023": 0.18, "profit 2023": 30000}),
        ("（单位：亿元）", "", {"gdp 2023": 1800, "profit 2023": 30000}),
    ],
)
def test_two_tables_with_the_same_headings_have_a_unit_each(
    run: Run, plan: Path, first: str, second: str, values: dict[str, float], gap: str
) -> None:
    """表2 and its unit in two cells begin another table, though its periods are those of the first."""
    upper = f"表1,,{first}\n指标,2023年,2024年\n生产总值,1800,2000\n"
    lower = f"表2,,{second}\n指标,2023年,2024年\n净利润,3,4\n"
    found, problems = read(run, plan, upper + gap + lower)
    assert problems == []
    assert {name: value for name, value in found.items() if name.endswith("2023")} == values


def test_a_unit_between_two_tables_may_be_of_either(run: Run, plan: Path) -> None:
    """A line under one table and over another is the other's; one that stays with the first is asked about."""
    upper = "指标,2023年,2024年\n净利润,3,4\n"
    lower = "指标,2023年,2024年\n生产总值,1800,2000\n"
    found, problems = read(run, plan, f"{upper},,\n单位：万元,,\n{lower}")
    assert (found["profit 2023"], found["gdp 2023"], problems) == (3, 0.18, [])
    found, problems = read(run, plan, f"{upper}注：单位为亿元,,\n{lower}")
    assert ("profit 2023" in found, [one["cell"] for one in problems]) == (False, ["A3"])


@pytest.mark.parametrize("form", ["（亿元）", "(亿元)", "（单位：亿元）", "实际（亿元）", "（亿元）①"])
def test_a_heading_of_a_period_may_have_the_unit(run: Run, plan: Path, form: str) -> None:
    """2024年（亿元） is 2024 in 亿元, for every label without a unit of its own, across and down."""
    expected = {"profit 2023": 30000, "profit 2024": 4, "gdp 2023": 5, "gdp 2024": 0.0006}
    table = f"指标,2023年{form},2024年（万元）\n净利润,3,4\n生产总值,5,6\n"
    assert read(run, plan, table) == (expected, [])
    down = f"年份,净利润,生产总值\n2023年{form},3,5\n2024年（万元）,4,6\n"
    assert read(run, plan, down) == (expected, [])


def test_two_units_of_one_value_are_a_question(run: Run, plan: Path) -> None:
    """A label in 元 under a heading in 亿元, or beside a unit of its own, is in one of them: nobody knows which."""
    for table in (
        "指标,2023年（亿元）\n净利润（元）,3\n",
        "指标,单位,2023年（亿元）\n净利润,元,3\n",
    ):
        found, problems = read(run, plan, table)
        assert (found, len(problems)) == ({}, 1)
        assert "元 · " in problems[0]["what"]
    assert read(run, plan, "指标,单位,2023年（亿元）\n净利润（亿元）,亿元,3\n") == ({"profit 2023": 30000}, [])
