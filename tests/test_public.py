"""What `from tracker import ...` gives: what it is, what it costs, and that it says what the command says."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

import tracker
from tracker import InvalidFile, Method, TrackerError, Unreachable, View, assess, load, reason

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

GOALS = '[[goals]]\nid = "members"\nbaseline = 2020\ntarget = 200\ndue = 2026\n'
ACTUALS = "series,period,value\nmembers,2020,100\nmembers,2021,110\nmembers,2022,130\nmembers,2023,138\n"
NOTES = "goal,text,confidence,ruling,why,url,by,recorded_at\nmembers,going well,,,,,,2024-02-01T00:00:00Z\n"


def python(code: str, folder: Path) -> str:
    """Return what a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, check=True, text=True)
    assert not done.stderr
    return done.stdout


def test_every_public_name_is_there() -> None:
    """Each name of `__all__` can be had and is listed; a name that is not there is an AttributeError."""
    for name in tracker.__all__:
        assert getattr(tracker, name) is not None
        assert name in dir(tracker)
    with pytest.raises(AttributeError, match="no attribute 'asses'"):
        tracker.asses  # type: ignore[attr-defined]  # noqa: B018


def test_importing_it_loads_nothing_of_it(tmp_path: Path) -> None:
    """Only what is asked for is imported, and neither typer nor rich for what the functions do."""
    code = "import sys, tracker; print([name for name in sys.modules if name.startswith('tracker.')])"
    assert python(code, tmp_path) == "[]\n"
    heavy = "{'typer', 'rich', 'tracker.cli', 'dateutil', 'babel', 'numpy'}"
    code = f"import sys; from tracker import assess, load, reason; print({heavy} & set(sys.modules))"
    assert python(code, tmp_path) == "set()\n"


@pytest.mark.parametrize("first", ["tracker.assess", "tracker.assess.figures", "tracker.project", "tracker.cli.app"])
def test_assess_is_the_function_whatever_was_imported_before(first: str, tmp_path: Path) -> None:
    """The package that has its name inside never takes its place."""
    code = f"import {first}; from tracker import assess; print(assess.__module__, type(assess).__name__)"
    assert python(code, tmp_path) == "tracker.project function\n"


def test_it_says_what_the_command_says(project: Project, run: Run) -> None:
    """Status, figures, chance, note and reason are those of `tracker status --json` on the same day, by any method."""
    folder = project.write(GOALS, ACTUALS)
    (folder / "notes.csv").write_text(NOTES, encoding="utf-8")
    for method in Method:
        done = run("status", "--json", "--as-of", "2024-03-01", "--method", method.value, cwd=folder)
        told = json.loads(done.out)["goals"][0]
        loaded = load(project.goals, view=View(date(2024, 3, 1)), method=method)
        (seen,) = assess(loaded)
        assert (seen.status, seen.chance, seen.gap) == (told["status"], told["chance"], told["gap"])
        assert seen.growth is not None
        assert (seen.growth.required, reason(seen)) == (told["growth"]["required"], told["reason"])
        assert seen.noted is not None
        assert seen.noted.text == told["noted"]["text"] == "going well"
    as_text = load(project.goals, method="pace")  # type: ignore[arg-type]
    assert as_text.file.rules.method is Method.PACE


def test_it_finds_files_as_the_command_does(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a path it is the goals.toml above, TRACKER_GOALS and TRACKER_ACTUALS come before; the day is today's."""
    folder = project.write(GOALS, ACTUALS)
    below = folder / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert load().view == View(date.today())  # noqa: DTZ011  the day it is here
    assert [one.goal.id for one in assess(load())] == ["members"]
    (below / "other.csv").write_text("series,period,value\nmembers,2020,1\n", encoding="utf-8")
    monkeypatch.setenv("TRACKER_ACTUALS", "other.csv")
    assert [actual.value for actual in load().actuals["members"]] == [1]
    monkeypatch.setenv("TRACKER_GOALS", "nowhere.toml")
    with pytest.raises(Unreachable, match=r"cannot read nowhere\.toml"):
        load()


def test_its_errors_name_every_problem(project: Project) -> None:
    """An error of a file says file, line, key and what is wrong, as text and as data."""
    project.write(GOALS.replace("due", "dew"), "series,period,value\nmembers,2020,many\n")
    with pytest.raises(TrackerError) as caught:
        load(project.goals)
    assert isinstance(caught.value, InvalidFile)
    lines = str(caught.value).splitlines()
    assert len(lines) == len(caught.value.problems) > 1
    assert lines[0].startswith(f"{project.goals}:")
    assert f'{project.actuals}:2: value: "many"' in lines[-1]
    with pytest.raises(ValueError, match="'guess' is not a valid Method"):
        load(project.goals, method="guess")  # type: ignore[arg-type]


def test_the_readme_shows_what_it_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of Python in the README give what stands under them."""
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert (failed, tried > 4) == (0, True)
