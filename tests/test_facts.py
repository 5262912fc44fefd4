"""What the tool must say of the first user's goals, figure by figure, as computed by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import ROOT, Run


def goals(run: Run, as_of: str) -> dict[str, Any]:
    """Return the repository's own goals by id, as seen on a day."""
    done = run("status", "--json", "--as-of", as_of, cwd=ROOT)
    assert done.code == 0
    return {goal["id"]: goal for goal in json.loads(done.out)["goals"]}


def test_urbanization(run: Run) -> None:
    """54.11 + 2 × (54.11 − 51.72)/2 = 56.5 is the target; 12.5 points in 2 years are 6.25 a year, it was 1.75."""
    goal = goals(run, "2025-01-31")["urbanization"]
    assert goal["target"]["value"] == 56.5
    assert goal["target"]["now"] == 54.11
    assert (goal["gap"], goal["gap_now"]) == (12.5, 10.11)
    assert (goal["progress"], goal["elapsed"]) == (0.21875, 0.5)
    assert (goal["expected"], goal["ahead"]) == (48.5, -4.5)
    growth = goal["growth"]
    assert (growth["observed"], growth["planned"], growth["required"]) == (1.75, 4, 6.25)
    assert growth["unit"] == "pp/year"
    assert goal["pace"] == 0.4375
    assert (goal["chance"], goal["status"]) == (0.01, "off-track")


def test_five_clusters_total(run: Run) -> None:
    """One actual: 5000 − 3000 is to go, (5000/3000)^(1/2) − 1 a year is needed, and nothing predicts from it."""
    goal = goals(run, "2025-01-31")["five-clusters-total"]
    assert goal["gap"] == 2000
    assert goal["growth"]["required"] == pytest.approx(0.290994, abs=5e-7)
    assert (goal["chance"], goal["status"]) == (None, "too-few")


def test_gdp_2000(run: Run) -> None:
    """2000 was due by the end of 2025 and reached on the last day of 2024."""
    goal = goals(run, "2025-01-31")["gdp-2000"]
    assert (goal["status"], goal["achieved_on"], goal["due"]) == ("achieved", "2024-12-31", "2025-12-31")
    assert "1 年" in goal["reason"] or "1 year early" in goal["reason"]


def test_gdp_2100(run: Run) -> None:
    """(2000/1289)^(1/4) − 1 and (2100/1289)^(1/5) − 1 in 40-digit decimals; 100 to go in a year are 5 %."""
    goal = goals(run, "2025-01-31")["gdp-2100"]
    growth = goal["growth"]
    assert (goal["gap"], growth["required"]) == (100, 0.05)
    assert growth["observed"] == 0.11607728589
    assert growth["planned"] == 0.102537260516
    assert goal["pace"] == pytest.approx(1.13205, abs=5e-5)
    assert goal["chance"] == pytest.approx(0.5390, abs=5e-5)
    assert goal["status"] == "at-risk"


def test_zhenxiong(run: Run) -> None:
    """243 homes in 15 days are 16.2 a day; 1101 in 4 days are 275.25."""
    before = goals(run, "2025-01-26")["zhenxiong-resettlement"]
    assert (before["gap"], before["status"]) == (1101, "off-track")
    growth = before["growth"]
    assert growth["unit"].endswith("/day")
    assert (growth["observed"], growth["required"]) == (16.2, 275.25)
    assert goals(run, "2025-01-31")["zhenxiong-resettlement"]["status"] == "awaiting"


def test_nothing_is_invented(run: Run) -> None:
    """A goal without an actual says so, and its composite with it; milestones are open."""
    found = goals(run, "2025-01-31")
    without = ["central-city-population", "central-city-built-up-area", "cluster-energy", "cluster-services"]
    assert {found[name]["status"] for name in [*without, "twin-hundred", "five-clusters"]} == {"no-data"}
    open_ones = ["cluster-others", "ancient-town-provincial", "ancient-town-national"]
    assert {found[name]["status"] for name in open_ones} == {"open"}
