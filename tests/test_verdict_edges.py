"""The published rules where two of their cases meet, worked by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from test_status_json import goal, seen

from tracker.verdicts import Aim, Call, Verdict, Yearly, destatis, pace, statcan
from tracker.verdicts.verdict import Lead, Rates

if TYPE_CHECKING:
    from conftest import Project, Run


def yearly(*values: float) -> list[Yearly]:
    """Return values as those of the years up to 2023."""
    return [Yearly(date(2024 - len(values) + n, 12, 31), value) for n, value in enumerate(values)]


def aim(low: float | None, high: float | None, *, met_now: bool | None = None) -> Aim:
    """Return a target due three years on."""
    return Aim(date(2026, 12, 31), low, high, met_now=met_now)


@pytest.mark.parametrize(
    ("ratio", "call"),
    [(0.95, Call.ON_TRACK), (0.949, Call.AT_RISK), (0.60, Call.AT_RISK), (0.599, Call.OFF_TRACK)],
)
def test_the_bounds_of_a_pace_count_as_reached(ratio: float, call: Call) -> None:
    """Exactly 0.95 is on track and exactly 0.60 is at risk."""
    assert pace(ratio).call is call


def test_more_is_better_unless_told_otherwise() -> None:
    """Without a target 10 % a year is substantial where more is better; nothing is required, nothing aimed at."""
    said = statcan(yearly(100, 110), None)
    assert said.label == "substantial_progress"
    assert isinstance(said.basis, Rates)
    assert (said.basis.required, said.basis.target, said.basis.due) == (None, None, None)
    assert statcan(yearly(100, 110), None, up=False).label == "deterioration"


@pytest.mark.parametrize(("values", "low", "high"), [((-100, -50), 0, None), ((100, 50), None, 0)])
def test_a_target_of_zero_is_met_by_no_other_value(
    values: tuple[float, ...], low: float | None, high: float | None
) -> None:
    """Half the way to 0 is not all of it, on either side: what takes the place of 0 is not met either."""
    said = statcan(yearly(*values), aim(low, high))
    assert (said.label, said.score) != ("target_achieved", 5)
    assert statcan(yearly(*values[:-1], 0), aim(low, high)).label == "target_achieved"


def test_what_is_achieved_says_what_it_was_made_from() -> None:
    """Of 150 met with 160 the rates are still known: 60 % observed, 1.5^(1/4) - 1 a year required."""
    said = statcan(yearly(100, 160), aim(150, None))
    assert isinstance(said.basis, Rates)
    assert said.basis.observed == pytest.approx(0.6, abs=1e-12)
    assert said.basis.required == pytest.approx(1.5**0.25 - 1, abs=1e-12)


def lead(said: Verdict) -> Lead:
    """Return what a symbol was made from."""
    assert isinstance(said.basis, Lead)
    return said.basis


def test_a_band_entered_since_the_first_year_was_aimed_at_from_its_side() -> None:
    """80 is below the band, all later years are inside: its lower edge was aimed at, and to rise is no worsening.

    29/3 a year lead to 138 by due, beyond the band; from inside at all times that would be cloudy.
    """
    said = destatis(yearly(80, 101, 105, 109), [aim(100, 110)])
    assert (said.label, lead(said).target, lead(said).due) == ("sun", 100, date(2026, 12, 31))
    assert lead(said).projected == pytest.approx(138, abs=1e-9)
    inside = destatis(yearly(101, 103, 105, 109), [aim(100, 110)])
    assert (inside.label, lead(inside).target) == ("cloudy", None)


@pytest.mark.parametrize(
    ("values", "symbol"),
    [
        ((140, 130, 120, 110), "thunderstorm"),  # 80 by due, short of 105
        ((80, 90, 100, 110), "sun"),
        ((80, 85, 95, 105), "sun"),  # exactly there, and rising
        ((135, 125, 115, 105), "thunderstorm"),
    ],
)
def test_a_target_that_moves_is_ahead_of_a_value_beyond_its_end(values: tuple[float, ...], symbol: str) -> None:
    """Not met now, though 105 by due is behind the latest value: what the change leads to decides, with no ratio."""
    said = destatis(yearly(*values), [aim(105, None, met_now=False)])
    assert (said.label, said.ratio) == (symbol, None)


def test_a_composite_of_all_four_symbols_has_the_worst(run: Run, project: Project) -> None:
    """Sun, cloudy, cloud and thunderstorm together are a thunderstorm."""
    text = goal("x", 'all = ["a", "b", "c", "d"]', series=None)
    # 3 a year from 109 lead to 115 in two years; of what is missing to the target: none, 1/7, 6/12, and away from it
    for name, target, way in (("a", 115, "up"), ("b", 116, "up"), ("c", 121, "up"), ("d", 50, "down")):
        text += goal(name, f"target = {target}", "due = 2025", f'direction = "{way}"', series="y")
    rows = "y 2020 100\ny 2021 103\ny 2022 106\ny 2023 109"
    found = seen(run, project, text, rows, "--as-of", "2024-03-01", "--method", "destatis")
    labels = {name: one["verdict"]["label"] for name, one in found.items()}
    assert labels == {"a": "sun", "b": "cloudy", "c": "cloud", "d": "thunderstorm", "x": "thunderstorm"}


@pytest.mark.parametrize(("last", "label"), [(90, "moving"), (120, "target_achieved")])
def test_a_moving_target_is_met_by_the_latest_of_both(run: Run, project: Project, last: float, label: str) -> None:
    """Ahead of the other series in 2020 and behind it in 2023 is not achieved; the other way round it is."""
    text = "[series.y]\n" + goal("x", 'target = { series = "y" }', "due = 2026", "baseline = 2019")
    first = 120 if last == 90 else 90
    rows = f"x 2019 80\nx 2020 {first}\nx 2021 100\nx 2023 {last}\ny 2019 90\ny 2020 100\ny 2021 101\ny 2023 100"
    one = seen(run, project, text, rows, "--as-of", "2024-03-01", "--method", "statcan")["x"]
    assert (one["verdict"]["label"] == "target_achieved") is (label == "target_achieved")
