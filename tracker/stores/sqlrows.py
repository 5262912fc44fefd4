"""From the rows of a database to actuals and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import isfinite
from typing import TYPE_CHECKING

from tracker.errors import InvalidFile, Problem, Say, say
from tracker.model.actual import Actual, Quality
from tracker.periods import parse_period
from tracker.stores import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from tracker.periods import Period

    Row = Sequence[Any]

_QUALITIES = {quality.value: quality for quality in Quality}
MOST_PROBLEMS = 20
"""A table may be wrong from top to bottom: so many of its problems are told."""


def actuals(rows: Iterable[Row], store: str) -> list[Actual]:
    """Return the actuals of rows whose fields are those of `statements.FIELDS`; others may follow.

    Raises `InvalidFile` for what cannot be an actual, the first problems of it.
    """
    result, problems = [], list[Problem]()
    retracted = Quality.RETRACTED
    for series, period, value, quality, published, source, url, note, recorded_at, position, *_ in rows:
        found = parse_period(period)
        firmness = _QUALITIES.get(quality)
        is_value = value is not None and isfinite(value)
        if found is None or firmness is None or not (is_value or firmness is retracted):
            what = _wrong(period, found, value, quality, firmness)
            problems.append(Problem(store, None, str(series), what))
            if len(problems) == MOST_PROBLEMS:
                break
            continue
        result.append(
            Actual(
                series,
                found,
                None if firmness is retracted else value,
                firmness,
                published if published.__class__ is date or published is None else _day(published),
                source,
                url,
                note,
                None if recorded_at is None else _moment(recorded_at),
                position,
            )
        )
    if problems:
        raise InvalidFile(problems)
    return result


def _wrong(period: str, found: Period | None, value: float | None, quality: str, firmness: Quality | None) -> Say:
    if found is None:
        return not_a_period(period)
    if firmness is None:
        return say('"{text}" is not a quality', text=cells.shown(str(quality)))
    if value is None:
        return say("{period} has no value", period=period)
    return say("the value of {period} is not finite", period=period)


def not_a_period(text: str) -> Say:
    """Return the sentence about a text that stands where a period should."""
    return say('"{text}" is not a period', text=cells.shown(str(text)))


def _day(found: date | str) -> date | None:
    if isinstance(found, str):
        return cells.day(found)
    return found.date() if isinstance(found, datetime) else found


def _moment(found: date | str) -> datetime | None:
    if isinstance(found, datetime):
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    if isinstance(found, str):
        return cells.moment(found)
    return datetime(found.year, found.month, found.day, tzinfo=UTC)


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
