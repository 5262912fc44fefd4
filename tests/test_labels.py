"""Labels of one's own in place of the statuses: people see them, programs never do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = """
[verdict.labels]
on-track = "快于预期"
off-track = "慢于预期"
[[goals]]
id = "x"
name = "X"
target = 50
due = 2030
baseline = 2022
"""
ACTUALS = "series,period,value\n" + "".join(
    f"x,{year},{value}\n" for year, value in ((2022, 40), (2023, 40), (2024, 40))
)


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a project whose goal is off track: it never moved."""
    return project.write(GOALS, ACTUALS)


@pytest.mark.parametrize("form", ["table", "md", "html"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_read_the_label(run: Run, plan: Path, form: str, language: str) -> None:
    """The label stands in the table, in the count above it and under a heading, in both languages."""
    out = run("status", "--format", form, "--lang", language, "--by", "status", cwd=plan).out
    assert out.count("慢于预期") >= 3
    assert "难以实现" not in out
    assert "off-track" not in out


def test_sentences_use_the_label(run: Run, plan: Path) -> None:
    """The explanation of a goal calls the status as the table does."""
    out = run("show", "x", "--lang", "zh", cwd=plan).out
    assert "低于 33 % 为慢于预期" in out
    assert "为快于预期" in out
    assert "难以实现" not in out


def test_json_keeps_the_status(run: Run, plan: Path) -> None:
    """JSON and CSV have the status itself; --fail-on and --status take it; --where takes either."""
    found = json.loads(run("status", "--json", cwd=plan).out)
    assert (found["goals"][0]["status"], found["summary"]["off-track"]) == ("off-track", 1)
    assert run("status", "--fail-on", "off-track", cwd=plan).code == 3
    for value in ("off-track", "慢于预期"):
        asked = ["--where", f"status={value}", "--format", "csv", "--columns", "status"]
        assert run("status", *asked, cwd=plan).out == "status\noff-track\n"


def test_without_labels_nothing_changes(run: Run, project: Project) -> None:
    """Without the table the statuses read as ever."""
    folder = project.write(GOALS.split("[[goals]]")[1].join(["[[goals]]", ""]), ACTUALS)
    assert "难以实现" in run("status", "--lang", "zh", cwd=folder).out
