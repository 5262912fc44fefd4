"""A table as it was found in a grid: its cells with what stands over and beside them, and what lies around it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.intake.grid import letters
from tracker.intake.published import without_marks
from tracker.intake.units import is_unit
from tracker.intake.when import headed, written
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.intake.grid import Field, Place
    from tracker.intake.spoken import Spoken
    from tracker.intake.when import When


class Layout(StrEnum):
    """How a table lies: one value a line, periods across the top, or periods down the side."""

    LONG = "long"
    ACROSS = "across"
    DOWN = "down"


class Entry(NamedTuple):
    """One cell with a value: its labels, its period as written, its text, its place, and the unit over or beside it.

    `more` holds what is said beside it: quality, status, published, source, url, note, recorded_at, scenario, marks of
    notes; `reached` where the heading says that it has been, `level` where it says 绝对值. `over` is a unit over the
    value where another is beside it.
    """

    labels: tuple[str, ...]
    when: When | str
    text: str
    place: Place
    unit: str | None = None
    more: Mapping[str, str] | None = None
    over: str | None = None


class Around(NamedTuple):
    """What lies around the values of a table, each as (cell, text).

    `titles` stand above it, `headings` are the rows (or columns) that head it, `between` rows without a value inside
    it, `footnotes` stand below. `unused` are columns that are neither labels nor periods, `unlabelled` rows with
    values and no label; `blank` counts blank rows inside. `unit`, `year` and the period
    `titled` are what is said of the whole table; `doubtful` are rows inside that may be the heading of another.
    `corners` stand among the headings, over no value; `far` are those of the titles that another table comes after.
    `unclear` speaks of the table's unit, but not of exactly one; `inside` are lines from which another unit may hold,
    each with its number in the field; `groups` are those that may head a group of rows, `along` those that stand among
    the periods and may head the ones after them. `spoken` are titles of plans
    or of growth, under which values may be no actuals, `over` the words over columns of values; `unseen` are the
    hidden rows and columns with values that were read.
    """

    titles: tuple[tuple[str, str], ...] = ()
    headings: tuple[str, ...] = ()
    between: tuple[tuple[str, str], ...] = ()
    footnotes: tuple[tuple[str, str], ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    unlabelled: tuple[tuple[str, str], ...] = ()
    blank: int = 0
    unit: str | None = None
    year: int | None = None
    titled: str | None = None
    doubtful: tuple[Place, ...] = ()
    corners: tuple[tuple[str, str], ...] = ()
    far: tuple[tuple[str, str], ...] = ()
    unclear: tuple[str, str] | None = None
    inside: tuple[tuple[int, str, str], ...] = ()
    groups: tuple[tuple[int, str, str], ...] = ()
    along: tuple[tuple[int, str, str], ...] = ()
    spoken: tuple[Spoken, ...] = ()
    over: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()


class Other(NamedTuple):
    """Rows and columns of a grid outside a table; those `above` it are its titles, unless they are a table."""

    rows: range
    columns: range
    above: bool = False


class Found(NamedTuple):
    """A table: how it lies, the block of cells it fills, its entries in the order of the file, what lies around.

    `others` are parts of the grid that do not belong to it, where other tables may be.
    """

    field: Field
    layout: Layout
    area: str
    entries: Sequence[Entry]
    around: Around
    others: tuple[Other, ...] = ()


_NUMBERISH = re.compile(r"[¥￥]?\s*[-+−－＋]?\s*[0-9０-９.．,，' \u00a0\u3000]*[0-9０-９][.．]?(?P<unit>.*)", re.DOTALL)
_TITLED = re.compile(
    r"(?<![0-9])(?:19|20|21)[0-9]{2}\s*年(?:\s*(?:(?:1[0-2]|0?[1-9])(?:\s*[-—–−~至到]\s*(?:1[0-2]|0?[1-9]))?\s*月份?"
    r"|第?[一二三四1-4]季度|[上下]半年|前[一两二三四1-4]个?季度|前(?:十[一二]?|[一两二三四五六七八九])个?月|全年))?"
    r"(?:\s*累计)?"
)
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_SPAN = re.compile(
    r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*(?:[-—–−~～至到/、,，和与及]|to|and)\s*(?:19|20|21)?[0-9]{2}\s*年"
)
"""The first year of several, of which only the last is followed by 年."""
_YEARS = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*年")


def is_value(text: str) -> bool:
    """Tell whether a text looks like a value: a number, with or without a unit, and no period in words."""
    found = _NUMBERISH.fullmatch(without_marks(text.strip())[0])
    if found is None:
        return False
    unit = found["unit"].strip()
    return not unit or is_unit(unit) or unit[:2].lower() in {"e+", "e-"}


def is_label(text: str) -> bool:
    """Tell whether a text looks like a name: it has letters, and is neither a value nor a period."""
    return any(map(str.isalpha, text)) and not is_value(text) and written(text) is None


def is_alone(row: Sequence[str]) -> bool:
    """Tell whether a row is blank, or holds nothing but one text that is neither a value nor a period."""
    texts = [text for text in row if text and not text.isspace()]
    if len(texts) > 1 and len(set(texts)) > 1:
        return False
    return not texts or not (is_value(texts[0]) or headed(texts[0]) is not None)


def nearest(field: Field, top: int) -> int:
    """Return the first of the rows right above a table that hold no values, which would be those of another."""
    while top and not any(is_value(text) and not _YEAR.fullmatch(text.strip()) for text in field.rows[top - 1]):
        top -= 1
    return top


def years_in(texts: Sequence[str]) -> int | None:
    """Return the one year that titles name; None where they name none, or several."""
    years = {int(year) for text in texts for year in _YEARS.findall(text)}
    years |= {int(year) for text in texts for year in _SPAN.findall(text)}
    return years.pop() if len(years) == 1 else None


def period_in_title(texts: Sequence[str]) -> str | None:
    """Return the one period with a year that titles name, as it is written; None where they name none, or several.

    >>> period_in_title(["昭通市2024年1-9月主要指标"])
    '2024年1-9月'
    >>> period_in_title(["2024年与2023年"]), period_in_title(["2023-2024年"])
    (None, None)
    """
    found = {re.sub(r"\s", "", each[0]) for text in texts for each in _TITLED.finditer(text)}
    found |= {year for text in texts for year in _SPAN.findall(text)}
    return found.pop() if len(found) == 1 else None


def names_year(texts: Sequence[str]) -> bool:
    """Tell whether titles name any year."""
    return any(map(_YEARS.search, texts))


def texts_of(field: Field, rows: Iterable[int]) -> Iterator[tuple[str, str]]:
    """Yield the texts in some rows with their cells, each text of a row once."""
    for row in rows:
        seen: set[str] = set()
        for column, text in enumerate(field.rows[row]):
            if text.strip() and text not in seen:
                seen.add(text)
                yield field.name(row, column), text.strip()


def line_name(field: Field, line: int) -> str:
    """Return what people call a row of a field: its number, or the letters of the column that it really is."""
    return letters(line + field.grid.left) if field.turned else str(line + field.grid.top + 1)
