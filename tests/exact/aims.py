"""What a goal wants: a number, something made from the baseline, a band, or another series carried on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from exact.digits import power, settle, shown
from exact.times import When, period, years
from exact.world import SUMMED, Goal, Point, World, kind_of, recorded, totals

if TYPE_CHECKING:
    from datetime import date


class Aim(NamedTuple):
    """The target's value, and the band it may be an edge of."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None

    def edge(self, value: Decimal | None) -> Decimal | None:
        """Return the edge of the band nearest to a value; none inside the band, which is no way to go."""
        if self.low is None or self.high is None or value is None or self.low <= value <= self.high:
            return None
        return self.low if value < self.low else self.high


class Reference(NamedTuple):
    """The series a moving target follows."""

    kind: str
    points: list[Point]
    share: Decimal
    offset: Decimal
    since: When | None
    due: When

    def scaled(self, value: Decimal) -> Decimal:
        """Return what the goal's series must be, for a value of the reference."""
        return self.share * value + self.offset

    def common(self, points: list[Point]) -> list[tuple[When, Decimal, Decimal]]:
        """Return the common periods with both values, in the goal's unit."""
        others = {each.on: each.value for each in self.points}
        return [(p.when, p.value, self.scaled(others[p.on])) for p in points if p.on in others]

    def now(self, points: list[Point]) -> Decimal | None:
        """Return the reference at the latest common period."""
        shared = self.common(points)
        return settle(shared[-1][2]) if shared else None

    def used(self) -> list[Point]:
        """Return the points that the target at due is made from: the one for due, else the latest and the first."""
        if not self.points:
            return []
        held = [each for each in self.points if each.on == self.due.end]
        if held:
            return held
        before = [each for each in self.points if each.on < self.due.end]
        if len(before) < 2:
            return before or self.points[:1]
        begun = [each for each in before[:-1] if self.since is not None and each.on >= self.since.end]
        return [before[-1], begun[0] if begun else before[0]]

    def carried(self, day: date, span: Decimal) -> Decimal:
        """Return the target so many years after a day: carried on by the reference's own growth, else held flat."""
        latest, *more = self.used()
        if not more:
            return self.scaled(latest.value)
        first = more[0]
        part = (years(latest.on, day) + span) / years(first.on, latest.on)
        if self.kind not in {"ratio", "rank"} and latest.value > 0 and first.value > 0:
            return self.scaled(latest.value * power(latest.value / first.value, part))
        return self.scaled(latest.value + (latest.value - first.value) * part)

    def at_due(self) -> Decimal | None:
        """Return the target at due; none without any actual of the reference."""
        return shown(self.carried(self.due.end, Decimal(0))) if self.points else None


def reference(world: World, goal: Goal, since: When | None, due: When) -> Reference | None:
    """Return the series a goal's target follows, if it moves."""
    target = goal.get("target")
    if not isinstance(target, dict) or "series" not in target:
        return None
    share, offset = (Decimal(str(target.get(key, default))) for key, default in (("share", 1), ("offset", 0)))
    name = target["series"]
    kind, points = kind_of(world, name), recorded(world, name)
    if kind in SUMMED and due.length == "year":
        points = totals(points, kind)
    return Reference(kind, points, share, offset, since, due)


def aim(goal: Goal, points: list[Point], base: tuple[date, Decimal] | None, due: When, ref: Reference | None) -> Aim:
    """Return what a goal wants; without a value where it cannot be computed yet."""
    target = goal.get("target")
    if ref is not None:
        return Aim(ref.at_due())
    if not isinstance(target, dict):
        return Aim(None if target is None else Decimal(str(target)))
    if "between" in target:
        low, high = (Decimal(str(each)) for each in target["between"])
        y = points[-1].value if points else None
        return Aim(low if y is None or abs(y - low) <= abs(y - high) else high, low, high)
    if "times" in target:
        end = period(str(target["of"])).end
        of = next((each.value for each in points if each.on == end), None)
        return Aim(None if of is None else shown(Decimal(str(target["times"])) * of))
    if base is None:
        return Aim(None)
    if "change" in target:
        return Aim(shown(base[1] + Decimal(str(target["change"]))))
    if base[1] <= 0:
        return Aim(None)
    return Aim(shown(base[1] * power(1 + Decimal(str(target["growth"])), years(base[0], due.end))))
