"""What is needed at each coming period."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.assess import assess
from tracker.compare.plan import plan
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, View
from tracker.periods import Length, containing, next_period
from tracker.views.schema_ahead import plan_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Project, Run

    from tracker.assess.figures import Assessment
    from tracker.compare.needed import Plan
    from tracker.periods import Period

LENGTHS = st.sampled_from([Length.YEAR, Length.HALF, Length.QUARTER, Length.MONTH, Length.WEEK])
WAYS = st.sampled_from(["linear", "compound"])
numbers = st.integers(1, 4000).map(lambda n: n / 8)


def periods(length: Length, count: int) -> list[Period]:
    """Return the first periods of a length from 2001 on."""
    found = [containing(date(2001, 1, 8), length)]
    while len(found) < count:
        found.append(next_period(found[-1]))
    return found


def planned(goal: str, lines: Sequence[Actual], kind: str = "level") -> tuple[Assessment, Plan]:
    """Return the assessment and the plan of a goal on its lines, seen from the last one's day."""
    text = f'format = 1\n[series.x]\nkind = "{kind}"\n[[goals]]\nid = "x"\nname = "x"\n{goal}\n'
    file = goals_in(text.encode(), "goals.toml").file
    view, actuals = View(lines[-1].period.end), {"x": list(lines)}
    seen = assess(file, actuals, view)[0]
    return seen, plan(file, actuals, view, seen)


@given(
    LENGTHS,
    st.lists(numbers, min_size=1, max_size=6),
    numbers,
    st.integers(1, 40),
    WAYS,
)
def test_the_last_period_is_due_with_the_target(
    length: Length, values: list[float], target: float, ahead: int, way: str
) -> None:
    """Each period follows the one before it, and at due the target itself is needed."""
    stands = periods(length, len(values) + ahead)
    lines = [Actual("x", period, value) for period, value in zip(stands, values, strict=False)]
    goal = f'target = {target}\ndue = "{stands[-1]}"\nmode = "at"\npath = "{way}"'
    _seen, found = planned(goal, lines)
    assert [row.period for row in found.rows] == stands[len(values) :]
    assert found.rows[-1].needed == target


@given(
    LENGTHS,
    st.lists(numbers, min_size=1, max_size=6),
    numbers,
    st.integers(2, 60),
    WAYS,
)
def test_who_records_what_is_needed_next_needs_the_same_growth(
    length: Length, values: list[float], target: float, ahead: int, way: str
) -> None:
    """Months and leap years too: the required growth is the same to 1e-9, as long as it is stated per the same time."""
    stands = periods(length, len(values) + ahead)
    lines = [Actual("x", period, value) for period, value in zip(stands, values, strict=False)]
    assume(target > values[-1])
    goal = f'target = {target}\ndue = "{stands[-1]}"\nmode = "at"\npath = "{way}"'
    seen, found = planned(goal, lines)
    after, _ = planned(goal, [*lines, Actual("x", found.rows[0].period, found.rows[0].needed)])
    assert seen.growth is not None
    assert after.growth is not None
    assume(seen.growth.unit == after.growth.unit)
    assert after.growth.required == pytest.approx(seen.growth.required, rel=1e-9, abs=1e-9)


def test_real_promises_by_hand(run: Run) -> None:
    """From 44 in 2024 to 56.5 in 2026 it is 50.25 in 2025; planned was 40.5 + 3 × 4 = 52.5.

    The province is carried on to 54.11 + 1.195 = 55.305 by then.
    """
    from conftest import ROOT

    record = json.loads(run("plan", "urbanization", "--as-of", "2025-01-31", "--json", cwd=ROOT).out)
    jsonschema.validate(record, plan_schema())
    assert record["required"] == {"value": 6.25, "unit": "pp/year"}
    first, last = record["periods"]
    assert (first["period"], first["needed"], first["planned"], first["reference"]) == ("2025", 50.25, 52.5, 55.305)
    assert (last["period"], last["needed"], last["planned"], last["reference"]) == ("2026", 56.5, 56.5, 56.5)


def goal_of(text: str, series: str = "") -> str:
    """Return the text of a goals file with one goal on the series x."""
    return f'[series.x]\n{series}\n[[goals]]\nid = "x"\nname = "x"\n{text}\n'


def rows_of(run: Run, *args: str) -> list[tuple[str, ...]]:
    """Return period, needed and planned of each coming period, as CSV has them."""
    done = run("plan", "x", "--format", "csv", *args)
    assert done.code == 0, done.err
    return [(row["period"], row["needed"], row["planned"]) for row in csv.DictReader(done.out.splitlines())]


def test_steps_bend_both_paths(run: Run, project: Project) -> None:
    """From 10 in 2020 with 30 due in 2022 and 40 in 2024: the plan had 20, 30, 35, 40; from 12 it is 21, 30, 35, 40."""
    project.write(
        goal_of('baseline = 2019\ntarget = 40\ndue = 2024\npath = "linear"\nsteps = [{ due = 2022, target = 30 }]'),
        "series,period,value\nx,2019,6\nx,2020,12\n",
    )
    assert rows_of(run, "--as-of", "2020-12-31") == [
        ("2021", "21", "22"),
        ("2022", "30", "30"),
        ("2023", "35", "35"),
        ("2024", "40", "40"),
    ]
    assert "The step 30 due 2022 bends the path." in run("plan", "x", "--as-of", "2020-12-31", "--lang", "en").out


def test_a_year_is_spread_as_years_before_ran(run: Run, project: Project) -> None:
    """After 24 and 32, 72 of 128 are left; the third quarter had 27/55 and 30/61 of the second half before.

    Their mean .4913562 gives 35.37765; the fourth has the rest, 36.62235. The planned path has the mean share of the
    whole year, (.27 + 30/110)/2 × 128 = 34.734545.
    """
    amounts = [20, 25, 27, 28, 22, 27, 30, 31, 24, 32]
    lines = "".join(f"x,{2000 + n // 4}-Q{n % 4 + 1},{value}\n" for n, value in enumerate(amounts))
    project.write(goal_of("target = 128\ndue = 2002", 'kind = "flow"'), f"series,period,value\n{lines}")
    record = json.loads(run("plan", "x", "--as-of", "2002-07-31", "--json").out)
    jsonschema.validate(record, plan_schema())
    third, fourth = record["periods"]
    assert third["needed"] == third["amount"] == pytest.approx(72 * (27 / 55 + 30 / 61) / 2)
    assert third["planned"] == pytest.approx(34.734545, abs=1e-6)
    assert third["total"] == pytest.approx(56 + third["amount"])
    assert fourth["amount"] == pytest.approx(72 - third["amount"])
    assert fourth["total"] == 128
    assert record["seasons"] == [2000, 2001]
    assert "The amounts follow how 2000, 2001 ran." in record["notes"]


def test_cumulated_values_are_planned_as_they_are_published(run: Run, project: Project) -> None:
    """10, 30, 60, 100 before and 12 now of 112: 100 are left for shares of 20, 30 and 40 in 90."""
    cumulated = {2001: [10, 30, 60, 100], 2002: [12]}
    lines = "".join(f"x,{year}-Q{n + 1},{value}\n" for year, row in cumulated.items() for n, value in enumerate(row))
    project.write(goal_of("target = 112\ndue = 2002", 'kind = "ytd"'), f"series,period,value\n{lines}")
    record = json.loads(run("plan", "x", "--as-of", "2002-04-30", "--json").out)
    needed = [(row["needed"], row["amount"]) for row in record["periods"]]
    assert needed == [
        (pytest.approx(12 + 100 * 20 / 90), pytest.approx(100 * 20 / 90)),
        (pytest.approx(12 + 100 * 50 / 90), pytest.approx(100 * 30 / 90)),
        (112, pytest.approx(100 * 40 / 90)),
    ]


def test_a_first_year_is_spread_evenly(run: Run, project: Project) -> None:
    """Without a full year before, 90 left over three quarters is 30 each, and the notes say so."""
    project.write(goal_of("target = 100\ndue = 2002", 'kind = "flow"'), "series,period,value\nx,2002-Q1,10\n")
    assert rows_of(run, "--as-of", "2002-04-30") == [
        ("2002-Q2", "30", "25"),
        ("2002-Q3", "30", "25"),
        ("2002-Q4", "30", "25"),
    ]
    assert "the amounts are equal" in run("plan", "x", "--as-of", "2002-04-30", "--lang", "en").out


def test_targets_in_later_years_are_planned_in_years(run: Run, project: Project) -> None:
    """A monthly flow with a target for 2003 has years' totals as actuals: 100 in 2001, then 200, then 400."""
    lines = "".join(f"x,2001-{month:02},{100 / 12!r}\n" for month in range(1, 13))
    project.write(goal_of("target = 400\ndue = 2003", 'kind = "flow"'), f"series,period,value\n{lines}")
    assert [(period, float(needed)) for period, needed, _ in rows_of(run, "--as-of", "2002-01-31")] == [
        ("2002", pytest.approx(200)),
        ("2003", 400.0),
    ]


def test_cumulated_values_due_inside_a_year_meet_the_same_part_of_each(run: Run, project: Project) -> None:
    """A half-year's figure due in June 2004 is planned for June 2003 and June 2004, not for the months between."""
    lines = "x,2001-06,80\nx,2001-12,170\nx,2002-06,100\nx,2002-12,210\n"
    goal = 'target = 140\ndue = "2004-06"\npath = "linear"'
    project.write(goal_of(goal, 'kind = "ytd"'), f"series,period,value\n{lines}")
    assert [row[:2] for row in rows_of(run, "--as-of", "2003-01-31")] == [("2003-06", "120"), ("2004-06", "140")]


def test_published_rates_need_the_mean_of_the_years_left(run: Run, project: Project) -> None:
    """7 % a year for four years, after 5 % and 6 %: (1.07^4/(1.05 × 1.06))^(1/2) − 1 in each of the two left."""
    project.write(
        goal_of("baseline = 2020\ntarget = 7\ndue = 2024", 'kind = "growth"\nunit = "%"'),
        "series,period,value\nx,2021,5\nx,2022,6\n",
    )
    needed = (1.07**4 / (1.05 * 1.06)) ** 0.5 * 100 - 100
    found = rows_of(run, "--as-of", "2023-01-31")
    assert [(period, planned) for period, _, planned in found] == [("2023", "7"), ("2024", "7")]
    assert [float(rate) for _, rate, _ in found] == pytest.approx([needed, needed])


@pytest.mark.parametrize(
    ("due", "first", "count"),
    [("2025-01-29", "2025-01-26", 4), ("2025-03-01", "2025-02-01", 5), ("2025-06-30", "2025-01", 6)],
)
def test_days_are_planned_by_what_is_left(run: Run, project: Project, due: str, first: str, count: int) -> None:
    """Up to two weeks each day has its line, up to 60 days each week before due, beyond that each month."""
    goal = f'baseline = {{ period = "2025-01-10", value = 0 }}\ntarget = 1344\ndue = "{due}"'
    project.write(goal_of(goal, 'kind = "total"'), "series,period,value\nx,2025-01-25,243\n")
    found = rows_of(run, "--as-of", "2025-01-25")
    assert (found[0][0], len(found), found[-1][1]) == (first, count, "1344")


def test_too_many_periods_are_planned_coarser(run: Run, project: Project) -> None:
    """Four hundred years of months would be 4,788 lines: there is one for each year instead, and a note."""
    project.write(goal_of('target = 9\ndue = "2399"'), "series,period,value\nx,2001-01,1\nx,2001-02,2\n")
    assert len(rows_of(run, "--as-of", "2001-03-01")) == 399
    assert "too many for a line each" in run("plan", "x", "--as-of", "2001-03-01", "--lang", "en").out


def test_what_is_met_is_to_be_kept(run: Run, project: Project) -> None:
    """A goal for every period needs its target in each; one judged at due that is ahead needs just its target."""
    project.write(
        goal_of('target = 5\ndue = 2024\nmode = "keep"\ndirection = "down"'),
        "series,period,value\nx,2021,4\nx,2022,3\n",
    )
    assert rows_of(run, "--as-of", "2022-12-31") == [("2023", "5", "5"), ("2024", "5", "5")]
    table = run("plan", "x", "--as-of", "2024-01-31", "--lang", "en").out
    assert "at most this" in table
    assert "1 period is over already" in table
    project.write(goal_of('target = 5\ndue = 2024\nmode = "at"'), "series,period,value\nx,2021,4\nx,2022,6\n")
    assert [row[1] for row in rows_of(run, "--as-of", "2022-12-31")] == ["5", "5"]


@pytest.mark.parametrize(
    ("goal", "as_of", "sentence"),
    [
        ("target = 5\ndue = 2024", "2023-01-31", "The target has been achieved since 2022-12-31"),
        ("target = 9\ndue = 2022", "2023-01-31", "The target is missed already"),
        ("target = 9\ndue = 2023", "2024-01-31", "Due 2023-12-31 is past"),
        ("target = 9\ndue = 2023", "2020-01-31", "No actual is recorded yet"),
        ("target = { times = 2, of = 2010 }\ndue = 2023", "2023-01-31", "The target cannot be computed yet"),
        ("limit = 3\ndue = 2023", "2023-01-31", "There is no target to plan for"),
    ],
)
def test_what_needs_no_plan_says_so(run: Run, project: Project, goal: str, as_of: str, sentence: str) -> None:
    """One sentence, no periods, exit 0; JSON has it under `reason`."""
    project.write(goal_of(goal), "series,period,value\nx,2021,4\nx,2022,6\n")
    for form in ("table", "md"):
        done = run("plan", "x", "--as-of", as_of, "--lang", "en", "--format", form)
        assert done.code == 0, done.err
        assert sentence in done.out.replace("\\", "")
    record = json.loads(run("plan", "x", "--as-of", as_of, "--json").out)
    jsonschema.validate(record, plan_schema())
    assert record["periods"] == []
    assert record["reason"].startswith(sentence)


def test_goals_without_values_are_refused(run: Run, project: Project) -> None:
    """A composite names its children, a milestone says what it is, an unknown goal the nearest one; exit 2."""
    goals = """
[series.done]
kind = "milestone"
[[goals]]
id = "done"
name = "done"
due = 2024
[[goals]]
id = "y"
name = "y"
target = 3
due = 2024
[[goals]]
id = "both"
name = "both"
all = ["done", "y"]
"""
    project.write(goals, "series,period,value\ny,2020,1\n")
    for name, said in (("both", "plan one of them: done, y"), ("done", "is a milestone"), ("bothh", '"both"')):
        done = run("plan", name, "--lang", "en")
        assert (done.code, done.out) == (2, "")
        assert said in done.err


def test_a_sum_of_series_is_planned_like_one(run: Run, project: Project) -> None:
    """10 and 20 together are 30; halfway to 50 it must be 40."""
    goal = 'id = "x"\nname = "x"\nsum = ["a", "b"]\ntarget = 50\ndue = 2024\npath = "linear"\n'
    goals = f"[series.a]\n[series.b]\n[[goals]]\n{goal}"
    project.write(goals, "series,period,value\na,2022,10\nb,2022,20\n")
    assert [row[:2] for row in rows_of(run, "--as-of", "2023-01-31")] == [("2023", "40"), ("2024", "50")]


def test_a_period_has_a_week_at_the_end_of_the_calendar(run: Run, project: Project) -> None:
    """Year 9999 ends inside a week: the plan ends there without an error."""
    project.write(goal_of('target = 9\ndue = "9999"'), "series,period,value\nx,9999-W49,1\nx,9999-W50,2\n")
    assert rows_of(run, "--as-of", "9999-12-30")[-1][:2] == ("9999", "9")


def test_a_moving_target_is_kept_as_it_will_be(run: Run, project: Project) -> None:
    """Y falls from 120 to 90 and on to 67.5 by 2028: 82 is not met now, and each year needs what y is then."""
    rows = "".join(f"y,{2020 + age},{value}\n" for age, value in enumerate((120, 112.5, 105, 97.5, 90)))
    rows += "".join(f"x,{2020 + age},{value}\n" for age, value in enumerate((80, 80.5, 81, 81.5, 82)))
    goal = 'target = { series = "y" }\nbaseline = 2020\ndue = 2028\nmode = "keep"\nallow = 9'
    project.write(goal_of(goal, '[series.y]\nkind = "level"'), f"series,period,value\n{rows}")
    record = json.loads(run("plan", "x", "--as-of", "2025-02-10", "--json", "--lang", "en").out)
    assert all(row["needed"] == row["planned"] == row["reference"] for row in record["periods"])
    assert [row["needed"] for row in record["periods"]] == sorted(
        (row["needed"] for row in record["periods"]), reverse=True
    )
    assert "The target is to be met in every period." in record["notes"]
    assert "The target is met now: what is needed is to keep it." not in record["notes"]
    said = run("status", "--as-of", "2025-02-10", "--json", "--lang", "en").out
    assert json.loads(said)["goals"][0]["gap"] < 0 < json.loads(said)["goals"][0]["gap_now"]
    assert "it is ahead by" not in said
    project.write(goal_of(goal.replace('\nmode = "keep"\nallow = 9', ""), '[series.y]\nkind = "level"'))
    assert "lies beyond" not in run("check", "--lang", "en").out
