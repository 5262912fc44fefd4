"""Coarser blocks of a history: seasonal, finely spaced actuals say little about a due that is far away."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tracker.model.number import at_least
from tracker.periods import MONTHS, Length, containing, is_last_in, years

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.periods import Period

    Point = tuple[Period, float]

HISTORY = 40
"""The most actuals a model looks at: the latest ones."""

FAR = 6.0
"""A due farther away than so many mean spacings asks for coarser blocks."""

LEAST = 4
"""A history is not coarsened to fewer points than this."""

_RECENT = 8  # a series' step is the most frequent length of so many latest periods
_WEEK = 7
_SIZES = {Length.YEAR: 1.0, Length.HALF: 0.5, Length.QUARTER: 0.25, Length.MONTH: 1 / 12, Length.WEEK: _WEEK / 365.25}


Block = Literal["last", "sum", "ytd"]
"""What becomes of the actuals of a block: the last one, their sum, or the sum of a cumulated series' steps."""


def coarse_enough(points: Sequence[Point], how: Block, due: date) -> list[Point]:
    """Return a history whose spacing fits the way to due: as it is, or in quarters, or in years.

    It is coarsened while due lies more than 6 mean spacings after the last point and the series' step is finer
    than the coming block, and left as it is where fewer than 4 points would remain. `points` are oldest first.
    """
    result = list(points)
    for to in (Length.QUARTER, Length.YEAR):
        if not is_far(result, due):
            break
        if not _is_finer(result, to):
            continue
        # always from the actuals themselves, so that an unfinished quarter does not end a year
        coarser = coarsened(points, how, to)
        if len(coarser) < LEAST:
            break
        result = coarser
    return result


def is_far(points: Sequence[Point], due: date) -> bool:
    """Tell whether due lies more than 6 mean spacings after the last point."""
    if len(points) < 2:  # noqa: PLR2004  one point has no spacing
        return False
    first = points[0][0].end
    last = years(first, points[-1][0].end)
    return not at_least(FAR * last, (years(first, due) - last) * (len(points) - 1))


def _is_finer(points: Sequence[Point], to: Length) -> bool:
    """Tell whether a series' step is finer than a block; for actuals on days it is their median spacing."""
    lengths = [period.length for period, _ in points[-_RECENT:]]
    step = max(reversed(lengths), key=lengths.count)
    if step is not Length.DAY:
        return _SIZES[step] < _SIZES[to]
    spacings = sorted(years(earlier.end, later.end) for (earlier, _), (later, _) in pairwise(points[-_RECENT - 1 :]))
    middle = len(spacings) // 2
    return (spacings[middle] + spacings[-middle - 1]) / 2.0 < _SIZES[to]


def coarsened(points: Sequence[Point], how: Block, to: Length) -> list[Point]:
    """Return a history in blocks of a length (quarter or year), oldest first; `points` are oldest first.

    A period belongs to the block its last day lies in. `last` keeps the last actual of each block whose
    last period is recorded, and the latest actual of all, as they are. `sum` has the sum of each block
    whose periods are all recorded; `ytd`, for values cumulated since 1 January, has the difference
    between the ends of a block and of the block before it in the same year, where both are recorded (so a
    period missing inside a block does not matter). Sums carry the block as their period.
    """
    blocks: dict[Period, list[Point]] = {}
    for point in points:
        blocks.setdefault(containing(point[0].end, to), []).append(point)
    if how == "last":
        latest = list(points[-1:])
        return [inside[-1] for block, inside in blocks.items() if inside[-1:] == latest or _ends(block, inside, points)]
    if how == "sum":
        return [
            (block, sum(value for _, value in inside))
            for block, inside in blocks.items()
            if _is_whole(block, inside, points)
        ]
    ended = {block: inside[-1][1] for block, inside in blocks.items() if _ends(block, inside, points)}
    return list(_since_january(ended, to))


def _ends(block: Period, inside: Sequence[Point], points: Sequence[Point]) -> bool:
    """Tell whether the last period of a block is recorded.

    Days have no next one that is due: a block of them has ended once a later actual exists.
    """
    last = inside[-1][0]
    return is_last_in(last, block) or (last.length is Length.DAY and points[-1][0].end > block.end)


def _begins(block: Period, inside: Sequence[Point], points: Sequence[Point]) -> bool:
    """Tell, of actuals on days, whether a block's beginning is recorded too."""
    return inside[0][0].start == block.start or points[0][0].start < block.start


def _is_whole(block: Period, inside: Sequence[Point], points: Sequence[Point]) -> bool:
    """Tell whether every period of a block is recorded."""
    length = inside[-1][0].length
    if length is Length.DAY:
        return _begins(block, inside, points) and _ends(block, inside, points)
    if length is Length.WEEK:
        # the last days of weeks are Sundays, whose ordinals are multiples of 7
        whole = block.end.toordinal() // _WEEK - (block.start.toordinal() - 1) // _WEEK
    else:
        whole = MONTHS[block.length] // MONTHS[length]
    return len(inside) == whole


def _since_january(ended: dict[Period, float], to: Length) -> list[Point]:
    """Return the amount of each block from the values cumulated at the blocks' ends."""
    amounts: list[Point] = []
    for block, value in ended.items():
        if block.start.month == 1:
            amounts.append((block, value))
            continue
        before = containing(block.start.replace(month=block.start.month - MONTHS[to]), to)
        if before in ended:
            amounts.append((block, value - ended[before]))
    return amounts
