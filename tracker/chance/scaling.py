"""The scale a history is looked at: log odds of a share, logarithms, or values over their mean size."""

from collections.abc import Sequence
from enum import IntEnum
from functools import reduce

from tracker.chance.arithmetic import Arithmetic
from tracker.chance.question import Scale
from tracker.tuples import NamedTuple

_WHOLE = 100.0  # a share in % is bounded by it
_SMALLEST, _LARGEST = 1e-300, 1e300  # between them a ratio has all its digits, and a square
_LEAST = 5e-324  # the smallest number above 0
_FARTHEST = 700.0  # the exponential of what is farther from 0 may leave the range of floats


class Rule(IntEnum):
    """How values are scaled."""

    ODDS = 1
    LOG = 2
    LEVEL = 3


class Scaled(NamedTuple):
    """A history on its scale: the scaled values, the size they were divided by, and the rule."""

    values: list[float]
    size: float
    rule: Rule


def rule_of(values: Sequence[float], target: float, scale: Scale, xp: Arithmetic) -> float:
    """Return the number of the rule a history takes; `target` is not a number where only the range is asked.

    A target of 0 or, for a share, of 100 % can be reached, which no ratio allows: such a question is looked at
    on the level scale.
    """
    lowest = reduce(xp.minimum, values)
    highest = reduce(xp.maximum, values)
    inside = (scale is Scale.PERCENT) & (lowest > 0.0) & (highest < _WHOLE)
    level = (scale is Scale.LEVEL) | (lowest <= 0.0) | (target == 0.0) | (inside & (target == _WHOLE))
    return xp.where(level, Rule.LEVEL, xp.where(inside, Rule.ODDS, Rule.LOG))


def scaled(values: Sequence[float], rule: Rule, xp: Arithmetic) -> Scaled:
    """Return a history on the scale of a rule."""
    if rule is Rule.ODDS:
        return Scaled([log_ratio(value, _WHOLE - value, xp) for value in values], _WHOLE, rule)
    size = mean_size(values, xp)
    if rule is Rule.LOG:
        return Scaled([log_ratio(value, size, xp) for value in values], size, rule)
    return Scaled([value / size for value in values], size, rule)


def log_ratio(value: float, size: float, xp: Arithmetic) -> float:
    """Return the logarithm of a ratio of two positive numbers, also of one that floats cannot hold.

    >>> from tracker.chance.arithmetic import FLOATS
    >>> round(log_ratio(1e-300, 1e300, FLOATS), 6)
    -1381.551056
    """
    ratio = value / size
    is_held = (ratio > _SMALLEST) & (ratio < _LARGEST)
    if xp.all(is_held):
        return xp.log(ratio)
    # each logarithm by itself has fewer digits, so only where there is no other way
    return xp.where(is_held, xp.log(xp.where(is_held, ratio, 1.0)), xp.log(value) - xp.log(size))


def mean_size(values: Sequence[float], xp: Arithmetic) -> float:
    """Return the mean of the absolute values, 1 where that is 0."""
    sizes = [abs(value) for value in values]
    largest = reduce(xp.maximum, sizes)
    # over the largest first: a sum of very large values would overflow
    largest = xp.where(largest > 0.0, largest, 1.0)
    mean = largest * (sum(size / largest for size in sizes) / len(sizes))
    return xp.where(mean > 0.0, mean, 1.0)


def scaled_target(target: float, history: Scaled, xp: Arithmetic) -> float:
    """Return a target on the scale of a history; one that the scale excludes comes out at its very end."""
    if history.rule is Rule.ODDS:
        inside = xp.minimum(xp.maximum(target, _LEAST), _WHOLE * (1.0 - 2.0**-53))
        return log_ratio(inside, _WHOLE - inside, xp)
    if history.rule is Rule.LOG:
        return log_ratio(xp.maximum(target, _LEAST), history.size, xp)
    return xp.maximum(xp.minimum(target / history.size, _LARGEST), -_LARGEST)


def excluded(chance: float, target: float, up: bool, rule: Rule, xp: Arithmetic) -> float:  # noqa: FBT001
    """Return a chance, or what is certain about a target that the scale excludes.

    What stays positive is above any negative target; a share is never above 100 %.
    """
    if rule is Rule.LEVEL:
        return chance
    chance = xp.where(target < 0.0, xp.where(up, 1.0, 0.0), chance)
    if rule is Rule.LOG:
        return chance
    return xp.where(target > _WHOLE, xp.where(up, 0.0, 1.0), chance)


def unscaled(value: float, history: Scaled, xp: Arithmetic) -> float:
    """Return a value of the scale in the series' unit; infinite where it overflows."""
    if history.rule is Rule.ODDS:
        return _WHOLE / (1.0 + xp.exp(-value))
    if history.rule is Rule.LEVEL:
        return history.size * value
    is_held = abs(value) < _FARTHEST
    if xp.all(is_held):
        return history.size * xp.exp(value)
    return xp.where(is_held, history.size * xp.exp(value), xp.exp(value + xp.log(history.size)))
