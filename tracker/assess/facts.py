"""What the figures of one goal are computed from."""

from datetime import date

from tracker.assess.figures import BaselineSeen, Point, TargetSeen
from tracker.assess.target import Reference, Threshold
from tracker.model.goal import Break, Direction, Goal, Kind, Mode
from tracker.periods import Period
from tracker.tuples import NamedTuple


class Source(NamedTuple):
    """The recorded points of a series (or of a sum of series), with its kind and unit.

    They are on one footing; `earlier` lies before a break without a link, `breaks` are those that matter,
    `ended` tells that it is measured otherwise since and that the newer points are left out.
    """

    kind: Kind
    unit: str | None
    points: list[Point]
    earlier: tuple[Point, ...] = ()
    breaks: tuple[Break, ...] = ()
    ended: bool = False


class Facts(NamedTuple):
    """What the figures of one goal are computed from; s is +1 where up is better, -1 where down is.

    `limit` is what has to be met, tolerance included.
    """

    goal: Goal
    due: Period
    kind: Kind
    unit: str | None
    as_of: date
    points: list[Point]
    baseline: BaselineSeen | None
    latest: Point
    aim: TargetSeen
    reference: Reference | None
    s: int
    limit: Threshold

    @property
    def start(self) -> float | None:
        """Return the baseline's value."""
        return self.baseline.value if self.baseline else None

    @property
    def planned_target(self) -> float | None:
        """Return the target seen from the baseline: a band's edge nearest to it, None inside the band."""
        return planned_target(self.aim, self.start)


def planned_target(aim: TargetSeen, start: float | None) -> float | None:
    """Return the target seen from a starting value: a band's edge nearest to it, None inside the band."""
    if aim.low is None or aim.high is None or start is None:
        return aim.value
    if aim.low <= start <= aim.high:
        return None
    return aim.low if start < aim.low else aim.high


def direction_of(goal: Goal, aim: TargetSeen, start: float | None, now: float) -> int:
    """Return +1 where up is better, -1 where down is; for a band, which way it lies."""
    if aim.low is not None and aim.high is not None:
        origin = now if start is None or aim.low <= start <= aim.high else start
        return -1 if origin > aim.high else 1
    return 1 if goal.direction is Direction.UP else -1


def keeps(facts: Facts) -> bool:
    """Tell whether the goal is to be met in every period: it has no growth to plan or to require."""
    return facts.goal.mode is Mode.KEEP


def is_rank(facts: Facts) -> bool:
    """Tell whether the series is ordinal: it has no growth rates."""
    return facts.kind is Kind.RANK
