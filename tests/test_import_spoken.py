"""Texts over values that speak of growth, shares or plans: never read as levels that have been reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign import goals
from foreign import imported as read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = goals(gdp="地区生产总值 亿元 flow", pop="常住人口 万人", urban="城镇化率 %", growth="地区生产总值增速 % growth")


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with four series and no actuals."""
    return project.write(GOALS)


@pytest.mark.parametrize(
    "title",
    [
        "2024年主要指标增速",
        "增长速度",
        "各县区地区生产总值增速（2023-2024年）",
        "地区生产总值指数（上年=100）",
        "三次产业构成",
        "Growth rates of main indicators",
        "GDP growth (annual %)",
        "主要指标同比增长情况",
    ],
)
def test_a_title_of_growth_is_asked_about(run: Run, plan: Path, title: str) -> None:
    """Over the table or over several of its years; the series of growth is read all the same."""
    rows = "地区生产总值,5,6\n地区生产总值增速,5,6\n"
    for text in (f"{title},,\n指标,2023年,2024年\n{rows}", f"指标,{title},\n,2023年,2024年\n{rows}"):
        found, record = read(run, plan, text)
        assert (found, len(record["problems"])) == ({"growth 2023": 5, "growth 2024": 6}, 1)
        assert f'"{title}" speaks of growth or shares' in record["problems"][0]["what"]
        assert "绝对值" in record["problems"][0]["help"]


@pytest.mark.parametrize(
    "text",
    [
        "2024年主要指标,\n指标,2024年\n地区生产总值,5\n",
        "经济增长情况,\n指标,2024年\n地区生产总值,5\n",
        "主要指标总量及增速,\n指标,2024年\n地区生产总值,5\n",
        "主要指标增速,,\n指标,2024年,比上年增长%\n地区生产总值,5,6\n",
        "主要指标增速,\n指标,2024年\n地区生产总值（亿元）,5\n",
        "主要指标增速,,\n指标,单位,2024年\n地区生产总值,亿元,5\n",
        "主要指标增速,\n指标,2024年（亿元）\n地区生产总值,5\n",
        "主要指标增速,\n指标,2024年（绝对值）\n地区生产总值,5\n",
        "主要指标增速,\n指标,2024年\n地区生产总值,5亿元\n",
        "指标,2024年\n一、增长速度,\n地区生产总值增速,\n二、总量,\n地区生产总值,5\n",
        "地区生产总值增长速度,,\n年份,地区生产总值,增长速度\n2024年,5,6\n",
        "指标,2024年\n财政收入增速,\n地区生产总值,5\n",
        "指标,2024年\n一、经济发展目标,\n地区生产总值,5\n",
    ],
)
def test_what_says_nothing_definite_or_is_answered_changes_nothing(run: Run, plan: Path, text: str) -> None:
    """A unit growth has not, 绝对值, a column of its own for growth, and titles that speak of both."""
    found, record = read(run, plan, text)
    assert (found, record["problems"]) == ({"gdp 2024": 5}, [])


def test_a_share_in_percents_may_be_the_series(run: Run, plan: Path) -> None:
    """占比 is what a series in % is of; growth is not."""
    assert read(run, plan, "人口占比,\n指标,2024年\n城镇化率,44\n")[0] == {"urban 2024": 44}
    assert read(run, plan, "人口增速,\n指标,2024年\n城镇化率,44\n")[0] == {}


@pytest.mark.parametrize(
    ("group", "cell", "end"),
    [
        ("二、增长速度", "A3", "三、其他"),
        ("二、增长速度（%）", "A3", "实际值"),
        ("计划", "A3", "实际"),
        ("二、2025年计划", "A3", "三、其他"),
    ],
)
def test_a_text_over_a_group_of_rows_is_asked_about(run: Run, plan: Path, group: str, cell: str, end: str) -> None:
    """It holds for the rows under it, below （一） too, up to the next of its rank or one that says 实际."""
    rows = f"地区生产总值,1600\n{group},\n（一）人口,\n常住人口,5\n{end},\n城镇化率,44\n"
    for text in (
        f"指标,2024年\n{rows}",
        "series,period,value\n" + rows.replace(",", ",2024,").replace("2024,\n", ",\n"),
    ):
        found, record = read(run, plan, text)
        assert found == {"gdp 2024": 1600, "urban 2024": 44}
        assert [one["cell"] for one in record["problems"]] == [cell]


def test_a_column_of_groups_holds_for_its_rows(run: Run, plan: Path) -> None:
    """2025年目标 is passed over, 增速 asked about, for every row of the group."""
    found, record = read(run, plan, "类别,指标,2024年\n2025年目标,地区生产总值,5\n,常住人口,6\n总量,城镇化率,44\n")
    assert (found, record["problems"]) == ({"urban 2024": 44}, [])
    assert ['"2025年目标" is no actual value' in one["why"] for one in record["skipped"]] == [True, True]
    found, record = read(run, plan, "类别,指标,2024年\n总量,城镇化率,44\n增速,地区生产总值,5\n,常住人口,6\n")
    assert (found, [one["cell"] for one in record["problems"]]) == ({"urban 2024": 44}, ["C3", "C4"])


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("国民经济计划执行情况与2025年计划草案", {"gdp 2024": 5}),
        ("2024年完成情况和2025年目标", {"gdp 2024": 5}),
        ("国民经济计划执行情况和计划草案", {}),
        ("2024年计划完成情况", {"gdp 2024": 5, "gdp 2025": 6}),
    ],
)
def test_a_title_of_results_and_a_plan(run: Run, plan: Path, title: str, found: dict[str, float]) -> None:
    """The years that stand with the plan are asked about, all where none does; a heading that says 实际 answers."""
    assert read(run, plan, f"{title},,\n指标,2024年,2025年\n地区生产总值,5,6\n")[0] == found
    reached = f"{title},,\n指标,2024年实际,2025年实际\n地区生产总值,5,6\n"
    assert read(run, plan, reached)[0] == {"gdp 2024": 5, "gdp 2025": 6}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("指标,规划目标,,实际\n,2023年,2025年,2024年\n地区生产总值,1,2,3\n", {"gdp 2024": 3}),
        ("指标,实际,,规划目标\n,2023年,2024年,2025年\n地区生产总值,1,2,3\n", {"gdp 2023": 1, "gdp 2024": 2}),
        (
            "指标,绝对值,,增长速度（%）,\n,2023年,2024年,2023年,2024年\n地区生产总值,1,2,3,4\n",
            {"gdp 2023": 1, "gdp 2024": 2},
        ),
        (
            "指标,单位：亿元,,单位：万元\n,2023年,2024年,2025年\n地区生产总值,1,2,30000\n",
            {"gdp 2023": 1, "gdp 2024": 2, "gdp 2025": 3},
        ),
    ],
)
def test_a_heading_goes_on_over_blank_ones(run: Run, plan: Path, text: str, expected: dict[str, float]) -> None:
    """A text table has no merged cells: 规划目标 over two years is followed by a blank cell."""
    found, record = read(run, plan, text)
    assert (found, record["problems"]) == (expected, [])


@pytest.mark.parametrize(
    ("lines", "found", "cell"),
    [
        ("2022,1600\n增长速度,\n2023,6.1\n", {"gdp 2022": 1600}, "A3"),
        ("总量（亿元）,\n2022,1600\n增速（%）,\n2023,6.1\n", {"gdp 2022": 1600}, "A4"),
        ("增速（%）,\n2022,6.1\n2023,6.2\n", {}, "A2"),
        ("增速（%）,\n2022,6.1\n总量,\n2023,1700\n", {"gdp 2023": 1700}, "A2"),
        ("计划,\n2022,1600\n2023,1700\n", {}, "A2"),
        ("总量（万元）,\n2022,16000000\n2023,17000000\n", {}, "A2"),
        ("总量（亿元）,\n2022,1600\n2023,1700\n", {"gdp 2022": 1600, "gdp 2023": 1700}, None),
    ],
)
def test_a_text_over_a_group_of_years_is_asked_about(
    run: Run, plan: Path, lines: str, found: dict[str, float], cell: str | None
) -> None:
    """Where the years run down it stands among them, over nothing; a unit there may be that of the values below."""
    values, record = read(run, plan, f"年份,地区生产总值\n{lines}")
    assert (values, [each["cell"] for each in record["problems"]]) == (found, [cell] if cell else [])
