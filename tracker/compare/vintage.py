"""What was known when a figure came out: the ledger as it stood then, without what was learned later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.actual import Quality, age_key, public_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tracker.model.actual import Actual

Lines = dict[str, dict[str, list["Actual"]]]
"""Recorded lines by series and period."""


def by_period(lines: Iterable[Actual]) -> Lines:
    """Return recorded lines by series and period, each period's by what orders them."""
    result: Lines = {}
    for line in lines:
        result.setdefault(line.series, {}).setdefault(line.period.text, []).append(line)
    for periods in result.values():
        for same in periods.values():
            same.sort(key=age_key)
    return result


def first_public(lines: Lines, series: Sequence[str], period: str) -> date | None:
    """Return the day the first figures for a period were public in all of some series; None where no day is known."""
    days = []
    for one in series:
        seen = [day for line in lines.get(one, {}).get(period, ()) if (day := public_on(line)) is not None]
        days += [min(seen)] if seen else []
    return max(days, default=None)


def known_then(periods: Mapping[str, Sequence[Actual]], end: date, day: date | None) -> list[Actual]:
    """Return one series' actuals up to a period's `end` as they were known on a day, oldest first.

    Of a period's lines the latest that was public by `day` holds. Where none bears so early a day, the first one
    stands in: it was typed in later, but it is the one least touched by what was learned since. A period that was
    retracted by then has no value. Without a `day` the latest line holds.
    """
    found = []
    for lines in periods.values():
        if lines[0].period.end > end:
            continue
        public = [line for line in lines if day is None or (public_on(line) or day) <= day]
        line = public[-1] if public else lines[0]
        if line.quality is not Quality.RETRACTED:
            found.append(line)
    return sorted(found, key=lambda line: (line.period.end, line.period.start))
