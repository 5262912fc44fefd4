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
    return None if value is None or not isfinite(value) else settled(value)
