"""A saved `tracker status --json`, from bytes to what it said."""

from __future__ import annotations

import json
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from tracker.assess.figures import Status
from tracker.compare.saved import Known, Saved, SavedGoal
from tracker.compare.snapshot import Said, Stood, Terms, Value
from tracker.errors import InvalidFile, Problem, Say, say
from tracker.model.actual import Quality, View
from tracker.periods import Period, parse_period

if TYPE_CHECKING:
    from tracker.model.goal import Declared

SCHEMA = "tracker/status/1"
_ODD = (AttributeError, KeyError, TypeError, ValueError)


def saved_status(content: bytes, file: str) -> Saved:
    """Return what a saved status said; `file` is what messages call it.

    Raises `InvalidFile` where it is no JSON, another output, or one of another version. Keys that a newer version
    added are not looked at.
    """
    record = _parsed(content, file)
    schema = record.get("schema") if isinstance(record, dict) else None
    again = say("`tracker status --json -o FILE` saves one")
    if not isinstance(record, dict) or not isinstance(schema, str) or not schema.startswith("tracker/status/"):
        raise _invalid(file, say("this is no saved status"), again)
    if schema != SCHEMA:
        what = say("this status is {schema}; this tracker compares with {known}", schema=schema, known=SCHEMA)
        raise _invalid(file, what, again)
    try:
        view = View(_day(record["as_of"]), _maybe_day(record.get("known_on")), _maybe_day(record.get("recorded_by")))
        goals = list(record["goals"])
    except _ODD:
        raise _invalid(file, say("this is no status as tracker writes it"), again) from None
    found = {}
    for place, goal in enumerate(goals):
        try:
            found[_text(goal["id"])] = _goal(goal)
        except _ODD:
            where = f"goals[{place}]"
            what = say("this is no goal as tracker writes it")
            raise InvalidFile([Problem(file, None, where, what, again)]) from None
    return Saved(view, found)


def _parsed(content: bytes, file: str) -> object:
    def refuse(name: str) -> float:
        raise ValueError(name)

    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=refuse)
    except json.JSONDecodeError as error:
        what = say("this is no JSON: {reason}", reason=error.msg)
        raise InvalidFile([Problem(file, error.lineno, None, what)]) from None
    except (ValueError, RecursionError):  # bytes that are no text, NaN, a number of thousands of digits
        raise _invalid(file, say("this is no saved status"), say("`tracker status --json -o FILE` saves one")) from None


def _invalid(file: str, what: Say, advice: Say) -> InvalidFile:
    return InvalidFile([Problem(file, None, None, what, advice)])


def _goal(record: Any) -> SavedGoal:  # noqa: ANN401  whatever JSON holds
    target = record["target"] or {}
    is_known, promised = _declared(target)
    terms = Terms(
        target=promised,
        tolerance=_number(target.get("tolerance")),
        due=_maybe_day(record["due"]),
        direction=_maybe_text(record["direction"]),
        mode=_maybe_text(record["mode"]),
        series=_maybe_text(record["series"]),
        children=tuple(_text(child) for child in record["children"]),
        is_target_known=is_known,
    )
    lapsed = record["lapsed"]
    if not isinstance(lapsed, bool):
        raise TypeError(lapsed)
    stood = Stood(Status(record["status"]), lapsed, _number(record["chance"]))
    said = Said(_text(record["name"]), _maybe_text(record["unit"]), terms, stood)
    return SavedGoal(said, _known(record["actual"]), _known(record["baseline"]))


def _declared(target: dict[str, Any]) -> tuple[bool, Declared]:
    """Return whether the promised target is told, and the target; older statuses tell only some forms of it."""
    if "declared" in target:
        found = target["declared"]
        if isinstance(found, dict):
            return True, {str(key): _plain(value) for key, value in found.items()}
        return True, _number(found)
    match target.get("form"):
        case "number":
            return True, _number(target["value"])
        case "between":
            return True, {"between": [_number(target["low"]), _number(target["high"])]}
        case None:
            return True, None
        case _:
            return False, None


def _plain(value: object) -> object:
    """Return a value of a target's table, numbers as floats."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return _number(value) if isinstance(value, int | float) else _text(value)


def _known(record: Any) -> Known | None:  # noqa: ANN401  whatever JSON holds
    if record is None or record["value"] is None:
        return None
    value = _number(record["value"])
    if value is None:
        raise TypeError(record)
    quality = record.get("quality")
    return Known(
        _period(record["period"]),
        Value(value, None if quality is None else Quality(quality), _maybe_text(record.get("source"))),
    )


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise TypeError(value)
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _maybe_text(value: object) -> str | None:
    return None if value is None else _text(value)


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _maybe_day(value: object) -> date | None:
    return None if value is None else _day(value)


def _period(value: object) -> Period:
    found = parse_period(_text(value))
    if found is None:
        raise ValueError(value)
    return found
