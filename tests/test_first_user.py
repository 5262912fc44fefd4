"""The first user's own files: every promise and every figure is there, with its source, in our own words."""

from __future__ import annotations

import csv
import re
import tomllib
from typing import Any

import pytest
from conftest import ROOT

from tracker.model.actual import Quality
from tracker.periods import parse_period

ARTICLE = ROOT.parent / "shared" / "article.txt"
TITLE = "昭通高质量跨越式发展其势已成"
LONGEST_TERM = 11  # characters in a row that a term, but no sentence, may share with the article

PROMISES: dict[str, tuple[object, object]] = {
    "gdp-2000": (2000, "2025"),
    "gdp-2100": (2100, "2025"),
    "five-clusters": (None, None),
    "cluster-agriculture": (1000, "2026"),
    "cluster-energy": (1000, "2026"),
    "cluster-silicon-aluminium": (1000, "2026"),
    "cluster-phosphorus": (1000, "2026"),
    "cluster-services": (1000, "2026"),
    "five-clusters-total": (5000, "2026"),
    "cluster-others": (None, "2026"),
    "twin-hundred": (None, None),
    "central-city-population": (100, "2026"),
    "central-city-built-up-area": (100, "2026"),
    "urbanization": ({"series": "yunnan-urbanization"}, "2026"),
    "ancient-town-provincial": (None, "2026"),
    "ancient-town-national": (None, "2028"),
    "no-return-to-poverty": (None, "2025"),
    "low-income-households": (0, "2025"),
    "zhenxiong-resettlement": (1344, "2025-01-29"),
}


@pytest.fixture(scope="module")
def declared() -> dict[str, Any]:
    """Return goals.toml as it stands."""
    return tomllib.loads((ROOT / "goals.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def recorded() -> list[dict[str, str]]:
    """Return the lines of actuals.csv."""
    with (ROOT / "actuals.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_every_promise_is_declared(declared: dict[str, Any]) -> None:
    """Each promise is a goal with the number and the day that was promised, and there is no other goal."""
    found = {
        goal["id"]: (goal.get("target"), str(goal["due"]) if "due" in goal else None) for goal in declared["goals"]
    }
    assert found == PROMISES


def test_composites_name_their_parts(declared: dict[str, Any]) -> None:
    """The two composite promises hold only when all their parts do."""
    parts = {goal["id"]: goal["all"] for goal in declared["goals"] if "all" in goal}
    assert parts == {
        "twin-hundred": ["central-city-population", "central-city-built-up-area"],
        "five-clusters": [
            f"cluster-{name}" for name in ("agriculture", "energy", "silicon-aluminium", "phosphorus", "services")
        ],
    }


def test_every_goal_can_be_cited(declared: dict[str, Any]) -> None:
    """Each goal has a name, one of the three groups, and a source with its year and month."""
    for goal in declared["goals"]:
        assert goal["name"], goal["id"]
        assert goal["group"] in {"产", "城", "人"}, goal["id"]
        assert re.search(r"20\d\d年\d+月", goal["source"]), goal["id"]


def test_every_series_is_declared_and_used(declared: dict[str, Any], recorded: list[dict[str, str]]) -> None:
    """Each recorded series is declared; each series without a goal says that it is there as context."""
    series = declared["series"]
    assert {row["series"] for row in recorded} <= series.keys()
    of_goals = {goal.get("series", goal["id"]) for goal in declared["goals"]} | {"yunnan-urbanization"}
    assert {name for name, table in series.items() if not table.get("context")} == of_goals - {
        "twin-hundred",
        "five-clusters",
    }


def test_every_actual_can_be_cited(recorded: list[dict[str, str]]) -> None:
    """Each line has a source, a period, a number, a known quality, and the time it was written."""
    for row in recorded:
        assert row["source"], row
        assert parse_period(row["period"]) is not None, row
        assert float(row["value"]) >= 0, row
        assert row["quality"] in set(Quality), row
        assert row["recorded_at"].endswith("Z"), row


def test_a_period_is_recorded_once(recorded: list[dict[str, str]]) -> None:
    """Nothing in the first user's ledger has been revised yet."""
    keys = [(row["series"], row["period"]) for row in recorded]
    assert len(keys) == len(set(keys))


def test_figures_that_were_not_exact_say_so(recorded: list[dict[str, str]]) -> None:
    """A figure given as "about" or "expected", or on an assumed day, is an estimate with a note."""
    estimates = {(row["series"], row["period"]) for row in recorded if row["quality"] == "estimate"}
    assert {("urbanization", "2024"), ("five-clusters-total", "2024"), ("zhenxiong-resettlement", "2025-01-25")} <= (
        estimates
    )
    assert all(row["note"] for row in recorded if row["quality"] == "estimate")


def test_goals_without_a_figure_have_no_actual(recorded: list[dict[str, str]]) -> None:
    """Where the article gives no figure there is none here: the area of all towns is not the central city's."""
    series = {row["series"] for row in recorded}
    silent = {name for name in PROMISES if name.startswith(("central-city", "ancient-town", "cluster-"))}
    assert not series & silent
    assert "towns-built-up-area" in series


def test_no_sentence_is_copied() -> None:
    """No twelve characters in a row are the article's, its title aside."""
    if not ARTICLE.is_file():
        pytest.skip("the article does not lie beside the repository")
    article = re.sub(r"\s", "", ARTICLE.read_text(encoding="utf-8"))
    for name in ("goals.toml", "actuals.csv"):
        ours = (ROOT / name).read_text(encoding="utf-8").replace(TITLE, "\n")
        for run in re.findall(r"[\u4e00-\u9fff\d]+", ours):
            shared = [
                run[start : start + LONGEST_TERM + 1]
                for start in range(len(run) - LONGEST_TERM)
                if run[start : start + LONGEST_TERM + 1] in article
            ]
            assert not shared, f"{name}: {shared[0]}"
