"""What was said at one time: of each goal what was promised and where it stood, of each series its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.goal import declared
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.assess.figures import Assessment, Status
    from tracker.model.actual import Actual, Quality
    from tracker.model.goal import Declared
    from tracker.periods import Period


class Stood(NamedTuple):
    """Where a goal stood."""

    status: Status
    lapsed: bool
    chance: float | None


class Terms(NamedTuple):
    """What was promised: the target as goals.toml writes it, its due, and what else decides whether it is met.

    `target` is None where there is none; `is_target_known` is False where a saved status is too old to tell it, and
    `tolerance` is None for the same reason.
    """

    target: Declared
    tolerance: float | None
    due: date | None
    direction: str | None
    mode: str | None
    series: str | None
    children: tuple[str, ...]
    is_target_known: bool = True


class Said(NamedTuple):
    """What was said of one goal."""

    name: str
    unit: str | None
    terms: Terms
    stood: Stood


class Place(NamedTuple):
    """What a value is of: a series and a period; where a goal adds up several series, `goal` instead of `series`."""

    series: str | None
    period: Period
    goal: str | None = None


class Value(NamedTuple):
    """A value as it was; `line` is the recorded line that it stands in, None where it was computed from several."""

    value: float
    quality: Quality | None
    source: str | None = None
    line: Actual | None = None


class Snapshot(NamedTuple):
    """All that was said, in the order of the goals file and of the ledger."""

    goals: Mapping[str, Said]
    values: Mapping[Place, Value]


def snapshot(assessments: Sequence[Assessment], actuals: Mapping[str, Sequence[Actual]]) -> Snapshot:
    """Return what is said of goals and of every series; `actuals` are the lines in force."""
    lines = [line for recorded in actuals.values() for line in recorded]
    return Snapshot(said_of(assessments), {Place(line.series, line.period): value_of(line) for line in lines})


def value_of(line: Actual) -> Value:
    """Return the value of a recorded line."""
    return Value(line.value or 0.0, line.quality, line.source, line)


def said_of(assessments: Sequence[Assessment]) -> dict[str, Said]:
    """Return what is said of each goal, by its id."""
    return {seen.goal.id: Said(seen.goal.name, seen.unit, terms_of(seen), stood_of(seen)) for seen in assessments}


def stood_of(seen: Assessment) -> Stood:
    """Return where a goal stands."""
    return Stood(seen.status, seen.lapsed, seen.chance)


def terms_of(seen: Assessment) -> Terms:
    """Return what is promised; a composite and a band have no direction, a composite no mode of its own."""
    goal = seen.goal
    composite = goal.parts is not None
    banded = seen.target is not None and seen.target.form == "between"
    return Terms(
        target=declared(goal.target),
        tolerance=goal.tolerance,
        due=seen.due,
        direction=None if composite or banded else goal.direction.value,
        mode=None if composite else goal.mode.value,
        series=goal.series,
        children=seen.children,
    )
