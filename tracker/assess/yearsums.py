"""The sums of the years up to this one, each in the part that this year has had and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.gaps import listed
from tracker.errors import say
from tracker.model.goal import Kind
from tracker.model.number import settled
from tracker.periods import MONTHS, PER_YEAR, containing, month_end
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.assess.facts import Source
    from tracker.assess.figures import Point
    from tracker.errors import Say
    from tracker.periods import Period


class Years(NamedTuple):
    """The sums of the full years up to last year: of the first `done` of `per_year` periods, and of the rest.

    `obstacle` says why this year cannot be read by them. `only_grows`: no amount on record is below 0.
    """

    before: list[tuple[float, float]]
    done: int
    per_year: int
    obstacle: Say | None = None
    only_grows: bool = True


def years_of(source: Source, running: Point, due: Period) -> Years:
    """Return the full consecutive years up to last year in two parts each, as the running year is."""
    per_year = PER_YEAR[running.period.length]
    done = running.on.month * per_year // 12
    by_year: dict[int, dict[int, float]] = {}
    for point in source.points:
        by_year.setdefault(point.on.year, {})[point.on.month * per_year // 12] = point.value
    ytd = source.kind is Kind.YTD
    grows = all(amount >= 0 for year in by_year.values() for amount in _amounts(year, ytd=ytd))
    missing = [] if ytd else _absent(by_year[due.end.year], range(1, done + 1), due.end.year, per_year)
    if missing:
        what = say(
            "{periods} of this year is missing, so its sum is not comparable",
            "{periods} of this year are missing, so its sum is not comparable",
            periods=listed(missing),
            n=len(missing),
        )
        return Years([], done, per_year, what, grows)
    before: list[tuple[float, float]] = []
    for year in range(due.end.year - 1, 0, -1):
        parts = _parts(by_year.get(year, {}), done, per_year, ytd=ytd)
        if parts is None:
            break
        before.insert(0, parts)
    gap = None
    last = due.end.year - 1
    if not before and last in by_year:
        needed = (done, per_year) if ytd else range(1, per_year + 1)
        missing = _absent(by_year[last], needed, last, per_year)
        gap = say(
            "{periods} of last year is missing, so this year cannot be read by it",
            "{periods} of last year are missing, so this year cannot be read by it",
            periods=listed(missing),
            n=len(missing),
        )
    return Years(before, done, per_year, gap, grows)


def _absent(values: dict[int, float], needed: Iterable[int], year: int, per_year: int) -> list[Period]:
    """Return the periods of a year, by their numbers from 1, that have no value."""
    months = 12 // per_year
    length = next(length for length, long in MONTHS.items() if long == months)
    return [containing(month_end(year, number * months), length) for number in needed if number not in values]


def _amounts(values: dict[int, float], *, ytd: bool) -> list[float]:
    """Return a year's amounts in order; of cumulated values the first and the steps between."""
    ordered = [values[period] for period in sorted(values)]
    return [one - other for one, other in zip(ordered, [0.0, *ordered], strict=False)] if ytd else ordered


def _parts(values: dict[int, float], done: int, per_year: int, *, ytd: bool) -> tuple[float, float] | None:
    """Return the sum of a year's first periods and of its rest; None where a needed period is missing.

    A cumulated series needs only the two periods that end the parts: one missing in between is in the next.
    """
    if ytd:
        if done not in values or per_year not in values:
            return None
        return values[done], settled(values[per_year] - values[done])
    if len(values) < per_year:
        return None
    first, rest = range(1, done + 1), range(done + 1, per_year + 1)
    return settled(sum(values[k] for k in first)), settled(sum(values[k] for k in rest))
