"""How the rest of a year ran in the years before, period by period."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.model.goal import Kind
from tracker.periods import PER_YEAR
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assess.facts import Source
    from tracker.assess.figures import Point

YEARS = 3
"""How many years before are looked at, as by the model of the year."""


class Season(NamedTuple):
    """How a year runs from a period on.

    `rest` has the share of each coming period in what is left of the year; `gone` the share of the year's total that
    is reached by the running period and by each one after it. `years` are those they are the means of, oldest first;
    without any the shares are those of time.
    """

    rest: list[float]
    gone: list[float]
    years: tuple[int, ...]


def season(source: Source, running: Point) -> Season:
    """Return the shares of the periods after the running one, from up to three full years before."""
    per_year = PER_YEAR[running.period.length]
    done = running.on.month * per_year // 12
    by_year: dict[int, dict[int, float]] = {}
    for point in source.points:
        by_year.setdefault(point.on.year, {})[point.on.month * per_year // 12] = point.value
    years: list[int] = []
    rests: list[list[float]] = []
    gones: list[list[float]] = []
    for year in range(running.on.year - 1, running.on.year - 1 - YEARS, -1):
        sums = _cumulated(by_year.get(year, {}), done, per_year, ytd=source.kind is Kind.YTD)
        if sums is None:
            break
        left = sums[-1] - sums[0]
        years.insert(0, year)
        rests.append([(later - earlier) / left for earlier, later in pairwise(sums)])
        gones.append([one / sums[-1] for one in sums])
    if not years:
        left = per_year - done
        return Season([1 / left] * left, [k / per_year for k in range(done, per_year + 1)], ())
    return Season(_means(rests), _means(gones), tuple(years))


def _cumulated(values: Mapping[int, float], done: int, per_year: int, *, ytd: bool) -> list[float] | None:
    """Return a year's sums up to the running period and each one after it; None where they do not tell shares."""
    needed = range(done if ytd else 1, per_year + 1)
    if not all(k in values for k in needed):
        return None
    sums = [values[k] if ytd else sum(values[j] for j in range(1, k + 1)) for k in range(done, per_year + 1)]
    return sums if 0 < sums[0] < sums[-1] else None


def _means(rows: Sequence[Sequence[float]]) -> list[float]:
    return [sum(column) / len(column) for column in zip(*rows, strict=True)]
