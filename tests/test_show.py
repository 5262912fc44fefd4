"""`tracker show`: the answer to "why?", and every figure so that a reader can redo it by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, Project, Run
from jsonschema import Draft202012Validator
from rich.cells import cell_len

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"


def shown(run: Run, goal: str, *more: str, folder: Path = ROOT, columns: str = "") -> str:
    """Return what `show` prints of a goal in English."""
    done = run("show", goal, "--lang", "en", *more, cwd=folder, env={"COLUMNS": columns} if columns else {})
    assert (done.code, done.err) == (0, "")
    return done.out


def test_a_moving_target_is_explained(run: Run) -> None:
    """The opening says what drives the verdict, the lines how each figure is made."""
    out = shown(run, "urbanization", "--as-of", "2025-01-31")
    for text in (
        "growth was 1.75 pp/year, 6.25 pp/year is needed from here",
        "closed by 0.555 pp a year; it must close by 5.055 pp a year",
        "67 % and above is on track, below 33 % is off track",
        "31 days old; seen from 2025-01-31, 699 days are left",
        "54.11 (2024) carried on for 2 years at 1.195 a year, its growth since 2022",
        "(44 − 40.5) / (56.5 − 40.5)",
        "(56.5 − 44) / 2 years",
        "observed / planned: 1.75 / 4",
        "-11.22 (2022) … -10.11 (2024)",
        "2024, estimate, published 2025-01-31",
    ):
        assert text in out


def test_where_pace_and_chance_part_it_says_why(run: Run) -> None:
    """Pace alone would call the GDP goal on track; the chance does not, and show says so."""
    out = shown(run, "gdp-2100", "--as-of", "2025-01-31")
    assert "Pace alone would say on-track (1.132 of what was planned)" in out
    assert "(2,100 / 2,000)^(1 / 1 years) − 1" in out


def test_a_composite_names_its_children_and_both_chances(run: Run, project: Project) -> None:
    """The chance of all stands for children that hang together, with the product beside it."""
    goals = '[[goals]]\nid = "both"\nname = "Both"\nall = ["a", "b"]\n' + "".join(
        f'[[goals]]\nid = "{name}"\nname = "{name}"\ntarget = 115\ndue = 2026\n' for name in "ab"
    )
    rows = "".join(f"{s},{2020 + i},{100 + 2.5 * i},final,2025-01-01,,,,\n" for s in "ab" for i in range(5))
    out = shown(run, "both", "--as-of", "2025-01-31", folder=project.write(goals, HEADER + rows))
    assert "if the children hang together" in out
    assert "if they are independent" in out
    assert "a (a)" in out


def test_what_would_turn_it_turns_it(run: Run, project: Project) -> None:
    """Recording the value that show names puts the goal on track; a little less does not."""
    goals = '[[goals]]\nid = "x"\nname = "X"\ntarget = 140\ndue = 2028\n'
    rows = "".join(f"x,{2020 + i},{v},final,2025-01-01,,,,\n" for i, v in enumerate([100, 104, 109, 113, 119]))
    folder = project.write(goals, HEADER + rows)
    turning = json.loads(run("show", "x", "--json", "--as-of", "2025-01-31", cwd=folder).out)["turning"]
    assert turning["period"] == "2025"
    for factor, good in ((1.0001, True), (0.995, False)):
        project.write(actuals=HEADER + rows + f"x,2025,{turning['value'] * factor},final,2025-01-01,,,,\n")
        status = json.loads(run("status", "--json", "--as-of", "2026-01-31", cwd=folder).out)["goals"][0]["status"]
        assert (status == "on-track") is good


@pytest.mark.parametrize("goal", ["urbanization", "gdp-2000", "twin-hundred", "cluster-others", "five-clusters-total"])
def test_json_is_what_its_schema_says(run: Run, goal: str) -> None:
    """The JSON of show validates against `tracker schema show` for every form of goal."""
    schema = json.loads(run("schema", "show").out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(run("show", goal, "--json", cwd=ROOT).out))


def test_a_narrow_terminal_cuts_no_number(run: Run) -> None:
    """At 60 columns nothing is wider, and every value is whole."""
    out = shown(run, "gdp-2100", "--as-of", "2025-01-31", columns="60")
    assert max(cell_len(line) for line in out.splitlines()) <= 60
    for value in ("2,000 亿元", "1,289 亿元", "11.61 %/year"):
        assert value in out


def test_markdown_has_the_same_story(run: Run) -> None:
    """Markdown opens with the goal and its reason and has the history as a table."""
    out = shown(run, "urbanization", "--as-of", "2025-01-31", "--format", "md")
    assert out.startswith("urbanization · ")
    assert "| Figure | Value | How it is made |" in out


def test_an_unknown_goal_names_the_nearest(run: Run) -> None:
    """A typo in an id ends with 2 and the goal that was probably meant."""
    done = run("show", "urbanisation", "--lang", "en", cwd=ROOT)
    assert done.code == 2
    assert 'did you mean "urbanization"?' in done.err
