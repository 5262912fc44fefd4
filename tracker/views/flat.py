"""The record of a goal as one row: its fields with dots between the keys, as CSV and columns name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.views.jsonvalues import Json


def flattened(record: Mapping[str, Json], prefix: str = "") -> Iterator[tuple[str, Json]]:
    """Yield the fields of a record with dots between the keys, as CSV has them.

    A field that may hold a record is spread out even where it is null; lists and free tables stay whole.
    """
    for key, value in record.items():
        path = f"{prefix}{key}"
        if path in SPREAD:
            inner = value if isinstance(value, dict) else {}
            for name in SPREAD[path]:
                yield f"{path}.{name}", inner.get(name)
        else:
            yield path, value


SPREAD: dict[str, tuple[str, ...]] = {
    "baseline": ("period", "on", "value"),
    "target": ("value", "low", "high", "form", "series", "now", "declared", "tolerance"),
    "actual": ("period", "on", "value", "quality", "source", "age_days"),
    "growth": ("unit", "observed", "planned", "required", "undefined"),
    "today": ("elapsed", "left", "required", "unit"),
    "projected": ("value", "low", "median", "high"),
    "verdict": ("method", "label", "ratio", "score"),
    "noted": ("on", "text", "confidence", "ruling", "why", "url", "by"),
    "year": ("done", "periods", "share", "time_expected", "time_ahead", "time_pace"),
    "budget": ("allowed", "used", "left", "periods"),
}

KEYS = (
    "id", "name", "group", "parent", "children", "rule", "weights", "declaration",
    "series", "kind", "unit", "direction", "mode", "due", "baseline",
    "target", "actual", "gap", "gap_now", "progress", "elapsed", "expected", "ahead", "growth", "pace", "today",
    "projected", "reaches", "chance", "model", "verdict", "status", "stale", "provisional", "achieved_on", "lapsed",
    "limiting", "bound", "year", "budget", "reason", "owner", "tags", "fields", "source", "url", "quote", "note",
    "noted",
)  # fmt: skip
"""The keys of a goal's record, in order."""

FIELDS = tuple(name for name, _ in flattened(dict.fromkeys(KEYS)))
"""The same, flattened: the columns of CSV."""
