"""Totals of shorter periods: of weeks, of what is not full yet, and the steps on the way to them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

HEADER = "series,period,value\n"
QUARTERS = "".join(f"f,{year}-Q{n},{20 + n}\n" for year in (2022, 2023, 2024) for n in range(1, 5))


def goal(run: Run, folder: Path, id_: str, *look: str) -> dict[str, Any]:
    """Return a goal of `status --json`."""
    goals = json.loads(run("status", "--json", "--lang", "en", *look, cwd=folder).out)["goals"]
    return next(one for one in goals if one["id"] == id_)


def series(kind: str, unit: str = "bn") -> str:
    """Return the head of a goals file with a series f of a kind."""
    return f'[series.f]\nkind = "{kind}"\nunit = "{unit}"\n[[goals]]\nid = "f"\n'


def weeks(first: int, last: date) -> str:
    """Return a line of 2 for every week that ends from a year's beginning to a day."""
    day = date(first, 1, 1)
    found = {}
    while day <= last:
        year, week, weekday = day.isocalendar()
        if weekday == 7:
            found[f"{year}-W{week:02}"] = 2
        day += timedelta(days=1)
    return HEADER + "".join(f"f,{week},{value}\n" for week, value in found.items())


def test_a_year_of_weeks_is_full_once_no_other_week_ends_in_it(run: Run, project: Project) -> None:
    """A week counts where it ends: 2023 has 53 Sundays, 2024 has 52 and ends on a Tuesday."""
    folder = project.write(
        series("flow") + "baseline = 2022\ndue = 2026\ntarget = 150\n", weeks(2022, date(2025, 1, 3))
    )
    seen = goal(run, folder, "f", "--as-of", "2025-01-03")
    assert (seen["baseline"]["value"], seen["actual"]["period"], seen["actual"]["value"]) == (104, "2024", 104)
    project.write(actuals=weeks(2022, date(2024, 12, 28)))  # one Sunday short
    assert goal(run, folder, "f", "--as-of", "2025-01-03")["actual"]["period"] == "2023"
    assert goal(run, folder, "f", "--as-of", "2025-01-03")["actual"]["value"] == 106


def test_a_quarter_of_weeks(run: Run, project: Project) -> None:
    """The quarter due has 13 weeks; the one before it is compared with it."""
    folder = project.write(
        series("flow") + 'baseline = "2025-Q1"\ndue = "2025-Q4"\ntarget = 30\n', weeks(2024, date(2025, 7, 20))
    )
    seen = goal(run, folder, "f", "--as-of", "2025-07-25")
    assert (seen["baseline"]["value"], seen["actual"]["period"], seen["actual"]["value"]) == (26, "2025-Q2", 26)


@pytest.mark.parametrize(
    ("actuals", "reason"),
    [
        ("f,2025-Q1,30\nf,2025-Q2,31\nf,2025-Q3,33\n", "up to 2025-Q3, makes no full total yet to compare with 2026"),
        (
            "f,2024-Q1,30\nf,2024-Q2,31\nf,2024-Q4,33\n",
            "up to 2024-Q4, makes no full total yet to compare with 2026; 2024-Q3 is missing",
        ),
    ],
)
def test_what_makes_no_total_yet_is_not_called_nothing(run: Run, project: Project, actuals: str, reason: str) -> None:
    """What is recorded is said, and which period the total lacks."""
    folder = project.write(series("flow") + "due = 2026\ntarget = 150\n", HEADER + actuals)
    seen = goal(run, folder, "f", "--as-of", "2025-11-01")
    assert (seen["status"], seen["actual"]) == ("no-data", None)
    assert seen["reason"] == f"what is recorded of f, {reason}"
    assert "nothing is recorded yet" not in run("status", "--lang", "en", "--as-of", "2025-11-01", cwd=folder).out
    plan = run("plan", "f", "--lang", "en", "--as-of", "2025-11-01", cwd=folder).out
    assert "makes no full total yet: there is nothing to start from" in plan
    assert "no full total yet" in run("chart", "f", "--lang", "en", "--as-of", "2025-11-01", cwd=folder).err


def test_series_without_a_common_day(run: Run, project: Project) -> None:
    """Their sum is not there yet, though each has a value."""
    goals = '[series.a]\n[series.b]\n[[goals]]\nid = "ab"\nsum = ["a", "b"]\ndue = 2030\ntarget = 9\n'
    folder = project.write(goals, HEADER + "a,2023,1\nb,2024,2\n")
    seen = goal(run, folder, "ab", "--as-of", "2025-06-01")
    assert seen["reason"] == "a, b have no day with a value in each yet; the latest is 2024"


STEPPED = 'baseline = 2024\ndue = 2025\ntarget = 120\nsteps = [{ due = "2025-Q2", target = 60 }]\n'
THIS_YEAR = "f,2025-Q1,20\nf,2025-Q2,27\nf,2025-Q3,40\n"


@pytest.mark.parametrize("kind", ["flow", "ytd"])
@pytest.mark.parametrize("rest", ["", "f,2025-Q4,20\n"])
def test_a_step_inside_the_year_of_a_total(run: Run, project: Project, kind: str, rest: str) -> None:
    """It is compared with the sum up to it, while the year runs and when it is full."""
    lines = (QUARTERS + THIS_YEAR + rest).splitlines()
    if kind == "ytd":
        total, summed = 0, []
        for line in lines:
            name, period, value = line.split(",")
            total = int(value) if period.endswith("Q1") else total + int(value)
            summed.append(f"{name},{period},{total}")
        lines = summed
    folder = project.write(series(kind) + STEPPED, HEADER + "\n".join(lines) + "\n")
    look = ("--as-of", "2026-01-20")
    assert "the step due 2025-06-30 was missed" in goal(run, folder, "f", *look)["reason"]
    assert "missed: it was 47 bn" in run("show", "f", "--lang", "en", *look, cwd=folder).out
    project.write(series(kind) + STEPPED.replace("target = 60", "target = 47"))
    assert "step" not in goal(run, folder, "f", *look)["reason"]
    assert "met: it was 47 bn" in run("show", "f", "--lang", "en", *look, cwd=folder).out


def test_a_step_whose_sum_lacks_a_period(run: Run, project: Project) -> None:
    """Nothing is said to be met or missed then."""
    lines = HEADER + QUARTERS + THIS_YEAR.replace("f,2025-Q1,20\n", "")
    folder = project.write(series("flow") + STEPPED, lines)
    assert "nothing is recorded for it" in run("show", "f", "--lang", "en", "--as-of", "2025-11-01", cwd=folder).out


def test_a_step_of_a_published_rate_is_a_mean_as_its_target_is(run: Run, project: Project) -> None:
    """5.2 and 4.6 % are 4.9 % a year: less than the 5.5 % of the step."""
    steps = "baseline = 2022\ndue = 2026\ntarget = 6\nsteps = [{ due = 2024, target = 5.5 }]\n"
    folder = project.write(series("growth", "%") + steps, HEADER + "f,2023,5.2\nf,2024,4.6\n")
    look = ("--as-of", "2025-08-01")
    assert "the step due 2024-12-31 was missed" in goal(run, folder, "f", *look)["reason"]
    assert "missed: it was 4.9 %" in run("show", "f", "--lang", "en", *look, cwd=folder).out
    project.write(series("growth", "%") + steps.replace("5.5", "4.8"))
    assert "step" not in goal(run, folder, "f", *look)["reason"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('direction = "down"\ntarget = 40\n', "54 bn, is 14 bn above the target of 40 bn already"),
        ("target = { between = [40, 50] }\n", "54 bn, is 4 bn above the target of 40 to 50 bn already"),
    ],
)
def test_a_ceiling_that_is_passed_is_no_growth_to_reach(run: Run, project: Project, rule: str, said: str) -> None:
    """No year falls by more than all it had: by how much the ceiling is passed is said instead."""
    lines = HEADER + QUARTERS + "f,2025-Q1,27\nf,2025-Q2,27\n"
    folder = project.write(series("flow") + "due = 2025\n" + rule, lines)
    look = ("--as-of", "2025-09-10")
    assert goal(run, folder, "f", *look)["reason"] == f"chance 0 %: the sum of 2025 so far, {said}"
    plan = run("plan", "f", "--lang", "en", *look, cwd=folder).out
    assert "above the target already: nothing that is left to plan would bring it back" in plan
