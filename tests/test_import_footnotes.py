"""What stands below a foreign table: marks and sentences that call values targets or estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from foreign import goals
from foreign import imported as read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

TABLE = "指标,2023年,2024年,2025年{mark}\n生产总值(亿元),1600,1700,1900{own}\n{note}\n"


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with one series and no actuals."""
    return project.write(goals(gdp="生产总值 亿元"))


@pytest.mark.parametrize(
    ("mark", "own", "note"),
    [
        ("", "", "注：2025年为目标数"),
        ("", "", "注：1.本表按现价计算；2.2025年数据为预期目标。"),
        ("", "", "2025 figures are targets."),
        ("", "", "Note: data for 2025 are forecasts"),
        ("", "", "2025-2030年均为规划目标值"),
        ("", "", "2025: target"),
        ("", "", "注：2025年及以后为规划值。"),
        ("", "", "2025年起为预测数"),
        ("", "", "Note: 2025 onwards are forecasts"),
        ("①", "", "注：①为目标数；②现价"),
        ("", "①", "① 计划数"),
        ("", "*", "注：带*的为预测数"),
        ("*", "", "标“*”者为规划数；现价"),
        ("", "②", "带①的数据为快报数；带②的为目标数"),
        ("(f)", "", "注：现价"),
        ("", "(f)", ""),
    ],
)
def test_what_is_called_a_target_below_is_no_actual(run: Run, plan: Path, mark: str, own: str, note: str) -> None:
    """The value is passed over, with the words that call it a target; the years before it are read."""
    found, record = read(run, plan, TABLE.format(mark=mark, own=own, note=note))
    assert found == {"gdp 2023": 1600, "gdp 2024": 1700}
    ((cell, why),) = [(one["cell"], one["why"]) for one in record["skipped"]]
    assert (cell, why.endswith("is no actual value")) == ("D2", True)
    assert record["problems"] == []


@pytest.mark.parametrize(
    "note",
    [
        "注：2025年目标见附表",
        "2025年目标",
        "附：2025年主要计划",
        "2025年比目标高2个百分点",
        "注：本表不含规划单列市",
        "2026年为目标数",
        "① 现价；目标见附表",
        "2025年目标完成情况良好",
    ],
)
def test_what_only_speaks_of_targets_below_changes_nothing(run: Run, plan: Path, note: str) -> None:
    """A sentence that says more than what the values are is shown, and decides nothing."""
    found, record = read(run, plan, TABLE.format(mark="①", own="", note=note))
    assert (found["gdp 2025"], record["skipped"]) == (1900, [])
    assert record["lines"][-1]["quality"] == "final"


@pytest.mark.parametrize(
    ("mark", "note", "quality"),
    [
        ("", "注：2025年为预计数", "estimate"),
        ("", "2024年、2025年为初步核算数。", "provisional"),
        ("", "2024 and 2025 data are preliminary", "provisional"),
        ("*", "* 2025年为快报数", "provisional"),
        ("①", "注：①为预计数", "estimate"),
        ("(e)", "", "estimate"),
        ("(e)", "(e) 现价", "final"),
        ("(p)", "(p) 初步核算，年报后修订", "provisional"),
        ("", "2024年以前为初步核算数", "final"),
        ("*", "*号表示初步核算数", "provisional"),
        ("*", "* denotes estimated data", "estimate"),
        ("", "注：2025年生产总值为初步核算数", "provisional"),
        ("", "注：2025年全市城镇化率、生产总值均为预计数。", "estimate"),
        ("", "注：2025年城镇化率为初步核算数", "final"),
        ("", "注：生产总值为初步核算数", "final"),
    ],
)
def test_how_firm_values_are_is_said_below(run: Run, plan: Path, mark: str, note: str, quality: str) -> None:
    """Of the values of a year, or of those that bear a mark."""
    found, record = read(run, plan, TABLE.format(mark=mark, own="", note=note))
    lines = {line["period"]: line["quality"] for line in record["lines"]}
    assert (found["gdp 2025"], lines["2023"], lines["2025"]) == (1900, "final", quality)


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("注：后一年为预测数", ["2023", "2024", "2025"]),
        ("注：2024年为初步核算数，其余为预测", ["2023", "2024", "2025"]),
        ("注：除2024年外均为目标值", ["2023", "2024", "2025"]),
        ("注：表中2025年系奋斗目标", ["2025"]),
        ("注：2025年为十五五规划目标数（预期性）", ["2025"]),
        ("注：2025年数为计划安排数", ["2025"]),
        ("Note: the figures for 2025 are our own projections", ["2025"]),
        ("Source: IMF; shaded cells are forecasts", ["2023", "2024", "2025"]),
    ],
)
def test_a_sentence_that_may_call_values_plans_is_a_question(run: Run, plan: Path, note: str, asked: list[str]) -> None:
    """It is asked about the values of the years it names, of all where it names none; a heading that answers does."""
    found, record = read(run, plan, TABLE.format(mark="", own="", note=f'"{note}"'))
    assert [f"gdp {year}" for year in ("2023", "2024", "2025") if year not in asked] == [*found]
    ((what,),) = [[one["what"]] for one in record["problems"]]
    assert (note[-4:] in what, "speaks of a plan" in what) == (True, True)
    said = TABLE.replace("年", "年实际").format(mark="", own="", note=f'"{note}"')
    assert len(read(run, plan, said)[0]) == 3


@pytest.mark.parametrize(
    ("note", "quality"),
    [
        ("注：本公报中数据均为初步统计数。", "provisional"),
        ("注：生产总值为快报数。", "provisional"),
        ("Note: all figures are preliminary", "provisional"),
        ("注：城镇化率为初步数", "final"),
        ("注：生产总值按现价计算，增速为初步数", "final"),
    ],
)
def test_a_table_of_one_period_needs_no_year_below(run: Run, plan: Path, note: str, quality: str) -> None:
    """What is said of a label, or of all data, holds for its only values."""
    _, record = read(run, plan, f"指标,2024年\n生产总值(亿元),1700\n{note}\n")
    assert [line["quality"] for line in record["lines"]] == [quality]


def test_a_mark_that_may_mean_a_plan_is_asked_about(run: Run, plan: Path) -> None:
    """Only of the values that bear it: what the note says of them is more than is understood."""
    table = "指标,2023年,2024年,2025年\n生产总值(亿元),1600,1700,1900*\n* 为本市自行编制的规划目标\n"
    found, record = read(run, plan, table)
    assert (found, len(record["problems"])) == ({"gdp 2023": 1600, "gdp 2024": 1700}, 1)
    assert "speaks of a plan" in record["problems"][0]["what"]


@pytest.mark.parametrize(
    ("remark", "qualities"),
    [
        ("2025年为预计数", {"2023": "final", "2024": "final", "2025": "estimate"}),
        ("2024、2025年初步核算", {"2023": "final", "2024": "provisional", "2025": "provisional"}),
        ("2025年目标", {"2023": "final", "2024": "final"}),
        ("2024年起为目标值", {"2023": "final"}),
        ("按现价计算", {"2023": "final", "2024": "final", "2025": "final"}),
        ("预计数", {"2023": "final", "2024": "final", "2025": "final"}),
        ("目标", {}),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_a_remark_in_a_row_is_of_its_values(
    run: Run, plan: Path, remark: str, qualities: dict[str, str], place: str
) -> None:
    """It says of which years; one that calls the row a plan is asked about, others are named as passed over."""
    cells = ["2023年,2024年,2025年", "1600,1700,1900", "36,37,38"]
    notes = ["备注", f'"{remark}"', ""]
    pairs = zip(notes, cells, strict=True) if place == "before" else zip(cells, notes, strict=True)
    head, row, other = (",".join(pair) for pair in pairs)
    _, record = read(run, plan, f"指标,{head}\n生产总值(亿元),{row}\n粮食,{other}\n")
    assert {line["period"]: line["quality"] for line in record["lines"]} == qualities
    is_read = any(word in remark for word in ("2024", "2025")) or remark == "目标"
    assert any(each["label"] == "备注" for each in record["skipped"]) is not is_read


@pytest.mark.parametrize(
    ("status", "quality", "note"),
    [
        ("A", "final", None),
        ("", "final", None),
        ("P", "provisional", None),
        ("p: provisional", "provisional", None),
        ("e", "estimate", None),
        ("ep", "estimate", None),
        ("Estimated value", "estimate", None),
        ("Normal value", "final", None),
        ("B", "final", "OBS_STATUS B"),
        ("b e", "estimate", "OBS_STATUS b e"),
        ("Time series break", "final", "OBS_STATUS Time series break"),
    ],
)
def test_the_status_of_an_observation_says_how_firm_it_is(
    run: Run, plan: Path, status: str, quality: str, note: str | None
) -> None:
    """As SDMX and Eurostat write it; what else it says becomes the note of the value."""
    table = f"series,TIME_PERIOD,OBS_VALUE,OBS_STATUS\ngdp,2023,1600,A\ngdp,2024,1700,{status}\ngdp,2025,1900,F\n"
    _, record = read(run, plan, table)
    assert [(line["period"], line["quality"], line["note"]) for line in record["lines"]] == [
        ("2023", "final", None),
        ("2024", quality, note),
    ]
    assert [one["why"] for one in record["skipped"]] == ['"OBS_STATUS F" is no actual value']
