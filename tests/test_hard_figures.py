"""Figures where rounding or a special value is near: steep falls, sums of tenths, zero, estimates that were met."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run


@pytest.mark.parametrize(("start", "is_up"), [(0, True), (-55, True), (-55, False)])
def test_nothing_grows_by_a_rate_from_zero_or_below(run: Run, project: Project, start: float, is_up: bool) -> None:
    """0 grown by 8 % a year is 0, which would be achieved at once: such a target cannot be computed, and it is said."""
    text = goal(
        "x", "target = { growth = 0.08 }", "baseline = 2020", "due = 2030", "" if is_up else 'direction = "down"'
    )
    one = seen(run, project, text, f"x 2020 {start}\nx 2021 30\nx 2022 31", "--as-of", "2023-01-31")["x"]
    assert (one["status"], one["target"]["value"], one["gap"], one["achieved_on"]) == ("no-data", None, None, None)
    assert f"a baseline of {start} cannot grow by a rate".replace("-", "-") in one["reason"].replace("−", "-")


def test_a_steep_fall_goes_on_exactly(run: Run, project: Project) -> None:
    """From a million cases to one in a year is 1e-6 of them each year, also the year after: the rate is −99.9999 %."""
    text = goal("x", "target = 0.5", "baseline = 2020", "due = 2023", 'direction = "down"')
    one = seen(run, project, text, "x 2020 9876543\nx 2021 1.25", "--as-of", "2022-01-31")["x"]
    assert one["projected"]["value"] == pytest.approx(1.25 * (1.25 / 9876543) ** 2, rel=1e-10)


def test_a_steep_fall_of_what_is_caught_up_with_goes_on_exactly(run: Run, project: Project) -> None:
    """A target that follows such a series is carried on without losing digits either."""
    text = goal("x", 'target = { series = "y" }', "baseline = 2020", "due = 2023", 'direction = "down"')
    rows = "x 2020 5\nx 2021 4\ny 2020 9876543\ny 2021 1.25"
    one = seen(run, project, "[series.y]\n" + text, rows, "--as-of", "2022-01-31")["x"]
    assert one["target"]["value"] == pytest.approx(1.25 * (1.25 / 9876543) ** 2, rel=1e-10)


def test_a_sum_of_months_is_settled(run: Run, project: Project) -> None:
    """0.1 + 0.2 + … is 0.3 and so on in every share of a year: growth from 7.8 to 7.8 is 0, not 2e-16."""
    text = '[series.x]\nkind = "flow"\n' + goal("x", "target = { change = 0 }", "baseline = 2020", "due = 2021")
    rows = "\n".join(f"x {year}-{month:02} {month / 10}" for year in (2020, 2021) for month in range(1, 13))
    one = seen(run, project, text, rows.rsplit("\n", 1)[0], "--as-of", "2021-12-15")["x"]
    assert (one["growth"]["planned"], one["growth"]["observed"], one["growth"]["required"]) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["flow", "milestone"])
def test_what_was_achieved_by_an_estimate_rests_on_it(run: Run, project: Project, kind: str) -> None:
    """Also where a later figure is final: a full year that met the target, a milestone that was done."""
    text = f'[series.x]\nkind = "{kind}"\n' + goal("x", "target = 1", "due = 2023")
    rows = "x 2021-S1 0\nx 2021-S2 1 estimate\nx 2022-S1 0"
    assert seen(run, project, text, rows, "--as-of", "2022-07-31")["x"]["provisional"] is True
    rows = rows.replace("estimate", "final")
    assert seen(run, project, text, rows, "--as-of", "2022-07-31")["x"]["provisional"] is False


def test_a_mean_rests_on_every_rate_also_where_they_are_equal(run: Run, project: Project) -> None:
    """1 % by an estimate and 1 % for good have a mean of 1 %, like the latest alone; it rests on both."""
    text = '[series.x]\nkind = "growth"\nunit = "%"\n' + goal("x", "target = 4", "baseline = 2011", "due = 2014")
    one = seen(run, project, text, "x 2012 1 estimate\nx 2013 1", "--as-of", "2014-01-31")["x"]
    assert (one["actual"]["value"], one["provisional"]) == (1, True)


def test_two_series_that_shrink_to_nothing_do_not_meet(run: Run, project: Project) -> None:
    """The target shrinks faster: never met, though in some decades both are below the smallest number of floats."""
    text = goal("x", 'target = { series = "y" }', 'direction = "down"', "baseline = 2019-W32", "due = 2019-W39")
    text = text.replace("2019-W32", '"2019-W32"').replace("2019-W39", '"2019-W39"')
    rows = "x 2019-W32 806\nx 2019-W33 981\nx 2019-W34 389\ny 2019-W32 597\ny 2019-W33 247"
    assert seen(run, project, "[series.y]\n" + text, rows, "--as-of", "2019-09-01")["x"]["reaches"] is None


def test_a_steep_fall_meets_what_stands_still_on_its_day(run: Run, project: Project) -> None:
    """135.42 falls to 21 in two weeks: 0.5 is met 14 ln(42)/ln(6.4486) = 28.07 days on, though it is −100 % a year."""
    text = goal("x", 'target = { series = "y", offset = 0.5 }', 'direction = "down"', 'due = "1999-W29"')
    text += 'baseline = { period = "1999-W28", value = 135.42 }\n'
    rows = "x 1999-W29 3\nx 1999-W30 21\ny 1999-W29 0\ny 1999-W30 13"
    one = seen(run, project, "[series.y]\n" + text, rows, "--as-of", "2000-02-17")["x"]
    assert one["reaches"] == "1999-08-30"  # 29 days after Sunday, 1 August


def test_a_steep_fall_reaches_a_fixed_target_on_its_day(run: Run, project: Project) -> None:
    """From 1e12 to 1e-3 in a year rounds to −100 %; a hundredth of that takes 365 ln(100)/ln(1e15) = 48.7 days."""
    text = goal("x", "target = 1e-5", "baseline = 2020", "due = 2030", 'direction = "down"')
    one = seen(run, project, text, "x 2020 1e12\nx 2021 1e-3", "--as-of", "2022-01-31")["x"]
    assert (one["growth"]["observed"], one["reaches"]) == (-1, "2022-02-18")


@pytest.mark.parametrize(("target", "day"), [(106.0933333, "2070-01-18"), (106.1016666, None)])
def test_a_day_beyond_fifty_years_is_none(run: Run, project: Project, target: float, day: str | None) -> None:
    """A hundredth in 30 days: 18,250 days on are within 50 years, 18,275 are not, although rates are per day."""
    text = goal("x", f"target = {target}", "baseline = 2020-01-01", "due = 2020-03-01", 'path = "linear"')
    one = seen(run, project, text, "x 2020-01-01 100\nx 2020-01-31 100.01", "--as-of", "2020-02-01")["x"]
    assert (one["growth"]["unit"], one["reaches"]) == ("/day", day)


def test_a_reference_known_only_after_due_is_held_flat(run: Run, project: Project) -> None:
    """Its first actual is all there is to go by."""
    text = goal("x", 'target = { series = "y" }', "due = 2020")
    one = seen(run, project, "[series.y]\n" + text, "x 2019 3\ny 2021 7\ny 2022 9", "--as-of", "2022-12-31")["x"]
    assert (one["target"]["value"], one["gap"], one["status"]) == (7, 4, "overdue")


@pytest.mark.parametrize(("value", "is_missed"), [(5, False), (5.5, False), (4.9, True)])
def test_a_step_that_is_met_is_not_missed(run: Run, project: Project, value: float, is_missed: bool) -> None:
    """The reason names a step whose actual fell short, by however little, and no other."""
    text = goal("x", "target = 9", "baseline = 2020", "due = 2030", "steps = [{ due = 2022, target = 5 }]")
    one = seen(run, project, text, f"x 2020 3\nx 2022 {value}", "--as-of", "2023-01-31")["x"]
    assert ("2022-12-31" in one["reason"] and "step" in one["reason"]) is is_missed


def test_the_growth_of_a_level_that_is_the_target_is_compound(run: Run, project: Project) -> None:
    """100 to 121 in two years is 10 % a year, not 10.5; 121 so carried on for two more is 146.41."""
    text = "[series.y]\n" + goal("x", 'target = { series = "y" }', "due = 2024")
    seen(run, project, text, "x 2020 90\nx 2022 99\ny 2020 100\ny 2022 121", "--as-of", "2023-01-31")
    done = run("show", "x", "--json", "--as-of", "2023-01-31", "--lang", "en", cwd=project.folder)
    how = next(line["how"] for line in json.loads(done.out)["explained"] if line["figure"] == "target")
    assert how.startswith("121 × (1 + 10 %)^2: ")


def test_a_step_below_zero_has_no_compound_rate(run: Run, project: Project) -> None:
    """Growth is in amounts then, and which number is to blame is said."""
    text = goal("x", "target = 330", "due = 2028", "steps = [{ due = 2026, target = -5 }]")
    one = seen(run, project, text, "x 2021 40\nx 2022 300\nx 2023 43", "--as-of", "2024-03-20")["x"]
    assert one["growth"]["undefined"] == "no compound rate: a step is -5, so growth is in amounts"


def test_what_needs_no_target_is_told_without_one(run: Run, project: Project) -> None:
    """Time gone, growth so far and where it leads, while the target cannot be computed yet; each is explained."""
    text = goal("x", "target = { times = 2, of = 2019 }", "baseline = 2020", "due = 2026")
    text += '[series.f]\nkind = "flow"\n' + goal("f", "target = { times = 2, of = 2019 }", "due = 2024", series="f")
    quarters = "\n".join(f"f 2023-Q{quarter} 3" for quarter in range(1, 5))
    found = seen(run, project, text, f"x 2020 100\nx 2022 110\n{quarters}\nf 2024-Q1 4", "--as-of", "2024-05-01")
    one = found["x"]
    assert (one["status"], one["gap"], one["chance"], one["reaches"]) == ("no-data", None, None, None)
    assert (one["elapsed"], one["today"]["elapsed"]) == (
        pytest.approx(2 / 6),
        pytest.approx((3 + 122 / 366) / 6, abs=1e-3),
    )
    assert one["growth"]["observed"] == pytest.approx(1.1**0.5 - 1)
    assert (one["growth"]["required"], one["projected"]["value"]) == (None, 133.1)
    one = found["f"]
    assert (one["status"], one["gap"], one["year"]) == ("no-data", None, None)
    assert (one["elapsed"], one["growth"]["observed"]) == (0.25, pytest.approx(1 / 3))
    for name in found:
        done = run("show", name, "--json", "--as-of", "2024-05-01", cwd=project.folder)
        assert all(line["how"] for line in json.loads(done.out)["explained"] if line["value"]), done.out


def test_numbers_too_far_apart_for_a_ratio_have_their_own_logarithms(run: Run, project: Project) -> None:
    """88 is a 1e-301th of their mean: the range is what 50 digits say, not what the smallest ratio would give."""
    text = goal("x", "target = 1", 'due = "2015-W50"', 'direction = "down"')
    values = (88, "980e300", 83, 75, 68, 56, 34, 5)
    rows = "\n".join(f"x 2015-W{40 + place} {value}" for place, value in enumerate(values))
    one = seen(run, project, text, rows, "--as-of", "2015-11-23")["x"]["projected"]
    assert one["median"] == pytest.approx(16.0759847769, rel=1e-9)
    assert (one["low"], one["high"]) == (pytest.approx(7.06597530973e-290), pytest.approx(1.08613455453e288))
