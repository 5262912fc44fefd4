"""Goals for many: the first actuals of a county, and a database that starts empty, through the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Project, Run

GOALS = """
actuals = "actuals.db"
[series."urban/{county}"]
unit = "%"
kind = "ratio"
[[goals]]
id = "urban/{county}"
name = "{county}"
series = "urban/{county}"
target = 60
due = 2030
"""


def test_a_new_county_begins_with_its_first_actual(run: Run, project: Project) -> None:
    """The declaration knows its series and unit before anything is recorded; a name it does not fit is refused."""
    folder = project.write(GOALS, "series,period,value\n")
    assert run("store", "copy", "actuals.csv", "actuals.db", cwd=folder).code == 0
    assert run("record", "urban/昭阳", "44%", "--period", "2023", cwd=folder).code == 0
    assert run("record", "urban/昭阳", "45.5%", "--period", "2024", cwd=folder).code == 0
    refused = run("record", "urban/昭阳", "5亿元", "--period", "2025", cwd=folder)
    assert refused.code == 2
    stranger = run("record", "rural/昭阳", "5", "--period", "2025", cwd=folder)
    assert (stranger.code, "no series is called" in stranger.err) == (2, True)
    (one,) = json.loads(run("status", "--json", cwd=folder).out)["goals"]
    assert (one["id"], one["declaration"], one["actual"]["value"], one["gap"]) == (
        "urban/昭阳",
        "urban/{county}",
        45.5,
        14.5,
    )
    assert one["fields"] == {"county": "昭阳"}
    by = run("status", "--by", "county", "--lang", "en", cwd=folder).out
    assert "昭阳 · 1 goal:" in by


def test_a_copy_of_nothing_is_a_store(run: Run, project: Project) -> None:
    """A database copied from an empty file is there, and holds nothing."""
    folder = project.write(GOALS, "series,period,value\n")
    assert run("status", cwd=folder).code == 5
    assert run("store", "copy", "actuals.csv", "actuals.db", cwd=folder).code == 0
    done = run("status", "--json", cwd=folder)
    assert (done.code, json.loads(done.out)["goals"]) == (0, [])
