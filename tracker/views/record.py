"""An assessment as the record that machines read: raw numbers, ISO dates, every key always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.goal import declared
from tracker.views.jsonvalues import day, heading, plain, raw
from tracker.views.order import by_declaration, counts
from tracker.wording.reason import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tracker.assess.figures import Assessment
    from tracker.model.actual import View
    from tracker.model.goal import Declared, Goal
    from tracker.model.note import Note
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

SCHEMA = "tracker/status/1"


def status_record(  # noqa: PLR0913, PLR0917  one argument for each thing it holds
    assessments: Sequence[Assessment],
    view: View,
    goals_file: str,
    title: str | None,
    words: Words,
    by: tuple[str, Callable[[Assessment], list[Json]]] | None = None,
    compare: Json = None,
    among: Sequence[Assessment] | None = None,
) -> dict[str, Json]:
    """Return what `tracker status --json` prints.

    `by` is a field to count by, and what gives a goal's values of it; `compare` is what --compare adds; `among` are the
    goals that are counted, where not all are shown.
    """
    counted = assessments if among is None else among
    return {
        **heading(SCHEMA, view, goals_file),
        "title": title,
        "summary": _summary(counted),
        "summary_by": None if by is None else _summary_by(counted, *by),
        "declarations": [
            {"id": name, "goals": len(goals), "summary": _summary(goals)}
            for name, goals in by_declaration(counted).items()
        ],
        "goals": [goal_record(seen, words) for seen in assessments],
        "compare": compare,
    }


def _summary(assessments: Sequence[Assessment]) -> dict[str, Json]:
    return {status.value: n for status, n in counts(assessments).items()}


def _summary_by(assessments: Sequence[Assessment], key: str, values: Callable[[Assessment], list[Json]]) -> Json:
    """Return how goals stand for each value of a field; a goal with several values counts for each."""
    under: dict[str, tuple[Json, list[Assessment]]] = {}
    for seen in assessments:
        for value in values(seen):
            under.setdefault(repr(value), (value, []))[1].append(seen)
    return {
        "key": key,
        "groups": [{"value": value, "summary": _summary(members)} for value, members in under.values()],
    }


def goal_record(seen: Assessment, words: Words) -> dict[str, Json]:
    """Return one goal as a record; design section 9 has its shape."""
    goal = seen.goal
    composite = goal.parts is not None
    banded = seen.target is not None and seen.target.form == "between"
    return {
        "id": goal.id,
        "name": goal.name,
        "group": goal.group,
        "parent": seen.parent,
        "children": list(seen.children),
        "rule": None if goal.parts is None else goal.parts.rule.value,
        "weights": _weights(goal),
        "declaration": goal.declaration,
        "series": goal.series,
        "kind": None if seen.kind is None else seen.kind.value,
        "unit": seen.unit,
        "direction": None if composite or banded else goal.direction.value,
        "mode": None if composite else goal.mode.value,
        "due": day(seen.due),
        "baseline": _baseline(seen),
        "target": _target(seen),
        "actual": _actual(seen),
        "gap": plain(seen.gap),
        "gap_now": plain(seen.gap_now),
        "progress": plain(seen.progress),
        "elapsed": plain(seen.elapsed),
        "expected": plain(seen.expected),
        "ahead": plain(seen.ahead),
        "growth": _growth(seen, words),
        "pace": plain(seen.pace),
        "today": {
            "elapsed": plain(seen.today.elapsed),
            "left": seen.today.left,
            "required": plain(seen.today.required),
            "unit": seen.today.unit,
        },
        "projected": _projected(seen),
        "reaches": day(seen.reaches),
        "chance": plain(seen.chance),
        "model": seen.model,
        "verdict": {
            "method": seen.verdict.method.value,
            "label": seen.verdict.label,
            "ratio": plain(seen.verdict.ratio),
            "score": plain(seen.verdict.score),
        },
        "status": seen.status.value,
        "stale": seen.stale,
        "provisional": seen.provisional,
        "achieved_on": day(seen.achieved_on),
        "lapsed": seen.lapsed,
        "limiting": seen.limiting,
        "bound": seen.bound,
        "year": _year(seen),
        "budget": _budget(seen),
        "reason": reason(seen, words),
        "owner": goal.owner,
        "tags": list(goal.tags),
        "fields": _free(goal.fields),
        "source": goal.source,
        "url": goal.url,
        "quote": goal.quote,
        "note": goal.note,
        "noted": _noted(seen.noted),
    }


def _noted(note: Note | None) -> Json:
    """Return the latest human note beside the computed status."""
    if note is None:
        return None
    return {
        "on": day(note.on),
        "text": note.text,
        "confidence": plain(note.confidence),
        "ruling": None if note.ruling is None else note.ruling.value,
        "why": note.why,
        "url": note.url,
        "by": note.by,
    }


def _weights(goal: Goal) -> Json:
    """Return the weights of a mean's children, in their order; None where children have none."""
    return [plain(weight) for weight in goal.parts.weights] if goal.parts and goal.parts.weights else None


def _free(fields: Mapping[str, object]) -> dict[str, Json]:
    """Return the free fields of a goal; days and times become ISO text."""
    return {key: _free_value(value) for key, value in fields.items()}


def _free_value(value: object) -> Json:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case list() | tuple():
            return [_free_value(one) for one in value]
        case dict():
            return {str(key): _free_value(one) for key, one in value.items()}
        case _:
            return str(value)


def _baseline(seen: Assessment) -> Json:
    if seen.baseline is None:
        return None
    period = seen.baseline.period
    return {"period": period.text, "on": period.end.isoformat(), "value": raw(seen.baseline.value)}


def _target(seen: Assessment) -> Json:
    target = seen.target
    if target is None:
        return None
    return {
        "value": raw(target.value),
        "low": raw(target.low),
        "high": raw(target.high),
        "form": target.form,
        "series": target.series,
        "now": plain(target.now),
        "declared": promised(declared(seen.goal.target)),
        "tolerance": plain(seen.goal.tolerance),
    }


def promised(target: Declared) -> Json:
    """Return a target as goals.toml writes it; whole numbers without a fraction."""
    match target:
        case float():
            return raw(target)
        case None:
            return None
        case _:
            return {key: _number(value) for key, value in target.items()}


def _number(value: object) -> Json:
    if isinstance(value, list):
        return [_number(one) for one in value]
    return raw(value) if isinstance(value, float) else str(value)


def _actual(seen: Assessment) -> Json:
    actual = seen.actual
    if actual is None:
        return None
    return {
        "period": actual.period.text,
        "on": actual.on.isoformat(),
        "value": raw(actual.value) if actual.actual and actual.actual.value == actual.value else plain(actual.value),
        "quality": None if actual.quality is None else actual.quality.value,
        "source": actual.source,
        "age_days": seen.age_days,
    }


def _growth(seen: Assessment, words: Words) -> Json:
    growth = seen.growth
    if growth is None:
        return None
    return {
        "unit": growth.unit,
        "observed": plain(growth.observed),
        "planned": plain(growth.planned),
        "required": plain(growth.required),
        "undefined": None if growth.undefined is None else words(growth.undefined),
    }


def _year(seen: Assessment) -> Json:
    """Return how far the year has gone: by the mean share of the years before, and figures by time alone."""
    if seen.year is None or seen.year.pro_rata is None:
        return None
    year, plain_reading = seen.year, seen.year.pro_rata
    return {
        "done": year.done,
        "periods": year.periods,
        "share": plain(year.share),
        "time_expected": plain(plain_reading.expected),
        "time_ahead": plain(plain_reading.ahead),
        "time_pace": plain(plain_reading.pace),
    }


def _budget(seen: Assessment) -> Json:
    spent = seen.budget
    if spent is None:
        return None
    return {"allowed": spent.allowed, "used": len(spent.missed), "left": spent.left, "periods": spent.periods}


def _projected(seen: Assessment) -> Json:
    projected = seen.projected
    if projected is None:
        return None
    return {
        "value": plain(projected.value),
        "low": plain(projected.low),
        "median": plain(projected.median),
        "high": plain(projected.high),
    }
