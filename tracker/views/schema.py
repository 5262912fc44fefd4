"""JSON Schema of what tracker prints: every key is there, null where it does not apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.assess.figures import BEST_FIRST
from tracker.model.actual import Quality
from tracker.model.goal import Direction, Kind, Method, Mode
from tracker.views import explained, ledger, record

if TYPE_CHECKING:
    from collections.abc import Iterable

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NUMBER: Schema = {"type": ["number", "null"]}
TEXT: Schema = {"type": ["string", "null"]}
WORD: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
SHARE: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def _one_of(names: Iterable[str], *, null: bool = True) -> Schema:
    values = [str(name) for name in names]
    return {"enum": [*values, None] if null else values}


def _whole(properties: dict[str, Schema], *, null: bool = False) -> Schema:
    """Return the schema of a table whose keys are all there; later versions may add keys."""
    return {"type": ["object", "null"] if null else "object", "properties": properties, "required": list(properties)}


def _numbers(*names: str) -> dict[str, Schema]:
    return dict.fromkeys(names, NUMBER)


def goal_schema() -> Schema:
    """Return the schema of one goal's record."""
    parts: dict[str, Schema] = {
        "id": WORD,
        "name": WORD,
        "children": {"type": "array", "items": WORD},
        "kind": _one_of(list(Kind)),
        "direction": _one_of(list(Direction)),
        "mode": _one_of(list(Mode)),
        "due": DAY,
        "baseline": _whole({"period": WORD, "on": DAY, "value": NUMBER}, null=True),
        "target": _whole({**_numbers("value", "low", "high"), "form": TEXT, "series": TEXT, "now": NUMBER}, null=True),
        "actual": _whole(
            {
                "period": WORD,
                "on": DAY,
                "value": {"type": "number"},
                "quality": _one_of([one for one in Quality if one is not Quality.RETRACTED]),
                "source": TEXT,
                "age_days": {"type": "integer"},
            },
            null=True,
        ),
        "growth": _whole({"unit": WORD, **_numbers("observed", "planned", "required"), "undefined": TEXT}, null=True),
        "today": _whole({"elapsed": NUMBER, "left": {"type": ["integer", "null"]}, "required": NUMBER, "unit": TEXT}),
        "projected": _whole(_numbers("value", "low", "median", "high"), null=True),
        "reaches": DAY,
        "chance": SHARE,
        "model": _one_of(["trend", "total", "year"]),
        "verdict": _whole(
            {"method": _one_of(list(Method), null=False), "label": TEXT, "ratio": NUMBER, "score": NUMBER}
        ),
        "status": _one_of(list(reversed(BEST_FIRST)), null=False),
        "stale": FLAG,
        "provisional": FLAG,
        "achieved_on": DAY,
        "lapsed": FLAG,
        "bound": _one_of(["upper", "lower"]),
        "reason": WORD,
        "tags": {"type": "array", "items": WORD},
        "fields": {"type": "object"},
        **_numbers("gap", "gap_now", "progress", "elapsed", "expected", "ahead", "pace"),
    }
    return _whole({key: parts.get(key, TEXT) for key in record.KEYS})


def _schema(name: str, properties: dict[str, Schema]) -> Schema:
    return {"$schema": DRAFT, "title": name, **_whole({"schema": {"const": name}, **properties})}


def status_schema() -> Schema:
    """Return the schema of `tracker status --json`."""
    count = {"type": "integer", "minimum": 0}
    summary = _whole({status.value: count for status in reversed(BEST_FIRST)})
    return _schema(
        record.SCHEMA,
        {
            "as_of": {**DAY, "type": "string"},
            "known_on": DAY,
            "recorded_by": DAY,
            "goals_file": WORD,
            "title": TEXT,
            "summary": summary,
            "declarations": {
                "type": "array",
                "items": _whole({"id": WORD, "goals": count, "summary": summary}),
            },
            "goals": {"type": "array", "items": goal_schema()},
        },
    )


def log_schema() -> Schema:
    """Return the schema of `tracker log --json`."""
    parts: dict[str, Schema] = {
        "line": {"type": "integer"},
        "series": WORD,
        "period": WORD,
        "value": NUMBER,
        "quality": _one_of(list(Quality), null=False),
        "published": DAY,
        "holds": FLAG,
    }
    line = _whole({key: parts.get(key, TEXT) for key in ledger.LINE_KEYS})
    return _schema(ledger.SCHEMA, {"actuals": WORD, "lines": {"type": "array", "items": line}})


def show_schema() -> Schema:
    """Return the schema of `tracker show --json`."""
    point: dict[str, Schema] = {"period": WORD, "on": DAY, "value": {"type": "number"}, "published": DAY}
    figure = _whole({"figure": WORD, "value": TEXT, "how": TEXT, "source": TEXT})
    return _schema(
        explained.SCHEMA,
        {
            "as_of": {**DAY, "type": "string"},
            "known_on": DAY,
            "recorded_by": DAY,
            "goals_file": WORD,
            "goal": goal_schema(),
            "why": {"type": "array", "items": WORD},
            "bands": _whole({"on_track": {"type": "number"}, "off_track": {"type": "number"}}),
            "turning": _whole({"period": TEXT, "value": NUMBER, "due": TEXT}),
            "explained": {"type": "array", "items": figure},
            "history": {
                "type": "array",
                "items": _whole({key: point.get(key, TEXT) for key in explained.HISTORY_KEYS}),
            },
        },
    )
