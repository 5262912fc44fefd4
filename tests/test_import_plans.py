"""Figures of plans in foreign tables: never recorded as what has been reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign import goals
from foreign import imported as read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = goals(profit="净利润 万元", gdp="生产总值 亿元")


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with two series and no actuals."""
    return project.write(GOALS)


@pytest.mark.parametrize("title", ["2024年计划", "2024年预期目标", "2024年主要指标预算"])
def test_values_under_a_title_of_a_plan_are_asked_about(run: Run, plan: Path, title: str) -> None:
    """绝对值 under 2024年计划 may be what is planned: the question names the title and what would answer."""
    found, record = read(run, plan, f"{title},\n指标,绝对值\n净利润,3\n")
    assert (found, [one["cell"] for one in record["problems"]]) == ({}, ["A1"])
    assert f'"{title}" speaks of a plan' in record["problems"][0]["what"]
    assert "2024年实际" in record["problems"][0]["help"]
    assert read(run, plan, f"{title},\n指标,实际值\n净利润,3\n")[0] == {"profit 2024": 3}
    assert read(run, plan, f"{title}完成情况,\n指标,绝对值\n净利润,3\n")[0] == {"profit 2024": 3}


def test_a_title_of_a_plan_over_several_years(run: Run, plan: Path) -> None:
    """A year under it is an actual one where its heading says so, or where the plan has a column of its own."""
    found, record = read(run, plan, "规划主要指标,,\n指标,2023年实际,2025年\n净利润,3,4\n")
    assert (found, [one["cell"] for one in record["problems"]]) == ({"profit 2023": 3}, ["A1"])
    found, record = read(run, plan, "规划主要指标,,\n指标,2020年,2025年目标\n净利润,3,4\n")
    assert (found, record["problems"]) == ({"profit 2020": 3}, [])


@pytest.mark.parametrize("title", ["人均预期寿命等主要指标", "可持续发展目标指标", "计划单列市主要指标"])
def test_words_that_only_look_like_plans(run: Run, plan: Path, title: str) -> None:
    """Life expectancy and the names of goals and of cities are no plans."""
    assert read(run, plan, f"{title},\n指标,2023年\n净利润,3\n")[0] == {"profit 2023": 3}


@pytest.mark.parametrize(
    "text",
    [
        "series,period,value,scenario\nprofit,2023,3,plan\ngdp,2023,4,actual\n",
        "指标,时期,数值,情景\n净利润,2023,3,计划\n生产总值,2023,4,实际\n",
        "指标,2023年,scenario\n净利润,3,budget\n生产总值,4,actual\n",
        "情景,指标,2023年\n计划,净利润,3\n实际,生产总值,4\n",
        "类别,指标,2023年\n目标值,净利润,3\n经济目标,生产总值,4\n",
    ],
)
def test_a_row_of_a_plan_is_passed_over(run: Run, plan: Path, text: str) -> None:
    """As a column 2024年(计划) is: it is named among what is skipped, with the reason."""
    found, record = read(run, plan, text)
    assert (found, record["problems"]) == ({"gdp 2023": 4}, [])
    assert [one["why"].endswith("is no actual value") for one in record["skipped"]] == [True]


def test_a_scenario_that_is_neither_is_refused(run: Run, plan: Path) -> None:
    """A, and nothing beside a plan, may be either; a column without any word says nothing."""
    head = "series,period,value,scenario\n"
    found, record = read(run, plan, f"{head}profit,2023,3,A\nprofit,2024,3,\nprofit,2025,4,plan\n")
    assert (found, [one["cell"] for one in record["problems"]]) == ({}, ["C2", "C3"])
    assert read(run, plan, f"{head}profit,2023,3,\n")[0] == {"profit 2023": 3}
    assert read(run, plan, f"{head}profit,2023,3,estimate\n")[1]["lines"][0]["quality"] == "estimate"


def test_a_title_of_two_years_names_no_year(run: Run, plan: Path) -> None:
    """2023-2024年 is not 2024: neither for values without a period nor for a quarter without a year."""
    for years in ("2023-2024年", "2023、2024年", "2023至2024年"):
        found, record = read(run, plan, f"{years}主要指标,\n指标,绝对值\n净利润,3\n")
        assert (found, len(record["problems"])) == ({}, 1)
        found, record = read(run, plan, f"{years}主要指标,\n指标,一季度\n净利润,3\n")
        assert (found, record["problems"][0]["what"]) == ({}, "the heading names no year")


@pytest.mark.parametrize("heading", ["类型", "状态", "status", "指标类型"])
@pytest.mark.parametrize("word", ["目标", "计划数", "forecast", "target"])
def test_any_column_may_call_a_value_a_plan(run: Run, plan: Path, heading: str, word: str) -> None:
    """In a table with a value a line; what else such a column says changes nothing."""
    table = f"series,period,value,{heading}\ngdp,2023,1500,\ngdp,2024,1600,年报\ngdp,2025,1700,{word}\n"
    found, record = read(run, plan, table)
    assert found == {"gdp 2023": 1500, "gdp 2024": 1600}
    assert [(one["cell"], one["why"]) for one in record["skipped"]] == [("C4", f'"{word}" is no actual value')]


@pytest.mark.parametrize(
    ("note", "values", "quality"),
    [
        ("2024年目标数", {}, None),
        ("target", {}, None),
        ("计划数", {}, None),
        ("预计数", {"gdp 2024": 1600}, "estimate"),
        ("初步核算数", {"gdp 2024": 1600}, "provisional"),
        ("比目标高 3%", {"gdp 2024": 1600}, "final"),
        ("按现价计算", {"gdp 2024": 1600}, "final"),
    ],
)
def test_a_note_beside_a_value_may_say_what_it_is(
    run: Run, plan: Path, note: str, values: dict[str, float], quality: str | None
) -> None:
    """A target is passed over, an estimate is one; a note that says more than that is a note."""
    found, record = read(run, plan, f"series,period,value,备注\ngdp,2024,1600,{note}\n")
    assert found == values
    assert [line["quality"] for line in record["lines"]] == [each for each in [quality] if each]
    kept = read(run, plan, f"series,period,value,quality,note\ngdp,2024,1600,final,{note}\n")[1]["lines"]
    assert [(line["quality"], line["note"]) for line in kept] == [("final", note)]


@pytest.mark.parametrize("title", ["国民经济计划执行情况与2025年计划草案", "2024年完成情况和2025年目标"])
def test_a_title_of_what_was_reached_and_of_a_plan(run: Run, plan: Path, title: str) -> None:
    """The year that stands with the plan is asked about; the other was reached."""
    found, record = read(run, plan, f"{title},,\n指标,2024年,2025年\n净利润,3,4\n")
    assert (found, len(record["problems"])) == ({"profit 2024": 3}, 1)
    assert "speaks of a plan" in record["problems"][0]["what"]
    assert read(run, plan, f"{title},,\n指标,2024年完成,2025年目标\n净利润,3,4\n")[0] == {"profit 2024": 3}
