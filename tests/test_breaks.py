"""Breaks in a series, through the command: nothing crosses one unless a ratio links its sides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run

CENSUS = "[series.x]\nbreaks = [{ on = 2020-11-01, why = 'census' }]\n"
LINKED = "[series.x]\nbreaks = [{ on = 2020-11-01, why = 'census', link = 0.9 }]\n"
ROWS = "x 2017 100\nx 2018 102\nx 2019 104\nx 2020 95\nx 2021 97\nx 2022 98\nx 2023 99.5\nx 2024 101"
AFTER = "x 2020 95\nx 2021 97\nx 2022 98\nx 2023 99.5\nx 2024 101"


def one(
    run: Run, project: Project, series: str, lines: str, rows: str = ROWS, day: str = "2025-02-28"
) -> dict[str, Any]:
    """Return the record of a goal on a series that breaks."""
    return dict(seen(run, project, series + goal("x", *lines.split("; ")), rows, "--as-of", day)["x"])


def test_a_baseline_before_a_break(run: Run, project: Project) -> None:
    """Growth and progress since it are null with the reason; what is needed from here, (120/101)^(1/2) − 1, is not.

    The chance is that of the history after the break alone; 2020 ends after the day of the census, so it is in it.
    """
    found = one(run, project, CENSUS, "target = 120; due = 2026; baseline = 2018")
    growth = found["growth"]
    assert (growth["observed"], growth["planned"], found["progress"], found["pace"]) == (None,) * 4
    assert (found["expected"], found["projected"]["value"], found["reaches"]) == (None,) * 3
    assert found["baseline"] == {"period": "2018", "on": "2018-12-31", "value": None}
    assert growth["required"] == pytest.approx((120 / 101) ** 0.5 - 1, abs=1e-12)
    assert found["gap"] == 19
    assert "the baseline 2018 lies before the break of 2020-11-01" in found["reason"]
    assert "breaks on 2020-11-01 (census): nothing before it is compared" in found["reason"]
    alone = one(run, project, "[series.x]\n", "target = 120; due = 2026", AFTER)
    assert (found["chance"], found["projected"]["low"]) == (alone["chance"], alone["projected"]["low"])


def test_a_link_joins_the_sides(run: Run, project: Project) -> None:
    """102 × 0.9 = 91.8 in 2018 is on the footing of 101 in 2024: (101/91.8)^(1/6) − 1, and 9.2 of 28.2 of the way."""
    found = one(run, project, LINKED, "target = 120; due = 2026; baseline = 2018")
    assert found["baseline"]["value"] == 91.8
    assert found["growth"]["observed"] == pytest.approx((101 / 91.8) ** (1 / 6) - 1, abs=1e-12)
    assert found["progress"] == pytest.approx(9.2 / 28.2, abs=1e-11)
    by_hand = "x 2017 90\nx 2018 91.8\nx 2019 93.6\n" + AFTER
    plain = one(run, project, "[series.x]\n", "target = 120; due = 2026; baseline = 2018", by_hand)
    assert found["chance"] == pytest.approx(plain["chance"], abs=1e-9)
    assert "values before it are linked by 0.9" in found["reason"]


def test_links_multiply_and_the_last_cut_holds(run: Run, project: Project) -> None:
    """Over two links 100 × 0.9 × 1.1 = 99; with the later one cut, the earlier link joins nothing to today."""
    two = "[series.x]\nbreaks = [{ on = 2021-06-30, link = 1.1 }, { on = 2020-11-01, link = 0.9 }]\n"
    found = one(run, project, two, "target = 120; due = 2026; baseline = 2017")
    assert found["baseline"]["value"] == 99
    cut = "[series.x]\nbreaks = [{ on = 2020-11-01, link = 0.9 }, { on = 2021-06-30 }]\n"
    found = one(run, project, cut, "target = 120; due = 2026")
    assert found["baseline"] == {"period": "2021", "on": "2021-12-31", "value": 97}


def test_a_given_baseline_is_on_its_side_too(run: Run, project: Project) -> None:
    """A value of 50 given for 2015 is 45 on the new footing, and no baseline at all without a link."""
    lines = "target = 120; due = 2026; baseline = { period = 2015, value = 50 }"
    assert one(run, project, LINKED, lines)["baseline"]["value"] == 45
    assert one(run, project, CENSUS, lines)["baseline"]["value"] is None


def test_what_was_achieved_before_a_break_stays_achieved(run: Run, project: Project) -> None:
    """104 in 2019 met 104, measured as it was then; the history after does not undo it, and it has lapsed."""
    found = one(run, project, CENSUS, "target = 104; due = 2026; baseline = 2017")
    assert (found["status"], found["achieved_on"], found["lapsed"]) == ("achieved", "2019-12-31", True)
    found = one(run, project, CENSUS, "target = 99; due = 2026; baseline = 2018; mode = 'keep'")
    assert found["status"] == "missed"  # the 95 of 2020


def test_a_goal_due_before_the_break_is_judged_on_its_side(run: Run, project: Project) -> None:
    """2017 to 2019: 100 → 104 of 106 is 4 of 6, by what was measured then, link or not; it is not called stale."""
    for series in (CENSUS, LINKED):
        found = one(run, project, series, "target = 106; due = 2019; baseline = 2017")
        assert (found["status"], found["actual"]["period"], found["stale"]) == ("missed", "2019", False)
        assert found["progress"] == pytest.approx(4 / 6, abs=1e-11)
        assert "breaks" not in found["reason"]


def test_a_break_with_nothing_after_it_parts_nothing(run: Run, project: Project) -> None:
    """Before the first actual of the new footing the old one is all there is; then one actual alone is too few."""
    lines = "target = 120; due = 2026; baseline = 2017"
    before = one(run, project, CENSUS, lines, day="2020-11-30")
    assert (before["actual"]["value"], "breaks" in before["reason"]) == (104, False)
    after = one(run, project, CENSUS, lines, day="2021-02-28")
    assert (after["status"], after["chance"]) == ("too-few", None)
    assert "one actual only since the series broke" in after["reason"]


@pytest.mark.parametrize(("period", "is_after"), [("2020-10", False), ("2020-11", True), ("2020-Q4", True)])
def test_a_period_belongs_where_it_ends(run: Run, project: Project, period: str, is_after: bool) -> None:
    """A period that contains the day of the break is after it."""
    found = one(run, project, CENSUS, "target = 120; due = 2026", f"x 2019-12 80\nx {period} 90\nx 2021-12 95")
    assert (found["baseline"] is not None) is is_after


def test_a_multiple_of_a_value_before_a_break(run: Run, project: Project) -> None:
    """Twice the 102 of 2018 is no target for the new footing, and 2 × 91.8 = 183.6 with a link."""
    lines = "target = { times = 2, of = 2018 }; due = 2026"
    found = one(run, project, CENSUS, lines)
    assert (found["status"], found["target"]["value"]) == ("no-data", None)
    assert "2018 lies before the break of 2020-11-01" in found["reason"]
    assert one(run, project, LINKED, lines)["target"]["value"] == 183.6


def test_the_reference_of_a_moving_target_breaks(run: Run, project: Project) -> None:
    """Since the break of y its growth is (110 − 100)/2 a year from 2022, so 2026 is 110 × 1.1 by rates: 121.

    The gap closes by what both have after it; the reason names the series that breaks.
    """
    series = "[series.y]\nbreaks = [{ on = 2022-06-30 }]\n"
    rows = "x 2020 90\nx 2022 95\nx 2024 99\ny 2020 200\ny 2022 100\ny 2024 110"
    found = one(run, project, series, "target = { series = 'y' }; due = 2026; baseline = 2020", rows)
    assert found["target"]["value"] == 121
    assert "y breaks on 2022-06-30: nothing before it is compared" in found["reason"]
    assert found["chance"] is not None


def test_a_sum_is_cut_where_any_of_it_breaks(run: Run, project: Project) -> None:
    """Of 2019 + 2021 + 2022 only the last two can be added up on one footing: 97 + 3 to 98 + 4."""
    text = CENSUS + "[series.y]\n" + goal("x", "sum = ['x', 'y']", "target = 110", "due = 2026", series=None)
    rows = ROWS + "\ny 2019 1\ny 2021 3\ny 2022 4"
    found = seen(run, project, text, rows, "--as-of", "2023-02-28")["x"]
    assert (found["baseline"]["value"], found["actual"]["value"]) == (100, 102)
    assert "breaks on 2020-11-01" in found["reason"]


def test_the_years_before_a_break_are_no_years_before(run: Run, project: Project) -> None:
    """Quarters of 2023 are on another footing: 2024 so far has no year to be read by; linked by 2 it has.

    22 × 2 + 88 × 2 last year: 24 of the same periods' 44 is 24/44 − 1.
    """
    rows = "x 2023-Q1 22\nx 2023-Q2 27\nx 2023-Q3 30\nx 2023-Q4 31\nx 2024-Q1 24"
    lines = "target = 125; due = 2024"
    cut = "[series.x]\nkind = 'flow'\nbreaks = [{ on = 2024-01-01 }]\n"
    found = one(run, project, cut, lines, rows, "2024-04-30")
    assert (found["status"], found["growth"]["observed"], found["expected"]) == ("too-few", None, 31.25)
    linked = cut.replace("01-01 }", "01-01, link = 2 }")
    found = one(run, project, linked, "target = 250; due = 2024", rows, "2024-04-30")
    assert found["growth"]["observed"] == pytest.approx(24 / 44 - 1, abs=1e-12)
    assert found["model"] == "year"


def test_a_year_with_a_break_inside_is_no_full_year(run: Run, project: Project) -> None:
    """A break in July 2022 leaves 2022 without its first half: 2023 is the first year of the new footing."""
    series = "[series.x]\nkind = 'flow'\nbreaks = [{ on = 2022-07-01 }]\n"
    rows = "\n".join(f"x {year}-Q{quarter} 25" for year in range(2021, 2025) for quarter in range(1, 5))
    found = one(run, project, series, "target = 120; due = 2026", rows, "2025-02-28")
    assert (found["baseline"]["period"], found["actual"]["period"]) == ("2023", "2024")


def test_rates_are_not_chained_over_a_break(run: Run, project: Project) -> None:
    """With the rate of 2021 on another footing the years since 2020 have a gap."""
    series = "[series.x]\nkind = 'growth'\nbreaks = [{ on = 2022-01-01 }]\n"
    rows = "x 2021 8\nx 2022 5\nx 2023 6"
    found = one(run, project, series, "target = 6; due = 2025; baseline = 2020", rows, "2024-02-28")
    assert (found["status"], found["growth"]["required"]) == ("too-few", None)


def test_a_jump_over_a_break_is_no_oddity(run: Run, project: Project) -> None:
    """Ten times more from one day to the next is worth a second look, but not where the series is said to break."""
    rows = "series,period,value,published\nx,2019,10,2020-01-01\nx,2020,101,2021-01-01\n"
    for series, count in (("[series.x]\n", 1), (CENSUS, 0)):
        folder = project.write(series + goal("x", "target = 120", "due = 2026"), rows)
        assert run("check", "--lang", "en", cwd=folder).err.count("a jump of ten times") == count


def test_show_marks_the_break(run: Run, project: Project) -> None:
    """The line of the break, the link in the formula, a row across the history, and all of it in JSON."""
    one(run, project, LINKED, "target = 120; due = 2026; baseline = 2018")
    out = run("show", "x", "--lang", "en", "--as-of", "2025-02-28", cwd=project.folder).out
    assert "102 × 0.9: linked over the break" in out
    history = [line.split()[0] for line in out.split("History")[1].splitlines() if line[:2] == "20"]
    assert history == ["2017", "2018", "2019", "2020-11-01", "2020", "2021", "2022", "2023", "2024"]
    one(run, project, CENSUS, "target = 120; due = 2026; baseline = 2018")
    record = json.loads(run("show", "x", "--json", "--as-of", "2025-02-28", cwd=project.folder).out)
    assert [point["period"] for point in record["earlier"]] == ["2017", "2018", "2019"]
    assert [point["period"] for point in record["history"]] == ["2020", "2021", "2022", "2023", "2024"]
    assert record["breaks"] == [{"on": "2020-11-01", "why": "census", "link": None}]
    lines = {line["figure"]: line["how"] for line in record["explained"]}
    assert "breaks on 2020-11-01 (census)" in lines["breaks.2020-11-01"]
    chinese = run("show", "x", "--lang", "zh", "--as-of", "2025-02-28", cwd=project.folder).out
    assert "2020-11-01 起口径变动" in chinese


@pytest.mark.parametrize("series", ["x", "y"])
def test_a_moving_target_met_before_a_break_stays_met(run: Run, project: Project, series: str) -> None:
    """104 met the other series' 103 in 2019; whichever of the two breaks after that, it was achieved and has lapsed."""
    text = f"[series.{series}]\nbreaks = [{{ on = 2020-11-01 }}]\n" + ("[series.y]\n" if series == "x" else "")
    rows = ROWS + "\ny 2017 101\ny 2018 103\ny 2019 103\ny 2020 120\ny 2021 120\ny 2022 120\ny 2023 120\ny 2024 120"
    found = one(run, project, text, 'target = { series = "y" }; due = 2026; baseline = 2017', rows)
    assert (found["status"], found["achieved_on"], found["lapsed"]) == ("achieved", "2019-12-31", True)


@pytest.mark.parametrize(("recorded", "given", "said"), [(None, 45, None), (50, 50, None), (50, 48, "48, but 50")])
def test_check_compares_a_baseline_with_what_was_recorded(
    run: Run, project: Project, recorded: float | None, given: float, said: str | None
) -> None:
    """Not with the linked value: 45 of 2019 is 90 on today's footing, which nobody recorded."""
    text = "[series.x]\nbreaks = [{ on = 2023-01-01, link = 2 }]\n"
    text += f'[[goals]]\nid = "x"\nbaseline = {{ period = 2019, value = {given} }}\ntarget = 300\ndue = 2030\n'
    rows = "" if recorded is None else f"x,2019,{recorded},2020-02-01\n"
    project.write(text, f"series,period,value,published\n{rows}x,2022,55,2023-02-01\nx,2023,120,2024-02-01\n")
    told = run("check", "--as-of", "2024-06-01", "--lang", "en")
    assert ("the baseline is given as" in told.err + told.out) == (said is not None)
    assert said is None or said in told.err + told.out
