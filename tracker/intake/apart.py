"""Where one table of a sheet ends and another begins: below it, or beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.intake.found import is_alone, is_label, is_value
from tracker.intake.headings import role
from tracker.intake.unitnotes import is_note
from tracker.intake.when import headed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.intake.across import Heading
    from tracker.intake.grid import Field, Grid

_NOTE = re.compile(r"\s*(?:[*＊①-⑳]|[(（]?注|说明|备注|(?:资料|数据)?来源|notes?\b|sources?\b)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_SAMPLE = 60


def corners_of(field: Field, head: Heading, top: int) -> frozenset[str]:
    """Return what stands over the labels of a table; a row that has it again is a heading again."""
    rows, columns = range(top, head.row + 1), range(min(head.periods))
    return frozenset(text for row in rows for c in columns if (text := field.heading(row, c).strip()))


def begins_anew(field: Field, row: int, head: Heading, corners: frozenset[str]) -> bool:
    """Tell whether a row below the values of a table is the heading of another one.

    It has periods, or names of columns, where the table has values; and beside them stands what stands over labels,
    or nothing, or it comes after a gap or a title. The same heading once more, as on the next printed page, begins
    nothing.
    """
    first = next((text for column in head.periods if (text := field.at(row, column).strip())), "")
    if (is_value(first) and not _YEAR.fullmatch(first)) or is_unit_row(field, row, head):
        return False
    texts = [text for column in head.periods if (text := field.at(row, column).strip())]
    beside = [text for column in range(min(head.periods)) if (text := field.at(row, column).strip())]
    named = [text in corners or role(text) is not None for text in beside]
    is_headed = bool(named) and all(named)
    after_gap = row > 0 and (is_alone(field.rows[row - 1]) or is_title(field.rows[row - 1]))
    if not texts:
        return after_gap and len(named) > 1 and named[0]
    if is_headed and not after_gap and _is_again(field, row, head):
        return False
    if any(not is_value(text) and headed(text) is not None for text in texts):
        return is_headed or not beside or after_gap
    if all(map(_YEAR.fullmatch, texts)):
        return len(set(texts)) == len(texts) and (is_headed or (not beside and len(texts) > 1))
    return all(map(is_label, texts)) and (is_headed or (after_gap and len(set(texts)) > 1))


def is_unit_row(field: Field, row: int, head: Heading) -> bool:
    """Tell whether a row holds the units of the values above it: nothing but 单位 stands beside it, and no periods."""
    beside = [text for column in range(min(head.periods)) if (text := field.at(row, column).strip())]
    texts = [text for column in head.periods if (text := field.at(row, column).strip())]
    is_named = bool(beside and texts) and all(role(text) == "unit" for text in beside)
    return is_named and all(headed(text) is None for text in texts)


def is_again(field: Field, row: int, head: Heading, corners: frozenset[str]) -> bool:
    """Tell whether a row is the heading of the table once more."""
    beside = [text for column in range(min(head.periods)) if (text := field.at(row, column).strip())]
    return bool(beside) and all(text in corners for text in beside) and _is_again(field, row, head)


def may_be_heading(field: Field, row: int, head: Heading) -> bool:
    """Tell whether a row has nothing but periods where the table has values, and a label of its own beside them."""
    texts = [text for column in head.periods if (text := field.at(row, column).strip())]
    return bool(texts) and all(not is_value(text) and headed(text) is not None for text in texts)


def _is_again(field: Field, row: int, head: Heading) -> bool:
    return all(field.heading(row, column).strip() == field.heading(head.row, column).strip() for column in head.periods)


def labels_again(field: Field, head: Heading, corners: frozenset[str]) -> int | None:
    """Return the column right of the first periods in which the labels of another table stand; None where none do.

    Its heading is that of labels, or it comes after a blank column; and further periods follow it.
    """
    rows = range(head.row + 1, min(head.row + 1 + _SAMPLE, len(field.rows)))
    for column in range(min(head.periods) + 1, max(head.periods)):
        if column in head.periods:
            continue
        over = field.heading(head.row, column).strip()
        is_headed = bool(over) and (over in corners or role(over) == "series")
        after_gap = not any(field.at(row, column - 1).strip() for row in (head.row, *rows))
        texts = [text for row in rows if (text := field.at(row, column).strip())]
        if texts and (is_headed or after_gap) and all(map(is_label, texts)) and role(over) not in _REMARKS:
            return column
    return None


_REMARKS = frozenset({"unit", "quality", "status", "source", "url", "note"})


def first_row_of(grid: Grid, row: int, after: int) -> int:
    """Return where the titles of a table begin whose heading is in a row, none of them before the row `after`."""
    first = row
    while first > after and _is_over_tables(grid.rows[first - 1]):
        first -= 1
    return first


def _is_over_tables(row: Sequence[str]) -> bool:
    return (is_alone(row) or is_title(row)) and not any(map(_NOTE.match, row))


def is_title(row: Sequence[str]) -> bool:
    """Tell whether a row of several texts is a title with the unit beside it: 表2 and 单位：万元."""
    texts = [text for text in row if text.strip()]
    return any(map(is_note, texts)) and not any(is_value(text) or headed(text) is not None for text in texts)
