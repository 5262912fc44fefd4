"""The year's model: a year's total before the year is over, from the same part of the years before.

The formula is the one of the project's note "A year's total before the year is over".
"""

from __future__ import annotations

from itertools import pairwise
from math import isfinite, isnan, log, sqrt
from typing import TYPE_CHECKING

from tracker.chance.arithmetic import FLOATS, RANGE_POINT, number_or_none, student
from tracker.chance.fitted import YEAR
from tracker.errors import Say, say
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class YearAnswer(NamedTuple):
    """What a year that is still growing says about its total.

    `chance` is before the cut; with `certain` it is 0 or 1 and stays so: the target is already passed.
    `share` is the part of a year's total that the same periods brought in the years before, `growth` this
    year's sum over last year's same periods, less 1. `projected`, `low` and `high` are totals of the whole
    year, in the series' unit. Where the years before do not carry the model, all of these are None and
    `reason` says why.
    """

    chance: float | None
    certain: bool = False
    share: float | None = None
    growth: float | None = None
    projected: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Say | None = None


def year_chance_of_sums(
    before: Sequence[tuple[float, float]],
    so_far: float,
    gone: float,
    target: float | None,
    up: bool,  # noqa: FBT001
) -> YearAnswer:
    """Return the chance of a year's total from sums: cumulated series need no amounts per period.

    `before` has, for each full year up to last year, oldest first, the sum of its first periods (as many as
    this year has) and of its rest; `so_far` is this year's sum, `gone` the share of the year's periods in it.

    >>> answer = year_chance_of_sums([(20.0, 80.0), (22.0, 88.0)], 24.0, 0.25, 125.0, up=True)
    >>> round(answer.chance, 6), round(answer.share, 4)
    (0.093577, 0.2)
    >>> str(year_chance_of_sums([], 24.0, 0.25, 125.0, up=True).reason)
    'no full year before this one says how a year runs'
    """
    reason = _obstacle(before, so_far)
    if reason is not None:
        return YearAnswer(None, reason=reason)
    first, rest = before[-1]
    growth = log(so_far) - log(first)
    shares, rests = zip(*((a / (a + b), b / (a + b)) for a, b in before[-YEAR.years :]), strict=True)
    share = sum(shares) / len(shares)
    season = log(so_far) + log(sum(rests) / len(rests)) - log(share) - log(rest) - growth
    centre = YEAR.growth * growth + YEAR.season * season
    spread = _spread(before, gone, growth)
    chance, certain = _reached(target, so_far, rest, centre, spread, up=up)
    projected, low, high = (
        number_or_none(so_far + rest * FLOATS.exp(centre + point * spread))
        for point in (0.0, -RANGE_POINT, RANGE_POINT)
    )
    return YearAnswer(chance, certain, share, number_or_none(FLOATS.exp(growth) - 1.0), projected, low, high)


def _obstacle(before: Sequence[tuple[float, float]], so_far: float) -> Say | None:
    """Return why the model cannot be used, None where it can."""
    if not before:
        return say("no full year before this one says how a year runs")
    if not so_far > 0:
        return say("this year's sum so far is not above 0, so its growth has no rate")
    if not all(first > 0 for first, _ in before):
        return say("the same periods of a year before do not sum to more than 0, so growth has no rate")
    if not all(rest > 0 for _, rest in before):
        return say("the remaining periods of a year before do not sum to more than 0, so growth has no rate")
    if not (isfinite(so_far) and all(isfinite(a + b) and a / (a + b) > 0 and b / (a + b) > 0 for a, b in before)):
        return say("the sums of the years differ beyond what can be computed")
    return None


def _spread(before: Sequence[tuple[float, float]], gone: float, growth: float) -> float:
    """Return the spread of the rest's growth: how far rest and first part went apart before, and this year's growth."""
    apart = [
        (log(rest) - log(old_rest)) - (log(first) - log(old_first))
        for (old_first, old_rest), (first, rest) in pairwise(before)
    ]
    variance = (YEAR.counts * YEAR.spread**2 + sum(dev * dev for dev in apart)) / (YEAR.counts + len(apart))
    return float(sqrt(variance) * (1.0 - gone) ** YEAR.closing + YEAR.unusual * abs(growth))


def _reached(  # noqa: PLR0913  the quantities of one formula
    target: float | None, so_far: float, rest: float, centre: float, spread: float, *, up: bool
) -> tuple[float | None, bool]:
    """Return the chance, and whether it is certain because the sum so far has come to the target already."""
    if target is None or isnan(target):
        return None, False
    if target <= so_far:
        return (1.0 if up else 0.0), True
    above = student((centre - (log(target - so_far) - log(rest))) / spread)
    return (above if up else 1.0 - above), False
