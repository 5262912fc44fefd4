"""Totals of a year that is not over, and goals made of goals, through `status --json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run

FULL = (
    "x 2022-Q1 20\nx 2022-Q2 25\nx 2022-Q3 27\nx 2022-Q4 28\nx 2023-Q1 22\nx 2023-Q2 27\nx 2023-Q3 30\nx 2023-Q4 31\n"
)


def test_the_figures_of_a_running_year(run: Run, project: Project) -> None:
    """24 of 125 in the first quarter, 22 of 110 last year and 20 of 100 before: a share of .2 each.

    Observed 24/22 − 1, planned 125/110 − 1, required (125 − 24)/88 − 1, expected .2 · 125 = 25.
    """
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 125", "due = 2024", "baseline = 2022")
    one = seen(run, project, goals, FULL + "x 2024-Q1 24", "--as-of", "2024-04-30")["x"]
    assert one["actual"] | {"period": "2024-Q1", "on": "2024-03-31", "value": 24} == one["actual"]
    assert (one["gap"], one["progress"], one["elapsed"]) == (101, 0.192, 0.25)
    assert (one["expected"], one["ahead"], one["pace"]) == (25, -1, 0.96)
    assert one["growth"] == {
        "unit": "fraction/year",
        "observed": pytest.approx(24 / 22 - 1, abs=1e-12),
        "planned": pytest.approx(125 / 110 - 1, abs=1e-12),
        "required": pytest.approx(101 / 88 - 1, abs=1e-12),
        "undefined": None,
    }
    assert (one["chance"], one["model"]) == (pytest.approx(0.093577, abs=1e-6), "year")
    assert one["baseline"] == {"period": "2022", "on": "2022-12-31", "value": 100}
    projected = one["projected"]
    assert projected["low"] < projected["value"] == projected["median"] < projected["high"]


def test_months_give_the_published_check_value(run: Run, project: Project) -> None:
    """Two full years of months and three months of the third: .180409, before and after cumulating.

    Cumulated, January and February are published as one figure and a later month may be missing.
    """
    before: tuple[list[float], list[float]] = (
        [8, 7, 9, 10, 11, 12, 10, 10, 11, 12, 13, 15],
        [9, 8, 10, 11, 12, 12, 11, 11, 12, 13, 14, 16],
    )
    years = [*before, [9.5, 8.2, 10.6]]
    flow = ytd = ""
    for year, months in enumerate(years, 2022):
        for month, value in enumerate(months, 1):
            flow += f"x {year}-{month:02} {value}\n"
            if month not in {1, 5}:
                ytd += f"x {year}-{month:02} {round(sum(months[:month]), 6)}\n"
    for kind, rows in (("flow", flow), ("ytd", ytd)):
        goals = f'[series.x]\nkind = "{kind}"\n' + goal("x", "target = 150", "due = 2024")
        one = seen(run, project, goals, rows, "--as-of", "2024-04-30")["x"]
        assert one["chance"] == pytest.approx(0.180409, abs=1e-6)
        assert (one["actual"]["value"], one["elapsed"]) == (28.3, 0.25)


def test_a_single_period_never_meets_the_target_of_a_year(run: Run, project: Project) -> None:
    """A quarter of 40 is above 30, but 22 + 40 = 62 of 110 is what the year has; 111 in three quarters have it."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 110", "due = 2024", "baseline = 2023")
    short = seen(run, project, goals, FULL + "x 2024-Q1 22\nx 2024-Q2 40", "--as-of", "2024-07-31")["x"]
    assert (short["actual"]["value"], short["achieved_on"]) == (62, None)
    rows = FULL + "x 2024-Q1 22\nx 2024-Q2 40\nx 2024-Q3 49"
    done = seen(run, project, goals, rows, "--as-of", "2024-10-31")["x"]
    assert (done["status"], done["achieved_on"], done["gap"]) == ("achieved", "2024-09-30", -1)


def test_a_year_without_one_before_is_too_few(run: Run, project: Project) -> None:
    """Expected is then the share of the year gone: a quarter of 100; no chance, with the reason."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 100", "due = 2024")
    one = seen(run, project, goals, "x 2024-Q1 24", "--as-of", "2024-04-30")["x"]
    assert (one["status"], one["chance"], one["model"]) == ("too-few", None, None)
    assert (one["expected"], one["growth"]["observed"]) == (25, None)
    assert "full year" in one["reason"]


def test_a_missing_period_of_a_flow_has_no_chance(run: Run, project: Project) -> None:
    """A flow needs every period of this year so far; cumulated, the next value bridges it."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 110", "due = 2024", "baseline = 2023")
    one = seen(run, project, goals, FULL + "x 2024-Q2 40", "--as-of", "2024-07-31")["x"]
    assert (one["status"], one["chance"]) == ("too-few", None)
    assert one["reason"].startswith("no chance: 40 so far, 110 is the target; 2024-Q1 of this year is missing")


def test_a_single_total_says_what_the_other_lacks(run: Run, project: Project) -> None:
    """Eight quarters are more than one actual: with 2022 full alone they make one total, and 2023 lacks its third."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 130", "due = 2026")
    rows = FULL.replace("x 2023-Q3 30\n", "")
    one = seen(run, project, goals, rows, "--as-of", "2024-04-30")["x"]
    only = "only 2022 can be compared with 2026, and nothing predicts from one point"
    assert one["reason"] == f"{only}; 2023-Q3 is missing; from here 6.779 %/year is needed"
    one = seen(run, project, goals, "x 2023-Q4 9\n" + rows[: rows.index("x 2023")], "--as-of", "2024-04-30")["x"]
    assert f"{only}; 2023-Q1 … 2023-Q3 are missing;" in one["reason"]
    one = seen(run, project, goals, rows[: rows.index("x 2023")] + "x 2023-Q1 22", "--as-of", "2023-04-30")["x"]
    assert one["reason"].startswith(f"{only}; from here")


def test_a_later_year_is_judged_by_full_years_alone(run: Run, project: Project) -> None:
    """With 2026 due, the quarter of 2024 is not compared: 100 and 110, 20 to go to 130."""
    goals = '[series.x]\nkind = "flow"\n' + goal("x", "target = 130", "due = 2026", "baseline = 2022")
    one = seen(run, project, goals, FULL + "x 2024-Q1 24", "--as-of", "2024-04-30")["x"]
    assert (one["actual"]["period"], one["actual"]["value"], one["gap"]) == ("2023", 110, 20)
    assert one["growth"]["observed"] == 0.1


def test_a_band_for_a_year(run: Run, project: Project) -> None:
    """40 of [105, 109] so far is 65 short of it, and the chance is P(above 105) − P(above 109); 106 is inside."""
    goals = '[series.x]\nkind = "flow"\n' + goal(
        "band", "target = { between = [105, 109] }", "due = 2024", "baseline = 2023"
    )
    goals += goal("low", "target = 105", "due = 2024", 'mode = "at"') + goal(
        "high", "target = 109", "due = 2024", 'mode = "at"'
    )
    found = seen(run, project, goals, FULL + "x 2024-Q1 18\nx 2024-Q2 22", "--as-of", "2024-07-31")
    assert found["band"]["gap"] == 65
    rows = FULL + "x 2024-Q1 22\nx 2024-Q2 26"
    found = seen(run, project, goals, rows, "--as-of", "2024-07-31")
    assert found["band"]["chance"] == pytest.approx(found["low"]["chance"] - found["high"]["chance"], abs=1e-9)
    inside = seen(run, project, goals, f"{rows}\nx 2024-Q3 58", "--as-of", "2024-10-31")["band"]
    assert (inside["gap"], inside["achieved_on"]) == (0, None)


def test_keeping_below_a_limit_every_year(run: Run, project: Project) -> None:
    """Kept so far there is nothing to plan; a sum above the limit breaks it before the year is over."""
    goals = '[series.x]\nkind = "flow"\n'
    goals += goal("x", "target = 120", "due = 2024", 'direction = "down"', 'mode = "keep"')
    kept = seen(run, project, goals, FULL + "x 2024-Q1 24", "--as-of", "2024-04-30")["x"]
    assert (kept["status"], kept["expected"], kept["bound"]) == ("on-track", 120, "upper")
    assert (kept["progress"], kept["pace"], kept["growth"]["planned"], kept["growth"]["required"]) == (None,) * 4
    rows = FULL + "x 2024-Q1 60\nx 2024-Q2 61"
    assert seen(run, project, goals, rows, "--as-of", "2024-07-31")["x"]["status"] == "missed"


def test_a_moving_target_for_a_year_is_met_year_by_year(run: Run, project: Project) -> None:
    """In 2023 it was 110 against 109; the 132 of 2024 are only expected, so 140 so far have not met them yet."""
    goals = '[series.x]\nkind = "flow"\n[series.y]\nkind = "flow"\n'
    goals += goal("x", 'target = { series = "y" }', "due = 2024", "baseline = 2023")
    rows = FULL + "x 2024-Q1 60\nx 2024-Q2 80\ny 2022 90\ny 2023 109"
    one = seen(run, project, goals, rows, "--as-of", "2024-07-31")["x"]
    assert one["achieved_on"] is None
    assert (one["gap_now"], one["target"]["now"]) == (-1, 109)
    early = seen(run, project, goals.replace("2023", "2022"), rows, "--as-of", "2024-07-31")["x"]
    assert (early["status"], early["achieved_on"]) == ("achieved", "2023-12-31")


ROWS = "done 2020 1\ndone 2022 9\nlate 2020 1\nlate 2022 2\nopen 2020 4\nopen 2021 5\nopen 2022 6"
CHILDREN = (
    "".join(f"[series.{id_}]\n" for id_ in ("done", "late", "open", "empty"))
    + goal("done", "target = 8", "due = 2024", series="done")
    + goal("late", "target = 8", "due = 2022", series="late")
    + goal("open", "target = 8", "due = 2025", 'path = "linear"', series="open")
    + goal("empty", "target = 8", "due = 2024", series="empty")
)


@pytest.mark.parametrize(
    ("rule", "status", "limiting", "bound"),
    [
        ('all = ["done", "late", "open"]', "missed", "late", "upper"),
        ('any = ["late", "done", "open"]', "achieved", "done", "lower"),
        ('at_least = { count = 3, of = ["done", "late", "empty"] }', "missed", "late", None),
        ('at_least = { count = 2, of = ["done", "late", "empty"] }', "no-data", "empty", None),
        ('at_least = { count = 1, of = ["late", "empty"] }', "no-data", "empty", None),
        ('at_least = { count = 2, of = ["done", "done"] }', "achieved", "done", None),
    ],
)
def test_the_status_of_a_composite(
    run: Run, project: Project, rule: str, status: str, limiting: str, bound: str | None
) -> None:
    """`all` takes the worst, `any` the best, `at_least` the count-th best, and names whose it is."""
    goals = CHILDREN + goal("c", rule, series=None)
    one = seen(run, project, goals, ROWS, "--as-of", "2023-01-31")["c"]
    assert (one["status"], one["limiting"], one["bound"]) == (status, limiting, bound)
    for key in ("kind", "unit", "direction", "mode", "baseline", "target", "actual", "growth", "series"):
        assert one[key] is None


def test_the_chance_and_progress_of_a_composite(run: Run, project: Project) -> None:
    """Progress is (1 + ½)/2: what is beyond the target is cut; the chance is open's own, an achieved child counts 1."""
    goals = (
        CHILDREN + goal("c", 'all = ["done", "open"]', series=None) + goal("n", 'all = ["empty", "open"]', series=None)
    )
    found = seen(run, project, goals, ROWS, "--as-of", "2023-01-31")
    assert found["open"]["chance"] is not None
    assert found["c"]["chance"] == found["open"]["chance"]
    assert (found["c"]["progress"], found["n"]["progress"], found["n"]["chance"]) == (0.75, 0.25, None)
    assert (found["c"]["due"], found["c"]["children"], found["open"]["parent"]) == ("2025-12-31", ["done", "open"], "c")


def test_ties_go_to_the_first_in_file_order(run: Run, project: Project) -> None:
    """However the composite lists them."""
    goals = goal("one", "target = 8", "due = 2022") + goal("two", "target = 9", "due = 2022")
    goals += goal("c", 'all = ["two", "one"]', series=None)
    assert seen(run, project, goals, "x 2020 1\nx 2022 2", "--as-of", "2023-01-31")["c"]["limiting"] == "one"


def test_a_composite_lapses_with_the_child_that_it_needs(run: Run, project: Project) -> None:
    """`all` no longer holds when one child has lapsed; `any` still does."""
    goals = goal("kept", "target = 2", "due = 2024") + goal("lapsed", "target = 8", "due = 2024")
    goals += goal("all", 'all = ["kept", "lapsed"]', series=None) + goal("any", 'any = ["lapsed", "kept"]', series=None)
    found = seen(run, project, goals, "x 2020 1\nx 2021 9\nx 2022 3", "--as-of", "2023-01-31")
    assert {id_: one["lapsed"] for id_, one in found.items()} == {
        "kept": False,
        "lapsed": True,
        "all": True,
        "any": False,
    }


def test_composites_stand_on_composites_however_deep(run: Run, project: Project) -> None:
    """A chain of 1,500 composites, the outermost first, takes its status from the one goal at its end."""
    depth = 1500
    goals = "".join(goal(f"c{n}", f'all = ["c{n + 1}"]', series=None) for n in range(depth))
    found = seen(run, project, goals + goal(f"c{depth}", "target = 8", "due = 2022"), "x 2020 1\nx 2022 9")
    assert {one["status"] for one in found.values()} == {"achieved"}


def test_a_sum_of_series(run: Run, project: Project) -> None:
    """Only the periods that both have are summed: 1 + 2 and 3 + 5, towards 12."""
    goals = '[series.a]\nunit = "t"\n[series.b]\nunit = "t"\n'
    goals += goal("s", 'sum = ["a", "b"]', "target = 12", "due = 2024", series=None)
    rows = "a 2020 1\na 2021 2\na 2022 3\nb 2020 2\nb 2022 5 estimate"
    one = seen(run, project, goals, rows, "--as-of", "2023-01-31")["s"]
    assert (one["actual"]["value"], one["actual"]["quality"], one["provisional"]) == (8, "estimate", True)
    assert (one["baseline"]["value"], one["gap"], one["unit"], one["series"]) == (3, 4, "t", None)


def test_a_sum_of_series_that_write_one_day_otherwise(run: Run, project: Project) -> None:
    """The last day of 2020 is that of its December too: 1 + 2 and 3 + 5, yearly as the slower of the two.

    An amount is of its whole span: that of a December is not added to that of a year.
    """
    rows = "a 2020 1\na 2022 3\nb 2020-12 2\nb 2021-12 9\nb 2022-12-31 5"
    for kind, value in (("level", 8), ("ratio", 8), ("total", 8), ("flow", None), ("ytd", None)):
        goals = f'[series.a]\nkind = "{kind}"\n[series.b]\nkind = "{kind}"\n'
        for order in ('"a", "b"', '"b", "a"'):
            text = goals + goal("s", f"sum = [{order}]", "target = 12", "due = 2024", series=None)
            given = rows if value else rows.replace("-31 5", " 5")
            one = seen(run, project, text, given, "--as-of", "2023-01-31")["s"]
            assert (one["actual"] and one["actual"]["value"]) == value
            assert not value or (one["actual"]["period"], one["baseline"]["value"]) == ("2022", 3)


@pytest.mark.parametrize(("target", "chance"), [("100", 0.370492), ("50", None)])
def test_a_running_total_from_zero(run: Run, project: Project, target: str, chance: float | None) -> None:
    """0 10 18 30 39 in five years towards 100 in 2030, the published check value, whatever the kind says."""
    rows = "\n".join(f"x {2020 + n} {value}" for n, value in enumerate((0, 10, 18, 30, 39)))
    for kind in ("total", "level"):
        goals = f'[series.x]\nkind = "{kind}"\n' + goal("x", f"target = {target}", "due = 2030")
        one = seen(run, project, goals, rows, "--as-of", "2025-01-31")["x"]
        assert one["model"] == "total"
        assert chance is None or one["chance"] == pytest.approx(chance, abs=1e-6)


def test_what_must_come_down_to_zero_is_mirrored(run: Run, project: Project) -> None:
    """8 6 2 down to 0 five years after the first: .920544."""
    goals = goal("x", "target = 0", "due = 2025", 'direction = "down"')
    one = seen(run, project, goals, "x 2020 8\nx 2021 6\nx 2022 2", "--as-of", "2023-01-31")["x"]
    assert (one["chance"], one["model"]) == (pytest.approx(0.920544, abs=1e-6), "total")


@pytest.mark.parametrize(
    ("target", "direction", "chance"), [("101", "up", 0.01), ("101", "down", None), ("-1", "down", 0.01)]
)
def test_a_percentage_is_bounded(run: Run, project: Project, target: str, direction: str, chance: float | None) -> None:
    """Above 100 % nothing rises, below 0 nothing falls; 80 82.5 84 86 87 towards 92 is the published check value."""
    rows = "\n".join(f"x {2018 + n} {value}" for n, value in enumerate((80, 82.5, 84, 86, 87)))
    goals = '[series.x]\nkind = "ratio"\nunit = "%"\n'
    goals += goal("x", f"target = {target}", "due = 2025", f'direction = "{direction}"')
    goals += goal("plain", "target = 92", "due = 2025") + goal("whole", "target = 100", "due = 2025")
    found = seen(run, project, goals, rows, "--as-of", "2023-01-31")
    assert found["plain"]["chance"] == pytest.approx(0.069808, abs=1e-6)
    assert found["whole"]["chance"] is not None
    if chance is None:
        assert found["x"]["status"] == "achieved"
    else:
        assert (found["x"]["chance"], found["x"]["status"]) == (chance, "off-track")


def test_a_child_listed_twice_is_one_goal(run: Run, project: Project) -> None:
    """It is shown once and counted once."""
    goals = goal("c", 'all = ["x", "x"]', series=None) + goal("x", "target = 8", "due = 2022")
    folder = project.write(goals, "series,period,value\nx,2020,1\nx,2022,9\n")
    done = run("status", "--json", cwd=folder)
    assert [one["id"] for one in json.loads(done.out)["goals"]].count("x") == 1


def test_what_was_met_too_late_is_not_the_day_of_a_composite(run: Run, project: Project) -> None:
    """One child missed its due and met its target a year after; the other was achieved, and that day counts."""
    text = '[[goals]]\nid = "top"\nany = ["late", "ok"]\n'
    text += goal("late", "target = 90", "due = 2020") + goal("ok", "target = 100", "due = 2026")
    rows = "x 2019 70\nx 2020 80\nx 2021 91\nx 2024 95\nx 2025 101"
    found = seen(run, project, text, rows, "--as-of", "2026-02-01")
    assert (found["late"]["status"], found["late"]["achieved_on"]) == ("missed", "2021-12-31")
    assert (found["top"]["status"], found["top"]["achieved_on"]) == ("achieved", "2025-12-31")
