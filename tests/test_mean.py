"""Objectives with several key results: the mean of goals by weight, through the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run

HISTORY = {
    "done": "done 2020 100\ndone 2021 104\ndone 2022 111",  # of 110: achieved
    "slow": "slow 2020 100\nslow 2021 110\nslow 2022 130",  # of 200 by 2025: 30 of 100
    "late": "late 2020 100\nlate 2022 160",  # of 200 by 2022: missed at .6
    "back": "back 2020 100\nback 2022 90",  # of 200 by 2025: below its baseline
    "empty": "",
}
GOALS = {
    "done": goal("done", "target = 110", "due = 2025", "baseline = 2020", series="done"),
    "slow": goal("slow", "target = 200", "due = 2025", "baseline = 2020", series="slow"),
    "late": goal("late", "target = 200", "due = 2022", "baseline = 2020", series="late"),
    "back": goal("back", "target = 200", "due = 2025", "baseline = 2020", series="back"),
    "empty": goal("empty", "target = 200", "due = 2025", series="empty"),
}


def mean(run: Run, project: Project, weights: str, *more: str) -> dict[str, Any]:
    """Return the record of an objective with these weights."""
    names = [part.split("=")[0].strip() for part in weights.split(",")]
    text = goal("o", f"mean = {{ {weights} }}", series=None) + "".join(GOALS[name] for name in names)
    rows = "\n".join(HISTORY[name] for name in names)
    return dict(seen(run, project, text, rows, "--as-of", "2023-01-31", *more)["o"])


@pytest.mark.parametrize(
    ("weights", "grade", "status", "limiting"),
    [
        ("slow = 2, done = 1", (2 * 0.3 + 1) / 3, "off-track", "slow"),
        ("slow = 1, done = 2", (0.3 + 2) / 3, "on-track", "done"),  # achieved, but the other still decides
        ("slow = 1, done = 1", 0.65, "off-track", "slow"),  # half of the weight stands there or worse
        ("back = 1, done = 3", 0.75, "on-track", "done"),  # below 0 counts 0
        ("empty = 1, slow = 1", 0.15, "off-track", "slow"),  # without an actual it counts 0
        ("empty = 3, slow = 1", 0.075, "no-data", "empty"),
        ("late = 1, slow = 1", 0.45, "off-track", "late"),  # missed, but the other still decides
        ("late = 1, done = 1", 0.8, "missed", "late"),  # both are decided
        ("done = 0.5", 1, "achieved", "done"),
        ("slow = 1e-323, done = 5e-324", (2 * 0.3 + 1) / 3, "off-track", "slow"),  # the least there are: 2 to 1
    ],
)
def test_grade_and_status_of_a_mean(
    run: Run, project: Project, weights: str, grade: float, status: str, limiting: str
) -> None:
    """The grade is Σ weight × grade / Σ weight, an achieved child 1; the status is that in the middle of the weight.

    Achieved only when all are; missed only when all are decided.
    """
    one = mean(run, project, weights)
    assert (one["progress"], one["status"], one["limiting"]) == (pytest.approx(grade, abs=1e-12), status, limiting)
    assert (one["rule"], one["chance"], one["bound"], one["model"]) == ("mean", None, None, None)
    assert one["children"] == [part.split("=")[0].strip() for part in weights.split(",")]


def test_a_mean_of_means(run: Run, project: Project) -> None:
    """(1 × (2 × .3 + 1)/3 + 1 × .3)/2: a grade goes on upwards as it is."""
    text = goal("top", "mean = { o = 1, slow = 1 }", series=None)
    text += goal("o", "mean = { slow = 2, done = 1 }", series=None) + GOALS["slow"] + GOALS["done"]
    found = seen(run, project, text, f"{HISTORY['slow']}\n{HISTORY['done']}", "--as-of", "2023-01-31")
    assert found["top"]["progress"] == pytest.approx((1.6 / 3 + 0.3) / 2, abs=1e-12)


def test_a_mean_that_lapses(run: Run, project: Project) -> None:
    """A child that no longer meets its target counts its progress again: (106 − 100)/(110 − 100)."""
    text = goal("o", "mean = { done = 1 }", series=None) + GOALS["done"]
    one = seen(run, project, text, HISTORY["done"] + "\ndone 2023 106", "--as-of", "2024-01-31")["o"]
    assert (one["status"], one["lapsed"], one["progress"]) == ("achieved", True, 0.6)


def test_show_has_the_formula_of_the_grade(run: Run, project: Project) -> None:
    """With weights and grades in it, in both languages; the chance says why there is none."""
    mean(run, project, "slow = 2, done = 1")
    record = json.loads(run("show", "o", "--json", "--as-of", "2023-01-31", "--lang", "en", cwd=project.folder).out)
    lines = {line["figure"]: line for line in record["explained"]}
    assert lines["progress"]["how"].startswith("(2 × 0.3 + 1 × 1) / 3: weight times grade of each child")
    assert (lines["progress"]["value"], lines["chance"]["value"]) == ("53.3 %", None)
    assert lines["chance"]["how"] == "a mean has none: it does not say what grade is enough"
    chinese = run("show", "o", "--as-of", "2023-01-31", "--lang", "zh", cwd=project.folder).out
    assert "(2 × 0.3 + 1 × 1) / 3" in chinese
    assert "by weight" not in chinese


def test_show_has_the_formula_of_a_grade_that_is_decided(run: Run, project: Project) -> None:
    """Once every child is decided the mean still says what it was made from."""
    mean(run, project, "late = 1, done = 1")
    record = json.loads(run("show", "o", "--json", "--lang", "en", "--as-of", "2023-01-31", cwd=project.folder).out)
    lines = {line["figure"]: line["how"] for line in record["explained"]}
    assert lines["progress"].startswith("(1 × 0.6 + 1 × 1) / 2: weight times grade")
