"""JSON Schema of what tracker prints about the course of things: what is due, what changed, what people noted."""

from __future__ import annotations

from tracker.assess.figures import BEST_FIRST
from tracker.model.actual import Quality
from tracker.model.goal import Direction, Mode
from tracker.model.note import MOST_CONFIDENT, Ruling
from tracker.views import changes_record, due, notes
from tracker.views.schema import DAY, FLAG, NUMBER, SHARE, TEXT, WORD, Schema, one_of, schema, whole

DATE: Schema = {**DAY, "type": "string"}
COUNT: Schema = {"type": "integer", "minimum": 0}
WORDS: Schema = {"type": "array", "items": WORD}
VIEW: dict[str, Schema] = {"as_of": DATE, "known_on": DAY, "recorded_by": DAY, "goals_file": WORD, "title": TEXT}


def due_schema() -> Schema:
    """Return the schema of `tracker due --json`."""
    run = {"first": WORD, "last": WORD, "count": COUNT}
    series = whole(
        {
            "series": WORD,
            "name": WORD,
            "goals": WORDS,
            "owners": WORDS,
            "latest": whole({"period": WORD, "on": DATE}, null=True),
            "step": whole({"months": COUNT, "days": COUNT}, null=True),
            "late": whole(
                {**run, "by": DATE, "days": COUNT, "runs": {"type": "array", "items": whole(run)}}, null=True
            ),
            "next": whole({"period": WORD, "by": DATE, "days": COUNT}, null=True),
        }
    )
    return schema(due.SCHEMA, {**VIEW, "late": COUNT, "series": {"type": "array", "items": series}})


def diff_schema() -> Schema:
    """Return the schema of `tracker diff --json`."""
    stood = whole({"status": one_of(list(reversed(BEST_FIRST)), null=False), "lapsed": FLAG, "chance": SHARE})
    place: dict[str, Schema] = {"series": TEXT, "period": WORD, "on": DATE, "unit": TEXT, "goals": WORDS}
    parts: dict[str, Schema] = {"value": {"type": "number"}, "quality": one_of(list(Quality)), "published": DAY}
    value: dict[str, Schema] = {key: parts.get(key, TEXT) for key in changes_record.VALUE_KEYS}
    turn = whole({"goal": WORD, "before": stood, "after": stood})
    terms = whole(
        {
            "target": {"type": ["number", "object", "null"]},
            "tolerance": NUMBER,
            "due": DAY,
            "direction": one_of(list(Direction)),
            "mode": one_of(list(Mode)),
            "series": TEXT,
            "children": WORDS,
        },
        null=True,
    )
    lists: dict[str, Schema] = {
        "statuses": whole({"goal": WORD, "name": WORD, "before": stood, "after": stood, "reason": WORD}),
        "new": whole({**place, **value}),
        "revised": whole(
            {
                **place,
                "before": whole(value),
                "after": whole(value, null=True),
                "verdicts": {"type": ["array", "null"], "items": turn},
            }
        ),
        "promises": whole(
            {"goal": WORD, "name": WORD, "unit": TEXT, "before": terms, "after": terms, "why": TEXT, "source": TEXT}
        ),
    }
    since = whole({"as_of": DATE, "known_on": DAY, "recorded_by": DAY, "file": TEXT})
    return schema(
        changes_record.SCHEMA,
        {
            **VIEW,
            "since": since,
            "changed": FLAG,
            **{name: {"type": "array", "items": one} for name, one in lists.items()},
        },
    )


def notes_schema() -> Schema:
    """Return the schema of `tracker log --notes --json`."""
    parts: dict[str, Schema] = {
        "line": COUNT,
        "goal": WORD,
        "on": DAY,
        "text": WORD,
        "confidence": {**NUMBER, "minimum": 0, "maximum": MOST_CONFIDENT},
        "ruling": one_of(list(Ruling)),
    }
    note = whole({key: parts.get(key, TEXT) for key in notes.NOTE_KEYS})
    return schema(notes.SCHEMA, {"file": WORD, "notes": {"type": "array", "items": note}})
