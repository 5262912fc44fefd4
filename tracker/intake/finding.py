"""The table in a grid: long where headings say so, else wide, whichever way more values speak for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.apart import first_row_of
from tracker.intake.beside import is_quality
from tracker.intake.found import Around, Entry, Found, Layout, Other, is_alone, line_name, nearest, texts_of
from tracker.intake.grid import field, part, turned
from tracker.intake.headings import REQUIRED, role, roles
from tracker.intake.intended import is_plan, is_reached
from tracker.intake.parts import in_part
from tracker.intake.spoken import headings_of_groups, is_absolute, titled
from tracker.intake.unitnotes import is_note, noted, units_said
from tracker.intake.units import without_unit
from tracker.intake.wide import Above, wide_table
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.intake.grid import Field, Grid, Place

    Texts = Sequence[tuple[str, str]]

HIGHEST_HEADING = 30
_MORE = ("scenario", "quality", "status", "published", "source", "url", "note", "recorded_at")
_MOST_TURNED = 4000
_AMBIGUOUS = "性质"
MOST_TABLES = 50
"""Tables that are looked for in one sheet; the rest of it is named as passed over."""


class Tables(NamedTuple):
    """The tables of a grid from top to bottom, and the parts of it that look like one but give none."""

    found: list[Found]
    lost: list[Grid]


def tables_in(grid: Grid) -> Tables:
    """Return the tables in a grid; none where no periods with labels and values are found."""
    found: list[tuple[Place, Found]] = []
    lost: list[Grid] = []
    waiting: list[tuple[Grid, tuple[str, ...], bool]] = [(grid, (), True)]
    while waiting:
        some, over, is_maybe = waiting.pop()
        table = _table_in(some, over) if len(found) < MOST_TABLES else None
        if table is None:
            lost += [] if is_maybe else [some]
            continue
        found.append((_start(table), table))
        titles = tuple(text for _, text in table.around.titles) or over
        for other in table.others:
            rest = part(some, other.rows, other.columns)
            if not all(map(is_alone, rest.rows)):
                waiting.append((rest, () if other.above else titles, other.above))
    return Tables([table for _, table in sorted(found, key=lambda each: each[0])], lost)


def _start(table: Found) -> Place:
    """Return where the values of a table begin in its sheet."""
    grid = table.field.grid
    row, column = table.entries[0].place if table.entries else (0, 0)
    return row + grid.top, column + grid.left


def _table_in(grid: Grid, over: Sequence[str]) -> Found | None:
    """Return the first table in a grid; `over` are the titles of a table above it or beside it."""
    first, last = _inner(grid) if grid.keys is None else (0, len(grid.rows))
    whole = field(grid)
    titles = tuple(texts_of(whole, range(first)))
    width = max(map(len, grid.rows), default=0)
    upright = field(part(grid, range(first, last), range(width)))
    found = _table(upright, Above([text for _, text in titles], over), width)
    if found is None:
        return None
    around = found.around._replace(titles=titles + found.around.titles)
    others = [each._replace(rows=range(each.rows.start + first, each.rows.stop + first)) for each in found.others]
    below = [each for each in others if each.rows.stop == last and not each.columns.start]
    if below:  # what stands below all tables stands below the last of them
        others = [
            each._replace(rows=range(each.rows.start, len(grid.rows))) if each in below else each for each in others
        ]
    else:
        around = around._replace(footnotes=around.footnotes + tuple(texts_of(whole, range(last, len(grid.rows)))))
    return found._replace(around=_told(around, titles, over, grid.sheet, is_last=not below), others=tuple(others))


def _told(around: Around, outer: Texts, over: Sequence[str], sheet: str | None, *, is_last: bool) -> Around:
    """Return what lies around a table with what it says of its unit and of plans; `outer` titles stand over all of it.

    Titles with another table between them and this one hold as those `over` both do: where nothing closer says any.
    """
    far = (*outer, *around.far) if around.far else ()
    own = (*(pair for pair in around.titles if pair not in set(far)), *around.corners)
    far = tuple(pair for pair in far if pair in outer or is_note(pair[1]))
    named = [*own, *([("", sheet)] if sheet else [])]
    around = around._replace(spoken=tuple(each for pair in named for each in titled(*pair)))
    said = noted(own, around.footnotes, [*over, *(text for _, text in far)], is_last=is_last)
    return around._replace(unit=said.unit, unclear=said.unclear)


def _inner(grid: Grid) -> tuple[int, int]:
    """Return where the rows of a table begin and end, without single texts above and below."""
    rows = range(len(grid.rows))
    faulty = {row for row, _ in grid.faults}
    inner = [row for row in rows if row in faulty or not is_alone(grid.rows[row])]
    return (inner[0], inner[-1] + 1) if inner else (0, 0)


def _table(upright: Field, above: Above, width: int) -> Found | None:
    rows = upright.grid.rows
    for row in range(min(HIGHEST_HEADING, len(rows))):
        columns = roles(rows[row])
        if columns.keys() >= REQUIRED:
            return _long(upright, row, columns)
    across = wide_table(upright, above)
    down = wide_table(turned(upright), above) if width <= _MOST_TURNED else None
    both = [each for each in (across, down) if each is not None]
    return max(both, key=lambda each: each[0])[1] if both else _titled(upright, above)


def _titled(upright: Field, above: Above) -> Found | None:
    """Return the table whose one period stands in its title, with labels and values in columns that say so."""
    rows = upright.grid.rows
    for row in range(min(HIGHEST_HEADING, len(rows))):
        columns = roles(rows[row])
        if columns.keys() >= {"series", "value"} and "period" not in columns:
            titles = [text for _, text in texts_of(upright, range(row))]
            when = above.period([*titles, upright.grid.sheet or ""])
            return None if when is None else _long(upright, row, columns, when)
    return None


def _tells_quality(grid: Grid, head: int, column: int) -> bool:
    """Tell whether a column says how firm values are; 性质 may also be that of a plan's goal, such as 约束性."""
    if grid.rows[head][column].strip() != _AMBIGUOUS:
        return True
    return any(map(is_quality, _column(grid, head, column)))


def _more(grid: Grid, head: int, columns: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the columns that say more about values, without those that hold nothing of the kind."""
    more = {name: columns[name] for name in _MORE if name in columns}
    if "quality" in more and not _tells_quality(grid, head, more["quality"]):
        del more["quality"]
    told = _telling(grid, head, columns)
    if "scenario" not in more and told is not None:
        more["told"] = told
    if "scenario" in more and not any(map(str.strip, _column(grid, head, more["scenario"]))):
        del more["scenario"]
    return [*more.items()]


def _telling(grid: Grid, head: int, columns: Mapping[str, int]) -> int | None:
    """Return a column of another name that calls some values plans, such as 类型 with 目标 in it."""
    known = set(columns.values())
    others = (column for column in range(len(grid.rows[head])) if column not in known)
    return next((column for column in others if any(map(is_plan, _column(grid, head, column)))), None)


def _column(grid: Grid, head: int, column: int) -> list[str]:
    return [row[column] for row in grid.rows[head + 1 :] if column < len(row)]


def _long(upright: Field, head: int, columns: Mapping[str, int], whole: str | None = None) -> Found:
    """Return a table with one value a line; `whole` is the period of all of them where the title has it."""
    grid = upright.grid
    series, period, value = columns["series"], columns.get("period"), columns["value"]
    part, unit = columns.get("part"), columns.get("unit")
    more = _more(grid, head, columns)
    used = {series, period, value, part, unit, *(column for _, column in more)}
    width = 1 + max(column for column in used if column is not None)
    titles = tuple(texts_of(upright, range(head)))
    over = without_unit(grid.rows[head][value])[1]
    entries: list[Entry] = []
    odd: list[int] = []
    end = len(grid.rows)
    for number in range(head + 1, len(grid.rows)):
        row = grid.rows[number]
        if len(row) < width:
            row = [*row, *[""] * (width - len(row))]
        label, when = row[series].strip(), whole if period is None else row[period].strip()
        if role(label) == "series" and grid.keys is None:  # a heading again, of whatever table
            if row == grid.rows[head]:
                continue
            end = number
            break
        if not label or not when:
            odd.append(number)
            continue
        beside = {name: row[column] for name, column in more if row[column] or name == "scenario"}
        if is_reached(grid.rows[head][value]):
            beside["reached"] = grid.rows[head][value]
        if is_absolute(grid.rows[head][value]):
            beside["level"] = grid.rows[head][value]
        own = row[unit].strip() if unit is not None else ""
        period_of = in_part(when, row[part], grid.rows[head][part]) if part is not None else when
        place, said = (number, value), own or over
        entries.append(
            Entry((label,), period_of, row[value], place, said or None, beside or None, over if own else None)
        )
    last = entries[-1].place[0] if entries else head
    blank = [n for n in odd if not any(map(str.strip, grid.rows[n]))]
    lost = [n for n in odd if value < len(grid.rows[n]) and grid.rows[n][value].strip()]
    rest = [n for n in odd if n not in set(blank) | set(lost)]
    unused = [(grid.name(head, c), text) for c, text in enumerate(grid.rows[head]) if text.strip() and c not in used]
    inside = [(n, *pair) for n in rest for pair in texts_of(upright, range(n, n + 1))]
    around = Around(
        titles=titles,
        headings=(line_name(upright, head),),
        between=tuple(pair for n in rest if n < last for pair in texts_of(upright, range(n, n + 1))),
        footnotes=tuple(pair for n in rest if n > last for pair in texts_of(upright, range(n, n + 1))),
        unused=tuple(unused),
        unlabelled=tuple((grid.name(n, value), grid.rows[n][value]) for n in lost),
        blank=sum(n < last for n in blank),
        far=tuple(texts_of(upright, range(nearest(upright, head)))),
        corners=tuple((grid.name(head, c), text.strip()) for c, text in enumerate(grid.rows[head]) if is_note(text)),
        inside=tuple(each for each in inside if units_said(each[2])),
        groups=headings_of_groups(inside),
        titled=whole,
    )
    columns_of = range(max(map(len, grid.rows)))
    others = [Other(range(head), columns_of, above=True)] if head else []
    if end < len(grid.rows):
        others.append(Other(range(first_row_of(grid, end, last + 1), len(grid.rows)), columns_of))
    area = grid.area((head, 0), (last, len(grid.rows[head]) - 1))
    return Found(upright, Layout.LONG, area, entries, around, tuple(others))
