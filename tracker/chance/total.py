"""The model of running totals: a history that starts from zero with the work and only grows."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.chance.arithmetic import RANGE_POINT, Raw, student
from tracker.chance.fitted import TOTAL
from tracker.chance.scaling import mean_size
from tracker.chance.trend import spacing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.chance.arithmetic import Arithmetic, Asked

_FARTHEST = 1e300


class Shape(StrEnum):
    """How a history is a running total: as it is, or in what it has come down by."""

    PLAIN = "plain"
    MIRRORED = "mirrored"


def total_applies(values: Sequence[float], *, target: float | None, up: bool) -> Shape | None:
    """Return how a history is a running total whatever its kind says; None where it is not.

    >>> total_applies([0, 10, 18], target=100, up=True)
    <Shape.PLAIN: 'plain'>
    >>> total_applies([8, 6, 2], target=0, up=False)
    <Shape.MIRRORED: 'mirrored'>
    >>> total_applies([8, 6, 2], target=1, up=False) is None
    True
    """
    if values[0] == 0 and all(later >= earlier for earlier, later in pairwise(values)):
        return Shape.PLAIN
    if target == 0 and not up and all(later <= earlier for earlier, later in pairwise(values)):
        return Shape.MIRRORED
    return None


def total(asked: Asked, xp: Arithmetic, *, mirrored: bool, ranges: bool) -> Raw:
    """Return the chance of a target and the range at due, for a running total.

    A mirrored history is looked at as what it has come down by, and so is its target. Neither chance nor range
    is a number where it was not asked for.
    """
    values, target = asked.values, asked.target
    start = values[0] if mirrored else 0.0
    flip = -1.0 if mirrored else 1.0
    size = mean_size(values, xp)
    steps = [(flip * (value - start)) / size for value in values]
    centre, spread = _carried_on(steps, *spacing(asked.times, asked.due), xp)
    wanted = xp.maximum(xp.minimum(flip * (target - start) / size, _FARTHEST), -_FARTHEST)
    ahead = xp.where(asked.up, flip, -flip) * (centre - wanted)
    # a history without any increment has no spread: it meets the target or it does not
    safe = xp.where(spread > 0.0, spread, 1.0)
    chance = xp.where(spread > 0.0, student(ahead / safe, xp), xp.where(ahead >= 0.0, 1.0, 0.0))
    chance = xp.where(target == target, chance, float("nan"))  # noqa: PLR0124
    if not ranges:
        return Raw(chance)
    points = (-flip * RANGE_POINT, 0.0, flip * RANGE_POINT)
    return Raw(chance, *(start + flip * (size * (centre + point * spread)) for point in points))


def _carried_on(steps: list[float], gaps: list[float], horizon: float, xp: Arithmetic) -> tuple[float, float]:
    """Return centre and spread of a running total at its horizon (in mean spacings)."""
    k = len(gaps)
    mean = (steps[-1] - steps[0]) / k
    last = min(TOTAL.increments, k)
    recent = (steps[-1] - steps[-1 - last]) / sum(gaps[-last:])
    rate = TOTAL.mean * mean + TOTAL.recent * recent
    uneven = 0.0
    for (before, after), gap in zip(pairwise(steps), gaps, strict=True):
        off = (after - before) - mean * gap
        uneven = uneven + off * off / gap
    floor = TOTAL.floor * mean
    widening = horizon * xp.sqrt(horizon) + horizon * horizon / k
    return steps[-1] + horizon * rate, xp.sqrt((floor * floor + uneven) / k * widening)
