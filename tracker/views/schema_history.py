"""JSON Schema of what tracker prints about the course of things: what is due, what changed, what people noted."""

from __future__ import annotations

from tracker.assess.figures import BEST_FIRST
from tracker.model.actual import Quality
from tracker.model.goal import Direction, Mode
from tracker.model.note import MOST_CONFIDENT, Ruling
from tracker.views import changes_record, due, notes
from tracker.views.schema import DAY, FLAG, NUMBER, SHARE, TEXT, WORD, Schema, _one_of, _schema, _whole

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


def diff_schema() -> Schema:
    """Return the schema of `tracker diff --json`."""
    stood = _whole({"status": _one_of(list(reversed(BEST_FIRST)), null=False), "lapsed": FLAG, "chance": SHARE})
    place: dict[str, Schema] = {"series": TEXT, "period": WORD, "on": DATE, "unit": TEXT, "goals": WORDS}
    parts: dict[str, Schema] = {"value": {"type": "number"}, "quality": _one_of(list(Quality)), "published": DAY}
    value: dict[str, Schema] = {key: parts.get(key, TEXT) for key in changes_record.VALUE_KEYS}
    turn = _whole({"goal": WORD, "before": stood, "after": stood})
    terms = _whole(
        {
            "target": {"type": ["number", "object", "null"]},
            "tolerance": NUMBER,
            "due": DAY,
            "direction": _one_of(list(Direction)),
            "mode": _one_of(list(Mode)),
            "series": TEXT,
            "children": WORDS,
        },
        null=True,
    )
    lists: dict[str, Schema] = {
        "statuses": _whole({"goal": WORD, "name": WORD, "before": stood, "after": stood, "reason": WORD}),
        "new": _whole({**place, **value}),
        "revised": _whole(
            {
                **place,
                "before": _whole(value),
                "after": _whole(value, null=True),
                "verdicts": {"type": ["array", "null"], "items": turn},
            }
        ),
        "promises": _whole(
            {"goal": WORD, "name": WORD, "unit": TEXT, "before": terms, "after": terms, "why": TEXT, "source": TEXT}
        ),
    }
    since = _whole({"as_of": DATE, "known_on": DAY, "recorded_by": DAY, "file": TEXT})
    return _schema(
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
        "ruling": _one_of(list(Ruling)),
    }
    note = _whole({key: parts.get(key, TEXT) for key in notes.NOTE_KEYS})
    return _schema(notes.SCHEMA, {"file": WORD, "notes": {"type": "array", "items": note}})
