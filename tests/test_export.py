"""Export: the actuals as they were recorded, every figure, and gauges for monitoring."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest
from conftest import ROOT, Project, Run
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from prometheus_client.parser import text_string_to_metric_families

from tracker.render.prometheus import prometheus_text
from tracker.views.gauges import Gauge

if TYPE_CHECKING:
    from pathlib import Path

    from prometheus_client import Metric

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
GOALS = """
title = "T"
[series.x]
unit = "%"
kind = "ratio"
[[goals]]
id = "x"
name = 'A "quoted" \\ name'
owner = "Finance"
fields = { "性质" = "约束性" }
baseline = { period = 2020, value = 40 }
target = 50
due = 2030
[[goals]]
id = "y"
name = "Y"
target = 5
due = 2030
"""
ACTUALS = (
    HEADER
    + 'x,2022,41.25,,2023-01-31,"a, ""b""\nc",,=x,2023-01-31T08:00:00.123456Z\n'
    + "x,2023,1e300,estimate,,,,,2024-01-31T08:00:00Z\n"
    + "x,2023,42,final,,Office,http://x/,revised,2024-02-28T08:00:00Z\n"
    + "x,2024,43,provisional,,,,,2025-01-31T08:00:00Z\n"
    + "y,2024,2,final,,,,,2025-01-31T08:00:00Z\n"
    + "y,2024,,retracted,,,,,2025-02-28T08:00:00Z\n"
)


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a project with revisions, a retraction and texts that are hard to write."""
    return project.write(GOALS, ACTUALS)


def exported(run: Run, plan: Path, *arguments: str) -> list[dict[str, str]]:
    """Return the rows that `tracker export` writes as CSV."""
    return list(csv.DictReader(io.StringIO(run("export", *arguments, cwd=plan).out, newline="")))


@pytest.mark.parametrize("folder", ["plan", "repository"])
def test_what_is_exported_can_be_the_store(run: Run, plan: Path, tmp_path: Path, folder: str) -> None:
    """An export that takes the place of actuals.csv changes no line of the log and no figure."""
    source = plan if folder == "plan" else ROOT
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(source / "goals.toml", copy)
    assert run("export", "-o", copy / "actuals.csv", cwd=source).code == 0
    for asked in (["status", "--json"], ["status", "--json", "--known-on", "2024-02-01"], ["log", "--format", "csv"]):
        assert run(*asked, cwd=copy).out == run(*asked, cwd=source).out


def test_nothing_is_new_in_an_export(run: Run, plan: Path) -> None:
    """Every value in force that is recorded again from the export is a no-op."""
    before = (plan / "actuals.csv").read_bytes()
    row = next(row for row in exported(run, plan) if row["period"] == "2024" and row["series"] == "x")
    run("record", "x", row["value"], "--period", row["period"], "--quality", row["quality"], cwd=plan)
    assert (plan / "actuals.csv").read_bytes() == before


def test_actuals_by_their_own_columns_and_by_goals(run: Run, plan: Path) -> None:
    """--where asks for a column of the line, or for the series of the goals that meet it."""
    assert [row["value"] for row in exported(run, plan, "--where", "quality=final", "--where", "period>=2023")] == [
        "42",
        "2",
    ]
    assert {row["series"] for row in exported(run, plan, "--where", "性质=约束性")} == {"x"}
    assert exported(run, plan, "--where", "owner=Finance", "--columns", "period,value", "--known-on", "2023-12-31") == [
        {"period": "2022", "value": "41.25"}
    ]


def test_figures_are_long(run: Run, plan: Path) -> None:
    """Each figure is a row with its unit and period; what a goal has not is no row.

    40 to 43 in four years: 0.75 pp a year; 7 pp to go in six.
    """
    rows = {row["figure"]: row for row in exported(run, plan, "--figures", "--as-of", "2025-06-30", "--where", "id=x")}
    assert rows["gap"] | {"name": ""} == {
        "goal": "x", "name": "", "group": "", "owner": "Finance", "status": rows["gap"]["status"], "figure": "gap",
        "value": "7", "unit": "pp", "period": "2024",
    }  # fmt: skip
    assert (rows["growth.observed"]["value"], rows["growth.observed"]["unit"]) == ("0.75", "pp/year")
    assert (rows["target.value"]["period"], rows["baseline.value"]["period"]) == ("2030", "2020")
    assert "target.low" not in rows


def test_figures_take_fields_of_goals_as_columns(run: Run, plan: Path) -> None:
    """A figure's row can carry any field of its goal, also under the reader's own name."""
    asked = ["--figures", "--columns", "goal,figure,value,性质", "--where", "figure=gap"]
    assert exported(run, plan, *asked) == [{"goal": "x", "figure": "gap", "value": "7", "fields.性质": "约束性"}]


@pytest.mark.parametrize(("arguments", "schema"), [([], "actuals"), (["--figures"], "figures")])
def test_json_is_what_its_schema_says(run: Run, plan: Path, arguments: list[str], schema: str) -> None:
    """JSON of both exports fits the schema that tracker prints for it."""
    found = json.loads(run("export", *arguments, "--json", cwd=plan).out)
    validator = Draft202012Validator(json.loads(run("schema", schema, cwd=plan).out))
    assert [error.message for error in validator.iter_errors(found)] == []
    assert found.get("lines", found.get("figures"))


def test_an_export_to_a_workbook_by_a_field(run: Run, plan: Path) -> None:
    """A workbook holds numbers and days, and headings where --by asks for them."""
    run("export", "--by", "series", "-o", "a.xlsx", cwd=plan)
    sheet = openpyxl.load_workbook(plan / "a.xlsx").active
    assert sheet is not None
    assert [sheet["A1"].value, sheet["A2"].value, sheet["C3"].value] == ["Series", "x · 4 rows", 41.25]
    assert sheet["H3"].value == "=x"
    assert sheet["H3"].data_type == "s"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--columns", "vlaue"], 'no column called "vlaue"\n  did you mean "value"?'),
        (["--where", "grup=x"], 'did you mean "group"?'),
        (["--format", "xml"], "prometheus"),
        (["--format", "prometheus", "--by", "group"], "neither --by nor --columns"),
        (["--json", "--columns", "value"], "JSON always has every key"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, plan: Path, arguments: list[str], said: str) -> None:
    """Wrong usage ends with 2 and says what there is."""
    done = run("export", *arguments, cwd=plan)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def families(text: str) -> dict[str, Metric]:
    """Return what the official parser reads."""
    return {family.name: family for family in text_string_to_metric_families(text)}


def test_prometheus_is_what_the_official_parser_reads(run: Run, plan: Path) -> None:
    """Every family has its help and type, every name its unit, a quote and a backslash in a label are escaped."""
    found = families(run("export", "--format", "prometheus", "--as-of", "2025-06-30", cwd=plan).out)
    assert all(family.documentation and family.type == "gauge" for family in found.values())
    info = found["tracker_goal_info"].samples[0]
    assert (info.labels["name"], info.labels["unit"], info.value) == ('A "quoted" \\ name', "%", 1)
    one = {name: {s.labels.get("goal"): s.value for s in family.samples} for name, family in found.items()}
    assert one["tracker_goal_progress_ratio"]["x"] == 0.3  # 3 of 10 points
    assert one["tracker_goal_gap_value"]["x"] == 7
    assert one["tracker_goal_due_timestamp_seconds"]["x"] == 1924905600  # 2030-12-31, as `date -u -d … +%s` says
    required = next(s for s in found["tracker_goal_growth_required"].samples if s.labels["goal"] == "x")
    assert required.labels["unit"] == "pp/year"
    assert required.value == pytest.approx(7 / 6)
    states = {s.labels["status"]: s.value for s in found["tracker_goal_status"].samples if s.labels["goal"] == "y"}
    assert (sum(states.values()), states["no-data"], len(states)) == (1, 1, 10)


def test_what_there_is_not_has_no_sample(run: Run, plan: Path) -> None:
    """A goal without an actual has no gap: no sample, no NaN; a gauge that no goal has is left out."""
    text = run("export", "--format", "prometheus", cwd=plan).out
    found = families(text)
    assert {s.labels["goal"] for s in found["tracker_goal_gap_value"].samples} == {"x"}
    assert "tracker_goal_target_low_value" not in found
    assert " nan\n" not in text.lower()


def test_prometheus_is_written_whole(run: Run, plan: Path) -> None:
    """-o NAME.prom writes the format, in one step and leaving nothing else for the collector to read."""
    assert run("export", "-o", "t.prom", "--where", "owner=Finance", cwd=plan).code == 0
    assert [s.labels["goal"] for s in families((plan / "t.prom").read_text())["tracker_goal_info"].samples] == ["x"]
    assert [path.name for path in plan.glob("*.prom")] == ["t.prom"]


@given(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False))
def test_any_label_and_value_reads_back(label: str, value: float) -> None:
    """Whatever a label says, the parser reads one sample with the same value."""
    found = families(prometheus_text([Gauge("x_ratio", "A\nb \\ c.", [({"goal": label}, value)])]))
    (sample,) = found["x_ratio"].samples
    assert sample.value == value
    if label.isprintable():
        assert sample.labels["goal"] == label
