"""`tracker due`: what should have been recorded by now, how late it is, who answers for it, and what comes next."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from conftest import Project, Run

HEADER = "series,period,value,quality,published,recorded_at\n"


def owed(run: Run, project: Project, goals: str, actuals: str, *options: str) -> dict[str, Any]:
    """Return what each series owes, by its id; actuals are written `x 2020 100`, one a line."""
    rows = "".join(",".join([*line.split(), "", "", ""]) + "\n" for line in actuals.strip().splitlines())
    done = run("due", "--json", "--lang", "en", *options, cwd=project.write(goals, HEADER + rows))
    assert done.code == 0, done.err
    return {one["series"]: one for one in json.loads(done.out)["series"]}


def goal(id_: str, *lines: str, target: str = "target = 900") -> str:
    """Return a goal's table in TOML."""
    return f'[[goals]]\nid = "{id_}"\n{target}\n' + "\n".join(lines) + "\n"


def late(first: str, last: str, count: int, by: str, days: int) -> dict[str, Any]:
    """Return what JSON says of late actuals that follow one another."""
    run = {"first": first, "last": last, "count": count}
    return {**run, "by": by, "days": days, "runs": [run]}


def months(series: str, first: int, last: int, *, without: tuple[str, ...] = (), ytd: bool = False) -> str:
    """Return the lines of some whole years of months, 8 each, without those left out."""
    rows = [(f"{year}-{month:02}", 8 * (month if ytd else 1)) for year in range(first, last + 1)
            for month in range(1, 13)]  # fmt: skip
    return "".join(f"{series} {period} {value}\n" for period, value in rows if period not in without)


@pytest.mark.parametrize(
    ("actuals", "as_of", "expected", "following"),
    [
        ("x 2023 1\nx 2024 2", "2025-12-31", None, ("2025", "2025-12-31", 0)),
        ("x 2023 1\nx 2024 2", "2026-01-01", late("2025", "2025", 1, "2025-12-31", 1), ("2026", "2026-12-31", 364)),
        ("x 2022 1\nx 2023 1\nx 2024-Q3 2", "2025-01-01", late("2024", "2024", 1, "2024-12-31", 1),
         ("2025", "2025-12-31", 364)),
        ("x 2024-S1 1\nx 2024-S2 2", "2025-07-10", late("2025-S1", "2025-S1", 1, "2025-06-30", 10),
         ("2025-S2", "2025-12-31", 174)),
        ("x 2025-01 1\nx 2025-03 2", "2025-07-10", late("2025-04", "2025-06", 3, "2025-04-30", 71),
         ("2025-07", "2025-07-31", 21)),
        ("x 2025-W05 1\nx 2025-W06 2", "2025-02-20", late("2025-W07", "2025-W07", 1, "2025-02-16", 4),
         ("2025-W08", "2025-02-23", 3)),
        ("x 2025-01-01 1\nx 2025-01-11 2", "2025-01-22", late("2025-01-21", "2025-01-21", 1, "2025-01-21", 1),
         ("2025-01-31", "2025-01-31", 9)),
        ("x 2025-01-04 1\nx 2025-01-11 2", "2025-01-12", None, ("2025-01-18", "2025-01-18", 6)),
    ],
    ids=["in time", "year", "mixed", "half", "gap", "week", "days", "weekly days"],
)  # fmt: skip
def test_the_next_period_follows_from_the_step(
    run: Run,
    project: Project,
    actuals: str,
    as_of: str,
    expected: dict[str, Any] | None,
    following: tuple[str, str, int],
) -> None:
    """Periods follow one another as most of the last ones did, days by their median spacing; no gap is asked for."""
    one = owed(run, project, goal("x", "due = 2030"), actuals, "--as-of", as_of)["x"]
    assert one["late"] == expected
    assert tuple(one["next"].values()) == following


def test_lag_and_every_are_the_goals_own(run: Run, project: Project) -> None:
    """Monthly figures come 20 days after the month; a census comes every 5 years whatever the periods' length.

    2025-06-30 + 20 days is 2025-07-20; 2020 + 60 months is 2025.
    """
    goals = goal("x", "due = 2030", 'lag = "20d"') + goal("y", "due = 2040", 'every = "5y"')
    actuals = "x 2025-05 1\ny 2015 1\ny 2020 2"
    found = owed(run, project, goals, actuals, "--as-of", "2025-07-20")
    assert found["x"]["late"] is None
    assert tuple(found["x"]["next"].values()) == ("2025-06", "2025-07-20", 0)
    assert (found["y"]["late"], found["y"]["next"]["period"]) == (None, "2025")
    assert found["y"]["step"] == {"months": 60, "days": 0}
    found = owed(run, project, goals, actuals, "--as-of", "2025-07-21")
    assert found["x"]["late"] == late("2025-06", "2025-06", 1, "2025-07-20", 1)


def test_a_series_that_was_never_recorded(run: Run, project: Project) -> None:
    """A baseline waits for its own figure first; `every` alone asks for the last period that is over; else due."""
    goals = (
        goal("base", "due = 2026", "baseline = 2023")
        + goal("given", "due = 2026", "baseline = { period = 2023, value = 1 }")
        + goal("monthly", "due = 2026", 'every = "month"')
        + goal("nothing", "due = 2026")
    )
    found = owed(run, project, goals, "", "--as-of", "2025-07-10")
    assert found["base"]["late"] == late("2023", "2024", 2, "2023-12-31", 557)
    assert found["given"]["late"] == late("2024", "2024", 1, "2024-12-31", 191)
    assert found["monthly"]["late"] == late("2025-06", "2025-06", 1, "2025-06-30", 10)
    assert (found["nothing"]["late"], found["nothing"]["next"]["period"]) == (None, "2026")
    assert all(one["latest"] is None for one in found.values())


def test_a_day_without_a_rhythm_waits_for_due(run: Run, project: Project) -> None:
    """One actual on a day tells no step: only due is waited for; nor does a spacing pass over due."""
    goals = '[series.one]\nkind = "total"\n' + goal("one", "due = 2025-02-01") + goal("two", "due = 2025-02-01")
    actuals = "one 2025-01-20 5\ntwo 2025-01-05 1\ntwo 2025-01-25 2"
    found = owed(run, project, goals, actuals, "--as-of", "2025-01-26")
    assert found["one"]["step"] is None
    assert {name: one["next"]["period"] for name, one in found.items()} == {"one": "2025-02-01", "two": "2025-02-01"}


def test_what_is_decided_waits_for_nothing_but_what_is_kept(run: Run, project: Project) -> None:
    """Achieved and missed are over; a promise to keep is followed until due is recorded, broken or not."""
    goals = (
        goal("met", "due = 2030", target="target = 5")
        + goal("late", "due = 2022", target="target = 50")
        + goal("kept", "due = 2025", 'mode = "keep"', target="target = 5")
        + goal("over", "due = 2023", 'mode = "keep"', target="target = 5")
    )
    actuals = "\n".join(f"{name} {year} 9" for name in ("met", "late", "kept", "over") for year in (2022, 2023))
    found = owed(run, project, goals, actuals, "--as-of", "2026-07-10")
    assert {name: one["late"]["last"] for name, one in found.items()} == {"kept": "2025"}
    broken = owed(run, project, goals.replace("target = 5\n", "target = 10\n"), actuals, "--as-of", "2026-07-10")
    assert broken["kept"]["late"] == late("2024", "2025", 2, "2024-12-31", 556)


def test_a_milestone_is_asked_for_once(run: Run, project: Project) -> None:
    """Whether it is done must be known by due; one that is kept is asked for in every period."""
    goals = '[series.a]\nkind = "milestone"\n[series.b]\nkind = "milestone"\n'
    goals += goal("a", "due = 2025", target="") + goal("b", "due = 2026", 'mode = "keep"', target="")
    found = owed(run, project, goals, "a 2022 0\nb 2022 1\nb 2023 1", "--as-of", "2026-01-02")
    assert found["a"]["late"] == late("2025", "2025", 1, "2025-12-31", 2)
    assert found["b"]["late"] == late("2024", "2025", 2, "2024-12-31", 367)


def test_references_sums_and_composites(run: Run, project: Project) -> None:
    """A moving target needs its reference too, a sum each of its series; a composite has nothing of its own."""
    goals = (
        goal("x", "due = 2026", 'owner = "Office"', 'every = "2y"', target='target = { series = "ref" }')
        + '[series.ref]\n[series.p]\nkind = "flow"\n[series.q]\nkind = "flow"\n'
        + goal("s", "due = 2025", 'sum = ["p", "q"]', 'owner = "Desk"')
        + '[[goals]]\nid = "all"\nall = ["x", "s"]\nowner = "Chief"\n'
    )
    found = owed(run, project, goals, "x 2022 1\nref 2023 2\np 2024 1\nq 2023 1", "--as-of", "2025-07-10")
    assert {name: one["late"] and one["late"]["first"] for name, one in found.items()} == {
        "x": "2024", "ref": "2024", "q": "2024", "p": None,
    }  # fmt: skip
    assert {name: one["owners"] for name, one in found.items()} == {
        "x": ["Office"], "ref": ["Office"], "p": ["Desk"], "q": ["Desk"],
    }  # fmt: skip


def test_goals_that_share_a_series_ask_once(run: Run, project: Project) -> None:
    """Of two goals on one series the one that waits longest counts, and both owners are named."""
    goals = goal("a", "due = 2030", 'series = "x"', 'lag = "3m"', 'owner = "A"') + goal(
        "b", "due = 2028", 'series = "x"', 'owner = "B"'
    )
    found = owed(run, project, goals, "x 2022 1\nx 2023 2", "--as-of", "2025-02-01")
    assert found["x"]["late"] == late("2024", "2024", 1, "2024-12-31", 32)
    assert (found["x"]["goals"], found["x"]["owners"]) == (["a", "b"], ["A", "B"])
    assert found["x"]["next"]["by"] == "2025-03-31"  # goal a has time for 2024 until then


def test_what_is_most_late_comes_first(run: Run, project: Project) -> None:
    """Then what comes soonest; of goals that share a series the rhythm that is known counts, and the longest wait."""
    goals = goal("soon", "due = 2030", 'every = "month"') + goal("late", "due = 2030") + goal("later", "due = 2030")
    goals += goal("one", "due = 2025-12-31", 'series = "day"') + goal("two", "due = 2030", 'series = "day"',
                                                                      'every = "year"')  # fmt: skip
    actuals = "later 2020 1\nlater 2021 2\nlate 2022 1\nlate 2023 2\nsoon 2025-01 5\nday 2024-12-31 1"
    found = owed(run, project, goals, actuals, "--as-of", "2025-02-01")
    assert list(found) == ["later", "late", "soon", "day"]
    assert [one["latest"]["period"] for one in found.values()] == ["2021", "2023", "2025-01", "2024-12-31"]
    assert found["day"]["step"] == {"months": 12, "days": 0}
    goals = goal("a", "due = 2030", 'series = "x"', 'lag = "1m"') + goal("b", "due = 2028", 'series = "x"')
    assert owed(run, project, goals, "x 2024-10 1", "--as-of", "2025-02-01")["x"]["late"]["days"] == 63


def test_a_january_that_is_never_published_is_not_asked_for(run: Run, project: Project) -> None:
    """Where a year's first figure is always that of January and February together, February comes after December."""
    goals = '[series.x]\nkind = "ytd"\n' + goal("x", "due = 2026", 'lag = "15d"')
    actuals = "\n".join(f"x 2025-{month:02} {month}" for month in range(2, 13))
    one = owed(run, project, goals, actuals, "--as-of", "2026-02-20")["x"]
    assert (one["late"], one["next"]["period"], one["next"]["by"]) == (None, "2026-02", "2026-03-15")


def test_what_decides_at_due_is_late_where_it_was_passed_over(run: Run, project: Project) -> None:
    """2025 is in and 2024, which decides, is not: what status calls overdue is what is late. No other gap is."""
    goals = goal("x", "due = 2024", 'mode = "at"') + goal("month", "due = 2024", 'mode = "keep"', target="target = 1")
    goals += goal("y", 'target = { series = "x" }', "due = 2025", 'mode = "at"', target="")
    actuals = "x 2020 50\nx 2022 70\nx 2023 80\nx 2025 120\nmonth 2024-09 2\nmonth 2024-11 2\nmonth 2025-02 2\n"
    actuals += "y 2023 60\ny 2024 70\ny 2026 90"
    found = owed(run, project, goals, actuals, "--as-of", "2027-03-01")
    assert found["x"]["late"] == late("2024", "2024", 1, "2024-12-31", 790)
    assert found["month"]["late"] == late("2024-12", "2024-12", 1, "2024-12-31", 790)
    assert found["y"]["late"] == late("2025", "2025", 1, "2025-12-31", 425)
    goals = json.loads(run("status", "--json", "--as-of", "2027-03-01", cwd=project.folder).out)["goals"]
    assert {one["status"] for one in goals} == {"overdue"}
    assert run("due", "--fail-on", "late", "--as-of", "2027-03-01", cwd=project.folder).code == 3


def test_a_reference_that_was_passed_over(run: Run, project: Project) -> None:
    """The goal's own figure for due is in: what is late, and named by status, is the series it is compared with."""
    goals = goal("x", 'target = { series = "ref" }', "due = 2024", 'mode = "at"', target="") + "[series.ref]\n"
    actuals = "x 2022 1\nx 2023 2\nx 2024 3\nref 2022 2\nref 2023 3\nref 2025 4"
    for as_of, said in (("2025-01-20", "past and ref has no actual for it yet"),
                        ("2026-01-20", "long past and ref has no actual for it")):  # fmt: skip
        found = owed(run, project, goals, actuals, "--as-of", as_of)
        assert (found["ref"]["late"]["first"], found["ref"]["late"]["count"], "x" in found) == ("2024", 1, False)
        (one,) = json.loads(run("status", "--json", "--lang", "en", "--as-of", as_of, cwd=project.folder).out)["goals"]
        assert one["reason"].startswith(f"due 2024-12-31 is {said}; the latest is 3 for 2024")


def test_what_a_total_lacks_is_late(run: Run, project: Project) -> None:
    """A month that a year's total lacks is named, beside those that come after the latest, and by status too.

    Cumulated, only the last month of a year is needed. What a year before the last two lacks is history.
    """
    goals = '[series.f]\nkind = "flow"\nunit = "t"\n[series.y]\nkind = "ytd"\nunit = "t"\n'
    goals += "".join(
        goal(id_, f"due = {due}", 'mode = "at"', f'series = "{id_[0]}"', target="target = 100")
        for id_, due in (("f24", 2024), ("y24", 2024), ("f26", 2026))
    )
    actuals = months("f", 2021, 2024, without=("2021-03", "2024-05", "2024-07", "2024-08"))
    actuals += months("y", 2023, 2024, without=("2024-06", "2024-12"), ytd=True)
    actuals += "f 2025-01 8\nf 2025-02 8\ny 2025-01 8"
    found = owed(run, project, goals, actuals, "--as-of", "2025-04-10")
    assert found["f"]["late"] == {
        "first": "2024-05", "last": "2025-03", "count": 4, "by": "2024-05-31", "days": 314,
        "runs": [{"first": "2024-05", "last": "2024-05", "count": 1},
                 {"first": "2024-07", "last": "2024-08", "count": 2},
                 {"first": "2025-03", "last": "2025-03", "count": 1}],
    }  # fmt: skip
    assert (found["f"]["goals"], found["f"]["next"]["period"]) == (["f24", "f26"], "2025-04")
    assert found["y"]["late"] == late("2024-12", "2024-12", 1, "2024-12-31", 100)
    assert "2024-05, 2024-07 … 2024-08 (2), 2025-03" in run("due", "--as-of", "2025-04-10", cwd=project.folder).out
    seen = json.loads(run("status", "--json", "--lang", "en", "--as-of", "2025-04-10", cwd=project.folder).out)["goals"]
    assert {one["id"]: one["reason"] for one in seen if one["status"] == "overdue"} == {
        "f24": "due 2024-12-31 is long past and its total still lacks 2024-05, 2024-07 … 2024-08; "
        "the latest is 96 t for 2023",
        "y24": "due 2024-12-31 is long past and its total still lacks 2024-12; the latest is 96 t for 2023",
    }
    early = json.loads(run("status", "f24", "--json", "--lang", "en", "--as-of", "2025-01-10", cwd=project.folder).out)
    assert early["goals"][0]["reason"].startswith("due 2024-12-31 is past and its total lacks 2024-05, 2024-07 … 2024")
    found = owed(run, project, goals, actuals + "\n" + months("f", 2025, 2025), "--as-of", "2026-01-10")
    assert found["f"]["goals"] == ["f24", "f26"]
    assert [each["last"] for each in found["f"]["late"]["runs"]] == ["2024-05", "2024-08"]
    assert owed(run, project, goals, actuals + "\n" + months("f", 2025, 2025), "f26", "--as-of", "2026-01-10")["f"] == {
        **found["f"], "goals": ["f26"], "late": None,
    }  # fmt: skip


def test_a_quarter_and_a_year_that_runs(run: Run, project: Project) -> None:
    """A quarter lacks its own months; the year that runs those it has had, and last year's where it is read by them."""
    goals = '[series.q]\nkind = "flow"\n[series.f]\nkind = "flow"\n[series.y]\nkind = "ytd"\n'
    goals += goal("q", 'due = "2025-Q1"', 'mode = "at"') + goal("f", "due = 2025") + goal("y", "due = 2025")
    actuals = "q 2024-12 5\nq 2025-01 5\nq 2025-03 5\nq 2025-04 5\n"
    actuals += months("f", 2024, 2024) + "f 2025-01 8\nf 2025-03 8\nf 2025-04 8\n"
    actuals += months("y", 2024, 2024, without=("2024-02", "2024-04"), ytd=True) + "y 2025-03 24\ny 2025-04 32"
    found = owed(run, project, goals, actuals, "--as-of", "2025-05-05")
    runs = {name: [each["first"] for each in one["late"]["runs"]] for name, one in found.items()}
    assert runs == {"q": ["2025-02"], "f": ["2025-02"], "y": ["2024-04"]}


def test_the_years_of_a_plan_are_asked_for(run: Run, project: Project) -> None:
    """Published rates are chained over every year since the baseline: one that was passed over is late."""
    goals = '[series.x]\nkind = "growth"\nunit = "%"\n' + goal(
        "x", "due = 2024", "baseline = 2020", target="target = 6"
    )
    one = owed(run, project, goals, "x 2020 3\nx 2021 5\nx 2023 6\nx 2024 7", "--as-of", "2025-06-10")["x"]
    assert one["late"] == late("2022", "2022", 1, "2022-12-31", 892)


def test_time_travel_and_filters(run: Run, project: Project) -> None:
    """What was not known yet is late then; only the goals that are asked for count; an unknown one is refused."""
    goals = goal("x", "due = 2030") + goal("y", "due = 2030")
    rows = "x,2023,1,,2024-01-31,\nx,2024,2,,2025-01-31,\ny,2023,1,,2024-01-31,\n"
    folder = project.write(goals, HEADER + rows)
    arguments = ["due", "--json", "--as-of", "2025-01-20"]
    assert [one["late"] for one in json.loads(run(*arguments, "x", cwd=folder).out)["series"]] == [None]
    then = json.loads(run(*arguments, "x", "--known-on", "2025-01-20", cwd=folder).out)
    assert then["series"][0]["late"] == late("2024", "2024", 1, "2024-12-31", 20)
    assert run("due", "z", cwd=folder).code == 2


def test_formats_and_exit_codes(run: Run, project: Project) -> None:
    """JSON validates against its schema, CSV has the same fields; --fail-on late names the series and ends with 3."""
    goals = 'language = "en"\n' + goal("x", "due = 2030", 'owner = "Office"') + goal("y", "due = 2030")
    folder = project.write(goals, f"{HEADER}x,2023,1,,,\n")
    arguments = ["due", "--as-of", "2025-07-10"]
    record = json.loads(run(*arguments, "--json", cwd=folder).out)
    Draft202012Validator(json.loads(run("schema", "due").out)).validate(record)
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv", cwd=folder).out)))
    fields = ("series", "late.first", "late.periods", "late.days", "next.period")
    assert [tuple(row[field] for field in fields) for row in rows] == [
        ("x", "2024", "1", "191", "2025"), ("y", "", "", "", "2030"),
    ]  # fmt: skip
    table = run(*arguments, cwd=folder).out
    assert "as of 2025-07-10 · 1 series is late" in table
    assert "2025, by 2025-12-31" in table
    assert "| x | 2024 | 191 |" in run(*arguments, "--format", "md", cwd=folder).out
    failed = run(*arguments, "--fail-on", "late", cwd=folder)
    assert (failed.code, failed.err) == (3, "matched --fail-on: x\n")
    assert run("due", "--as-of", "2024-07-10", "--fail-on", "late", cwd=folder).code == 0
    assert run("due", "--fail-on", "nonsense", cwd=folder).code == 2


def test_the_end_of_the_calendar(run: Run, project: Project) -> None:
    """A due in the last year there is ends the list, not the program."""
    goals = goal("x", 'due = "9999-12-31"')
    found = owed(run, project, goals, "x 9998-W51 1\nx 9998-W52 1", "--as-of", "9999-12-31")
    assert found["x"]["late"]["first"] == "9998-W53"
