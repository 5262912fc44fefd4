"""Columns, conditions and headings: --columns, --where and --by."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
GOALS = """
[series.a]
unit = "%"
kind = "ratio"
[[goals]]
id = "a"
name = "Alpha"
group = "G"
owner = "Finance"
tags = ["x", "y"]
fields = { "性质" = "约束性" }
target = 50
due = 2030
[[goals]]
id = "b"
name = "Beta"
group = "G"
owner = "Health"
tags = ["x"]
fields = { "性质" = "预期性", weight = 3 }
target = 50
due = 2028
[[goals]]
id = "c"
name = "Gamma"
target = 50
due = 2026
"""
ACTUALS = HEADER + "".join(f"a,{year},{value},,,,,,\n" for year, value in ((2022, 40), (2023, 44), (2024, 48)))


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a project with three goals, of which one has actuals."""
    return project.write(GOALS, ACTUALS)


def ids(run: Run, plan: Path, *conditions: str) -> list[str]:
    """Return the goals that meet conditions, as --where finds them."""
    asked = [part for one in conditions for part in ("--where", one)]
    done = run("status", *asked, "--json", "--sort", "file", cwd=plan)
    assert done.err == ""
    return [goal["id"] for goal in json.loads(done.out)["goals"]]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["性质=约束性"], "a"),
        (["fields.性质 != 约束性"], "bc"),
        (["owner=finance"], "a"),
        (["owner="], "c"),
        (["owner!="], "ab"),
        (["tags=x"], "ab"),
        (["tags!=x"], "c"),
        (["tags=x", "tags=y"], "a"),
        (["status=no-data"], "bc"),
        (["status=无数据"], ""),
        (["weight=3"], "b"),
        (["weight>=3"], "b"),
        (["weight<3"], ""),
        (["due<=2028-12-31"], "bc"),
        (["actual.value>47.9"], "a"),
        (["Gap<3"], "a"),
        (["elapsed<50%"], "a"),
        (["lapsed=false", "children="], "abc"),
    ],
)
def test_where(run: Run, plan: Path, conditions: list[str], expected: str) -> None:
    """Every condition must hold; a list has what each of its members is; a number compares as a number.

    48 of 50 leaves a gap of 2; from the end of 2022 to the end of 2030 a quarter of the time is gone.
    """
    assert "".join(ids(run, plan, *conditions)) == expected


def test_where_speaks_the_readers_language(run: Run, plan: Path) -> None:
    """A status is asked for by its word, a field by its title, in the language in use."""
    out = run("status", "--where", "状态=无数据", "--lang", "zh", "--json", cwd=plan).out
    assert {goal["id"] for goal in json.loads(out)["goals"]} == {"b", "c"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--where", "ownr=x"], '--where: no field of a goal is called "ownr"\n  did you mean "owner"?'),
        (["--where", "owner"], '--where: "owner" is not a condition'),
        (["--where", "weight<many"], '"many" is not a number to compare with'),
        (["--by", "grup"], 'did you mean "group"?'),
        (["--columns", "statsu"], 'did you mean "status"?'),
        (["--columns", ","], "--columns names nothing"),
        (["--columns", "id", "--json"], "JSON always has every key"),
        (["--columns", "id", "--wide"], "--wide shows every column"),
    ],
)
def test_what_is_not_known_is_refused(run: Run, plan: Path, arguments: list[str], said: str) -> None:
    """An unknown name ends with 2 and the nearest known one."""
    done = run("status", *arguments, cwd=plan)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_columns_in_their_order(run: Run, plan: Path) -> None:
    """Columns stand in the order asked for: a key, a title, a field with dots, a free field."""
    out = run("status", "a", "--columns", "Gap, id，growth.required,性质", cwd=plan).out.splitlines()
    # 2 points in six years: 0.3333 a year
    assert out[2].split() == ["Gap", "Id", "Required", "growth", "性质"]
    assert out[4].split() == ["2", "pp", "a", "0.3333", "pp/year", "约束性"]


def test_columns_of_csv_are_fields(run: Run, plan: Path) -> None:
    """In CSV a column of the table is the fields it is made of, in the order asked for, raw."""
    out = run("status", "a", "--columns", "target,id,growth.required,性质", "--format", "csv", cwd=plan).out
    assert list(csv.reader(io.StringIO(out))) == [
        ["target.value", "due", "id", "growth.required", "fields.性质"],
        ["50", "2030-12-31", "a", "0.333333333333", "约束性"],
    ]


def test_columns_of_a_workbook(run: Run, plan: Path) -> None:
    """A workbook takes the same columns, one number a cell."""
    run("status", "a", "--columns", "id,actual", "-o", "a.xlsx", cwd=plan)
    sheet = openpyxl.load_workbook(plan / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == ["a", 48, "2024", "final"]


def test_by_counts_under_each_heading(run: Run, plan: Path) -> None:
    """Each heading says how its goals stand; a goal with two tags stands under both, one without under a dash."""
    out = run("status", "--by", "tags", "--columns", "id,status", cwd=plan).out
    lines = [line.rstrip() for line in out.splitlines()]
    headings = [line for line in lines if "goal" in line][1:]
    assert headings == [
        "– · 1 goal: 1 no-data",
        "x · 2 goals: 1 no-data · 1 on-track",
        "y · 1 goal: 1 on-track",
    ]
    assert sum(line.startswith("a ") for line in lines) == 2
    assert "3 goals" in lines[0]


def test_by_in_json(run: Run, plan: Path) -> None:
    """JSON lists each goal once and counts by the raw value; without --by the key is there and null."""
    found = json.loads(run("status", "--by", "性质", "--json", cwd=plan).out)
    assert found["summary_by"]["key"] == "fields.性质"
    counted = {group["value"]: group["summary"]["no-data"] for group in found["summary_by"]["groups"]}
    assert counted == {"约束性": 0, "预期性": 1, None: 1}
    assert len(found["goals"]) == 3
    assert json.loads(run("status", "--json", cwd=plan).out)["summary_by"] is None
    schema = json.loads(run("schema", "status", cwd=plan).out)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []


def test_by_in_markdown_has_headings(run: Run, plan: Path) -> None:
    """Headings stand in every format that has groups."""
    assert "| **Finance · 1 goal: 1 on-track** |" in run("status", "--by", "owner", "--format", "md", cwd=plan).out


def test_fail_on_sees_only_what_was_asked_for(run: Run, plan: Path) -> None:
    """--fail-on looks at the goals that --where leaves."""
    assert run("status", "--where", "owner=Finance", "--fail-on", "no-data", cwd=plan).code == 0
    assert run("status", "--where", "owner=Health", "--fail-on", "no-data", cwd=plan).code == 3


@pytest.mark.parametrize(("lang", "entry"), [("en", "there are status, goal, actual,"), ("zh", "gap (缺口),")])
def test_an_unknown_column_lists_each_once(run: Run, plan: Path, lang: str, entry: str) -> None:
    """Where no name is near, every column stands in the help once, in Chinese with its title, free fields too."""
    err = run("status", "--columns", "xyzzy", "--lang", lang, cwd=plan).err
    assert entry in err
    listed = [part.strip() for part in err.splitlines()[1].split(",")]
    keys = [part.split(" (")[0] for part in listed]
    assert len(keys) == len(set(keys))
    assert keys[-2:] == ["性质", "weight"]
