"""The JSON Schema of goals.toml, for editors: made from the same tables of keys that read the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.goals import keys
from tracker.goals.keys import Shape
from tracker.goals.times import LONGEST_SPAN, YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.goals.keys import Key

    Schema = dict[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_PERIOD = rf"^[0-9]{{4}}(-(S[12]|Q[1-4]|W(0[1-9]|[1-4][0-9]|5[0-3])|{_MONTH}(-{_DAY})?))?$"
_SPAN = "^(year|half-year|quarter|month|week|day|[0-9]{1,5}[dwmy])$"
# JSON Schema patterns know no scripts: whatever is neither ASCII nor a space may be a letter.
_WORD = r"[^\u0000-\u002f\u003a-\u0060\u007b-\u007f\s]+"
_PART = rf"({_WORD}|\{{{_WORD}\}})"


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _array(items: Schema, **limits: object) -> Schema:
    return {"type": "array", "items": items, **limits}


_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_PLAIN: Schema = {"type": ["string", "number", "boolean"]}
_SHAPES: Mapping[str, Schema] = {
    Shape.FORMAT: {"const": keys.FORMAT},
    Shape.TEXT: _TEXT,
    Shape.GOAL_ID: _ref("goal-id"),
    Shape.SERIES_ID: _ref("series-id"),
    Shape.PANEL: {"type": "string", "pattern": r"^[^{}]*\{[^{}]+\}[^{}]*$"},
    Shape.FLAG: {"type": "boolean"},
    Shape.NUMBER: _NUMBER,
    Shape.COUNT: {"type": "integer", "minimum": 1},
    Shape.PERIOD: _ref("period"),
    Shape.DAY: {"type": "string", "pattern": rf"^[0-9]{{4}}-{_MONTH}-{_DAY}$"},
    Shape.SPAN: _ref("span"),
    Shape.PAIR: _array(_NUMBER, minItems=2, maxItems=2),
    Shape.TEXTS: _array(_TEXT),
    Shape.GOAL_IDS: _array(_TEXT, minItems=1),
    Shape.SERIES_IDS: _array(_TEXT, minItems=1),
    Shape.FREE: {"type": "object", "additionalProperties": {"anyOf": [_PLAIN, _array(_PLAIN)]}},
    Shape.TARGET: _ref("target"),
    Shape.BASELINE: _ref("baseline"),
    Shape.STEPS: _array(_ref("step")),
    Shape.REVISIONS: _array(_ref("revision")),
    Shape.BREAKS: _array(_ref("break")),
    Shape.AT_LEAST: _ref("at-least"),
    Shape.WEIGHTS: {
        "type": "object",
        "additionalProperties": {"type": "number", "exclusiveMinimum": 0},
        "minProperties": 1,
    },
    Shape.ALLOW: {
        "oneOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)? ?%$"}],
    },
    Shape.SERIES_TABLES: {"type": "object", "additionalProperties": _ref("series")},
    Shape.GOAL_TABLES: _array(_ref("goal")),
    Shape.VERDICT: _ref("verdict"),
    Shape.LABELS: _ref("labels"),
    Shape.IMPORT_TABLES: {"type": "object", "additionalProperties": _ref("import")},
    Shape.SERIES_LABELS: {"type": "object", "additionalProperties": _ref("series-id")},
    Shape.STORE: _ref("store"),
    Shape.COLUMNS: _ref("columns"),
}


def goals_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of goals.toml; dates of TOML are ISO texts in it."""
    top = _table_schema(keys.TOP)
    return {"$schema": DIALECT, "title": "goals.toml of tracker", **top, "$defs": _definitions()}


def _definitions() -> Schema:
    return {
        "goal-id": {"type": "string", "pattern": f"^{_PART}([-/]{_PART})*$"},
        "series-id": {"type": "string", "minLength": 1},
        "period": {
            "description": "2025, 2025-S1, 2025-Q3, 2025-11, 2025-W05 or 2025-11-30.",
            "oneOf": [
                {"type": "integer", "minimum": YEARS.start, "maximum": YEARS.stop - 1},
                {"type": "string", "pattern": _PERIOD},
            ],
        },
        "span": {
            "description": "A number of days, a word such as quarter, or 45d, 6w, 2m, 1y.",
            "oneOf": [
                {"type": "integer", "minimum": 0, "maximum": LONGEST_SPAN},
                {"type": "string", "pattern": _SPAN},
            ],
        },
        "target": {"oneOf": [_NUMBER, *map(_table_schema, keys.TARGETS.values())]},
        "baseline": {"oneOf": [_ref("period"), _table_schema(keys.BASELINE)]},
        "step": _table_schema(keys.STEP),
        "revision": _table_schema(keys.REVISION),
        "break": _table_schema(keys.BREAK),
        "at-least": _table_schema(keys.AT_LEAST),
        "verdict": _table_schema(keys.VERDICT),
        "labels": _table_schema(keys.LABELS),
        "import": _table_schema(keys.IMPORT),
        "store": _table_schema(keys.STORE),
        "columns": _table_schema(keys.COLUMNS),
        "series": _table_schema(keys.SERIES),
        "goal": _goal_schema(),
    }


def _table_schema(table: Mapping[str, Key]) -> Schema:
    required = [key.name for key in table.values() if key.required]
    return {
        "type": "object",
        "properties": {name: _key_schema(key) for name, key in table.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _key_schema(key: Key) -> Schema:
    shape = _TEXT if key.choices is None else {"enum": [choice.value for choice in key.choices]}
    default = {} if key.default is None else {"default": key.default}
    return {"description": key.sentence, **_SHAPES.get(key.shape, shape), **default}


def _goal_schema() -> Schema:
    """Return the schema of a goal: judged by one thing, with a due and a target where it has a series."""
    is_composite: Schema = {"anyOf": [{"required": [name]} for name in keys.COMPOSITE]}
    others = {name: [other for other in keys.MEASURED if other != name] for name in keys.MEASURED}
    is_band = {"properties": {"target": {"type": "object", "required": ["between"]}}, "required": ["target"]}
    return {
        **_table_schema(keys.GOAL),
        "allOf": [
            {"if": is_composite, "then": _without(keys.NOT_COMPOSITE), "else": {"required": ["due"]}},
            {"if": is_band, "then": _without(["direction"])},
            *({"if": {"required": [name]}, "then": _without(rest)} for name, rest in others.items()),
        ],
    }


def _without(names: list[str] | tuple[str, ...]) -> Schema:
    return {"properties": dict.fromkeys(names, False)}
