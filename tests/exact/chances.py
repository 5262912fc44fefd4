"""The chance of reaching a target, after chance.md: the trend and the total, line by line."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from exact.digits import HUNDRED, ONE, ZERO, mean, power, student, student_quantile

LOG = (
    {"lam": ".937", "s0": ".117", "nu0": ".013", "c0": ".30", "c2": ".40", "tau": ".40"},
    (
        ("1.084", ".821", "1.27", ".990", "1.13", "-.60"),
        (".979", ".066", "1.37", ".953", "1.225", ".45"),
        (".441", ".113", "8.54", ".372", ".356", ".15"),
    ),
)
LEVEL = (
    {"lam": ".776", "s0": ".204", "nu0": ".018", "c0": ".638", "c2": ".103", "tau": ".511"},
    ((".900", ".958", "4.47", ".706", "1.70", "-.52"), (".463", ".024", "13.95", ".292", "-.165", ".52")),
)
TENTHS = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))


class Said(NamedTuple):
    """The chance that the value lies above a number (not cut), the three quantiles, whether it surely lies on it."""

    above: Decimal
    quantiles: tuple[Decimal, Decimal, Decimal]
    exactly: bool = False

    def chance(self, sign: int) -> Decimal:
        """Return the chance of meeting it upwards (+1) or downwards (−1); what lies exactly on it meets it."""
        return ONE if self.exactly else self.above if sign > 0 else 1 - self.above


class Part(NamedTuple):
    """One component's forecast: middle, spread, weight."""

    m: Decimal
    s: Decimal
    w: Decimal


@cache
def number(text: str) -> Decimal:
    """Return a parameter."""
    return Decimal(text)


def trend(times: list[Decimal], values: list[Decimal], target: Decimal, at: Decimal, scale: str) -> Said:
    """Return the chance of lying above a target; `scale` is percent, plain or level (ranks, differences)."""
    times, values = times[-40:], values[-40:]
    times = [each - times[0] for each in times]
    way = scale
    if way == "percent" and not all(0 < y < HUNDRED for y in values):
        way = "plain"
    if way == "plain" and not all(y > 0 for y in values):
        way = "level"
    if (way == "percent" and target in {ZERO, HUNDRED}) or (way == "plain" and target == 0):
        way = "level"
    c = mean([abs(y) for y in values]) or ONE
    if way == "percent":
        known = [(y / (HUNDRED - y)).ln() for y in values]
        x = (target / (HUNDRED - target)).ln() if 0 < target < HUNDRED else None
    elif way == "plain":
        known = [(y / c).ln() for y in values]
        x = (target / c).ln() if target > 0 else None
    else:
        known = [y / c for y in values]
        x = target / c
    found = parts(times, known, at, LEVEL if way == "level" else LOG)
    above = (ZERO if target > 0 else ONE) if x is None else sum((p.w * student((p.m - x) / p.s) for p in found), ZERO)
    low, median, high = (unscaled(way, c, quantile(found, p)) for p in TENTHS)
    return Said(above, (low, median, high))


def unscaled(way: str, c: Decimal, q: Decimal) -> Decimal:
    """Return a value of a scale in the series' unit."""
    if way == "percent":
        return HUNDRED / (1 + (-q).exp())
    return c * (q.exp() if way == "plain" else q)


def parts(
    times: list[Decimal], z: list[Decimal], at: Decimal, table: tuple[dict[str, str], tuple[tuple[str, ...], ...]]
) -> list[Part]:
    """Return the components' forecasts with their weights."""
    n = len(z)
    spacing = (times[-1] - times[0]) / (n - 1)
    steps = [(b - a) / spacing for a, b in pairwise(times)]
    h = (at - times[-1]) / spacing
    lam, s0, nu0, c0, c2, tau = (number(table[0][name]) for name in ("lam", "s0", "nu0", "c0", "c2", "tau"))
    found: list[tuple[Decimal, Decimal, Decimal]] = []
    for alpha, beta, kappa, phi, c1, lp in (tuple(map(number, row)) for row in table[1]):
        level, b, v0 = z[0], ZERO, nu0 * s0 * s0
        big_v, big_f, big_w = v0, v0, nu0
        for j, (after, step) in enumerate(zip(z[1:], steps, strict=True), 1):
            f = level + b * phi * (1 - power(phi, step)) / (1 - phi)
            e = after - f
            gamma = max(beta, 1 / (j + kappa))
            level = f + alpha * e
            b = power(phi, step) * b + gamma * e / step
            big_v = v0 + lam * (big_v - v0) + e * e / step
            big_w = nu0 + lam * (big_w - nu0) + 1
            big_f += e * e / step
        m = level + b * phi * (1 - power(phi, h)) / (1 - phi)
        s = (big_v / big_w).sqrt() * (c0 * power(h, c1) + c2 * h * h / n).sqrt()
        found.append((m, s, lp - tau * (n - 1) / 2 * (big_f / (nu0 + n - 1)).ln()))
    most = max(exponent for _, _, exponent in found)
    weights = [(exponent - most).exp() for _, _, exponent in found]
    return [Part(m, s, w / sum(weights)) for (m, s, _), w in zip(found, weights, strict=True)]


def quantile(found: list[Part], p: Decimal) -> Decimal:
    """Return what the mixture's distribution function gives p for, by bisection to 16 digits of the spread."""
    u = student_quantile(p)
    low, high = min(each.m + u * each.s for each in found), max(each.m + u * each.s for each in found)
    small = max(each.s for each in found) * Decimal("1e-17")
    while high - low > small:
        q = (low + high) / 2
        below = sum((each.w * student((q - each.m) / each.s) for each in found), ZERO)
        low, high = (q, high) if below < p else (low, q)
    return (low + high) / 2


def total(times: list[Decimal], values: list[Decimal], target: Decimal, at: Decimal) -> Said:
    """Return the chance that a running total reaches a target."""
    n = len(values)
    k = n - 1
    spacing = (times[-1] - times[0]) / k
    steps = [(b - a) / spacing for a, b in pairwise(times)]
    r = (at - times[-1]) / spacing
    mu = (values[-1] - values[0]) / k
    few = min(3, k)
    last = (values[-1] - values[n - 1 - few]) / sum(steps[-few:], ZERO)
    m = mu / 4 + last * 3 / 4
    dev = sum(((b - a - mu * step) ** 2 / step for (a, b), step in zip(pairwise(values), steps, strict=True)), ZERO)
    s = (((mu / 10) ** 2 + dev) / k * (power(r, Decimal("1.5")) + r * r / k)).sqrt()
    middle = values[-1] + r * m
    above = (ONE if middle >= target else ZERO) if s == 0 else student((middle - target) / s)
    low, median, high = (middle + student_quantile(p) * s for p in TENTHS)
    return Said(above, (low, median, high), exactly=s == 0 and middle == target)


def mirrored(times: list[Decimal], values: list[Decimal], target: Decimal, at: Decimal) -> Said:
    """Return the same for a series that comes down: its fall from the first value is a running total."""
    start = values[0]
    fall = total(times, [start - y for y in values], start - target, at)
    low, median, high = fall.quantiles
    return Said(1 - fall.above, (start - high, start - median, start - low), fall.exactly)


def is_total(kind: str, values: list[Decimal]) -> bool:
    """Tell whether the history is a running total from zero."""
    return kind == "total" or (values[0] == 0 and all(a <= b for a, b in pairwise(values)))


def is_falling(values: list[Decimal]) -> bool:
    """Tell whether the history never rises."""
    return all(a >= b for a, b in pairwise(values))
