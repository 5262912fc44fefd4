"""Columns and rows of units in foreign tables, wherever they lie: each holds for the values it stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign import goals
from foreign import imported as read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

BOTH = {"gdp 2023": 1500, "gdp 2024": 1600}


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with two series and no actuals."""
    return project.write(goals(gdp="地区生产总值 亿元", pop="常住人口 万人"))


@pytest.mark.parametrize(
    "text",
    [
        "指标,2023,2024,单位\n地区生产总值,15000000,16000000,万元\n",
        "指标,2023,2024,计量单位\n地区生产总值,15000000,16000000,万元\n",
        "指标,2023,2024,\n地区生产总值,15000000,16000000,万元\n",
        "指标,2023,单位,2024,单位\n地区生产总值,15000000,万元,1600,亿元\n",
        "指标,单位,2023,单位,2024\n地区生产总值,万元,15000000,亿元,1600\n",
        "指标,2023,单位,2024\n地区生产总值,15000000,万元,16000000\n",
        "年份,地区生产总值,单位\n2023,15000000,万元\n2024,1600,亿元\n",
    ],
)
def test_a_column_of_units_holds_for_the_values_before_it(run: Run, plan: Path, text: str) -> None:
    """Where one stands before all values each holds for those behind it; no value is read without its unit."""
    found, record = read(run, plan, text)
    assert (found, record["problems"], record["skipped"]) == (BOTH, [], [])


def test_several_series_with_a_column_of_units_each(run: Run, plan: Path) -> None:
    """With the years down, the units are those of the column before them."""
    text = "年份,地区生产总值,单位,常住人口,单位\n2023,15000000,万元,4990000,人\n2024,1600,亿元,500,万人\n"
    assert read(run, plan, text)[0] == BOTH | {"pop 2023": 499, "pop 2024": 500}


def test_a_unit_over_the_values_of_a_long_table(run: Run, plan: Path) -> None:
    """Value (万元) heads values in 万元; a column of units that says another is a question."""
    assert read(run, plan, "series,period,value (万元)\ngdp,2024,16000000\n")[0] == {"gdp 2024": 1600}
    found, record = read(run, plan, "series,period,value（万元）,unit\ngdp,2024,1600,亿元\ngdp,2023,15000000,万元\n")
    assert (found, len(record["problems"])) == ({"gdp 2023": 1500}, 1)
    assert "亿元 · 万元" in record["problems"][0]["what"]


def test_a_mapped_column_of_values_beside_its_units(run: Run, plan: Path) -> None:
    """A table of years and values without a label has the unit in its own column."""
    (plan / "x.csv").write_text("year,value,unit\n2024,16000000,万元\n", encoding="utf-8")
    done = run("import", "x.csv", "--map", "value=gdp", cwd=plan)
    assert (done.code, "1,600" in done.out) == (0, True), done.err


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("(Ten thousand yuan)", 1600),
        ("Unit: ten thousand yuan", 1600),
        ("Main indicators, in ten thousand yuan", 1600),
        ("(in 10,000 yuan)", 1600),
        ("(RMB ten thousand)", 1600),
        ("one hundred million yuan", 16000000),
        ("(hundred million yuan)", 16000000),
        ("(one million yuan)", 160000),
        ("Cities of more than ten thousand persons", 16000000),
    ],
)
def test_magnitudes_in_english_words(run: Run, plan: Path, title: str, value: float) -> None:
    """English has no word for 万 and 亿, and writes them out."""
    found, record = read(run, plan, f'"{title}",\n指标,2023年\n地区生产总值,16000000\n')
    assert (found, record["problems"]) == ({"gdp 2023": value}, [])
