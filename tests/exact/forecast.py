"""Which model answers for a goal's history, and what it says of the target."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from exact import chances
from exact.digits import settle
from exact.times import When, around, years
from exact.world import SUMMED

if TYPE_CHECKING:
    from datetime import date

    from exact.cases import Case


class Forecast(NamedTuple):
    """The chance of meeting the target (not cut), the quantiles, and the model's name."""

    chance: Decimal | None
    quantiles: tuple[Decimal, Decimal, Decimal] | None
    model: str


def forecast(one: Case, *, judging: bool) -> Forecast | None:
    """Return what the history says of the target at due; None where there is no history or no time left.

    Without `judging` it is the range alone.
    """
    if one.last is None or one.last.on >= one.due.end:
        return None
    pairs = [(each.when, each.value) for each in one.points]
    if one.ref or not judging:
        own = answer(one, pairs, None)
        ranged = own[0].quantiles if own else None
        return moving(one, ranged) if one.ref and judging else Forecast(None, ranged, "")
    if len(pairs) < 2:
        return None
    if one.aim.low is not None and one.aim.high is not None:
        low, high = answer(one, pairs, one.aim.low - one.tolerance), answer(one, pairs, one.aim.high + one.tolerance)
        assert low is not None
        assert high is not None
        return Forecast(low[0].above - high[0].above, low[0].quantiles, low[1])
    assert one.aim.value is not None
    found = answer(one, pairs, one.aim.value - one.sign * one.tolerance)
    assert found is not None
    said, name = found
    return Forecast(said.chance(one.sign), said.quantiles, name)


def moving(one: Case, ranged: tuple[Decimal, Decimal, Decimal] | None) -> Forecast:
    """Return the chance that the difference of two series meets 0."""
    assert one.ref is not None
    pairs = coarse([(when, mine - other) for when, mine, other in one.ref.common(one.points)], one.due.end)[-40:]
    if len(pairs) < 2 or pairs[-1][0].end >= one.due.end:
        return Forecast(None, ranged, "")
    times, values = spread(pairs)
    at = years(pairs[0][0].end, one.due.end)
    said = chances.trend(times, values, -one.sign * one.tolerance, at, "level")
    return Forecast(said.chance(one.sign), ranged, "trend")


def spread(pairs: list[tuple[When, Decimal]]) -> tuple[list[Decimal], list[Decimal]]:
    """Return times in years since the first day, and values."""
    return [years(pairs[0][0].end, when.end) for when, _ in pairs], [value for _, value in pairs]


def answer(one: Case, pairs: list[tuple[When, Decimal]], target: Decimal | None) -> tuple[chances.Said, str] | None:
    """Return what the model for a history says; without a target its range counts alone."""
    if len(pairs) < 2:
        return None
    due, values = one.due.end, [value for _, value in pairs]
    falls = target == 0 and one.sign < 0 and one.aim.low is None and chances.is_falling(values)
    starts = chances.is_total("total" if one.kind == "total" else "", values)
    totals = one.kind != "rank" and (starts or falls)
    used = (pairs if totals or one.kind in SUMMED else coarse(pairs, due))[-40:]
    times, values = spread(used)
    at = years(used[0][0].end, due)
    aimed = values[-1] if target is None else target
    if totals:
        mirrored = falls and not (values[0] == 0 and chances.is_total("", values))
        return (chances.mirrored if mirrored else chances.total)(times, values, aimed, at), "total"
    if target is None and aimed in {0, 100}:
        aimed = Decimal(50)
    scale = "level" if one.kind == "rank" else "percent" if one.kind == "ratio" and one.unit == "%" else "plain"
    return chances.trend(times, values, aimed, at, scale), "trend"


FINER = {"day": Decimal(0), "week": Decimal(7) / Decimal("365.25"), "month": Decimal(1) / 12,
         "quarter": Decimal(1) / 4, "half-year": Decimal(1) / 2, "year": Decimal(1)}  # fmt: skip


def coarse(pairs: list[tuple[When, Decimal]], due: date) -> list[tuple[When, Decimal]]:
    """Return the values by quarter or year where due is more than 6 mean spacings away; the latest stays as it is."""
    found = pairs
    for length in ("quarter", "year"):
        n = len(found)
        if n < 2:
            return found
        first, last = found[0][0].end, found[-1][0].end
        if settle((years(first, due) - years(first, last)) * (n - 1)) <= settle(6 * years(first, last)):
            continue
        if not step_size([when for when, _ in found]) < FINER[length]:
            continue
        blocks: dict[date, tuple[When, Decimal]] = {}
        for each in pairs:
            blocks[around(each[0].end, length).end] = each
        kept = [each for end, each in blocks.items() if each == pairs[-1] or is_over(end, each[0], pairs[-1][0])]
        if len(kept) < 4:
            return found
        found = kept
    return found


def is_over(end: date, last: When, latest: When) -> bool:
    """Tell whether a block's last period is recorded; for days, once a later one is."""
    if last.length == "week":
        return (end - last.end).days < 7
    return last.end == end or (last.length == "day" and latest.end > end)


def step_size(when: list[When]) -> Decimal:
    """Return a series' step in years: its most frequent length, on days the median spacing."""
    recent = [each.length for each in when[-8:]]
    named = max(reversed(recent), key=recent.count)
    if named != "day":
        return FINER[named]
    gaps = sorted(years(a.end, b.end) for a, b in pairwise(when[-9:]))
    half = len(gaps) // 2
    return gaps[half] if len(gaps) % 2 else (gaps[half - 1] + gaps[half]) / 2
