"""A year's total before the year is over, worked by hand through the command."""

from __future__ import annotations

import json
from math import exp, log, sqrt
from typing import TYPE_CHECKING, Any

import pytest
from test_status_json import goal, seen

if TYPE_CHECKING:
    from conftest import Project, Run

YTD = '[series.x]\nkind = "ytd"\n'
FLOW = '[series.x]\nkind = "flow"\n'
LAST = "x 2023-02 40\nx 2023-03 66\nx 2023-06 140\nx 2023-12 300\n"


def year(run: Run, project: Project, series: str, rows: str, day: str, lines: str = "target = 330; due = 2024") -> Any:  # noqa: ANN401
    """Return the record of a goal on a year's total."""
    return seen(run, project, series + goal("x", *lines.split("; ")), rows, "--as-of", day)["x"]


def by_hand(so_far: float, same: float, rest: float, target: float, gone: float) -> float:
    """Return the chance with one year before: its own share is the mean share, so adj is 0."""
    growth = log(so_far / same)
    spread = 0.019 * (1 - gone) ** 0.18 + 0.22 * abs(growth)
    u = (0.75 * growth - log((target - so_far) / rest)) / spread
    return float(0.5 * (1 + u / sqrt(2 + u * u)))


def test_january_and_february_as_one_figure(run: Run, project: Project) -> None:
    """43 by February are two months of twelve: 43/40 − 1 observed, 287/260 − 1 required, 40/300 of 330 expected."""
    one = year(run, project, YTD, LAST + "x 2024-02 43", "2024-03-20")
    assert (one["elapsed"], one["actual"]["value"]) == (pytest.approx(2 / 12, abs=1e-12), 43)
    assert one["growth"]["observed"] == pytest.approx(43 / 40 - 1, abs=1e-12)
    assert one["growth"]["required"] == pytest.approx(287 / 260 - 1, abs=1e-12)
    assert one["growth"]["planned"] == pytest.approx(0.1, abs=1e-12)
    assert (one["expected"], one["ahead"]) == (44, -1)
    assert one["chance"] == pytest.approx(by_hand(43, 40, 260, 330, 2 / 12), abs=1e-9)
    growth = log(43 / 40)
    assert one["projected"]["value"] == pytest.approx(43 + 260 * exp(0.75 * growth), abs=1e-9)


def test_a_missing_month_is_in_the_next_cumulated_value(run: Run, project: Project) -> None:
    """Neither January nor April and May of either year stand alone: June of 140 and 150 is all that is needed."""
    one = year(run, project, YTD, LAST + "x 2024-02 43\nx 2024-06 150", "2024-07-20")
    assert one["chance"] == pytest.approx(by_hand(150, 140, 160, 330, 0.5), abs=1e-9)


def test_last_year_lacks_the_period_that_is_needed(run: Run, project: Project) -> None:
    """May 2023 was never published: 5/12 of 330 by time alone, no chance, the reason says what is missing.

    Last year's total is known all the same, so planned is 330/300 − 1.
    """
    one = year(run, project, YTD, LAST + "x 2024-05 125", "2024-06-20")
    assert (one["status"], one["chance"], one["expected"]) == ("too-few", None, 137.5)
    assert one["growth"]["planned"] == pytest.approx(0.1, abs=1e-12)
    assert "2023-05 of last year is missing" in one["reason"]


def test_a_year_with_no_history_before_it(run: Run, project: Project) -> None:
    """A quarter of 330 is expected by time alone; with last year's total given as the baseline it was to grow 10 %."""
    lines = "target = 330; due = 2024; baseline = { period = 2023, value = 300 }"
    one = year(run, project, FLOW, "x 2024-Q1 80", "2024-04-20", lines)
    assert (one["status"], one["chance"], one["expected"], one["pace"]) == (
        "too-few",
        None,
        82.5,
        pytest.approx(80 / 82.5),
    )
    assert one["growth"]["planned"] == pytest.approx(0.1, abs=1e-12)
    assert "no full year before this one" in one["reason"]


def test_a_restated_last_year(run: Run, project: Project) -> None:
    """By February 2023 it was 40, restated to 42 a year later: what was known before still gives 43/40 − 1."""
    rows = "x 2023-02 40 final 2023-03-15\nx 2023-12 300 final 2024-01-20\nx 2024-02 43 final 2024-03-15\n"
    rows += "x 2023-02 42 final 2024-03-18"
    text = YTD + goal("x", "target = 330", "due = 2024")
    for known, same in (("2024-03-16", 40), ("2024-03-18", 42)):
        one = seen(run, project, text, rows, "--as-of", "2024-03-20", "--known-on", known)["x"]
        assert one["growth"]["observed"] == pytest.approx(43 / same - 1, abs=1e-12)
        assert one["chance"] == pytest.approx(by_hand(43, same, 300 - same, 330, 2 / 12), abs=1e-9)


def test_time_alone_stands_beside_it(run: Run, project: Project) -> None:
    """30 % of 330 in a third of the year is 10 behind by time alone (110), 1 behind by last year's share (100).

    Both are in JSON, and `show` has both with their formulas, in the words of either language.
    """
    rows = "x 2023-04 100\nx 2023-12 330\nx 2024-04 99"
    one = year(run, project, YTD, rows, "2024-05-20")
    assert (one["progress"], one["expected"], one["ahead"]) == (0.3, 100, -1)
    assert one["year"] == {
        "done": 4, "periods": 12, "share": pytest.approx(100 / 330, abs=1e-12),
        "time_expected": 110, "time_ahead": -11, "time_pace": 0.9,
    }  # fmt: skip
    record = json.loads(run("show", "x", "--json", "--lang", "en", "--as-of", "2024-05-20", cwd=project.folder).out)
    lines = {line["figure"]: (line["value"], line["how"].split(":")[0]) for line in record["explained"]}
    assert lines["year.pro_rata.expected"] == ("110", "330 × 4 / 12")
    assert lines["year.pro_rata.pace"] == ("0.9", "99 / 110")
    assert any(
        text == "By time alone 30 % is done with 33.3 % of the year gone; the years before had brought 30.3 % of their "
        "total by then."
        for text in record["why"]
    )
    assert "序时进度" in run("show", "x", "--lang", "zh", "--as-of", "2024-05-20", cwd=project.folder).out


def test_one_full_year_gives_a_range(run: Run, project: Project) -> None:
    """Months are what the year's model reads: with one full year before, its range is shown and its fan drawn.

    43/40 − 1 = 7.5 % more by February, so the rest of 260 comes to 260·exp(0.75·ln 1.075) = 274.492 in the middle.
    """
    one = year(run, project, YTD, LAST + "x 2024-02 43", "2024-03-20")
    assert one["projected"]["median"] == pytest.approx(43 + 274.492, abs=1e-3)
    out = run("show", "x", "--lang", "en", "--as-of", "2024-03-20", cwd=project.folder).out
    assert "too uncertain" not in out
    assert "300.3 to 335.83" in out
    drawn = run("chart", "x", "--lang", "en", "--as-of", "2024-03-20", "-o", "x.svg", cwd=project.folder)
    assert drawn.code == 0, drawn.err
    assert "8 in 10 outcomes" in (project.folder / "x.svg").read_text(encoding="utf-8")


def test_a_sum_that_can_fall_decides_nothing(run: Run, project: Project) -> None:
    """A balance that lost 30 in a quarter before may lose again: 125 by September are not yet the total."""
    rows = "".join(f"x 2023-Q{quarter} {value}\n" for quarter, value in enumerate((40, 50, 60, -30), 1))
    this = "x 2024-Q1 40\nx 2024-Q2 40\nx 2024-Q3 45"
    lines = "target = 125; due = 2024; baseline = 2023"
    assert year(run, project, FLOW, rows + this, "2024-10-20", lines)["achieved_on"] is None
    assert year(run, project, FLOW, rows.replace("-30", "30") + this, "2024-10-20", lines)["status"] == "achieved"


def test_half_years_and_years_before_that_are_apart(run: Run, project: Project) -> None:
    """Only the consecutive years up to last year count: with 2022 missing, 2021 says nothing about 2024."""
    rows = "x 2021-S1 10\nx 2021-S2 90\nx 2023-S1 50\nx 2023-S2 50\nx 2024-S1 55"
    one = year(run, project, FLOW, rows, "2024-07-20", "target = 120; due = 2024; baseline = 2023")
    assert (one["year"]["share"], one["year"]["periods"]) == (0.5, 2)
    assert one["chance"] == pytest.approx(by_hand(55, 50, 50, 120, 0.5), abs=1e-9)


@pytest.mark.parametrize(("so_far", "edge"), [(100, 100), (120, 100), (190, 200)])
def test_of_a_band_for_a_year_the_nearest_edge_is_meant(run: Run, project: Project, so_far: float, edge: float) -> None:
    """What the year has so far says which edge of 100 to 200 is the nearer one."""
    lines = "target = { between = [100, 200] }; due = 2024; baseline = 2023"
    assert year(run, project, YTD, LAST + f"x 2024-06 {so_far}", "2024-07-20", lines)["target"]["value"] == edge


MOVING = 'target = { series = "y" }; due = 2024; baseline = 2023'


@pytest.mark.parametrize("last", ["2023", "2021"])
def test_a_year_against_another_series_says_what_that_goes_by(run: Run, project: Project, last: str) -> None:
    """With one total of the other series the target is held flat, and the reason says so, shared years or none."""
    rows = LAST + f"x 2024-06 150\ny {last}-12 310"
    one = year(run, project, YTD + '[series.y]\nkind = "ytd"\n', rows, "2024-07-20", MOVING)
    assert one["target"]["value"] == 310
    assert "y has a single actual to go by" in one["reason"]


@pytest.mark.parametrize(("quality", "provisional"), [("estimate", True), ("final", False)])
def test_a_target_carried_on_from_an_estimate_is_provisional(
    run: Run, project: Project, quality: str, provisional: bool
) -> None:
    """The other series' growth was taken from its total of 2021."""
    rows = LAST + f"x 2024-06 150\ny 2021-12 300 {quality}\ny 2022-12 310 final\n"
    lines = MOVING.replace("; baseline = 2023", "")
    one = year(run, project, YTD + '[series.y]\nkind = "ytd"\n', rows, "2024-07-20", lines)
    assert one["provisional"] is provisional


def test_a_rule_looks_at_the_years_that_both_series_have(run: Run, project: Project) -> None:
    """410 met the 400 of 2023, which is what is known; 533 are expected of 2024, carried on from 300 and 400."""
    text = YTD + '[series.y]\nkind = "ytd"\n' + goal("x", *MOVING.replace("2023", "2022").split("; "))
    rows = "x 2022-06 150\nx 2022-12 290\nx 2023-06 200\nx 2023-12 410\nx 2024-06 220\ny 2022-12 300\ny 2023-12 400"
    one = seen(run, project, text, rows, "--as-of", "2024-07-20", "--method", "statcan")["x"]
    assert one["target"]["value"] == pytest.approx(1600 / 3)
    assert one["verdict"]["label"] == "target_achieved"


def test_what_is_left_of_a_year_is_set_against_the_rest_of_the_last(run: Run, project: Project) -> None:
    """Of 330 are 43 done; the ten months left brought 300 − 40 the year before, and `show` says so."""
    year(run, project, YTD, LAST + "x 2024-02 43", "2024-03-20")
    done = run("show", "x", "--json", "--lang", "en", "--as-of", "2024-03-20", cwd=project.folder)
    how = next(line["how"] for line in json.loads(done.out)["explained"] if line["figure"] == "growth.required")
    assert how.startswith("(330 − 43) / 260 − 1")


@pytest.mark.parametrize(("so_far", "status"), [(330, "on-track"), (330.01, "missed")])
def test_a_limit_may_be_reached_but_not_passed(run: Run, project: Project, so_far: float, status: str) -> None:
    """A year's total kept at 330 or less: 330 by September is the limit itself, and what passes it has broken it."""
    kept = 'target = 330; due = 2024; mode = "keep"; direction = "down"'
    rows = "x 2023-Q1 66\nx 2023-Q2 140\nx 2023-Q3 200\nx 2023-Q4 300\nx 2024-Q2 140\n"
    assert year(run, project, YTD, f"{rows}x 2024-Q3 {so_far}", "2024-10-20", kept)["status"] == status


def test_the_first_period_that_brings_the_sum_to_the_target_stays_the_day(run: Run, project: Project) -> None:
    """15 a month reach 100 with July's 105, whatever is recorded after."""
    rows = "".join(f"x 2023-{month:02} 8\n" for month in range(1, 13))
    for last in (7, 8, 11):
        this = "".join(f"x 2024-{month:02} 15\n" for month in range(1, last + 1))
        one = year(run, project, FLOW, rows + this, "2024-12-20", "target = 100; due = 2024")
        assert (one["status"], one["achieved_on"]) == ("achieved", "2024-07-31")
        assert one["gap"] == 100 - 15 * last
    cumulated = "x 2023-12 96\nx 2024-06 90\nx 2024-07 105\nx 2024-09 135"
    assert year(run, project, YTD, cumulated, "2024-10-20", "target = 100; due = 2024")["achieved_on"] == "2024-07-31"


def test_a_kept_total_counts_the_years_without_one(run: Run, project: Project) -> None:
    """2022 lies between the baseline and the last full year, and nothing is recorded for it."""
    rows = "".join(f"x {at}-{month:02} 10\n" for at in (2021, 2023) for month in range(1, 13))
    lines = 'target = 100; mode = "keep"; baseline = 2021; due = 2024'
    one = year(run, project, FLOW, rows + "x 2024-01 10", "2024-02-20", lines)
    assert "1 period has no value" in one["reason"]
