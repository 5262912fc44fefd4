"""JSON Schema of what tracker prints about the course of things: what is due, what changed, what people noted."""

from __future__ import annotations

from tracker.views import due
from tracker.views.schema import DAY, TEXT, WORD, Schema, _schema, _whole

DATE: Schema = {**DAY, "type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
WORDS: Schema = {"type": "array", "items": WORD}
VIEW: dict[str, Schema] = {"as_of": DATE, "known_on": DAY, "recorded_by": DAY, "goals_file": WORD, "title": TEXT}


def due_schema() -> Schema:
    """Return the schema of `tracker due --json`."""
    series = _whole(
        {
            "series": WORD,
            "name": WORD,
            "goals": WORDS,
            "owners": WORDS,
            "latest": _whole({"period": WORD, "on": DATE}, null=True),
            "step": _whole({"months": COUNT, "days": COUNT}, null=True),
            "late": _whole({"first": WORD, "last": WORD, "count": COUNT, "by": DATE, "days": COUNT}, null=True),
            "next": _whole({"period": WORD, "by": DATE, "days": COUNT}, null=True),
        }
    )
    return _schema(due.SCHEMA, {**VIEW, "late": COUNT, "series": {"type": "array", "items": series}})
