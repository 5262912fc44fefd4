"""The target of a goal as it stands: the promise in force, and its value at due."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.assess.figures import Assessment, BaselineSeen, Common, Point, TargetSeen
from tracker.assess.growth import carried, default_path, rate, run_on
from tracker.assess.history import point_on
from tracker.errors import Say, say
from tracker.model.goal import Band, Break, Change, Direction, Goal, Grown, Kind, Moving, Number, Path, Times, declared
from tracker.model.number import FAR, at_least, finite, settled
from tracker.periods import years
from tracker.tuples import NamedTuple


def promise(goal: Goal, day: date | None) -> Goal:
    """Return the goal with the promise that was in force on a day; None is today's promise.

    Of several revisions the one with the smallest `until` on or after the day holds; what it does not
    name is as promised today. On that day nobody knew of those yet: only what was promised before stays.
    Steps lead to the target they are declared with: a promise of another target had none that anybody knows of, and
    one that was due earlier only those before its due.
    """
    if day is None:
        return goal
    held = [revision for revision in goal.revisions if revision.until >= day]
    if not held:
        return goal
    then = min(held, key=lambda revision: revision.until)
    target = goal.target if then.target is None else then.target
    due = goal.due if then.due is None else then.due
    leads = declared(target) == declared(goal.target)
    return goal._replace(
        revisions=tuple(
            # what it does not name stays that of today, which the promise in force may not be
            revision._replace(target=revision.target or goal.target, due=revision.due or goal.due)
            for revision in goal.revisions
            if revision.until < day
        ),
        target=target,
        due=due,
        steps=tuple(step for step in goal.steps if leads and (due is None or step.due.end < due.end)),
        source=then.source or goal.source,
    )


def baseline_of(goal: Goal, points: Sequence[Point]) -> BaselineSeen | None:
    """Return where the goal starts: its baseline, else its first actual before due once there are two."""
    if goal.baseline is not None:
        period = goal.baseline.period
        found = point_on(points, period.end)
        return BaselineSeen(period, None if found is None else found.value, found)
    if len(points) < 2:  # noqa: PLR2004  one actual alone is where we are, not where we started
        return None
    if goal.due is not None and points[0].on >= goal.due.end:
        return None
    return BaselineSeen(points[0].period, points[0].value, points[0], implied=True)


class Reference(NamedTuple):
    """The series a moving target follows: its points and its kind, and what its breaks part from them."""

    series: str
    kind: Kind
    points: tuple[Point, ...]
    earlier: tuple[Point, ...] = ()
    breaks: tuple[Break, ...] = ()


class Aim(NamedTuple):
    """A target with what has to be said about how it was found."""

    seen: TargetSeen
    notes: tuple[Say, ...] = ()


def aim(  # noqa: PLR0911  one return for each form
    goal: Goal,
    points: Sequence[Point],
    baseline: BaselineSeen | None,
    latest: Point | None,
    reference: Reference | None,
) -> Aim:
    """Return the target of a goal with a series; its value is None where its base has no actual yet."""
    start = None if baseline is None else baseline.value
    match goal.target:
        case None:
            return Aim(TargetSeen(None))
        case Number(value):
            return Aim(TargetSeen("number", value))
        case Band(low, high):
            edge = _nearest(latest.value if latest else None, low, high)
            return Aim(TargetSeen("between", edge, low, high))
        case Times(times, of):
            base = point_on(points, of.end)
            return Aim(TargetSeen("times", finite(times * base.value) if base else None, base=base))
        case Change(change):
            base = baseline.point if baseline else None
            return Aim(TargetSeen("change", None if start is None else finite(start + change), base=base))
        case Grown(growth):
            return Aim(_grown(goal, growth, baseline))
        case Moving():
            return _moving(goal, goal.target, baseline, reference)


def _nearest(value: float | None, low: float, high: float) -> float:
    if value is None:
        return low
    return low if abs(value - low) <= abs(value - high) else high


def _grown(goal: Goal, growth: float, baseline: BaselineSeen | None) -> TargetSeen:
    if baseline is None or baseline.value is None or baseline.value <= 0 or goal.due is None:
        return TargetSeen("growth")  # what is 0 or below cannot grow by a rate
    span = years(baseline.period.end, goal.due.end)
    value = finite(carried(baseline.value, growth, span, compound=True))
    return TargetSeen("growth", value, base=baseline.point, rate=growth, compound=True, span=span)


def _moving(goal: Goal, target: Moving, baseline: BaselineSeen | None, reference: Reference | None) -> Aim:
    seen = TargetSeen("series", series=target.series, breaks=reference.breaks if reference else ())
    due = goal.due
    if reference is None or not reference.points or due is None:
        return Aim(seen)
    at_due = point_on(reference.points, due.end)
    if at_due is not None:
        return Aim(seen._replace(value=_shared(target, at_due.value), base=at_due, span=0.0))
    before = [point for point in reference.points if point.on < due.end]
    latest = before[-1] if before else reference.points[0]
    span = years(latest.on, due.end)
    since = _since(before, baseline)
    compound = default_path(reference.kind) is Path.COMPOUND and min(latest.value, since.value if since else 1) > 0
    gone = years(since.on, latest.on) if since else 0.0
    grown = since and rate(since.value, latest.value, gone, compound=compound)
    if since is None or grown is None:
        note = say("{series} has a single actual to go by: its target is held flat", series=target.series)
        return Aim(seen._replace(value=_shared(target, latest.value), base=latest, span=span), (note,))
    value = run_on(since.value, latest.value, gone, span, compound=compound)
    return Aim(
        seen._replace(
            value=None if value is None else _shared(target, value),
            base=latest,
            since=since,
            rate=grown,
            compound=compound,
            span=span,
        )
    )


def _since(before: Sequence[Point], baseline: BaselineSeen | None) -> Point | None:
    """Return where the reference's own growth is taken from; None where it has one point only."""
    if len(before) < 2:  # noqa: PLR2004  growth needs two points
        return None
    if baseline is not None:
        later = [point for point in before[:-1] if point.on >= baseline.period.end]
        if later:
            return later[0]
    return before[0]


def _shared(target: Moving, value: float) -> float | None:
    return finite(target.share * value + target.offset)


def common(points: Sequence[Point], target: Moving, reference: Reference | None) -> tuple[Common, ...]:
    """Return the periods that a goal and its reference share, oldest first."""
    if reference is None:
        return ()
    values = {point.on: point.value for point in reference.points}
    result = []
    for point in points:
        value = _shared(target, values[point.on]) if point.on in values else None
        if value is not None:
            result.append(Common(point.period, point.value, value))
    return tuple(result)


def reference_at(shared: Iterable[Common], day: date | None) -> float | None:
    """Return what a moving target was in the period that ends on a day; None where that is none of those shared."""
    return next((one.reference for one in shared if one.period.end == day), None)


def above_ceiling(seen: Assessment) -> float | None:
    """Return how far a running year's sum lies above its target or band; None where it does not."""
    if seen.year is None or seen.actual is None or seen.target is None:
        return None
    ceiling = seen.target.high if seen.target.high is not None else seen.target.value
    return None if ceiling is None or seen.actual.value <= ceiling else settled(seen.actual.value - ceiling)


class Threshold(NamedTuple):
    """What has to be met, tolerance included: at least `low` and at most `high` (None: no such side)."""

    low: float | None
    high: float | None

    def met(self, value: float) -> bool:
        """Tell whether a value meets the target; both sides count."""
        return (self.low is None or at_least(value, self.low)) and (self.high is None or at_least(self.high, value))

    def edge(self, value: float) -> float:
        """Return the side that a value which does not meet it has to come to."""
        low, high = self
        if low is None or (high is not None and value > low):
            return high or 0.0
        return low

    def all_met(self, values: Iterable[float]) -> list[bool]:
        """Tell of each value whether it meets the target, as `met` does of one."""
        low, high = self
        if high is None and low is not None:
            near = abs(low) * FAR
            above, below = low + near, low - near
            return [one > above or (one >= below and self.met(one)) for one in values]
        return [self.met(one) for one in values]


def threshold(goal: Goal, value: float, low: float | None = None, high: float | None = None) -> Threshold:
    """Return what has to be met for a target value, or for a band, within the goal's tolerance."""
    slack = goal.tolerance
    if low is not None and high is not None:
        return Threshold(low - slack, high + slack)
    if goal.direction is Direction.UP:
        return Threshold(value - slack, None)
    return Threshold(None, value + slack)
