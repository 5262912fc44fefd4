"""Values of which nobody knows the unit: what is said around the table is not exactly one for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, say
from tracker.intake.published import without_marks
from tracker.intake.unitnotes import changes
from tracker.intake.values import has_measure

if TYPE_CHECKING:
    from tracker.intake.found import Entry, Found

_LONGEST_SHOWN = 60
_ADVICE = say("write one unit over the table, such as 单位：亿元 or Unit: USD, or that of each label: 总量（亿元）")


def unclear(entry: Entry, found: Found, unit: str | None) -> Problem | None:
    """Return the question of which unit a value is that has none of its own; None where there is no question.

    `unit` is that of the series: a line inside the table that says the same again changes nothing.
    """
    around, grid = found.around, found.field.grid
    if not around.unclear and not around.inside:
        return None
    line = entry.place[1 if found.field.turned else 0]
    inside = (each[1:] for each in around.inside if each[0] < line and changes(each[2], around.unit, unit))
    said = around.unclear or next(inside, None)
    if said is None or has_measure(without_marks(entry.text)[0]):
        return None
    cell, text = said
    what = say(
        'of which unit is {label} ("{value}" in {place})? "{text}" does not say exactly one for it',
        label=entry.labels[-1][:_LONGEST_SHOWN], value=entry.text.strip()[:_LONGEST_SHOWN],
        place=grid.name(*entry.place), text=text[:_LONGEST_SHOWN],
    )  # fmt: skip
    return Problem(grid.file, None, cell or None, what, _ADVICE)
