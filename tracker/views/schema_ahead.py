"""JSON Schema of the outputs that look ahead or back: plan, what-if, backtest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.assess.figures import BEST_FIRST
from tracker.views import backtestrecord, plan, whatif
from tracker.views.backtest import TARGETS
from tracker.views.schema import DAY, FLAG, NUMBER, SHARE, TEXT, WORD, goal_schema, one_of, schema, whole

if TYPE_CHECKING:
    from tracker.views.schema import Schema

COUNT: Schema = {"type": "integer", "minimum": 0}
SEEN: dict[str, Schema] = {"as_of": {**DAY, "type": "string"}, "known_on": DAY, "recorded_by": DAY, "goals_file": WORD}


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def backtest_schema() -> Schema:
    """Return the schema of `tracker backtest --json`."""
    shares = dict.fromkeys(("brier", "accuracy", "sure_right", "calibration_error"), SHARE)
    parts: dict[str, Schema] = {"cases": COUNT, "sure": COUNT, "standard_error": NUMBER, **shares}
    scores = {key: parts[key] for key in backtestrecord.SCORE_KEYS}
    a_bin = whole({"from": NUMBER, "to": NUMBER, "cases": COUNT, "said": SHARE, "reached": SHARE})
    method = whole({"method": WORD, **scores, "shared": whole(scores), "bins": _many(a_bin)})
    a_set = whole(
        {
            "targets": one_of(list(TARGETS), null=False),
            "cases": COUNT,
            "outcomes": COUNT,
            "series": COUNT,
            "enough": FLAG,
            "base_rate": SHARE,
            "methods": _many(method),
        }
    )
    return schema(
        backtestrecord.SCHEMA,
        {
            **SEEN,
            "as_of": DAY,
            "goals_file": TEXT,
            "cases_file": TEXT,
            "needed": COUNT,
            "sets": _many(a_set),
            "without": _many(whole({"goal": WORD, "reason": WORD})),
            "warnings": _many(WORD),
        },
    )


def plan_schema() -> Schema:
    """Return the schema of `tracker plan --json`."""
    period = {"period": WORD, "on": {**DAY, "type": "string"}, "over": FLAG}
    return schema(
        plan.SCHEMA,
        {
            **SEEN,
            "goal": WORD,
            "name": WORD,
            "unit": TEXT,
            "status": one_of(list(BEST_FIRST), null=False),
            "actual": whole({"period": WORD, "on": DAY, "value": {"type": "number"}}, null=True),
            "target": NUMBER,
            "due": DAY,
            "required": whole({"value": NUMBER, "unit": WORD}, null=True),
            "reason": TEXT,
            "periods": _many(whole({key: period.get(key, NUMBER) for key in plan.PERIOD_KEYS})),
            "seasons": _many({"type": "integer"}),
            "notes": _many(WORD),
        },
    )


def whatif_schema() -> Schema:
    """Return the schema of `tracker what-if --json`."""
    line = {"period": WORD, "value": NUMBER}
    assumed = {"actuals": _many(whole(line)), "growth": NUMBER, "unit": TEXT, "target": NUMBER, "due": TEXT}
    return schema(
        whatif.SCHEMA,
        {
            **SEEN,
            "goal": WORD,
            "assumed": whole(assumed),
            "seen_from": {**DAY, "type": "string"},
            "grown": _many(whole({"series": WORD, **line})),
            "followed": _many(whole({"series": WORD, **line})),
            "solved": whole({"target": NUMBER, "due": TEXT, "growth": NUMBER}),
            "changed": _many(WORD),
            "recorded": {"const": False},
            "now": goal_schema(),
            "then": goal_schema(),
        },
    )
