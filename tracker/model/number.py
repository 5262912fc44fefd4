"""Numbers as tracker compares and writes them."""

from __future__ import annotations

from math import isfinite
from typing import overload


@overload
def settled(value: float) -> float: ...
@overload
def settled(value: None) -> None: ...
def settled(value: float | None) -> float | None:
    """Settle a computed number to 12 significant digits, so that 54.11 - 44 is 10.11 everywhere.

    >>> settled(54.11 - 44)
    10.11
    """
    return None if value is None else float(f"{value:.12g}") + 0.0


def finite(value: float | None) -> float | None:
    """Return a settled number, or None where there is none or it left the range of floats."""
    return None if value is None or not isfinite(value) else float(f"{value:.12g}") + 0.0


_NEAR = 1e-10
"""What is farther apart than this share of the two keeps its order when both are settled to 12 digits."""

FAR = 3 * _NEAR
"""What is farther from a number than this share of that number alone is farther apart than `_NEAR`, too."""


def at_least(one: float, other: float) -> bool:
    """Tell whether a settled number is not below another; to settle them costs ten times the comparison.

    >>> at_least(0.1 + 0.2, 0.3), at_least(0.3, 0.1 + 0.2), at_least(0.3, 0.31)
    (True, True, False)
    """
    if abs(one - other) > _NEAR * (abs(one) + abs(other)):
        return one > other
    return one == other or settled(one) >= settled(other)
