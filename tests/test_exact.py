"""Year totals and chained rates against a slow version in exact fractions and 50 digits, over seeded random goals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, getcontext
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest

from tracker.assess import assess
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, View
from tracker.periods import parse_period

if TYPE_CHECKING:
    from tracker.assess.figures import Assessment

getcontext().prec = 50
ROUNDS = 300  # a few thousand were tried once; CI takes less


def exact(value: Fraction) -> Decimal:
    """Return a fraction to 50 digits."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def total(amounts: list[Fraction]) -> Fraction:
    """Return a sum."""
    return sum(amounts, Fraction(0))


def found(kind: str, goal: str, values: dict[str, Fraction], day: date) -> Assessment:
    """Return the assessment of a goal on a series of these values."""
    text = f'format = 1\n[series.x]\nkind = "{kind}"\n[[goals]]\nid = "x"\n{goal}\n'
    actuals = []
    for name, value in values.items():
        period = parse_period(name)
        assert period is not None
        actuals.append(Actual("x", period, float(value)))
    return assess(goals_in(text.encode(), "goals.toml").file, {"x": actuals}, View(day))[0]


def near(got: float | None, wanted: Decimal | None, size: float = 1e-9) -> None:
    """Check that a figure is the exact one, or that both are missing."""
    if wanted is None:
        assert got is None
    else:
        assert got == pytest.approx(float(wanted), rel=size, abs=size)


def student(u: Decimal) -> Decimal:
    """Return the distribution function of Student's t with 2 degrees of freedom."""
    return (1 + u / (2 + u * u).sqrt()) / 2


def chance_by_note(
    years: list[list[Fraction]], this: list[Fraction], target: Fraction, *, up: bool
) -> tuple[Decimal, Decimal]:
    """Return the chance and the middle of the year's total, written down from the note line by line."""
    m, f = len(this), len(years[0])
    so_far = total(this)
    sums = [(total(year[:m]), total(year[m:])) for year in years]
    a, b = sums[-1]
    g = exact(Fraction(so_far) / a).ln()
    devs = [
        exact(Fraction(rest) / old_rest).ln() - exact(Fraction(first) / old_first).ln()
        for (old_first, old_rest), (first, rest) in pairwise(sums)
    ]
    recent = sums[-3:]
    sigma = sum((Fraction(first) / (first + rest) for first, rest in recent), Fraction(0)) / len(recent)
    adj = exact(so_far * (1 - sigma) / sigma / b).ln() - g
    v = (20 * Decimal("0.019") ** 2 + sum((dev * dev for dev in devs), Decimal(0))) / (20 + len(devs))
    e = Decimal(m) / Decimal(f)
    s = v.sqrt() * (1 - e) ** Decimal("0.18") + Decimal("0.22") * abs(g)
    centre = Decimal("0.75") * g + Decimal("0.57") * adj
    middle = exact(Fraction(so_far)) + exact(Fraction(b)) * centre.exp()
    if target <= so_far:
        return Decimal(1 if up else 0), middle
    above = student((centre - exact((target - so_far) / b).ln()) / s)
    cut = min(max(above if up else 1 - above, Decimal("0.01")), Decimal("0.99"))
    return cut, middle


def test_year_totals_are_exact() -> None:
    """Sums, shares, rates, expected, time alone and the chance, of flows and of the same cumulated."""
    random = Random(20240131)  # noqa: S311  the same goals every time
    for _ in range(ROUNDS):
        f = random.choice([2, 4, 12])
        m, count, up = random.randint(1, f - 1), random.randint(1, 5), random.random() < 0.5
        scale = Fraction(10) ** random.randint(-3, 6)
        season = [random.randint(50, 200) for _ in range(f)]
        years = [[Fraction(random.randint(80, 120) * part, 100) * scale for part in season] for _ in range(count + 1)]
        this, before = years.pop()[:m], years
        target = total(before[-1]) * Fraction(random.randint(70, 140), 100)
        letter = {2: "S", 4: "Q", 12: ""}[f]
        kind = random.choice(["flow", "ytd"])
        values: dict[str, Fraction] = {}
        for number, amounts in enumerate([*before, this]):
            for k, amount in enumerate(amounts, 1):
                name = f"{2000 + number}-{letter}{k:02}" if f == 12 else f"{2000 + number}-{letter}{k}"
                values[name] = amount if kind == "flow" else total(amounts[:k])
        due = 2000 + count
        goal = f'target = {float(target)!r}\ndue = {due}\nmode = "at"\ndirection = "{"up" if up else "down"}"'
        one = found(kind, goal, values, date(due, 12, 30))
        so_far, same, rest = total(this), total(before[-1][:m]), total(before[-1][m:])
        recent = before[-3:]
        share = sum((total(year[:m]) / total(year) for year in recent), Fraction(0)) / len(recent)
        wanted, middle = chance_by_note(before, this, target, up=up)
        assert one.growth is not None
        assert one.projected is not None
        assert one.year is not None
        assert one.year.pro_rata is not None
        near(one.actual and one.actual.value, exact(so_far), 1e-11)
        near(one.progress, exact(so_far / target))
        near(one.expected, exact(share * target))
        near(one.pace, exact(so_far / (share * target)))
        near(one.growth.observed, exact(so_far / same - 1))
        near(one.growth.planned, exact(target / (same + rest) - 1))
        near(one.growth.required, exact((target - so_far) / rest - 1))
        near(one.year.pro_rata.expected, exact(target * m / f))
        near(one.year.pro_rata.pace, exact(so_far * f / (target * m)))
        near(one.projected.value, middle)
        near(one.chance, wanted, 1e-7)


def root(value: Fraction, count: int) -> Decimal:
    """Return a root to 50 digits."""
    return (exact(value).ln() / count).exp()


def test_chained_rates_are_exact() -> None:
    """The mean so far, what the years left need, and the status that follows from the two."""
    random = Random(20240229)  # noqa: S311  the same goals every time
    for _ in range(ROUNDS):
        length = random.randint(1, 8)
        done = random.randint(1, length)
        rates = [Fraction(random.randint(-60, 140), 10) for _ in range(done)]
        old = [Fraction(random.randint(-60, 140), 10) for _ in range(random.randint(0, 3))]
        target, slack, up = (
            Fraction(random.randint(-20, 120), 10),
            Fraction(random.randint(0, 8), 10),
            random.random() < 0.7,
        )
        base = 2000 + len(old)
        values = {str(2001 + k): each for k, each in enumerate([*old, *rates])}
        goal = f"target = {float(target)}\ntolerance = {float(slack)}\nbaseline = {base}\ndue = {base + length}\n"
        goal += f'direction = "{"up" if up else "down"}"'
        one = found("growth", goal, values, date(base + done + 1, 1, 31))
        product = Fraction(1)
        for each in rates:
            product *= 1 + each / 100
        mean = (root(product, done) - 1) * 100
        sign, left = (1 if up else -1), length - done

        def needed(rate: Fraction, product: Fraction = product, length: int = length, left: int = left) -> Decimal:
            return (root((1 + rate / 100) ** length / product, left) - 1) * 100

        assert one.growth is not None
        near(one.actual and one.actual.value, mean)
        near(one.gap, sign * (exact(target) - mean))
        near(one.growth.required, needed(target) if left else None)
        is_met = sign * (mean - exact(target)) + exact(slack) >= Decimal("-1e-12")
        if not left:
            status = "achieved" if is_met else "missed"
        elif len(values) < 2:
            status = "too-few"
        elif is_met:
            status = "on-track"
        else:
            enough = needed(target - sign * slack)
            last = [exact(each) for each in [*old, *rates][-3:]]
            status = "off-track" if all(sign * (enough - each) > Decimal("1e-11") for each in last) else "at-risk"
        assert one.status == status
