"""The progress measure of Statistics Canada and Open SDG: the compound rate there was over the one required.

Source: Open SDG documentation, "Progress measure: methodology"; Statistics Canada, Canadian Indicator Framework,
methodology page. The ratio follows Eurostat's.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from tracker.errors import Say, say
from tracker.model.number import settled
from tracker.periods import years
from tracker.verdicts.verdict import Call, Rates, Verdict, Yearly, unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.verdicts.verdict import Aim

INSTEAD_OF_ZERO = 0.001
"""What a target or a base of 0 is replaced by: no compound rate leads to 0 or away from it."""
WITH_TARGET = (0.95, 0.60, 0.0)
"""The lower bounds of substantial, moderate and limited progress for the ratio."""
WITHOUT_TARGET = (0.015, 0.005, 0.0)
"""The same for the signed rate where there is no target; the first two shrink near a limit."""
STEEPNESS = 4.44
"""How fast the thresholds shrink near a natural limit."""
BEST, WORST = 5.0, -5.0

ACHIEVED = "target_achieved"
LABELS = ("substantial_progress", "moderate_progress", "limited_progress", "deterioration")
CALLS = {
    ACHIEVED: Call.ON_TRACK,
    LABELS[0]: Call.ON_TRACK,
    LABELS[1]: Call.AT_RISK,
    LABELS[2]: Call.OFF_TRACK,
    LABELS[3]: Call.OFF_TRACK,
}


def statcan(
    points: Sequence[Yearly],
    aim: Aim | None,
    *,
    up: bool = True,
    base_year: int | None = None,
    limit: float | None = None,
) -> Verdict:
    """Return the verdict on yearly values, oldest first.

    With y_0 in the base year t_0, y_t the latest value, T the target by due, d = +1 up and -1 down, and s = -1 where
    y_0 is negative: o = (y_t/y_0)^(1/(t - t_0)) - 1, r = (T/y_0)^(1/(due - t_0)) - 1 and ratio = s·d·o/|r|. Without a
    target the ratio is s·d·o.

    Args:
        points: one value for each year that has one, in the series' unit; years between the two ends do not matter.
        aim: the target; of a band the edge on the side of the base. None: there is no target.
        up: whether more is better; needed only without a target.
        base_year: the year to start from, else the next later one with a value; None: the first.
        limit: the natural limit of the series; used only without a target.
    """
    start = next((point for point in points if base_year is None or point.on.year >= base_year), None)
    notes: list[Say] = []
    if start is not None and base_year is not None and start.on.year != base_year:
        notes.append(say("the base year moved from {year} to {later}", year=base_year, later=start.on.year))
    if not points:
        return unavailable(say("no year has a value"))
    now, edge, d = points[-1], None, 1 if up else -1
    is_met = False
    if aim is not None:
        edge, d = _edge(aim, start or now)
        is_met = aim.is_met_by(now.value)
        if edge == 0:
            edge = INSTEAD_OF_ZERO
            notes.append(say("the rule takes a target of {value} in place of 0", value=INSTEAD_OF_ZERO))
            is_met = is_met or aim._replace(low=edge if d > 0 else None, high=edge if d < 0 else None).met(now.value)
    found = _rates(start, now, edge, aim.due if aim else None, notes)
    if isinstance(found, Say):
        return _achieved(None, None, notes) if is_met else unavailable(found, *notes)
    signed = d * found.observed * (-1 if found.base.value < 0 else 1)
    if aim is None:
        found = found._replace(coefficient=_coefficient(start.value if start else 0.0, limit))
        return _without_target(signed, found, notes)
    if not found.required:
        why = _no_required(aim, found, edge)
        return _achieved(None, found, notes) if is_met else unavailable(why, *notes)
    ratio = signed / abs(found.required)
    if is_met:
        return _achieved(ratio, found, notes)
    label = LABELS[_rank(ratio, WITH_TARGET)]
    score = max(4.1667 * ratio - 2.5, WORST)
    if settled(ratio) >= WITH_TARGET[1]:
        score = min(7.1429 * ratio - 4.2857, BEST)
    return Verdict(label, settled(ratio), settled(score), CALLS[label], tuple(notes), found)


def _edge(aim: Aim, base: Yearly) -> tuple[float | None, int]:
    """Return the value aimed at from the base and which way it lies; a base inside a band has none."""
    if aim.high is None:
        return aim.low, 1
    if aim.low is None:
        return aim.high, -1
    if base.value < aim.low:
        return aim.low, 1
    return (aim.high, -1) if base.value > aim.high else (None, 1)


def _rates(start: Yearly | None, now: Yearly, edge: float | None, due: date | None, notes: list[Say]) -> Rates | Say:
    """Return the two rates, `required` None where there is none; a sentence where nothing was observed."""
    if start is None:
        return say("no year from the base year on has a value")
    if start.on >= now.on:
        return say("one year of data tells no growth")
    base = start
    if base.value == 0:
        base = base._replace(value=INSTEAD_OF_ZERO)
        notes.append(say("the rule takes a base of {value} in place of 0", value=INSTEAD_OF_ZERO))
    observed = _rate(base.value, now.value, years(base.on, now.on))
    if observed is None:
        return say("no compound rate leads from {base} to {now}", base=base.value, now=now.value)
    required = None
    if edge is not None and due is not None:
        required = _rate(base.value, edge, years(base.on, due))
    return Rates(base, now, observed, due, edge, required)


def _rate(start: float, end: float, span: float) -> float | None:
    """Return a compound rate a year; None where the signs are opposite or the span is not positive."""
    if span <= 0:
        return None
    try:
        factor = end / start
        result = factor ** (1 / span) - 1 if factor >= 0 else None
    except OverflowError:
        return None
    return result if result is not None and isfinite(result) else None


def _no_required(aim: Aim, found: Rates, edge: float | None) -> Say:
    if edge is None:
        return say("the base year lies inside the band, so no growth is required")
    if found.base.on >= aim.due:
        return say("due is not after the base year {year}", year=found.base.on.year)
    if settled(edge) == settled(found.base.value):
        return say("the base year equals the target, so no growth is required")
    return say("no compound rate leads from {base} to {now}", base=found.base.value, now=edge)


def _achieved(ratio: float | None, found: Rates | None, notes: Sequence[Say]) -> Verdict:
    return Verdict(ACHIEVED, settled(ratio), BEST, CALLS[ACHIEVED], tuple(notes), found)


def _rank(value: float, bounds: Sequence[float]) -> int:
    """Return how many of the falling lower bounds a value misses; the bounds count as reached."""
    return sum(settled(value) < settled(bound) for bound in bounds)


def _coefficient(base: float, limit: float | None) -> float:
    """Return what the thresholds are multiplied by: 1 far from the limit, 0 exactly at it."""
    size = abs(base)
    if limit is None or size >= 2 * abs(limit):
        return 1.0
    distance = abs(limit)
    near = size if size <= distance else 2 * distance - size
    return float(1 - (near / distance) ** STEEPNESS)


def _without_target(signed: float, found: Rates, notes: Sequence[Say]) -> Verdict:
    """Return the verdict on a signed rate: against 1.5 %, 0.5 % and 0 % a year, less near a limit."""
    c = found.coefficient
    bounds = [bound * c for bound in WITHOUT_TARGET]
    rank = _rank(signed, bounds)
    label = LABELS[rank]
    if rank == len(bounds):
        score = max(125 * signed - 2.5, WORST)
    elif c == 0:  # at its limit, and not getting worse: there is no better place
        score = BEST
    else:
        score = (min(500 * signed / c - 5, BEST), 250 * signed / c - 1.25, 500 * signed / c - 2.5)[rank]
    return Verdict(label, settled(signed), settled(score), CALLS[label], tuple(notes), found)
