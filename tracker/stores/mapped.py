"""Tables that were there before us: which of their columns hold what, said in `[store]` of the goals file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import WrongUsage, say
from tracker.stores.statements import FIELDS, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.stores.dialects import Dialect

REQUIRED = ("series", "period", "value")
UNORDERED = "CAST(0 AS BIGINT)"
"""The place of every line in a table that keeps no order."""


def quoted(name: str, dialect: Dialect) -> str:
    """Return the name of a table or a column as SQL has it, whatever stands in it."""
    doubled = name.replace(dialect.quote, dialect.quote * 2)
    if dialect.mark == "%s":  # where a percent sign begins a mark, one that is meant is doubled
        doubled = doubled.replace("%", "%%")
    return dialect.quote + doubled + dialect.quote


def table_name(name: str, dialect: Dialect) -> str:
    """Return the name of a table, which may stand in a schema: `schema.table`."""
    return ".".join(quoted(part, dialect) for part in name.split("."))


def columns_of(there: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return which of the columns that are `there` hold fields, by field; `names` as for `mapped_source`."""
    lower = {name.lower(): name for name in there}
    found = {field: lower.get((names.get(field) or field).lower()) for field in FIELDS}
    return {field: column for field, column in found.items() if column is not None}


def mapped_source(
    relation: str, there: Mapping[str, str], names: Mapping[str, str], dialect: Dialect, position: str
) -> Source:
    """Return the source for a table whose columns `there` have types.

    `names` says which column holds a field, where it is not called as the field; a field without a column is null.
    `position` orders lines where no column does. Raises `WrongUsage` for a column that is not there.
    """
    columns = columns_of(there, names)
    fields, absent, doubts = {}, set(), {}
    for field in FIELDS:
        named, column = names.get(field), columns.get(field)
        if column is None and (named is not None or field in REQUIRED):
            known = ", ".join(there)
            what = say('there is no column "{name}" for {field}', name=named or field, field=field)
            advice = say(
                "there are {known}; {header} in the goals file maps them", known=known, header="[store.columns]"
            )
            raise WrongUsage(what, advice)
        if column is None:
            fields[field] = position if field == "position" else _nothing(field, dialect)
            absent.add(field)
        else:
            cell = f"t.{quoted(column, dialect)}"
            fields[field] = _expression(field, cell, there[column], dialect)
            if field in dialect.unreadable:
                # of whole numbers the statistics of a Parquet file already tell whether one is missing
                is_whole = field == "position" and dialect.is_typed and "INT" in there[column].upper()
                doubt = "{0} IS NULL" if is_whole else dialect.unreadable[field]
                doubts[field] = doubt.format(cell, dialect.number), f"CAST({cell} AS {dialect.text})"
    counted = fields["position"] == position
    absent -= {"position", "quality"}  # these are known without a column
    return Source(f"{relation} AS t", fields, {}, counted, frozenset(absent), doubts)


def _nothing(field: str, dialect: Dialect) -> str:
    if field == "quality":
        return "'final'"
    if field == "published":
        return dialect.day.format("NULL")
    return dialect.moment.format("NULL") if field == "recorded_at" else f"CAST(NULL AS {dialect.text})"


def _expression(field: str, column: str, type_: str, dialect: Dialect) -> str:
    kind = type_.upper()
    is_text = not kind or "CHAR" in kind or "TEXT" in kind or "STRING" in kind
    text = f"CAST({column} AS {dialect.text})"
    given = f"NULLIF(TRIM({column}), '')" if is_text else column
    if field == "recorded_at":
        is_zoned = "ZONE" in kind.replace("WITHOUT TIME ZONE", "") or kind == "TIMESTAMPTZ"
        moment = dialect.moment_text if is_text else dialect.moment_zoned if is_zoned else dialect.moment
        return moment.format(given)
    words = f"CASE WHEN TRIM({column}) <> '' THEN {column} END" if is_text else column  # as they stand
    # a year is written 2020.0 where a column of numbers may have fractions, or had gaps
    is_broken = any(word in kind for word in ("DOUBLE", "REAL", "FLOAT", "DECIMAL", "NUMERIC"))
    year = f"CASE WHEN {column} = ROUND({column}) THEN CAST(CAST({column} AS BIGINT) AS {dialect.text}) ELSE {text} END"
    is_day = kind.startswith(("DATE", "TIMESTAMP"))
    return {
        "value": dialect.amount.format(column),
        "position": f"CAST({column} AS BIGINT)",
        "series": text,
        "period": f"CAST({dialect.day.format(column)} AS {dialect.text})" if is_day else year if is_broken else text,
        "quality": f"COALESCE(NULLIF(LOWER(TRIM({text})), ''), 'final')",
        "published": dialect.day_told.format(given),
    }.get(field, f"CAST({words} AS {dialect.text})")


def no_lines(dialect: Dialect) -> Source:
    """Return the source of a database that has no table of ours yet."""
    day, text = dialect.day.format("NULL"), f"CAST(NULL AS {dialect.text})"
    types = {
        "value": f"CAST(NULL AS {dialect.number})",
        "published": day,
        "recorded_at": dialect.moment.format("NULL"),
        "position": "CAST(NULL AS BIGINT)",
    }
    columns = ", ".join(f"{types.get(name, text)} AS {name}" for name in FIELDS)
    relation = f"(SELECT {columns}, {day} AS starts, {day} AS ends WHERE 1 = 0) AS no_lines"
    return Source(relation, {name: name for name in FIELDS})
