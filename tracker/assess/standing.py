"""What is already decided: achieved, missed, awaiting, overdue, open. The rest is for the chance."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from tracker.assess.figures import Point, Status
from tracker.assess.history import after
from tracker.assess.target import Threshold
from tracker.model.goal import Goal, Mode, Span
from tracker.periods import Period
from tracker.tuples import NamedTuple

PATIENCE_DAYS = 30
"""However short a series' step, an actual is awaited this many days before it is overdue."""


class Met(NamedTuple):
    """Whether the target was met in one period."""

    period: Period
    met: bool

    @property
    def on(self) -> date:
        """Return the day that counts: the period's last."""
        return self.period.end


_new_met: Callable[[tuple[object, ...]], Met] = partial(tuple.__new__, Met)


def all_met(points: Sequence[Point], limit: Threshold) -> list[Met]:
    """Return for each point of a history whether it meets a target."""
    periods = [point.period for point in points]
    return [*map(_new_met, zip(periods, limit.all_met([point.value for point in points]), strict=True))]


class Standing(NamedTuple):
    """A status that is already decided, or None where the future decides."""

    status: Status | None
    achieved_on: date | None = None
    lapsed: bool = False


def standing(  # noqa: PLR0913  one argument for each thing that decides
    goal: Goal, due: Period, counted: Sequence[Met], as_of: date, step: Span | None, *, allowed: int = 0
) -> Standing:
    """Return what is decided for a goal; `counted` are the periods that count, oldest first.

    `allowed` is how many periods a kept goal may miss.
    """
    match goal.mode:
        case Mode.BY:
            return _by(goal, due, counted, as_of, step)
        case Mode.AT:
            return _at(goal, due, counted, as_of, step)
        case Mode.KEEP:
            misses = [one for one in counted if not one.met]
            return _kept(misses[allowed:], for_due(due, counted), due) or waiting(goal, due, as_of, step)


def _by(goal: Goal, due: Period, counted: Sequence[Met], as_of: date, step: Span | None) -> Standing:
    first = next((one for one in counted if one.met), None)
    if first is not None and first.on <= due.end:
        return Standing(Status.ACHIEVED, first.on, lapsed=not counted[-1].met)
    if counted and counted[-1].on >= due.end:
        return Standing(Status.MISSED, first.on if first else None)
    return waiting(goal, due, as_of, step)


def for_due(due: Period, counted: Sequence[Met]) -> Met | None:
    """Return the period that decides at due: the one that ends on it, else the one it lies in."""
    exact = next((one for one in counted if one.on == due.end), None)
    if exact is not None:
        return exact
    return next((one for one in counted if one.period.start <= due.end < one.on), None)


def _at(goal: Goal, due: Period, counted: Sequence[Met], as_of: date, step: Span | None) -> Standing:
    decisive = for_due(due, counted)
    if decisive is None:
        return waiting(goal, due, as_of, step)
    if decisive.met:
        return Standing(Status.ACHIEVED, decisive.on)
    return Standing(Status.MISSED)


def _kept(beyond: Sequence[Met], decisive: Met | None, due: Period) -> Standing | None:
    """Return what is decided for a kept goal, None where nothing is; `beyond` are the misses that are too many."""
    last = decisive.on if decisive else due.end
    if any(one.on <= last for one in beyond):
        return Standing(Status.MISSED)
    return Standing(Status.ACHIEVED, decisive.on) if decisive is not None else None


def waiting(goal: Goal, due: Period, as_of: date, step: Span | None) -> Standing:
    """Return awaiting or overdue once due is past without its actual, else nothing decided."""
    if as_of <= due.end:
        return Standing(None)
    return Standing(Status.OVERDUE if as_of > patience_ends(goal, due, step) else Status.AWAITING)


def patience_ends(goal: Goal, due: Period, step: Span | None) -> date:
    """Return the last day on which the actual for due is still awaited, not overdue."""
    end = due.end
    one_step = after(end, goal.every or step or Span(days=PATIENCE_DAYS))
    shortest = after(end, Span(days=PATIENCE_DAYS))
    return after(max(one_step, shortest), goal.lag)
