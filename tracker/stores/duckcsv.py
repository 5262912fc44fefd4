"""Large CSV files through DuckDB, with what the plain CSV store would read in them and refuse of them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from tracker.errors import Problem, say
from tracker.model.actual import Quality
from tracker.stores.cells import READERS, Unreadable
from tracker.stores.csvreading import ACTUALS
from tracker.stores.dialects import DUCKDB
from tracker.stores.mapped import quoted
from tracker.stores.sqlrows import MOST_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What Python strips off a text."""
_CODES = ", ".join(str(ord(blank)) for blank in _BLANKS)
_WORDS = ("source", "url", "note")
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = _DAY + "([T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?)?"
_QUALITIES = ", ".join(f"'{one.value}'" for one in Quality)
_CELL = "$cell"
_PLAIN = {
    "series": "$cell IS NOT NULL",
    "value": "regexp_full_match($cell, '-?[0-9]{1,15}([.][0-9]{1,15})?')",
    "quality": f"($cell IS NULL OR LOWER($cell) IN ({_QUALITIES}))",
    "published": f"($cell IS NULL OR regexp_full_match($cell, '{_DAY}') AND TRY_CAST($cell AS DATE) >= '0001-01-01')",
    "recorded_at": f"($cell IS NULL OR regexp_full_match($cell, '{_MOMENT}') "
    "AND TRY_CAST(LEFT($cell, 10) AS DATE) >= '0001-01-01')",
}
"""What a cell is that needs no closer look, as nearly all are; the others are read as those of the plain file."""


def rows_of(path: str, *, by_name: bool) -> str:
    """Return the relation of the rows of files as they stand: `path` is a literal, in the form of the plain file.

    Nothing of the form is left to guess from the first rows: what stands behind them has to be read alike.
    """
    excel = csv.excel
    delimiter = "\t" if ".tsv" in path.lower() else excel.delimiter
    return (
        f"read_csv({path}, delim = '{delimiter}', quote = '{excel.quotechar}', escape = '{excel.quotechar}', "
        f"header = true, all_varchar = true, union_by_name = {str(by_name).lower()})"
    )


def cells_of(rows: str, there: Sequence[str], columns: Mapping[str, str]) -> str:
    """Return the relation of cells without blanks around them; words stay as they are, blank records are left out."""
    field_of = {column: field for field, column in columns.items()}
    cells = [f"{_cell(name, field_of.get(name))} AS {quoted(name, DUCKDB)}" for name in there]
    every = ", ".join(quoted(name, DUCKDB) for name in there)
    # a name in the condition means the column of the file, not the cell made of it
    given = f"(SELECT * FROM {rows} WHERE COALESCE({every}) IS NOT NULL)"
    return f"(SELECT {', '.join(cells)} FROM {given})"


def numbered(relation: str) -> str:
    """Return the relation with the place of each row; to count takes time where nobody asks for it."""
    return f"(SELECT *, ROW_NUMBER() OVER () AS tracker_row FROM {relation})"


def _cell(name: str, field: str | None) -> str:
    column = quoted(name, DUCKDB)
    if field is None:
        return column
    trimmed = f"TRIM({column}, '{_BLANKS}')"
    # nearly no cell has blanks around it, and to look at both ends takes a tenth of the time of looking for them
    is_odd = f"UNICODE({column}) IN ({_CODES}) OR UNICODE(RIGHT({column}, 1)) IN ({_CODES})"
    if field in _WORDS:
        return f"CASE WHEN ({is_odd}) AND {trimmed} = '' THEN NULL ELSE {column} END"
    return f"CASE WHEN {is_odd} THEN NULLIF({trimmed}, '') ELSE {column} END"


def suspects(relation: str, columns: Mapping[str, str]) -> str:
    """Return the statement for cells that need a closer look: series, then a cell or null for each of `columns`."""
    tests, cells = [], []
    for field, name in columns.items():
        column = quoted(name, DUCKDB)
        test = _PLAIN.get(field, "TRUE").replace(_CELL, column)
        if field in {"series", *_WORDS}:
            test += f" AND NOT COALESCE(CONTAINS({column}, CHR(0)), FALSE)"
        if field == "value" and "quality" in columns:
            test += f" OR {column} IS NULL AND LOWER({quoted(columns['quality'], DUCKDB)}) = 'retracted'"
        tests.append(f"({test}) IS NOT TRUE")
        cells.append(f"CASE WHEN {tests[-1]} THEN COALESCE({column}, '') END")
    series = quoted(columns["series"], DUCKDB)
    return f"SELECT MIN({series}), {', '.join(cells)} FROM {relation} WHERE {' OR '.join(tests)} GROUP BY ALL"


def problems(found: Iterable[Sequence[Any]], columns: Mapping[str, str], store: str) -> list[Problem]:
    """Return what is wrong with the cells of `suspects`, the first problems of it."""
    told: list[Problem] = []
    for series, *cells in found:
        for (field, name), text in zip(columns.items(), cells, strict=True):
            problem = None if text is None else _problem(field, text, series or name, store)
            if problem is not None and len(told) < MOST_PROBLEMS:
                told.append(problem)
    return told


def _problem(field: str, text: str, place: str, store: str) -> Problem | None:
    if "\0" in text:
        return Problem(
            store, None, place, say("there is a NUL character in this line"), say("delete it: text has none")
        )
    missing = ACTUALS.missing({"value": text}) if field == "value" else None
    if missing is not None:
        return Problem(store, None, place, missing.what, missing.help)
    try:
        READERS[field](text)
    except Unreadable as error:
        return Problem(store, None, place, error.what, error.help)
    return None
