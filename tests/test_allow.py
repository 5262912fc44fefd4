"""Goals that are kept with a budget of misses, through the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run


def kept(run: Run, project: Project, lines: str, rows: str, day: str, series: str = "") -> dict[str, Any]:
    """Return the record of a goal kept at 99 or more."""
    text = f"[series.x]\n{series}\n" + goal("x", "target = 99", 'mode = "keep"', *lines.split("; "))
    return dict(seen(run, project, text, rows, "--as-of", day)["x"])


MONTHS = "\n".join(f"x 2024-{month:02} {98 if month in {3, 7} else 99.5}" for month in range(1, 11))


@pytest.mark.parametrize(
    ("allow", "budget", "status"),
    [
        ('allow = "10%"', (3, 2, 1, 37), "on-track"),  # .1 × 37 = 3.7
        ('allow = "5%"', (1, 2, -1, 37), "missed"),
        ("allow = 2", (2, 2, 0, 37), "on-track"),
        ("allow = 1", (1, 2, -1, 37), "missed"),
    ],
)
def test_a_budget_of_months(run: Run, project: Project, allow: str, budget: tuple[int, ...], status: str) -> None:
    """From December 2023, which counts, to the end of 2026 are 1 + 36 months; March and July 2024 missed it."""
    one = kept(run, project, f'{allow}; due = 2026; baseline = "2023-12"', f"x 2023-12 99\n{MONTHS}", "2024-11-15")
    got = one["budget"]
    assert (got["allowed"], got["used"], got["left"], got["periods"]) == budget
    assert one["status"] == status
    said = "2 of" if status == "on-track" else "missed too often: 2 periods missed it, 1 of 37 may"
    assert said in one["reason"]


def test_days_and_weeks(run: Run, project: Project) -> None:
    """1 % of 366 days is 3 misses; of the 52 weeks that end from 2024-01-07 to 2024-12-29, none."""
    days = "\n".join(f"x 2024-02-{day:02} {98 if day in {2, 3, 5} else 100}" for day in range(1, 21))
    one = kept(run, project, 'allow = "1%"; due = 2024; baseline = 2024-01-01', days, "2024-02-21")
    assert one["budget"] == {"allowed": 3, "used": 3, "left": 0, "periods": 366}
    weeks = "\n".join(f"x 2024-W{week:02} 100" for week in range(1, 9))
    one = kept(run, project, 'allow = "1%"; due = 2024', weeks, "2024-03-15")
    assert one["budget"] == {"allowed": 0, "used": 0, "left": 0, "periods": 52}


def test_a_budget_at_due(run: Run, project: Project) -> None:
    """It is achieved at due with what was missed within it, also in due's own period; one more is a miss."""
    rows = "x 2020 100\nx 2021 98\nx 2022 100\nx 2023 98"
    one = kept(run, project, "allow = 2; due = 2023; baseline = 2020", rows, "2024-01-31")
    assert (one["status"], one["achieved_on"]) == ("achieved", "2023-12-31")
    assert "kept until due: 2 of 2 allowed misses used, 0 left" in one["reason"]
    one = kept(run, project, "allow = 1; due = 2023; baseline = 2020", rows, "2024-01-31")
    assert one["status"] == "missed"
    one = kept(run, project, "due = 2023; baseline = 2020", rows, "2024-01-31")
    assert (one["status"], one["budget"]) == ("missed", None)


def test_a_due_inside_a_period_is_decided_by_it(run: Run, project: Project) -> None:
    """June decides a goal due in the middle of June, so its miss is one of the goal."""
    rows = "x 2024-03 100\nx 2024-04 100\nx 2024-05 100\nx 2024-06 98\nx 2024-07 98"
    one = kept(run, project, 'allow = 1; due = 2024-06-15; baseline = "2024-03"', rows, "2024-08-15")
    assert (one["status"], one["achieved_on"], one["budget"]["used"]) == ("achieved", "2024-06-30", 1)
    one = kept(run, project, 'due = 2024-06-15; baseline = "2024-03"', rows, "2024-08-15")
    assert one["status"] == "missed"


def test_a_single_day_counts_days(run: Run, project: Project) -> None:
    """One actual on a day has no spacing yet: every day to due is a period."""
    one = kept(run, project, "allow = 1; due = 2024-01-31", "x 2024-01-01 100", "2024-01-02")
    assert (one["budget"]["periods"], one["budget"]["allowed"]) == (31, 1)


def test_what_comes_after_due_uses_nothing(run: Run, project: Project) -> None:
    """A miss after due is no miss of this goal; a period without a value is none either."""
    rows = "x 2020 100\nx 2022 100\nx 2023 100\nx 2024 90"
    one = kept(run, project, "allow = 1; due = 2023; baseline = 2020", rows, "2025-01-31")
    assert (one["status"], one["budget"]["used"], one["budget"]["periods"]) == ("achieved", 0, 4)


def test_full_years_of_a_flow(run: Run, project: Project) -> None:
    """The budget of yearly totals counts years, and a running year that is over its limit uses one."""
    text = '[series.x]\nkind = "flow"\n'
    text += goal(
        "x", "target = 120", 'direction = "down"', 'mode = "keep"', "due = 2024", "allow = 1", "baseline = 2022"
    )
    rows = "\n".join(f"x {year}-Q{quarter} 25" for year in (2022, 2023) for quarter in range(1, 5))
    one = seen(run, project, text, rows + "\nx 2024-Q1 60\nx 2024-Q2 61", "--as-of", "2024-07-31")["x"]
    assert one["budget"] == {"allowed": 1, "used": 1, "left": 0, "periods": 3}
    assert one["status"] == "on-track"


def test_a_milestone_that_is_kept(run: Run, project: Project) -> None:
    """Done in every year but one of three: a budget of one holds."""
    text = '[series.x]\nkind = "milestone"\n' + goal("x", 'mode = "keep"', "due = 2024", "allow = 1", "baseline = 2021")
    one = seen(run, project, text, "x 2021 1\nx 2022 0\nx 2023 1", "--as-of", "2024-01-31")["x"]
    assert (one["status"], one["budget"]["left"]) == ("on-track", 0)


def test_show_lists_the_misses(run: Run, project: Project) -> None:
    """The budget stands with its formula and the periods that used it, in both languages."""
    kept(run, project, 'allow = "10%"; due = 2026; baseline = "2023-12"', f"x 2023-12 99\n{MONTHS}", "2024-11-15")
    done = run("show", "x", "--json", "--as-of", "2024-11-15", "--lang", "en", cwd=project.folder)
    lines = {line["figure"]: (line["value"], line["how"]) for line in json.loads(done.out)["explained"]}
    assert lines["budget.allowed"] == ("3", "10 % × 37, whole misses only: all periods until due")
    assert lines["budget.used"] == ("2", "2024-03, 2024-07")
    assert lines["budget.left"] == ("1", "3 − 2")
    assert "已用" in run("show", "x", "--as-of", "2024-11-15", "--lang", "zh", cwd=project.folder).out


@pytest.mark.parametrize(("rows", "status"), [("m 2022 1\nm 2023 1", "on-track"), ("m 2022 1\nm 2023 0", "missed")])
def test_a_milestone_to_be_kept_may_miss_no_period(run: Run, project: Project, rows: str, status: str) -> None:
    """Without a budget one period in which it was not done is one too many."""
    text = '[series.m]\nkind = "milestone"\n' + goal("m", "due = 2026", 'mode = "keep"', series="m")
    assert seen(run, project, text, rows, "--as-of", "2024-03-01")["m"]["status"] == status


@pytest.mark.parametrize(("baseline", "count"), [("baseline = 2019", 2), ("baseline = 2021", 0)])
def test_periods_are_missing_from_the_baseline_on(run: Run, project: Project, baseline: str, count: int) -> None:
    """Kept since 2019 and recorded from 2021 on: 2019 and 2020 are missing, and nobody knows whether they met it."""
    one = kept(run, project, f"{baseline}; due = 2026", "x 2021 99\nx 2022 99.5\nx 2023 99.2", "2024-03-01")
    assert (f"{count} periods have no value" if count else "on-track") in (one["reason"] if count else one["status"])


def test_a_published_rate_has_no_baseline_to_miss(run: Run, project: Project) -> None:
    """Rates count from the year after the baseline: of 2021 to 2025 half may miss, in whole misses 2, not 3."""
    series = 'kind = "growth"\nunit = "%"'
    rows = "x 2021 98\nx 2022 98\nx 2023 98\nx 2024 100\nx 2025 100"
    one = kept(run, project, 'allow = "50%"; due = 2025; baseline = 2020', rows, "2026-02-01", series)
    assert one["budget"] == {"allowed": 2, "used": 3, "left": -1, "periods": 5}
    assert one["status"] == "missed"


def test_what_was_not_kept_is_named(run: Run, project: Project) -> None:
    """The first period that missed it decides, not the latest actual; a target that moves is quoted as it was then."""
    one = kept(
        run, project, "due = 2026; baseline = 2020", "x 2020 100\nx 2021 98\nx 2022 97\nx 2023 105", "2024-02-01"
    )
    assert one["reason"] == "98 in 2021 did not meet the target of 99, nor did 1 more period"
    text = goal("x", 'target = { series = "y" }', 'mode = "keep"', "baseline = 2020", "due = 2026")
    rows = "x 2020 10\ny 2020 9\nx 2021 11\ny 2021 12\nx 2022 30\ny 2022 14"
    one = seen(run, project, "[series.x]\n[series.y]\n" + text, rows, "--as-of", "2024-02-01")["x"]
    assert one["reason"].startswith("11 in 2021 did not meet the target of 12")


def test_nothing_is_kept_before_the_baseline(run: Run, project: Project) -> None:
    """Values from before it count neither for the goal nor against it."""
    one = kept(run, project, "due = 2027; baseline = 2025", "x 2022 90\nx 2023 91\nx 2024 92", "2025-06-01")
    assert one["status"] == "too-few"
    assert "nothing is recorded yet of what is to be kept from 2025 on" in one["reason"]
    rates = 'kind = "growth"\nunit = "%"'
    one = kept(run, project, "due = 2027; baseline = 2024", "x 2022 90\nx 2023 91\nx 2024 92", "2025-06-01", rates)
    assert one["status"] == "too-few"
    rows = "x 2022 90\nx 2025 100\nx 2027 100"
    one = kept(run, project, "due = 2029; baseline = 2024", rows, "2028-06-01", rates)
    assert (one["status"], "1 period has no value" in one["reason"]) == ("on-track", True)
    assert "the years left" not in one["reason"]
