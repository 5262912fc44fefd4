"""The fields of a goal's record, flattened, as people see them: their titles, and their values as cells."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.assess.figures import Status
from tracker.errors import Say, say
from tracker.tuples import NamedTuple
from tracker.views.cells import pattern
from tracker.views.flat import flattened
from tracker.views.record import goal_record
from tracker.views.table import NONE, Cell
from tracker.wording.quantity import Amount, Likelihood, Points, Rate, Share, number
from tracker.wording.terms import MODE, QUALITY, STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.assess.figures import Assessment
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

    Flat = Mapping[str, Json]

FREE = "fields."
"""What stands in front of the name of a goal's free field."""


class Is(StrEnum):
    """What a field holds: an amount in the goal's unit, a difference of two, a share, a chance, a rate, a day."""

    TEXT = "text"
    AMOUNT = "amount"
    POINTS = "points"
    SHARE = "share"
    CHANCE = "chance"
    RATE = "rate"
    DAY = "day"


class Field(NamedTuple):
    """The title of a field, and what it holds."""

    title: Say
    holds: Is = Is.TEXT


FIELDS: Mapping[str, Field] = {
    "id": Field(say("Id")),
    "name": Field(say("Goal")),
    "group": Field(say("Group")),
    "series": Field(say("Series")),
    "kind": Field(say("Kind")),
    "unit": Field(say("Unit")),
    "direction": Field(say("Direction")),
    "mode": Field(say("Mode")),
    "due": Field(say("Due"), Is.DAY),
    "baseline.period": Field(say("Baseline period")),
    "baseline.on": Field(say("Baseline day"), Is.DAY),
    "baseline.value": Field(say("Baseline"), Is.AMOUNT),
    "target.value": Field(say("Target"), Is.AMOUNT),
    "target.low": Field(say("Target, from"), Is.AMOUNT),
    "target.high": Field(say("Target, up to"), Is.AMOUNT),
    "target.series": Field(say("Target series")),
    "target.now": Field(say("Target now"), Is.AMOUNT),
    "actual.period": Field(say("Period")),
    "actual.on": Field(say("Data day"), Is.DAY),
    "actual.value": Field(say("Actual"), Is.AMOUNT),
    "actual.quality": Field(say("Quality")),
    "actual.source": Field(say("Source of the actual")),
    "actual.age_days": Field(say("Age, days")),
    "gap": Field(say("Gap"), Is.POINTS),
    "gap_now": Field(say("Gap now"), Is.POINTS),
    "progress": Field(say("Progress"), Is.SHARE),
    "elapsed": Field(say("Time gone"), Is.SHARE),
    "expected": Field(say("Expected"), Is.AMOUNT),
    "ahead": Field(say("Ahead"), Is.POINTS),
    "growth.unit": Field(say("Unit of growth")),
    "growth.observed": Field(say("Growth"), Is.RATE),
    "growth.planned": Field(say("Planned growth"), Is.RATE),
    "growth.required": Field(say("Required growth"), Is.RATE),
    "pace": Field(say("Pace")),
    "today.elapsed": Field(say("Time gone today"), Is.SHARE),
    "today.left": Field(say("Left, days")),
    "today.required": Field(say("Required from today"), Is.RATE),
    "projected.value": Field(say("Projected"), Is.AMOUNT),
    "projected.low": Field(say("Projected, low"), Is.AMOUNT),
    "projected.median": Field(say("Projected, median"), Is.AMOUNT),
    "projected.high": Field(say("Projected, high"), Is.AMOUNT),
    "reaches": Field(say("Reached on"), Is.DAY),
    "chance": Field(say("Chance"), Is.CHANCE),
    "model": Field(say("Model")),
    "status": Field(say("Status")),
    "stale": Field(say("Stale")),
    "provisional": Field(say("Provisional")),
    "lapsed": Field(say("Lapsed")),
    "achieved_on": Field(say("Achieved on"), Is.DAY),
    "reason": Field(say("Why")),
    "owner": Field(say("Owner")),
    "tags": Field(say("Tags")),
    "source": Field(say("Source")),
    "url": Field(say("Address")),
    "quote": Field(say("Quote")),
    "note": Field(say("Note")),
}
"""The fields that have a title of their own; another is called by its name."""

_TERMS: Mapping[str, Mapping[str, Say]] = {
    "status": {one.value: text for one, text in STATUS.items()},
    "actual.quality": {one.value: text for one, text in QUALITY.items()},
    "mode": {one.value: text for one, text in MODE.items()},
}
"""The fields whose values are terms, with the words for them."""


def title(name: str, words: Words) -> str:
    """Return what people call a field."""
    return words(FIELDS[name].title) if name in FIELDS else name.removeprefix(FREE)


def holds(name: str) -> Is:
    """Return what a field holds."""
    return FIELDS[name].holds if name in FIELDS else Is.TEXT


def flats(words: Words) -> Callable[[Assessment], Flat]:
    """Return what gives an assessment's fields, flattened, its free fields under names of their own; made once each."""
    made: dict[str, dict[str, Json]] = {}

    def flat(seen: Assessment) -> dict[str, Json]:
        if seen.goal.id not in made:
            record = dict(flattened(goal_record(seen, words)))
            free = record["fields"]
            own = free if isinstance(free, dict) else {}
            made[seen.goal.id] = {**record, **{f"{FREE}{key}": value for key, value in own.items()}}
        return made[seen.goal.id]

    return flat


def term(name: str, value: Json, words: Words) -> str:
    """Return a value in words: a term as people know it, several joined, everything else as it stands."""
    match value:
        case None:
            return "–"
        case bool():
            return words.text("yes") if value else words.text("no")
        case int() | float():
            return number(value)
        case list():
            return words.text(", ").join(term(name, one, words) for one in value)
        case dict():
            return words.text("; ").join(f"{key}: {term(name, one, words)}" for key, one in value.items())
        case str():
            known = _TERMS.get(name, {}).get(value)
            return value if known is None else words(known)


def cell(name: str, flat: Flat, words: Words) -> Cell:
    """Return a field of a goal as a cell: its words, and the number or day behind them."""
    value = flat.get(name)
    if value is None:
        return NONE
    if name == "status":
        return Cell(term(name, value, words), status=Status(str(value)))
    if name == "growth.unit":
        return Cell(words.unit_of_rate(str(value))[1])
    if holds(name) is Is.DAY:
        return Cell(str(value), value=date.fromisoformat(str(value)))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Cell(term(name, value, words))
    return _number(name, value, flat, words)


def _number(name: str, value: float, flat: Flat, words: Words) -> Cell:
    unit = flat.get("unit")
    unit = unit if isinstance(unit, str) else None
    match holds(name):
        case Is.AMOUNT:
            return Cell(words.put(Amount(value, unit)), value=value, pattern=pattern(value))
        case Is.POINTS:
            return Cell(words.put(Points(value, unit)), value=value, pattern=pattern(value))
        case Is.SHARE:
            return Cell(words.put(Share(value)), value=value, pattern="0.0%")
        case Is.CHANCE:
            return Cell(words.put(Likelihood(value)), value=value, pattern="0%")
        case Is.RATE:
            return _rate(value, flat.get("today.unit" if name == "today.required" else "growth.unit"), words)
        case _:
            return Cell(number(value), value=value, pattern=pattern(value))


def _rate(value: float, unit: Json, words: Words) -> Cell:
    if not isinstance(unit, str):
        return Cell(number(value), value=value, pattern=pattern(value))
    fraction = unit.startswith("fraction")
    shown = "0.00%" if fraction else pattern(value)
    return Cell(words.put(Rate(value, unit)), value=value, pattern=shown)
