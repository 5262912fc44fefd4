"""Declarations that make several goals: their names, first actuals, and a database that starts empty."""

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


def test_the_name_of_a_declaration_stands_for_its_goals(run: Run, project: Project) -> None:
    """Commands on several goals take all of them; one on a single goal says that it is many, and names some."""
    rows = "".join(f"urban/{name},{year},{40 + year - 2020}\n" for name in ("a", "b") for year in range(2020, 2025))
    folder = project.write(GOALS.replace('actuals = "actuals.db"\n', ""), f"series,period,value\n{rows}")
    for command in (("due",), ("diff", "--since", "2024-01-01"), ("backtest",), ("status",)):
        assert run(command[0], "urban/{county}", *command[1:], cwd=folder).code == 0, command
    for name in ("show", "plan", "what-if", "chart", "note"):
        more = {"what-if": ("--growth", "1"), "note": ("--text", "x")}.get(name, ())
        done = run(name, "urban/{county}", *more, "--lang", "en", cwd=folder)
        assert (done.code, done.err) == (
            2,
            'tracker: "urban/{county}" stands for 2 goals\n  name one of them, such as urban/a, urban/b\n',
        ), name


def test_the_name_of_a_goal_that_repeats_stands_for_its_period_now(run: Run, project: Project) -> None:
    """Every command on one goal takes it; where growth is not known yet the reason speaks of what is needed only."""
    goals = (
        '[series.s]\nkind = "level"\n[[goals]]\nid = "s"\nrepeat = "quarter"\n'
        'target = 110\nbaseline = "2024-Q4"\ndue = "2025-Q4"\n'
    )
    rows = "".join(f"s,{period},{value}\n" for period, value in (("2024-Q3", 99), ("2024-Q4", 100), ("2025-Q1", 104)))
    folder = project.write(goals, f"series,period,value\n{rows}")
    for name in ("show", "plan", "chart"):
        assert run(name, "s", "--as-of", "2025-05-01", cwd=folder).code == 0, name
    for name in ("due", "backtest"):
        assert run(name, "s", "--as-of", "2025-05-01", cwd=folder).code == 0, name
    (one,) = json.loads(run("status", "--as-of", "2025-05-01", "--json", cwd=folder).out)["goals"]
    assert one["id"] == "s/2025-Q2"
    assert one["growth"]["observed"] is None
    assert "growth was" not in one["reason"]
    assert "is needed from here" in one["reason"]
