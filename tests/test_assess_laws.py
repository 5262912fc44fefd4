"""What must hold of every assessment, whatever the figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.assess import assess
from tracker.assess.figures import BEST_FIRST, Assessment
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, View
from tracker.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("level", "total", "flow", "ratio")
RATED = ("gap", "progress", "required")


def assessed(kind: str, goal: str, values: Sequence[float], first: int = 2000) -> Assessment:
    """Return the assessment of a goal on yearly actuals from a year on, seen a month after the last."""
    text = f'format = 1\n[series.x]\nkind = "{kind}"\n[[goals]]\nid = "x"\nname = "x"\n{goal}\n'
    file = goals_in(text.encode(), "goals.toml").file
    actuals = []
    for year, value in enumerate(values, first):
        period = parse_period(f"{year:04}")
        assert period is not None
        actuals.append(Actual("x", period, value))
    return assess(file, {"x": actuals}, View(date(first + len(values), 1, 31)))[0]


numbers = st.integers(1, 4000).map(lambda n: n / 8)  # exact in binary, so that a shift or a scale is exact too
histories = st.lists(numbers, min_size=2, max_size=12)
directions = st.sampled_from(["up", "down"])


def close(one: float | None, other: float | None) -> bool:
    """Tell whether two figures are the same but for rounding."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


@given(st.sampled_from(KINDS), histories, numbers, directions, st.sampled_from([2.0, 0.25, 1024.0]))
def test_another_unit_changes_no_rate_and_no_status(
    kind: str, values: list[float], target: float, direction: str, scale: float
) -> None:
    """Kilometres or metres: progress, pace, compound rates, the chance and the status are the same."""
    due = 2000 + len(values) + 3

    def one(size: float) -> Assessment:
        goal = f'target = {target * size}\ndue = {due}\ndirection = "{direction}"\nbaseline = 2000'
        return assessed(kind, goal, [value * size for value in values])

    before, after = one(1.0), one(scale)
    assert before.status is after.status
    assert before.achieved_on == after.achieved_on
    for name in ("progress", "elapsed", "pace", "chance"):
        assert close(getattr(before, name), getattr(after, name)), name
    assert before.growth is not None
    assert after.growth is not None
    if before.growth.compound:
        assert close(before.growth.observed, after.growth.observed)
        assert close(before.growth.required, after.growth.required)
    assert before.gap is not None
    assert close(before.gap * scale, after.gap)


@given(st.sampled_from(KINDS), histories, numbers, directions, st.integers(-1900, 7000))
def test_whole_years_earlier_or_later_change_nothing(
    kind: str, values: list[float], target: float, direction: str, shift: int
) -> None:
    """Yearly actuals stand on anniversaries, leap years or not."""

    def one(first: int) -> Assessment:
        due = first + len(values) + 3
        goal = f'target = {target}\ndue = "{due:04}"\ndirection = "{direction}"\nbaseline = "{first:04}"'
        return assessed(kind, goal, values, first)

    before, after = one(2000), one(2000 + shift)
    assert before.status is after.status
    for name in ("gap", "progress", "elapsed", "expected", "ahead", "pace", "chance"):
        assert getattr(before, name) == getattr(after, name), name
    assert before.growth == after.growth


@given(st.sampled_from(KINDS), histories, numbers, numbers, directions)
def test_a_better_latest_actual_never_worsens(
    kind: str, values: list[float], target: float, more: float, direction: str
) -> None:
    """There is less to go, more progress, and no more growth required."""
    sign = 1 if direction == "up" else -1
    better = [*values[:-1], values[-1] + sign * more]
    assume(better[-1] > 0)
    assume(sign * (target - values[0]) > 0)
    goal = f'target = {target}\ndue = {2000 + len(values) + 3}\ndirection = "{direction}"\nbaseline = 2000'
    before, after = assessed(kind, goal, values), assessed(kind, goal, better)
    assert before.gap is not None
    assert after.gap is not None
    assert after.gap <= before.gap
    assert before.progress is not None
    assert after.progress is not None
    assert after.progress >= before.progress
    one, other = before.growth, after.growth
    assert one is not None
    assert other is not None
    assert one.required is not None
    assert other.required is not None
    assert sign * (other.required - one.required) <= 0


@given(histories, numbers, st.sampled_from(["by", "at", "keep"]), st.integers(-3, 5))
def test_only_what_looks_ahead_has_a_chance(values: list[float], target: float, mode: str, ahead: int) -> None:
    """What is decided, awaited or too little known has none; a chance is between .01 and .99."""
    due = max(2000 + len(values) + ahead, 2001)
    one = assessed("level", f'target = {target}\ndue = {due}\nmode = "{mode}"', values)
    assert one.status in BEST_FIRST
    if one.status.value not in {"on-track", "at-risk", "off-track"}:
        assert (one.chance, one.model) == (None, None)
    elif mode != "keep":
        assert one.chance is not None
        assert 0.01 <= one.chance <= 0.99
        expected = "on-track" if one.chance >= 2 / 3 else "off-track" if one.chance < 1 / 3 else "at-risk"
        assert one.status.value == expected
