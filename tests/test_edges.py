"""Goals at the edges, through the command: each settles a question that would otherwise be answered twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conftest import Project, Run

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"


def assessed(
    run: Run, project: Project, goal: str, series: str, actuals: Mapping[str, float], as_of: str
) -> dict[str, Any]:
    """Return the record of a single goal on a series `x` with these actuals."""
    rows = "".join(f"x,{period},{value},final,2020-01-01,,,,\n" for period, value in actuals.items())
    text = f'[series.x]\n{series}\n[[goals]]\nid = "x"\nname = "X"\n{goal}\n'
    done = run("status", "--json", "--as-of", as_of, "--lang", "en", cwd=project.write(text, HEADER + rows))
    assert (done.code, done.err) == (0, "")
    return dict(json.loads(done.out)["goals"][0])


@pytest.mark.parametrize(
    ("years", "so_far", "target", "direction", "chance"),
    [
        ([[20, 25, 27, 28], [22, 27, 30, 31]], [24], 125, "up", 0.093577),
        ([[20, 25, 27, 28], [22, 27, 30, 31], [23, 30, 31, 34]], [25, 32], 128, "up", 0.217773),
        ([[20, 25, 27, 28]], [21, 26], 105, "down", 0.741048),
    ],
)
@pytest.mark.parametrize("kind", ["flow", "ytd"])
def test_a_year_that_is_not_over(
    run: Run, project: Project, years: list[list[float]], so_far: list[float], target: float, direction: str,
    chance: float, kind: str,
) -> None:  # fmt: skip
    """Quarterly amounts, and the same cumulated, give the published check values of the year's model."""
    actuals = {}
    for number, year in enumerate([*years, so_far]):
        for quarter, value in enumerate(year):
            whole = sum(year[: quarter + 1])
            actuals[f"{2020 + number}-Q{quarter + 1}"] = value if kind == "flow" else whole
    due = 2020 + len(years)
    goal = f'target = {target}\ndue = {due}\ndirection = "{direction}"\nmode = "at"'
    seen = assessed(run, project, goal, f'kind = "{kind}"', actuals, f"{due}-09-30")
    assert seen["chance"] == pytest.approx(chance, abs=1e-6)
    assert (seen["model"], seen["actual"]["value"]) == ("year", sum(so_far))
    assert seen["elapsed"] == len(so_far) / 4


def test_a_single_actual(run: Run, project: Project) -> None:
    """Nothing predicts from one point: required growth is known, observed and the chance are not."""
    seen = assessed(run, project, "target = 121\ndue = 2026", "", {"2024": 100}, "2025-01-31")
    assert (seen["status"], seen["chance"], seen["baseline"]) == ("too-few", None, None)
    assert seen["growth"]["required"] == pytest.approx(0.1, abs=1e-12)
    assert seen["growth"]["observed"] is None


def test_a_first_actual_at_due_is_no_baseline(run: Run, project: Project) -> None:
    """Actuals at and after due only: there is no way from a baseline to due, so its figures are null."""
    seen = assessed(run, project, "target = 5\ndue = 2018", "", {"2018": 3, "2020": 6}, "2021-01-31")
    assert (seen["status"], seen["achieved_on"], seen["elapsed"]) == ("missed", "2020-12-31", None)


def test_a_target_of_zero_is_linear(run: Run, project: Project) -> None:
    """No compound rate leads to 0: the rates are amounts, and the record says why."""
    goal = 'target = 0\ndue = 2026\ndirection = "down"\nbaseline = 2022'
    seen = assessed(run, project, goal, 'unit = "t"', {"2022": 8, "2023": 6, "2024": 4}, "2025-01-31")
    assert (seen["growth"]["unit"], seen["growth"]["observed"], seen["growth"]["required"]) == ("t/year", -2, -2)
    assert "the target is 0" in seen["growth"]["undefined"]
    assert seen["model"] == "total"  # it never rose and must come down to 0


def test_a_baseline_equal_to_the_target_has_no_progress(run: Run, project: Project) -> None:
    """(y1 − y0)/(T − y0) has no value there."""
    seen = assessed(run, project, "target = 5\ndue = 2026\nbaseline = 2022", "", {"2022": 5, "2023": 4}, "2024-01-31")
    assert (seen["progress"], seen["gap"]) == (None, 1)


def test_due_inside_a_gap_stays_awaiting_in_mode_at(run: Run, project: Project) -> None:
    """With a later period recorded and due's not, `at` waits and `by` is missed."""
    actuals = {"2023": 3, "2024": 4, "2026": 9}
    for mode, status in (("at", "awaiting"), ("by", "missed")):
        seen = assessed(run, project, f'target = 8\ndue = 2025\nmode = "{mode}"', "", actuals, "2026-12-31")
        assert seen["status"] == status


def test_huge_rates_do_not_overflow(run: Run, project: Project) -> None:
    """A target of 1e300 % a year is out of reach, not an error."""
    goal = "target = 1e300\ndue = 2026\nbaseline = 2020"
    seen = assessed(run, project, goal, 'kind = "growth"', {"2021": 7, "2022": 8}, "2023-01-31")
    assert seen["growth"]["required"] is None
    assert seen["status"] == "at-risk"
