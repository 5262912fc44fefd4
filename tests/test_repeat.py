"""Goals that repeat: one for each period, the old ones kept as history, through the command."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from test_status_json import goal, seen

from tracker.goals.read import goals_in

if TYPE_CHECKING:
    from conftest import Project, Run

QUARTERS = "x 2023-Q4 38\nx 2024-Q1 45\nx 2024-Q2 39\nx 2024-Q3 41"
FLOW = '[series.x]\nkind = "flow"\n'


def made(*lines: str) -> list[tuple[str, str | None, str | None]]:
    """Return the id, baseline and due of every goal that a declaration makes."""
    text = "format = 1\n" + goal("x", "target = 40", *lines)
    goals = goals_in(text.encode(), "goals.toml").file.goals
    assert {one.declaration for one in goals} == {"x"}
    return [(one.id, one.baseline and one.baseline.period.text, one.due and one.due.text) for one in goals]


def test_one_goal_for_each_period() -> None:
    """Each is due in its own period and starts from the period before; `due` is the last one, `first` the first."""
    assert made('repeat = "quarter"', 'first = "2025-Q3"', "due = 2026") == [
        ("x/2025-Q3", "2025-Q2", "2025-Q3"),
        ("x/2025-Q4", "2025-Q3", "2025-Q4"),
        ("x/2026-Q1", "2025-Q4", "2026-Q1"),
        ("x/2026-Q2", "2026-Q1", "2026-Q2"),
        ("x/2026-Q3", "2026-Q2", "2026-Q3"),
        ("x/2026-Q4", "2026-Q3", "2026-Q4"),
    ]


def test_the_first_follows_the_baseline() -> None:
    """Without `first` it is the period after the baseline, from which the first goal starts as it is declared."""
    assert made('repeat = "half-year"', "baseline = 2024", "due = 2025") == [
        ("x/2025-S1", "2024", "2025-S1"),
        ("x/2025-S2", "2025-S1", "2025-S2"),
    ]
    assert [one[0] for one in made('repeat = "month"', "first = 2025", 'due = "2025-03"')] == [
        "x/2025-01", "x/2025-02", "x/2025-03",
    ]  # fmt: skip
    assert made('repeat = "year"', "baseline = 2022", "first = 2024", "due = 2025") == [
        ("x/2024", "2022", "2024"),
        ("x/2025", "2024", "2025"),
    ]


def test_the_first_year_of_the_calendar_has_none_before() -> None:
    """Year 1 starts from nothing, as there is no year before it."""
    assert made('repeat = "year"', 'first = "0001"', 'due = "0002"') == [
        ("x/0001", None, "0001"),
        ("x/0002", "0001", "0002"),
    ]


def status(run: Run, project: Project, goals: str, *more: str, day: str) -> dict[str, dict[str, Any]]:
    """Return the goals that `status` shows on a day, by id."""
    return seen(run, project, goals, QUARTERS, "--as-of", day, *more)


def test_each_period_is_judged_by_itself(run: Run, project: Project) -> None:
    """45 of 40 in the first quarter is achieved, 39 in the second missed, 41 in the third achieved again.

    What came later changes nothing of an old one, and an old one that is decided is not stale.
    """
    goals = FLOW + goal("x", 'repeat = "quarter"', "first = 2024", "due = 2024", "target = 40")
    found = status(run, project, goals, "--all", day="2025-01-31")
    got = {id_: (one["status"], one["actual"]["value"], one["stale"]) for id_, one in found.items()}
    assert got == {
        "x/2024-Q1": ("achieved", 45, False),
        "x/2024-Q2": ("missed", 39, False),
        "x/2024-Q3": ("achieved", 41, False),
        "x/2024-Q4": ("awaiting", 41, False),
    }
    second = found["x/2024-Q2"]
    assert (second["gap"], second["declaration"], second["name"]) == (1, "x", "x 2024-Q2")
    assert (second["baseline"]["period"], second["baseline"]["value"]) == ("2024-Q1", 45)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2023-06-30", {"x/2024-Q1"}),  # not begun: the first
        ("2024-05-15", {"x/2024-Q2"}),  # the first is decided, the third not begun
        ("2024-10-20", {"x/2024-Q4"}),
        ("2025-01-31", {"x/2024-Q4"}),  # over, and awaiting its actual
    ],
)
def test_status_shows_the_period_now_and_what_is_undecided(
    run: Run, project: Project, day: str, shown: set[str]
) -> None:
    """Old decided periods and those to come are behind --all; the id of the declaration asks for all as well."""
    goals = FLOW + goal("x", 'repeat = "quarter"', "first = 2024", "due = 2024", "target = 40")
    assert set(status(run, project, goals, day=day)) == shown
    assert len(status(run, project, goals, "--all", day=day)) == 4
    assert len(status(run, project, goals, "x", day=day)) == 4
    assert set(status(run, project, goals, "x/2024-Q3", day=day)) == {"x/2024-Q3"}


def test_a_past_period_without_its_actual_stays_in_sight(run: Run, project: Project) -> None:
    """On 2024-11-15 the third quarter is not in yet: it is awaited beside the running fourth."""
    goals = FLOW + goal("x", 'repeat = "quarter"', "first = 2024", "due = 2025", "target = 40")
    rows = QUARTERS.replace("x 2024-Q3 41", "")
    found = seen(run, project, goals, rows, "--as-of", "2024-11-15")
    assert {id_: one["status"] for id_, one in found.items()} == {"x/2024-Q3": "awaiting", "x/2024-Q4": "at-risk"}


def test_the_table_says_how_many_are_not_shown(run: Run, project: Project) -> None:
    """The note under the table counts them; --fail-on looks at what is shown."""
    goals = FLOW + goal("x", 'repeat = "quarter"', "first = 2024", "due = 2024", "target = 40")
    seen(run, project, goals, QUARTERS)
    done = run("status", "--as-of", "2025-01-31", "--lang", "en", "--fail-on", "missed", cwd=project.folder)
    assert (done.code, "3 goals for other periods are not shown: --all shows them" in done.out) == (0, True)
    done = run("status", "--all", "--as-of", "2025-01-31", "--lang", "en", "--fail-on", "missed", cwd=project.folder)
    assert (done.code, done.err) == (3, "matched --fail-on: x/2024-Q2 (missed)\n")


def test_targets_from_the_baseline_follow_the_period_before(run: Run, project: Project) -> None:
    """5 more than the year before is 65 after 60 and 71 after 66; 10 % more 66 and 72.6."""
    goals = goal("more", 'repeat = "year"', "baseline = 2023", "due = 2025", "target = { change = 5 }")
    goals += goal("grown", 'repeat = "year"', "baseline = 2023", "due = 2025", "target = { growth = 0.1 }")
    found = seen(run, project, goals, "x 2023 60\nx 2024 66", "--all", "--as-of", "2025-01-31")
    assert {id_: one["target"]["value"] for id_, one in found.items()} == {
        "more/2024": 65, "more/2025": 71, "grown/2024": 66, "grown/2025": pytest.approx(72.6),
    }  # fmt: skip


def test_a_milestone_that_repeats_is_done_anew(run: Run, project: Project) -> None:
    """Last year's report does not make this year's done."""
    goals = '[series.x]\nkind = "milestone"\n' + goal("x", 'repeat = "year"', "first = 2024", "due = 2025")
    found = seen(run, project, goals, "x 2024-11-30 1", "--all", "--as-of", "2025-03-31")
    assert {id_: (one["status"], one["progress"]) for id_, one in found.items()} == {
        "x/2024": ("achieved", 1),
        "x/2025": ("open", 0),
    }


def test_a_composite_has_every_goal_of_a_declaration(run: Run, project: Project) -> None:
    """Three of four quarters: two are achieved and one missed, so the fourth decides; one quarter can be named too.

    In a mean they share their weight: 2/4 each beside 1: (½·1 + ½·0 + ½·1 + ½·0 + 1·0)/3, as 39 after 45 leads away
    from 40, though the formula calls it progress (39 − 45)/(40 − 45) = 1.2, and the fourth has not come from 41.
    """
    goals = FLOW + goal("x", 'repeat = "quarter"', "first = 2024", "due = 2024", "target = 40")
    goals += goal("most", 'at_least = { count = 3, of = ["x"] }', series=None)
    goals += goal("one", 'all = ["x/2024-Q2"]', series=None)
    goals += goal("mean", "mean = { x = 2, y = 1 }", series=None) + goal("y", "target = 1", "due = 2025", series="y")
    found = status(run, project, goals, day="2025-01-31")
    assert (found["most"]["status"], found["most"]["limiting"]) == ("awaiting", "x/2024-Q4")
    assert found["most"]["children"] == ["x/2024-Q1", "x/2024-Q2", "x/2024-Q3", "x/2024-Q4"]
    assert found["one"]["status"] == "missed"
    assert found["mean"]["weights"] == [0.5, 0.5, 0.5, 0.5, 1]
    assert found["mean"]["progress"] == pytest.approx(1 / 3, abs=1e-12)


def test_show_takes_the_declaration_for_its_period_now(run: Run, project: Project) -> None:
    """`show x` in November is about the fourth quarter; it says what makes it; a typo names what would do."""
    goals = FLOW + goal("x", 'repeat = "quarter"', "first = 2024", "due = 2024", "target = 40")
    seen(run, project, goals, QUARTERS)
    done = run("show", "x", "--json", "--as-of", "2024-11-30", cwd=project.folder)
    assert json.loads(done.out)["goal"]["id"] == "x/2024-Q4"
    done = run("show", "x", "--lang", "en", "--as-of", "2024-11-30", cwd=project.folder)
    assert "one of the goals that x makes, one for each quarter" in done.out
    assert "No later due" not in done.out
    assert json.loads(run("show", "x/2024-Q1", "--json", cwd=project.folder).out)["goal"]["status"] == "achieved"
    done = run("show", "x/2024-Q9", "--lang", "en", cwd=project.folder)
    assert (done.code, "did you mean" in done.err) == (2, True)


def test_an_earlier_promise_holds_for_each_period(run: Run, project: Project) -> None:
    """Until 2024-06-30 it was 44 a quarter: seen from then the first quarter met it, and 39 would not have."""
    goals = FLOW + goal(
        "x", 'repeat = "quarter"', "first = 2024", "due = 2024", "target = 38",
        "revisions = [{ until = 2024-06-30, target = 44 }]",
    )  # fmt: skip
    rows = QUARTERS.replace("\n", " final 2024-06-20\n")
    old = seen(run, project, goals, rows, "--all", "--known-on", "2024-06-30", "--as-of", "2024-06-30")
    assert (old["x/2024-Q2"]["target"]["value"], old["x/2024-Q2"]["status"]) == (44, "missed")
    new = seen(run, project, goals, rows, "--all", "--as-of", "2024-06-30")
    assert (new["x/2024-Q2"]["target"]["value"], new["x/2024-Q2"]["status"]) == (38, "achieved")


def test_a_wrong_series_is_named_once_at_its_line(run: Run, project: Project) -> None:
    """A problem of a declaration is told once, with its id and line, also for what stands below it."""
    goals = goal("x", 'repeat = "quarter"', "first = 2024", "due = 2024", "target = 1", series="nowhere")
    goals += goal("y", "target = 1", "due = 2025", series="nothing")
    done = run("check", "--lang", "en", cwd=project.write(goals, "series,period,value\nz,2024,1\n"))
    assert done.code == 4
    lines = [line for line in done.err.splitlines() if "neither a table" in line]
    assert lines == [
        'goals.toml:5: goals.x.series: the series "nowhere" has neither a table nor an actual',
        'goals.toml:13: goals.y.series: the series "nothing" has neither a table nor an actual',
    ]


def test_a_series_is_called_as_the_declaration(run: Run, project: Project) -> None:
    """The goal's own series needs no table, and takes no period into its name."""
    goals = goal("x", 'repeat = "year"', "first = 2024", "due = 2025", "target = 1", series=None)
    assert set(seen(run, project, goals, "x 2024 1", "--all")) == {"x/2024", "x/2025"}
    file = goals_in(("format = 1\n" + goals).encode(), "goals.toml").file
    assert {name: series.name for name, series in file.series.items()} == {"x": "x"}


def test_ordinary_goals_need_no_day() -> None:
    """Without `repeat` a goal is as it was, with no declaration."""
    (one,) = goals_in(("format = 1\n" + goal("x", "target = 1", "due = 2025")).encode(), "goals.toml").file.goals
    assert (one.id, one.declaration, one.due and one.due.end) == ("x", None, date(2025, 12, 31))
