"""Numbers for people: rounded to be read, never so that they say more than is true."""

from math import floor, log10

from tracker.tuples import NamedTuple


class Amount(NamedTuple):
    """A value with its unit, such as 2,000 亿元."""

    value: float
    unit: str | None
    apart: float | None = None
    """Another value that this one must not look equal to unless it is."""


class Exact(NamedTuple):
    """A value as somebody recorded or assumed it, every digit of it, with its unit."""

    value: float
    unit: str | None


class Points(NamedTuple):
    """A difference of two values: percentage points where the unit is %."""

    value: float
    unit: str | None


class Rate(NamedTuple):
    """A growth rate in one of the units of `Growth.unit`; `to` makes it an arrow, `value` → `to`."""

    value: float | None
    unit: str
    to: float | None = None
    arrow: bool = False


class Share(NamedTuple):
    """A fraction shown in percent; it reads 0 or 100 only where it is."""

    value: float
    decimals: int = 1


class Likelihood(NamedTuple):
    """A chance: whole percents, at most and at least where it was cut."""

    value: float


SMALLEST_PLAIN = 1e-6
LARGEST_PLAIN = 1e15
DECIMALS, SIGNIFICANT = 2, 4
_MOST_DECIMALS = 24
"""A number of 17 digits that is not below 1e-6 has fewer."""


def number(value: float, decimals: int | None = None) -> str:
    """Return a number with thousands separators, without trailing zeros.

    It keeps two decimals and at least four significant digits, unless it is told how many decimals; so what is
    not 0 never reads 0.

    >>> number(1171.21), number(1.195), number(2000.0), number(0.03125), number(0)
    ('1,171.21', '1.195', '2,000', '0.03125', '0')
    """
    size = abs(value)
    if size == 0:
        return "0"
    if size < SMALLEST_PLAIN or size >= LARGEST_PLAIN:
        return f"{value:.4g}"
    if decimals is None:
        decimals = max(DECIMALS, SIGNIFICANT - 1 - floor(log10(size)))
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: float) -> str:
    """Return a number with thousands separators and every digit that it was written with.

    >>> exact(2099.996), exact(2000.0), exact(0.1), exact(1e-9)
    ('2,099.996', '2,000', '0.1', '1e-09')
    """
    if value == 0 or not SMALLEST_PLAIN <= abs(value) < LARGEST_PLAIN:
        return "0" if value == 0 else repr(value)
    texts = (f"{value:,.{decimals}f}" for decimals in range(_MOST_DECIMALS))
    return next((text for text in texts if float(text.replace(",", "")) == value), repr(value))


def apart(value: float, other: float | None) -> str:
    """Return a number with as many decimals as it needs not to look equal to another.

    >>> apart(1999.999, 2000)
    '1,999.999'
    """
    text = number(value)
    if other is None or value == other:
        return text
    for decimals in range(DECIMALS, 13):
        text = number(value, decimals)
        if text != number(other, decimals):
            break
    return text


def percents(value: float, decimals: int = 1) -> str:
    """Return a fraction in percent, without the sign; it never rounds to 0 or 100.

    >>> percents(0.9996), percents(0.21875), percents(1.0), percents(0.0001)
    ('99.9', '21.9', '100', '0.1')
    """
    scaled = value * 100
    step = 10.0**-decimals
    rounded = round(scaled, decimals)
    if rounded == 100 and scaled < 100:  # noqa: PLR2004  the whole of it
        rounded = 100 - step
    elif rounded == 0 and scaled != 0:
        rounded = step if scaled > 0 else -step
    return number(rounded, decimals)


def whole_percents(chance: float) -> str:
    """Return a chance in whole percents; what was cut to 0.01 or 0.99 says so.

    >>> whole_percents(0.539), whole_percents(0.01), whole_percents(0.99)
    ('54', '≤ 1', '≥ 99')
    """
    if chance <= 0.01:  # noqa: PLR2004  where chances are cut
        return "≤ 1" if chance > 0 else "0"
    if chance >= 0.99:  # noqa: PLR2004  where chances are cut
        return "≥ 99" if chance < 1 else "100"
    return f"{round(chance * 100)}"
