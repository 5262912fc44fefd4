"""The SQL that reduces a ledger, one portable text for every engine; values are bound, never written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from tracker.model.actual import View
    from tracker.model.excerpt import Wanted
    from tracker.periods import Period
    from tracker.stores.dialects import Dialect

FIELDS = ("series", "period", "value", "quality", "published", "source", "url", "note", "recorded_at", "position")
"""What is read of a line, in the order of `Actual`."""

OWN_TABLE = "tracker_actuals"
_UNUSED = frozenset({"published", "note", "recorded_at"})
"""What no figure needs of a line that is in force."""
_LATEST = "public DESC NULLS LAST, recorded_at DESC NULLS LAST, position DESC"


class Source(NamedTuple):
    """Where lines come from: what stands after FROM, and for each field the expression that gives it.

    `periods` maps what the period column holds to the period that it means; None where the table says itself
    on which days its periods start and end. `counted` tells that positions count lines, whatever a column may hold.
    `absent` are the fields that no column has. `doubts` has, for fields of which a cell may be unreadable, the
    condition that it is, and its text.
    """

    relation: str
    fields: Mapping[str, str]
    periods: Mapping[str, Period] | None = None
    counted: bool = True
    absent: frozenset[str] = frozenset()
    doubts: Mapping[str, tuple[str, str]] = {}


OWN = Source(OWN_TABLE, {name: name for name in FIELDS})


class Range(NamedTuple):
    """All series from one name to another, in the order that `series_names` gives them."""

    first: str
    last: str


class Statement(NamedTuple):
    """A text and what is bound to its marks, in order; `fields` are its first columns, others may follow."""

    text: str
    bound: list[object]
    fields: Sequence[str] = FIELDS


def begun(source: Source, dialect: Dialect) -> Statement:
    """Return the tables that every statement begins with: `lines` has each line with the days of its period."""
    columns = ", ".join(f"{source.fields[name]} AS {name}" for name in FIELDS if name != "period")
    if source.periods is None:
        own = f"WITH lines AS (SELECT {columns}, period, starts, ends FROM {source.relation})"
        return Statement(own, [])
    # one bound list, as there may be no period, or more than an engine has marks for
    rows = [f"{one.start}{one.end}{one.text:10}{written}" for written, one in source.periods.items()]
    starts, ends = (dialect.day.format(f"substr(one, {first}, 10)") for first in (1, 11))
    # DISTINCT, CAST and CROSS JOIN change nothing but that SQLite looks for each line's period by an index
    text = (
        f"WITH given AS ({dialect.listed.format(dialect.mark)}), "
        f"periods AS (SELECT DISTINCT CAST(substr(one, 31) AS {dialect.text}) AS written, "
        f"rtrim(substr(one, 21, 10)) AS period, {starts} AS starts, {ends} AS ends FROM given), "
        f"lines AS (SELECT {columns}, periods.period AS period, periods.starts AS starts, periods.ends AS ends "
        f"FROM {source.relation} CROSS JOIN periods WHERE periods.written = {source.fields['period']})"
    )
    return Statement(text, [rows])


def _of_series(series: Collection[str] | Range | None, dialect: Dialect) -> tuple[list[str], list[object]]:
    if series is None:
        return [], []
    if isinstance(series, Range):
        return [f"series BETWEEN {dialect.mark} AND {dialect.mark}"], [*series]
    return [dialect.among.format("series", dialect.mark)], [sorted(series)]


def _known(view: View, dialect: Dialect) -> tuple[list[str], list[object]]:
    """Return the conditions for a line to be known to a view; see `tracker.model.actual.is_known`."""
    recorded, day = dialect.day_of.format("recorded_at"), dialect.day_mark
    tests, bound = [f"ends <= {day}"], list[object]([view.as_of.isoformat()])
    if view.known_on is not None:
        tests.append(f"(COALESCE(published, {recorded}) IS NULL OR COALESCE(published, {recorded}) <= {day})")
        bound.append(view.known_on.isoformat())
    if view.recorded_by is not None:
        tests.append(f"(COALESCE({recorded}, published) IS NULL OR COALESCE({recorded}, published) <= {day})")
        bound.append(view.recorded_by.isoformat())
    return tests, bound


def _held(source: Source, dialect: Dialect, view: View, series: Collection[str] | Range | None) -> Statement:
    """Return the tables up to `held`: for each series and period the line that holds, retracted ones left out."""
    start = begun(source, dialect)
    tests, bound = _known(view, dialect)
    more, names = _of_series(series, dialect)
    text = (
        f"{start.text}, "
        f"known AS (SELECT *, COALESCE(published, {dialect.day_of.format('recorded_at')}) AS public FROM lines "
        f"WHERE {' AND '.join([*tests, *more])}), "
        f"{_newest(source, dialect)}, "
        "held AS (SELECT * FROM newest WHERE quality <> 'retracted')"
    )
    return Statement(text, [*start.bound, *bound, *names])


def _newest(source: Source, dialect: Dialect) -> str:
    """Return the table `newest`: of the known lines of each series and period the last."""
    if dialect.newest is None or not source.counted:
        return (
            "ordered AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY series, period "
            f"ORDER BY {_LATEST}) AS place FROM known), newest AS (SELECT * FROM ordered WHERE place = 1)"
        )
    of_the_line = ", ".join(f"{dialect.newest.format(name)} AS {name}" for name in FIELDS[2:])
    return (
        f"aged AS (SELECT *, {dialect.age} AS age FROM known), newest AS (SELECT series, period, {of_the_line}, "
        "MIN(starts) AS starts, MIN(ends) AS ends FROM aged GROUP BY series, period)"
    )


def in_force(
    source: Source,
    dialect: Dialect,
    view: View,
    series: Collection[str] | Range | None,
    wanted: Wanted | None = None,
) -> Statement:
    """Return the statement for all lines in force, by series and time; what is `wanted` leaves out what is not."""
    held = _held(source, dialect, view, series)
    fields = FIELDS if wanted is None else _used(source, wanted)
    text = f"{held.text} SELECT {', '.join(fields)} FROM held ORDER BY series, ends, starts"
    return Statement(text, held.bound, fields)


def _used(source: Source, wanted: Wanted) -> list[str]:
    """Return the fields that a figure or a message may need."""
    unused = _UNUSED | source.absent | (frozenset() if wanted.places else {"position"})
    return [name for name in FIELDS if name not in unused]


def excerpts(
    source: Source, dialect: Dialect, view: View, series: Collection[str] | Range | None, wanted: Wanted
) -> Statement:
    """Return the statement for parts of the histories in force; after the fields: place from the end, count, bounds."""
    held, fields = _held(source, dialect, view, series), _used(source, wanted)
    mark, days = dialect.mark, sorted(wanted.days)
    text = (
        f"{held.text}, "
        "counted AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY series ORDER BY ends DESC, starts DESC) AS back, "
        "COUNT(*) OVER (PARTITION BY series) AS total FROM held), "
        f"bounded AS (SELECT *, MIN(CASE WHEN back > {mark} THEN value END) OVER (PARTITION BY series) AS low, "
        f"MAX(CASE WHEN back > {mark} THEN value END) OVER (PARTITION BY series) AS high FROM counted) "
        f"SELECT {', '.join(fields)}, back, total, low, high FROM bounded "
        f"WHERE back <= {mark} OR back = total{_or_days(days, dialect)} ORDER BY series, ends, starts"
    )
    return Statement(text, [*held.bound, *[wanted.last] * 3, *(day.isoformat() for day in days)], fields)


def _or_days(days: Sequence[date], dialect: Dialect) -> str:
    return f" OR ends IN ({', '.join([dialect.day_mark] * len(days))})" if days else ""


def lines(
    source: Source, dialect: Dialect, series: Collection[str] | None, after: int | None = None, most: int | None = None
) -> Statement:
    """Return the statement for recorded lines in the order of writing: `most` of them behind a position."""
    start = begun(source, dialect)
    tests, bound = _of_series(series, dialect)
    if after is not None:
        tests, bound = [*tests, f"position > {dialect.mark}"], [*bound, after]
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    limit = "" if most is None else f" LIMIT {int(most)}"
    text = f"{start.text} SELECT {', '.join(FIELDS)} FROM lines{where} ORDER BY position{limit}"
    return Statement(text, [*start.bound, *bound])


def series_names(source: Source) -> str:
    """Return the statement for the names of the series that have lines."""
    return f"SELECT DISTINCT {source.fields['series']} AS series FROM {source.relation} ORDER BY 1"


def nameless_periods(source: Source) -> str:
    """Return the statement for the periods of lines that name no series."""
    fields = source.fields
    return f"SELECT DISTINCT {fields['period']} AS period FROM {source.relation} WHERE {fields['series']} IS NULL"


def written_periods(source: Source) -> str:
    """Return the statement for what the period column holds."""
    return f"SELECT DISTINCT {source.fields['period']} AS written FROM {source.relation}"


def doubtful(source: Source, most: int) -> str:
    """Return the statement for `most` cells that cannot be read: series, period, field and text."""
    series, period, doubts = source.fields["series"], source.fields["period"], source.doubts
    field = " ".join(f"WHEN {is_wrong} THEN '{name}'" for name, (is_wrong, _) in doubts.items())
    text = " ".join(f"WHEN {is_wrong} THEN {cell}" for is_wrong, cell in doubts.values())
    where = " OR ".join(f"({is_wrong})" for is_wrong, _ in doubts.values())
    return (
        f"SELECT {series}, {period}, CASE {field} END, CASE {text} END FROM {source.relation} "
        f"WHERE {where} LIMIT {int(most)}"
    )


def undated(source: Source) -> str:
    """Return the statement for how many lines have no day."""
    published, recorded = source.fields["published"], source.fields["recorded_at"]
    return f"SELECT COUNT(*) FROM {source.relation} WHERE {published} IS NULL AND {recorded} IS NULL"
