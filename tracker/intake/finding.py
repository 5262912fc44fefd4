"""The table in a grid: long where headings say so, else wide, whichever way more values speak for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.intake.found import Around, Entry, Found, Layout, is_value, line_name, texts_of
from tracker.intake.grid import field, part, turned
from tracker.intake.headings import REQUIRED, roles
from tracker.intake.labels import unit_note
from tracker.intake.when import headed
from tracker.intake.wide import wide_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.intake.grid import Field, Grid

HIGHEST_HEADING = 30
_MORE = ("quality", "published", "source", "url", "note", "recorded_at")
_MOST_TURNED = 4000


def table_in(grid: Grid) -> Found | None:
    """Return the table in a grid; None where no periods with labels and values are found."""
    first, last = _inner(grid) if grid.keys is None else (0, len(grid.rows))
    whole = field(grid)
    titles = tuple(texts_of(whole, range(first)))
    footnotes = tuple(texts_of(whole, range(last, len(grid.rows))))
    width = max(map(len, grid.rows), default=0)
    upright = field(part(grid, range(first, last), range(width)))
    found = _table(upright, [text for _, text in titles], width)
    if found is None:
        return None
    around = found.around
    return found._replace(around=around._replace(titles=titles + around.titles, footnotes=around.footnotes + footnotes))


def _inner(grid: Grid) -> tuple[int, int]:
    """Return where the rows of a table begin and end, without single texts above and below."""
    rows = range(len(grid.rows))
    faulty = {row for row, _ in grid.faults}
    inner = [row for row in rows if row in faulty or not _is_alone(grid.rows[row])]
    return (inner[0], inner[-1] + 1) if inner else (0, 0)


def _is_alone(row: Sequence[str]) -> bool:
    """Tell whether a row is blank, or holds nothing but one text that is neither a value nor a period."""
    texts = [text for text in row if text and not text.isspace()]
    if len(texts) > 1 and len(set(texts)) > 1:
        return False
    return not texts or not (is_value(texts[0]) or headed(texts[0]) is not None)


def _table(upright: Field, above: list[str], width: int) -> Found | None:
    rows = upright.grid.rows
    for row in range(min(HIGHEST_HEADING, len(rows))):
        columns = roles(rows[row])
        if columns.keys() >= REQUIRED:
            return _long(upright, row, columns, above)
    across = wide_table(upright, above)
    down = wide_table(turned(upright), above) if width <= _MOST_TURNED else None
    both = [each for each in (across, down) if each is not None]
    return max(both, key=lambda each: each[0])[1] if both else None


def _long(upright: Field, head: int, columns: Mapping[str, int], above: list[str]) -> Found:
    grid = upright.grid
    series, period, value = (columns[name] for name in ("series", "period", "value"))
    part, unit = columns.get("part"), columns.get("unit")
    more = [(name, columns[name]) for name in _MORE if name in columns]
    used = {series, period, value, part, unit, *(column for _, column in more)}
    width = 1 + max(column for column in used if column is not None)
    titles = tuple(texts_of(upright, range(head)))
    table_unit = next(filter(None, map(unit_note, [*above, *(text for _, text in titles)])), None)
    entries: list[Entry] = []
    odd: list[int] = []
    for number in range(head + 1, len(grid.rows)):
        row = grid.rows[number]
        if len(row) < width:
            row = [*row, *[""] * (width - len(row))]
        label, when = row[series].strip(), row[period].strip()
        if not label or not when:
            odd.append(number)
            continue
        beside = {name: row[column] for name, column in more if row[column]} or None
        own = row[unit].strip() if unit is not None else ""
        if part is not None:
            when += row[part].strip()
        entries.append(Entry((label,), when, row[value], (number, value), own or None, beside))
    last = entries[-1].place[0] if entries else head
    blank = [n for n in odd if not any(map(str.strip, grid.rows[n]))]
    lost = [n for n in odd if value < len(grid.rows[n]) and grid.rows[n][value].strip()]
    rest = [n for n in odd if n not in set(blank) | set(lost)]
    unused = [(grid.name(head, c), text) for c, text in enumerate(grid.rows[head]) if text.strip() and c not in used]
    around = Around(
        titles=titles,
        headings=(line_name(upright, head),),
        between=tuple(pair for n in rest if n < last for pair in texts_of(upright, range(n, n + 1))),
        footnotes=tuple(pair for n in rest if n > last for pair in texts_of(upright, range(n, n + 1))),
        unused=tuple(unused),
        unlabelled=tuple((grid.name(n, value), grid.rows[n][value]) for n in lost),
        blank=sum(n < last for n in blank),
        unit=table_unit,
    )
    return Found(upright, Layout.LONG, grid.area((head, 0), (last, len(grid.rows[head]) - 1)), entries, around)
