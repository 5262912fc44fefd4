"""What changed, as the record that machines read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.ranking import ranks_by
from tracker.compare.turned import depending
from tracker.views.changes import unit_of
from tracker.views.jsonvalues import Json, day, heading, moment, plain, raw
from tracker.views.record import promised
from tracker.wording.reason import reason

if TYPE_CHECKING:
    from tracker.compare.changes import NewActual, PromiseChange, Revised, StatusChange
    from tracker.compare.snapshot import Place, Stood, Terms, Value
    from tracker.views.changes import Comparison
    from tracker.wording.words import Words

SCHEMA = "tracker/diff/1"
VALUE_KEYS = ("value", "quality", "source", "url", "note", "published", "recorded_at")


def changes_record(compared: Comparison, words: Words) -> dict[str, Json]:
    """Return what `tracker diff --json` prints."""
    found, then = compared.found, compared.then
    return {
        **heading(SCHEMA, compared.now, compared.file.file),
        "title": compared.file.title,
        "since": {
            "as_of": then.as_of.isoformat(),
            "known_on": day(then.known_on),
            "recorded_by": day(then.recorded_by),
            "file": compared.saved,
        },
        "changed": found.are_there,
        "statuses": [_status(one, compared, words) for one in found.statuses],
        "new": [_new(one, compared) for one in found.new],
        "revised": [_revised(one, compared) for one in found.revised],
        "promises": [_promise(one) for one in found.promises],
    }


def _status(one: StatusChange, compared: Comparison, words: Words) -> Json:
    return {
        "goal": one.goal,
        "name": one.name,
        "before": _stood(one.before),
        "after": _stood(one.after),
        "reason": reason(compared.seen[one.goal], words),
    }


def _stood(stood: Stood) -> dict[str, Json]:
    return {"status": stood.status.value, "lapsed": stood.lapsed, "chance": plain(stood.chance)}


def _place(place: Place, compared: Comparison) -> dict[str, Json]:
    goals: list[Json] = [place.goal] if place.goal is not None else []
    if place.series is not None:
        series = {place.series, *ranks_by(place.series, compared.file)}
        decided = depending([seen.goal for seen in compared.seen.values()], series, compared.file)
        goals = [id_ for id_ in compared.seen if id_ in decided]
    on = place.period.end.isoformat()
    return {
        "series": place.series,
        "period": place.period.text,
        "on": on,
        "unit": unit_of(place, compared),
        "goals": goals,
    }


def _value(value: Value) -> dict[str, Json]:
    line = value.line
    told: tuple[Json, ...] = (
        raw(value.value),
        None if value.quality is None else value.quality.value,
        value.source,
        line.url if line else None,
        line.note if line else None,
        day(line.published) if line else None,
        moment(line.recorded_at) if line else None,
    )
    return dict(zip(VALUE_KEYS, told, strict=True))


def _new(one: NewActual, compared: Comparison) -> Json:
    return {**_place(one.place, compared), **_value(one.value)}


def _revised(one: Revised, compared: Comparison) -> Json:
    turns: Json = None
    if one.turns is not None:
        turns = [{"goal": turn.goal, "before": _stood(turn.before), "after": _stood(turn.after)} for turn in one.turns]
    return {
        **_place(one.place, compared),
        "before": _value(one.before),
        "after": None if one.after is None else _value(one.after),
        "verdicts": turns,
    }


def _promise(one: PromiseChange) -> Json:
    return {
        "goal": one.goal,
        "name": one.name,
        "unit": one.unit,
        "before": None if one.before is None else _terms(one.before),
        "after": None if one.after is None else _terms(one.after),
        "why": one.why,
        "source": one.source,
    }


def _terms(terms: Terms) -> dict[str, Json]:
    return {
        "target": promised(terms.target),
        "tolerance": plain(terms.tolerance),
        "due": day(terms.due),
        "direction": terms.direction,
        "mode": terms.mode,
        "series": terms.series,
        "children": list(terms.children),
    }
