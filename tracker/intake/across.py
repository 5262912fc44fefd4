"""The headings of a wide table, seen so that its periods lie across: which row they are in, what stands over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.found import is_label, is_value
from tracker.intake.headings import role
from tracker.intake.intended import is_reached
from tracker.intake.labels import unit_behind
from tracker.intake.parts import in_parts, part_over
from tracker.intake.published import without_marks
from tracker.intake.spoken import is_absolute
from tracker.intake.unitnotes import is_note, units_said
from tracker.intake.units import is_unit, without_unit
from tracker.intake.when import headed, of_year, written
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.intake.grid import Field
    from tracker.intake.when import When

HIGHEST_HEADING = 60
"""Rows from the top in which the heading of a table is looked for."""

_SAMPLE = 200
_ABOVE = 3


class Heading(NamedTuple):
    """Where periods stand: the row, the period over each column, and how many values lie under them."""

    row: int
    periods: Mapping[int, When]
    score: int


def heading(field: Field) -> Heading | None:
    """Return the row of periods under which most values with a label lie; of two alike the lower one."""
    best: Heading | None = None
    for row in range(min(HIGHEST_HEADING, len(field.rows))):
        periods = _periods(field, row)
        if periods:
            score = _score(field, row, periods)
            if score and (best is None or score >= best.score):
                best = Heading(row, periods, score)
    return best


def _periods(field: Field, row: int) -> dict[int, When]:
    """Return the periods of a row by column; where a year stands over several columns, for each of them.

    Beside parts of a year, such as quarters, a column that is blank here may have its whole period in the row above.
    """
    found: dict[int, When] = {}
    blank: list[int] = []
    latest: When | None = None
    for column in range(max(len(field.rows[row]), len(field.rows[row + 1]) if row + 1 < len(field.rows) else 0)):
        text = field.heading(row, column)
        head = headed(text) if text else None
        if head is not None:
            found[column] = latest = head[0]
        elif text.strip():
            latest = None
        elif latest is not None and _is_under(field, row + 1, column):
            found[column] = latest
        else:
            blank.append(column)
    if row and any(when.year is None for when in found.values()):
        above = {column: headed(field.heading(row - 1, column)) for column in blank}
        found |= {column: head[0] for column, head in above.items() if head is not None}
    return dict(sorted(found.items()))


def _is_under(field: Field, row: int, column: int) -> bool:
    """Tell whether a cell is part of a second row of headings, with values under it."""
    text = field.at(row, column)
    return bool(text.strip()) and not is_value(text) and is_value(field.at(row + 1, column))


def _score(field: Field, row: int, periods: Mapping[int, When]) -> int:
    score = 0
    for below in range(row + 1, min(row + 1 + _SAMPLE, len(field.rows))):
        if any(is_label(field.heading(below, column)) for column in range(min(periods))):
            score += sum(holds_value(field, below, column) for column in periods)
    return score


def holds_value(field: Field, row: int, column: int) -> bool:
    """Tell whether a cell holds a value, or what cannot be used as one."""
    return is_value(field.at(row, column)) or field.place(row, column) in field.grid.faults


def top_of(field: Field, head: Heading) -> int:
    """Return the first row of headings: rows above that of the periods count as long as they tell columns apart."""
    top = head.row
    while top > max(0, head.row - _ABOVE):
        texts = {field.heading(top - 1, column).strip() for column in head.periods} - {""}
        beside = any(field.heading(top - 1, column) in texts for column in range(min(head.periods)))
        years = [when for text in texts if (when := written(text)) is not None and when.is_year]
        if beside or not (len(texts) > 1 or years):
            break
        top -= 1
    return top


def dated(field: Field, head: Heading, rows: range, year: int | None) -> dict[int, When | str]:
    """Return the periods by column, those without a year in the one that stands over them, else in the title's.

    `rows` are all rows of headings; what is under a period, such as 1-9月 under 2024年, is the closer one. A text
    is a part of a year that nobody can read.
    """
    closer = _closer(field, head, rows, _dated(field, head, rows.start, year))
    return {column: in_parts(field, head, column) or when for column, when in closer.items()}


def _closer(field: Field, head: Heading, rows: range, periods: dict[int, When]) -> dict[int, When]:
    """Return periods narrowed to those that stand under them, also for the columns right of one under the same."""
    result: dict[int, When] = {}
    last: tuple[When, When] | None = None  # a period, and the closer one under it
    for column, when in periods.items():
        under = [field.heading(row, column) for row in rows if row > head.row]
        closer = next((said[0] for text in under if text and (said := headed(text)) is not None), None)
        if closer is not None:
            last = when, closer if when.year is None else of_year(closer, when.year)
        elif last is not None and last[0] != when:
            last = None
        result[column] = when if last is None else last[1]
    return result


def _dated(field: Field, head: Heading, top: int, year: int | None) -> dict[int, When]:
    result: dict[int, When] = {}
    over: int | None = None
    for column in range(min(head.periods), max(head.periods) + 1):
        for row in range(top, head.row):
            when = written(field.heading(row, column))
            if when is not None and when.is_year:
                over = when.year
        when = head.periods.get(column)
        if when is None:
            continue
        if when.year is not None and not when.is_year:
            over = when.year  # 2024年1月, 2月, 3月: the year is written once
        use = over if over is not None else year
        result[column] = when if use is None else of_year(when, use)
    return result


def more_over(field: Field, head: Heading, rows: range) -> dict[int, dict[str, str]]:
    """Return what the heading of a period says beside it: how firm its values are, and marks of notes.

    `rows` are all rows of headings; any of them may say that the values have been reached.
    """
    result: dict[int, dict[str, str]] = {}
    for column in head.periods:
        said = headed(field.heading(head.row, column))
        if said is not None and (said[1] is not None or said[2]):
            quality = {"quality": said[1].value} if said[1] is not None else {}
            result[column] = {**quality, **({"marks": said[2]} if said[2] else {})}
        reached = next((text for row in rows if is_reached(text := _over(field, row, column, head))), None)
        if reached is not None:
            result.setdefault(column, {})["reached"] = reached
        level = next((text for row in rows if is_absolute(text := _over(field, row, column, head))), None)
        if level is not None:
            result.setdefault(column, {})["level"] = level
    return result


def _over(field: Field, row: int, column: int, head: Heading) -> str:
    """Return what stands in a row over a column; over periods a text without merged cells goes on over blank ones."""
    text = field.heading(row, column)
    if text.strip() or row >= head.row or field.owners:
        return text
    texts = (field.heading(row, left) for left in range(column - 1, min(head.periods) - 1, -1))
    return next((text for text in texts if text.strip()), "")


def over_columns(field: Field, head: Heading, top: int, first: int) -> dict[int, tuple[str, str | None]]:
    """Return what else stands over each column of values, and the unit among it."""
    result = {}
    rows = [row for row in range(top, first) if part_over(field, row, head) is None]
    for column in head.periods:
        words: list[str] = []
        unit = None
        for row in rows:
            text = without_marks(_over(field, row, column, head).strip())[0]
            unit = (without_unit(text)[1] if headed(text) is not None else None) or unit
            if row == head.row or not text or headed(text) is not None or role(text) == "value":
                continue
            bare = text.strip("()（）[]")
            said = units_said(text) if is_note(text) else ()
            if is_unit(bare) or len(said) == 1:
                unit = said[0] if said else bare
            elif text not in words:
                words.append(text)
                unit = unit_behind(text) or unit
        result[column] = (" ".join(words), unit)
    return result
