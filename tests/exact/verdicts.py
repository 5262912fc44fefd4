"""Other published verdicts, after official.md: pace, statcan and destatis on yearly values."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from exact.digits import ONE, power

if TYPE_CHECKING:
    from exact.cases import Case
    from exact.world import Point

MAPPED = {
    "substantial_progress": "on-track", "moderate_progress": "at-risk", "limited_progress": "off-track",
    "deterioration": "off-track", "sun": "on-track", "cloudy": "on-track", "cloud": "at-risk",
    "thunderstorm": "off-track", "not_available": "too-few",
}  # fmt: skip
NEARLY_NONE = Decimal("0.001")


class Verdict(NamedTuple):
    """A label of the method's own, its ratio, its score."""

    label: str | None
    ratio: Decimal | None = None
    score: Decimal | None = None


NOT_AVAILABLE = Verdict("not_available")


def pace_status(pace: Decimal | None) -> str:
    """Return the status of the rule of pace."""
    if pace is None:
        return "too-few"
    return "on-track" if pace >= Decimal("0.95") else "at-risk" if pace >= Decimal("0.6") else "off-track"


def statcan(one: Case, points: list[Point]) -> Verdict:
    """Return the verdict of Statistics Canada and Open SDG on yearly points with a target."""
    target = one.aim.value
    if not points:
        return NOT_AVAILABLE
    if target is None:
        return NOT_AVAILABLE if "target" in one.goal else without_target(one, points)
    d, last = one.sign, points[-1]
    met = d * (last.value - target) >= 0 or (target == 0 and d * (last.value - NEARLY_NONE) >= 0)
    start = one.start.end if one.start and "baseline" in one.goal else points[0].on
    base = next((each for each in points if each.on >= start), None)
    if base is None or base.on >= last.on:
        return Verdict("target_achieved", None, Decimal(5)) if met else NOT_AVAILABLE
    y0, yt = base.value or NEARLY_NONE, last.value
    aim = target or NEARLY_NONE
    span, due = Decimal(last.on.year - base.on.year), Decimal(one.due.end.year - base.on.year)
    ratio = None
    if y0 * yt >= 0 and y0 * aim > 0 and aim != y0 and due > 0:
        observed, required = power(yt / y0, 1 / span) - 1, power(aim / y0, 1 / due) - 1
        ratio = (-1 if y0 < 0 else 1) * d * observed / abs(required)
    if met:
        return Verdict("target_achieved", ratio, Decimal(5))
    if ratio is None:
        return NOT_AVAILABLE
    label = "deterioration"
    for bound, name in (("0", "limited_progress"), ("0.6", "moderate_progress"), ("0.95", "substantial_progress")):
        label = name if ratio >= Decimal(bound) else label
    score = min(Decimal("7.1429") * ratio - Decimal("4.2857"), Decimal(5))
    if ratio < Decimal("0.6"):
        score = max(Decimal("4.1667") * ratio - Decimal("2.5"), Decimal(-5))
    return Verdict(label, ratio, score)


def without_target(one: Case, points: list[Point]) -> Verdict:
    """Return statcan's verdict on the yearly rate alone, against 1.5 %, 0.5 % and 0 %, less near a natural limit."""
    last = points[-1]
    start = one.start.end if one.start and "baseline" in one.goal else points[0].on
    base = next((each for each in points if each.on >= start), None)
    if base is None or base.on >= last.on:
        return NOT_AVAILABLE
    y0 = base.value or NEARLY_NONE
    if y0 * last.value < 0:
        return NOT_AVAILABLE
    p = (-1 if y0 < 0 else 1) * one.sign * (power(last.value / y0, ONE / (last.on.year - base.on.year)) - 1)
    c = nearness(abs(base.value), one.goal.get("limit"))
    if p < 0:
        return Verdict("deterioration", p, max(125 * p - Decimal("2.5"), Decimal(-5)))
    if c == 0:
        return Verdict("substantial_progress", p, Decimal(5))
    if p >= Decimal("0.015") * c:
        return Verdict("substantial_progress", p, min(500 * p / c - 5, Decimal(5)))
    if p >= Decimal("0.005") * c:
        return Verdict("moderate_progress", p, 250 * p / c - Decimal("1.25"))
    return Verdict("limited_progress", p, 500 * p / c - Decimal("2.5"))


def nearness(b: Decimal, limit: str | None) -> Decimal:
    """Return what the thresholds are multiplied by: 1 far from a natural limit, 0 at it."""
    if limit is None:
        return ONE
    far = abs(Decimal(limit))
    if b >= 2 * far:
        return ONE
    near = b if b <= far else 2 * far - b
    return 1 - power(near / far, Decimal("4.44")) if near else ONE


def destatis(one: Case, points: list[Point]) -> Verdict:
    """Return Germany's weather symbol on yearly points with a target."""
    target = one.aim.value
    if target is None or len(points) < 4:
        return NOT_AVAILABLE
    used = points[-6:]
    d, last = one.sign, used[-1]
    a = (last.value - used[0].value) / (last.on.year - used[0].on.year)
    met, adverse = d * (last.value - target) >= 0, d * a < 0
    if one.mode == "keep":
        if met:
            return Verdict("cloudy" if adverse else "sun")
        return Verdict("thunderstorm" if adverse else "cloud")
    if met:
        return Verdict("cloudy" if adverse else "sun")
    projected = last.value + a * max(one.due.end.year - last.on.year, 0)
    ratio = d * (target - projected) / abs(target - last.value)
    if d * a <= 0:
        return Verdict("thunderstorm", ratio)
    return Verdict("sun" if ratio < Decimal("0.05") else "cloudy" if ratio <= Decimal("0.2") else "cloud", ratio)
