"""`tracker diff`: statuses, new actuals, revised actuals and promises, each apart; nothing where nothing changed."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tracker.assess import assess
from tracker.assess.figures import Status
from tracker.compare.changes import Changes, changes
from tracker.compare.snapshot import snapshot
from tracker.errors import InvalidFile
from tracker.goals.read import goals_in
from tracker.intake.saved import saved_status
from tracker.model.actual import Actual, Quality, View, in_force
from tracker.periods import parse_period

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Project, Run

    from tracker.compare.saved import SavedGoal

GOALS = """
language = "en"
title = "Plan"
[series.x]
unit = "t"
[series.ref]
unit = "t"
[series.made]
unit = "t"
kind = "flow"

[[goals]]
id = "x"
name = "X"
target = 100
due = 2025
revisions = [{ until = 2023-12-31, target = 120, due = 2024, why = "too bold", source = "Council" }]

[[goals]]
id = "after-ref"
series = "x"
target = { series = "ref" }
due = 2026

[[goals]]
id = "made"
target = 100
due = 2025

[[goals]]
id = "both"
all = ["x", "made"]
"""
HEADER = "series,period,value,quality,published,source,url,note,recorded_at\n"
THEN = (
    "x,2021,80,,2022-01-31,,,,\nx,2022,90,,2023-01-31,,,,\nref,2022,95,,2023-01-31,,,,\nmade,2022,50,,2023-01-31,,,,\n"
)
LATER = (
    "x,2022,101,,2024-02-01,,,,\nx,2023,102,provisional,2024-01-31,Bulletin,,,\n"
    "ref,2022,,retracted,2024-03-01,,,,\nmade,2023,60,,2024-01-31,,,,\n"
)
FILE = goals_in(f"format = 1\n{GOALS}".encode(), "goals.toml").file


@pytest.fixture
def plan(project: Project) -> Path:
    """Return a folder where much happened in 2024."""
    return project.write(GOALS, HEADER + THEN + LATER)


def diff(run: Run, folder: Path, *more: str) -> dict[str, Any]:
    """Return what changed between 2023-06-30 and 2024-06-30."""
    done = run("diff", "--json", "--as-of", "2024-06-30", *(more or ("--since", "2023-06-30")), cwd=folder)
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_four_lists_apart(run: Run, plan: Path) -> None:
    """For 2022 x was 90 and is 101; the old promise was 120 by 2024; ref lost its value; two figures are new."""
    found = diff(run, plan)
    Draft202012Validator(json.loads(run("schema", "diff").out)).validate(found)
    assert (found["since"]["as_of"], found["since"]["known_on"], found["changed"]) == ("2023-06-30", "2023-06-30", True)
    assert {one["goal"]: one["after"]["status"] for one in found["statuses"]}["x"] == "achieved"
    new = {(one["series"], one["period"]): (one["value"], one["quality"], one["goals"]) for one in found["new"]}
    assert new == {
        ("x", "2023"): (102, "provisional", ["x", "after-ref", "both"]),
        ("made", "2023"): (60, "final", ["made", "both"]),
    }
    revised = {
        one["series"]: (one["before"]["value"], one["after"] and one["after"]["value"]) for one in found["revised"]
    }
    assert revised == {"x": (90, 101), "ref": (95, None)}
    promise = next(one for one in found["promises"] if one["goal"] == "x")
    assert (promise["before"]["target"], promise["before"]["due"]) == (120, "2024-12-31")
    assert (promise["after"]["target"], promise["after"]["due"]) == (100, "2025-12-31")
    assert (promise["why"], promise["source"]) == ("too bold", "Council")


def test_what_a_revision_did_is_judged_with_all_else_as_it_is_now(run: Run, plan: Path) -> None:
    """With 90 for 2022 x is achieved all the same, by 102 for 2023; 101 against 95 had met the moving target."""
    revised = {one["series"]: one for one in diff(run, plan)["revised"]}
    by_goal = {turn["goal"]: turn for turn in revised["x"]["verdicts"]}
    assert by_goal["x"]["before"]["status"] == by_goal["x"]["after"]["status"] == "achieved"
    turn = revised["ref"]["verdicts"]
    assert [(one["goal"], one["before"]["status"], one["after"]["status"]) for one in turn] == [
        ("after-ref", "achieved", "no-data")
    ]


def test_a_revision_that_turned_a_verdict(run: Run, project: Project) -> None:
    """100 made it, 99 does not: the goal is missed because of the revision, and its composite with it."""
    goals = GOALS.replace("due = 2025", "due = 2022", 1)
    folder = project.write(
        goals, HEADER + "x,2021,80,,2022-01-31,,,,\nx,2022,100,,2023-01-31,,,,\nx,2022,99,,2024-01-31,,,,\n"
    )
    turns = diff(run, folder)["revised"][0]["verdicts"]
    found = {turn["goal"]: (turn["before"]["status"], turn["after"]["status"]) for turn in turns}
    assert found["x"] == ("achieved", "missed")
    assert found["both"] == ("no-data", "missed")
    text = run("diff", "--since", "2023-06-30", "--as-of", "2024-06-30", "--format", "md", cwd=folder).out
    assert "- **Revised** x 2022: 100 t → 99 t (x: achieved → missed; " in text
    assert "- **New** none" in text


def test_table_and_markdown(run: Run, plan: Path) -> None:
    """People read the four lists in one table, a mail has a line for each change."""
    arguments = ["diff", "--since", "2023-06-30", "--as-of", "2024-06-30"]
    table = run(*arguments, cwd=plan).out
    for text in (
        "Plan · 2023-06-30 → 2024-06-30",
        "Statuses",
        "New actuals",
        "Revised actuals",
        "Promises",
        "retracted",
    ):
        assert text in table
    mail = run(*arguments, "--format", "md", cwd=plan).out
    assert mail.startswith("### Plan · 2023-06-30 → 2024-06-30\n\n- **Status** x: ")
    assert "- **New** x 2023: 102 t provisional (Bulletin)\n" in mail
    assert "- **Promises** x: 120 t by 2024-12-31 → 100 t by 2025-12-31 (too bold; Council)\n" in mail
    assert run(*arguments, "--format", "csv", cwd=plan).code == 2


def test_only_changes_and_exit_codes(run: Run, plan: Path) -> None:
    """Nothing changed within a quiet month: not a byte and 0; otherwise --fail-on change ends with 3."""
    quiet = ["diff", "--since", "2024-05-31", "--as-of", "2024-06-30", "--fail-on", "change"]
    assert run(*quiet, "--only-changes", cwd=plan)[:3] == ("", "", 0)
    assert "none changed" in run(*quiet, cwd=plan).out
    done = run("diff", "--since", "2023-06-30", "--fail-on", "change", cwd=plan)
    assert (done.code, done.err) == (3, "matched --fail-on: change\n")


def test_status_only_changes(run: Run, plan: Path, project: Project) -> None:
    """A mail holds only goals of which something changed, and is empty where none did."""
    project.write(GOALS + '\n[[goals]]\nid = "idle"\nseries = "idle"\ntarget = 1\ndue = 2030\n[series.idle]\n')
    arguments = ["status", "--only-changes", "--as-of", "2024-06-30", "--json"]
    goals = json.loads(run(*arguments, "--since", "2023-06-30", cwd=plan).out)["goals"]
    assert {one["id"] for one in goals} == {"x", "after-ref", "made", "both"}
    assert run(*arguments, "--since", "2024-05-31", cwd=plan)[:3] == ("", "", 0)
    assert run("status", "--only-changes", cwd=plan).code == 2
    assert run("status", "--since", "2024-05-31", cwd=plan).code == 2


def test_since_a_saved_status(run: Run, project: Project) -> None:
    """What was saved is compared: 90 became 91, 2023 is new, the target was lowered in the file, a goal was dropped."""
    folder = project.write(GOALS, HEADER + THEN)
    saved = ["status", "--json", "--as-of", "2023-06-30", "-o", "saved.json"]
    assert run(*saved, cwd=folder).code == 0
    assert diff(run, folder, "--since", "saved.json", "--as-of", "2023-06-30")["changed"] is False
    lowered = GOALS.replace("target = 100\ndue = 2025\nrev", "target = 95\ndue = 2025\nrev").replace('"made"]', '"x"]')
    project.write(
        lowered.replace('id = "made"\n', 'id = "other"\nseries = "made"\n'),
        HEADER + THEN + "x,2022,91,,2024-01-31,,,,\nx,2023,96,,2024-01-31,,,,\n",
    )
    found = diff(run, folder, "--since", "saved.json")
    assert found["since"]["file"] == "saved.json"
    assert [(one["series"], one["period"]) for one in found["new"]] == [("x", "2023")]
    (one,) = found["revised"]
    assert (one["before"]["value"], one["after"]["value"]) == (90, 91)
    promises = {
        one["goal"]: (one["before"] and one["before"]["target"], one["after"] and one["after"]["target"])
        for one in found["promises"]
    }
    assert promises == {"x": (100, 95), "both": (None, None), "other": (None, 100), "made": (100, None)}


def test_a_loosened_tolerance_is_a_changed_promise(run: Run, project: Project) -> None:
    """So are another direction and another mode: none of them passes unseen."""
    folder = project.write(GOALS, HEADER + THEN)
    run("status", "--json", "-o", "saved.json", cwd=folder)
    for line in ("tolerance = 5", 'direction = "down"', 'mode = "at"'):
        project.write(GOALS.replace("target = 100\n", f"target = 100\n{line}\n", 1))
        done = run("diff", "--since", "saved.json", "--json", cwd=folder)
        assert "x" in [one["goal"] for one in json.loads(done.out)["promises"]], line


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("{ change = -20 }", "the baseline − 20 pp by 2028-12-31"),
        ("{ change = 1.5 }", "the baseline + 1.5 pp by 2028-12-31"),
        ('{ series = "y", offset = -2 }', "y − 2 pp by 2028-12-31"),
    ],
)
def test_what_is_added_to_a_percentage_is_told_in_points(run: Run, project: Project, target: str, said: str) -> None:
    """From 80 %, 20 points less are 60 %, while 20 % less would be 64 %."""
    series = "".join(f'[series.{name}]\nkind = "ratio"\nunit = "%"\n' for name in "xy")
    goal = '[[goals]]\nid = "x"\nbaseline = 2021\ntarget = 60\ndue = 2028\ndirection = "down"\n'
    revision = f"revisions = [{{ until = 2023-06-30, target = {target} }}]\n"
    project.write(series + goal + revision, f"{HEADER}x,2021,80,,2022-01-31,,,,\ny,2021,70,,2022-01-31,,,,\n")
    done = run("diff", "--since", "2023-06-30", "--as-of", "2024-06-30", "--lang", "en", "--format", "md")
    assert f"x: {said} → 60 % by 2028-12-31" in done.out


def test_a_running_sum_is_compared_with_the_same_months(run: Run, project: Project) -> None:
    """30 until February is 33 now that January was restated; March's 9 are new; the saved sum is not retracted."""
    months = "".join(f"made,2024-{month:02},10,,2025-01-31,,,,\n" for month in range(1, 13))
    ledger = HEADER + months + "made,2025-01,15,,2025-02-10,,,,\nmade,2025-02,15,,2025-03-10,,,,\n"
    folder = project.write(GOALS, ledger)
    run("status", "made", "--json", "--as-of", "2025-03-15", "-o", "saved.json", cwd=folder)
    project.write(actuals=ledger + "made,2025-01,18,,2025-04-01,,,,\nmade,2025-03,9,,2025-04-10,,,,\n")
    done = run("diff", "made", "--since", "saved.json", "--json", "--as-of", "2025-04-15", cwd=folder)
    found = json.loads(done.out)
    assert [
        (one["period"], one["before"]["value"], one["after"]["value"], one["verdicts"]) for one in found["revised"]
    ] == [("2025-02", 30, 33, None)]
    assert [(one["period"], one["value"]) for one in found["new"]] == [("2025-03", 9)]


@pytest.mark.parametrize("baseline", ["2022-12", "2022-12-31"])
def test_a_baseline_written_otherwise_was_not_retracted(run: Run, project: Project, baseline: str) -> None:
    """A period stands at its last day, however the goals file writes it."""
    goals = f'[series.e]\nunit = "MW"\n[[goals]]\nid = "e"\nbaseline = "{baseline}"\ndue = 2026\ntarget = 100\n'
    lines = "".join(f"e,{year},{value},,{year + 1}-01-31,,,,\n" for year, value in ((2022, 60), (2023, 70), (2024, 79)))
    folder = project.write(goals, HEADER + lines)
    run("status", "--json", "--as-of", "2025-04-20", "-o", "saved.json", cwd=folder)
    look = ("--as-of", "2025-08-01", "--only-changes", "--fail-on", "change")
    done = run("diff", "--since", "saved.json", *look, cwd=folder)
    assert (done.out, done.code) == ("", 0)


def test_a_series_that_no_goal_uses_is_in_neither_list(run: Run, project: Project) -> None:
    """Both sides are read alike: what is not looked at now was not retracted."""
    folder = project.write(GOALS, HEADER + THEN + "elsewhere,2022,1,,2023-01-31,,,,\n")
    found = diff(run, folder)
    assert [one["series"] for one in found["revised"] + found["new"]] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"schema": "tracker/status/2", "goals": []}', "this status is tracker/status/2"),
        ('{"schema": "tracker/show/1"}', "this is no saved status"),
        ("[]", "this is no saved status"),
        ("[" * 100_000, "this is no saved status"),
        ('{"schema": "tracker/status/1", "as_of": "2023-02-30", "goals": []}', "no status as tracker writes it"),
        ('{"schema": "tracker/status/1", "as_of": "2023-02-01", "goals": [{"id": 5}]}', "goals[0]: this is no goal"),
        ('{"schema": NaN}', "this is no saved status"),
        ("{\n oops", "saved.json:2: this is no JSON"),
        (b"\xff\xfe\x00", "this is no saved status"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_saved_status(run: Run, plan: Path, content: str | bytes, said: str) -> None:
    """Another version, another output, no JSON, nonsense inside: a sentence and 4."""
    (plan / "saved.json").write_bytes(content.encode() if isinstance(content, str) else content)
    done = run("diff", "--since", "saved.json", cwd=plan)
    assert (done.code, done.out) == (4, "")
    assert said in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--since", "2024-02-30"], 2, "is not a day"),
        (["--since", "whenever"], 2, "or the path of a saved status"),
        (["--since", "2024-07-01", "--as-of", "2024-06-30"], 2, "lies after 2024-06-30"),
        (["--since", "nowhere.json"], 5, "nowhere.json"),
        (["--since", "2024-01-01", "--fail-on", "late"], 2, "is not one of change"),
        (["--since", "2024-01-01", "nobody"], 2, "no goal is called"),
        ([], 2, "since is missing"),
    ],
)
def test_bad_usage(run: Run, plan: Path, arguments: list[str], code: int, said: str) -> None:
    """What cannot be compared gets a sentence and its exit code."""
    done = run("diff", *arguments, cwd=plan)
    assert done.code == code
    assert said in done.err


@st.composite
def lines(draw: st.DrawFn) -> Actual:
    """Draw a recorded line."""
    period = parse_period(str(draw(st.integers(2015, 2024))))
    assert period is not None
    series = draw(st.sampled_from(["x", "ref", "made"]))
    published = draw(st.none() | st.dates(date(2016, 1, 1), date(2025, 6, 1)))
    return Actual(series, period, float(draw(st.integers(1, 150))), draw(st.sampled_from(list(Quality)[:3])), published)


@given(st.lists(lines(), max_size=20), st.dates(date(2016, 1, 1), date(2026, 1, 1)))
def test_nothing_changes_between_a_day_and_itself(recorded: list[Actual], day: date) -> None:
    """`diff(a, a)` is empty, and what is said twice of one day is the same."""
    view = View(day, known_on=day)
    held = in_force(recorded, view)
    one, other = (snapshot(assess(FILE, held, view), held) for _ in range(2))
    assert changes(one, one) == changes(one, other) == Changes()


@given(st.lists(lines(), max_size=12), st.lists(lines(), max_size=12))
def test_what_is_new_one_way_is_gone_the_other(first: list[Actual], second: list[Actual]) -> None:
    """Looked at backwards the same statuses change, what was new is retracted, and revisions swap their values."""
    view = View(date(2025, 12, 31))
    sides = [in_force(recorded, view) for recorded in (first, second)]
    before, after = (snapshot(assess(FILE, held, view), held) for held in sides)
    there, back = changes(before, after), changes(after, before)
    assert {one.place for one in there.new} == {one.place for one in back.revised if one.after is None}
    assert {(one.goal, one.before, one.after) for one in there.statuses} == {
        (one.goal, one.after, one.before) for one in back.statuses
    }
    assert {one.place for one in there.revised if one.after} == {one.place for one in back.revised if one.after}


@given(st.binary(max_size=60) | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.sampled_from(["tracker/status/1", "2024", "x"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["schema", "as_of", "goals", "id", "target"]), inner, max_size=5),
    max_leaves=12,
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_any_bytes_are_a_saved_status_or_an_invalid_file(content: bytes) -> None:
    """Nothing else ever comes out of reading one."""
    goals: list[SavedGoal] = []
    with suppress(InvalidFile):
        goals = list(saved_status(content, "f").goals.values())
    assert all(one.said.stood.status in Status for one in goals)
