"""The period of a series that a heading stands for, by the kind of the series and the step it is recorded in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.intake.values import Refused
from tracker.intake.when import When, calendar_period
from tracker.model.goal import Kind
from tracker.periods import MONTHS, Length, Period, containing, month_end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.model.actual import Actual

CUMULATED = frozenset({Kind.YTD, Kind.GROWTH})
"""The kinds that are published for the year so far: 1-5月 is the state at the end of May."""

_LATEST = 8


def step_of(actuals: Sequence[Actual]) -> Length | None:
    """Return the length of most of the last eight recorded periods; None where nothing is recorded."""
    lengths = Counter(actual.period.length for actual in actuals[-_LATEST:])
    return max(lengths, key=lambda length: lengths[length]) if lengths else None


def period_in(when: When, kind: Kind, step: Length | None, *, is_asked: bool = False) -> Period | Refused:
    """Return the period of a series that a heading stands for, or why it is refused.

    `step` is the length of the series' periods where it is known. For what is cumulated, a stretch since January is
    the period of the step that ends with it (a month without a step); for others it must be exactly a calendar
    period. A date takes the step where it is the first or the last day of such a period, and any in its first or
    last month where the step was asked for (`is_asked`); the first of a month without a known step is a question.
    """
    if when.year is None:
        return Refused(say("the heading names no year"), say("a year in the row above, or in the title, is used"))
    if when.vague:
        return Refused(say("it does not say since when it is cumulated"), say("write it such as 2024年1-9月"))
    if when.on is not None:
        return _of_day(when.on, step, is_asked=is_asked) if when.dated or is_asked else _or_none(calendar_period(when))
    if kind in CUMULATED and when.first == 1 and when.week is None and (when.since or step in MONTHS):
        end = containing(month_end(when.year, when.last), Length.MONTH)
        whole = containing(end.end, step) if step in MONTHS else end
        return whole if whole.end == end.end else end
    if kind is Kind.YTD and when.first not in {1, when.last} and not when.coded:
        return _ambiguous(when)
    return _or_none(calendar_period(when))


def _ambiguous(when: When) -> Refused:
    """Return why a stretch that begins after January is none of a series that is cumulated since January."""
    months = {"first": when.first, "last": when.last}
    what = say("months {first} to {last}: their own amount, or that of the year up to then?", **months)
    advice = say(
        "write {year}年1-{last}月 for the year up to then; the amount of some months needs a series of another kind",
        year=when.year, last=when.last,
    )  # fmt: skip
    return Refused(what, advice)


def _or_none(found: Period | None) -> Period | Refused:
    if found is not None:
        return found
    return Refused(
        say("this stretch is no period of such a series"),
        say('a year, half-year, quarter, month, week or day is; series of kind "ytd" take months since January'),
    )


def _of_day(day: date, step: Length | None, *, is_asked: bool) -> Period | Refused:
    if step is not None and step is not Length.DAY:
        around = containing(day, step)
        if day in {around.start, around.end}:
            return around
        if is_asked:
            return around if _is_at_the_edge(day, around) else _inside(day, around)
    if day.day == 1 and step is None:
        what = say("{day}: the day, or the month or the year that begins with it?", day=day)
        return Refused(what, say("--step day, month, quarter, half-year or year answers"))
    return containing(day, Length.DAY)


def _is_at_the_edge(day: date, around: Period) -> bool:
    """Tell whether a day stands for the whole period: it is in its first or last month, or the period is shorter."""
    months = {(edge.year, edge.month) for edge in (around.start, around.end)}
    return (day.year, day.month) in months


def _inside(day: date, around: Period) -> Refused:
    what = say("{day} is neither at the beginning nor at the end of {period}", day=day, period=around)
    return Refused(what, say("--step names the length of the period that ends, or begins, with the date"))
