"""Numbers to 50 digits, and how they are settled."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, getcontext

getcontext().prec = 50
getcontext().Emax = 999_999_999
getcontext().Emin = -999_999_999

ZERO, ONE, TWO, HUNDRED = Decimal(0), Decimal(1), Decimal(2), Decimal(100)
LARGEST = Decimal("1.7976931348623157e308")
_TWELVE = Context(prec=12, rounding=ROUND_HALF_EVEN, Emax=999_999_999, Emin=-999_999_999)


def settle(value: Decimal) -> Decimal:
    """Return a number to 12 significant digits."""
    return _TWELVE.plus(value)


def shown(value: Decimal | None) -> Decimal | None:
    """Return a computed figure as it is written: settled, and none where it left the range of floats."""
    return None if value is None or abs(value) > LARGEST else settle(value)


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """Return a positive number to a power."""
    return ONE if exponent == 0 else base**exponent


def student(u: Decimal) -> Decimal:
    """Return the distribution function of Student's t with 2 degrees of freedom."""
    return (1 + u / (2 + u * u).sqrt()) / 2


def student_quantile(p: Decimal) -> Decimal:
    """Return what `student` gives p for: with v = 2p − 1, u²/(2 + u²) = v²."""
    v = 2 * p - 1
    return v * (TWO / (1 - v * v)).sqrt()


def mean(values: list[Decimal]) -> Decimal:
    """Return the mean."""
    return sum(values, ZERO) / len(values)


def cut(chance: Decimal) -> Decimal:
    """Return a chance between 0.01 and 0.99."""
    return min(max(chance, Decimal("0.01")), Decimal("0.99"))
