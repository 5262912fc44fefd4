"""A wide table, seen so that its periods lie across: its labels, units and values, and what lies around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.across import Heading, dated, heading, holds_value, more_over, over_columns, top_of
from tracker.intake.apart import (
    begins_anew,
    corners_of,
    first_row_of,
    is_again,
    is_unit_row,
    labels_again,
    may_be_heading,
)
from tracker.intake.found import (
    Around,
    Entry,
    Found,
    Layout,
    Other,
    line_name,
    names_year,
    nearest,
    period_in_title,
    texts_of,
    years_in,
)
from tracker.intake.headings import role
from tracker.intake.parts import part_over
from tracker.intake.sides import columns_beside
from tracker.intake.spoken import grouped, headings_of_groups
from tracker.intake.unitnotes import is_note, units_said
from tracker.intake.when import headed
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.intake.grid import Field, Place
    from tracker.intake.sides import Beside
    from tracker.intake.when import When


class Over(NamedTuple):
    """What stands over each column of values: its period, other words and a unit, how firm it is and marks of notes."""

    periods: Mapping[int, When | str]
    words: Mapping[int, tuple[str, str | None]]
    more: Mapping[int, Mapping[str, str]]


class Above(NamedTuple):
    """The titles over a table, and those of a table above it, which hold where its own say nothing."""

    own: Sequence[str]
    inherited: Sequence[str] = ()

    def year(self, more: Sequence[str]) -> int | None:
        """Return the one year that titles, these and `more`, name."""
        texts = [*self.own, *more]
        return years_in(texts if names_year(texts) else self.inherited)

    def period(self, more: Sequence[str]) -> str | None:
        """Return the one period that titles, these and `more`, name, as it is written; None if none or several."""
        return period_in_title([*self.own, *more]) or period_in_title(self.inherited)


def wide_table(field: Field, above: Above) -> tuple[int, Found] | None:
    """Return the table whose periods lie across, with how many values spoke for it; None where there is none.

    `above` are the titles over the table, which may give its unit and the year of its periods.
    """
    head = heading(field)
    if head is None:
        return None
    top = top_of(field, head)
    corners = corners_of(field, head, top)
    right = labels_again(field, head, corners)
    if right is not None:
        head = head._replace(periods={column: when for column, when in head.periods.items() if column < right})
    values, below = _values(field, head, corners)
    beside = columns_beside(field, head, top, values, right)
    if not values or not beside.labels:
        return None
    beside = beside._replace(unit_rows=tuple(row for row in range(values[0], below) if is_unit_row(field, row, head)))
    titles = tuple(texts_of(field, range(top)))
    texts = [text for _, text in titles]
    year = above.year([*texts, field.grid.sheet or ""])
    over = Over(
        dated(field, head, range(top, values[0]), year),
        over_columns(field, head, top, values[0]),
        more_over(field, head, range(top, values[0])),
    )
    entries, unlabelled = _entries(field, values, beside, over)
    heads = [row for row in range(top, values[0]) if row <= head.row or _is_over(field, row, head)]
    inside = sorted(set(range(top, values[-1])) - set(values) - set(heads) - set(beside.unit_rows))
    between = [(row, cell, text) for row in inside for cell, text in texts_of(field, range(row, row + 1))]
    blank = [row for row in inside if not any(map(str.strip, field.rows[row]))]
    doubtful = [row for row in inside if row > values[0] and may_be_heading(field, row, head)]
    doubtful = [row for row in doubtful if not is_again(field, row, head, corners)]
    first, last = field.place(top, min(beside.labels)), field.place(values[-1], max(head.periods))
    others = _others(field, first, last, right, below)
    end = min([each.rows.start for each in others if each.columns.start == 0 and not each.above], default=below)
    named = [field.heading(row, beside.labels[-1]).strip() for row in values if field.turned]
    others_down = [text for text in named if grouped("", text)]  # 增长速度 beside 地区生产总值, with the years down
    under = [row for row in range(values[-1] + 1, below if field.turned else end) if row not in beside.unit_rows]
    around = Around(
        titles=titles,
        headings=tuple(line_name(field, line) for line in heads),
        between=tuple((cell, text) for _, cell, text in between),
        footnotes=tuple(texts_of(field, under)),
        unused=tuple((field.name(head.row, column), field.heading(head.row, column)) for column in beside.unused),
        unlabelled=tuple(unlabelled),
        blank=len(blank),
        doubtful=tuple(field.place(row, min(head.periods)) for row in doubtful),
        far=tuple(texts_of(field, range(nearest(field, top)))),
        corners=tuple(_corners(field, beside, head, range(top, values[-1] + 1 if field.turned else values[0]))),
        inside=tuple(each for each in between if units_said(each[2])),
        groups=headings_of_groups(between),
        along=tuple(_along(field, head, values, beside)),
        over=tuple(dict.fromkeys(filter(None, (*(words for words, _ in over.words.values()), *others_down)))),
        year=year if any(when.year is None for when in head.periods.values()) else None,
    )
    layout = Layout.DOWN if field.turned else Layout.ACROSS
    return head.score, Found(field, layout, field.grid.area(first, last), entries, around, others)


def _along(field: Field, head: Heading, values: Sequence[int], beside: Beside) -> Iterator[tuple[int, str, str]]:
    """Yield the texts among the periods that stand over nothing, each with its line: 增长速度 between 2023 and 2022."""
    for column in range(max(beside.labels) + 1, max(head.periods)):
        text = field.at(head.row, column).strip()
        if text and column not in head.periods and not any(field.at(row, column).strip() for row in values):
            yield column, field.name(head.row, column), text


def _values(field: Field, head: Heading, corners: frozenset[str]) -> tuple[list[int], int]:
    """Return the rows with values, and the row below them where another table, or nothing, begins."""
    values: list[int] = []
    for row in range(head.row + 1, len(field.rows)):
        if values and begins_anew(field, row, head, corners):
            return values, row
        if has_value(field, row, head) and not (values and is_again(field, row, head, corners)):
            values.append(row)
    return values, len(field.rows)


def _others(field: Field, first: Place, last: Place, right: int | None, below: int) -> tuple[Other, ...]:
    """Return the parts of the grid above a table, beside it and below it, in the grid's own rows and columns."""
    grid = field.grid
    height, width = len(grid.rows), max(map(len, grid.rows), default=0)
    lower, beyond = (right, below) if field.turned else (below, right)
    end = height if lower is None else lower
    found = [Other(range(first[0]), range(width), above=True)] if first[0] else []
    if beyond is not None and beyond < width:
        found.append(Other(range(end), range(beyond, width)))
    if end < height:
        found.append(Other(range(first_row_of(grid, end, last[0] + 1), height), range(width)))
    return tuple(found)


def has_value(field: Field, row: int, head: Heading) -> bool:
    """Tell whether a row has a value under a period; beside a label any text but that of a unit is one."""
    if part_over(field, row, head) is not None:
        return False
    if any(holds_value(field, row, column) for column in head.periods):
        return True
    beside = [text for column in range(min(head.periods)) if (text := field.at(row, column).strip())]
    is_labelled = bool(beside) and not any(map(role, beside))
    texts = [text for column in head.periods if (text := field.at(row, column).strip())]
    return is_labelled and any(headed(text) is None for text in texts) and not any(map(units_said, texts))


def _corners(field: Field, beside: Beside, head: Heading, rows: range) -> Iterator[tuple[str, str]]:
    """Yield the texts over the labels, and those over columns of something else that speak of units.

    Seen so that periods lie across, a title of two cells over a table that runs down stands beside its values.
    """
    for row in rows:
        for column, text in enumerate(field.rows[row]):
            if column not in head.periods and ((column in beside.labels and row <= head.row) or is_note(text)):
                yield field.name(row, column), text.strip()


def _is_over(field: Field, row: int, head: Heading) -> bool:
    """Tell whether a row under the periods says more about their columns."""
    return any(field.at(row, column).strip() for column in head.periods)


def _entries(
    field: Field, values: Sequence[int], beside: Beside, over: Over
) -> tuple[list[Entry], list[tuple[str, str]]]:
    """Return the cells under the periods, and the rows with values but without a label, each as (cell, text)."""
    entries: list[Entry] = []
    unlabelled: list[tuple[str, str]] = []
    groups = dict.fromkeys(beside.labels[:-1], "")
    for row in values:
        for column in groups:  # what stands over a group of rows is often written once
            groups[column] = field.heading(row, column).strip() or groups[column]
        last = field.heading(row, beside.labels[-1]).strip()
        if not last:
            first = min(over.periods)
            unlabelled.append((field.name(row, first), field.at(row, first)))
            continue
        labels = (*groups.values(), last)
        remark = "；".join(text for column in beside.remarks if (text := field.at(row, column).strip()))
        for column, when in over.periods.items():
            own = beside.unit(field, row, column, min(over.periods))
            words, unit = over.words[column]
            more = over.more.get(column)
            if beside.scenario is not None:
                more = {**(more or {}), "scenario": field.heading(row, beside.scenario)}
            if remark:
                more = {**(more or {}), "remark": remark}
            entries.append(
                Entry(
                    (" ".join(filter(None, [*labels, words])),) if words else labels,
                    when,
                    field.at(row, column),
                    field.place(row, column),
                    (unit if words else None) or own or unit,
                    more,
                    unit if own and not words else None,
                )
            )
    return entries, unlabelled
