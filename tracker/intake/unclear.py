"""Values of which nobody knows what they are: what is said around the table leaves their unit open, or is of a plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.errors import Problem, Say, say
from tracker.intake.intended import is_intended
from tracker.intake.published import without_marks
from tracker.intake.unitnotes import changes
from tracker.intake.units import unit_of
from tracker.intake.values import has_measure
from tracker.intake.when import written

if TYPE_CHECKING:
    from tracker.intake.found import Entry, Found

_LONGEST_SHOWN = 60
_YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
_ADVICE = say("write one unit over the table, such as 单位：亿元 or Unit: USD, or that of each label: 总量（亿元）")
_REACHED = say("write over the values that they are actual ones, as in 2024年实际; plans belong into goals.toml")


def intended(entry: Entry, found: Found) -> Problem | None:
    """Return the question whether a value is an actual one, where a title speaks of a plan and nothing else answers.

    A column of its own for the plan, such as 2025年目标, does: the others are of what has been reached.
    """
    title = found.around.intended
    has_own_column = any(is_intended(text) for _, text in found.around.unused)
    if title is not None and not _speaks_of(entry, title, found):
        return None
    if title is None or has_own_column or (entry.more and entry.more.keys() & {"reached", "quality", "scenario"}):
        return None
    asked = say('is {label} ("{value}" in {place}) an actual value? "{text}" speaks of a plan')
    return _question(asked, entry, found, title[1], title[0] or found.field.grid.sheet, _REACHED)


def doubted(entry: Entry, found: Found, text: str) -> Problem:
    """Return the question whether a value is an actual one, where a line below the table may call it a plan."""
    asked = say('is {label} ("{value}" in {place}) an actual value? "{text}" speaks of a plan')
    return _question(asked, entry, found, text, None, _REACHED)


def _speaks_of(entry: Entry, title: tuple[str, str], found: Found) -> bool:
    """Tell whether what a title says of a plan holds for a value: of 2024年完成情况和2025年目标 only that of 2025."""
    years = set(map(int, _YEAR.findall(title[1])))
    if not years or title in found.around.titles:  # all of it speaks of a plan
        return True
    when = written(entry.when) if isinstance(entry.when, str) else entry.when
    return when is None or when.year is None or when.year in years


def unclear(entry: Entry, found: Found, behind: str | None, unit: str | None) -> Problem | None:
    """Return the question of which unit a value is that does not say it itself; None where there is no question.

    `behind` is the unit of its label, `unit` that of the series: what is said inside the table and is the same again
    changes nothing.
    """
    around, grid = found.around, found.field.grid
    own = [each for each in (entry.unit, behind, entry.over) if each]
    if len(own) == 1 or not (own or around.unclear or around.inside):
        return None
    line = entry.place[1 if found.field.turned else 0]
    inside = (each[1:] for each in around.inside if each[0] < line and changes(each[2], around.unit, unit))
    said = around.unclear or next(inside, None)
    if own:
        differ = len({unit_of(each) for each in own}) > 1
        said = (grid.name(*entry.place), " · ".join(own)) if differ else None
    if said is None or has_measure(without_marks(entry.text)[0]):
        return None
    asked = say('of which unit is {label} ("{value}" in {place})? "{text}" does not say exactly one for it')
    return _question(asked, entry, found, said[1], said[0] or None, _ADVICE)


def _question(asked: Say, entry: Entry, found: Found, text: str, cell: str | None, advice: Say) -> Problem:  # noqa: PLR0913, PLR0917
    """Return a question about a value, which a text in a cell (None: none in particular) leaves open."""
    grid = found.field.grid
    put = {
        "label": entry.labels[-1][:_LONGEST_SHOWN],
        "value": entry.text.strip()[:_LONGEST_SHOWN],
        "place": grid.name(*entry.place),
        "text": text[:_LONGEST_SHOWN],
    }
    return Problem(grid.file, None, cell, asked._replace(args=put), advice)
