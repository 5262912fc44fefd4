"""The few functions the formulas need, so that one text of each formula serves a goal and a column of goals.

The formulas are typed on `float`. Given numpy as their arithmetic they run unchanged on columns (arrays with
one number for each goal): every operation they use works element by element.
"""

import math
from collections.abc import Sequence
from typing import Protocol

from tracker.tuples import NamedTuple

RANGE_POINT = 4 / 3 * math.sqrt(2)
"""The 90 % quantile of Student's t with 2 degrees of freedom: u/sqrt(2 + u**2) = 0.8."""

_FAR = 1e150  # a square beyond it overflows; the distribution is flat long before


class Arithmetic(Protocol):
    """Functions on a number, or on a column of them; numpy is one."""

    def exp(self, x: float, /) -> float:
        """Return e to the x; infinite where that overflows."""

    def log(self, x: float, /) -> float:
        """Return the natural logarithm of a positive number."""

    def sqrt(self, x: float, /) -> float:
        """Return the square root."""

    def maximum(self, a: float, b: float, /) -> float:
        """Return the greater of two."""

    def minimum(self, a: float, b: float, /) -> float:
        """Return the smaller of two."""

    def where(self, condition: bool, a: float, b: float, /) -> float:  # noqa: FBT001  numpy's own signature
        """Return a where the condition holds, else b."""

    def all(self, condition: bool, /) -> bool:  # noqa: FBT001  numpy's own signature
        """Tell whether the condition holds for every one."""


class _Floats:
    log = staticmethod(math.log)
    sqrt = staticmethod(math.sqrt)

    @staticmethod
    def exp(x: float, /) -> float:
        try:
            return math.exp(x)
        except OverflowError:
            return math.inf

    @staticmethod
    def maximum(a: float, b: float, /) -> float:
        return a if a >= b else b  # noqa: FURB136  three times as fast as max()

    @staticmethod
    def minimum(a: float, b: float, /) -> float:
        return a if a <= b else b  # noqa: FURB136  three times as fast as min()

    @staticmethod
    def where(condition: bool, a: float, b: float, /) -> float:  # noqa: FBT001  numpy's own signature
        return a if condition else b

    @staticmethod
    def all(condition: bool, /) -> bool:  # noqa: FBT001  numpy's own signature
        return condition


FLOATS: Arithmetic = _Floats()


def student(u: float, xp: Arithmetic = FLOATS) -> float:
    """Return the distribution function of Student's t with 2 degrees of freedom.

    >>> student(0.0), round(student(RANGE_POINT), 12)
    (0.5, 0.9)
    """
    u = xp.maximum(xp.minimum(u, _FAR), -_FAR)
    return 0.5 * (1.0 + u / xp.sqrt(2.0 + u * u))


def number_or_none(number: float) -> float | None:
    """Return a number, or None where it is infinite or not a number.

    >>> number_or_none(math.inf) is None
    True
    """
    return number if math.isfinite(number) else None


class Asked(NamedTuple):
    """A question to a model, as floats or as columns; see `Question` for what each means.

    `target` is not a number where only the range is asked.
    """

    times: Sequence[float]
    values: Sequence[float]
    due: float
    target: float
    up: bool


class Raw(NamedTuple):
    """What a model computes, as floats or as columns; not a number where it was not asked for."""

    chance: float
    low: float = math.nan
    median: float = math.nan
    high: float = math.nan
