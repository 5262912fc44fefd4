"""From the rows of a database to actuals and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from itertools import accumulate, groupby, islice, repeat
from math import isfinite
from typing import TYPE_CHECKING, cast

from tracker.errors import InvalidFile, Problem, Say, say
from tracker.model.actual import Actual, Quality
from tracker.periods import parse_period
from tracker.stores import cells
from tracker.stores.statements import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from tracker.periods import Period

    Row = Sequence[Any]

_QUALITIES = {quality.value: quality for quality in Quality}
_RETRACTED = Quality.RETRACTED.value
MOST_PROBLEMS = 20
"""A table may be wrong from top to bottom: so many of its problems are told."""


def transposed(rows: Sequence[Row]) -> list[Sequence[Any]]:
    """Return rows as columns; none at all where there are no rows.

    >>> transposed([("a", 1), ("b", 2)])
    [('a', 'b'), (1, 2)]
    """
    return [*zip(*rows, strict=True)]


def actuals(columns: Sequence[Sequence[Any]], store: str, fields: Sequence[str] = FIELDS) -> list[Actual]:
    """Return the actuals of columns, the first of which are these of `statements.FIELDS`; what is not there is missing.

    A column at a time: of a million lines most have the same few periods, qualities and days. Raises `InvalidFile`
    for what cannot be an actual, the first problems of it.
    """
    if not columns:
        return []
    if None in columns[0]:
        nameless = dict.fromkeys(when for name, when in zip(columns[0], columns[1], strict=True) if name is None)
        raise InvalidFile(without_series(nameless, store))
    given = dict(zip(fields, columns, strict=False))
    series, written, values, qualities = (given[name] for name in FIELDS[:4])
    published, source, url, note, recorded = (given.get(name) for name in FIELDS[4:-1])
    periods = {text: parse_period(text) for text in set(written)}
    firmness = {text: _QUALITIES.get(text) for text in set(qualities)}
    if None in periods.values() or None in firmness.values() or not _are_values(values, qualities):
        raise InvalidFile(_problems(zip(series, written, values, qualities, strict=True), store))
    if Quality.RETRACTED in firmness.values():
        values = [None if one == _RETRACTED else value for value, one in zip(values, qualities, strict=True)]
    cells_of_lines = zip(
        series,
        map(periods.__getitem__, written),
        values,
        map(firmness.__getitem__, qualities),
        _each(published, _day, series, written, store),
        source or repeat(None),
        url or repeat(None),
        note or repeat(None),
        _each(recorded, _moment, series, written, store),
        given.get("position") or repeat(0),
        repeat(None),
    )
    return [*map(partial(tuple.__new__, Actual), cells_of_lines)]  # three times as fast as to call it


def _each(
    column: Sequence[Any] | None, made: Callable[[Any], Any], series: Sequence[str], periods: Sequence[str], store: str
) -> Iterable[Any]:
    """Return what is made of each cell, of equal ones once; without a column nothing for any line."""
    if column is None:
        return repeat(None)
    results, problems = {}, list[Problem]()
    for one in set(column):
        try:
            results[one] = made(one)
        except cells.Unreadable as error:
            place = column.index(one)
            problems.append(Problem(store, None, f"{series[place]} {periods[place]}", error.what, error.help))
    if problems:
        raise InvalidFile(problems[:MOST_PROBLEMS])
    return map(results.__getitem__, column)


def _are_values(values: Sequence[float | None], qualities: Sequence[str]) -> bool:
    """Tell whether every value is finite, where it is not that of a retraction."""
    try:
        return all(map(isfinite, cast("Sequence[float]", values)))
    except TypeError:  # what is missing is looked at
        pairs = zip(values, qualities, strict=True)
        return all(one == _RETRACTED or (value is not None and isfinite(value)) for value, one in pairs)


def _problems(lines: Iterable[Row], store: str) -> list[Problem]:
    found = []
    for series, written, value, quality in lines:
        period, firmness = parse_period(written), _QUALITIES.get(quality)
        is_value = value is not None and isfinite(value)
        if period is None or firmness is None or not (is_value or firmness is Quality.RETRACTED):
            found.append(Problem(store, None, str(series), _wrong(written, period, value, quality, firmness)))
            if len(found) == MOST_PROBLEMS:
                break
    return found


def _wrong(period: str, found: Period | None, value: float | None, quality: str, firmness: Quality | None) -> Say:
    if found is None:
        return not_a_period(period)
    if firmness is None:
        return say('"{text}" is not a quality', text=cells.shown(str(quality)))
    if value is None:
        return say("{period} has no value", period=period)
    return say("the value of {period} is not finite", period=period)


def without_series(periods: Iterable[str], store: str) -> list[Problem]:
    """Return the problems of lines of some periods that name no series."""
    what, advice = say("the series is missing"), say("every line names its series")
    return [Problem(store, None, str(period), what, advice) for period in islice(periods, MOST_PROBLEMS)]


def not_a_period(text: str) -> Say:
    """Return the sentence about a text that stands where a period should."""
    return say('"{text}" is not a period', text=cells.shown(str(text)))


def _day(found: date | str | None) -> date | None:
    if found is None:
        return None
    if isinstance(found, date):
        return found.date() if isinstance(found, datetime) else found
    return cells.day(str(found))


def _moment(found: date | str | None) -> datetime | None:
    if found is None:
        return None
    if isinstance(found, datetime):
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    if isinstance(found, date):
        return datetime(found.year, found.month, found.day, tzinfo=UTC)
    return cells.moment(str(found))


COLUMNS = (
    "position", "series", "period", "starts", "ends", "value", "quality", "published", "source", "url", "note",
    "recorded_at",
)  # fmt: skip
"""The columns of a table of our own, in its order."""


def row(line: Actual) -> tuple[object, ...]:
    """Return the cells of a line for `COLUMNS`; days stay days and the moment is in UTC without its zone."""
    return (
        line.position,
        line.series,
        line.period.text,
        line.period.start,
        line.period.end,
        line.value,
        line.quality.value,
        line.published,
        line.source,
        line.url,
        line.note,
        None if line.recorded_at is None else line.recorded_at.astimezone(UTC).replace(tzinfo=None),
    )


def text_row(line: Actual) -> tuple[object, ...]:
    """Return the same for an engine without days: they are ISO text, and the moment has six decimals and its Z."""
    return tuple(_as_text(cell) for cell in row(line))


def _as_text(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="microseconds") + "Z"
    return cell.isoformat() if isinstance(cell, date) else cell


Run = tuple[str, int, int]
"""A series, and where its lines begin and end."""


def split(
    batches: Iterable[Sequence[Sequence[Any]]], most: int | None
) -> Iterator[tuple[Sequence[Run], Sequence[Sequence[Any]]]]:
    """Yield columns of which the first names the series that rows belong to, `most` series at a time.

    The rows of a series stand together, but may begin in one batch and end in another.
    """
    begun: Sequence[Sequence[Any]] = []
    for batch in batches:
        columns = [[*left, *more] for left, more in zip(begun, batch, strict=True)] if begun else batch
        begun = columns
        if columns and columns[0][0] != columns[0][-1]:
            last = columns[0].index(columns[0][-1])
            yield from _runs([column[:last] for column in columns], most)
            begun = [column[last:] for column in columns]
    yield from _runs(begun, most)


def _runs(
    columns: Sequence[Sequence[Any]], most: int | None
) -> Iterator[tuple[Sequence[Run], Sequence[Sequence[Any]]]]:
    ends = list(accumulate(sum(1 for _ in group) for _, group in groupby(columns[0]))) if columns else []
    starts = [0, *ends[:-1]]
    size = most or len(ends) or 1
    for first in range(0, len(ends), size):
        begin, end = starts[first], ends[first : first + size][-1]
        pairs = zip(starts[first : first + size], ends[first : first + size], strict=True)
        runs = [(columns[0][start], start - begin, stop - begin) for start, stop in pairs]
        yield runs, [column[begin:end] for column in columns]


def periods_of(written: Iterable[Row], store: str) -> Mapping[str, Period]:
    """Return what the texts of a period column mean; raises `InvalidFile` for those that mean nothing."""
    result = {}
    problems: list[Problem] = []
    for (text,) in written:
        period = parse_period(text) if text is not None else None
        if period is not None:
            result[text] = period
        elif len(problems) < MOST_PROBLEMS:
            what = say("the period is missing") if text is None else not_a_period(text)
            problems.append(Problem(store, None, "period", what))
    if problems:
        raise InvalidFile(problems)
    return result
