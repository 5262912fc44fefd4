"""What in a table could be read in two ways: asked about or refused, never taken for one of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = """
language = "en"
[series.profit]
name = "净利润"
unit = "万元"
kind = "flow"
[series.power]
name = "发电量"
unit = "亿千瓦时"
kind = "flow"
[series.gdp]
name = "地区生产总值"
unit = "亿元"
kind = "ytd"
[series.people]
name = "常住人口"
unit = "万人"
[[goals]]
id = "p"
series = "profit"
target = 60
due = 2030
"""


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
    return Read({f"{line['series']} {line['period']}": line["value"] for line in plan["lines"]}, problems, plan)


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
