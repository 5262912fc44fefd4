"""One line of an explanation, and the values that most lines are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.growth import Spacing
from tracker.errors import Say, say
from tracker.tuples import NamedTuple
from tracker.wording.quantity import Amount

if TYPE_CHECKING:
    from datetime import date

    from tracker.assess.figures import Assessment


class Line(NamedTuple):
    """One figure: its key in JSON, its name, its value in words, how it is made, and its source.

    `value` is None where the figure does not apply; `how` then says why.
    """

    figure: str
    label: Say
    value: object
    how: Say | str | None = None
    source: str | None = None


class Values(NamedTuple):
    """The values of baseline, latest actual and target; `edge` is the target as the baseline sees it."""

    start: float | None
    now: float | None
    target: float | None
    edge: float | None


def values_of(seen: Assessment) -> Values:
    """Return the values a goal's figures are made of; a band's edge is the one nearest to the baseline."""
    start = seen.baseline.value if seen.baseline else None
    now = seen.actual.value if seen.actual else None
    aim = seen.target
    if aim is None:
        return Values(start, now, None, None)
    edge = aim.value
    if aim.low is not None and aim.high is not None and start is not None:
        edge = aim.low if start < aim.low else aim.high if start > aim.high else None
    return Values(start, now, aim.value, edge)


def amount(seen: Assessment, value: float | None) -> Amount | None:
    """Return a value in the goal's unit; one that is not the target never looks as if it were."""
    return None if value is None else Amount(value, seen.unit, seen.target.value if seen.target else None)


def span_of(per: str, begin: date, end: date) -> tuple[float, Say]:
    """Return the units of time between two days, and the words that name them."""
    units = Spacing(per).between(begin, end)
    match per:
        case "day":
            return units, say("days from {begin} to {end}", begin=begin, end=end)
        case "month":
            return units, say("months from {begin} to {end}", begin=begin, end=end)
        case _:
            return units, say("years from {begin} to {end}", begin=begin, end=end)


def with_span(formula: str, span: Say) -> Say:
    """Return a formula with what its units of time are."""
    return say("{formula}; {span}", formula=formula, span=span)
