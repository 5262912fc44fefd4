"""Several tables in one sheet, sheets that are hidden, and tables whose title alone has the year."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from test_import import converted

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


@pytest.mark.parametrize("others", [0, 34_000], ids=["small", "very-large"])
def test_hidden_rows_and_columns_are_read_and_named(run: Run, plan: Path, others: int) -> None:
    """What a filter hides is in the file: it is read, and said, where it has values."""
    made = openpyxl.Workbook()
    made.create_sheet("二")
    sheet = made.worksheets[0]
    for row in [*UPPER, ["城镇化率", "%", 42, 44], *(["粮食产量", "万吨", n, n] for n in range(others))]:
        sheet.append(row)
    for row_number in (3, 4):
        sheet.row_dimensions[row_number].hidden = True
    sheet.column_dimensions["C"].hidden = sheet.column_dimensions["H"].hidden = True
    made.save(plan / "x.xlsx")
    found, record = planned(run, plan)
    assert found == {**OF_UPPER, "urb 2022": 42, "urb 2023": 44}
    assert record["tables"][0]["hidden"] == ["3–4", "C"]


def test_what_is_hidden_is_said_only_where_it_is(run: Run, plan: Path) -> None:
    """In the line that names the table; a hidden row without a value that was read is not worth a word."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in [*UPPER, ["粮食产量", "万吨", 1, 2]]:
        sheet.append(row)
    sheet.row_dimensions[4].hidden = True
    made.save(plan / "x.xlsx")
    assert planned(run, plan)[1]["tables"][0]["hidden"] == []
    sheet.row_dimensions[2].hidden = True
    made.save(plan / "x.xlsx")
    assert "hidden and read as well: 2\n" in run("import", "x.xlsx", "-n", "--lang", "en", cwd=plan).out
    assert "隐藏但已读取：2" in run("import", "x.xlsx", "-n", "--lang", "zh", cwd=plan).out


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


def test_percents_whose_format_is_lost_are_asked_about(run: Run, plan: Path, tmp_path: Path) -> None:
    """An .xls keeps no number formats: 40.5% is 0.405 in it, a question even where the unit beside it is %."""
    path = book(plan / "x.xlsx", {"表": [["指标", "单位", "2024年"], ["城镇化率", "%", 0.405]]})
    made = openpyxl.load_workbook(path)
    made["表"]["C2"].number_format = "0.0%"
    made.save(path)
    assert planned(run, plan)[0] == {"urb 2024": 40.5}
    old = converted(path, "xls", tmp_path)
    assert "0.405 % or 40.5 %?" in run("import", old, cwd=plan).err
    assert run("import", old, "--as", "fraction", cwd=plan).code == 0
    assert "40.5" in run("log", cwd=plan).out


def test_a_fraction_under_percent_is_a_question_beside_its_history(run: Run, plan: Path) -> None:
    """The unit over a column does not make 0.46 a value of a series near 44; without a history it is what it says."""
    book(plan / "x.xlsx", {"表": [["指标", "单位", "2025年"], ["城镇化率", "%", 0.46]]})
    assert planned(run, plan)[1]["problems"] == []
    run("record", "urb", "44", "--period", "2024", cwd=plan)
    assert "0.46 % or 46.0 %?" in planned(run, plan)[1]["problems"][0]["what"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", ["csv", "csv --excel", "tsv", "xlsx", "jsonl", "json", "md"])
def test_what_was_exported_comes_back(run: Run, plan: Path, form: str, lang: str) -> None:
    """In every format and language: nothing changes here, and in an empty ledger every column is as it was."""
    ledger = (
        "series,period,value,quality,published,source,url,note,recorded_at\n"
        "gdp,2022,1500.25,provisional,2023-01-31,Bulletin,https://x.example/1,初步 note,2023-02-01T08:00:00Z\n"
        "gdp,2022,1510,final,2023-10-31,=Yearbook,,-＋@note,2023-11-01T08:00:00Z\n"
        "urb,2023,42,estimate,,,,,2024-02-01T08:00:00Z\n"
        "urb,2024,,retracted,,,,,2025-02-01T08:00:00Z\n"
    )
    (plan / "actuals.csv").write_text(ledger, encoding="utf-8")
    form, *excel = form.split()
    name = f"all.{form}"
    assert run("export", *excel, "-o", name, "--lang", lang, cwd=plan).code == 0
    done = run("import", name, cwd=plan)
    assert (done.code, (plan / "actuals.csv").read_text(encoding="utf-8")) == (0, ledger), done.err
    (plan / "actuals.csv").unlink()
    done = run("import", name, "--revise", cwd=plan)
    again = json.loads(run("export", "--json", cwd=plan).out)["lines"]
    told = [",".join("" if text is None else str(text) for text in list(line.values())[:-1]) for line in again]
    first = [line.rpartition(",")[0] for line in ledger.splitlines()[1:]]
    assert told == first[: len(told)]
    assert len(told) == 3  # a period that was retracted has nothing to come back to
    assert "neither labels nor a period" not in done.out


def test_the_nature_of_a_goal_is_no_quality(run: Run, plan: Path) -> None:
    """性质 with 约束性 in it is a column of the plan, passed over by name; with 预计 it is how firm values are."""
    rows: Rows = [["指标", "时期", "数值", "性质"], ["城镇化率", "2024", 44, "约束性"]]
    book(plan / "x.xlsx", {"表": rows})
    found, record = planned(run, plan)
    assert (found, [one["label"] for one in record["skipped"]]) == ({"urb 2024": 44}, ["性质"])
    rows[1][3] = "预计"
    book(plan / "x.xlsx", {"表": rows})
    assert planned(run, plan)[1]["lines"][0]["quality"] == "estimate"


def test_plan_and_actual_of_a_year_are_two_columns(run: Run, plan: Path) -> None:
    """2024年实际 is 2024; 2024年计划 beside it, and 2024年增长, are columns of their own, passed over by name."""
    book(
        plan / "x.xlsx",
        {
            "表": [
                ["指标", "2024年计划", "2024年实际", "2024年增长", "2023年完成值"],
                ["地区生产总值", 1500, 1600, 5, 1400],
            ]
        },
    )
    found, record = planned(run, plan)
    assert found == {"gdp 2024": 1600, "gdp 2023": 1400}
    assert [one["label"] for one in record["skipped"]] == ["2024年计划", "2024年增长"]


def test_the_first_values_of_a_panel_have_its_unit(run: Run, project: Project) -> None:
    """Series of a declaration for many are known before anything is recorded of them, by id and by a map.

    4,990,000 人 are 499 万人; no warning says that the series is not declared.
    """
    folder = project.write(
        'language = "en"\n[series."pop/{county}"]\nunit = "万人"\n[[goals]]\nid = "pop/{county}"\n'
        'series = "pop/{county}"\ntarget = 600\ndue = 2030\n'
    )
    book(folder / "x.xlsx", {"表": [["县区", "单位", "2024年"], ["昭阳区", "人", 4990000], ["pop/b", "人", 10000]]})
    done = run("import", "x.xlsx", "--map", "昭阳区=pop/a", cwd=folder)
    assert (done.code, "warning" in done.err) == (0, False), done.err
    assert "499 万人" in done.out
    lines = json.loads(run("log", "--json", cwd=folder).out)["lines"]
    assert [(line["series"], line["value"]) for line in lines] == [("pop/a", 499), ("pop/b", 1)]


def test_a_row_of_periods_with_a_label_of_its_own_is_asked_about(run: Run, plan: Path) -> None:
    """Without a gap it may be a heading or not: nothing below it is read under the wrong periods; a gap answers."""
    lower: Rows = [["城镇情况", None, "2023年", "2024年"], ["城镇化率", "%", 42, 44]]
    book(plan / "x.xlsx", {"表": [*UPPER, *lower]})
    assert [problem["cell"] for problem in planned(run, plan)[1]["problems"]] == ["表!C4"]
    book(plan / "x.xlsx", {"表": [*UPPER, [], *lower]})
    assert planned(run, plan)[0] == OF_UPPER | OF_LOWER


@pytest.mark.parametrize(
    ("heading", "period", "quality"),
    [
        ("2025年（上半年）", "2025-S1", "final"),
        ("2025年(一季度)", "2025-Q1", "final"),
        ("2024p", "2024", "provisional"),
        ("2024e", "2024", "estimate"),
    ],
)
def test_a_heading_with_its_part_or_its_mark_behind_the_year(
    run: Run, plan: Path, heading: str, period: str, quality: str
) -> None:
    """The half of a year in brackets, and the letters that statistical offices write behind a year."""
    book(plan / "x.xlsx", {"表": [["指标", "2023年", heading], ["常住人口", 500, 510]]})
    found, record = planned(run, plan)
    assert found == {"pop 2023": 500, f"pop {period}": 510}
    assert record["lines"][1]["quality"] == quality
