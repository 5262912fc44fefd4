"""The methods explained: a table for people, a record and rows for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.views.table import Cell, Column, Row, Table
from tracker.wording.methods import METHODS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.views.jsonvalues import Json
    from tracker.wording.methods import Told
    from tracker.wording.words import Words

SCHEMA = "tracker/methods/1"
KEYS = ("method", "rule", "bounds", "misleads", "measured", "source")


def methods_table(words: Words) -> Table:
    """Return one row for each thing there is to say about each method."""
    labels = {
        "rule": words.text("rule"),
        "bounds": words.text("bounds"),
        "misleads": words.text("misleads when"),
        "measured": words.text("measured"),
        "source": words.text("source"),
    }
    columns = (Column("about", ""), Column("text", words.text("Methods of judging"), folds=True))
    rows = [
        Row((Cell(label), Cell(one[key])), one["method"])
        for one in (_told(told, words) for told in METHODS)
        for key, label in labels.items()
    ]
    return Table(columns, tuple(rows), title=words.text("Whose rule gives the verdict: --method, or [verdict] method"))


def methods_record(words: Words) -> dict[str, Json]:
    """Return what `tracker methods --json` prints."""
    return {"schema": SCHEMA, "methods": [dict(_told(told, words)) for told in METHODS]}


def methods_rows(words: Words) -> tuple[Sequence[str], list[list[str]]]:
    """Return the same as rows with their header."""
    return KEYS, [list(_told(told, words).values()) for told in METHODS]


def _told(told: Told, words: Words) -> dict[str, str]:
    values = (told.method.value, *(words(text) for text in told[1:]))
    return dict(zip(KEYS, values, strict=True))
