"""What SQLite, which keeps any value in any column, asks us about cells of a table of somebody else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.stores import cells

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_DAY_LENGTH = len("2024-12-31")
_KEPT = 2**14
"""A table has few different days and moments, each many times."""

Cell = str | int | float | bytes | None


def add_functions(connection: sqlite3.Connection) -> None:
    """Let statements on a connection call what `tracker.stores.dialects.SQLITE` names.

    SQLite's own casts make 0 of "n/a" and 1 of "1,234", and its texts of moments order by their zones.
    """
    readers: dict[str, Callable[[Cell], str | float | None]] = {"number": _number, "day": _day, "moment": _moment}
    for name, made in readers.items():
        kept = lru_cache(_KEPT)(made)
        connection.create_function(f"tracker_{name}", 1, kept, deterministic=True)
        connection.create_function(f"tracker_is_{name}", 1, _can(kept), deterministic=True)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, int | float):
        return float(cell)
    return None if cell is None else cells.number(_text(cell))


def _day(cell: Cell) -> str | None:
    """Return the day of a day or of a moment, as it is written there."""
    if cell is None:
        return None
    text = _text(cell).strip()
    try:
        day = cells.day(text)
    except cells.Unreadable:
        if cells.moment(text) is None:
            raise
        day = cells.day(text[:_DAY_LENGTH])
    return None if day is None else day.isoformat()


def _moment(cell: Cell) -> str | None:
    """Return a moment in UTC with all its decimals, as such texts have the order of what they mean."""
    return None if cell is None else cells.written_moment(cells.moment(_text(cell))) or None


def _text(cell: Cell) -> str:
    if isinstance(cell, bytes):  # what has no encoding has no text either
        raise cells.Unreadable
    return str(cell)


def _can(made: Callable[[Cell], object]) -> Callable[[Cell], bool]:
    def can(cell: Cell) -> bool:
        try:
            made(cell)
        except cells.Unreadable:
            return False
        return True

    return can
