"""The plan of an import as the record that machines read, and its JSON Schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.intake.found import Layout
from tracker.intake.recording import Outcome
from tracker.model.actual import Quality
from tracker.views.jsonvalues import day, raw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.errors import Problem
    from tracker.intake.found import Found
    from tracker.intake.planning import Plan, Planned
    from tracker.views.jsonvalues import Json
    from tracker.wording.words import Words

SCHEMA = "tracker/import/1"
LINE_KEYS = (
    "outcome", "series", "period", "value", "before", "holds", "quality", "published", "source", "url", "note",
    "file", "sheet", "cell", "text",
)  # fmt: skip
"""The keys of one planned value, in order."""


def plan_record(plan: Plan, store: str, words: Words, *, imported: bool) -> dict[str, Json]:
    """Return what `tracker import --json` prints; `imported` tells whether the new lines were appended."""
    return {
        "schema": SCHEMA,
        "actuals": store,
        "imported": imported,
        "summary": {
            **{outcome.value: plan.count(outcome) for outcome in Outcome},
            "missing": plan.missing,
            "skipped": len(plan.skipped),
            "problems": len(plan.problems),
        },
        "tables": [_table(found) for found in plan.tables],
        "lines": [line_record(each) for each in plan.planned],
        "skipped": [
            {"file": each.file, "cell": each.cell, "label": each.label, "count": each.cells, "why": words(each.why)}
            for each in plan.skipped
        ],
        "problems": [_problem(each, words) for each in plan.problems],
    }


def line_record(each: Planned) -> dict[str, Json]:
    """Return one planned value as a record."""
    actual = each.line or each.candidate.actual
    grid = each.candidate.found.field.grid
    return {
        "outcome": each.outcome.value,
        "series": actual.series,
        "period": actual.period.text,
        "value": raw(actual.value),
        "before": raw(each.before.value) if each.before is not None else None,
        "holds": each.holds,
        "quality": actual.quality.value,
        "published": day(actual.published),
        "source": actual.source,
        "url": actual.url,
        "note": actual.note,
        "file": grid.file,
        "sheet": grid.sheet,
        "cell": each.candidate.cell,
        "text": each.candidate.text,
    }


def _table(found: Found) -> dict[str, Json]:
    grid, around = found.field.grid, found.around
    return {
        "file": grid.file,
        "sheet": grid.sheet,
        "area": found.area,
        "layout": found.layout.value,
        "encoding": grid.about,
        "headings": list(around.headings),
        "hidden": list(around.unseen),
        "unit": around.unit,
        "year": around.year,
        "titled": around.titled,
        "blank": around.blank,
        "titles": _texts(around.titles),
        "between": _texts(around.between),
        "footnotes": _texts(around.footnotes),
    }


def _texts(pairs: Sequence[tuple[str, str]]) -> list[Json]:
    return [{"cell": cell, "text": text} for cell, text in pairs]


def _problem(each: Problem, words: Words) -> dict[str, Json]:
    return {
        "file": each.file,
        "line": each.line,
        "cell": each.where,
        "what": words(each.what),
        "help": words(each.help) if each.help is not None else None,
    }


def import_schema() -> dict[str, Any]:
    """Return the JSON Schema of `tracker import --json`."""
    from tracker.views.schema import DAY, DRAFT, FLAG, NUMBER, TEXT, WORD

    count: dict[str, Any] = {"type": "integer", "minimum": 0}
    texts = {"type": "array", "items": _whole({"cell": WORD, "text": WORD})}
    table = {
        "file": WORD, "sheet": TEXT, "area": WORD, "layout": {"enum": [layout.value for layout in Layout]},
        "encoding": TEXT,
        "headings": {"type": "array", "items": WORD}, "hidden": {"type": "array", "items": WORD},
        "unit": TEXT, "year": {"type": ["integer", "null"]},
        "titled": TEXT, "blank": count, "titles": texts, "between": texts, "footnotes": texts,
    }  # fmt: skip
    parts: dict[str, Any] = {
        "outcome": {"enum": [outcome.value for outcome in Outcome]},
        "series": WORD,
        "period": WORD,
        "value": NUMBER,
        "before": NUMBER,
        "holds": FLAG,
        "quality": {"enum": [quality.value for quality in Quality]},
        "published": DAY,
        "file": WORD,
        "cell": WORD,
        "text": WORD,
    }
    names = [*(outcome.value for outcome in Outcome), "missing", "skipped", "problems"]
    skipped = _whole({"file": WORD, "cell": WORD, "label": WORD, "count": count, "why": WORD})
    problem = _whole({"file": WORD, "line": {"type": ["integer", "null"]}, "cell": TEXT, "what": WORD, "help": TEXT})
    top = _whole(
        {
            "schema": {"const": SCHEMA},
            "actuals": WORD,
            "imported": FLAG,
            "summary": _whole(dict.fromkeys(names, count)),
            "tables": {"type": "array", "items": _whole(table)},
            "lines": {"type": "array", "items": _whole({key: parts.get(key, TEXT) for key in LINE_KEYS})},
            "skipped": {"type": "array", "items": skipped},
            "problems": {"type": "array", "items": problem},
        },
    )
    return {"$schema": DRAFT, "title": SCHEMA, **top}


def _whole(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a table whose keys are all there; later versions may add keys."""
    return {"type": "object", "properties": properties, "required": list(properties)}
