"""What sentences say is what the figures beside them are: no rounding, and no word, contradicts one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = '[series.a]\nunit = "亿元"\n[[goals]]\nid = "a"\nname = "A"\nbaseline = 2020\ntarget = 2100\ndue = 2025\n'
LINES = "series,period,value,published\na,2020,1289,2021-02-01\na,2024,2000,2025-02-01\n"
NEAR = "a,2025,2099.996,2026-02-01\n"
LOOK = ("--lang", "en", "--as-of", "2026-03-01")


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder with a goal that was missed by very little."""
    return project.write(GOALS, LINES + NEAR)


def test_a_near_miss_does_not_read_as_met(run: Run, plan: Path) -> None:
    """2,099.996 is not told as the 2,100 that it falls short of."""
    (goal,) = json.loads(run("status", "--json", *LOOK, cwd=plan).out)["goals"]
    assert goal["reason"] == (
        "no actual by due 2025-12-31 met the target of 2,100 亿元; the latest is 2,099.996 亿元 for 2025"
    )


def test_what_is_recorded_is_cited_with_every_digit(run: Run, plan: Path) -> None:
    """In what `record` answers, in the log, the history, a comparison and the report."""
    done = run(
        "record", "a", "2099.997", "-p", "2025", "--published", "2026-02-10", "--revise", "--lang", "en", cwd=plan
    )
    assert "a 2025: 2,099.996 亿元 → 2,099.997 亿元" in done.out + done.err
    log = run("log", "--lang", "en", cwd=plan).out
    assert ("2,099.996 亿元" in log, "2,099.997 亿元" in log) == (True, True)
    assert "2025    2,099.997 亿元" in run("show", "a", *LOOK, cwd=plan).out
    compared = run("diff", "--since", "2026-02-05", *LOOK, cwd=plan).out
    assert ("2,099.996 亿元" in compared, "2,099.997 亿元" in compared) == (True, True)
    run("report", "-o", "r.md", *LOOK, cwd=plan)
    assert "2,099.997 亿元" in (plan / "r.md").read_text(encoding="utf-8")
    refused = run("record", "a", "2099.998", "-p", "2025", "--lang", "zh", cwd=plan).err
    assert "2,099.997" in refused
    assert "最终" in refused


def test_an_assumption_is_told_as_it_is_computed_with(run: Run, project: Project) -> None:
    """A target of 2,000.001 is not 2,000, which is reached."""
    folder = project.write(GOALS, LINES)
    out = run("what-if", "a", "--target", "2000.001", "--lang", "en", "--as-of", "2025-03-01", cwd=folder).out
    assert "Assumed: target 2,000.001 亿元." in out


def test_a_value_that_meets_the_target_achieves_it(run: Run, project: Project) -> None:
    """What would turn the verdict is called what it would become."""
    folder = project.write(GOALS, LINES)
    look = ("--as-of", "2025-03-01")
    assert "It would be achieved with 2,100 亿元 for 2025." in run("show", "a", "--lang", "en", *look, cwd=folder).out
    done = run("what-if", "a", "--actual", "2100@2025", "--json", *look, cwd=folder)
    assert json.loads(done.out)["then"]["status"] == "achieved"
    more = "a,2021,1400,2022-02-01\na,2022,1600,2023-02-01\na,2023,1750,2024-02-01\n"
    project.write(GOALS.replace("due = 2025", "due = 2026").replace("2100", "2400"), LINES + more)
    assert (
        "It would be on track with 2,250 亿元 for 2025, or with a due of 2028."
        in run("show", "a", "--lang", "en", *look, cwd=folder).out
    )


def test_both_of_two(run: Run, project: Project) -> None:
    """Two are both, three are all."""
    goals = GOALS + GOALS.partition("[[goals]]")[2].replace('id = "a"', '[[goals]]\nid = "b"\nseries = "a"').lstrip()
    goals += '[[goals]]\nid = "c"\nall = ["a", "b"]\n'
    folder = project.write(goals, LINES)
    assert "both are needed; A is the furthest behind" in run("show", "c", *LOOK, cwd=folder).out


@pytest.mark.parametrize(("q1", "q2"), [(30, 10), (10, 5)])
def test_no_way_leads_from_beyond_the_target(run: Run, project: Project, q1: int, q2: int) -> None:
    """After a quarter above the target a quarter below it was no progress, however far it fell."""
    goals = '[series.c]\nkind = "flow"\n[[goals]]\nid = "c"\nrepeat = "quarter"\nfirst = "2025-Q1"\ndue = "2025-Q2"\n'
    goals += 'target = 40\n[[goals]]\nid = "o"\nmean = { c = 1 }\n'
    lines = f"series,period,value\nc,2024-Q4,50\nc,2025-Q1,{q1}\nc,2025-Q2,{q2}\n"
    folder = project.write(goals, lines)
    found = json.loads(run("status", "--all", "--json", "--as-of", "2025-07-15", cwd=folder).out)["goals"]
    seen = {one["id"]: one for one in found}
    assert seen["c/2025-Q1"]["progress"] > 1
    assert (seen["o"]["status"], seen["o"]["progress"]) == ("missed", 0)


def test_a_report_says_what_it_leaves_out(run: Run, project: Project) -> None:
    """Periods of goals that repeat are in it with --all; without, it says how many are not."""
    goals = '[series.c]\n[[goals]]\nid = "c"\nrepeat = "quarter"\nfirst = "2025-Q1"\ndue = "2025-Q4"\ntarget = 40\n'
    folder = project.write(goals, "series,period,value\nc,2025-Q1,30\nc,2025-Q2,10\n")
    look = ("--lang", "en", "--as-of", "2025-08-15")
    for name in ("r.md", "r.html"):
        run("report", "-o", name, *look, cwd=folder)
        assert "3 goals for other periods are not shown: --all shows them" in (folder / name).read_text(
            encoding="utf-8"
        )
        run("report", "-o", name, "--all", *look, cwd=folder)
        page = (folder / name).read_text(encoding="utf-8")
        assert ("c/2025-Q4" in page, "not shown" in page) == (True, False)


def test_one_outcome_has_no_standard_error(run: Run, project: Project) -> None:
    """Several calls on one outcome tell nothing of how far another would have been off."""
    folder = project.write(
        GOALS, LINES.replace("a,2024", "a,2021,1400,2022-02-01\na,2022,1600,2023-02-01\na,2024") + NEAR
    )
    found = json.loads(run("backtest", "--json", "--as-of", "2026-03-01", cwd=folder).out)["sets"][0]
    (chance,) = [one for one in found["methods"] if one["method"] == "chance"]
    assert (found["targets"], found["outcomes"], chance["cases"], chance["standard_error"]) == ("own", 1, 3, None)
    assert "±" not in run("backtest", "--lang", "en", "--as-of", "2026-03-01", cwd=folder).out.split("Brier score:")[0]


def test_the_last_row_of_a_plan_is_a_period_of_the_series(run: Run, project: Project) -> None:
    """Due 2025 is December for what is recorded by month."""
    goals = (
        '[series.u]\nunit = "%"\nkind = "ratio"\n[[goals]]\nid = "u"\nbaseline = "2025-01"\ntarget = 99\ndue = 2025\n'
    )
    folder = project.write(goals, "series,period,value\nu,2025-01,90\nu,2025-06,94\n")
    rows = run("plan", "u", "--format", "csv", "--as-of", "2025-07-15", cwd=folder).out.splitlines()
    assert [row.split(",")[1] for row in rows[-2:]] == ["2025-11", "2025-12"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--ruling", "foo"], '--ruling: "foo" is not a ruling'),
        (["--confidence", "11"], '--confidence: "11" is not a confidence'),
        (["--ruling", "kept"], "--ruling and --why go together"),
    ],
)
def test_a_note_names_the_option_that_is_wrong(run: Run, plan: Path, options: list[str], said: str) -> None:
    """A wrong word is told before what it would need beside it."""
    done = run("note", "a", "--text", "x", *options, "--lang", "en", cwd=plan)
    assert (done.code, said in done.err) == (2, True)
