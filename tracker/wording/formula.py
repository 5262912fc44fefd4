"""Formulas with their numbers in: notation that reads the same in every language."""

from __future__ import annotations

from math import floor, log10

from tracker.model.number import settled

WHOLE, SHORT = 10, 7
"""A number with up to `WHOLE` significant digits stands whole in a formula, a longer one with `SHORT`."""
LARGEST, SMALLEST = 1e15, 1e-9


def exact(value: float | None) -> str:
    """Return a number as a formula needs it: whole where it is short, else seven significant digits.

    >>> exact(1171.21), exact(0.11607728589), exact(-10.11), exact(None)
    ('1,171.21', '0.1160773', '(−10.11)', '–')
    """
    if value is None:
        return "–"
    number = settled(value)
    size = abs(number)
    if size == 0:
        return "0"
    digits = WHOLE if float(f"{size:.{WHOLE}g}") == size else SHORT
    if size >= LARGEST or size < SMALLEST:
        text = f"{size:.{digits}g}"
    else:
        text = f"{size:,.{max(0, digits - 1 - floor(log10(size)))}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"(−{text})" if number < 0 else text


def listed(value: float) -> str:
    """Return a number in a list: a negative one needs no parentheses there.

    >>> listed(-10.11)
    '−10.11'
    """
    return exact(value).strip("()")


def percent(fraction: float | None) -> str:
    """Return a fraction in percent as a formula needs it.

    >>> percent(0.11607728589)
    '11.60773 %'
    """
    return "–" if fraction is None else f"{exact(fraction * 100)} %"


def grown(rate: float | None) -> str:
    """Return the factor of a growth rate.

    >>> grown(0.05), grown(-0.05)
    ('(1 + 5 %)', '(1 − 5 %)')
    """
    if rate is not None and rate < 0:
        return f"(1 − {percent(-rate)})"
    return f"(1 + {percent(rate)})"


def rate_of(start: float | None, end: float | None, units: float, *, compound: bool) -> str:
    """Return the formula of the growth from start to end over some units of time.

    >>> rate_of(40.5, 44, 2, compound=False), rate_of(2000, 2100, 1, compound=True)
    ('(44 − 40.5) / 2', '(2,100 / 2,000)^(1 / 1) − 1')
    """
    if compound:
        return f"({exact(end)} / {exact(start)})^(1 / {exact(units)}) − 1"
    return f"({exact(end)} − {exact(start)}) / {exact(units)}"


def carried_on(value: float | None, rate: float | None, units: float, *, compound: bool) -> str:
    """Return the formula of a value carried on at a growth.

    >>> carried_on(44, 1.75, 2, compound=False)
    '44 + 1.75 × 2'
    """
    if compound:
        return f"{exact(value)} × {grown(rate)}^{exact(units)}"
    return f"{exact(value)} + {exact(rate)} × {exact(units)}"


def chained(percents: list[float]) -> str:
    """Return the product of yearly rates (in %) as factors.

    >>> chained([7.5, -2])
    '(1 + 7.5 %) × (1 − 2 %)'
    """
    return " × ".join(grown(rate / 100) for rate in percents)
