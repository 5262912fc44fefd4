"""The path and where growth meets its target, at the ends of what they are asked."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.assess.path import Corner, meeting, on_path, way
from tracker.model.goal import Step
from tracker.periods import parse_period

FIRST, LAST = Corner(date(2020, 12, 31), 100.0), Corner(date(2022, 12, 31), 120.0)


@pytest.mark.parametrize(
    ("day", "value"),
    [("2020-12-30", None), ("2020-12-31", 100), ("2021-12-31", 110), ("2022-12-31", 120), ("2030-01-01", 120)],
)
def test_a_path_is_known_from_its_first_corner_on(day: str, value: float | None) -> None:
    """Nothing was planned before the first corner; after the last the plan stays there."""
    assert on_path([FIRST, LAST], date.fromisoformat(day), compound=False) == value


def test_no_corners_are_no_path() -> None:
    """Without corners no day has a value."""
    assert on_path([], FIRST.on, compound=False) is None


def test_a_step_bends_the_way_only_between_its_ends() -> None:
    """A step on the day of either end, or beyond, is none: the ends hold there."""
    periods = [parse_period(text) for text in ("2019", "2020", "2021", "2022", "2023")]
    steps = [Step(period, 150.0) for period in periods if period is not None]
    assert way(FIRST, steps, LAST) == [FIRST, Corner(date(2021, 12, 31), 150.0), LAST]


@pytest.mark.parametrize(("start", "value", "target"), [(100, 50, 0), (0, 50, 100), (100, 0, 50), (-1, 50, 100)])
def test_compound_growth_neither_leaves_zero_nor_reaches_it(start: float, value: float, target: float) -> None:
    """None of these is met compound."""
    assert meeting(start, value, target, 1, compound=True) is None
