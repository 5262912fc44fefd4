"""Actuals as recorded: the lines of the ledger, and which of them hold on a given day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum

from tracker.periods import Period
from tracker.tuples import NamedTuple


class Quality(StrEnum):
    """How firm a recorded value is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    ESTIMATE = "estimate"
    RETRACTED = "retracted"


class Actual(NamedTuple):
    """One recorded line: a value of a series for a period, or its retraction (value None).

    `published` is the day the figure became public, `recorded_at` (UTC) when the line was written,
    `position` its place in the store (1 is the first), `line` its line in a text file.
    """

    series: str
    period: Period
    value: float | None
    quality: Quality = Quality.FINAL
    published: date | None = None
    source: str | None = None
    url: str | None = None
    note: str | None = None
    recorded_at: datetime | None = None
    position: int = 0
    line: int | None = None


class View(NamedTuple):
    """From where we look: the day, and what is known.

    `as_of`: actuals of periods that end later do not exist. `known_on`: only what was public by the
    end of that UTC day. `recorded_by`: only lines written by the end of that UTC day; a line that does not say
    when it was written cannot have been before its figure became public.
    """

    as_of: date
    known_on: date | None = None
    recorded_by: date | None = None

    @property
    def promise_day(self) -> date | None:
        """Return the day whose promise is in force, None for today's promise."""
        days = [day for day in (self.known_on, self.recorded_by) if day is not None]
        return min(days) if days else None


def public_on(actual: Actual) -> date | None:
    """Return the day a line became public: `published`, else the day it was recorded."""
    if actual.published is not None:
        return actual.published
    return actual.recorded_at.date() if actual.recorded_at is not None else None


def is_known(actual: Actual, view: View) -> bool:
    """Tell whether a line exists for a view; a line without any day is known always."""
    if actual.period.end > view.as_of:
        return False
    if view.known_on is not None:
        day = public_on(actual)
        if day is not None and day > view.known_on:
            return False
    if view.recorded_by is not None:
        day = actual.published if actual.recorded_at is None else actual.recorded_at.date()
        return day is None or day <= view.recorded_by
    return True


_NEVER = date.min
_NO_TIME = datetime.min.replace(tzinfo=UTC)


def age_key(actual: Actual) -> tuple[date, datetime, int]:
    """Return what orders the lines of one series and period; the greatest holds."""
    return (public_on(actual) or _NEVER, actual.recorded_at or _NO_TIME, actual.position)


def in_force(lines: Iterable[Actual], view: View) -> dict[str, list[Actual]]:
    """Return, for each series, the lines that hold for a view, by the last day of their period.

    A retracted period has none. Where a period has several lines the one with the greatest `age_key` holds.
    """
    holding: dict[tuple[str, str], Actual] = {}
    for actual in lines:
        if is_known(actual, view):
            key = (actual.series, actual.period.text)
            other = holding.get(key)
            if other is None or age_key(actual) >= age_key(other):
                holding[key] = actual
    result: dict[str, list[Actual]] = {}
    for actual in holding.values():
        if actual.quality is not Quality.RETRACTED:
            result.setdefault(actual.series, []).append(actual)
    for actuals in result.values():
        actuals.sort(key=lambda a: (a.period.end, a.period.start))
    return result
