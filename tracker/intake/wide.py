"""A wide table, seen so that its periods lie across: its labels, units and values, and what lies around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.intake.across import Heading, dated, heading, holds_value, more_over, over_columns, top_of
from tracker.intake.found import Around, Entry, Found, Layout, is_label, line_name, texts_of, years_in
from tracker.intake.headings import role
from tracker.intake.labels import unit_note
from tracker.intake.units import is_unit
from tracker.intake.when import headed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.intake.grid import Field
    from tracker.intake.when import When


class Beside(NamedTuple):
    """The columns beside the values: those of labels, that of units, and those that say nothing."""

    labels: tuple[int, ...]
    unit: int | None
    unused: tuple[int, ...]


class Over(NamedTuple):
    """What stands over each column of values: its period, other words and a unit, how firm it is and marks of notes."""

    periods: Mapping[int, When]
    words: Mapping[int, tuple[str, str | None]]
    more: Mapping[int, Mapping[str, str]]


def wide_table(field: Field, above: Sequence[str]) -> tuple[int, Found] | None:
    """Return the table whose periods lie across, with how many values spoke for it; None where there is none.

    `above` are the titles over the table, which may give its unit and the year of its periods.
    """
    head = heading(field)
    if head is None:
        return None
    values = [row for row in range(head.row + 1, len(field.rows)) if has_value(field, row, head)]
    top = top_of(field, head)
    beside = _beside(field, head, top, values)
    if not values or not beside.labels:
        return None
    titles = tuple(texts_of(field, range(top)))
    texts = [*above, *(text for _, text in titles)]
    year = years_in([*texts, field.grid.sheet or ""])
    unit = next(filter(None, map(unit_note, texts)), None)
    over = Over(dated(field, head, top, year), over_columns(field, head, top, values[0]), more_over(field, head))
    entries, unlabelled = _entries(field, values, beside, over)
    heads = [row for row in range(top, values[0]) if row <= head.row or _is_over(field, row, head)]
    inside = sorted(set(range(top, values[-1])) - set(values) - set(heads))
    blank = [row for row in inside if not any(map(str.strip, field.rows[row]))]
    around = Around(
        titles=titles,
        headings=tuple(line_name(field, line) for line in heads),
        between=tuple(pair for row in inside if row not in set(blank) for pair in texts_of(field, range(row, row + 1))),
        footnotes=tuple(texts_of(field, range(values[-1] + 1, len(field.rows)))),
        unused=tuple((field.name(head.row, column), field.heading(head.row, column)) for column in beside.unused),
        unlabelled=tuple(unlabelled),
        blank=len(blank),
        unit=unit,
        year=year if any(when.year is None for when in head.periods.values()) else None,
    )
    corners = field.place(top, min(beside.labels)), field.place(values[-1], max(head.periods))
    layout = Layout.DOWN if field.turned else Layout.ACROSS
    return head.score, Found(field, layout, field.grid.area(*corners), entries, around)


def has_value(field: Field, row: int, head: Heading) -> bool:
    """Tell whether a row has a value under a period; beside a label of its own any text is taken as one."""
    if any(holds_value(field, row, column) for column in head.periods):
        return True
    beside = [text for column in range(min(head.periods)) if (text := field.at(row, column).strip())]
    is_labelled = bool(beside) and not any(map(role, beside))
    texts = [text for column in head.periods if (text := field.at(row, column).strip())]
    return is_labelled and any(headed(text) is None for text in texts)


def _is_over(field: Field, row: int, head: Heading) -> bool:
    """Tell whether a row under the periods says more about their columns."""
    return any(field.at(row, column).strip() for column in head.periods)


def _beside(field: Field, head: Heading, top: int, values: Sequence[int]) -> Beside:
    labels, unused, unit = [], [], None
    for column in range(min(head.periods)):
        texts = [text for row in values if (text := field.heading(row, column).strip())]
        roles = {role(field.heading(row, column)) for row in range(top, values[0] if values else top)}
        if unit is None and texts and ("unit" in roles or all(map(is_unit, texts))):
            unit = column
        elif roles & {"number", "note", "source", "url"} or not any(map(is_label, texts)):
            unused += [column] if texts else []
        else:
            labels.append(column)
    right = max(head.periods) + 1
    width = max((len(field.rows[row]) for row in values), default=0)
    between = [column for column in range(min(head.periods), right) if column not in head.periods]
    for column in (*between, *range(right, width)):
        if any(field.at(row, column).strip() for row in values):
            unused.append(column)
    return Beside(tuple(labels), unit, tuple(unused))


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
        own = field.heading(row, beside.unit).strip() if beside.unit is not None else ""
        for column, when in over.periods.items():
            words, unit = over.words[column]
            entries.append(
                Entry(
                    (" ".join(filter(None, [*labels, words])),) if words else labels,
                    when,
                    field.at(row, column),
                    field.place(row, column),
                    own or unit,
                    over.more.get(column),
                )
            )
    return entries, unlabelled
