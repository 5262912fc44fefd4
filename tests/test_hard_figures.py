"""Figures where rounding or a special value is near: steep falls, sums of tenths, zero, estimates that were met."""

from __future__ import annotations

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
