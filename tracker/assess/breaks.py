"""Breaks in a series: what lies on the two sides of one is compared only where a ratio links them.

A period stands at its last day, so a value belongs to the side on which its period ends: one that contains the
day of the break is after it.
"""

from __future__ import annotations

from math import isfinite, prod
from typing import TYPE_CHECKING

from tracker.errors import say
from tracker.model.number import settled
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.assess.figures import Point
    from tracker.errors import Say
    from tracker.model.goal import Break


class Joined(NamedTuple):
    """A series as a goal may compare it: `points` on one footing, `earlier` what lies before a break without a link.

    `breaks` are those that matter, oldest first: with something recorded after them, and something before. `ended`
    tells that what came after due was measured otherwise and is left out.
    """

    points: list[Point]
    earlier: tuple[Point, ...] = ()
    breaks: tuple[Break, ...] = ()
    ended: bool = False


def joined(points: Sequence[Point], breaks: Sequence[Break], due: date | None, start: date | None) -> Joined:
    """Return the points that may be compared for a goal that is due on a day and starts from a day.

    Values before a linked break are multiplied by its ratio, and by those of all later ones. Before the last break
    without a link everything is `earlier`, as it was recorded. What was measured after a break beyond `due` is left
    out: such a goal is judged on the side where it was due. A break with nothing recorded after it changes nothing.
    """
    beyond = [each.on for each in breaks if due is not None and each.on > due]
    kept = [point for point in points if not beyond or point.on < min(beyond)]
    crossed = tuple(
        each
        for each in sorted(breaks, key=lambda one: one.on)
        if (due is None or each.on <= due)
        and any(point.on >= each.on for point in kept)
        and ((start is not None and start < each.on) or any(point.on < each.on for point in kept))
    )
    cut = cut_of(crossed)
    earlier = tuple(point for point in kept if cut is not None and point.on < cut)
    after = (_linked(point, factor(point.on, crossed)) for point in kept[len(earlier) :])
    return Joined([point for point in after if isfinite(point.value)], earlier, crossed, len(kept) < len(points))


def _linked(point: Point, ratio: float) -> Point:
    return point if ratio == 1 else point._replace(value=settled(point.value * ratio))


def cut_of(breaks: Sequence[Break]) -> date | None:
    """Return the day before which nothing can be compared; None where everything can."""
    return max((each.on for each in breaks if each.link is None), default=None)


def factor(on: date, breaks: Sequence[Break]) -> float:
    """Return what a value of a day is multiplied by to be comparable with the latest ones."""
    return prod(each.link for each in breaks if each.link is not None and on < each.on)


def broken_by(on: date, breaks: Sequence[Break]) -> Break | None:
    """Return the last break without a link that parts a day from the latest values; None where nothing does."""
    return next((each for each in reversed(breaks) if each.link is None and on < each.on), None)


def noted(breaks: Sequence[Break], series: str | None = None) -> tuple[Say, ...]:
    """Return a clause for each break that matters; `series` names it where it is not the goal's own."""
    return tuple(_note(each, series) for each in breaks)


def _note(each: Break, series: str | None) -> Say:
    why = say(" ({why})", why=each.why) if each.why else ""
    if series is not None and each.link is None:
        return say("{series} breaks on {day}{why}: nothing before it is compared", series=series, day=each.on, why=why)
    if series is not None:
        return say("{series} breaks on {day}{why}: values before it are linked by {link}", series=series, day=each.on,
                   why=why, link=each.link)  # fmt: skip
    if each.link is None:
        return say("the series breaks on {day}{why}: nothing before it is compared", day=each.on, why=why)
    return say("the series breaks on {day}{why}: values before it are linked by {link}", day=each.on, why=why,
               link=each.link)  # fmt: skip
