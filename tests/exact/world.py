"""What is declared and recorded, as plain data; which lines hold, which promise is in force, what the points are."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from exact.times import FINEST_FIRST, PER_YEAR, When, around, period

SUMMED = ("flow", "ytd")
Goal = dict[str, Any]


class Line(NamedTuple):
    """One recorded line; the value is text as it stands in the file."""

    series: str
    period: str
    value: str
    quality: str = "final"
    published: date | None = None
    recorded_at: datetime | None = None


class World(NamedTuple):
    """Everything there is, and from where we look."""

    series: dict[str, dict[str, Any]]
    goals: list[Goal]
    lines: list[Line]
    as_of: date
    known_on: date | None = None
    method: str = "chance"
    on_track: Decimal = Decimal(2) / 3
    off_track: Decimal = Decimal(1) / 3


class Point(NamedTuple):
    """One value at a period; quality is empty for a goal's own baseline."""

    when: When
    value: Decimal
    quality: str

    @property
    def on(self) -> date:
        """Return the day it stands at."""
        return self.when.end


def kind_of(world: World, series: str) -> str:
    """Return how a series behaves."""
    return str(world.series.get(series, {}).get("kind", "level"))


def recorded(world: World, series: str) -> list[Point]:
    """Return the values that hold, by last day: of a period's lines the latest known, of one last day the finest."""
    chosen: dict[str, tuple[tuple[Any, ...], Line]] = {}
    for place, line in enumerate(world.lines):
        if line.series != series or period(line.period).end > world.as_of:
            continue
        public = line.published or (line.recorded_at.date() if line.recorded_at else None)
        if world.known_on and public and public > world.known_on:
            continue
        rank = (public or date.min, line.recorded_at.timestamp() if line.recorded_at else float("-inf"), place)
        if line.period not in chosen or rank > chosen[line.period][0]:
            chosen[line.period] = (rank, line)
    points = [
        Point(period(line.period), Decimal(line.value), line.quality)
        for _, line in chosen.values()
        if line.quality != "retracted"
    ]
    return finest(points) if kind_of(world, series) not in SUMMED else sorted(points, key=lambda each: each.on)


def finest(points: list[Point]) -> list[Point]:
    """Return one point for each last day, that of the shortest period."""
    by_day: dict[date, Point] = {}
    for each in points:
        other = by_day.get(each.on)
        if other is None or FINEST_FIRST.index(each.when.length) < FINEST_FIRST.index(other.when.length):
            by_day[each.on] = each
    return [by_day[day] for day in sorted(by_day)]


def totals(points: list[Point], kind: str) -> list[Point]:
    """Return the full years of a flow or cumulated series as one point each; what is yearly already stays."""
    found = []
    for year in sorted({each.on.year for each in points}):
        inside = [each for each in points if each.on.year == year]
        last, whole = inside[-1], around(inside[-1].on, "year")
        if last.when.length == "year":
            found.append(last)
        elif last.on == whole.end and kind == "ytd":
            found.append(Point(whole, last.value, last.quality))
        elif last.on == whole.end and len(inside) == PER_YEAR[last.when.length]:
            found.append(Point(whole, sum((p.value for p in inside), Decimal(0)), worst([p.quality for p in inside])))
    return found


def series_of(goal: Goal) -> str:
    """Return the id of what is measured."""
    return str(goal.get("series", goal["id"]))


def points_of(world: World, goal: Goal) -> list[Point]:
    """Return a goal's points: those of its series, or the sums where all of these have a value.

    They belong together by their last day, which is where a period stands; amounts only where they begin alike too.
    """
    if "sum" not in goal:
        return recorded(world, series_of(goal))
    together: dict[tuple[date, date | None], list[Point]] = {}
    for name in goal["sum"]:
        for each in recorded(world, name):
            start = each.when.start if kind_of(world, name) in SUMMED else None
            together.setdefault((each.on, start), []).append(each)
    return [
        Point(
            max((each.when for each in same), key=lambda when: FINEST_FIRST.index(when.length)),
            sum((each.value for each in same), Decimal(0)),
            worst([each.quality for each in same]),
        )
        for _, same in sorted(together.items(), key=lambda item: item[0][0])
        if len(same) == len(goal["sum"])
    ]


def whole_parts(points: list[Point], kind: str, due: When) -> list[Point]:
    """Return what is compared with a target for part of a year: whole parts of a flow, cumulated values of the same."""
    if kind == "ytd":
        return [each for each in points if each.on.month == due.end.month]
    found: dict[str, list[Point]] = {}
    for each in points:
        found.setdefault(around(each.on, due.length).text, []).append(each)
    return [
        Point(period(text), sum((p.value for p in inside), Decimal(0)), worst([p.quality for p in inside]))
        for text, inside in found.items()
        if len(inside) == PER_YEAR["month"] // PER_YEAR[due.length]
    ]


class Sides(NamedTuple):
    """A series over its breaks: what can be compared, what lies before a break without a link, and that break's day.

    `links` are the days of the others with what values before them are multiplied by; `ended`: newer values are left
    out, as they were measured otherwise after due.
    """

    points: list[Point]
    earlier: list[Point]
    cut: date | None
    links: list[tuple[date, Decimal]]
    ended: bool

    def factor(self, day: date) -> Decimal:
        """Return what a value of a day is multiplied by."""
        found = Decimal(1)
        for on, link in self.links:
            found *= link if day < on else 1
        return found


def sides(points: list[Point], breaks: list[dict[str, Any]], due: date, start: date | None) -> Sides:
    """Return the sides of a series for a goal that is due on a day and starts on another."""
    beyond = [each["on"] for each in breaks if each["on"] > due]
    kept = [each for each in points if not beyond or each.on < min(beyond)]
    crossed = [
        each
        for each in breaks
        if each["on"] <= due
        and any(point.on >= each["on"] for point in kept)
        and (any(point.on < each["on"] for point in kept) or (start is not None and start < each["on"]))
    ]
    cut = max((each["on"] for each in crossed if "link" not in each), default=None)
    links = [(each["on"], Decimal(each["link"])) for each in crossed if "link" in each]
    found = Sides([], [each for each in kept if cut and each.on < cut], cut, links, len(kept) < len(points))
    after = [each for each in kept if not cut or each.on >= cut]
    return found._replace(points=[each._replace(value=each.value * found.factor(each.on)) for each in after])


def worst(qualities: list[str]) -> str:
    """Return the least firm of some qualities."""
    return max(qualities, key=["final", "provisional", "estimate"].index)


def promised(world: World, goal: Goal) -> Goal:
    """Return the goal with the promise in force on the day we know of."""
    day = world.known_on
    until = [each for each in goal.get("revisions", []) if day is not None and each["until"] >= day]
    if not until:
        return goal
    held = min(until, key=lambda each: each["until"])
    then = {**goal, **{key: held[key] for key in ("target", "due") if key in held}}
    if "steps" in goal:
        last = period(str(then["due"])).end
        same = then.get("target") == goal.get("target")
        then["steps"] = [each for each in goal["steps"] if same and period(str(each["due"])).end < last]
    return then
