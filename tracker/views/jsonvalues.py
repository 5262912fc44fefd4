"""Single values as JSON writes them: settled numbers, ISO days, and what every output begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.number import settled

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.model.actual import View

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

EXACT_INTEGER = 2**53
SETTLED_INTEGER = 10**12
"""A whole number below it has no digits to settle."""


def plain(value: float | None) -> float | int | None:
    """Return a settled number as JSON writes it: whole numbers without a fraction.

    >>> plain(44.0), plain(40.5), plain(None)
    (44, 40.5, None)
    """
    if value is None:
        return None
    if -SETTLED_INTEGER < value < SETTLED_INTEGER and value % 1 == 0:
        return int(value)
    number = settled(value)
    return int(number) if abs(number) < EXACT_INTEGER and number.is_integer() else number


def raw(value: float | None) -> float | int | None:
    """Return a recorded number as it was recorded; whole numbers without a fraction."""
    if value is None:
        return None
    return int(value) if abs(value) < EXACT_INTEGER and value == int(value) else value


def day(value: date | None) -> str | None:
    """Return a day as ISO text."""
    return None if value is None else value.isoformat()


def moment(value: datetime | None) -> str | None:
    """Return a moment in UTC as ISO text."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def heading(schema: str, view: View, goals_file: str) -> dict[str, Json]:
    """Return what every output on goals begins with: its schema, from where we look, and the file."""
    return {
        "schema": schema,
        "as_of": view.as_of.isoformat(),
        "known_on": day(view.known_on),
        "recorded_by": day(view.recorded_by),
        "goals_file": goals_file,
    }
