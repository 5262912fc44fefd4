"""Files that are imported together: every table found and read, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import Problem, Say, say
from tracker.intake.candidates import reading
from tracker.intake.doubts import settled_bare
from tracker.intake.finding import HIGHEST_HEADING, tables_in
from tracker.intake.headings import roles
from tracker.intake.kept import Candidate, Knowing, Skipped
from tracker.intake.planning import Plan, contradictions, planned, unfit
from tracker.intake.sources import grids
from tracker.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tracker.intake.found import Found
    from tracker.intake.grid import Grid
    from tracker.intake.labels import Among
    from tracker.intake.sources import Asked, Watch
    from tracker.model.actual import Actual
    from tracker.model.goal import Bare, GoalsFile


class Draft(NamedTuple):
    """What files give, before it is held against what is recorded."""

    tables: Sequence[Found]
    candidates: Sequence[Candidate]
    skipped: Sequence[Skipped]
    problems: Sequence[Problem]
    missing: int

    @property
    def series(self) -> set[str]:
        """Return the series that values are given for."""
        return {each.actual.series for each in self.candidates}


def drafted(paths: Sequence[str], asked: Asked, knowing: Knowing, bare: Bare | None, watch: Watch) -> Draft:
    """Return what files give; every label of the map has to lead somewhere.

    Raises `InvalidFile`, `Unreachable` and `WrongUsage` where a file cannot be read as tables at all.
    """
    tables_read: list[Found] = []
    candidates: list[Candidate] = []
    skipped: list[Skipped] = []
    problems: list[Problem] = []
    missing, used = 0, set[str]()
    for path in paths:
        sheets = grids(path, asked, watch)
        found = [(grid, tables_in(grid)) for grid in sheets if not grid.hidden]
        lost = [grid for grid, tables in found if not tables.found]
        if len(lost) == len(found):
            problems += [_no_table(grid) for grid in lost]
        else:
            skipped += [_passed_over(grid, _NO_TABLE) for grid in lost]
        skipped += [_passed_over(grid, say('this sheet is hidden; --sheet "{name}" reads it', name=grid.sheet))
                    for grid in sheets if grid.hidden]  # fmt: skip
        for _, tables in found:
            for table in tables.found:
                read = reading(table, knowing, watch)
                tables_read.append(read.found)
                candidates += read.candidates
                skipped += read.skipped
                problems += read.problems
                missing += read.missing
                used |= read.used
            skipped += map(_other_part, tables.lost)
    candidates, questions = settled_bare(candidates, knowing.actuals, bare)
    problems += [*questions, *contradictions(candidates), *_not_there(knowing.among, used, paths)]
    if not (candidates or missing or problems):
        advice = say("--map LABEL=series tells what a label means; series are found by id or by name")
        problems.append(Problem(paths[0], None, None, say("no label in it is the name or the id of a series"), advice))
    return Draft(tables_read, candidates, skipped, problems, missing)


_LONGEST_SHOWN = 200
_NO_TABLE = say("no table with periods, labels and values is found here")


def _passed_over(grid: Grid, why: Say) -> Skipped:
    name = grid.sheet or ""
    return Skipped(grid.file, name, name, 1, why)


def _other_part(grid: Grid) -> Skipped:
    """Return a part of a sheet that lies outside its tables as what is passed over, by the range that it fills."""
    places = [(row, column) for row, texts in enumerate(grid.rows) for column, text in enumerate(texts) if text.strip()]
    columns = [column for _, column in places]
    first, last = (places[0][0], min(columns)), (places[-1][0], max(columns))
    area = grid.area(first, last)
    why = say("this is no table with periods, labels and values, or one too many; --range {area} reads it", area=area)
    name = grid.name(*first)
    return Skipped(grid.file, name, grid.rows[places[0][0]][places[0][1]], len(places), why)


def _no_table(grid: Grid) -> Problem:
    """Return the problem of a sheet without a table; where labels have a heading, what stands beside it is said."""
    head = next((row for row in grid.rows[:HIGHEST_HEADING] if "series" in roles(row)), None)
    if head is not None:
        shown = ", ".join(dict.fromkeys(text.strip() for text in head if text.strip()))[:_LONGEST_SHOWN]
        what = say("no period stands over the values; the headings are {headings}", headings=shown)
        advice = say(
            "write the period over its values, such as 2024年 or 2024年1-9月; or one in the title, and 绝对值 over the "
            "values"
        )
        return Problem(grid.file, None, grid.sheet, what, advice)
    advice = say("a table has columns series, period and value, or periods across the top or down the side")
    return Problem(grid.file, None, grid.sheet, _NO_TABLE, advice)


def _not_there(among: Among, used: set[str], paths: Sequence[str]) -> list[Problem]:
    """Return a problem for each label of the map that no table has: what it stood for would be missing silently."""
    lost = [label for label in among.mapped if label not in used]
    advice = say("a label that was renamed has to be mapped anew")
    return [
        Problem(paths[0], None, None, say('the map\'s label "{label}" is in no table', label=label), advice)
        for label in lost
    ]


def plan_of(draft: Draft, lines: Iterable[Actual], file: GoalsFile, now: datetime) -> Plan:
    """Return what an import comes to, given every recorded line of the series in it."""
    known = list(lines)
    done = planned(draft.candidates, known, now)
    problems = [*draft.problems, *unfit(file, done, known, now.date().max)]
    return Plan(draft.tables, done, draft.skipped, problems, draft.missing)
