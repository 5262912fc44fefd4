"""The columns a reader asks for, by key, title or field, and the names that stand for a goal's fields."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from tracker.tuples import NamedTuple
from tracker.views import fields, flat
from tracker.views.status import Shows, columns
from tracker.views.table import Column
from tracker.wording.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.assess.figures import Assessment
    from tracker.views.table import Cell
    from tracker.wording.words import Words


class Picked(NamedTuple):
    """A column that was asked for: how a table shows it, and the fields of the record that it stands for."""

    shows: Shows
    fields: tuple[str, ...]


def plain(text: str) -> str:
    """Return a name so that spellings of one name are equal.

    >>> plain(" Ｇap ") == plain("gap")
    True
    """
    return normalize("NFKC", text).casefold().strip()


def free_names(seen: Sequence[Assessment]) -> list[str]:
    """Return the names of the free fields that goals have, in the order of the file."""
    return list(dict.fromkeys(name for one in seen for name in one.goal.fields))


def field_named(name: str, free: Sequence[str], words: Words) -> str | None:
    """Return the field that a name stands for: its own, a free field's, or its title; None where there is none."""
    found = plain(name)
    for known in (*flat.FIELDS, *(f"{fields.FREE}{one}" for one in free)):
        if found == plain(known):
            return known
    for one in free:
        if found == plain(one):
            return f"{fields.FREE}{one}"
    titles = {plain(fields.title(one, each)): one for each in (ENGLISH, words) for one in fields.FIELDS}
    return titles.get(found)


def column_named(name: str, free: Sequence[str], words: Words) -> Picked | None:
    """Return the column that a name stands for: a column of the table by key or title, else a field."""
    found = plain(name)
    english = {one.column.key: one.column.title for one in columns(ENGLISH)}
    for one in columns(words):
        if found in {plain(one.column.key), plain(one.column.title), plain(english[one.column.key])}:
            return Picked(one, one.fields or (one.column.key,))
    field = field_named(name, free, words)
    return None if field is None else Picked(sheet_columns([field], words)[0], (field,))


def names(free: Sequence[str], words: Words) -> list[str]:
    """Return every name that a column can be asked for by."""
    own = [text for one in columns(words) for text in (one.column.key, one.column.title)]
    titles = [fields.title(one, words) for one in fields.FIELDS]
    return list(dict.fromkeys([*own, *flat.FIELDS, *titles, *free]))


def offered(free: Sequence[str], words: Words) -> list[str]:
    """Return what columns and fields there are, each once: by its key, with its title where that says it otherwise."""
    own = {one.column.key: one.column.title for one in columns(words)}
    titles = own | {key: fields.title(key, words) for key in flat.FIELDS if key not in own}
    is_told = words.language != ENGLISH.language
    return [f"{key} ({title})" if is_told and title != key else key for key, title in titles.items()] + list(free)


def sheet_columns(names: Sequence[str], words: Words) -> tuple[Shows, ...]:
    """Return a column for each field: one number a cell, as a workbook has it."""
    flat = fields.flats(words)
    return tuple(_shows(name, flat, words) for name in names)


def _shows(name: str, flat: Callable[[Assessment], fields.Flat], words: Words) -> Shows:
    numbers = fields.holds(name) not in {fields.Is.TEXT, fields.Is.DAY}

    def cell(seen: Assessment) -> Cell:
        return fields.cell(name, flat(seen), words)

    folds = name in {"name", "reason", "note", "source", "quote"}
    # a name never goes; a field that was asked for goes last
    return Shows(Column(name, fields.title(name, words), numbers, 0 if name == "name" else 1, folds), cell)
