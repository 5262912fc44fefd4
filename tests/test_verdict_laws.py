"""Laws that hold for every published rule, whatever the values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.verdicts import Aim, Call, Verdict, Yearly, destatis, statcan
from tracker.verdicts.destatis import SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Callable

WORST_FIRST = (Call.OFF_TRACK, Call.AT_RISK, Call.ON_TRACK)
POSITIVE = st.floats(min_value=1, max_value=1000)
HISTORIES = st.lists(POSITIVE, min_size=4, max_size=9)


def yearly(values: list[float], first: int = 2010) -> list[Yearly]:
    """Return values as those of consecutive years."""
    return [Yearly(date(first + n, 12, 31), value) for n, value in enumerate(values)]


def by_statcan(values: list[float], target: float, *, up: bool, first: int = 2010) -> Verdict:
    """Return statcan's verdict on a target due in the year 15 years after the first."""
    return statcan(yearly(values, first), _aim(target, up=up, first=first), up=up)


def by_destatis(values: list[float], target: float, *, up: bool, first: int = 2010) -> Verdict:
    """Return the symbol on a target due in the year 15 years after the first."""
    return destatis(yearly(values, first), [_aim(target, up=up, first=first)])


def _aim(target: float, *, up: bool, first: int) -> Aim:
    return Aim(date(first + 15, 12, 31), target if up else None, None if up else target)


RULES = [by_statcan, by_destatis]


@pytest.mark.parametrize("rule", RULES)
@given(HISTORIES, POSITIVE, st.booleans(), st.sampled_from([0.25, 2.0, 1024.0]))
def test_the_unit_changes_nothing(
    rule: Callable[..., Verdict], values: list[float], target: float, up: bool, factor: float
) -> None:
    """Thousands or millions: label, ratio and score are the same. Powers of two, so that no value is rounded."""
    one = rule(values, target, up=up)
    other = rule([value * factor for value in values], target * factor, up=up)
    assert (one.label, one.score, one.call) == (other.label, other.score, other.call)
    assert one.ratio == pytest.approx(other.ratio, rel=1e-9) if one.ratio is not None else other.ratio is None


@pytest.mark.parametrize("rule", RULES)
@given(HISTORIES, POSITIVE, st.booleans(), st.integers(min_value=-200, max_value=200))
def test_whole_years_of_shift_change_nothing(
    rule: Callable[..., Verdict], values: list[float], target: float, up: bool, shift: int
) -> None:
    """The same history a century earlier gets the same verdict."""
    one, other = rule(values, target, up=up), rule(values, target, up=up, first=2010 + shift)
    assert (one.label, one.ratio, one.score) == (other.label, other.ratio, other.score)


@pytest.mark.parametrize("rule", RULES)
@given(HISTORIES, POSITIVE, st.booleans(), st.floats(min_value=0, max_value=100))
def test_a_better_latest_value_never_worsens_the_verdict(
    rule: Callable[..., Verdict], values: list[float], target: float, up: bool, better: float
) -> None:
    """A latest value that is nearer to the target, or further beyond it, is never called worse."""
    changed = [*values[:-1], values[-1] + (better if up else -better)]
    assume(changed[-1] > 0)
    one, other = rule(values, target, up=up), rule(changed, target, up=up)
    assume(one.call is not None and other.call is not None)
    assert one.call is not None
    assert other.call is not None
    assert WORST_FIRST.index(other.call) >= WORST_FIRST.index(one.call)


@given(HISTORIES, POSITIVE)
def test_up_and_down_mirror_each_other_in_destatis(values: list[float], target: float) -> None:
    """Values and target with their signs turned, and the other direction: the same symbol and ratio."""
    one = by_destatis(values, target, up=True)
    other = by_destatis([-value for value in values], -target, up=False)
    assert (one.label, one.ratio) == (other.label, other.ratio)


@given(HISTORIES, POSITIVE, st.booleans())
def test_a_symbol_is_one_of_four(values: list[float], target: float, up: bool) -> None:
    """From four years on there is always one."""
    assert by_destatis(values, target, up=up).label in SYMBOLS


@given(HISTORIES, st.booleans())
def test_the_score_goes_with_the_label_without_a_target(values: list[float], up: bool) -> None:
    """The published scores: substantial from 2.5, moderate from 0, limited from -2.5, deterioration below."""
    said = statcan(yearly(values), None, up=up)
    bounds = {"substantial_progress": 2.5, "moderate_progress": 0, "limited_progress": -2.5, "deterioration": -5}
    assert said.label is not None
    assert said.score is not None
    assert bounds[said.label] - 1e-9 <= said.score <= 5
