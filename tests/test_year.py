"""A year's total before the year is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.chance.year import YearAnswer, year_chance_of_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTHS = [[8.0, 7, 9, 10, 11, 12, 10, 10, 11, 12, 13, 15], [9.0, 8, 10, 11, 12, 12, 11, 11, 12, 13, 14, 16]]
QUARTERS = [[20.0, 25, 27, 28], [22.0, 27, 30, 31], [23.0, 30, 31, 34]]


def year_chance(
    years_before: Sequence[Sequence[float]], so_far: Sequence[float], target: float | None, up: bool
) -> YearAnswer:
    """Return the model's answer from amounts per period, which the note's tables have, as sums."""
    m = len(so_far)
    before = [(sum(year[:m]), sum(year[m:])) for year in years_before]
    gone = m / len(years_before[-1]) if years_before else 0.25
    return year_chance_of_sums(before, sum(so_far), gone, target, up=up)


@pytest.mark.parametrize(
    ("before", "so_far", "target", "up", "expected"),
    [  # check values of the note "A year's total before the year is over"
        (QUARTERS[:2], [24.0], 125, True, 0.093577),
        (QUARTERS, [25.0, 32], 128, True, 0.217773),
        (QUARTERS[:1], [21.0, 26], 105, False, 0.741048),
        (MONTHS, [9.5, 8.2, 10.6], 150, True, 0.180409),
    ],
)
def test_agrees_with_the_published_check_values(
    before: list[list[float]],
    so_far: list[float],
    target: float,
    up: bool,
    expected: float,
) -> None:
    """Each chance of the note's table comes out to the digits printed there."""
    assert year_chance(before, so_far, target, up).chance == pytest.approx(expected, abs=1e-6)


def test_share_growth_and_range_by_hand() -> None:
    """21 of 100 a year ago and 22 of 110 last year carry this year's 24 on; each figure is redone by hand."""
    found = year_chance_of_sums([(21.0, 79.0), (22.0, 88.0)], 24.0, 0.25, 125.0, up=True)
    assert found.share == pytest.approx((0.21 + 0.2) / 2)
    assert found.growth == pytest.approx(24 / 22 - 1)
    # g = ln(24/22) = 0.0870114, adj = ln(24 * 0.795 / 0.205 / 88) - g = -0.0309618,
    # so the rest is 88 * exp(0.75 * g + 0.57 * adj) = 88 * exp(0.0476103) = 92.2910
    assert found.projected == pytest.approx(24 + 92.2910, abs=1e-4)
    assert not found.certain
    assert found.reason is None


def test_the_range_is_where_the_chance_says() -> None:
    """Plugged back as targets, low, projected and high have the chances 90 %, 50 % and 10 % of being passed."""
    found = year_chance(QUARTERS, [25, 32], None, up=True)
    assert found.chance is None
    edges = (found.low, found.projected, found.high)
    passed = [year_chance(QUARTERS, [25, 32], edge, up=True).chance for edge in edges]
    assert passed == pytest.approx([0.9, 0.5, 0.1], abs=1e-12)


@pytest.mark.parametrize(("up", "expected"), [(True, 1.0), (False, 0.0)])
@pytest.mark.parametrize("target", [57.0, 40.0, 0.0, -3.0])
def test_a_target_already_passed_is_certain(target: float, up: bool, expected: float) -> None:
    """Where the sum so far has come to the target the chance is 1 upwards, 0 downwards, and stays uncut."""
    found = year_chance(QUARTERS, [25, 32], target, up=up)
    assert (found.chance, found.certain) == (expected, True)


@pytest.mark.parametrize(
    ("before", "so_far", "reason"),
    [
        ([], 24.0, "no full year before this one says how a year runs"),
        ([(22.0, 88.0)], 0.0, "this year's sum so far is not above 0, so its growth has no rate"),
        ([(22.0, 88.0)], -1.0, "this year's sum so far is not above 0, so its growth has no rate"),
        (
            [(0.0, 79.0), (22.0, 88.0)],
            24.0,
            "the same periods of a year before do not sum to more than 0, so growth has no rate",
        ),
        (
            [(21.0, 79.0), (22.0, -1.0)],
            24.0,
            "the remaining periods of a year before do not sum to more than 0, so growth has no rate",
        ),
        ([(1e-300, 1e300)], 24.0, "the sums of the years differ beyond what can be computed"),
        ([(1e308, 1e308)], 24.0, "the sums of the years differ beyond what can be computed"),
    ],
)
def test_what_the_model_cannot_use_is_said(before: list[tuple[float, float]], so_far: float, reason: str) -> None:
    """Each kind of years that do not carry the model has no figure at all and a reason of its own."""
    found = year_chance_of_sums(before, so_far, 0.25, 125.0, up=True)
    assert found._replace(reason=None) == YearAnswer(None)
    assert str(found.reason) == reason


def test_no_year_before_is_too_little_history() -> None:
    """Amounts of the first year ever have no chance, whatever its periods are."""
    assert year_chance([], [24.0], 125, up=True).chance is None


def test_only_three_years_make_the_share() -> None:
    """The mean share is of the last three years; older ones only widen or narrow the range."""
    old = [[90.0, 10, 10, 10], *QUARTERS]
    assert year_chance(old, [25, 32], 128, up=True).share == year_chance(QUARTERS, [25, 32], 128, up=True).share
    assert year_chance(old, [25, 32], 128, up=True).high != year_chance(QUARTERS, [25, 32], 128, up=True).high


amounts = st.floats(1, 100)
years = st.lists(st.lists(amounts, min_size=4, max_size=4), min_size=1, max_size=5)


@given(years, st.lists(amounts, min_size=1, max_size=3), st.floats(1, 1000), st.floats(1e-6, 1e6))
def test_the_unit_does_not_matter(before: list[list[float]], so_far: list[float], target: float, factor: float) -> None:
    """Rescaling every amount and the target changes no chance; up and down add to 1."""
    one = year_chance(before, so_far, target, up=True)
    if target == pytest.approx(sum(so_far), rel=1e-9):
        return
    scaled = [[amount * factor for amount in year] for year in before]
    other = year_chance(scaled, [amount * factor for amount in so_far], target * factor, up=True)
    down = year_chance(before, so_far, target, up=False)
    assert one.chance is not None
    assert down.chance is not None
    assert other.chance == pytest.approx(one.chance, abs=1e-6)
    assert one.chance + down.chance == pytest.approx(1, abs=1e-12)


@given(years, st.lists(amounts, min_size=1, max_size=3), st.floats(1, 1000), st.floats(1, 3))
def test_a_higher_target_is_never_easier(
    before: list[list[float]], so_far: list[float], target: float, times: float
) -> None:
    """Upwards, the chance falls as the target rises."""
    easier = year_chance(before, so_far, target, up=True).chance
    harder = year_chance(before, so_far, target * times, up=True).chance
    assert easier is not None
    assert harder is not None
    assert harder <= easier
