"""The trend model: damped-trend filters with fixed parameters, mixed by how well each has followed the history.

The formula is the one of the project's note "The chance of reaching a target"; it runs on floats for one
goal and on numpy columns for many.
"""

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from math import log

from tracker.chance.arithmetic import RANGE_POINT, Arithmetic, Asked, Raw, student
from tracker.chance.fitted import LEVEL, LOG, Component, Fitted
from tracker.chance.scaling import Rule, excluded, scaled, scaled_target, unscaled
from tracker.tuples import NamedTuple

_STEPS = 80  # at most; a handful is usual
_RESOLVED = 1e-16  # of the numbers themselves: nearer than that floats do not come


class Spacing(NamedTuple):
    """The times of a history in its own unit, the mean spacing: the gaps between actuals, and the horizon."""

    gaps: list[float]
    horizon: float


class Mixture(NamedTuple):
    """Student-t distributions (2 degrees of freedom) of the value at due: weight, centre and spread of each."""

    weights: list[float]
    centres: list[float]
    spreads: list[float]


def spacing(times: Sequence[float], due: float) -> Spacing:
    """Return gaps and horizon of actuals at `times` (years, oldest first) for a due on the same clock.

    >>> spacing([0.0, 1.0, 3.0], 6.0)
    Spacing(gaps=[0.6666666666666666, 1.3333333333333333], horizon=2.0)
    """
    mean = (times[-1] - times[0]) / (len(times) - 1)
    gaps = [(later - earlier) / mean for earlier, later in pairwise(times)]
    return Spacing(gaps, (due - times[-1]) / mean)


def _followed(
    values: list[float], times: Spacing, part: Component, fitted: Fitted, xp: Arithmetic
) -> tuple[float, ...]:
    """Return one filter's centre at due, the variance of its errors (not yet over their count), and their sum."""
    level, slope = values[0], 0.0
    first = fitted.nu0 * fitted.s0 * fitted.s0
    recent, everything = 0.0, first
    log_phi, carry = log(part.phi), part.phi / (1.0 - part.phi)
    for j, (gap, value) in enumerate(zip(times.gaps, values[1:], strict=True), 1):
        kept = xp.exp(gap * log_phi)
        forecast = level + slope * (carry * (1.0 - kept))
        error = value - forecast
        per_gap = error / gap
        level = forecast + part.alpha * error
        slope = kept * slope + max(part.beta, 1.0 / (j + part.kappa)) * per_gap
        squared = error * per_gap
        recent = fitted.forgets * recent + squared
        everything = everything + squared
    centre = level + slope * (carry * (1.0 - xp.exp(times.horizon * log_phi)))
    return centre, first + recent, everything


def mixture(values: list[float], times: Spacing, fitted: Fitted, xp: Arithmetic) -> Mixture:
    """Return the distribution of the scaled value at due."""
    n = len(values)
    counted = fitted.nu0 + sum(fitted.forgets**j for j in range(n - 1))
    log_horizon = xp.log(times.horizon)
    short = fitted.c2 * (times.horizon * times.horizon) / n
    centres, spreads, exponents = [], [], []
    for part in fitted.components:
        centre, variance, errors = _followed(values, times, part, fitted, xp)
        widening = fitted.c0 * xp.exp(part.c1 * log_horizon) + short
        centres.append(centre)
        spreads.append(xp.sqrt(variance / counted * widening))
        exponents.append(part.lp - fitted.tau * (n - 1) / 2.0 * xp.log(errors / (fitted.nu0 + n - 1)))
    largest = reduce(xp.maximum, exponents)
    shares = [xp.exp(exponent - largest) for exponent in exponents]
    whole = sum(shares)
    return Mixture([share / whole for share in shares], centres, spreads)


def reached(mix: Mixture, target: float, sign: float, xp: Arithmetic) -> float:
    """Return the chance of a value at least `target` (sign +1) or at most `target` (sign -1), both scaled."""
    parts = zip(mix.weights, mix.centres, mix.spreads, strict=True)
    whole = sum(weight * student(sign * (centre - target) / spread, xp) for weight, centre, spread in parts)
    return xp.minimum(whole, 1.0)  # the rounded weights may add to a little more


def quantile(mix: Mixture, point: float, xp: Arithmetic) -> float:
    """Return the scaled value below which the distribution holds what one component holds below `point` spreads.

    The mixture's quantile lies between the least and the greatest of the components' own, which are known. Newton's
    steps lead to it, and a halving of that bracket wherever such a step would leave it or gain too little.
    """
    own = [centre + point * spread for centre, spread in zip(mix.centres, mix.spreads, strict=True)]
    low, high = reduce(xp.minimum, own), reduce(xp.maximum, own)
    # the distribution function is 1/2 + 1/2 of the sum below, so the sum is compared with 2p - 1
    wanted = point / (2.0 + point * point) ** 0.5
    parts = [
        (weight, centre, 1.0 / spread)
        for weight, centre, spread in zip(mix.weights, mix.centres, mix.spreads, strict=True)
    ]
    place = low + (high - low) * 0.5
    moved = high - low
    for _ in range(_STEPS):
        held = slope = 0.0
        for weight, centre, inverse in parts:
            u = (place - centre) * inverse
            square = 2.0 + u * u
            share = weight / xp.sqrt(square)
            held = held + share * u
            slope = slope + share * inverse * 2.0 / square
        short = wanted - held
        low, high = xp.where(short > 0, place, low), xp.where(short > 0, high, place)
        newton = place + short / slope
        nearing = (newton >= low) & (newton <= high) & (abs(newton - place) <= 0.5 * moved)
        following = xp.where(nearing, newton, low + (high - low) * 0.5)
        moved = abs(following - place)
        place = following
        if xp.all(moved <= _RESOLVED * (abs(low) + abs(high))):
            break
    return place


def trend(asked: Asked, rule: Rule, xp: Arithmetic, *, ranges: bool) -> Raw:
    """Return the chance of a target and the range at due, for a history that takes `rule`.

    Neither is a number where it was not asked for.
    """
    target, up = asked.target, asked.up
    history = scaled(asked.values, rule, xp)
    mix = mixture(history.values, spacing(asked.times, asked.due), LEVEL if rule is Rule.LEVEL else LOG, xp)
    chance = reached(mix, scaled_target(target, history, xp), xp.where(up, 1.0, -1.0), xp)
    chance = xp.where(target == target, excluded(chance, target, up, rule, xp), float("nan"))  # noqa: PLR0124
    if not ranges:
        return Raw(chance)
    low, median, high = (unscaled(quantile(mix, point, xp), history, xp) for point in (-RANGE_POINT, 0.0, RANGE_POINT))
    return Raw(chance, low, median, high)
