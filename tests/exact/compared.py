"""Both versions of a world's goals, side by side, and where they differ."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from exact.together import judged
from tracker.assess import assess
from tracker.goals.read import goals_in
from tracker.model.actual import Actual, Quality, View, in_force
from tracker.periods import parse_period
from tracker.views.flat import flattened
from tracker.views.record import goal_record
from tracker.wording.words import ENGLISH

if TYPE_CHECKING:
    from exact.world import Line, World

if TYPE_CHECKING:
    from exact.cases import Figures

FIGURES = (
    "due", "baseline.on", "baseline.value", "target.value", "target.low", "target.high", "target.now",
    "target.form", "target.series",
    "actual.quality", "growth.undefined", "actual.on", "actual.value", "actual.age_days", "gap", "gap_now",
    "progress", "elapsed", "expected", "ahead",
    "growth.unit", "growth.observed", "growth.planned", "growth.required", "pace", "today.elapsed", "today.left",
    "today.required", "today.unit", "projected.value", "projected.low", "projected.median", "projected.high",
    "reaches", "chance", "model", "verdict.label", "verdict.ratio", "verdict.score", "status", "stale",
    "provisional", "achieved_on", "lapsed", "limiting", "bound", "year.done", "year.periods", "year.share",
    "year.time_expected", "year.time_ahead", "year.time_pace", "budget.allowed", "budget.used", "budget.left",
    "budget.periods", "independent",
)  # fmt: skip
"""What is compared of a goal's record, and what `show` has beside it."""
TEXTS = frozenset({"due", "of", "period", "baseline", "first", "allow"})
AMOUNTS = frozenset({"gap", "gap_now", "ahead", "expected", "year.time_ahead"})
"""Differences of amounts, each of which was settled to 12 digits before."""
RATES = frozenset({"growth.observed", "growth.planned", "growth.required", "today.required"})
UNDERFLOW = Decimal("1e-320")
"""Below it floats have only some digits left."""
CHANCES = frozenset({"chance", "independent"})


def toml(value: Any, key: str = "") -> str:  # noqa: ANN401  whatever TOML can hold
    """Return a value as TOML writes it; numbers are kept as text until here, so that no digit is lost."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {toml(v, k)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(each, key) for each in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and is_number(value) and key not in TEXTS:
        return value
    return json.dumps(value, ensure_ascii=False)


def is_number(text: str) -> bool:
    """Tell whether a text is a number."""
    try:
        Decimal(text)
    except ArithmeticError:
        return False
    return True


def declared(world: World) -> str:
    """Return the world's goals.toml."""
    rows = ["format = 1", f'[verdict]\nmethod = "{world.method}"']
    for name, table in world.series.items():
        rows.append(f"[series.{json.dumps(name)}]")
        rows += [f"{key} = {toml(value, key)}" for key, value in table.items()]
    for goal in world.goals:
        rows.append("[[goals]]")
        rows += [f"{key} = {toml(value, key)}" for key, value in goal.items()]
    return "\n".join(rows) + "\n"


def actual(line: Line, place: int) -> Actual:
    """Return a line as the program reads it."""
    period = parse_period(line.period)
    assert period is not None
    return Actual(
        line.series, period, float(line.value), Quality(line.quality), line.published,
        recorded_at=line.recorded_at, position=place,
    )  # fmt: skip


def found(world: World) -> dict[str, dict[str, Any]]:
    """Return the program's record of each goal, flattened."""
    file = goals_in(declared(world).encode(), "goals.toml").file
    view = View(world.as_of, world.known_on)
    lines = in_force([actual(line, place) for place, line in enumerate(world.lines)], view)
    return {
        seen.goal.id: {**dict(flattened(goal_record(seen, ENGLISH))), "independent": seen.independent}
        for seen in assess(file, lines, view)
    }


def differences(world: World) -> list[tuple[str, str, Any, Any]]:
    """Return goal, figure, the program's value and the slow one, wherever the two differ."""
    return between(found(world), judged(world))


def between(theirs: dict[str, dict[str, Any]], ours: dict[str, Figures]) -> list[tuple[str, str, Any, Any]]:
    """Return where the program's records and the slow figures differ."""
    rows: list[tuple[str, str, Any, Any]] = [(name, "", "made", "not made") for name in theirs.keys() ^ ours.keys()]
    for name in theirs.keys() & ours.keys():
        wanted, got = ours[name], theirs[name]
        rows += [
            (name, figure, got[figure], wanted.get(figure))
            for figure in FIGURES
            if not same(figure, got[figure], wanted.get(figure), settled(figure, wanted))
        ]
    return rows


def settled(figure: str, wanted: Figures) -> Decimal:
    """Return how far a figure may lie off because what it is made from was settled to 12 digits before."""
    scale: Decimal = wanted.get("scale", Decimal(0))
    if figure in AMOUNTS:
        return max(scale * Decimal("1e-11"), UNDERFLOW)
    if figure in RATES:
        is_fraction = str(wanted.get("growth.unit")).startswith(("fraction", "%"))
        return Decimal("3e-12") if is_fraction else scale * Decimal("3e-12")
    if figure == "projected.value":  # what falls by amounts may come to nothing
        return max(scale * Decimal("1e-15"), UNDERFLOW)
    return max(scale * Decimal("1e-250"), UNDERFLOW)


def same(figure: str, got: Any, wanted: Any, settled: Decimal) -> bool:  # noqa: ANN401  whatever JSON can hold
    """Tell whether two values are the same: numbers to 1e-9, chances to 1e-6, days that growth leads to by one."""
    if isinstance(wanted, date):
        if figure == "reaches" and got is not None:
            return abs((date.fromisoformat(got) - wanted).days) <= 1
        return bool(got == wanted.isoformat())
    if isinstance(wanted, Decimal) and isinstance(got, int | float) and not isinstance(got, bool):
        mine = Decimal(got)
        if figure in CHANCES:
            return abs(mine - wanted) <= Decimal("1e-6")
        size = max(abs(mine), abs(wanted))
        return abs(mine - wanted) <= size * Decimal("1e-9") + settled
    if figure in {"stale", "provisional", "lapsed", "growth.undefined"}:
        return bool(got) == bool(wanted)
    return bool(got == wanted)
