"""JSON Schema of what tracker prints: every key is there, null where it does not apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.assess.figures import BEST_FIRST
from tracker.model.actual import Quality
from tracker.model.goal import Direction, Kind, Method, Mode, Rule
from tracker.model.note import Ruling
from tracker.views import explained, flat, ledger, longtable, methods, record, rules

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


def one_of(names: Iterable[str], *, null: bool = True) -> Schema:
    """Return the schema of a word out of some, or null unless said otherwise."""
    values = [str(name) for name in names]
    return {"enum": [*values, None] if null else values}


def whole(properties: dict[str, Schema], *, null: bool = False) -> Schema:
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
        "rule": one_of(list(Rule)),
        "weights": {"type": ["array", "null"], "items": {"type": "number", "exclusiveMinimum": 0}},
        "kind": one_of(list(Kind)),
        "direction": one_of(list(Direction)),
        "mode": one_of(list(Mode)),
        "due": DAY,
        "baseline": whole({"period": WORD, "on": DAY, "value": NUMBER}, null=True),
        "target": whole(
            {
                **_numbers("value", "low", "high"),
                "form": TEXT,
                "series": TEXT,
                "now": NUMBER,
                "declared": {"type": ["number", "object", "null"]},
                "tolerance": {"type": "number"},
            },
            null=True,
        ),
        "actual": whole(
            {
                "period": WORD,
                "on": DAY,
                "value": {"type": "number"},
                "quality": one_of([one for one in Quality if one is not Quality.RETRACTED]),
                "source": TEXT,
                "age_days": {"type": "integer"},
            },
            null=True,
        ),
        "growth": whole({"unit": WORD, **_numbers("observed", "planned", "required"), "undefined": TEXT}, null=True),
        "today": whole({"elapsed": NUMBER, "left": {"type": ["integer", "null"]}, "required": NUMBER, "unit": TEXT}),
        "projected": whole(_numbers("value", "low", "median", "high"), null=True),
        "reaches": DAY,
        "chance": SHARE,
        "model": one_of(["trend", "total", "year"]),
        "verdict": whole({"method": one_of(list(Method), null=False), "label": TEXT, "ratio": NUMBER, "score": NUMBER}),
        "status": one_of(list(reversed(BEST_FIRST)), null=False),
        "stale": FLAG,
        "provisional": FLAG,
        "achieved_on": DAY,
        "lapsed": FLAG,
        "bound": one_of(["upper", "lower"]),
        "year": whole(
            {
                **{key: {"type": "integer"} for key in ("done", "periods")},
                **_numbers("share", "time_expected", "time_ahead", "time_pace"),
            },
            null=True,
        ),
        "budget": whole({key: {"type": "integer"} for key in flat.SPREAD["budget"]}, null=True),
        "reason": WORD,
        "tags": {"type": "array", "items": WORD},
        "fields": {"type": "object"},
        "noted": whole(
            {
                **dict.fromkeys(("on", "text", "confidence", "ruling", "why", "url", "by"), TEXT),
                "on": DAY,
                "text": WORD,
                "confidence": NUMBER,
                "ruling": one_of(list(Ruling)),
            },
            null=True,
        ),
        **_numbers("gap", "gap_now", "progress", "elapsed", "expected", "ahead", "pace"),
    }
    return whole({key: parts.get(key, TEXT) for key in flat.KEYS})


def _verdicts_schema() -> Schema:
    """Return the schema of what every method says of one goal."""
    parts: dict[str, Schema] = {
        "status": one_of(list(reversed(BEST_FIRST)), null=False),
        "chance": SHARE,
        "label": TEXT,
        "ratio": NUMBER,
        "score": NUMBER,
        "notes": {"type": "array", "items": WORD},
    }
    said = whole({key: parts[key] for key in methods.VERDICT_KEYS})
    return whole({method.value: said for method in Method})


def schema(name: str, properties: dict[str, Schema]) -> Schema:
    """Return the schema of a whole output, whose key `schema` carries its name."""
    return {"$schema": DRAFT, "title": name, **whole({"schema": {"const": name}, **properties})}


def status_schema() -> Schema:
    """Return the schema of `tracker status --json`."""
    count = {"type": "integer", "minimum": 0}
    compared = whole({"id": WORD, "parted": FLAG, "verdicts": _verdicts_schema()})
    summary = whole({status.value: count for status in reversed(BEST_FIRST)})
    group = whole({"value": {"type": ["string", "number", "boolean", "null"]}, "summary": summary})
    return schema(
        record.SCHEMA,
        {
            "as_of": {**DAY, "type": "string"},
            "known_on": DAY,
            "recorded_by": DAY,
            "goals_file": WORD,
            "title": TEXT,
            "summary": summary,
            "summary_by": whole({"key": WORD, "groups": {"type": "array", "items": group}}, null=True),
            "declarations": {
                "type": "array",
                "items": whole({"id": WORD, "goals": count, "summary": summary}),
            },
            "goals": {"type": "array", "items": goal_schema()},
            "compare": {
                "description": "With --compare: what every method says of each goal, and whether they part; else null.",
                **whole({"parted": count, "goals": {"type": "array", "items": compared}}, null=True),
            },
        },
    )


def log_schema() -> Schema:
    """Return the schema of `tracker log --json`."""
    parts: dict[str, Schema] = {
        "line": {"type": "integer"},
        "series": WORD,
        "period": WORD,
        "value": NUMBER,
        "quality": one_of(list(Quality), null=False),
        "published": DAY,
        "holds": FLAG,
    }
    line = whole({key: parts.get(key, TEXT) for key in ledger.LINE_KEYS})
    return schema(ledger.SCHEMA, {"actuals": WORD, "lines": {"type": "array", "items": line}})


def methods_schema() -> Schema:
    """Return the schema of `tracker methods --json`."""
    told = whole({"method": one_of(list(Method), null=False), **dict.fromkeys(rules.KEYS[1:], WORD)})
    return schema(rules.SCHEMA, {"methods": {"type": "array", "items": told}})


def actuals_schema() -> Schema:
    """Return the schema of `tracker export --json`."""
    parts: dict[str, Schema] = {
        "series": WORD,
        "period": WORD,
        "value": NUMBER,
        "quality": one_of(list(Quality), null=False),
        "published": DAY,
    }
    line = whole({key: parts.get(key, TEXT) for key in longtable.ACTUAL_KEYS})
    return schema(longtable.ACTUALS_SCHEMA, {"actuals": WORD, "lines": {"type": "array", "items": line}})


def figures_schema() -> Schema:
    """Return the schema of `tracker export --figures --json`."""
    parts: dict[str, Schema] = {
        "goal": WORD,
        "name": WORD,
        "status": one_of(list(reversed(BEST_FIRST)), null=False),
        "figure": WORD,
        "value": {"type": "number"},
    }
    figure = whole({key: parts.get(key, TEXT) for key in longtable.FIGURE_KEYS})
    return schema(
        longtable.FIGURES_SCHEMA,
        {
            "as_of": {**DAY, "type": "string"},
            "known_on": DAY,
            "recorded_by": DAY,
            "goals_file": WORD,
            "figures": {"type": "array", "items": figure},
        },
    )


def show_schema() -> Schema:
    """Return the schema of `tracker show --json`."""
    point: dict[str, Schema] = {"period": WORD, "on": DAY, "value": {"type": "number"}, "published": DAY}
    points = {"type": "array", "items": whole({key: point.get(key, TEXT) for key in explained.HISTORY_KEYS})}
    figure = whole({"figure": WORD, "value": TEXT, "how": TEXT, "source": TEXT})
    return schema(
        explained.SCHEMA,
        {
            "as_of": {**DAY, "type": "string"},
            "known_on": DAY,
            "recorded_by": DAY,
            "goals_file": WORD,
            "goal": goal_schema(),
            "why": {"type": "array", "items": WORD},
            "bands": whole({"on_track": {"type": "number"}, "off_track": {"type": "number"}}),
            "turning": whole({"period": TEXT, "value": NUMBER, "due": TEXT}),
            "verdicts": _verdicts_schema(),
            "explained": {"type": "array", "items": figure},
            "history": points,
            "earlier": points,
            "breaks": {"type": "array", "items": whole({"on": DAY, "why": TEXT, "link": NUMBER})},
        },
    )
