"""Values of which nobody knows what they are: texts around them leave their unit open, or speak of something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, Say, say
from tracker.intake.intended import is_intended
from tracker.intake.published import without_marks
from tracker.intake.spoken import grouped, heads_other, is_share, over_line
from tracker.intake.unitnotes import changes, units_said
from tracker.intake.units import SHARES, unit_of
from tracker.intake.values import has_measure
from tracker.model.goal import Kind

if TYPE_CHECKING:
    from tracker.intake.found import Entry, Found
    from tracker.intake.labels import Match
    from tracker.intake.spoken import Spoken
    from tracker.model.goal import Series

_LONGEST_SHOWN = 60
_PLANNED = say('is {label} ("{value}" in {place}) an actual value? "{text}" speaks of a plan')
_GROWN = say('is {label} ("{value}" in {place}) a value of the series? "{text}" speaks of growth or shares')
_LEVEL = say(
    "write the unit beside the label, as in 总量（亿元）, or 绝对值 over the values; --map tells the series of growth"
)
_ADVICE = say("write one unit over the table, such as 单位：亿元 or Unit: USD, or that of each label: 总量（亿元）")
_REACHED = say("write over the values that they are actual ones, as in 2024年实际; plans belong into goals.toml")


def other(entry: Entry, found: Found, match: Match, series: Series) -> Problem | None:
    """Return the question whether a value is an actual one, where what stands over it speaks of a plan or of growth.

    What is said over its own column answers, and so does a unit beside the label, which growth does not have. Under a
    title a column of its own for the plan, such as 2025年目标, or for growth does too: the others are of what has been
    reached.
    """
    around = found.around
    line, period = _lines(entry, found)
    groups = [*(each for each in map(_group, entry.labels[:-1]) if each), *over_line(around.groups, line)]
    groups += over_line(around.along, period)
    beside = [*(text for _, text in around.unused), *around.over] if around.spoken else []
    titles = [each for each in around.spoken if not any(map(is_intended if each.planned else heads_other, beside))]
    for said in (*groups, *titles):
        answered = _is_actual(entry) if said.planned else _is_level(said.text, entry, match, series)
        if said.holds(entry.when) and not answered:
            asked, advice = (_PLANNED, _REACHED) if said.planned else (_GROWN, _LEVEL)
            cell = said.cell or (found.field.grid.name(*entry.place) if said in groups else found.field.grid.sheet)
            return _question(asked, entry, found, said.text, cell, advice)
    return None


def _lines(entry: Entry, found: Found) -> tuple[int, int]:
    """Return the line of a value's label and that of its period, seen so that periods lie across."""
    row, column = entry.place
    return (column, row) if found.field.turned else (row, column)


def _group(label: str) -> Spoken | None:
    return grouped("", label)


def _is_actual(entry: Entry) -> bool:
    return bool(entry.more and entry.more.keys() & {"reached", "quality", "scenario"})


def _is_level(text: str, entry: Entry, match: Match, series: Series) -> bool:
    """Tell whether a value is what the series is of, though a text speaks of growth or shares."""
    names = (series.name, entry.labels[-1], match.key or "")
    is_named = series.kind is Kind.GROWTH or any(map(heads_other, names))
    is_rate = unit_of(series.unit or "").base in SHARES
    units = [unit for unit in (entry.unit, match.unit) if unit and unit_of(unit).base not in SHARES]
    is_said = (
        bool(entry.more and "level" in entry.more)
        or bool(units)
        or (not is_rate and has_measure(without_marks(entry.text)[0]))
    )
    return is_named or is_said or (is_rate and is_share(text))


def doubted(entry: Entry, found: Found, text: str) -> Problem | None:
    """Return the question whether a value is an actual one, where a line below the table may call it a plan."""
    return None if _is_actual(entry) else _question(_PLANNED, entry, found, text, None, _REACHED)


def unclear(entry: Entry, found: Found, behind: str | None, unit: str | None) -> Problem | None:
    """Return the question of which unit a value is that does not say it itself; None where there is no question.

    `behind` is the unit of its label, `unit` that of the series: what is said inside the table and is the same again
    changes nothing.
    """
    around, grid = found.around, found.field.grid
    own = [each for each in (entry.unit, behind, entry.over) if each]
    if len(own) == 1 or not (own or around.unclear or around.inside or around.along):
        return None
    line, period = _lines(entry, found)
    along = [each for each in around.along if each[0] < period][-1:]  # the next text among the periods ends one
    over = [*(each for each in around.inside if each[0] < line), *along]
    inside = (each[1:] for each in over if units_said(each[2]) and changes(each[2], around.unit, unit))
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
